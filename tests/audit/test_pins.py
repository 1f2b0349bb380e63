"""``pin.stands``: who, on which contract, on which day."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.lines import Per, Product, SessionDemand
from so247.models.people import Pin
from so247.models.report import Finding, Outcome
from so247.models.settings import Settings

DUTY = "anw@2026-11-03T16:00Z"
"""Tuesday 17:00 to Wednesday 08:00, local time."""
SESSION = "home.consultation.2026w45.1"


def pins(toy: Any, pin: Pin, *assignments: Any, **fields: Any) -> list[Finding]:
    demand = SessionDemand(
        site="home",
        product=Product.CONSULTATION,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY, Weekday.WEDNESDAY),
        start_time=time(9),
        end_time=time(12),
    )
    region = toy.region(
        pins=(pin,),
        sessions=(demand,),
        contracts=(*toy.region().contracts, toy.contract("ann", id="ann-2", employer="other")),
        employers=(
            *toy.region().employers,
            toy.region().employers[0].model_copy(update={"id": "other"}),
        ),
        **fields,
    )
    report = check(region, toy.roster(*assignments))
    return [finding for finding in report.findings if finding.rule == "pin.stands"]


def night(toy: Any, who: str = "ann", **fields: Any) -> Any:
    return toy.held(DUTY, who, toy.between("2026-11-03 17:00", "2026-11-04 08:00"), **fields)


def test_a_pin_that_is_kept(toy: Any) -> None:
    assert pins(toy, Pin(target=DUTY, physician="ann"), night(toy)) == []


def test_a_pin_that_somebody_else_holds(toy: Any) -> None:
    (finding,) = pins(toy, Pin(target=DUTY, physician="ann"), night(toy, "bob"))
    assert (finding.outcome, finding.physician, finding.pinned) == (Outcome.BREACH, "ann", True)


def test_a_pin_booked_on_another_contract(toy: Any) -> None:
    pin = Pin(target=DUTY, physician="ann", contract="ann-2")
    assert len(pins(toy, pin, night(toy))) == 1
    assert pins(toy, pin, night(toy, contract="ann-2")) == []


def test_a_pin_held_in_parts_is_held(toy: Any) -> None:
    early = toy.held(DUTY, "ann", toy.between("2026-11-03 17:00", "2026-11-03 22:00"))
    late = toy.held(DUTY, "ann", toy.between("2026-11-03 22:00", "2026-11-04 08:00"))
    pin = Pin(target=DUTY, physician="ann")
    assert pins(toy, pin, early, late) == []
    # Of the 15 hours, the 10 after 22:00 are not ann's.
    (finding,) = pins(toy, pin, early)
    assert "600 minutes" in finding.text


@pytest.mark.parametrize(("day", "number"), [(3, 0), (4, 1)])
def test_a_session_is_pinned_to_a_day(toy: Any, day: int, number: int) -> None:
    when = toy.between(f"2026-11-{day:02} 09:00", f"2026-11-{day:02} 12:00")
    pin = Pin(target=SESSION, physician="ann", day=date(2026, 11, 3))
    assert len(pins(toy, pin, toy.held(SESSION, "ann", when))) == number


def test_a_session_that_nobody_holds(toy: Any) -> None:
    pin = Pin(target=SESSION, physician="ann", day=date(2026, 11, 3))
    assert [each.outcome for each in pins(toy, pin)] == [Outcome.BREACH]


@pytest.mark.parametrize(
    "pin",
    [
        Pin(target="anw@2026-11-10T16:00Z", physician="ann"),  # next week
        Pin(target=SESSION.replace("w45", "w46"), physician="ann", day=date(2026, 11, 10)),
    ],
)
def test_a_pin_of_another_period_says_nothing(toy: Any, pin: Pin) -> None:
    assert pins(toy, pin) == []


def test_a_pin_that_names_nothing_of_the_period_is_a_signal(toy: Any) -> None:
    # No piece begins at 18:00 local time.
    (finding,) = pins(toy, Pin(target="anw@2026-11-03T17:00Z", physician="ann"))
    assert finding.outcome is Outcome.UNKNOWN


def test_switched_off(toy: Any) -> None:
    off = Settings(rules_off=("pin.stands",))
    assert pins(toy, Pin(target=DUTY, physician="ann"), settings=off) == []


def test_a_piece_that_history_holds_is_historys(toy: Any) -> None:
    when = toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    target = "anw@2026-11-01T19:00Z"
    region = toy.region(pins=(Pin(target=target, physician="ann"),))
    last = toy.between("2026-10-26 00:00", "2026-11-02 00:00")
    before = toy.roster(toy.held(target, "bob", when), period=last)
    with_history = check(region, toy.roster(), [before])
    alone = check(region, toy.roster())
    assert not [each for each in with_history.findings if each.rule == "pin.stands"]
    assert [each for each in alone.findings if each.rule == "pin.stands"]
