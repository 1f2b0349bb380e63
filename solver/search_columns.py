"""Search by columns: where contracts ask for at least something, one person's whole period fits.

Everybody's best answer to the others, then the best mix of columns and its bound, a dive into a
roster, and a few people at a time chosen anew. Every roster on the way is legal person by person.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import numpy as np

from so247.solver.budget import Budget
from so247.solver.columns.around import Around, among
from so247.solver.columns.automaton import CrowdedError
from so247.solver.columns.blocks import NotSeparableError, part
from so247.solver.columns.dive import dive, pace
from so247.solver.columns.mix import Mix
from so247.solver.columns.pool import Pool
from so247.solver.columns.root import Root
from so247.solver.columns.whole import Whole
from so247.solver.evaluate import Ints
from so247.solver.problem import Problem, Tier

PASSES = 3
"""How often everybody answers the others before the mix is looked for."""

ROOT, DIVE = 0.45, 0.5
"""At most these parts of the time left go to the mix, and then to the first dive."""

GAP = 1e-3
"""Distance of mix and bound, as a share, at which the mix is good enough."""

QUICK = 1.5
"""Seconds that choosing a few people's columns anew should take."""

KNOWN = 40
"""Columns of a person that take part from the start when a few are chosen anew."""

PATIENCE = 60
"""Choices of a few people in a row without gain after which columns have nothing more to give."""

ROUNDING = 1e-6
"""Relative room for the rounding of a linear programme before a bound is rounded up."""

Found = tuple[Ints | None, int]
"""(a better choice than before or none, lower bound of the tier)"""


class Columns:
    """Column generation on one tier of one problem.

    ``available`` says whether the problem can be told person by person.
    """

    def __init__(
        self, problem: Problem, tier: Tier, seed: int, budget: Budget, over: Callable[[], bool]
    ) -> None:
        self._problem = problem
        self._budget = budget
        self._over = over
        self._seed = seed
        self._random = random.Random(seed)
        self._pool = Pool(problem, part(problem, tier), budget.work)
        self._whole = Whole(self._pool)
        self._least = -math.inf

    @classmethod
    def of(
        cls, problem: Problem, tier: Tier, seed: int, budget: Budget, over: Callable[[], bool]
    ) -> Columns | None:
        """Columns for a problem, or ``None`` where its rules cannot be told person by person."""
        if not problem.people:
            return None
        try:
            return cls(problem, tier, seed, budget, over)
        except (NotSeparableError, CrowdedError):
            return None

    def run(self) -> Iterator[Found]:
        """Better and better rosters with what is proven so far, until nothing helps any more."""
        yield from self._begin()
        if not self._whole.complete:
            return
        root = Root(self._pool, self._whole.held, self._seed)
        yield from self._mix(root)
        yield from self._dive(root)
        yield from self._around(root)

    @property
    def _bound(self) -> int:
        if not math.isfinite(self._least):
            return -(10**15)
        return math.ceil(self._least - ROUNDING * max(1.0, abs(self._least)))

    def _proven(self) -> bool:
        return self._whole.cost <= self._bound

    def _begin(self) -> Iterator[Found]:
        """Everybody in turn takes the best answer to the others."""
        order = list(range(len(self._pool.people)))
        for _ in range(PASSES):
            self._random.shuffle(order)
            gained = self._whole.settle(order, self._over)
            if not self._whole.complete:
                return
            yield self._choice(), self._bound
            if not gained or self._over():
                return

    def _mix(self, root: Root) -> Iterator[Found]:
        end = self._budget.spent + ROOT * self._budget.left
        root.run(lambda: self._over() or self._budget.spent > end, GAP)
        self._least = max(self._least, root.bound)
        yield None, self._bound

    def _dive(self, root: Root) -> Iterator[Found]:
        seconds = DIVE * self._budget.left
        end = self._budget.spent + seconds
        found = dive(
            root.mix,
            lambda: self._over() or self._budget.spent > end,
            pace(len(self._pool.people), root.mix.pricing + root.mix.solving, seconds),
        )
        held = [found.get(person, number) for person, number in enumerate(self._whole.held)]
        dived = Whole(self._pool, held)
        dived.settle(range(len(held)), self._over)
        if dived.cost < self._whole.cost:
            self._whole = dived
            yield self._choice(), self._bound

    def _around(self, root: Root) -> Iterator[Found]:
        """A few people at a time choose anew, the others staying as they are."""
        around = Around(self._whole, self._seed)
        failures = 0
        while failures < PATIENCE and not self._over() and not self._proven():
            began = self._budget.spent
            kind, people = around.draw()
            others = self._whole.sums - self._pool.sums([self._whole.held[p] for p in people])
            known = among(self._whole, people, root.center, KNOWN)
            mix = Mix(self._pool, people, others, known)
            found = dive(mix, self._over, pace(len(people), mix.pricing + mix.solving, QUICK))
            gained = self._take(found)
            quick = self._budget.spent - began < QUICK
            around.learn(kind, gained=gained, quick=quick)
            failures = 0 if gained else failures + 1
            if gained:
                yield self._choice(), self._bound

    def _take(self, found: dict[int, int]) -> bool:
        """Give people these columns unless that costs more; whether it costs less."""
        before = self._whole.cost
        held = {person: self._whole.held[person] for person in found}
        for person, number in found.items():
            self._whole.put(person, number)
        if self._whole.cost <= before:
            return self._whole.cost < before
        for person, number in held.items():
            self._whole.put(person, number)
        return False

    def _choice(self) -> Ints:
        choice: Ints = np.zeros(len(self._problem.options), dtype=np.int64)
        for number in self._whole.held:
            choice[list(self._pool.entries[number].column)] = 1
        return choice
