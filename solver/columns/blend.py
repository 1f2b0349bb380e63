"""The smooth master: shares of the columns found so far, and prices that settle instead of jumping.

A simplex stops in a corner, and its prices jump from one corner to the next: columns priced there
serve nobody afterwards. Here everybody takes each column with a share that falls with what it
costs (a softmin at ``heat``), so that prices depend smoothly on the columns, and a few steps of an
accelerated gradient follow when a column comes in. It costs a hundredth of a simplex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from so247.solver.columns.arrays import Floats
from so247.solver.columns.pool import Pool

FREE = 1e12
"""In place of no limit; no price ever leads there, for such a side costs nothing."""

SMALL = 600
"""Columns up to which all take part in every step."""

NEAR, ROOM = 40.0, 0.05
"""Columns this many heats, and this share of a unit's price, above the cheapest take part."""

AGAIN = 12
"""How often a solve starts anew because columns left out became the cheapest."""

SHORTEST, LONGEST = 1e-9, 1e9
"""Lengths of a step beyond which nothing is gained: prices stand at their ends long before."""

ENTRY, STEP = 8e-9, 1.2e-4
"""Seconds that a step takes for an entry of a column, and by itself (measured)."""


FOLLOW = 0.1
"""Prices follow once pricing took so many times as long as the steps will."""


