"""The national check finds what is planted, and nothing where nothing is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.audit.national import check_national
from so247.models.clock import Interval
from so247.models.errors import RosterError
from so247.models.national import NationalReport, Sharing
from so247.models.norms import Severity
from so247.models.people import Absence
from so247.models.region import Region
from so247.models.roster import Assignment, Roster, State
from so247.scenarios.generator import changed
from so247.scenarios.national import Country, national


@pytest.fixture(scope="module")
def country() -> Country:
    return national(1, regions=3, weeks=4)


def rules(report: NationalReport) -> set[str]:
    return {each.rule for each in report.findings}


def laid(country: Country, *rosters: Roster, **more: Any) -> NationalReport:
    by_id = {each.region_id: each for each in country.witnesses}
    by_id |= {each.region_id: each for each in rosters}
    return check_national(country.regions, tuple(by_id.values()), **more)


def guest(country: Country) -> tuple[str, Region, str, Region]:
    """(who he is at home, home, who he is as a guest, host)."""
    host = country.regions[0]
    key = next(each.person_key for each in host.physicians if each.id.startswith("gast-"))
    for home in country.regions[1:]:
        for each in home.physicians:
            if each.person_key == key:
                return each.id, home, key or "", host
    raise AssertionError("the generator gives every guest a home")


def with_duty(country: Country, who: str, host: Region, when: Interval) -> Roster:
    """The host's witness, but for one duty that overlaps the time and goes to him."""
    roster = next(each for each in country.witnesses if each.region_id == host.id)
    at = next(
        i
        for i, each in enumerate(roster.assignments)
        if "@" in each.target and each.when.overlaps(when)
    )
    contract = host.contracts_of(who)[0].id
    his = roster.assignments[at].model_copy(update={"physician": who, "contract": contract})
    rows = (*roster.assignments[:at], his, *roster.assignments[at + 1 :])
    return roster.model_copy(update={"assignments": rows})


def duties(country: Country, region: Region, who: str) -> list[Assignment]:
    roster = next(each for each in country.witnesses if each.region_id == region.id)
    rows = [each for each in roster.assignments if each.physician == who and "@" in each.target]
    return [each for each in rows if each.when.start >= roster.period.start]


def test_witnesses_of_a_country_are_clean(country: Country) -> None:
    report = laid(country, sharings=country.sharings)
    assert (report.regions, report.shared, report.findings) == (3, 3, ())


def test_a_planted_double_booking_is_found(country: Country) -> None:
    at_home, home, as_guest, host = guest(country)
    for duty in duties(country, home, at_home)[:5]:
        report = laid(country, with_duty(country, as_guest, host, duty.when))
        assert report.double_bookings >= 1
        found = [each for each in report.findings if each.rule == "national.one_place"]
        assert all(each.severity is Severity.HARD for each in found)
        assert {each.regions for each in found} <= {(home.id, host.id), (host.id, home.id)}
        assert duty.target in {held.target for each in found for held in each.held}


def test_what_was_declined_is_no_double_booking(country: Country) -> None:
    at_home, home, as_guest, host = guest(country)
    planted = with_duty(country, as_guest, host, duties(country, home, at_home)[0].when)
    rows = tuple(
        each.model_copy(update={"state": State.DECLINED}) if each.physician == as_guest else each
        for each in planted.assignments
    )
    report = laid(country, planted.model_copy(update={"assignments": rows}))
    assert report.double_bookings == 0


def test_too_little_rest_between_regions_is_found(country: Country) -> None:
    # A duty that begins when the one at home ends: no minute in common, and no rest at all.
    at_home, home, as_guest, host = guest(country)
    nights = [each for each in duties(country, home, at_home) if each.when.minutes >= 14 * 60]
    seen = set()
    for duty in nights:
        after = Interval(start=duty.when.end, end=duty.when.end.replace(minute=30))
        planted = with_duty(country, as_guest, host, after)
        seen |= rules(laid(country, planted))
    assert "norm.rest" in seen or "norm.continuous" in seen


def test_an_absence_elsewhere_is_found(country: Country) -> None:
    at_home, home, as_guest, host = guest(country)
    duty = duties(country, home, at_home)[0]
    day = duty.when.start.date()
    away = Absence(physician=as_guest, first_day=day, last_day=day)
    told = changed(host, {"absences": (*host.absences, away)})
    regions = [told if each.id == host.id else each for each in country.regions]
    report = check_national(regions, country.witnesses)
    assert "national.absence" in rules(report)
    assert duty.target in {held.target for each in report.findings for held in each.held}


def test_a_maximum_over_all_regions(country: Country) -> None:
    at_home, home, as_guest, _ = guest(country)
    number = len({each.when for each in duties(country, home, at_home)})
    for most, found in ((number, set()), (number - 1, {"national.maximum"})):
        agreed = Sharing(person_key=as_guest, parts=(), max_duties=most, per_weeks=4)
        report = laid(country, sharings=(agreed,))
        assert rules(report) == found


def test_work_of_one_region_alone_is_left_to_its_own_check(country: Country) -> None:
    # Two duties at once in one region are that region's double booking.
    at_home, home, _, _ = guest(country)
    roster = next(each for each in country.witnesses if each.region_id == home.id)
    duty = duties(country, home, at_home)[0]
    twin = duty.model_copy(update={"target": f"{duty.target}-twin", "site": None})
    both = roster.model_copy(update={"assignments": (*roster.assignments, twin)})
    assert laid(country, both).double_bookings == 0


def test_rosters_must_belong_to_the_regions_and_be_one_each(country: Country) -> None:
    stranger = country.witnesses[0].model_copy(update={"region_id": "elsewhere"})
    rosters = (stranger, country.witnesses[1], country.witnesses[1])
    with pytest.raises(RosterError) as told:
        check_national(country.regions, rosters)
    assert "a roster of an unknown region (found elsewhere)" in str(told.value)
    assert "two rosters of one region" in str(told.value)


def test_only_some_people(country: Country) -> None:
    _, _, as_guest, _ = guest(country)
    assert laid(country, only=frozenset({as_guest})).shared == 1
    assert country.regions[0].planning_start == date(2026, 10, 5)
