"""``norm.rest``: hours between two stretches of counted work."""

from __future__ import annotations

from datetime import date

import pytest

from so247.models.lines import Form, Window
from so247.models.norms import NormKind, Severity, Work
from so247.models.roster import State

MON, TUE = "day@2026-11-02T07:00Z", "day@2026-11-03T07:00Z"


def rest(small, hours, *counts, **fields):
    return small.norm(NormKind.REST, hours, *counts, **fields)


def two_days(small, hours, **fields):
    """Office hours on Monday and Tuesday: 17:00 to 08:00 are 15 hours between."""
    lines = (small.line("day", small.MONDAY, small.day(3)),)
    return small.region(norms=(rest(small, hours, **fields),), lines=lines)


def test_feasible_with_exactly_the_rest(small):
    assert small.solved(two_days(small, 15)).held == {MON: "ann", TUE: "ann"}


def test_feasible_for_touching_duties(small):
    # Two halves of one day touch at noon: one stretch, so no rest lies between them.
    work = (Work.REACHABILITY_DUTY,)
    cuts = (small.pattern("daily", 8, 17), small.pattern("halves", 0, 12))
    halves = (small.always("day", pattern="halves"),)
    region = small.region(norms=(rest(small, 11, *work),), lines=halves, patterns=cuts)
    assert small.solved(region).holders == ["ann", "ann"]


def test_infeasible_with_less(small):
    region = two_days(small, 15.5)
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.rest: ann",)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"norm.rest"}


def test_feasible_for_two_people(small):
    people = (small.person("ann"), small.person("bob"))
    region = two_days(small, 16)
    region = small.region(norms=(rest(small, 16),), lines=region.lines, physicians=people)
    assert sorted(small.solved(region).holders) == ["ann", "bob"]


