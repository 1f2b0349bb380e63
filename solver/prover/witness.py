"""Does any roster cover the required sites? A witness, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from so247.models.norms import Basis, Severity
from so247.models.proof import Answered, Solve, WhyNot
from so247.models.region import Region
from so247.models.result import Progress
from so247.models.roster import Roster
from so247.models.settings import UnknownTravel
from so247.solver.clock import Clock
from so247.solver.context import Context
from so247.solver.evaluate import Ints
from so247.solver.extract import roster_of
from so247.solver.limits import Cancel, Limits
from so247.solver.part import part_of
from so247.solver.plan import Plan
from so247.solver.problem import Problem, Tier
from so247.solver.rules import eligibility
from so247.solver.search import Search
from so247.solver.search_feasible import LIGHT, QUICK, holdable
from so247.solver.solve import build
from so247.solver.whynot.conflict import without
from so247.solver.whynot.why import can_be_covered

GAPS_SECONDS = 3.0


@dataclass(frozen=True)
class Witness:
    """``roster``: the best one found; a witness only if ``covered`` is a yes.

    ``covered`` is ``None`` where a roster was given, and nothing asked.
    """

    covered: Answered | None
    roster: Roster | None
    solves: tuple[Solve, ...] = ()
    why: WhyNot | None = None
    voluntary_norms: tuple[str, ...] = ()
    """Norms without which everyone can be covered."""


def find_roster(
    plan: Plan,
    limits: Limits,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
    cancel: Cancel | None,
) -> tuple[Roster | None, bool]:
    """The best roster in the time, and whether it holds every duty that can cover somebody.

    Coverage, sessions and soft norms are sought; how fair it is does not matter to a proof.
    """
    context, problem = build(plan.region, plan.start, plan.weeks, plan.history)
    required = plan.required(context)
    answered, start = _start(problem, required, limits, cancel)
    last = Tier.SOFT_NORMS
    if answered is Answered.INFEASIBLE:
        # Gaps are all there is to show: as few as are found soon.
        limits, last = replace(limits, seconds=min(limits.seconds, GAPS_SECONDS)), Tier.COVERAGE
    search = Search(problem, limits, seed, on_progress, cancel, last, start=start)
    outcome = search.run()
    if not outcome.found:
        return None, False
    choice = outcome.choice
    if start is not None and not _holds(context, required, choice):
        # What lies before the first day asked about is in the tier too, and may have won.
        choice = start
    roster = roster_of(context, search.evaluator, choice, seed, None, None)
    return roster, _holds(context, required, choice)


def _holds(context: Context, required: Collection[int], choice: Ints) -> bool:
    """Whether every required duty has a holder who counts: a pin may name one who does not."""
    options = context.builder.options
    held = {options[v].task for v in choice.nonzero()[0] if eligibility.stands(context, int(v))}
    return set(required) <= held


def _start(
    problem: Problem, required: Collection[int], limits: Limits, cancel: Cancel | None
) -> tuple[Answered, Ints | None]:
    """A choice that holds every required duty, sessions left aside, if there is one."""
    duties = {task for task, each in enumerate(problem.tasks) if each.tier is Tier.COVERAGE}
    options = [
        variable
        for variable, option in enumerate(problem.options)
        if option.task in duties or option.pinned
    ]
    part = part_of(problem, options, lambda _: True)
    configuration = LIGHT if limits.reproducible else QUICK
    answer = holdable(part.problem, required, limits.seconds / 2, configuration, cancel)
    if answer.answered is not Answered.FEASIBLE:
        return answer.answered, None
    choice: Ints = np.zeros(len(problem.options), dtype=np.int64)
    choice[[part.options[v] for v in answer.chosen]] = 1
    return answer.answered, choice


def find_why(
    plan: Plan,
    roster: Roster | None,
    limits: Limits,
    cancel: Cancel | None,
) -> Witness:
    """What there is to say when the search left gaps: a no, twice confirmed, or unknown."""
    plan = replace(plan, reproducible=limits.reproducible)
    clock = Clock(limits.seconds)
    answer = can_be_covered(plan, clock.left * 0.7, cancel)
    found = Witness(answer.covered, roster, answer.solves, answer.why)
    if answer.covered is Answered.INFEASIBLE and _may_travel(plan, clock, cancel):
        # The no rests on ways that nobody knows: it is no no.
        return replace(found, covered=Answered.UNKNOWN, why=None)
    if answer.covered is not Answered.INFEASIBLE:
        # A yes without its roster is no witness: the search was too short to find it.
        return replace(found, covered=Answered.UNKNOWN)
    without_any, lifted = _voluntary(plan, clock, cancel)
    solve = Solve(
        question="every duty held, without voluntary norms",
        configuration=" and ".join(each.configuration for each in answer.solves),
        answer=without_any,
    )
    # Impossible means: nor without the voluntary norms. Not knowing that is not knowing.
    covered = Answered.UNKNOWN if without_any is Answered.UNKNOWN else Answered.INFEASIBLE
    return replace(found, covered=covered, voluntary_norms=lifted, solves=(*found.solves, solve))


def _may_travel(plan: Plan, clock: Clock, cancel: Cancel | None) -> bool:
    """Whether everyone might be covered if every unknown way were short enough."""
    settings = plan.region.settings
    if settings.unknown_travel is not UnknownTravel.FORBID:
        return False
    hopeful = settings.model_copy(update={"unknown_travel": UnknownTravel.ALLOW})
    changed = plan.within(plan.region.model_copy(update={"settings": hopeful}))
    answer = can_be_covered(changed, max(1.0, clock.left / 2), cancel, explained=False)
    return answer.covered is not Answered.INFEASIBLE


def _voluntary(plan: Plan, clock: Clock, cancel: Cancel | None) -> tuple[Answered, tuple[str, ...]]:
    """Whether everyone can be covered without voluntary norms; the fewest, found by leaving out."""
    names = sorted(
        {
            norm.id
            for pack in plan.region.pack_by_id.values()
            for norm in pack.norms
            if norm.basis is Basis.VOLUNTARY and norm.severity is Severity.HARD
        }
    )

    def lifting(some: Sequence[str]) -> Answered:
        changed = plan.within(without_norms(plan.region, some))
        limit = max(1.0, clock.left / 2)
        return can_be_covered(changed, limit, cancel, explained=False).covered

    answer = lifting(names)
    if answer is not Answered.FEASIBLE:
        return answer, ()
    return answer, without(names, lambda some: lifting(some) is Answered.FEASIBLE)


def without_norms(region: Region, lifted: Sequence[str]) -> Region:
    """The region in which these voluntary norms are signals only."""
    packs = tuple(
        pack.model_copy(
            update={
                "norms": tuple(
                    norm.model_copy(update={"severity": Severity.SIGNAL})
                    if norm.basis is Basis.VOLUNTARY and norm.id in lifted
                    else norm
                    for norm in pack.norms
                )
            }
        )
        for pack in region.pack_by_id.values()
    )
    return region.model_copy(update={"rule_packs": packs})
