"""``eligible.free_weekday``: nothing booked on a contract starts on its free weekdays."""

from __future__ import annotations

DUTY = "day@2026-11-02T07:00Z"


def region(small, *free, **parts):
    return small.region(contracts=(small.contract("ann", free_weekdays=free),), **parts)


def test_feasible_when_it_only_ends_on_the_free_day(small):
    # Monday noon to Tuesday noon, Tuesday free: it starts on Monday.
    parts = {
        "patterns": (small.pattern("noon", 12),),
        "lines": (small.always("late", small.MONDAY, small.day(3), pattern="noon"),),
    }
    found = small.solved(region(small, small.Weekday.TUESDAY, **parts))
    assert found.held["late@2026-11-02T11:00Z"] == "ann"
    # The piece that starts on Tuesday at noon is not hers.
    assert "late@2026-11-03T11:00Z" in found.gaps


def test_infeasible_on_the_free_day(small):
    free = region(small, small.Weekday.MONDAY)
    assert small.solved(free).why(DUTY) == ("eligible.free_weekday: ann",)
    assert small.by_hand(free, small.office(2)) == {"eligible.free_weekday"}


def test_feasible_on_her_other_contract(small):
    free = small.contract("ann", free_weekdays=(small.Weekday.MONDAY,))
    two = small.region(
        employers=(small.employer("care"), small.employer("clinic")),
        contracts=(free, small.contract("ann", id="ann-d", employer="clinic")),
    )
    found = small.solved(two)
    assert [each.contract for each in found.result.roster.assignments] == ["ann-d"]


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    found = small.solved(region(small, small.Weekday.MONDAY))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080


def test_penalty_free_when_pinned(small):
    # A pin stands, and who holds it is there all the same: covered, but a breach by name.
    pinned = region(small, small.Weekday.MONDAY, pins=(small.pin(DUTY),))
    found = small.solved(pinned)
    assert found.cost("coverage") == 10_080 - 540
    assert found.pinned_breaches == {"eligible.free_weekday"}