@pytest.mark.parametrize(("hours", "held"), [(8, ["ann"]), (8.5, [])])
def test_infeasible_over_the_edge_of_the_period(small, hours, held):
    # History: on call on Sunday until midnight. Monday 08:00 is 8 hours later.
    counted = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    sunday = small.always("sun", small.day(1))
    region = small.region(norms=(rest(small, hours, *counted),), lines=(small.line("day"), sunday))
    past = small.before(small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00"))
    assert small.solved(region, history=past).holders == held
    expected = set() if held else {"norm.rest"}
    assert small.by_hand(region, small.office(2), history=past) == expected


def clock_change(small, first, hours):
    """On call until Saturday 22:00, and from Sunday 08:00 on: ten hours on the clock."""
    counted = (Work.REACHABILITY_DUTY,)
    return small.region(
        norms=(rest(small, hours, *counted),),
        lines=(small.always("day", first, date.fromordinal(first.toordinal() + 1), pattern="cut"),),
        patterns=(small.pattern("cut", 22, sunday=(8,)),),
        absences=(
            small.absence(first, from_time=small.time(22)),
            small.absence(date.fromordinal(first.toordinal() + 1), until_time=small.time(8)),
        ),
    )


@pytest.mark.parametrize(
    ("first", "hours", "number"),
    [
        (date(2026, 10, 24), 11, 2),  # the clock goes back: really eleven hours
        (date(2026, 10, 24), 11.5, 1),
        (date(2027, 3, 27), 9, 2),  # it goes forward: really nine
        (date(2027, 3, 27), 9.5, 1),
    ],
)
def test_feasible_across_the_clock_changes_by_elapsed_hours(small, first, hours, number):
    monday = date.fromordinal(first.toordinal() - 5)
    found = small.solved(clock_change(small, first, hours), first=monday)
    assert len(found.holders) == number


def test_feasible_once_shortened(small):
    # 15 hours instead of 16, once in seven days: Monday to Tuesday. Wednesday would be the second.
    lines = (small.line("day", small.MONDAY, small.day(4)),)
    once = rest(small, 16, reduced_limit=15, reduced_every_days=7)
    found = small.solved(small.region(norms=(once,), lines=lines))
    assert len(found.holders) == 2
    hands = [small.office(number) for number in (2, 3, 4)]
    assert small.by_hand(found.region, *hands) == {"norm.rest"}


def test_infeasible_when_history_shortened_one_already(small):
    # Saturday and Sunday in history with 15 hours between, then Sunday 17:00 to Monday 08:00 is
    # the second short rest in two days.
    weekend = small.line("old", small.day(31, 10), small.day(1), window=Window.ALWAYS)
    region = small.region(
        norms=(
            rest(
                small,
                16,
                Work.OFFICE_DUTY,
                Work.REACHABILITY_DUTY,
                reduced_limit=15,
                reduced_every_days=7,
            ),
        ),
        lines=(small.line("day"), weekend),
    )
    past = small.before(
        small.held("old", "ann", "2026-10-31 08:00", "2026-10-31 17:00"),
        small.held("old", "ann", "2026-11-01 08:00", "2026-11-01 17:00"),
    )
    assert small.by_hand(region, small.office(2), history=past) == {"norm.rest"}
    assert small.solved(region, history=past).held == {}


def test_feasible_when_work_in_between_makes_one_stretch(small):
    # A break of at most 4 hours is no rest: a session from 09:00 to 12:00 and other work from 13:00
    # to 17:00 are one stretch.
    norm = rest(small, 11, Work.SESSION, Work.COMMITMENT, break_hours=4)
    asked = small.session(weekdays=(small.Weekday.MONDAY,))
    busy = small.commitment(small.MONDAY, 13, 17)
    region = small.region(norms=(norm,), lines=(), sessions=(asked,), commitments=(busy,))
    assert small.solved(region).holders == ["ann"]


def test_infeasible_touching_a_presence_duty(small):
    # Around presence work of another kind that touches has no rest at all.
    norm = rest(small, 11, Work.SESSION, Work.PRESENCE_DUTY, around=Work.PRESENCE_DUTY)
    asked = small.session(
        weekdays=(small.Weekday.MONDAY,), start_time=small.time(17), end_time=small.time(20)
    )
    watch = small.line("day", form=Form.PRESENCE, place="home")
    region = small.region(norms=(norm,), lines=(watch,), sessions=(asked,))
    found = small.solved(region)
    assert found.holders == ["ann"]
    name = "home.consultation.2026w45.1"
    assert found.why(name) == ("norm.rest: ann",)
    late = small.held(name, "ann", "2026-11-02 17:00", "2026-11-02 20:00")
    assert small.by_hand(region, small.office(2), late) == {"norm.rest"}


def test_feasible_after_a_duty_that_is_no_night(small):
    # Night only: office hours are no night, so no rest has to follow them.
    assert len(small.solved(two_days(small, 16, night_only=True)).holders) == 2


def test_penalty_hard_is_the_gap(small):
    # One of the two duties of 9 h: 540 site-minutes.
    found = small.solved(two_days(small, 16))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080 - 540


def test_penalty_soft_is_sixty_a_pair(small):
    # Monday, Tuesday, Wednesday: two rests of 15 hours instead of 16.
    lines = (small.line("day", small.MONDAY, small.day(4)),)
    soft = rest(small, 16, severity=Severity.SOFT)
    found = small.solved(small.region(norms=(soft,), lines=lines))
    assert len(found.holders) == 3
    assert found.cost("soft_norms") == 120


def test_penalty_signal_is_nothing(small):
    found = small.solved(two_days(small, 16, severity=Severity.SIGNAL))
    assert len(found.holders) == 2
    assert found.cost("soft_norms") == 0


def sunday_in_history(small, *rosters):
    """On call on Sunday, 8 hours before Monday's duty, where 9 are asked; Ann alone may hold it."""
    norm = rest(small, 9, Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    region = small.region(
        norms=(norm,), lines=(small.line("day"), small.always("sun", small.day(1)))
    )
    past = tuple(roster for (roster,) in rosters)
    found = small.solved(region, history=past)
    broken = small.by_hand(region, small.office(2), history=past)
    return found.holders, broken


def test_feasible_when_a_later_roster_of_history_took_it_from_her(small):
    # The roster of four weeks gave her Sunday; that of the last week gave it to Bob.
    sunday = small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00")
    instead = small.held("sun", "bob", "2026-11-01 00:00", "2026-11-02 00:00")
    both = (small.before(sunday), small.before(instead, weeks=1))
    assert sunday_in_history(small, *both) == (["ann"], set())


def test_feasible_when_she_declined_it_in_a_later_roster(small):
    sunday = small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00")
    declined = small.held(
        "sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00", state=State.DECLINED
    )
    both = (small.before(sunday), small.before(declined, weeks=1))
    assert sunday_in_history(small, *both) == (["ann"], set())


def test_infeasible_after_a_duty_made_by_hand_in_history(small):
    # Its id is no planned duty, but it says which line it is for.
    extra = small.held("extra", "ann", "2026-11-01 00:00", "2026-11-02 00:00", line="sun")
    assert sunday_in_history(small, small.before(extra)) == ([], {"norm.rest"})


def test_feasible_after_something_in_history_that_nobody_knows(small):
    # For no line of the region: counted as a session, which this norm does not count.
    extra = small.held("extra", "ann", "2026-11-01 00:00", "2026-11-02 00:00")
    assert sunday_in_history(small, small.before(extra)) == (["ann"], set())
