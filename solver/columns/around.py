"""Whom to set free together: a few people whose columns, chosen anew, may fit better."""

from __future__ import annotations

import random

from so247.solver.columns.arrays import Floats
from so247.solver.columns.whole import Whole

FIRST, FEWEST = 10.0, 4.0
"""People set free together: at first, and at least."""

GROW, SHRINK = 1.12, 0.87
"""What becomes of that number where choosing anew was quick, and where it was slow."""

MEETING = 3
"""Couplings around which people are gathered."""


class Around:
    """Draws people: any, those who share something, those around what costs."""

    def __init__(self, whole: Whole, seed: int) -> None:
        self._whole = whole
        self._random = random.Random(seed)
        self._size = FIRST
        self._kinds = {"any": 1.0, "alike": 1.0, "costly": 1.0}

    def draw(self) -> tuple[str, list[int]]:
        """(kind, people)."""
        kinds = list(self._kinds)
        kind = self._random.choices(kinds, [self._kinds[k] for k in kinds])[0]
        everybody = len(self._whole.held)
        size = min(everybody, int(self._size))
        rows = [] if kind == "any" else self._rows(kind)
        if not rows:
            return kind, self._random.sample(range(everybody), size)
        people: list[int] = []
        for row in self._random.sample(rows, min(MEETING, len(rows))):
            members = sorted(self._whole.pool.members[row])
            self._random.shuffle(members)
            people += members[: size // MEETING + 1]
        return kind, list(dict.fromkeys(people))[:size]

    def learn(self, kind: str, *, gained: bool, quick: bool) -> None:
        """Kinds that gain are drawn more; the number of people settles where it is just quick."""
        self._kinds[kind] = max(0.2, 0.9 * self._kinds[kind] + (0.5 if gained else 0.0))
        factor = GROW if quick else SHRINK
        self._size = min(len(self._whole.held) + 0.5, max(FEWEST, self._size * factor))

    def _rows(self, kind: str) -> list[int]:
        """Couplings of several people; those that cost, where that is what is looked for."""
        pool = self._whole.pool
        shared = [row for row, members in enumerate(pool.members) if len(members) > 1]
        if kind == "costly":
            costs = pool.excess(self._whole.sums)
            costly = [row for row in shared if costs[row] > 0]
            return costly or shared
        return shared


def among(whole: Whole, people: list[int], prices: Floats, most: int) -> list[int]:
    """Columns to begin with: the held ones, and each person's ``most`` cheapest at these prices."""
    pool = whole.pool
    chosen: list[int] = []
    for person in people:
        ranked = sorted(pool.of_person[person], key=lambda n: (pool.reduced(n, prices), n))
        chosen += dict.fromkeys((whole.held[person], *ranked[:most]))
    return chosen
