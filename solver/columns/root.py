"""The best mix of columns for everybody, and the lower bound that proves how good it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np

from so247.solver.columns.mix import Mix
from so247.solver.columns.pool import Pool
from so247.solver.columns.pricing import Floats

PARTS = 4
"""People are priced in at most so many parts, each at the duals that the part before it led to."""

SELDOM = 5
"""Sweeps between two looks at the bound, while columns still come in crowds."""

CROWD = 0.4
"""Share of the people with a new column that counts as a crowd."""


class Root:
    """Column generation over everybody, to be run in pieces.

    ``bound``: no roster costs less. ``done``: mix and bound have met.
    """

    def __init__(self, pool: Pool, held: Sequence[int], seed: int) -> None:
        self.pool = pool
        self.mix = Mix(pool, range(len(pool.people)), np.zeros(len(pool.low)), held)
        self.bound = -np.inf
        self.center: Floats = self.mix.duals
        """Duals that gave the best bound."""
        self.done = False
        self._random = random.Random(seed)
        self._sweeps = 0

    @property
    def cost(self) -> float:
        """What the mix costs."""
        return self.mix.solved.cost + self.pool.constant

    def run(self, over: Callable[[], bool], gap: float) -> None:
        """Sweep until mix and bound meet within ``gap`` of the bound, or ``over`` says stop."""
        while not over() and not self.done:
            new = self._sweep(over)
            crowd = new > CROWD * len(self.pool.people)
            if (crowd and self._sweeps % SELDOM) or over():
                continue
            new += self._look()
            self.done = self.cost - self.bound <= gap * (abs(self.bound) + 1) or not new

    def _sweep(self, over: Callable[[], bool]) -> int:
        """Price everybody once: how many columns were new."""
        order = list(self.mix.people)
        self._random.shuffle(order)
        self._sweeps += 1
        total = 0
        # As many solves as take about the time that pricing takes.
        parts = min(PARTS, max(1, round(self.mix.pricing / max(1e-9, self.mix.solving))))
        for part in range(parts):
            if over():
                break
            new, _ = self.mix.price(order[part::parts], self.mix.duals, legal=False)
            if new:
                self.mix.solve()
            total += new
        return total

    def _look(self) -> int:
        """Price everybody at the same duals, which proves a bound (Lagrange): new columns."""
        duals = self.mix.duals
        new, total = self.mix.price(self.mix.people, duals, legal=False)
        bound = total + self.pool.worth(duals) + self.pool.constant
        if bound > self.bound:
            self.bound, self.center = bound, duals
        if new:
            self.mix.solve()
        return new
