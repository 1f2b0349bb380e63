"""``eligible.absence``: who is away holds nothing."""

from __future__ import annotations

from datetime import time

DUTY = "day@2026-11-02T07:00Z"


def test_feasible_back_at_the_minute_it_starts(small):
    # Away until Monday 08:00, and the duty starts at 08:00: nothing overlaps.
    away = small.absence(small.day(1), small.MONDAY, until_time=time(8))
    region = small.region(absences=(away,))
    assert small.solved(region).held == {DUTY: "ann"}


def test_infeasible_away_for_its_first_minute(small):
    away = small.absence(small.day(1), small.MONDAY, until_time=time(8, 1))
    region = small.region(absences=(away,))
    found = small.solved(region)
    assert found.why(DUTY) == ("eligible.absence: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.absence"}


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes for the gap; of the week 10 080 minutes none are covered.
    found = small.solved(small.region(absences=(small.absence(small.MONDAY),)))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080
    # With ann there all but her 540 minutes.
    assert small.solved(small.region()).cost("coverage") == 10_080 - 540


def test_infeasible_when_away_as_it_ends(small):
    # From 16:59 on: the duty's last minute is hers no more.
    away = small.absence(small.MONDAY, from_time=time(16, 59))
    assert small.solved(small.region(absences=(away,))).gaps == {DUTY: 540}
