"""Terms: where one begins, and that fair shares follow from the day itself, not from its term."""

from __future__ import annotations

from datetime import date, time

from so247.audit.tiers import fair_shares
from so247.audit.tiers.terms import Terms
from so247.models.people import Absence, Commitment


def fair(case):
    return {s.physician: s.fair for s in fair_shares(case) if s.burden == "weeknight"}


def test_a_term_begins_where_something_begins_and_after_something_ends(toy):
    ann = toy.contract("ann", 1.0, valid_until=date(2026, 10, 6))
    bob = toy.contract("bob", 0.5, valid_from=date(2026, 10, 9))
    terms = Terms(toy.region(contracts=(ann, bob)))
    # Ann's contract still holds on the 6th, no more on the 7th; Bob's holds from the 9th on.
    found = [terms.of(date(2026, 10, day)) for day in range(5, 11)]
    assert found == [0, 0, 1, 1, 2, 2]


def test_a_contract_that_never_ends_is_no_turn(toy):
    region = toy.region(contracts=(toy.contract("ann", 1.0, valid_until=date.max),))
    assert Terms(region).of(date.max) == 0


def test_each_night_is_shared_by_who_may_hold_it_then(toy):
    # Weeknights Monday to Thursday. Ann's contract ends with Tuesday: a night of hers ends on the
    # next morning, so Monday's alone is hers (1 : 0.5 : 0.5). Bob is committed on Thursday evening
    # and Cas absent on Wednesday. So Tuesday: Bob and Cas; Wednesday: Bob; Thursday: Cas.
    contracts = (
        toy.contract("ann", 1.0, valid_until=date(2026, 10, 6)),
        toy.contract("bob", 0.5),
        toy.contract("cas", 0.5),
    )
    busy = Commitment(
        physician="bob",
        place="town",
        day=date(2026, 10, 8),
        start_time=time(19),
        end_time=time(21),
    )
    away = Absence(
        physician="cas",
        first_day=date(2026, 10, 7),
        last_day=date(2026, 10, 7),
        from_time=time(17, 30),
    )
    case = toy.case(toy.region(contracts=contracts, commitments=(busy,), absences=(away,)))
    assert fair(case) == {"ann": 500, "bob": 250 + 500 + 1000, "cas": 250 + 500 + 1000}