class Blend:
    """Shares of columns for ``people``; ``others`` is what everybody else adds to the couplings.

    ``prices``: of all couplings, to begin with. ``heat``: how evenly shares are spread, in units
    of cost.
    """

    def __init__(
        self, pool: Pool, people: Iterable[int], others: Floats, prices: Floats, heat: float
    ) -> None:
        self.pool = pool
        self.people = list(people)
        self.heat = heat
        self.prices = prices
        self.numbers: list[int] = []
        """The pool's number of each column that takes part."""
        self.cheapest = np.full(len(pool.people), np.inf)
        """The least that a column of each person costs at these prices."""
        self.value = -np.inf
        """Lower bound of what a mix of these columns costs."""
        self.blur = np.inf
        """How far below that bound the smooth value lies."""
        self._known: set[int] = set()
        self._free = np.zeros(len(pool.people), dtype=np.bool_)
        self._free[self.people] = True
        self._low = np.where(np.isinf(pool.low), -FREE, pool.low) - others
        self._high = np.where(np.isinf(pool.high), FREE, pool.high) - others
        self._fixed = float(pool.constant)
        self._pace = 1.0
        self._priced = 0.0
        self._person = np.zeros(64, dtype=np.intp)
        self._cost = np.zeros(64)
        self._rows = np.zeros((64, 1), dtype=np.intp)
        self._values = np.zeros((64, 1))
        self._shares: tuple[npt.NDArray[np.intp], Floats] = np.zeros(0, dtype=np.intp), np.zeros(0)

    def add(self, number: int) -> bool:
        """Let a column of the pool take part; whether it is new here."""
        if number in self._known:
            return False
        entry = self.pool.entries[number]
        at = len(self.numbers)
        self._make_room(at, len(entry.rows))
        self._person[at], self._cost[at] = entry.person, entry.cost
        self._rows[at], self._values[at] = len(self.pool.low), 0.0
        self._rows[at, : len(entry.rows)] = entry.rows
        self._values[at, : len(entry.rows)] = entry.values
        self._known.add(number)
        self.numbers.append(number)
        return True

    def fix(self, number: int) -> None:
        """The person of a column takes it whole from now on."""
        entry = self.pool.entries[number]
        self._free[entry.person] = False
        self._low[entry.rows] -= entry.values
        self._high[entry.rows] -= entry.values
        self._fixed += entry.cost

    def ranked(self) -> list[tuple[float, int, int]]:
        """(share, person, number) of the columns in the last step, largest share first."""
        taking, shares = self._shares
        persons = self._person[taking].tolist()
        numbers = [self.numbers[at] for at in taking.tolist()]
        return sorted(zip(shares.tolist(), persons, numbers, strict=True), reverse=True)

    def solve(self, steps: int) -> None:
        """Follow the columns with the prices, so many steps."""
        self._priced = 0.0
        reduced = self._reduced()
        near = self._near(reduced)
        for _ in range(AGAIN):
            reduced = self._solve(np.flatnonzero(near), steps)
            missed = reduced < self.cheapest[self._person[: len(reduced)]] - 0.01 * self.heat
            if not missed.any():
                return
            # Those that took part stay: prices would only go back to where they were.
            near |= missed | self._near(reduced)

    def follow(self, person: int, steps: int) -> None:
        """``solve``, once pricing took about as long as the steps will: this person's with it."""
        self._priced += self.pool.people[person].effort
        if self._priced >= FOLLOW * steps * (
            STEP + ENTRY * len(self.numbers) * self._rows.shape[1]
        ):
            self.solve(steps)

    def _make_room(self, columns: int, entries: int) -> None:
        if columns == len(self._cost):
            self._person = np.concatenate([self._person, np.zeros_like(self._person)])
            self._cost = np.concatenate([self._cost, np.zeros_like(self._cost)])
            self._rows = np.concatenate([self._rows, np.full_like(self._rows, len(self.pool.low))])
            self._values = np.concatenate([self._values, np.zeros_like(self._values)])
        more = entries - self._rows.shape[1]
        if more > 0:
            beside = len(self._cost), more
            self._rows = np.hstack([self._rows, np.full(beside, len(self.pool.low), dtype=np.intp)])
            self._values = np.hstack([self._values, np.zeros(beside)])

    def _reduced(self) -> Floats:
        """What each column costs at these prices; those of people who are fixed, endlessly much."""
        count = len(self.numbers)
        prices = np.append(self.prices, 0.0)
        rows, values = self._rows[:count], self._values[:count]
        reduced = self._cost[:count] - np.einsum("ij,ij->i", prices[rows], values)
        return np.where(self._free[self._person[:count]], reduced, np.inf)

    def _near(self, reduced: Floats) -> npt.NDArray[np.bool_]:
        """Which columns are not far above their person's cheapest."""
        if len(reduced) <= SMALL:
            return np.isfinite(reduced)
        person = self._person[: len(reduced)]
        least = np.full(len(self.cheapest), np.inf)
        np.minimum.at(least, person, reduced)
        limits = least[person] + NEAR * self.heat + ROOM * self.pool.dearest
        return np.isfinite(reduced) & (reduced <= limits)

    def _solve(self, taking: npt.NDArray[np.intp], steps: int) -> Floats:
        """Follow the columns ``taking`` part: what each of all columns costs afterwards."""
        if not len(taking):
            self.value = self._fixed + self._worth(self.prices)
            self.blur = 0.0
            self._shares = taking, np.zeros(0)
        else:
            taking = taking[np.argsort(self._person[taking], kind="stable")]
            self.pool.work(steps * (STEP + ENTRY * len(taking) * self._rows.shape[1]))
            self._shares = taking, self._climb(taking, steps)
        return self._reduced()

    def _climb(self, taking: npt.NDArray[np.intp], steps: int) -> Floats:
        """Accelerated ascent of the smooth value, with restarts; the columns' shares at its end."""
        soft = self._softmin(taking)
        here = ahead = self.prices
        momentum, reached = 1.0, -np.inf
        value, taken, _, _ = soft(ahead)
        for step in range(steps):
            while True:
                there = self._step(ahead - self._pace * taken)
                value_there = soft(there)[0]
                moved = there - ahead
                curve = moved @ moved / (2 * self._pace)
                enough = value - taken @ moved - curve - 1e-7 * abs(value)
                if value_there >= enough or self._pace < SHORTEST:
                    break
                self._pace /= 2
            self._pace = min(LONGEST, 1.1 * self._pace)
            total = value_there + self._worth(there)
            if total < reached - 1e-9:
                momentum, reached, ahead = 1.0, -np.inf, here
            else:
                following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
                leap = there + (momentum - 1) / following * (there - here)
                here, reached, momentum = there, total, following
                ahead = self.pool.clipped(leap)
            if step < steps - 1:
                value, taken, _, _ = soft(ahead)
        value, _, shares, least = soft(here)
        self.prices = here
        self.cheapest = np.full(len(self.cheapest), np.inf)
        self.cheapest[np.unique(self._person[taking])] = least
        self.value = float(least.sum()) + self._worth(here) + self._fixed
        self.blur = float(least.sum()) - value
        return shares

    def _softmin(
        self, taking: npt.NDArray[np.intp]
    ) -> Callable[[Floats], tuple[float, Floats, Floats, Floats]]:
        """For prices: smooth value, what the mix adds to the couplings, shares, least costs."""
        # What is compiled takes a moment to load, and most problems are solved without.
        from so247.solver.columns.kernel import softmin

        rows, values, costs = self._rows[taking], self._values[taking], self._cost[taking]
        begins = np.flatnonzero(np.diff(self._person[taking], prepend=-1, append=-1))
        heat, couplings = self.heat, len(self.pool.low)

        def soft(prices: Floats) -> tuple[float, Floats, Floats, Floats]:
            taken, shares = np.empty(couplings), np.empty(len(costs))
            least = np.empty(len(begins) - 1)
            value = softmin(begins, rows, values, costs, prices, heat, taken, shares, least)
            return value, taken, shares, least

        return soft

    def _worth(self, prices: Floats) -> float:
        """What the limits are worth at these prices."""
        paid = prices != 0
        return float(prices[paid] @ np.where(prices > 0, self._low, self._high)[paid])

    def _step(self, target: Floats) -> Floats:
        """The prices that a step leads to: the limits pull, and no price leaves its range."""
        up, down = target + self._pace * self._low, target + self._pace * self._high
        return self.pool.clipped(np.where(up > 0, up, np.where(down < 0, down, 0.0)))
