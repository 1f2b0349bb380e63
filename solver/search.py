"""From nothing to a good roster, tier by tier: solve what fits, then neighbourhood after another.

The incumbent lives here, outside the solver, and is a legal choice: constructed, or, where rows ask
for at least something, the solver's first for the whole. Parts of a tier are solved for its bound
and for where their choice leads; then come neighbourhoods, until the bound is met, time for the
tier is spent, or gains dry up.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from so247.models.result import TIERS, Progress, StoppedBy
from so247.solver import search_times as times
from so247.solver.bounds.counting import Counts
from so247.solver.bounds.parts import JOINED
from so247.solver.budget import Budget
from so247.solver.construct import construct
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.limits import Cancel, Limits
from so247.solver.model import Translator
from so247.solver.neighbourhoods import Neighbourhoods
from so247.solver.outcome import Outcome, settled, stopped_by
from so247.solver.problem import Problem, Tier
from so247.solver.search_columns import Columns
from so247.solver.search_relaxed import ALONG, PROVE, RELAX, Asked, Relaxer
from so247.solver.search_shares import fairest
from so247.solver.search_step import Step, run
from so247.solver.search_trades import Trades


class Search:
    """One search over one problem. ``last``: tiers after it are left as they come.

    ``start``: a legal choice to begin with.
    """

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        seed: int,
        on_progress: Callable[[Progress], None] | None,
        cancel: Cancel | None,
        last: Tier = Tier.TRAVEL,
        *,
        start: Ints | None = None,
    ) -> None:
        self.problem = problem
        self.wanted = tuple(tier for tier in Tier if tier <= last)
        self.limits = limits
        self.seed = seed
        self.on_progress = on_progress
        self.cancel = cancel
        self.budget = Budget(limits)
        self.evaluator = Evaluator(problem)
        self.translator = Translator(problem)
        self.neighbourhoods = Neighbourhoods(problem, self.evaluator, seed)
        pinned: Ints = np.array([option.pinned for option in problem.options], dtype=np.int64)
        self.legal = start is not None and not self.evaluator.broken(start)
        read = self.evaluator, self.translator.incidence
        self.relaxer = Relaxer(problem, seed, self.budget, cancel, read)
        self.asked: dict[Tier, tuple[int, ...]] = {}  # values when a tier was last bounded
        self.choice: Ints = start if start is not None and self.legal else pinned
        self.values = self.evaluator.tiers(self.choice)
        self.counts = Counts(problem)
        self.bounds = list(self.counts.trivial)
        self.steps = 0
        self.found = self.legal
        self.reading = self.budget.spent
        """What reading the whole problem takes; to read it again in another way takes as long."""

    def run(self) -> Outcome:
        """Search until proof, budget, stagnation or cancel."""
        if not self.legal and not self._over():
            self._begin()
        improved = True
        while improved and not self._over() and self._open():
            before = self.values
            for tier in self.wanted:
                self._count(tier)
                if not self._done(tier) and not self._over():
                    self._improve(tier, self.budget.left * times.part(tier, self._open()))
            improved = self.values < before
        for tier in Tier:
            self._count(tier)
        why = stopped_by(
            self.wanted,
            self.values,
            self.bounds,
            self.limits.gap,
            cancelled=self._cancelled(),
            over=self._over(),
        )
        self.found = self.found or why is StoppedBy.PROOF
        return Outcome(self.choice, self.values, self.bounds, why, self.found)

    def _over(self) -> bool:
        return self.budget.left <= 0.02 or self._cancelled()

    def _cancelled(self) -> bool:
        return self.cancel is not None and self.cancel.cancelled

    def _done(self, tier: Tier) -> bool:
        return settled(self.values[tier], self.bounds[tier], self.limits.gap)

    def _open(self) -> set[Tier]:
        """Tiers that could be better, as far as is known."""
        return {tier for tier in self.wanted if not self._done(tier)}

    def _count(self, tier: Tier) -> None:
        """Bounds by counting, once the tiers before say whether every task is filled."""
        self._raise(tier, self.counts.least(tier, self.values))

    def _raise(self, tier: Tier, bound: int) -> None:
        """A bound for rosters no worse in the tiers before."""
        self.bounds[tier] = min(self.values[tier], max(self.bounds[tier], bound))

    def _tell(self, tier: Tier) -> None:
        if self.on_progress is not None:
            now, least, wall = self.values[tier], self.bounds[tier], self.budget.wall
            self.on_progress(Progress(seconds=wall, tier=TIERS[tier], value=now, bound=least))

    def _accept(self, found: dict[int, int]) -> bool:
        """Keep a choice if it is better, tier by tier; the evaluator decides, not the solver."""
        choice = self.choice.copy()
        for variable, value in found.items():
            choice[variable] = value
        values = self.evaluator.tiers(choice)
        # A solver that returns what breaks a row has been seen (or-tools 5003).
        if (self.legal and values > self.values) or self.evaluator.broken(choice):
            return False
        better = values < self.values or not self.legal
        self.legal = True
        self._forget(values)
        self.choice, self.values = choice, values
        return better

    def _forget(self, values: tuple[int, ...]) -> None:
        """Drop bounds that were for rosters no worse in a tier which now gets worse.

        A better early tier may cost a later one; the tiers after that are then free of it.
        """
        worse = [tier for tier in Tier if values[tier] > self.values[tier]]
        for tier in Tier:
            if worse and tier > worse[0]:
                self.bounds[tier] = self.counts.trivial[tier]
                self.relaxer.forget(tier)
                self.asked.pop(tier, None)

    def _solve(
        self,
        free: list[int],
        tier: Tier,
        seconds: float,
        *,
        proving: bool = False,
    ) -> tuple[Step, int]:
        """Improve one tier within a neighbourhood, earlier tiers no worse.

        Also returns what its objective lacks to be the whole tier's value.
        """
        everything = self.evaluator.values(self.choice)
        wanted = list(Tier)[: tier + 1]
        submodel = self.translator.submodel(free, everything, wanted)
        for earlier in wanted[:-1]:
            if submodel.tiers.get(earlier):
                submodel.model.add(submodel.cost(earlier) <= submodel.now[earlier])
        submodel.model.minimize(submodel.cost(tier))
        rest = self.values[tier] - submodel.now.get(tier, 0)
        self.steps += 1
        step = run(
            submodel,
            self.budget,
            min(seconds, self.budget.left),
            self.seed + self.steps,
            self.cancel,
            max(submodel.floor(tier), self.bounds[tier] - rest),
            proving=proving,
        )
        self.found = self.found or step.found is not None
        return step, rest

    def _begin(self) -> None:
        """A constructed roster; where rules ask for at least something, one made of columns."""
        choice = construct(self.problem, self.seed)
        if not self.evaluator.broken(choice):
            self.choice, self.values = choice, self.evaluator.tiers(choice)
            self.legal = self.found = True
            self._tell(Tier.COVERAGE)
        else:
            self._by_columns(Tier.COVERAGE)

    def _by_columns(self, tier: Tier) -> None:
        """Rosters made of whole people's columns, as long as that helps."""
        columns = Columns.of(self.problem, tier, self.seed, self.budget, self._over)
        for choice, bound in columns.run() if columns else ():
            if choice is not None:
                self.found = self._accept(dict(enumerate(choice.tolist()))) or self.found
            if self.legal:
                self._raise(tier, bound)
                self._tell(tier)

    def _improve(self, tier: Tier, seconds: float) -> None:
        """Neighbourhoods (the whole problem, where that is small) until the share is spent."""
        end = self.budget.spent + seconds
        failures = 0
        # Where nothing legal is known yet, no part of the problem can be solved by itself.
        small = len(self.neighbourhoods.free) <= times.WHOLE or not self.legal
        if (small and self._whole(tier, seconds * 0.6)) or not self.neighbourhoods.free:
            return
        if not small and tier in times.TRADES and self._worth_reading(tier):
            self._trade(tier, seconds * times.TRADES[tier])
        if not small and tier is Tier.FAIRNESS and self._worth_reading(tier):
            self._share(seconds * times.SHARES)
        if not small and tier in JOINED and self._worth_reading(tier):
            self._relax(tier, seconds * RELAX)
        gained, dry = self.budget.spent, max(times.DRY * seconds, 3 * self._slice())
        while not self._done(tier) and not self._over() and self.budget.spent < end:
            before, everything = self.values, self.evaluator.values(self.choice)
            kind, free = self.neighbourhoods.draw(everything, tier)
            step, _ = self._solve(free, tier, self._slice(), proving=tier is Tier.FAIRNESS)
            if step.found:
                self._accept(step.found)
            improved = self.values < before
            self.neighbourhoods.learn(kind, improved=improved, proven=step.proven)
            failures = 0 if improved else failures + 1
            if improved:
                gained = self.budget.spent
                self._tell(tier)
            far = self.values[tier] > times.CLOSE * self.bounds[tier] + 1
            if failures >= times.PATIENCE or self.budget.spent > gained + dry * (1 + far):
                break
        # Gaps that stay need a proof, or a coordinator cannot tell shortage from a bad search.
        if tier is Tier.COVERAGE and not small and not self._done(tier) and not self._over():
            self._whole(tier, seconds)

    def _worth_reading(self, tier: Tier) -> bool:
        """Whether there is something to better, and time for what reads the problem once more."""
        return not self._done(tier) and self.budget.left > times.READING * self.reading

    def _relax(self, tier: Tier, seconds: float) -> None:
        """Solve the tier's parts, for its bound and for where their choice leads the whole."""
        before = self.values[:tier]
        if self.asked.get(tier) == before:
            return
        end = self.budget.spent + seconds
        found = self.relaxer.bound(Asked(tier, self.choice, self.values), seconds * PROVE)
        if found.ended:
            self.asked[tier] = before
        self._raise(tier, found.bound)
        if self._done(tier) or self._over():
            return
        now = self.evaluator.values(self.choice)
        free = self.neighbourhoods.along(found.guide, now, ALONG)
        step, _ = self._solve(free, tier, end - self.budget.spent, proving=True)
        if step.found:
            self._accept(step.found)
        self._tell(tier)

    def _share(self, seconds: float) -> None:
        """Fairness in numbers, with what the work of the tier before takes from people's limits."""
        asked = Asked(Tier.FAIRNESS, self.choice, self.values)
        if self.asked.get(asked.tier) != (now := self.values[: asked.tier + 1]):
            self.asked[asked.tier] = now
            fair = fairest(self.relaxer, asked, seconds, self._over)
            self.neighbourhoods.goals = fair.goals
            self._raise(asked.tier, fair.bound)
            self._tell(asked.tier)

    def _trade(self, tier: Tier, seconds: float) -> None:
        """Tasks change hands until little is left to gain: sooner done than any solve."""
        end = self.budget.spent + seconds
        steps = int(seconds / times.TRADE)
        trades = Trades(self.problem, self.evaluator, self.choice, tier, self.seed)
        choice = trades.run(steps, lambda: self._over() or self.budget.spent >= end)
        self.budget.work(steps * times.TRADE)
        self._accept(dict(enumerate(choice.tolist())))
        self._tell(tier)

    def _slice(self) -> float:
        """Time for one neighbourhood."""
        return min(5.0, max(0.3, self.limits.seconds / 100))

    def _whole(self, tier: Tier, seconds: float) -> bool:
        """One solve of the whole problem; true when that settles the tier."""
        step, rest = self._solve(self.neighbourhoods.free, tier, seconds, proving=True)
        if step.found is not None:
            self._accept(step.found)
            self._raise(tier, step.bound + rest)
        self._tell(tier)
        return self._done(tier)
