"""Regions at the edge: nothing to roster, nobody to hold it, organisations, pins that break rules.

Never a traceback; what cannot be covered is a named gap, counted as the check counts it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.clock import Interval, period
from so247.models.lines import Position, Window
from so247.models.people import Pin, Role
from so247.models.region import Region
from so247.models.result import Result, Status
from so247.models.roster import Assignment, Roster
from so247.models.settings import Settings, UnknownTravel
from so247.models.sites import AgreementKind, GpPost
from so247.scenarios.generator import changed

MONDAY = date(2026, 11, 2)
WEEK = 7 * 24 * 60
OFFICE = 5 * 9 * 60


# -- regions at the edge --------------------------------------------------------------------------


def test_a_region_without_lines_is_uncovered_every_minute(toy: Any) -> None:
    result = toy.solve(toy.region(lines=()))
    # The facility needs a first line at every minute, and nothing can be rostered.
    assert toy.coverage(result) == WEEK
    assert result.status is Status.OPTIMAL
    assert result.roster is not None
    assert result.roster.assignments == ()


def test_a_region_without_people_has_nothing_but_gaps(toy: Any) -> None:
    result = toy.solve(toy.region(physicians=(), contracts=()))
    assert toy.coverage(result) == WEEK
    assert result.roster is not None
    gaps = result.roster.gaps
    # From Monday 00:00: the end of Sunday's night, five days and nights, two weekend days.
    assert sum(gap.site_minutes for gap in gaps) == WEEK
    assert all(gap.when is not None for gap in gaps)


def test_a_region_without_anything_is_solved(toy: Any) -> None:
    bare = Region(id="bare", name="Bare", anchor_date=MONDAY, planning_start=MONDAY)
    result = toy.solve(bare)
    assert result.status is Status.OPTIMAL
    assert toy.coverage(result) == 0


def test_a_line_that_nobody_may_hold_says_who_is_kept_away_and_why(toy: Any) -> None:
    nurses = toy.line("day", Window.OFFICE_HOURS, roles=(Role.NURSE_PRACTITIONER,))
    result = toy.solve(toy.region(lines=(toy.line("anw", Window.OUT_OF_HOURS), nurses)))
    assert toy.coverage(result) == OFFICE
    assert result.roster is not None
    # Five office days; ann and bob are SOs.
    assert len(result.roster.gaps) == 5
    for gap in result.roster.gaps:
        (reason,) = gap.reasons
        assert "eligible.role" in reason
        assert reason.endswith("ann, bob")


def test_a_facility_that_opens_after_the_period_needs_nothing(toy: Any) -> None:
    late = toy.facility("late", opening_date=date(2027, 1, 1))
    lines = tuple(
        toy.line(name, window, sites=("home", "late"))
        for name, window in (("anw", Window.OUT_OF_HOURS), ("day", Window.OFFICE_HOURS))
    )
    # Nobody is near it, and it has no agreement: both do not matter yet.
    result = toy.solve(toy.region(facilities=(toy.facility(), late), lines=lines))
    assert toy.coverage(result) == 0
    assert result.report is not None
    assert {each.site: each.required_minutes for each in result.report.sites} == {
        "home": WEEK,
        "late": 0,
    }


@pytest.mark.parametrize(
    ("rule", "uncovered"), [(UnknownTravel.ALLOW, 0), (UnknownTravel.FORBID, WEEK)]
)
def test_unknown_travel_is_allowed_at_a_cost_or_forbidden(
    toy: Any, rule: UnknownTravel, uncovered: int
) -> None:
    region = toy.region(travel_times=(), settings=Settings(unknown_travel=rule))
    result = toy.solve(region)
    assert toy.coverage(result) == uncovered
    assert result.report is not None
    # Allowed is not known: the check says so, and the soft norms pay 60 for each duty that starts
    # in the period (seven nights, five office days; the night before Monday began earlier).
    assert not result.report.covered
    assert result.tiers[2].value == (60 * 12 if uncovered == 0 else 0)
    assert [t.value for t in result.report.tiers] == [t.value for t in result.tiers]
    assert result.report.sites[0].unknown_minutes == (WEEK if uncovered == 0 else 0)


# -- organisations --------------------------------------------------------------------------------


def posted(toy: Any, *people: str, backup: bool = True, **overrides: Any) -> Region:
    """Out of hours a GP post takes the first line; with ``backup``, an SO stands behind it."""
    escalation = ("hap", "back") if backup else ("hap",)
    post = toy.line("hap", Window.OUT_OF_HOURS, organisation="post", escalation=escalation)
    behind = toy.line("back", Window.OUT_OF_HOURS, position=Position.BACKUP, escalation=("back",))
    return toy.region(
        gp_posts=(GpPost(id="post", name="Post"),),
        agreements=(
            toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
            toy.agreement("gp", AgreementKind.ORGANISATION_COVER, "post"),
        ),
        lines=(post, *((behind,) if backup else ()), toy.line("day", Window.OFFICE_HOURS)),
        physicians=tuple(toy.physician(each) for each in people),
        contracts=tuple(toy.contract(each) for each in people),
        **overrides,
    )


def test_an_organisations_first_line_counts_with_an_so_behind_it(toy: Any) -> None:
    result = toy.solve(posted(toy, "ann", "bob"))
    assert toy.coverage(result) == 0
    assert result.roster is not None
    lines = {each.target.partition("@")[0] for each in result.roster.assignments}
    assert lines == {"hap", "back", "day"}


def test_an_organisations_first_line_alone_covers_nothing(toy: Any) -> None:
    # Nobody stands behind the post: all of its minutes are uncovered, office hours are held.
    result = toy.solve(posted(toy, "ann", "bob", backup=False))
    assert toy.coverage(result) == WEEK - OFFICE


def test_an_organisation_without_a_person_behind_it_is_uncovered_twice(toy: Any) -> None:
    # The backup line serves the site, so the backup is missing as well as the first line.
    result = toy.solve(posted(toy))
    assert toy.coverage(result) == WEEK + (WEEK - OFFICE)


def test_an_organisation_without_agreement_covers_nothing(toy: Any) -> None:
    region = posted(toy, "ann", "bob", backup=True)
    region = changed(region, {"agreements": region.agreements[:1]})
    assert toy.coverage(toy.solve(region)) == WEEK - OFFICE


# -- pins that should not be ----------------------------------------------------------------------


def pinned_findings(result: Result) -> set[str]:
    """Rules that pins break; every hard breach must be one of those."""
    assert result.report is not None
    assert all(each.pinned for each in result.report.hard_breaches)
    return {each.rule for each in result.report.hard_breaches}


@pytest.fixture
def monday(toy: Any) -> str:
    return toy.duty("day", "2026-11-02 08:00")


def test_a_pin_of_somebody_ineligible_stands_uncovered(toy: Any, monday: str) -> None:
    stranger = toy.physician("cas", pools=())
    region = toy.region(
        physicians=(toy.physician("ann"), toy.physician("bob"), stranger),
        contracts=(toy.contract("ann"), toy.contract("bob"), toy.contract("cas")),
        pins=(Pin(target=monday, physician="cas"),),
    )
    result = toy.solve(region)
    assert result.roster is not None
    assert [(e.physician, e.pinned) for e in result.roster.assignments if e.target == monday] == [
        ("cas", True)
    ]
    # Out of the pool is out of the agreement with that pool.
    assert pinned_findings(result) == {"eligible.pool", "eligible.agreement"}
    # Nine hours held by somebody who does not count.
    assert toy.coverage(result) == 9 * 60


def test_a_pin_on_a_free_weekday_covers_all_the_same(toy: Any, monday: str) -> None:
    region = toy.region(
        contracts=(toy.contract("ann", free_weekdays=(Weekday.MONDAY,)), toy.contract("bob")),
        pins=(Pin(target=monday, physician="ann"),),
    )
    result = toy.solve(region)
    assert pinned_findings(result) == {"eligible.free_weekday"}
    assert toy.coverage(result) == 0


def test_two_pins_on_one_duty_both_stand(toy: Any, monday: str) -> None:
    pins = (Pin(target=monday, physician="ann"), Pin(target=monday, physician="bob"))
    result = toy.solve(toy.region(pins=pins))
    assert result.roster is not None
    holders = {each.physician for each in result.roster.assignments if each.target == monday}
    assert holders == {"ann", "bob"}
    assert pinned_findings(result) == {"cover.one_holder"}
    # Both count, so the duty is covered, twice.
    assert toy.coverage(result) == 0


def test_who_is_on_duty_under_an_older_pattern_is_not_given_a_second_holder(toy: Any) -> None:
    # Ann's Sunday night began at 16:00, as the pattern then was; now nights begin at 17:00. Both
    # run until Monday 08:00: it is hers, and Bob is not put beside her.
    night = Assignment(
        target=toy.duty("anw", "2026-11-01 16:00"),
        physician="ann",
        contract="ann-c",
        when=Interval(
            start=datetime(2026, 11, 1, 15, tzinfo=UTC), end=datetime(2026, 11, 2, 7, tzinfo=UTC)
        ),
    )
    region = toy.region(first_roster_on=date(2026, 10, 26))
    past = Roster(region_id=region.id, period=period(date(2026, 10, 26), 1), assignments=(night,))
    result = toy.solve(region, history=(past,))
    assert toy.coverage(result) == 0
    assert result.report is not None
    assert result.report.hard_breaches == ()
    assert result.roster is not None
    assert all(each.when.start >= result.roster.period.start for each in result.roster.assignments)
