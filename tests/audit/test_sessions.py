"""``session.count`` and ``session.weekday``, and what is missing.

``home`` asks for two consultations a week, 09:00 to 12:00 on Tuesday, Wednesday or Thursday.
The toy week is ISO week 45 of 2026.
"""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.lines import Per, Product, SessionDemand
from so247.models.report import Report
from so247.models.roster import State

FIRST, SECOND = "home.consultation.2026w45.1", "home.consultation.2026w45.2"


def report(toy: Any, *assignments: Any) -> Report:
    demand = SessionDemand(
        site="home",
        product=Product.CONSULTATION,
        count=2,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY),
        start_time=time(9),
        end_time=time(12),
    )
    return check(toy.region(sessions=(demand,)), toy.roster(*assignments))


def session(toy: Any, target: str, day: int, who: str = "ann", **fields: Any) -> Any:
    start, end = fields.pop("times", ("09:00", "12:00"))
    when = toy.between(f"2026-11-{day:02} {start}", f"2026-11-{day:02} {end}")
    return toy.held(target, who, when, **fields)


def test_both_held_on_allowed_days(toy: Any, rules_of: Any) -> None:
    found = report(toy, session(toy, FIRST, 3), session(toy, SECOND, 5))
    assert rules_of(found) == set()
    assert found.missing_sessions == ()


def test_what_nobody_holds_is_missing_and_no_breach(toy: Any, rules_of: Any) -> None:
    found = report(toy, session(toy, FIRST, 3), session(toy, SECOND, 5, state=State.DECLINED))
    assert found.missing_sessions == (("home.consultation.2026w45", 1),)
    assert rules_of(found) == set()


@pytest.mark.parametrize(
    "target",
    [
        "home.consultation.2026w45.3",  # a third
        "home.consultation.2026w46.1",  # next week's
        "home.team_meeting.2026w45.1",  # nobody asked
    ],
)
def test_a_session_that_nobody_asked_for(toy: Any, rules_of: Any, target: str) -> None:
    assert rules_of(report(toy, session(toy, target, 3, site="home"))) == {"session.count"}


def test_a_session_held_twice(toy: Any, rules_of: Any) -> None:
    found = report(toy, session(toy, FIRST, 3), session(toy, FIRST, 4, who="bob"))
    assert rules_of(found) == {"session.count"}
    # The second session is still missing: one of the two ids is held.
    assert found.missing_sessions == (("home.consultation.2026w45", 1),)


def test_a_session_on_a_monday(toy: Any, rules_of: Any) -> None:
    assert rules_of(report(toy, session(toy, FIRST, 2))) == {"session.weekday"}


@pytest.mark.parametrize("times", [("09:01", "12:00"), ("09:00", "11:00")])
def test_a_session_at_other_times(toy: Any, rules_of: Any, times: tuple[str, str]) -> None:
    assert rules_of(report(toy, session(toy, FIRST, 3, times=times))) == {"session.weekday"}


def test_two_on_one_day(toy: Any, rules_of: Any) -> None:
    found = report(toy, session(toy, FIRST, 3), session(toy, SECOND, 3, who="bob"))
    assert rules_of(found) == {"session.weekday"}
