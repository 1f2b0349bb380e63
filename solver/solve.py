"""``solve``: region and period in, the best roster found out, checked and explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from so247.audit.check import check
from so247.models.clock import period as period_of
from so247.models.errors import InputError, Problem, RosterError
from so247.models.memory import uncollected
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import (
    TIERS,
    Contribution,
    Progress,
    Result,
    Status,
    StoppedBy,
)
from so247.models.result import (
    Tier as TierResult,
)
from so247.models.roster import Roster
from so247.solver.chosen import choice_of
from so247.solver.context import Context
from so247.solver.extract import roster_of
from so247.solver.ledger import shares_of
from so247.solver.limits import Cancel, Limits
from so247.solver.outcome import Outcome
from so247.solver.pinned import uncovered_by_pins
from so247.solver.problem import Problem as Rows
from so247.solver.problem import Tier
from so247.solver.rules import registry
from so247.solver.search import Search
from so247.solver.tasks import prepare

DEFAULT_LIMITS = Limits()

UNITS = {
    Tier.COVERAGE: "site-minutes",
    Tier.SESSIONS: "session-minutes",
    Tier.SOFT_NORMS: "points (60 = one duty or hour too many)",
    Tier.PAIRS: "points",
    Tier.FAIRNESS: "thousandths of a point",
    Tier.WISHES: "points",
    Tier.TRAVEL: "minutes and points",
}

YEARS = range(1990, 2190)
"""Years in which a period may begin; calendars further off are nobody's."""


@uncollected()
def build(
    region: Region, start: date, weeks: int, history: Sequence[Roster] = ()
) -> tuple[Context, Rows]:
    """The problem of a region and period, and the context that explains its indices."""
    context = prepare(region, period_of(start, weeks), history)
    for rule in registry.building(region):
        rule.build(context)
    context.builder.constant(Tier.COVERAGE, uncovered_by_pins(context))
    return context, context.builder.build()


def solve(
    region: Region,
    start: date | None = None,
    weeks: int | None = None,
    *,
    history: Sequence[Roster] = (),
    previous: Roster | None = None,
    begin: Roster | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
    published_at: datetime | None = None,
) -> Result:
    """Roster a region for ``weeks`` weeks from ``start`` (default: the region's planning period).

    ``history``: earlier rosters, for norms that look back and the fairness ledger. ``previous``:
    the roster that this one replaces; what did not change keeps its revision. ``begin``: a roster
    of the same period to search on from, as far as it is still legal. Never raises for
    "impossible": what cannot be held is a named gap. Touches no files, prints nothing; safe to run
    several times at once in threads of one process.

    Raises ``InputError`` for a period that makes no sense, ``RosterError`` for a history of another
    region.
    """
    start, weeks = _period(region, start, weeks)
    _same_region(region, (*history, *((previous,) if previous else ())))
    context, problem = build(region, start, weeks, history)
    if cancel is not None and cancel.cancelled:
        return Result(status=Status.UNKNOWN, stopped_by=StoppedBy.CANCEL)
    first = None if begin is None else choice_of(context, problem, begin, strict=False)[0]
    search = Search(problem, limits, seed, on_progress, cancel, start=first)
    outcome = search.run()
    if not outcome.found:
        return Result(status=Status.UNKNOWN, stopped_by=outcome.stopped_by)
    roster = roster_of(context, search.evaluator, outcome.choice, seed, previous, published_at)
    report = check(region, roster, history)
    tiers = _tiers(search, problem, outcome, report)
    proven = all(tier.proven and not tier.conditional for tier in tiers)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        stopped_by=outcome.stopped_by,
        roster=roster,
        report=report,
        tiers=tiers,
        shares=shares_of(context, search.evaluator, outcome.choice),
        seconds=search.budget.spent,
    )


def _period(region: Region, start: date | None, weeks: int | None) -> tuple[date, int]:
    start = start if start is not None else region.planning_start
    weeks = weeks if weeks is not None else region.planning_weeks
    problems = []
    if start is None:
        problems.append(
            Problem("no start of the period is given", "Maybe set planning_start in the region.")
        )
    elif start.year not in YEARS:
        years = f"{YEARS.start} to {YEARS.stop - 1}"
        problems.append(
            Problem(f"a period begins in the years {years}", "Maybe a digit is wrong.", str(start))
        )
    if not 1 <= weeks <= 104:
        problems.append(Problem("a period has 1 to 104 weeks", "Maybe 4 or 13.", str(weeks)))
    if problems or start is None:
        raise InputError(problems)
    if region.holiday_years:
        last = period_of(start, weeks).end
        missing = sorted(set(range(start.year, last.year + 1)) - set(region.holiday_years))
        if missing:
            years = ", ".join(map(str, missing))
            raise InputError(
                [Problem("the holiday table does not cover the period", "Add the years.", years)]
            )
    return start, weeks


def _same_region(region: Region, rosters: Sequence[Roster]) -> None:
    strangers = sorted({each.region_id for each in rosters if each.region_id != region.id})
    if strangers:
        raise RosterError(
            Problem(
                f"a roster of region {name} cannot be used with region {region.id}",
                "Maybe it belongs to another folder.",
                name,
            )
            for name in strangers
        )


def _tiers(
    search: Search, problem: Rows, outcome: Outcome, report: Report
) -> tuple[TierResult, ...]:
    """Values as the check finds them.

    Where it differs from the search, or rows are stricter than the rulebook, nothing is proven.
    """
    checked = {tier.name: tier.value for tier in report.tiers}
    contributions: dict[Tier, list[Contribution]] = {tier: [] for tier in Tier}
    costs = search.evaluator.contributions(outcome.choice)
    for (tier, person, rule), value in sorted(costs.items()):
        if person >= 0 and value > 0:
            contributions[tier].append(
                Contribution(physician=problem.people[person], rule=rule, value=value)
            )
    found: list[TierResult] = []
    proven = True
    for tier in Tier:
        value = checked[TIERS[tier]]
        sure = value == outcome.values[tier] and not problem.stricter
        bound = max(0, outcome.bounds[tier]) if sure else 0
        proven = proven and sure
        found.append(
            TierResult(
                name=TIERS[tier],
                value=value,
                bound=bound,
                conditional=not proven,
                unit=UNITS[tier],
                contributions=tuple(contributions[tier]),
            )
        )
        proven = proven and value == bound
    return tuple(found)
