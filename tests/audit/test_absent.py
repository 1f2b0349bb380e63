"""Dropping out: what is lost, from when on, and what a repair makes of the roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from so247.audit.absent import absence, lost, repaired, without
from so247.models.clock import Interval, period
from so247.models.people import SO, Physician, Pin
from so247.models.proof import Case, Change, Survival
from so247.models.region import Region
from so247.models.roster import Assignment, Gap, Roster, State

MONDAY = date(2026, 11, 2)


def utc(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def held(target: str, who: str, start: datetime, end: datetime, **more: Any) -> Assignment:
    when = Interval(start=start, end=end)
    return Assignment(target=target, physician=who, contract=f"{who}-c", when=when, **more)


# Local time is one hour ahead of UTC in November: the night runs from 17:00 to 08:00.
NIGHT = held("anw@2026-11-02T16:00Z", "ann", utc(2, 16), utc(3, 7))
DAY = held("day@2026-11-03T07:00Z", "ann", utc(3, 7), utc(3, 16))
LATER = held("day@2026-11-05T07:00Z", "ann", utc(5, 7), utc(5, 16))
REFUSED = held("day@2026-11-04T07:00Z", "ann", utc(4, 7), utc(4, 16), state=State.DECLINED)
OTHER = held("day@2026-11-04T07:00Z", "bob", utc(4, 7), utc(4, 16))
ROSTER = Roster(
    region_id="small", period=period(MONDAY, 1), assignments=(NIGHT, DAY, REFUSED, OTHER, LATER)
)


def case(*changes: Change, lost: tuple[str, ...] = ()) -> Case:
    return Case(
        physicians=("ann",),
        days=(MONDAY,),
        lost=lost,
        survival=Survival.SURVIVED,
        changes=changes,
    )


def test_lost_is_what_starts_in_the_absence() -> None:
    # From Tuesday midnight the night still runs; Thursday's duty starts after two days away.
    assert lost(ROSTER, "ann", date(2026, 11, 3), 2) == (DAY.target,)
    assert lost(ROSTER, "ann", date(2026, 11, 3), 3) == (DAY.target, LATER.target)
    assert lost(ROSTER, "ann", date(2026, 11, 4), 1) == ()  # what she declined is not hers


def test_a_running_duty_is_finished_first() -> None:
    found = absence((ROSTER,), "ann", date(2026, 11, 3), 2)
    assert found is not None
    assert (found.first_day, found.from_time) == (date(2026, 11, 3), time(8))
    assert (found.last_day, found.unforeseen) == (date(2026, 11, 4), True)
    on_time = absence((ROSTER,), "ann", date(2026, 11, 5), 1)
    assert on_time is not None
    assert on_time.from_time is None


def test_history_may_hold_the_running_duty() -> None:
    before = held("anw@2026-11-01T16:00Z", "ann", utc(1, 16), utc(2, 7))
    earlier = Roster(region_id="small", period=period(date(2026, 10, 26), 1), assignments=(before,))
    found = absence((ROSTER, earlier), "ann", MONDAY, 1)
    assert found is not None
    assert found.from_time == time(8)


def test_a_duty_that_outlasts_the_absence_leaves_none() -> None:
    long = held("anw@2026-11-06T16:00Z", "ann", utc(6, 16), utc(9, 7))
    roster = ROSTER.model_copy(update={"assignments": (long,)})
    # Friday evening to Monday morning; she would have been away on Saturday and Sunday only.
    assert absence((roster,), "ann", date(2026, 11, 7), 2) is None


def test_the_pin_of_who_is_away_gives_way() -> None:
    mine, other = Pin(target=DAY.target, physician="ann"), Pin(target=DAY.target, physician="bob")
    kept = Pin(target=LATER.target, physician="ann")
    people = tuple(Physician(id=name, name=name, role=SO) for name in ("ann", "bob"))
    pins = (mine, other, kept)
    region = Region(id="small", name="Small", anchor_date=MONDAY, physicians=people, pins=pins)
    found = without(region, case(lost=(DAY.target,)), date(2026, 11, 3), 1, (ROSTER,))
    assert found.pins == (other, kept)
    assert len(found.absences) == 1


def test_a_repair_passes_duties_on_and_lets_others_fall() -> None:
    passed = Change(target=DAY.target, before="ann", after="bob", contract="bob-c")
    fallen = Change(target=LATER.target, before="ann", after=None)
    found = repaired(ROSTER, case(passed, fallen))
    assert found.revision == 2
    now = {each.target: each for each in found.standing}
    assert (now[DAY.target].physician, now[DAY.target].contract) == ("bob", "bob-c")
    assert (now[DAY.target].when, now[DAY.target].state) == (DAY.when, State.PROPOSED)
    assert now[NIGHT.target] == NIGHT
    assert [(gap.target, gap.when) for gap in found.gaps] == [(LATER.target, LATER.when)]


def test_a_gap_is_filled_at_its_own_time() -> None:
    gap = Gap(target="day@2026-11-06T07:00Z", when=Interval(start=utc(6, 7), end=utc(6, 16)))
    roster = ROSTER.model_copy(update={"gaps": (gap,)})
    filled = Change(target=gap.target, before=None, after="bob", contract="bob-c")
    found = repaired(roster, case(filled))
    assert found.gaps == ()
    assert [each.when for each in found.standing if each.target == gap.target] == [gap.when]
    with pytest.raises(ValueError, match="neither held nor a gap"):
        repaired(ROSTER, case(filled))
    with pytest.raises(ValueError, match="so it stays"):
        repaired(roster, case(filled.model_copy(update={"after": None})))
