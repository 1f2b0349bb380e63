"""What a region report stands on: the roster that was given, or a witness that is sought for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from so247.models.clock import Interval, local_day
from so247.models.proof import Answered, Said, Solve, WhyNot
from so247.models.region import Region
from so247.models.result import Progress
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits
from so247.solver.plan import Plan
from so247.solver.prover.asked import LOOK_BACK
from so247.solver.prover.witness import find_why
from so247.solver.solve import solve


@dataclass(frozen=True)
class Footing:
    """``cover``: whether any roster covers everyone who is open on the first day; ``None``: a
    roster was given, and nothing asked. ``why``: what stands in the way, in words."""

    roster: Roster | None
    witness: bool = False
    cover: Answered | None = None
    voluntary_norms: tuple[str, ...] = ()
    solves: tuple[Solve, ...] = ()
    why: tuple[Said, ...] = ()


def sought(
    region: Region,
    period: Interval,
    history: Sequence[Roster],
    limits: Limits,
    on_progress: Callable[[Progress], None] | None,
    cancel: Cancel | None,
) -> Footing:
    """A witness for the whole region; where it leaves gaps, why there is none.

    It is rostered from the end of history on, so that norms can look back.
    """
    start, end = local_day(period.start), local_day(period.end)
    first = _first(region, start, history)
    weeks = -(-(end - first).days // 7)
    made = solve(
        region,
        first,
        weeks,
        history=history,
        limits=replace(limits, seconds=limits.seconds * 0.5),
        on_progress=on_progress,
        cancel=cancel,
    )
    roster = made.roster
    if roster is not None and not any(gap.site_minutes for gap in roster.gaps):
        return Footing(roster, witness=True, cover=Answered.FEASIBLE)
    plan = Plan(_open_already(region, start, end), first, weeks, tuple(history), start, end)
    found = find_why(plan, roster, replace(limits, seconds=limits.seconds * 0.3), cancel)
    return Footing(
        roster,
        witness=True,
        cover=found.covered,
        voluntary_norms=found.voluntary_norms,
        solves=found.solves,
        why=_told(found.why),
    )


def _first(region: Region, start: date, history: Sequence[Roster]) -> date:
    """The day after history, or the planning period's first; not longer before than norms look."""
    ends = [local_day(each.period.end) for each in history]
    first = max(ends) if ends else region.planning_start or start
    return first if start - LOOK_BACK <= first <= start else start


def _open_already(region: Region, start: date, end: date) -> Region:
    """The region in which whatever opens after the first day opens only after the period."""
    facilities = tuple(
        each.model_copy(update={"opening_date": end + timedelta(days=1)})
        if each.opening_date is not None and start < each.opening_date < end
        else each
        for each in region.facilities
    )
    return region.model_copy(update={"facilities": facilities})


def _told(why: WhyNot | None) -> tuple[Said, ...]:
    """Conflict, count, least extra and what could be relaxed, as far as they were found."""
    if why is None:
        return ()
    found = (why.conflict, why.counting, why.extra, *why.relaxations)
    return tuple(each.text for each in found if each is not None)
