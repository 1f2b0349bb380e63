"""Prices for one person's counters that are only priced in, until a column breaks none of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from so247.solver.columns.arrays import Floats

CLOSED = 0.02
"""Prices this close, as a share of the first step, are the same."""


class Bargain:
    """``prices`` of counters, moved by steps that double, then halved in between.

    ``start``: prices to begin with; ``step``: by what each moves at first. A price at which a
    counter is broken is too low. One at which it is not may be too high: what a person may not do
    here is then done elsewhere, and breaks another counter.
    """

    def __init__(self, start: Floats, step: Floats) -> None:
        self.prices: Floats = start.copy()
        self._low: Floats = np.full(len(start), -np.inf)
        self._high: Floats = np.full(len(start), np.inf)
        self._first = step
        self._step: Floats = step

    def rise(self, broken: npt.NDArray[np.bool_]) -> None:
        """Higher prices for what was broken, and no lower ones: surer, and dearer."""
        self.prices = np.where(broken, 2 * self.prices + self._first, self.prices)

    def learn(self, broken: npt.NDArray[np.bool_]) -> None:
        """Other prices, now that these counters were broken and the others not."""
        paid = self.prices > 0
        self._low = np.where(broken, self.prices, self._low)
        self._high = np.where(~broken & paid, self.prices, self._high)
        # What one counter needs moves with the others' prices: a closed bracket opens again.
        closed = self._high - self._low <= CLOSED * self._first
        self._high[closed & broken] = np.inf
        self._low[closed & ~broken] = -np.inf
        self._step = np.where(closed, self._first, self._step)
        between = np.isfinite(self._low) & np.isfinite(self._high)
        middle = (np.where(between, self._low, 0.0) + np.where(between, self._high, 0.0)) / 2
        moved = self.prices + np.where(broken, self._step, -self._step)
        self._step = np.where(between, self._step, 2 * self._step)
        self.prices = np.where(
            broken | paid, np.maximum(0.0, np.where(between, middle, moved)), 0.0
        )
