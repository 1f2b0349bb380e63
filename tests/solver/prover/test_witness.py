"""A roster that covers the required sites, or why there is none: the two halves of a witness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.norms import Basis, Severity
from so247.models.packs import SO_VOLUNTARY_NORM
from so247.models.people import Absence
from so247.models.proof import Answered
from so247.models.region import Region
from so247.scenarios.broken import broken, feasible
from so247.scenarios.causes import Cause
from so247.solver.limits import Limits
from so247.solver.plan import Plan
from so247.solver.prover.witness import find_roster, find_why, without_norms

LIMITS = Limits(seconds=10, reproducible=True)
MONDAY = date(2026, 11, 2)


def plan_of(region: Region) -> Plan:
    return Plan(region, MONDAY, 1)


def away(*days: int) -> tuple[Absence, ...]:
    """Nobody is there on these days of November."""
    return tuple(
        Absence(physician=who, first_day=date(2026, 11, day), last_day=date(2026, 11, day))
        for who in ("ann", "bob")
        for day in days
    )


def test_a_roster_that_holds_everything(home: Any) -> None:
    region = home.region()
    roster, whole = find_roster(plan_of(region), LIMITS, 1, None, None)
    assert whole
    assert roster is not None
    assert roster.gaps == ()
    assert check(region, roster).covered


@pytest.mark.parametrize("seed", range(3))
def test_wherever_one_exists_it_is_found(seed: int) -> None:
    made = feasible(seed)
    roster, whole = find_roster(Plan(made.region, made.start, made.weeks), LIMITS, 1, None, None)
    assert whole
    assert roster is not None
    report = check(made.region, roster)
    assert (report.uncovered_site_minutes, report.hard_breaches) == (0, ())


def test_where_none_exists_the_gaps_are_as_few_as_can_be(home: Any) -> None:
    # On Wednesday the 4th two duties begin (8:00 and 17:00), and one runs on from Tuesday, 17:00.
    region = home.region(absences=away(4))
    roster, whole = find_roster(plan_of(region), LIMITS, 1, None, None)
    assert not whole
    assert roster is not None
    empty = {each.target for each in roster.gaps if each.site_minutes}
    assert empty == {f"{name}@2026-11-0{day}T{at}Z" for name, day, at in EMPTY}


EMPTY = (("anw", 3, "16:00"), ("day", 4, "07:00"), ("anw", 4, "16:00"))


def test_what_nobody_can_cover_is_not_required(home: Any) -> None:
    # Without an agreement nobody counts at the group, which has a line of its own.
    lines = (
        *home.lines(sites=("home",)),
        *(
            each.model_copy(update={"id": f"group-{each.id}", "escalation": (f"group-{each.id}",)})
            for each in home.lines(sites=("group",))
        ),
    )
    region = home.region(lines=lines, agreements=(home.agreement("home"),))
    _, whole = find_roster(plan_of(region), LIMITS, 1, None, None)
    assert whole


def test_only_what_lies_in_the_days_asked_about_is_required(home: Any) -> None:
    region = home.region(absences=away(3, 6))
    for since, until, whole in (
        (3, 9, False),  # the evening of Tuesday, and all of Friday
        (5, 9, False),
        (5, 6, False),  # the evening that begins on Thursday ends on Friday at 8:00
        (7, 9, False),  # the evening that begins on Friday ends on Saturday at 8:00
        (8, 9, True),
        (5, 5, True),
    ):
        plan = replace(plan_of(region), since=date(2026, 11, since), until=date(2026, 11, until))
        roster, found = find_roster(plan, LIMITS, 1, None, None)
        assert roster is not None
        assert found is whole, (since, until)


def test_why_not(home: Any) -> None:
    region = home.region(absences=away(4))
    plan = plan_of(region)
    roster, _ = find_roster(plan, LIMITS, 1, None, None)
    found = find_why(plan, roster, LIMITS, None)
    assert found.covered is Answered.INFEASIBLE
    assert found.roster == roster
    assert found.voluntary_norms == ()
    assert found.why is not None
    assert found.why.conflict is not None
    assert found.solves[-1].question == "every duty held, without voluntary norms"


def test_a_yes_is_no_reason_why_not(home: Any) -> None:
    # Asked about a region that can be covered there is nothing to say: the search was too short.
    found = find_why(plan_of(home.region()), None, LIMITS, None)
    assert (found.covered, found.why, found.roster) == (Answered.UNKNOWN, None, None)
    assert {each.answer for each in found.solves} == {Answered.FEASIBLE}


def test_the_fewest_voluntary_norms_are_named() -> None:
    # The pack has many voluntary norms. Only the rest between two duties was put in the way.
    made = broken(0, Cause.VOLUNTARY)
    norms = made.region.pack_by_id[SO_VOLUNTARY_NORM.id].norms
    hard = {each.id for each in norms if each.severity is Severity.HARD}
    assert len(hard) > 1
    assert {each.basis for each in norms} == {Basis.VOLUNTARY}
    plan = Plan(made.region, made.before.start, made.before.weeks)
    found = find_why(plan, None, LIMITS, None)
    assert found.voluntary_norms == made.planted.names
    assert found.covered is Answered.INFEASIBLE


def test_lifting_norms_touches_no_others() -> None:
    region = feasible(0).region
    lifted = next(e.id for e in SO_VOLUNTARY_NORM.norms if e.severity is Severity.HARD)
    changed = without_norms(region, [lifted])
    for before, after in zip(region.pack_by_id.values(), changed.pack_by_id.values(), strict=True):
        assert before.id == after.id
        for norm, now in zip(before.norms, after.norms, strict=True):
            is_lifted = norm.id == lifted and norm.basis is Basis.VOLUNTARY
            assert now.severity is (Severity.SIGNAL if is_lifted else norm.severity)
            assert now.model_copy(update={"severity": norm.severity}) == norm
