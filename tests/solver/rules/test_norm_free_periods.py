"""``norm.free_periods``: stretches without counted work in each week or four-week block."""

from __future__ import annotations

from datetime import date

import pytest

from so247.models.norms import NormKind, Severity, Work

WEDNESDAY = 4


def at_least(small, number, hours, *counts, weeks=1, **fields):
    fields = {"window_weeks": weeks, "stretch_hours": hours} | fields
    return small.norm(NormKind.FREE_PERIODS, number, *counts, **fields)


def wednesday(small, number, hours, **fields):
    """Office hours on Wednesday: 56 hours free before (from Monday 00:00), 103 after."""
    norm = at_least(small, number, hours, **fields)
    return small.region(norms=(norm,), lines=(small.line("day", small.day(WEDNESDAY)),))


def test_feasible_exactly_the_stretch(small):
    # Wednesday 17:00 to Monday 00:00 is 7 + 4 x 24 = 103 hours.
    assert small.solved(wednesday(small, 1, 103)).holders == ["ann"]


def test_infeasible_half_an_hour_more(small):
    region = wednesday(small, 1, 103.5)
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.free_periods: ann",)
    assert small.by_hand(region, small.office(WEDNESDAY)) == {"norm.free_periods"}


@pytest.mark.parametrize(("hours", "held"), [(51, ["ann"]), (52, [])])
def test_infeasible_for_several_stretches(small, hours, held):
    # Three stretches: one fits before (56 h) and two after (103 h = 2 x 51.5).
    region = wednesday(small, 3, hours)
    assert small.solved(region).holders == held
    expected = set() if held else {"norm.free_periods"}
    assert small.by_hand(region, small.office(WEDNESDAY)) == expected


def test_feasible_beside_other_work_that_leaves_enough(small):
    # Commitments on Monday; a session on Tuesday leaves Tuesday 12:00 to Monday 00:00 = 132 h.
    norm = at_least(small, 1, 132, Work.SESSION, Work.COMMITMENT)
    asked = small.session(weekdays=(small.Weekday.TUESDAY,))
    busy = (small.commitment(small.MONDAY, 8, 17),)
    region = small.region(norms=(norm,), lines=(), sessions=(asked,), commitments=busy)
    assert small.solved(region).holders == ["ann"]


def test_infeasible_where_other_work_leaves_no_stretch_already(small):
    # Commitments every day from 08:00 to 17:00 never leave 36 hours; a session of ours makes that
    # ours to judge, so she holds none.
    norm = at_least(small, 1, 36, Work.SESSION, Work.COMMITMENT)
    busy = tuple(small.commitment(small.day(number), 8, 17) for number in range(2, 9))
    evening = {"start_time": small.time(18), "end_time": small.time(20)}
    region = small.region(
        norms=(norm,), lines=(), sessions=(small.session(**evening),), commitments=busy
    )
    hand = small.held("home.consultation.2026w45.1", "ann", "2026-11-02 18:00", "2026-11-02 20:00")
    assert small.by_hand(region, hand) == {"norm.free_periods"}
    assert small.solved(region).held == {}


@pytest.mark.parametrize(("hours", "held"), [(79, ["ann"]), (80, [])])
def test_infeasible_for_what_history_worked_of_the_window(small, hours, held):
    # History is on call from Sunday noon to Monday noon, so the week's first twelve hours are not
    # free. From Monday 12:00 to Thursday 08:00 are 68 hours, from Thursday 17:00 on 79.
    counted = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    late = small.always("late", small.day(1), small.MONDAY, pattern="noon")
    region = small.region(
        norms=(at_least(small, 1, hours, *counted),),
        lines=(small.line("day", small.day(5)), late),
        patterns=(small.pattern("daily", 8, 17), small.pattern("noon", 12)),
        absences=(small.absence(small.MONDAY, from_time=small.time(12)),),
    )
    past = small.before(
        small.held("late", "ann", "2026-11-01 12:00", "2026-11-02 12:00"),
        small.held("late", "bob", "2026-11-01 00:00", "2026-11-01 12:00", contract=None),
    )
    found = small.solved(region, history=past)
    assert found.holders == held


def test_feasible_in_the_week_of_the_clock_change(small):
    # Wednesday 17:00 to Monday 00:00 with the October change is an hour longer: 104.
    norm = at_least(small, 1, 104)
    region = small.region(norms=(norm,), lines=(small.line("day", date(2026, 10, 21)),))
    assert small.solved(region, first=date(2026, 10, 19)).holders == ["ann"]


def test_feasible_in_a_week_that_is_not_wholly_in_the_period(small):
    # The period starts on Tuesday: its first week is not judged.
    region = wednesday(small, 1, 160)
    assert small.solved(region, first=small.day(3)).holders == ["ann"]


def test_infeasible_in_the_week_in_which_it_begins_to_bind(small):
    # Bound from Tuesday on, and the last piece of work is Wednesday's: 103 hours free after it.
    line = small.line("day", small.day(WEDNESDAY))
    bound = small.bound_from(small.day(3), at_least(small, 1, 104))
    assert small.solved(small.region(lines=(line,), **bound)).held == {}
    unbound = small.bound_from(small.day(5), at_least(small, 1, 104))
    assert small.by_hand(small.region(lines=(line,), **unbound), small.office(WEDNESDAY)) == set()


def test_penalty_hard_is_the_gap(small):
    # The duty of 9 h: 540 site-minutes.
    found = small.solved(wednesday(small, 1, 104))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080


@pytest.mark.parametrize(("number", "hours", "cost"), [(1, 104, 60), (3, 52, 60), (4, 51.5, 60)])
def test_penalty_soft_is_sixty_a_missing_stretch(small, number, hours, cost):
    # 104 h: none of one. 52 h: one before and one after, of three. 51.5 h: one and two, of four.
    found = small.solved(wednesday(small, number, hours, severity=Severity.SOFT))
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == cost


def test_penalty_soft_of_two_missing_stretches(small):
    # 104 h twice: none before or after Wednesday, both missing.
    found = small.solved(wednesday(small, 2, 104, severity=Severity.SOFT))
    assert found.cost("soft_norms") == 120
