"""What is asked: from which day, to which, of which sites; and why a question cannot be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from so247.models.clock import local_day, period
from so247.models.errors import InputError, NotFound, RosterError
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.prover.asked import Asked, asked_of, later_sites, postponed

MONDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 4)
OCTOBER, DECEMBER = date(2026, 10, 5), date(2026, 12, 7)


def ask(region: Region, site: str = "home", **options: Any) -> Asked:
    nothing: dict[str, Any] = dict.fromkeys(("opening", "weeks", "today", "roster"))
    return asked_of(region, site, **(nothing | {"history": ()} | options))


def rostered(start: date, weeks: int = 1, region: str = "toy") -> Roster:
    return Roster(region_id=region, period=period(start, weeks))


def days(asked: Asked) -> tuple[date, date]:
    """First and last day of what is proven."""
    return asked.start, local_day(asked.period.end) - timedelta(days=1)


# From which day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "today", "history", "first"),
    [
        # Opens on or after the first day that the region plans: new, so from its opening.
        (MONDAY, None, [], MONDAY),
        (WEDNESDAY, None, [], WEDNESDAY),
        (WEDNESDAY, DECEMBER, [], WEDNESDAY),
        # Opens between today and that day: new as well.
        (OCTOBER, date(2026, 10, 1), [], OCTOBER),
        # Open by then: from today, or the first day that is not rostered yet.
        (OCTOBER, DECEMBER, [], DECEMBER),
        (OCTOBER, None, [], MONDAY),
        (None, DECEMBER, [], DECEMBER),
        (None, None, [], MONDAY),
        (None, OCTOBER, [(OCTOBER, 4)], MONDAY),
        (None, DECEMBER, [(OCTOBER, 4)], DECEMBER),
    ],
)
def test_first_day_without_a_roster(
    home: Any,
    opens: date | None,
    today: date | None,
    history: Sequence[tuple[date, int]],
    first: date,
) -> None:
    region = home.region(facility={"opening_date": opens})
    earlier = [rostered(start, weeks) for start, weeks in history]
    assert ask(region, today=today, history=earlier, weeks=2).start == first


def test_an_opening_that_is_asked_about_overrules_the_region(home: Any) -> None:
    region = home.region()
    asked = ask(region, opening=WEDNESDAY)
    assert asked.start == WEDNESDAY
    assert asked.region.opening_of("home") == WEDNESDAY
    assert region.opening_of("home") == MONDAY


def test_without_planning_period_an_opening_is_new_and_the_rest_is_from_today(home: Any) -> None:
    region = home.region(planning_start=None)
    assert ask(region).start == MONDAY
    # With a today after it the facility is open.
    assert ask(region, today=WEDNESDAY).start == WEDNESDAY
    assert ask(region, "group", today=WEDNESDAY).start == WEDNESDAY
    # Nothing says a day, but for the roster.
    assert ask(region, "group", roster=rostered(MONDAY)).start == MONDAY


@pytest.mark.parametrize(("today", "first"), [(OCTOBER, MONDAY), (WEDNESDAY, WEDNESDAY)])
def test_of_an_open_site_a_roster_is_judged_from_its_first_day_or_today(
    home: Any, today: date, first: date
) -> None:
    roster = rostered(MONDAY, 2)
    assert ask(home.region(), "group", roster=roster, today=today).start == first


# Until which day -----------------------------------------------------------------------------


def test_thirteen_weeks_unless_told_otherwise(home: Any) -> None:
    region = home.region()
    assert days(ask(region)) == (MONDAY, MONDAY + timedelta(days=13 * 7 - 1))
    assert days(ask(region, weeks=2)) == (MONDAY, MONDAY + timedelta(days=13))


def test_with_a_roster_to_its_end_unless_told_otherwise(home: Any) -> None:
    roster = rostered(MONDAY, 2)
    assert days(ask(home.region(), roster=roster)) == (MONDAY, date(2026, 11, 15))
    assert days(ask(home.region(), roster=roster, weeks=3)) == (MONDAY, date(2026, 11, 22))


# What is rostered ----------------------------------------------------------------------------


def test_what_lies_before_the_opening_is_rostered_from_where_nothing_is_yet(home: Any) -> None:
    region = home.region(facility={"opening_date": WEDNESDAY})
    # The planning period begins on Monday; from Wednesday a week makes nine days, in two weeks.
    asked = ask(region, weeks=1)
    assert (asked.first, asked.weeks) == (MONDAY, 2)
    # An earlier roster ends on Tuesday.
    until_tuesday = rostered(date(2026, 10, 27))
    asked = ask(region, weeks=1, history=[until_tuesday])
    assert (asked.first, asked.weeks) == (date(2026, 11, 3), 2)
    # What lies before today is over, and made up by nobody.
    asked = ask(region, weeks=1, today=date(2026, 11, 3))
    assert (asked.first, asked.weeks) == (date(2026, 11, 3), 2)
    # A roster that goes beyond the opening leaves nothing before it.
    asked = ask(region, weeks=1, history=[rostered(MONDAY)])
    assert (asked.first, asked.weeks) == (WEDNESDAY, 1)


@pytest.mark.parametrize(("weeks_before", "first_is_start"), [(26, False), (27, True)])
def test_no_further_back_than_norms_look(
    home: Any, weeks_before: int, first_is_start: bool
) -> None:
    planning = MONDAY - timedelta(weeks=weeks_before)
    asked = ask(home.region(planning_start=planning), weeks=1)
    assert (asked.first == MONDAY) is first_is_start


# The other sites -----------------------------------------------------------------------------


def test_sites_that_open_later_and_the_question_without_them(home: Any) -> None:
    sites = {
        "early": MONDAY,
        "late": WEDNESDAY,
        "last": date(2026, 11, 8),
        "next": date(2026, 11, 9),
    }
    others = tuple(home.toy.facility(name, opening_date=day) for name, day in sites.items())
    asked = ask(home.region(facilities=(home.facility(), *others)), weeks=1)
    # After the first day, and before the week is over.
    assert later_sites(asked) == ("late", "last")
    fewer = postponed(asked, later_sites(asked))
    assert later_sites(fewer) == ()
    assert fewer.period == asked.period
    kept = {each.id: each.opening_date for each in fewer.region.facilities}
    assert (kept["early"], kept["next"]) == (sites["early"], sites["next"])
    # A duty that begins in the week may last some days longer: that must not reach them either.
    assert kept["late"] == kept["last"]
    assert kept["late"] is not None
    assert kept["late"] > date(2026, 11, 8) + timedelta(weeks=1)


# Why a question cannot be asked --------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "advice"), [("hom", "Maybe home."), ("zzz", "Maybe the name is spelled otherwise.")]
)
def test_an_unknown_site(home: Any, site: str, advice: str) -> None:
    with pytest.raises(NotFound) as caught:
        ask(home.region(), site)
    assert str(caught.value) == f"{site}: region toy has no such facility or GP group. {advice}"


def test_an_opening_of_a_gp_group(home: Any) -> None:
    with pytest.raises(InputError, match=r"group is a GP group.*Maybe leave --opening out"):
        ask(home.region(), "group", opening=MONDAY)


@pytest.mark.parametrize("weeks", [-1, 0, 105])
def test_too_many_weeks_or_none(home: Any, weeks: int) -> None:
    with pytest.raises(InputError, match=rf"1 to 104 weeks \(found {weeks}\)"):
        ask(home.region(), weeks=weeks)


@pytest.mark.parametrize("year", [1989, 2190])
def test_a_year_that_cannot_be_meant(home: Any, year: int) -> None:
    with pytest.raises(InputError, match=r"years 1990 to 2189.*digit"):
        ask(home.region(), opening=date(year, 12, 31))


def test_no_day_to_begin_with(home: Any) -> None:
    with pytest.raises(InputError, match=r"no first day is known.*planning_start"):
        ask(home.region(planning_start=None), "group")


def test_years_without_holidays(home: Any) -> None:
    region = home.region(holiday_years=(2026,))
    with pytest.raises(InputError, match=r"holiday table does not cover.*2027"):
        ask(region, weeks=9)
    assert days(ask(region, weeks=8))[1] == date(2026, 12, 27)


def test_a_roster_that_is_over_before_the_first_day(home: Any) -> None:
    # It ends on Sunday; the facility opens on the Monday after it.
    before = rostered(MONDAY - timedelta(weeks=1))
    with pytest.raises(InputError, match=r"ends on 2026-11-02, before the first day.*2026-11-02"):
        ask(home.region(), roster=before)


def test_rosters_of_other_regions_are_told_together_with_all_else(home: Any) -> None:
    strange = [rostered(OCTOBER, region=name) for name in ("there", "elsewhere")]
    with pytest.raises(RosterError) as caught:
        ask(
            home.region(),
            "group",
            opening=MONDAY,
            weeks=0,
            roster=strange[0],
            history=[rostered(OCTOBER), strange[1]],
        )
    assert [each.value for each in caught.value.problems] == [
        "elsewhere",
        "there",
        "2026-11-02",
        "0",
    ]
