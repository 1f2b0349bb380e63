"""Who is where before anything is solved: shares, weekdays, rest, pins, and what others list."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.clock import Interval, period, to_local
from so247.models.errors import InputError
from so247.models.national import Sharing, SharingPart
from so247.models.people import Commitment, Pin
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.solver.many.calendar import Calendar
from so247.solver.many.people import shared_people
from so247.solver.many.split import split

DAY = timedelta(days=1)


def calendar(*regions: Region, history: tuple[Roster, ...] = (), **agreed: Any) -> Calendar:
    sharings = (Sharing(person_key="big-1", **agreed),) if agreed else ()
    people = shared_people(regions, sharings)
    spans = {each.id: period(date(2026, 11, 2), each.planning_weeks) for each in regions}
    return split(regions, spans, people, history)


def parts(*rows: tuple[str, float]) -> tuple[SharingPart, ...]:
    return tuple(SharingPart(region=region, share=share) for region, share in rows)


def days(found: tuple[Interval, ...]) -> float:
    return sum((each.end - each.start) / DAY for each in found)


def test_shares_are_weeks_in_turn(pair: Any) -> None:
    regions = [pair.region(name, "ann", planning_weeks=8, rule_packs=()) for name in "ab"]
    made = calendar(*regions, parts=parts(("a", 0.75), ("b", 0.25)), turn_weeks=1)
    # Eight weeks in turns of one: b has the third and the seventh. The rest of 11 hours comes off
    # the longer stay, which is a's; so b has two whole weeks.
    assert days(made.free("big-1", "b")) == 14
    starts = [to_local(each.start) for each in made.free("big-1", "b")]
    assert [(each.hour, each.weekday()) for each in starts] == [(8, 0), (8, 0)]


def test_a_short_period_is_divided_too(pair: Any) -> None:
    regions = [pair.region("a", "ann"), pair.region("b", "bob")]
    made = calendar(*regions, parts=parts(("a", 0.5), ("b", 0.5)), turn_weeks=4)
    # Two weeks, one each, and the days outside the period that its edges reach into.
    assert days(made.free("big-1", "b")) >= 7
    assert days(made.free("big-1", "a")) >= 7


def test_without_an_agreement_fte_decides(pair: Any) -> None:
    toy = pair.toy
    contracts = (toy.contract("ann"), toy.contract("pat", fte=0.25))
    regions = [
        pair.region("a", "ann", planning_weeks=10, contracts=contracts),
        pair.region("b", "bob", planning_weeks=10),
    ]
    (person,) = shared_people(regions, ())
    assert [each.share for each in person.sharing.parts] == [pytest.approx(0.2), pytest.approx(0.8)]


def test_weekdays_are_kept_and_a_single_day_is_whole(pair: Any) -> None:
    regions = [pair.region("a", "ann", rule_packs=()), pair.region("b", "bob", rule_packs=())]
    thursday = (Weekday.THURSDAY,)
    others = tuple(day for day in Weekday if day is not Weekday.THURSDAY)
    made = calendar(
        *regions,
        parts=(
            SharingPart(region="a", weekdays=others),
            SharingPart(region="b", weekdays=thursday),
        ),
    )
    first = next(each for each in made.free("big-1", "b") if each.start.month == 11)
    # From office hours on Thursday to office hours on Friday: the evening and the night are in it.
    assert to_local(first.start).isoformat() == "2026-11-05T08:00:00+01:00"
    assert to_local(first.end).isoformat() == "2026-11-06T08:00:00+01:00"


def rested(made: Calendar, *regions: str) -> bool:
    """Whether 11 hours lie between any two regions' stretches."""
    rest = timedelta(hours=11)
    return all(
        here.end + rest <= there.start or there.end + rest <= here.start
        for one, other in combinations(regions, 2)
        for here in made.open["big-1", one]
        for there in made.open["big-1", other]
    )


def test_rest_lies_between_regions_whatever_is_handed_over(pair: Any) -> None:
    regions = [pair.region(name, "ann", rule_packs=(), planning_weeks=6) for name in "abc"]
    made = calendar(*regions, parts=parts(("a", 0.4), ("b", 0.4), ("c", 0.2)), turn_weeks=1)
    assert rested(made, "a", "b", "c")
    for day, region in ((3, "b"), (4, "c"), (4, "a"), (11, "a"), (12, "b"), (12, "b")):
        start = made.whole.start + day * DAY
        when = Interval(start=start, end=start + timedelta(hours=15))
        made = made.granted("big-1", region, when)
        assert made.holds("big-1", region, when)
        assert rested(made, "a", "b", "c")


