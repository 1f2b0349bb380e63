"""Rosters that look covered and are not: each was once called covered."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.audit.check import check
from so247.models.clock import period
from so247.models.errors import RegionError, RosterError
from so247.models.lines import Form, Window
from so247.models.people import Commitment
from so247.models.report import Coverage
from so247.models.roster import Gap

SUNDAY = "anw@2026-11-01T19:00Z"


def by_ann(toy, region):
    """Every duty of the week, held by ann."""
    return check(region, toy.planned(region, {"anw": "ann", "day": "ann"}))


def test_what_a_later_revision_leaves_open_is_not_held_by_the_earlier_one(toy):
    # Sunday night's duty ends in the period. Revision 1 had a holder, revision 2 a gap.
    region = toy.region(first_roster_on=date(2026, 10, 26))
    when = toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    earlier = toy.roster(toy.held(SUNDAY, "ann", when), period=period(date(2026, 10, 26), 1))
    later = earlier.model_copy(
        update={"revision": 2, "assignments": (), "gaps": (Gap(target=SUNDAY, when=when),)}
    )
    planned = toy.planned(region, {"anw": "ann", "day": "ann"})
    ours = [each for each in planned.assignments if each.when.start >= toy.WEEK.start]
    found = toy.roster(*ours)
    assert check(region, found, (earlier,)).covered
    report = check(region, found, (earlier, later))
    # Two sites, from Monday 00:00 to 08:00.
    assert report.uncovered_site_minutes == 2 * 8 * 60


def test_a_signature_to_come_proves_nothing_yet(toy):
    signed = date(2026, 11, 5)  # Thursday of the period
    region = toy.region(
        agreements=(toy.agreement("home", signed_on=signed), toy.agreement("group"))
    )
    home = next(e for e in by_ann(toy, region).sites if e.site == "home")
    # Unknown from Monday 2 November 00:00 to Thursday 5 November 00:00.
    assert (home.verdict, home.unknown_minutes) == (Coverage.UNKNOWN, 3 * 24 * 60)


@pytest.mark.parametrize("phone", [" ", "-", "volgt"])
def test_a_number_without_digits_is_no_phone_number(toy, phone):
    with pytest.raises(RegionError, match="no phone number"):
        toy.region(lines=(toy.line("anw", Window.ALWAYS, phone=phone),))


def test_nobody_is_present_at_two_places(toy):
    def present(name: str, site: str, other: str) -> object:
        fields = {"form": Form.PRESENCE, "place": site, "combinable_with": (other,)}
        return toy.line(name, Window.ALWAYS, sites=(site,), **fields)

    with pytest.raises(RegionError, match="at home and at group at the same time"):
        toy.region(lines=(present("one", "home", "two"), present("two", "group", "one")))


def test_of_two_commitments_at_once_both_must_be_near_enough(toy):
    def committed(place: str) -> Commitment:
        return Commitment(
            physician="ann",
            place=place,
            day=date(2026, 11, 3),
            start_time=time(9),
            end_time=time(11),
            on_call_allowed=True,
        )

    near, far = committed("base"), committed("far")  # 20 and 70 minutes, 30 are required
    assert by_ann(toy, toy.region(commitments=(near,))).covered
    for both in ((near, far), (far, near)):
        report = by_ann(toy, toy.region(commitments=both))
        assert report.uncovered_site_minutes == 2 * 2 * 60


def test_a_year_without_holiday_table_is_not_checked(toy):
    found = toy.roster(period=period(date(2028, 12, 18), 1))
    with pytest.raises(RosterError, match="holiday table"):
        check(toy.region(), found)


def test_a_region_without_sites_covers_nothing(toy):
    empty = {"gp_groups": (), "facilities": (), "agreements": (), "lines": (), "travel_times": ()}
    assert not check(toy.region(**empty), toy.roster()).covered
