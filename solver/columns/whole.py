"""A whole roster as one column a person: what it costs, and each person's best answer to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from so247.solver.columns.pool import Pool

NOBODY = -1
"""In place of a column's number: no column yet."""


class Whole:
    """One column for everybody (``held``: numbers in the pool), and the couplings' sums."""

    def __init__(self, pool: Pool, held: Sequence[int] | None = None) -> None:
        self.pool = pool
        self.held = [NOBODY] * len(pool.people)
        self.sums = np.zeros(len(pool.low))
        self.own = 0.0
        for person, number in enumerate(held or ()):
            self.put(person, number)

    @property
    def cost(self) -> float:
        """What the roster costs, limits that may not be broken at their high price."""
        return self.own + float(self.pool.excess(self.sums).sum()) + self.pool.constant

    @property
    def broken(self) -> bool:
        """Whether a limit between people is broken that may not be."""
        return self.pool.broken(self.sums)

    def cost_of(self, people: Sequence[int]) -> float:
        """What the roster costs without what the others' columns cost by themselves."""
        mine = sum(self.pool.entries[self.held[person]].cost for person in people)
        return self.cost - self.own + mine

    @property
    def complete(self) -> bool:
        return NOBODY not in self.held

    def put(self, person: int, number: int) -> None:
        """Give a person this column in place of the one held."""
        for sign, each in ((-1, self.held[person]), (1, number)):
            if each != NOBODY:
                entry = self.pool.entries[each]
                self.own += sign * entry.cost
                self.sums[entry.rows] += sign * entry.values
        self.held[person] = number

    def settle(self, order: Sequence[int], over: Callable[[], bool]) -> bool:
        """Everybody in turn takes the best answer to the others; whether anybody gained."""
        gained = False
        for person in order:
            if over() and self.complete:
                break
            held, before = self.held[person], self.cost
            self.put(person, NOBODY)
            # Exact where options count by ones.
            more, less = self.pool.margins(self.sums)
            column = self.pool.price(person, more, less).column
            number = held if column is None else self.pool.add(person, column)[0]
            self.put(person, number)
            if held == NOBODY:
                gained = gained or number != NOBODY
            elif self.cost < before:
                gained = True
            else:
                self.put(person, held)
        return gained
