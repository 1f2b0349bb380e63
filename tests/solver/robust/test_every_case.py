"""Every absence in small, tight regions: repairs pass the check, failures are confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from so247.audit.absent import repaired, without
from so247.audit.check import check
from so247.models.clock import day_start, local_day
from so247.models.people import Pin
from so247.models.proof import Answered, Case, Robustness, Survival
from so247.models.region import Region
from so247.models.roster import Roster
from so247.scenarios.generator import Generated, build
from so247.scenarios.spec import Spec
from so247.solver.limits import Limits
from so247.solver.robust import robust
from so247.solver.search_feasible import holdable
from so247.solver.solve import build as problem_of

LIMITS = Limits(seconds=30, reproducible=True)
FOUR = Spec(
    physicians=4,
    gp_groups=1,
    facilities=1,
    start=date(2026, 10, 19),  # the night of 25 hours lies at the end of the first week
    weeks=1,
    sessions_per_group=2,
    leave=0.3,
    slack=0,
)
"""Four people, contracts without a duty to spare: most absences take some puzzling."""
TIGHT = {
    "four": FOUR,
    "contracts": replace(FOUR, weeks=2, two_contracts=0.5),
    "pins": replace(FOUR, physicians=5, weeks=2, pins=2, split_office=True),
    "history": replace(FOUR, physicians=5, history_weeks=4),
}
CASES = [
    ("four", 1, 3, 1),
    ("four", 2, 7, 1),
    ("four", 3, 1, 2),
    ("contracts", 1, 3, 1),
    ("pins", 2, 3, 1),
    ("pins", 3, 1, 2),
    ("history", 1, 3, 1),
]
"""(region, seed, days away, how many people together)."""


def beginnings(found: Robustness) -> list[tuple[Case, date]]:
    return [(case, day) for case in found.cases for day in case.days]


def faults(region: Region, roster: Roster, history: tuple[Roster, ...]) -> tuple[int, int, int]:
    """Minutes that are uncovered, minutes that are unknown, hard breaches."""
    report = check(region, roster, history)
    unknown = sum(site.unknown_minutes for site in report.sites)
    return report.uncovered_site_minutes, unknown, len(report.hard_breaches)


def fixed_before(region: Region, roster: Roster, day: date) -> Region:
    """What started before the absence stands: it is pinned."""
    pins = tuple(
        Pin(
            target=each.target,
            physician=each.physician,
            contract=each.contract,
            day=None if "@" in each.target else local_day(each.when.start),
        )
        for each in roster.standing
        if each.when.start < day_start(day)
    )
    names = {pin.target for pin in pins}
    kept = tuple(pin for pin in region.pins if pin.target not in names)
    return region.model_copy(update={"pins": (*kept, *pins)})


def repairable(made: Generated, roster: Roster, case: Case, day: date, days: int) -> Answered:
    """Asked anew, of the region in which they are away: can every duty be held?"""
    region = without(made.region, case, day, days, (roster, *made.history))
    fixed = fixed_before(region, roster, day)
    weeks = (roster.period.end - roster.period.start).days // 7
    context, problem = problem_of(fixed, local_day(roster.period.start), weeks, made.history)
    tasks = [task.index for task in context.duties if task.site_minutes]
    return holdable(problem, tasks, 30).answered


@pytest.mark.parametrize(("name", "seed", "days", "absent"), CASES)
def test_repairs_pass_the_check_and_failures_are_confirmed(
    name: str, seed: int, days: int, absent: int
) -> None:
    made = build(TIGHT[name], seed)
    roster = made.witness
    assert roster is not None
    # Everyone is covered before, so a survived absence must leave nothing uncovered at all.
    assert faults(made.region, roster, made.history) == (0, 0, 0)
    found = robust(
        made.region, roster, made.history, absence_days=days, absent=absent, limits=LIMITS
    )
    assert found.count(Survival.UNKNOWN) == 0
    assert found.count(Survival.SURVIVED) > 0
    assert found.count(Survival.FAILED) > 0
    starts = {each.target: each.when.start for each in roster.assignments}
    for case, day in beginnings(found):
        if case.survival is Survival.SURVIVED:
            region = without(made.region, case, day, days, (roster, *made.history))
            after = repaired(roster, case)
            assert faults(region, after, made.history) == (0, 0, 0), (case, day)
            # Nothing that starts before the absence may change.
            assert all(starts[each.target] >= day_start(day) for each in case.changes)
            assert not any(
                each.after in case.physicians for each in case.changes if each.target in case.lost
            )
        else:
            assert repairable(made, roster, case, day, days) is Answered.INFEASIBLE, (case, day)
            assert case.reasons[0].code == "robust.core"


def test_every_day_of_everybody_is_counted_once() -> None:
    made = build(FOUR, 1)
    assert made.witness is not None
    found = robust(made.region, made.witness, absence_days=2, limits=LIMITS)
    # Four people, seven days each.
    assert found.tried == 4 * 7
    assert found.unaffected + len(beginnings(found)) == found.tried
    seen = {(case.physicians, day) for case, day in beginnings(found)}
    assert len(seen) == len(beginnings(found))
    pairs = robust(made.region, made.witness, absence_days=2, absent=2, limits=LIMITS)
    assert pairs.tried == 6 * 7
    assert all(len(case.physicians) == 2 for case in pairs.cases)


def test_the_same_input_gives_the_same_answer() -> None:
    made = build(TIGHT["pins"], 2)
    assert made.witness is not None
    once, again = (
        robust(made.region, made.witness, absence_days=3, limits=LIMITS) for _ in range(2)
    )
    assert once == again
