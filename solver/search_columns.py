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
from so247.solver.columns.arrays import Floats
from so247.solver.columns.automaton import CrowdedError
from so247.solver.columns.blend import Blend
from so247.solver.columns.blocks import NotSeparableError, part
from so247.solver.columns.dive import dive
from so247.solver.columns.pool import Pool
from so247.solver.columns.root import Root
from so247.solver.columns.whole import Whole
from so247.solver.evaluate import Ints
from so247.solver.problem import Problem, Tier

PASSES = 3
"""How often everybody answers the others after a dive, at most."""

ROOT, DIVE = 0.45, 0.7
"""At most these parts of the time left go to the mix, and then to a dive."""

GAP, FINE = 5e-3, 1e-6
"""Distance of mix and bound, as a share, that is good enough for a dive, and for a proof."""

CLOSE, PROVE = 0.02, 0.2
"""Distance of roster and bound, as a share, at which the bound gets at most this part of the time
left: further off it would prove nothing."""

QUICK, LEAST, LONGEST = 100.0, 1.0, 10.0
"""Choosing a few people's columns anew should take as long as pricing everybody so many times, and
between so many seconds."""

WARM = 0.1
"""Heat at which a few people's mix begins: prices are known from everybody's."""

KNOWN = 40
"""Columns of a person that take part from the start when columns are chosen."""

PATIENCE, DRY = 15, 3
"""Choices of a few people in a row without gain after which everybody dives anew, and dives in a
row without gain after which columns have nothing more to give."""

ROUNDING = 1e-6
"""Relative room for rounding before a bound, found in floating point, is rounded up."""

Found = tuple[Ints | None, int]
"""(a better choice than before or none, lower bound of the tier)"""


class Columns:
    """Column generation on one tier of one problem.

    Made by ``of``, which says whether the problem can be told person by person.
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
        self._cheapest = math.inf

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
        root = Root.whole(self._pool, self._whole.held, self._seed)
        yield from self._mix(root, GAP, ROOT)
        dry = 0
        while dry < DRY and not self._over() and not self._proven():
            best = self._whole
            yield from self._dive(root)
            yield from self._around(root)
            dry = 0 if self._whole.cost < best.cost else dry + 1
            self._whole = min(self._whole, best, key=lambda whole: whole.cost)

    @property
    def _bound(self) -> int:
        if not math.isfinite(self._least):
            return -(10**15)
        return math.ceil(self._least - ROUNDING * max(1.0, abs(self._least)))

    def _proven(self) -> bool:
        return self._whole.cost <= self._bound and not self._whole.broken

    def _begin(self) -> Iterator[Found]:
        """Everybody in turn takes the best answer to the others."""
        order = list(range(len(self._pool.people)))
        self._random.shuffle(order)
        self._whole.settle(order, self._over)
        if self._whole.complete:
            yield self._now()

    def _mix(self, root: Root, gap: float, share: float) -> Iterator[Found]:
        """The best mix of columns: its bound, and the prices that lead everything after it."""
        end = self._budget.spent + share * self._budget.left
        root.done = False
        root.run(lambda: self._over() or self._proven() or self._budget.spent > end, gap)
        self._least = max(self._least, root.bound)
        yield None, self._bound

    def _dive(self, root: Root) -> Iterator[Found]:
        """Everybody's columns chosen anew."""
        everybody = list(range(len(self._pool.people)))
        nothing = np.zeros_like(self._whole.sums)
        seconds = DIVE * self._budget.left
        found = self._chosen(everybody, nothing, root.blend.prices, seconds)
        dived = Whole(
            self._pool, [found.get(p, number) for p, number in enumerate(self._whole.held)]
        )
        for _ in range(PASSES):
            if not dived.settle(everybody, self._over):
                break
        if dived.complete:
            self._whole = dived
            yield self._now()

    def _chosen(
        self, people: list[int], others: Floats, prices: Floats, seconds: float
    ) -> dict[int, int]:
        """Columns for ``people`` by a dive that takes about so long."""
        blend = Blend(self._pool, people, others, prices, 1.0)
        for number in among(self._whole, people, prices, KNOWN):
            blend.add(number)
        return dive(blend, self._lasting(seconds), self._draw())

    def _until(self, seconds: float) -> Callable[[], bool]:
        end = self._budget.spent + seconds
        return lambda: self._over() or self._budget.spent > end

    def _lasting(self, seconds: float) -> Callable[[], float]:
        """How many of these seconds are left, from now on."""
        end = self._budget.spent + seconds
        return lambda: 0.0 if self._over() else end - self._budget.spent

    def _draw(self) -> int:
        return self._random.randrange(2**30)

    def _around(self, root: Root) -> Iterator[Found]:
        """A few people at a time choose anew, the others staying as they are."""
        around = Around(self._whole, self._seed)
        everybody = sum(person.effort for person in self._pool.people)
        quick = min(LONGEST, max(LEAST, QUICK * everybody))
        failures, fine = 0, False
        while failures < PATIENCE and not self._over() and not self._proven():
            if not fine and self._near():
                fine = True
                yield from self._mix(root, FINE, PROVE)
                continue
            began = self._budget.spent
            kind, people = around.draw()
            gained = self._take(self._anew(people, root.blend.prices, quick))
            around.learn(kind, gained=gained, quick=self._budget.spent - began < quick)
            failures = 0 if gained else failures + 1
            if gained:
                yield self._now()

    def _near(self) -> bool:
        """Whether a better bound could prove the roster before long."""
        off = self._whole.cost - self._least
        return math.isfinite(self._least) and off <= CLOSE * abs(self._least)

    def _anew(self, people: list[int], prices: Floats, seconds: float) -> dict[int, int]:
        """Columns for a few people that may cost less together, or nothing."""
        whole, pool = self._whole, self._pool
        mine = [whole.held[person] for person in people]
        others = whole.sums - pool.sums(mine)
        known = among(whole, people, prices, KNOWN)
        mix = Root(pool, people, others, known, prices, WARM, self._draw())
        if not mix.promises(whole.cost_of(people), self._until(seconds / 2)):
            return {}
        return self._chosen(people, others, mix.blend.prices, seconds / 2)

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

    def _now(self) -> Found:
        """The roster, where it is the best so far and legal between people, and what is proven."""
        if self._whole.broken or self._whole.cost >= self._cheapest:
            return None, self._bound
        self._cheapest = self._whole.cost
        choice: Ints = np.zeros(len(self._problem.options), dtype=np.int64)
        for number in self._whole.held:
            choice[list(self._pool.entries[number].column)] = 1
        return choice, self._bound
