"""The best mix of columns for some people, and for everybody the bound that it proves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from so247.solver.columns.arrays import Floats
from so247.solver.columns.blend import Blend
from so247.solver.columns.pool import NEAR, Pool

STEPS = 8
"""Steps of the prices between two people at least; fewer let them lag, more let them overshoot."""

HEAT, COLD = 0.3, 1e-4
"""Heat at first and at last, as a share of what a unit costs."""

COOL = 0.5
"""What is left of the heat after a sweep, at least."""

EARLY = 0.05
"""Share of the mix that columns still promise to save, above which a bound would say nothing."""

EPSILON = 1e-12
"""What a sum may have lost by rounding, as a share of what was added up."""

ROUNDING = 1e-6
"""What a mix that costs a whole number may be off by."""

SELDOM = 3
"""Sweeps between two looks at the bound."""

HOPE = 0.2
"""What columns still promise, as a share of what a few people's mix saves: then it is settled."""

MOST = 25
"""Sweeps over a few people, at most."""

EXACT = 1e-4
"""How far from the best a column may stay, as a share of the dearest option, where a bound is
proven."""


class Root:
    """Column generation over ``people``, to be run in pieces; ``others`` as for ``Blend``.

    ``run`` is for everybody (``whole``), ``promises`` for a few. ``bound``: no roster of everybody
    costs less. ``done``: mix and bound met.
    """

    def __init__(
        self,
        pool: Pool,
        people: Sequence[int],
        others: Floats,
        columns: Iterable[int],
        prices: Floats,
        heat: float,
        seed: int,
    ) -> None:
        self.pool = pool
        self.blend = Blend(pool, people, others, prices, heat * max(1.0, pool.dearest))
        for number in columns:
            self.blend.add(number)
        self.blend.solve(STEPS * 4)
        self.bound = -np.inf
        self.done = False
        self.lack = np.inf
        """What the columns of the last sweep promised to save."""
        self._random = random.Random(seed)
        self._sweeps = 0

    @classmethod
    def whole(cls, pool: Pool, held: Sequence[int], seed: int) -> Root:
        """Everybody, beginning with the columns ``held`` and no prices."""
        nothing = np.zeros(len(pool.low))
        return cls(pool, range(len(pool.people)), nothing, held, nothing, HEAT, seed)

    @property
    def value(self) -> float:
        """Lower bound of what a mix of the columns found so far costs."""
        return self.blend.value

    def run(self, over: Callable[[], bool], gap: float) -> None:
        """Sweep until mix and bound meet within ``gap`` of the bound, or ``over`` says stop."""
        while not over() and not self.done:
            look = self._sweeps % SELDOM == SELDOM - 1 and self.lack <= EARLY * max(
                1.0, abs(self.value)
            )
            new = self._look(over) if look else self._sweep(over)
            near = gap * (abs(self.bound) + 1)
            settled = max(self.value - self.bound, self.blend.blur) <= near
            self.done = look and not over() and (settled or (not new and self._cold))
            if not over():
                self._cool()

    def promises(self, cost: float, over: Callable[[], bool]) -> bool:
        """Sweep over a few people until it shows whether they could cost less than ``cost``."""
        better = cost - 1 + ROUNDING  # costs are whole
        for _ in range(MOST):
            if over():
                break
            new = self._sweep(over)
            self._cool()
            if self.value - self.lack > better:
                return False
            if not new or self.lack < HOPE * (cost - self.value):
                break
        return self.value <= better

    @property
    def _floor(self) -> float:
        return COLD * max(1.0, self.pool.dearest)

    @property
    def _cold(self) -> bool:
        return self.blend.heat <= self._floor

    def _cool(self) -> None:
        """Spread shares no more evenly than fits what columns still promise."""
        fitting = self.lack / 2 / max(1e-9, self.blend.blur)
        self.blend.heat = max(self._floor, self.blend.heat * min(1.0, max(COOL, fitting)))

    def _sweep(self, over: Callable[[], bool]) -> int:
        """Price everybody once, at prices that follow: how many columns were new."""
        order = list(self.blend.people)
        self._random.shuffle(order)
        self._sweeps += 1
        self.lack = 0.0
        new = 0
        for person in order:
            if over():
                break
            found, _ = self._price(person, self.blend.prices, NEAR)
            new += found
            self.blend.follow(person, STEPS)
        self.blend.solve(STEPS)
        return new

    def _look(self, over: Callable[[], bool]) -> int:
        """Price everybody at the same prices, which proves a bound (Lagrange): new columns."""
        prices = self.blend.prices
        self._sweeps += 1
        self.lack = 0.0
        new, total, size = 0, 0.0, 0.0
        for person in self.blend.people:
            if over():
                return new
            found, least = self._price(person, prices, EXACT)
            new += found
            total += least
            size += abs(least)
        worth, signless = self.pool.worth(prices)
        lost = EPSILON * (signless + size + abs(self.pool.constant))
        self.bound = max(self.bound, total + worth + self.pool.constant - lost)
        self.blend.solve(STEPS)
        return new

    def _price(self, person: int, prices: Floats, near: float) -> tuple[bool, float]:
        """(whether a column came that is new here, a value that no column is below)."""
        priced = self.pool.price(person, -prices, -prices, near)
        if priced.column is None:
            return False, priced.least
        number, _ = self.pool.add(person, priced.column)
        self.lack += max(0.0, self.blend.cheapest[person] - self.pool.reduced(number, prices))
        return self.blend.add(number), priced.least
