"""``norm.hours``: counted hours per ISO week, on average over so many weeks."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.models.lines import Pattern
from so247.models.norms import NormKind, Severity, Work


def at_most(small, limit, weeks, *counts, **fields):
    counts = counts or (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    fields = {"on_call_percent": 100} | fields
    return small.norm(NormKind.HOURS, limit, *counts, window_weeks=weeks, **fields)


def two_days(small, limit, weeks=1, **fields):
    lines = (small.line("day", small.MONDAY, small.day(3)),)
    return small.region(norms=(at_most(small, limit, weeks, **fields),), lines=lines)


def test_feasible_exactly_the_limit(small):
    # 2 x 9 h.
    assert small.solved(two_days(small, 18)).holders == ["ann", "ann"]


def test_feasible_for_the_share_of_on_call_time_that_counts(small):
    # Half of 18 h.
    assert small.solved(two_days(small, 9, on_call_percent=50)).holders == ["ann", "ann"]


def test_infeasible_beyond(small):
    region = two_days(small, 17.5)
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.hours: ann",)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"norm.hours"}


def test_infeasible_by_a_fraction_of_a_minute(small):
    # 33 % of two duties of 3 h 05 min: 2 x 61.05 = 122.1 minutes, 122 allowed.
    lines = (small.always("day", pattern="short"),)
    cuts = (Pattern(id="short", workday=(time(0), time(3, 5), time(6, 10)), saturday=(time(0),)),)
    away = (small.absence(small.MONDAY, from_time=small.time(6, 10)),)
    norm = at_most(small, 122 / 60, 1, on_call_percent=33)
    region = small.region(norms=(norm,), lines=lines, patterns=cuts, absences=away)
    both = (
        small.held("day", "ann", "2026-11-02 00:00", "2026-11-02 03:05"),
        small.held("day", "ann", "2026-11-02 03:05", "2026-11-02 06:10"),
    )
    assert small.by_hand(region, *both) == {"norm.hours"}
    assert len(small.solved(region).holders) == 1


@pytest.mark.parametrize(("limit", "held"), [(16.5, ["ann"]), (16, [])])
def test_infeasible_over_the_edge_of_the_period(small, limit, held):
    # History: all of Sunday, 24 h; on Monday 9 h more: 33 h over two weeks, 16.5 on average.
    sunday = small.always("sun", small.day(1))
    region = small.region(norms=(at_most(small, limit, 2),), lines=(small.line("day"), sunday))
    past = small.before(small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00"))
    assert small.solved(region, history=past).holders == held
    expected = set() if held else {"norm.hours"}
    assert small.by_hand(region, small.office(2), history=past) == expected


def test_infeasible_in_the_week_in_which_it_begins_to_bind(small):
    # Bound from Tuesday on. A week's last piece of work decides: with Tuesday's duty Monday's
    # hours count as well, so 18 are too many for 10.
    bound = small.bound_from(small.day(3), at_most(small, 10, 1))
    lines = (small.line("day", small.MONDAY, small.day(3)),)
    region = small.region(lines=lines, **bound)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"norm.hours"}
    assert small.by_hand(region, small.office(2)) == set()
    assert len(small.solved(region).holders) == 1


def test_penalty_hard_is_the_gap(small):
    # One of two duties of 9 h: 540 site-minutes.
    found = small.solved(two_days(small, 17))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080 - 540


def test_penalty_soft_is_the_minutes_too_many(small):
    # 18 h held, 17.5 allowed: 30 minutes.
    found = small.solved(two_days(small, 17.5, severity=Severity.SOFT))
    assert found.holders == ["ann", "ann"]
    assert found.cost("soft_norms") == 30


def test_penalty_soft_is_charged_for_every_window(small):
    # 18 h in the first of two weeks, 8 on average over two. The window of the week before and
    # this one has 2 h too many, that of this week and the next as well.
    soft = two_days(small, 8, 2, severity=Severity.SOFT)
    assert small.solved(soft, weeks=2).cost("soft_norms") == 240


@pytest.mark.parametrize(
    ("sunday", "minutes"), [(date(2026, 10, 25), 90), (date(2027, 3, 28), -30)]
)
def test_penalty_soft_counts_the_hours_of_the_clock_changes(small, sunday, minutes):
    # All of Sunday: 25 hours in October, 23 in March; 23.5 allowed.
    soft = at_most(small, 23.5, 1, severity=Severity.SOFT)
    region = small.region(norms=(soft,), lines=(small.always("day", sunday),))
    first = date.fromordinal(sunday.toordinal() - 6)
    found = small.solved(region, first=first)
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == max(0, minutes)


@pytest.mark.parametrize(("weeks", "limit"), [(1, 10), (2, 5)])
def test_penalty_soft_is_nothing_for_work_that_is_not_ours(small, weeks, limit):
    # Eleven hours of other work, ten allowed: nothing of ours lies in that week, so nobody judges.
    # With two sessions of ours of 3 h it is 7 h too many, in the one window that ends here.
    norm = at_most(small, limit, weeks, Work.SESSION, Work.COMMITMENT, severity=Severity.SOFT)
    busy = (small.commitment(small.MONDAY, 8, 19),)
    tuesday = small.session(weekdays=(small.Weekday.TUESDAY, small.Weekday.THURSDAY), count=2)
    asked = small.region(norms=(norm,), lines=(), sessions=(tuesday,), commitments=busy)
    assert small.solved(asked).cost("soft_norms") == (4 + 3) * 60
    free = small.region(
        norms=(norm,),
        lines=(),
        sessions=(tuesday,),
        commitments=busy,
        physicians=(small.person("ann"), small.person("bob")),
    )
    found = small.solved(free)
    assert found.holders == ["bob", "bob"]
    assert found.cost("soft_norms") == 0
