"""``eligible.registration``: registered on every day of the duty."""

from __future__ import annotations

DUTY = "late@2026-11-02T11:00Z"
"""Monday noon to Tuesday noon."""


def region(small, until):
    return small.region(
        patterns=(small.pattern("noon", 12),),
        lines=(small.always("late", small.MONDAY, small.day(3), pattern="noon"),),
        physicians=(small.person("ann", registered_until=small.day(until)),),
        absences=(
            small.absence(small.MONDAY, until_time=small.time(12)),
            small.absence(small.day(3), from_time=small.time(12)),
        ),
    )


def test_feasible_registered_until_the_last_day(small):
    # The duty touches Monday 2 and Tuesday 3 November, the last day of the registration.
    assert small.solved(region(small, 3)).held == {DUTY: "ann"}


def test_infeasible_when_it_lapses_at_midnight(small):
    found = small.solved(region(small, 2))
    assert found.held == {}
    assert found.why(DUTY) == ("eligible.registration: ann",)
    late = small.held("late", "ann", "2026-11-02 12:00", "2026-11-03 12:00")
    assert small.by_hand(region(small, 2), late) == {"eligible.registration"}


def test_penalty_is_the_whole_duty(small):
    # 24 h at one site = 1440 site-minutes, although half of them lie before midnight: a duty has
    # one holder or none.
    found = small.solved(region(small, 2))
    assert found.gaps[DUTY] == 1440
    assert found.cost("coverage") - small.solved(region(small, 3)).cost("coverage") == 1440
