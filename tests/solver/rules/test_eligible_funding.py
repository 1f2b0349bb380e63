"""``eligible.funding``: sessions under a label need an employer with a contract for it."""

from __future__ import annotations

from so247.models.people import Employer, FundingContract

SESSION = "home.consultation.2026w45.1"


def region(small, **dates):
    funding = FundingContract(label="H335", counterparty="Zorgkantoor", **dates)
    monday_only = (small.Weekday.MONDAY,)
    return small.region(
        lines=(),
        sessions=(small.session(funding="H335", weekdays=monday_only),),
        employers=(Employer(id="care", name="Care", funding_contracts=(funding,)),),
    )


def test_feasible_on_the_last_day_of_the_funding(small):
    assert small.solved(region(small, valid_until=small.MONDAY)).held == {SESSION: "ann"}


def test_feasible_on_the_contract_with_the_funded_employer(small):
    funded = region(small).employers[0]
    two = small.region(
        lines=(),
        sessions=(small.session(funding="H335"),),
        employers=(Employer(id="poor", name="Poor"), funded),
        contracts=(small.contract("ann", id="a", employer="poor"), small.contract("ann")),
    )
    found = small.solved(two)
    assert [each.contract for each in found.result.roster.assignments] == ["ann-c"]


def test_infeasible_a_day_after_the_funding(small):
    unfunded = region(small, valid_until=small.day(1))
    assert small.solved(unfunded).why(SESSION) == ("eligible.funding: ann",)
    hand = small.held(SESSION, "ann", "2026-11-02 09:00", "2026-11-02 12:00")
    assert small.by_hand(unfunded, hand) == {"eligible.funding"}


def test_penalty_is_the_missing_session(small):
    # 09:00 to 12:00 is 180 session-minutes; no site-minute depends on it.
    found = small.solved(region(small, valid_until=small.day(1)))
    assert found.cost("sessions") == 180
    assert found.cost("coverage") == 10_080
    assert small.solved(region(small)).cost("sessions") == 0
