"""Prices for one person's counters that are only priced in, until a column breaks none of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from so247.solver.columns.plan import Floats

CLOSED = 0.02
"""Prices this close, as a share of the first, are the same."""


class Bargain:
    """``prices`` of counters: none at first, doubled while too low, then halved in between.

    A price at which a counter is broken is too low. One at which it is not may be too high: what
    a person may not do here is then done elsewhere, and breaks another counter.
    """

    def __init__(self, counters: int, first: float) -> None:
        self.prices: Floats = np.zeros(counters)
        self._low: Floats = np.zeros(counters)
        self._high: Floats = np.full(counters, np.inf)
        self._first = first

    def learn(self, broken: npt.NDArray[np.bool_]) -> None:
        """Other prices, now that these counters were broken and the others not."""
        paid = self.prices > 0
        self._low = np.where(broken, self.prices, self._low)
        self._high = np.where(~broken & paid, self.prices, self._high)
        # What one counter needs moves with the others' prices: a closed bracket opens again.
        closed = self._high - self._low <= CLOSED * self._first
        self._high[closed & broken] = np.inf
        self._low[closed & ~broken] = 0.0
        doubled = 2 * self.prices + self._first
        ended = np.where(np.isinf(self._high), 0.0, self._high)
        between = np.where(np.isinf(self._high), doubled, (self._low + ended) / 2)
        self.prices = np.where(broken | paid, between, 0.0)
