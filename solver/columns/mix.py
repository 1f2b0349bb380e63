"""The cheapest mix of columns for some people while the others keep theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from so247.solver.columns.master import Master, Solved
from so247.solver.columns.pool import Pool
from so247.solver.columns.pricing import Floats

TINY = 1e-6

SOLVE = 1.2e-7
"""Seconds that a solve takes for each row and column (measured)."""


class Mix:
    """A master over ``people``; ``others`` is what everybody else adds to the couplings."""

    def __init__(
        self, pool: Pool, people: Sequence[int], others: Floats, columns: Iterable[int]
    ) -> None:
        self.pool = pool
        self.people = list(people)
        chosen = set(people)
        self.rows = [row for row, members in enumerate(pool.members) if chosen & members]
        self._local = {row: at for at, row in enumerate(self.rows)}
        self._place = {person: at for at, person in enumerate(self.people)}
        rows = np.array(self.rows, dtype=np.intp)
        self.master = Master(
            (pool.low - others)[rows],
            (pool.high - others)[rows],
            pool.under[rows],
            pool.over[rows],
            len(self.people),
        )
        self.numbers: list[int] = []
        """The pool's number of each column of the master."""
        self.column: dict[int, int] = {}
        """The master's column for a number of the pool."""
        for number in columns:
            self.add(number)
        self.solved = self.solve()

    def add(self, number: int) -> None:
        """Let a column of the pool take part."""
        if number in self.column:
            return
        entry = self.pool.entries[number]
        terms = [
            (self._local[row], value)
            for row, value in zip(entry.rows.tolist(), entry.values.tolist(), strict=True)
        ]
        at = self.master.add(self._place[entry.person], entry.cost, terms)
        self.column[number] = at
        self.numbers.append(number)

    @property
    def pricing(self) -> float:
        """Seconds that pricing all people once takes on an ordinary machine."""
        return sum(self.pool.people[person].effort for person in self.people)

    @property
    def solving(self) -> float:
        """Seconds that one solve takes on an ordinary machine."""
        return SOLVE * (len(self.rows) + len(self.people)) * len(self.numbers)

    def solve(self) -> Solved:
        """The cheapest mix of the columns so far."""
        self.pool.work(self.solving)
        self.solved = self.master.solve()
        return self.solved

    @property
    def duals(self) -> Floats:
        """Prices of all couplings as the last solve left them, never beyond what they can be."""
        everywhere = np.zeros(len(self.pool.low))
        everywhere[self.rows] = self.solved.couplings
        return self.pool.clipped(everywhere)

    def price(self, people: Iterable[int], duals: Floats, *, legal: bool) -> tuple[int, float]:
        """Price people at ``duals``: (new columns that help the mix, their values' sum).

        The sum is a lower bound of what these people's columns can cost there, unless ``legal``.
        """
        now = self.duals
        new, total = 0, 0.0
        for person in people:
            if legal:
                column = self.pool.price_legal(person, -duals, -duals)
            else:
                column, least = self.pool.price(person, duals)
                total += least
            if column is None:
                continue
            number, _ = self.pool.add(person, column)
            paid = self.solved.people[self._place[person]]
            if number not in self.column and self.pool.reduced(number, now) < paid - TINY:
                self.add(number)
                new += 1
        return new, total
