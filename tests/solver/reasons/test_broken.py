"""What somebody would break with one more duty, in the roster as it is: each with its figure."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from so247.models.base import Weekday
from so247.models.clock import Interval, to_utc
from so247.models.lines import Position, Window
from so247.models.norms import Basis, NormKind
from so247.models.people import (
    Absence,
    Employer,
    Role,
)
from so247.models.roster import Assignment
from so247.models.sites import AgreementKind, TravelTime

MONDAY = date(2026, 11, 2)
TUESDAY = date(2026, 11, 3)
CONSULT = "home.consultation.2026w45.1"


def test_rest_names_the_other_duty(toy: Any, ask: Any, monday: str, night: str) -> None:
    tuesday = toy.duty("day", "2026-11-03 08:00")
    # Office hours and the night after them touch: one stretch of work, with no rest in it.
    region = toy.region(**ask.norm(NormKind.REST, 11))
    assert ask.one(region, night, "bob", {monday: "bob"}).broken == ()
    # From Monday 17:00 to Tuesday 08:00 lie 15 hours; with a limit of 16 that is too short.
    strict = toy.region(**ask.norm(NormKind.REST, 16))
    found = ask.only(ask.one(strict, tuesday, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.norm, found.figure, found.limit) == ("norm.rest", "tried", 15, 16)
    assert found.targets == (monday,)
    assert found.basis is Basis.VOLUNTARY
    assert "day ma 02-11-2026 08:00" in found.text.nl


def test_continuous_counts_what_touches(toy: Any, ask: Any, monday: str, night: str) -> None:
    region = toy.region(**ask.norm(NormKind.CONTINUOUS, 23))
    found = ask.only(ask.one(region, night, "bob", {monday: "bob"}).broken)
    # Nine hours and fifteen touch: 24 on end.
    assert (found.rule, found.figure, found.limit) == ("norm.continuous", 24, 23)
    assert found.targets == (monday,)


def test_rolling_count_says_how_many_in_which_window(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.ROLLING_COUNT, 2, window_days=7))
    nights = [toy.duty("anw", f"2026-11-0{day} 17:00") for day in (2, 3, 4)]
    found = ask.only(ask.one(region, nights[2], "bob", {nights[0]: "bob", nights[1]: "bob"}).broken)
    # With this one three nights start within 7 x 24 hours; two are allowed.
    assert (found.rule, found.figure, found.limit) == ("norm.rolling_count", 3, 2)
    assert "3 diensten in 7 × 24 uur van ma 02-11-2026 17:00" in found.text.nl
    assert set(found.targets) == set(nights[:2])


def test_consecutive_days(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.CONSECUTIVE, 2))
    days = [toy.duty("day", f"2026-11-0{day} 08:00") for day in (2, 3, 4)]
    # Tuesday joins Monday and Wednesday to three days in a row.
    found = ask.only(ask.one(region, days[1], "bob", {days[0]: "bob", days[2]: "bob"}).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.consecutive", 3, 2)


def test_weekends(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.WEEKENDS, 1, window_weeks=2), planning_weeks=2)
    first, second = (toy.duty("anw", f"2026-11-{day} 08:00") for day in ("07", "14"))
    found = ask.only(ask.one(region, second, "bob", {first: "bob"}, weeks=2).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.weekends", 2, 1)


def test_hours(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.HOURS, 10, window_weeks=1, on_call_percent=100))
    days = [toy.duty("day", f"2026-11-0{day} 08:00") for day in (2, 3)]
    found = ask.only(ask.one(region, days[1], "bob", {days[0]: "bob"}).broken)
    # Two days of nine hours, all of which count here.
    assert (found.rule, found.figure, found.limit) == ("norm.hours", 18, 10)


def test_free_periods(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.FREE_PERIODS, 1, window_weeks=1, stretch_hours=60))
    # Free are Mon 17:00 to Wed 08:00 (39 h), Wed 17:00 to Fri 17:00 (48 h) and Sat 08:00 to Sun
    # 24:00 (40 h); without Friday's night Wed 17:00 to Sun 24:00 would be 103 h.
    held = {toy.duty("day", f"2026-11-0{day} 08:00"): "bob" for day in (2, 4)}
    wanted = toy.duty("anw", "2026-11-06 17:00")
    found = ask.only(ask.one(region, wanted, "bob", held).broken)
    assert (found.rule, found.figure, found.limit) == ("norm.free_periods", 0, 1)


def test_contract_maximum(toy: Any, ask: Any, monday: str, night: str) -> None:
    contracts = (toy.contract("ann"), toy.contract("bob", max_duties=1, per_weeks=1))
    found = ask.only(ask.one(toy.region(contracts=contracts), night, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.contract) == ("contract.maximum", "bob-c")
    assert (found.figure, found.limit, found.unit) == (2, 1, "duties")
    assert found.targets == (monday,)


def booked(who: str, day: date, number: int = 1) -> Assignment:
    when = Interval(start=to_utc(day, time(9)), end=to_utc(day, time(12)))
    target = f"home.consultation.2026w45.{number}"
    return Assignment(target=target, physician=who, contract=f"{who}-c", when=when)


def test_an_employers_hours_are_used_by_colleagues_too(toy: Any, ask: Any) -> None:
    employers = (Employer(id="care", name="Care", extramural_hours_per_week=4),)
    demand = ask.session(count=2, weekdays=(Weekday.MONDAY, Weekday.TUESDAY))
    region = toy.region(employers=employers, sessions=(demand,))
    second = "home.consultation.2026w45.2"
    found = ask.only(ask.one(region, second, "bob", extra=(booked("ann", MONDAY),)).broken)
    # Ann's three hours and his three are six, four were agreed.
    assert (found.rule, found.figure, found.limit) == ("contract.extramural_cap", 6, 4)


def test_one_session_of_a_kind_a_day(toy: Any, ask: Any) -> None:
    demand = ask.session(count=2, weekdays=(Weekday.MONDAY, Weekday.TUESDAY))
    away = Absence(physician="bob", first_day=TUESDAY, last_day=TUESDAY)
    region = toy.region(sessions=(demand,), absences=(away,))
    second = "home.consultation.2026w45.2"
    found = ask.only(ask.one(region, second, "bob", extra=(booked("ann", MONDAY),)).broken)
    # Monday is taken by ann's, on Tuesday he is away.
    assert (found.rule, found.targets) == ("session.weekday", (CONSULT,))


def test_two_things_at_once(toy: Any, ask: Any, monday: str) -> None:
    region = toy.region(sessions=(ask.session(),))
    found = ask.one(region, CONSULT, "bob", {monday: "bob"})
    assert [(e.rule, e.targets) for e in found.broken] == [("time.one_at_a_time", (monday,))]


def two_lines(toy: Any, **fields: Any) -> tuple[Any, ...]:
    return (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, combinable_with=("two",)),
        toy.line("two", Window.OFFICE_HOURS, combinable_with=("day",), **fields),
    )


def test_too_many_residents_at_once(toy: Any, ask: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", max_residents=15))
    region = toy.region(
        facilities=(toy.facility(), toy.facility("annex")),
        agreements=(
            toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),
            toy.agreement("so-2", AgreementKind.SO_AVAILABILITY, "pool", "annex"),
        ),
        travel_times=tuple(
            TravelTime(origin="base", destination=site, minutes=20) for site in ("home", "annex")
        ),
        lines=two_lines(toy, sites=("annex",)),
        physicians=people,
    )
    other = toy.duty("two", "2026-11-02 08:00")
    found = ask.only(ask.one(region, other, "bob", {monday: "bob"}).broken)
    # Ten residents at each of the two sites.
    assert (found.rule, found.figure, found.limit) == ("time.capacity", 20, 15)


def test_first_line_and_backup_are_two_people(toy: Any, ask: Any, monday: str) -> None:
    region = toy.region(lines=two_lines(toy, position=Position.BACKUP))
    backup = toy.duty("two", "2026-11-02 08:00")
    found = ask.only(ask.one(region, backup, "bob", {monday: "bob"}).broken)
    assert (found.rule, found.targets) == ("cover.backup_differs", (monday,))


def test_a_trainee_needs_an_so_behind_him_in_this_roster(toy: Any, ask: Any, monday: str) -> None:
    people = (toy.physician("ann"), toy.physician("bob", role=Role.TRAINEE))
    roles = (Role.ELDERLY_CARE_PHYSICIAN, Role.TRAINEE)
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS, roles=roles, escalation=("day", "back")),
        toy.line("back", Window.OFFICE_HOURS, position=Position.BACKUP),
    )
    region = toy.region(physicians=people, lines=lines)
    backup = toy.duty("back", "2026-11-02 08:00")
    # Ann holds the first line herself, so nobody is behind it.
    found = ask.only(ask.one(region, monday, "bob", {monday: "ann"}).broken)
    assert found.rule == "cover.backup_so"
    # With ann on the backup there is.
    assert ask.one(region, monday, "bob", {backup: "ann"}).broken == ()
