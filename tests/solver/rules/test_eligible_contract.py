"""``eligible.contract``: booked on a contract that is valid on every day of the duty."""

from __future__ import annotations

DUTY = "day@2026-11-02T07:00Z"


def employed(small, **dates):
    return small.region(contracts=(small.contract("ann", **dates),))


def test_feasible_on_the_only_day_of_the_contract(small):
    region = employed(small, valid_from=small.MONDAY, valid_until=small.MONDAY)
    assert small.solved(region).held == {DUTY: "ann"}


def test_feasible_books_on_the_contract_that_is_valid(small):
    # The first contract ends the day before; her second one is what it is booked on.
    region = small.region(
        contracts=(
            small.contract("ann", valid_until=small.day(1)),
            small.contract("ann", id="ann-d", valid_from=small.MONDAY),
        )
    )
    found = small.solved(region)
    assert [each.contract for each in found.result.roster.assignments] == ["ann-d"]


def test_infeasible_a_day_before_the_contract(small):
    region = employed(small, valid_from=small.day(3))
    found = small.solved(region)
    assert found.why(DUTY) == ("eligible.contract: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.contract"}


def test_infeasible_without_any_contract(small):
    assert small.solved(small.region(contracts=())).why(DUTY) == ("eligible.contract: ann",)


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    found = small.solved(employed(small, valid_until=small.day(1)))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080
