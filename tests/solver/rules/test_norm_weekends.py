"""``norm.weekends``: weekends with counted work among so many ISO weeks in a row."""

from __future__ import annotations

import pytest

from so247.models.norms import NormKind, RulePack, Severity, Work
from so247.models.people import PackBinding


def at_most(small, number, weeks, **fields):
    on_call = (Work.REACHABILITY_DUTY,)
    return small.norm(NormKind.WEEKENDS, number, *on_call, window_weeks=weeks, **fields)


def saturdays(small, norm, *numbers, **parts):
    """All of these Saturdays in November, each a line of its own."""
    lines = tuple(small.always(f"sat-{number}", small.day(number)) for number in numbers)
    return small.region(norms=(norm,), lines=lines, **parts)


def saturday(small, number, month=11):
    start = small.day(number, month)
    return small.held(
        f"sat-{number}", "ann", f"{start} 00:00", f"{small.day(number + 1, month)} 00:00"
    )


def test_feasible_with_a_week_between(small):
    # One in two weeks: 7 and 21 November.
    found = small.solved(saturdays(small, at_most(small, 1, 2), 7, 21), weeks=3)
    assert found.holders == ["ann", "ann"]


def test_infeasible_two_in_a_row(small):
    region = saturdays(small, at_most(small, 1, 2), 7, 14)
    found = small.solved(region, weeks=2)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.weekends: ann",)
    both = (saturday(small, 7), saturday(small, 14))
    assert small.by_hand(region, *both, weeks=2) == {"norm.weekends"}


def test_feasible_until_saturday_midnight(small):
    # Friday 24 hours end at Saturday 00:00: no weekend at all, though none is allowed.
    friday = small.always("fri", small.day(6))
    region = small.region(norms=(at_most(small, 0, 1),), lines=(friday,))
    assert small.solved(region).holders == ["ann"]


@pytest.mark.parametrize(("weeks", "held"), [(1, ["ann"]), (2, [])])
def test_infeasible_over_the_edge_of_the_period(small, weeks, held):
    # History: Saturday 31 October. 7 November is the second weekend in two weeks.
    old = small.always("sat-31", small.day(31, 10))
    new = small.always("sat-7", small.day(7))
    region = small.region(norms=(at_most(small, 1, weeks),), lines=(new, old))
    past = small.before(small.held("sat-31", "ann", "2026-10-31 00:00", "2026-11-01 00:00"))
    assert small.solved(region, history=past).holders == held
    expected = set() if held else {"norm.weekends"}
    assert small.by_hand(region, saturday(small, 7), history=past) == expected


def test_infeasible_when_it_begins_to_bind_on_sunday(small):
    # None allowed, bound from Sunday on: Sunday's own duty is judged.
    bound = small.bound_from(small.day(8), at_most(small, 0, 1))
    weekend = (small.always("we", small.day(7), small.day(8)),)
    region = small.region(lines=weekend, **bound)
    sunday = small.held("we", "ann", "2026-11-08 00:00", "2026-11-09 00:00")
    assert small.by_hand(region, sunday) == {"norm.weekends"}
    assert "we@2026-11-07T23:00Z" not in small.solved(region).held


def test_penalty_hard_is_the_gap(small):
    # One of two duties of 24 h: 1440 site-minutes.
    found = small.solved(saturdays(small, at_most(small, 1, 2), 7, 14), weeks=2)
    assert list(found.gaps.values()) == [1440]
    assert found.cost("coverage") == 20_160 - 1440


def test_penalty_soft_is_sixty_a_window_and_weekend(small):
    # Three weekends in a row with one in two allowed: the windows that end on 14 and on 21
    # November have one too many each.
    soft = at_most(small, 1, 2, severity=Severity.SOFT)
    found = small.solved(saturdays(small, soft, 7, 14, 21), weeks=3)
    assert found.holders == ["ann"] * 3
    assert found.cost("soft_norms") == 120


def test_penalty_soft_is_nothing_for_a_weekend_off_after_too_many(small):
    # None allowed, one worked in history. A window in which nothing starts in the period is last
    # period's, so a free weekend now costs nothing; the office day on Monday is not counted.
    old = small.always("sat-31", small.day(31, 10))
    soft = at_most(small, 0, 2, severity=Severity.SOFT)
    region = small.region(
        norms=(soft,), lines=(small.line("day"), old, small.always("sat-7", small.day(7)))
    )
    past = small.before(small.held("sat-31", "ann", "2026-10-31 00:00", "2026-11-01 00:00"))
    away = small.region(norms=(soft,), lines=region.lines, absences=(small.absence(small.day(7)),))
    assert small.solved(away, history=past).cost("soft_norms") == 0
    # Held, there are two weekends in the window, and none is allowed.
    assert small.solved(region, history=past).cost("soft_norms") == 120


def test_penalty_soft_where_she_may_choose_to_stay_away(small):
    # The same, with Bob for the Saturday: nobody pays when he takes it.
    old = small.always("sat-31", small.day(31, 10))
    soft = at_most(small, 1, 2, severity=Severity.SOFT)
    region = small.region(
        norms=(soft,),
        lines=(old, small.always("sat-7", small.day(7))),
        physicians=(small.person("ann"), small.person("bob")),
    )
    past = small.before(small.held("sat-31", "ann", "2026-10-31 00:00", "2026-11-01 00:00"))
    found = small.solved(region, history=past)
    assert found.holders == ["bob"]
    assert found.cost("soft_norms") == 0


def test_infeasible_when_it_ceases_to_bind_after_friday(small):
    # None allowed, bound until Friday the 6th: the duty from Friday noon to Saturday noon starts
    # while it binds.
    none = RulePack(id="none", name="None", norms=(at_most(small, 0, 1),))
    free = RulePack(id="free", name="Free", norms=())
    until = PackBinding(pack="none", valid_until=small.day(6))
    bound = small.person(
        "ann", rule_packs=(until, PackBinding(pack="free", valid_from=small.day(7)))
    )
    region = small.region(
        lines=(small.always("we", small.day(6), small.day(7), pattern="noon"),),
        patterns=(small.pattern("noon", 12),),
        physicians=(bound,),
        rule_packs=(none, free),
    )
    friday = small.held("we", "ann", "2026-11-06 12:00", "2026-11-07 12:00")
    assert small.by_hand(region, friday) == {"norm.weekends"}
    assert "we@2026-11-06T11:00Z" not in small.solved(region).held