def test_absences_and_work_elsewhere_are_absences_here(pair: Any) -> None:
    home = pair.region("a", "ann", absences=pair.away("pat", 1))
    monday = Commitment(
        physician="pat", place="base", start_time="08:30", end_time="16:30", weekday=Weekday.MONDAY
    )
    home = home.model_copy(update={"commitments": (monday,)})
    host = pair.region("b", "bob")
    made = calendar(home, host, parts=parts(("b", 1.0), ("a", 1e-9)))
    closed = [row for row in made.absences("b") if row.physician == "pat"]
    # Tuesday is leave in a; both Mondays he works in a's nursing home from 8:30 to 16:30.
    tuesday = [row for row in closed if row.first_day == date(2026, 11, 3)]
    assert [(row.last_day, row.until_time) for row in tuesday] == [(date(2026, 11, 3), None)]
    office = [row for row in closed if row.first_day in (date(2026, 11, 2), date(2026, 11, 9))]
    assert [(str(row.from_time), str(row.until_time)) for row in office] == [
        ("08:30:00", "16:30:00")
    ] * 2
    assert all(row.unforeseen for row in closed)


def test_a_pin_is_where_he_is(pair: Any) -> None:
    # The second week is b's; the pin keeps the night of Wednesday the 11th in a.
    target = pair.toy.duty("anw", "2026-11-11 17:00")
    regions = [
        pair.region("a", "ann", pins=(Pin(target=target, physician="pat"),)),
        pair.region("b", "bob"),
    ]
    made = calendar(*regions, parts=parts(("a", 0.5), ("b", 0.5)))
    night = period(date(2026, 11, 11), 1).start + timedelta(hours=17)
    when = Interval(start=night, end=night + timedelta(hours=15))
    assert made.holds("big-1", "a", when)
    assert not any(when.overlaps(each) for each in made.free("big-1", "b"))


def test_pins_in_two_places_are_refused(pair: Any) -> None:
    target = pair.toy.duty("anw", "2026-11-11 17:00")
    pin = Pin(target=target, physician="pat")
    regions = [pair.region("a", "ann", pins=(pin,)), pair.region("b", "bob", pins=(pin,))]
    with pytest.raises(InputError, match=r"big-1 is pinned.* in a and in b at the same time"):
        calendar(*regions)


def test_a_duty_that_history_holds_keeps_its_rest(pair: Any) -> None:
    # He holds b's last duty before the period, until Monday 08:00; the first week is a's.
    before = Interval(
        start=period(date(2026, 11, 2), 1).start - timedelta(hours=16),
        end=period(date(2026, 11, 2), 1).start + timedelta(hours=8),
    )
    held = Assignment(target="anw@2026-11-01T07:00Z", physician="pat", when=before)
    span = period(date(2026, 10, 26), 1)
    roster = Roster(region_id="b", period=span, assignments=(held,))
    regions = [pair.region("a", "ann", rule_packs=()), pair.region("b", "bob", rule_packs=())]
    made = calendar(*regions, history=(roster,), parts=parts(("a", 0.5), ("b", 0.5)))
    free = made.free("big-1", "a")
    assert not any(before.overlaps(each) for each in free)
    after = [each.start for each in free if each.start >= before.end]
    assert min(after) == before.end + timedelta(hours=11)


@pytest.mark.parametrize(
    ("agreed", "said"),
    [
        ({"parts": parts(("a", 0.8), ("b", 0.8))}, r"more than the whole \(found 1.6\)"),
        ({"parts": parts(("a", 0.8))}, r"without a part in the agreement \(found b\)"),
        (
            {"parts": parts(("a", 0.5), ("b", 0.2), ("c", 0.2))},
            r"not among the regions \(found c\)",
        ),
        ({"parts": parts(("a", 0.5), ("a", 0.2), ("b", 0.2))}, r"two parts for one region"),
        (
            {"parts": (*parts(("a", 0.5)), SharingPart(region="b", weekdays=(Weekday.MONDAY,)))},
            "by shares and by weekdays",
        ),
        ({"parts": (*parts(("a", 0.5)), SharingPart(region="b"))}, "without share or weekdays"),
        (
            {
                "parts": tuple(
                    SharingPart(region=each, weekdays=(Weekday.MONDAY,)) for each in ("a", "b")
                )
            },
            r"two regions on one weekday \(found mon\)",
        ),
    ],
)
def test_agreements_that_cannot_be(pair: Any, agreed: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        calendar(pair.region("a", "ann"), pair.region("b", "bob"), **agreed)


def test_everything_wrong_is_told_at_once(pair: Any) -> None:
    sharings = [Sharing(person_key=key, parts=()) for key in ("nobody", "big-1", "big-1")]
    regions = [pair.region("a", "ann"), pair.region("b", "bob"), pair.region("b", "bob")]
    with pytest.raises(InputError) as told:
        shared_people(regions, sharings)
    text = str(told.value)
    assert "two regions have the same id (found b)" in text
    assert "nobody with this key stands in two regions (found nobody)" in text
    assert "two agreements about one person (found big-1)" in text
