"""Pins that break rules stand; what they leave uncovered is exactly what the check says.

The region of ``conftest``: one facility, office hours of nine hours (540 minutes) a day, and every
other duty of the week can be held, so what is uncovered is what the pins spoil.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.lines import Per, Position, Product, SessionDemand, Window
from so247.models.people import SO, Absence, Commitment, Pin, Pool, Role, Wish, WishKind
from so247.models.region import Region
from so247.models.sites import AgreementKind, TravelTime

MONDAY = date(2026, 11, 2)
MORNING = "2026-11-02 08:00"
OFFICE_DAY = 9 * 60
TRAINEE = (SO, Role.TRAINEE)


def spoilt(toy: Any, region: Region) -> int:
    """Uncovered site-minutes, on which solver and check must agree, in every other tier too."""
    result = toy.solve(region)
    assert [t.value for t in result.tiers] == [t.value for t in result.report.tiers]
    pinned = {(e.target, e.physician) for e in result.roster.assignments if e.pinned}
    assert pinned == {(pin.target, pin.physician) for pin in region.pins}
    assert all(finding.pinned for finding in result.report.hard_breaches)
    return int(toy.coverage(result))


def two_sites(toy: Any, second_pool: str = "pool") -> dict[str, Any]:
    """A second facility ``two``, as near as ``home``, with a signed agreement of its own."""
    so = AgreementKind.SO_AVAILABILITY
    near = ("home", "two")
    return {
        "pools": (Pool(id="pool", name="Pool"), Pool(id="other", name="Other")),
        "facilities": (toy.facility(), toy.facility("two", pools=(second_pool,))),
        "agreements": (
            toy.agreement("so", so, "pool"),
            toy.agreement("so-two", so, second_pool, "two"),
        ),
        "travel_times": tuple(
            TravelTime(origin="base", destination=site, minutes=20) for site in near
        ),
    }


def lines_apart(toy: Any, *, combine: bool) -> tuple[Any, ...]:
    """Each facility has its own lines; those at the same time combine, or do not."""
    apart: Mapping[str, tuple[str, Window]] = {
        "anw": ("home", Window.OUT_OF_HOURS),
        "day": ("home", Window.OFFICE_HOURS),
        "anw2": ("two", Window.OUT_OF_HOURS),
        "day2": ("two", Window.OFFICE_HOURS),
    }
    twin = {"anw": "anw2", "anw2": "anw", "day": "day2", "day2": "day"}
    return tuple(
        toy.line(name, window, sites=(site,), combinable_with=(twin[name],) if combine else ())
        for name, (site, window) in apart.items()
    )


def pin(toy: Any, line: str, who: str) -> Pin:
    return Pin(target=toy.duty(line, MORNING), physician=who)


@pytest.mark.parametrize("combine", [False, True])
def test_two_pins_at_once(toy: Any, combine: bool) -> None:
    pins = (pin(toy, "day", "ann"), pin(toy, "day2", "ann"))
    region = toy.region(**two_sites(toy), lines=lines_apart(toy, combine=combine), pins=pins)
    # On lines that do not combine neither counts at any minute: a day at either site.
    assert spoilt(toy, region) == (0 if combine else 2 * OFFICE_DAY)


def test_pins_beyond_capacity(toy: Any) -> None:
    people = (toy.physician("ann", max_sites=1), toy.physician("bob"))
    pins = (pin(toy, "day", "ann"), pin(toy, "day2", "ann"))
    lines = lines_apart(toy, combine=True)
    region = toy.region(**two_sites(toy), lines=lines, physicians=people, pins=pins)
    # Two sites at once where one is the most: neither is covered.
    assert spoilt(toy, region) == 2 * OFFICE_DAY


def test_one_pin_beyond_capacity(toy: Any) -> None:
    # Ten residents live there, and ann carries five at most.
    people = (toy.physician("ann", max_residents=5), toy.physician("bob"))
    region = toy.region(physicians=people, pins=(pin(toy, "day", "ann"),))
    assert spoilt(toy, region) == OFFICE_DAY


def backed(toy: Any, roles: tuple[Role, ...] = (SO,)) -> tuple[Any, ...]:
    """Office hours have a backup line, which the first line may call."""
    return (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, escalation=("day", "back"), roles=roles),
        toy.line("back", Window.OFFICE_HOURS, position=Position.BACKUP),
    )


def test_first_line_and_backup_pinned_to_one_person(toy: Any) -> None:
    pins = (pin(toy, "day", "ann"), pin(toy, "back", "ann"))
    # Two things at once: neither position is covered that day.
    assert spoilt(toy, toy.region(lines=backed(toy), pins=pins)) == 2 * OFFICE_DAY


def test_a_pin_during_half_a_days_leave(toy: Any) -> None:
    leave = Absence(physician="ann", first_day=MONDAY, last_day=MONDAY, until_time=time(12))
    region = toy.region(absences=(leave,), pins=(pin(toy, "day", "ann"),))
    # Away from 08:00 to 12:00, there from then on.
    assert spoilt(toy, region) == 4 * 60


def test_a_pin_during_work_elsewhere(toy: Any) -> None:
    work = Commitment(
        physician="ann", place="base", start_time=time(9), end_time=time(12), day=MONDAY
    )
    region = toy.region(commitments=(work,), pins=(pin(toy, "day", "ann"),))
    assert spoilt(toy, region) == 3 * 60


def test_a_pinned_session_during_a_pinned_duty(toy: Any) -> None:
    demand = SessionDemand(
        site="home",
        product=Product.CONSULTATION,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.MONDAY,),
        start_time=time(9),
        end_time=time(12),
    )
    session = Pin(target="home.consultation.2026w45.1", physician="ann", day=MONDAY)
    region = toy.region(sessions=(demand,), pins=(pin(toy, "day", "ann"), session))
    # On call is not allowed from this session: its three hours are uncovered.
    assert spoilt(toy, region) == 3 * 60


def test_a_pin_of_somebody_who_is_out_of_the_pool_of_one_of_two_sites(toy: Any) -> None:
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS, sites=("home", "two")),
        toy.line("day", Window.OFFICE_HOURS, sites=("home", "two")),
    )
    people = (toy.physician("ann", pools=("pool", "other")), toy.physician("bob"))
    region = toy.region(
        **two_sites(toy, "other"), lines=lines, physicians=people, pins=(pin(toy, "day", "bob"),)
    )
    # Bob covers home all the same.
    assert spoilt(toy, region) == OFFICE_DAY


def test_two_pins_on_one_duty_of_whom_one_may_not(toy: Any) -> None:
    people = (toy.physician("ann"), toy.physician("bob", pools=()))
    pins = (pin(toy, "day", "ann"), pin(toy, "day", "bob"))
    # Of several holders at once, all must count.
    assert spoilt(toy, toy.region(physicians=people, pins=pins)) == OFFICE_DAY


@pytest.mark.parametrize("backup", [False, True])
def test_a_trainee_pinned_on_the_first_line(toy: Any, backup: bool) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    lines = backed(toy, TRAINEE)
    if not backup:
        lines = (lines[0], toy.line("day", Window.OFFICE_HOURS, roles=TRAINEE))
    region = toy.region(physicians=people, lines=lines, pins=(pin(toy, "day", "bob"),))
    # Ann can stand behind him where there is such a line; else the day does not count.
    assert spoilt(toy, region) == (0 if backup else OFFICE_DAY)


def test_a_pin_in_a_role_that_the_line_does_not_allow_is_uncovered_once(toy: Any) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    lines = (toy.line("anw", Window.OUT_OF_HOURS), toy.line("day", Window.OFFICE_HOURS))
    region = toy.region(physicians=people, lines=lines, pins=(pin(toy, "day", "bob"),))
    # No SO stands behind him either, but more than uncovered a minute cannot be.
    assert spoilt(toy, region) == OFFICE_DAY


def test_nobody_but_an_so_takes_the_first_line_before_a_backup_who_does_not_count(
    toy: Any,
) -> None:
    # Cas, out of the pool, is pinned on the backup: bob, a trainee, would have nobody to call.
    people = (
        toy.physician("ann"),
        toy.physician("bob", role=Role.TRAINEE),
        toy.physician("cas", pools=()),
    )
    contracts = tuple(toy.contract(each.id) for each in people)
    wish = Wish(physician="bob", kind=WishKind.WANTS, first_day=MONDAY, last_day=MONDAY, line="day")
    region = toy.region(
        physicians=people,
        contracts=contracts,
        lines=backed(toy, TRAINEE),
        pins=(pin(toy, "back", "cas"),),
        wishes=(wish,),
    )
    # The backup is uncovered that day, the first line is not: ann holds it, whatever bob wants.
    assert spoilt(toy, region) == OFFICE_DAY
