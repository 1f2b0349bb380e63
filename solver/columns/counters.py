"""A person's counters: which are kept exactly, which are only priced in, what a column adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from so247.solver.columns.arrays import Floats, Indices
from so247.solver.columns.layers import Counter

GROUPED, LONG = 5_000, 500_000
"""Places, and places times layers, up to which a counter of groups is kept exactly all the same."""


@dataclass(frozen=True)
class Relaxed:
    """A counter that is only priced in.

    ``tolled``: its groups are counted on the way and paid for by count, since what they count is
    no sum over options.
    """

    counter: Counter
    tolled: bool


class Sums:
    """What a column adds to counters, worked out for many columns one after the other.

    ``at``: the place of each option; a column is given by the places of its options.
    """

    def __init__(self, counters: Sequence[Counter], at: Mapping[int, int]) -> None:
        groups = [(k, c, members) for k, each in enumerate(counters) for c, members in each.groups]
        self._count = len(counters)
        self._counter: Indices = np.array([k for k, _, _ in groups] + [0], dtype=np.intp)
        self._coefficient: Floats = np.array([c for _, c, _ in groups] + [0], dtype=np.float64)
        of: list[list[int]] = [[] for _ in at]
        for group, (_, _, members) in enumerate(groups):
            for v in members:
                of[at[v]].append(group)
        most = max(map(len, of), default=0)
        nothing = len(groups)
        self._of: Indices = np.array(
            [[*mine, *[nothing] * (most - len(mine))] for mine in of], dtype=np.intp
        ).reshape(len(of), most)
        """The groups that each option is in; the last, of no weight, where it is in fewer."""

    def of(self, places: Indices) -> Floats:
        """What the options at these places add to each counter."""
        groups = np.unique(self._of[places])
        counter, coefficient = self._counter[groups], self._coefficient[groups]
        sums = np.bincount(counter, coefficient, minlength=self._count)
        return sums[: self._count].astype(np.float64)


def chosen(
    counters: Sequence[Counter], cells: int, layers: int
) -> tuple[list[Counter], list[Counter]]:
    """(kept exactly, priced in): those with a lower limit first, those of groups, the tightest.

    ``cells``: places that those kept exactly may span together.
    """

    def urgency(counter: Counter) -> tuple[bool, bool, float]:
        least, most = _reach(counter)
        looseness = (counter.high - least) / max(1, most - least)
        return not _floored(counter), not _grouped(counter), looseness

    # Groups have states of their own whether they are priced in or not.
    grouped = max(cells, min(GROUPED, LONG // max(1, layers)))
    exact: list[Counter] = []
    relaxed: list[Counter] = []
    spanned = 1
    for counter in sorted(counters, key=urgency):
        units = in_units(counter)
        width = units.high - _reach(units)[0] + 1
        # A sum with both limits stays near the straight line between them.
        if _floored(counter):
            width = width // 3 + 1
        if _floored(counter) or spanned * width <= (grouped if _grouped(counter) else cells):
            exact.append(units)
            spanned *= width
        else:
            relaxed.append(counter)
    return exact, relaxed


def in_units(counter: Counter) -> Counter:
    """The same counter in units of its coefficients' greatest common divisor."""
    unit = int(np.gcd.reduce([c for c, _ in counter.groups]))
    groups = tuple((c // unit, members) for c, members in counter.groups)
    return Counter(groups, -(-counter.low // unit), counter.high // unit)


def _floored(counter: Counter) -> bool:
    """Whether it has to come to more than it does by itself."""
    return counter.low > _reach(counter)[0]


def _grouped(counter: Counter) -> bool:
    """Whether some of its groups have several options, of which only one counts."""
    return any(len(members) > 1 for _, members in counter.groups)


def _reach(counter: Counter) -> tuple[int, int]:
    """The least and the most that a counter could come to."""
    least = sum(c for c, _ in counter.groups if c < 0)
    return least, sum(c for c, _ in counter.groups if c > 0)
