"""``norm.rolling_count``: duties that start within a rolling number of days of 24 hours."""

from __future__ import annotations

from datetime import date

import pytest

from so247.models.norms import NormKind, RulePack, Severity, Work
from so247.models.people import PackBinding

MON, TUE = "day@2026-11-02T07:00Z", "day@2026-11-03T07:00Z"


def at_most(small, number, days, *counts, **fields):
    return small.norm(NormKind.ROLLING_COUNT, number, *counts, window_days=days, **fields)


def days(small, number, *norms):
    """Office hours on so many days from Monday on."""
    lines = (small.line("day", small.MONDAY, small.day(1 + number)),)
    return small.region(norms=norms, lines=lines)


def test_feasible_exactly_a_window_apart(small):
    # Monday 08:00 is not within 24 hours before Tuesday 08:00: the window is open on the left.
    assert small.solved(days(small, 2, at_most(small, 1, 1))).held == {MON: "ann", TUE: "ann"}


def test_feasible_up_to_the_number(small):
    assert len(small.solved(days(small, 5, at_most(small, 5, 7))).holders) == 5


def test_infeasible_one_more(small):
    region = days(small, 2, at_most(small, 1, 2))
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.rolling_count: ann",)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"norm.rolling_count"}


def test_infeasible_at_all(small):
    # A limit of 0 is a prohibition: presence without a collective agreement, say.
    assert small.solved(days(small, 1, at_most(small, 0, 7))).held == {}


@pytest.mark.parametrize(("weekday", "held"), [(26, ["ann"]), (27, [])])
def test_infeasible_over_the_edge_of_the_period(small, weekday, held):
    # One per 7 x 24 hours. Monday 26 October 08:00 is exactly 168 hours before Monday 2 November
    # 08:00 and outside; Tuesday 27 is inside.
    old = small.line("old", small.day(26, 10), small.day(27, 10))
    region = small.region(norms=(at_most(small, 1, 7),), lines=(small.line("day"), old))
    start, end = (f"2026-10-{weekday} {hour}" for hour in ("08:00", "17:00"))
    past = small.before(small.held("old", "ann", start, end))
    assert small.solved(region, history=past).holders == held
    expected = set() if held else {"norm.rolling_count"}
    assert small.by_hand(region, small.office(2), history=past) == expected


@pytest.mark.parametrize(
    ("saturday", "hour", "number"),
    [
        (date(2026, 10, 24), 7, 2),  # 23 hours on the clock, but 24 in truth: just outside
        (date(2026, 10, 24), 6, 1),  # 23 in truth
        (date(2027, 3, 27), 9, 2),  # 25 on the clock, 24 in truth
        (date(2027, 3, 27), 8, 1),  # 24 on the clock, 23 in truth
    ],
)
def test_feasible_across_the_clock_changes_by_elapsed_hours(small, saturday, hour, number):
    # One per 24 hours: Saturday from 08:00, Sunday from the hour given.
    sunday = date.fromordinal(saturday.toordinal() + 1)
    region = small.region(
        norms=(at_most(small, 1, 1, Work.REACHABILITY_DUTY),),
        lines=(small.always("day", saturday, sunday, pattern="cut"),),
        patterns=(small.pattern("cut", 0, 8, sunday=(0, hour)),),
        absences=(
            small.absence(saturday, until_time=small.time(8)),
            small.absence(sunday, until_time=small.time(hour)),
        ),
    )
    first = date.fromordinal(saturday.toordinal() - 5)
    assert len(small.solved(region, first=first).holders) == number


def with_a_commitment_after(small, severity):
    """A session on Monday and other work on Tuesday, both counted; one per 2 x 24 hours."""
    norm = at_most(small, 1, 2, Work.SESSION, Work.COMMITMENT, severity=severity)
    asked = small.session(weekdays=(small.Weekday.MONDAY,))
    busy = small.commitment(small.day(3), 9, 12)
    return small.region(norms=(norm,), lines=(), sessions=(asked,), commitments=(busy,))


def test_infeasible_when_other_work_is_the_one_too_many(small):
    # Tuesday's own start is tested as well: the session of Monday lies in its window.
    region = with_a_commitment_after(small, Severity.HARD)
    hand = small.held("home.consultation.2026w45.1", "ann", "2026-11-02 09:00", "2026-11-02 12:00")
    assert small.by_hand(region, hand) == {"norm.rolling_count"}
    assert small.solved(region).held == {}


def test_penalty_soft_at_the_start_of_other_work(small):
    # Two in Tuesday's window, one allowed: 60.
    found = small.solved(with_a_commitment_after(small, Severity.SOFT))
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == 60


def test_infeasible_on_the_last_day_of_a_pack(small):
    # Bound until Tuesday, free from Wednesday on: Monday and Tuesday are one too many, whatever
    # she does on Wednesday.
    first = PackBinding(pack="atw_general", valid_until=small.day(3))
    bound = small.person(
        "ann", rule_packs=(first, PackBinding(pack="free", valid_from=small.day(4)))
    )
    lines = (small.line("day", small.MONDAY, small.day(4)),)
    packs = (*small.packs(at_most(small, 1, 7)), RulePack(id="free", name="Free", norms=()))
    region = small.region(lines=lines, physicians=(bound,), rule_packs=packs)
    found = small.solved(region)
    assert len(found.holders) == 2
    assert found.held["day@2026-11-04T07:00Z"] == "ann"


def test_penalty_hard_is_the_gap(small):
    # One of two duties of 9 h: 540 site-minutes.
    found = small.solved(days(small, 2, at_most(small, 1, 2)))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080 - 540


def test_penalty_soft_is_sixty_for_each_too_many_at_each_start(small):
    # One per 3 x 24 hours; Monday, Tuesday, Wednesday held. At Tuesday's start there are 2 (one too
    # many), at Wednesday's 3 (two): 3 x 60.
    found = small.solved(days(small, 3, at_most(small, 1, 3, severity=Severity.SOFT)))
    assert len(found.holders) == 3
    assert found.cost("soft_norms") == 180


def test_penalty_soft_counts_history_but_does_not_charge_it(small):
    # None allowed softly in 7 days; Friday in history. Monday has 2 in its window: 120. The breach
    # on Friday itself is history's.
    old = small.line("old", small.day(30, 10))
    soft = at_most(small, 0, 7, severity=Severity.SOFT)
    region = small.region(norms=(soft,), lines=(small.line("day"), old))
    past = small.before(small.held("old", "ann", "2026-10-30 08:00", "2026-10-30 17:00"))
    found = small.solved(region, history=past)
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == 120


def test_penalty_of_long_windows_is_the_same(small):
    # 16 weeks are summed by week; one too many is still 60.
    soft = at_most(small, 4, 112, severity=Severity.SOFT)
    found = small.solved(days(small, 5, soft))
    assert found.cost("soft_norms") == 60


def test_infeasible_after_a_night_committed_elsewhere(small):
    # Monday 20:00 to Tuesday 06:00 elsewhere is a night; one night in a week is allowed. The line
    # runs from Wednesday 00:00 to 24:00, a night too.
    counts = (Work.COMMITMENT, Work.REACHABILITY_DUTY)
    night = at_most(small, 1, 7, *counts, night_only=True)
    elsewhere = small.commitment(small.day(2), 20, 6)
    region = small.region(
        norms=(night,),
        lines=(small.always("day", small.day(4), pattern="midnight"),),
        commitments=(elsewhere,),
    )
    assert small.solved(region).held == {}
