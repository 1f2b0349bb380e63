"""``eligible.commitment``: other work blocks, unless one may be on call from there."""

from __future__ import annotations

from so247.models.lines import Form

DUTY = "day@2026-11-02T07:00Z"


def test_feasible_when_on_call_is_allowed_there(small):
    busy = small.commitment(small.MONDAY, 9, 12, on_call_allowed=True)
    assert small.solved(small.region(commitments=(busy,))).held == {DUTY: "ann"}


def test_feasible_when_it_ends_as_the_duty_starts(small):
    busy = small.commitment(small.MONDAY, 6, 8)
    assert small.solved(small.region(commitments=(busy,))).held == {DUTY: "ann"}


def test_infeasible_during_other_work(small):
    region = small.region(commitments=(small.commitment(small.MONDAY, 9, 12),))
    assert small.solved(region).why(DUTY) == ("eligible.commitment: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.commitment"}


def test_infeasible_for_presence_even_where_on_call_is_allowed(small):
    busy = small.commitment(small.MONDAY, 9, 12, on_call_allowed=True)
    watch = small.line("day", form=Form.PRESENCE, place="home")
    region = small.region(commitments=(busy,), lines=(watch,))
    assert small.solved(region).why(DUTY) == ("eligible.commitment: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.commitment"}


def test_infeasible_for_work_that_runs_over_midnight(small):
    # Sunday 22:00 to Monday 09:00 is outside the period when it starts, and still there at 08:00.
    busy = small.commitment(small.day(1), 22, 9)
    region = small.region(commitments=(busy,))
    assert small.solved(region).why(DUTY) == ("eligible.commitment: ann",)


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    found = small.solved(small.region(commitments=(small.commitment(small.MONDAY, 16, 18),)))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080
