"""``fairness.share``: burdens pro rata to FTE among those who could carry them."""

from __future__ import annotations

from so247.models.roster import LedgerEntry
from so247.models.settings import Burden, Holiday
from so247.models.sites import GpGroup, Pairing


def sharing(small, ftes, *lines, **parts):
    people = tuple(small.person(name) for name in ftes)
    contracts = tuple(small.contract(name, fte=fte) for name, fte in ftes.items())
    return small.region(lines=lines, physicians=people, contracts=contracts, **parts)


def saturdays(small, *numbers):
    return tuple(small.always(f"sat-{number}", small.day(number)) for number in numbers)


def test_feasible_one_each(small):
    # Two Saturdays, two people: 1000 carried and 1000 fair.
    found = small.solved(
        sharing(small, {"ann": 1.0, "bob": 1.0}, *saturdays(small, 7, 14)), weeks=2
    )
    assert sorted(found.holders) == ["ann", "bob"]
    assert found.cost("fairness") == 0


def test_feasible_by_fte(small):
    # Three Saturdays, FTE 1.0 and 0.5: two and one.
    found = small.solved(
        sharing(small, {"ann": 1.0, "bob": 0.5}, *saturdays(small, 7, 14, 21)), weeks=3
    )
    assert sorted(found.holders) == ["ann", "ann", "bob"]
    assert found.cost("fairness") == 0


def test_infeasible_to_share_one(small):
    # One Saturday for two: 500 off each, weight 2, plus the largest: 2 x 1000 + 500.
    found = small.solved(sharing(small, {"ann": 1.0, "bob": 1.0}, *saturdays(small, 7)))
    assert len(found.holders) == 1
    assert found.cost("fairness") == 2500


def test_infeasible_to_leave_it_empty_for_the_sake_of_fairness(small):
    # Bob is away on both: Ann holds both, and only she could, so all is fair.
    away = (small.absence(small.day(2), small.day(20), who="bob"),)
    found = small.solved(
        sharing(small, {"ann": 1.0, "bob": 1.0}, *saturdays(small, 7, 14), absences=away),
        weeks=2,
    )
    assert found.holders == ["ann", "ann"]
    assert found.cost("fairness") == 0


def test_penalty_of_each_burden_by_its_weight(small):
    # One duty that two could carry: 500 off each. A weeknight (Monday 00:00 to 24:00) has
    # weight 1, a Saturday 2, a holiday (that Monday) 3; 1000 off in all, the largest 500.
    ftes = {"ann": 1.0, "bob": 1.0}
    weeknight = small.solved(sharing(small, ftes, small.always("day")))
    assert weeknight.cost("fairness") == 1 * 1000 + 500
    saturday = small.solved(sharing(small, ftes, *saturdays(small, 7)))
    assert saturday.cost("fairness") == 2 * 1000 + 500
    feast = (Holiday(date=small.MONDAY, name="Feast"),)
    holiday = small.solved(sharing(small, ftes, small.always("day"), holidays=feast))
    assert holiday.cost("fairness") == 3 * 1000 + 500


def test_penalty_of_points(small):
    # A line of four points: 4000 carried, 2000 fair: 2 x (2000 + 2000) + 2000.
    heavy = small.always("sat", small.day(7), points=4)
    found = small.solved(sharing(small, {"ann": 1.0, "bob": 1.0}, heavy))
    assert found.cost("fairness") == 10_000


def test_penalty_with_the_ledger_of_history(small):
    # Ann carried 500 too much before, Bob 500 too little: Bob's Saturday makes it even.
    opening = tuple(
        LedgerEntry(physician=name, burden=Burden.WEEKEND, balance=balance)
        for name, balance in (("ann", 500), ("bob", -500))
    )
    past = (small.roster(first=small.day(5, 10), weeks=4, closing_ledger=opening),)
    found = small.solved(
        sharing(small, {"ann": 1.0, "bob": 1.0}, *saturdays(small, 7)), history=past
    )
    assert found.holders == ["bob"]
    assert found.cost("fairness") == 0
    assert {(e.physician, e.balance) for e in found.result.roster.closing_ledger} == {
        ("ann", 0),
        ("bob", 0),
    }


def test_penalty_of_a_pinned_person_who_is_not_eligible(small):
    # Ann is on leave, but pinned: she carries 1000 and nothing of it is fair; Bob carries nothing
    # of the 1000 that were his. 2 x (1000 + 1000) + 1000.
    region = sharing(
        small,
        {"ann": 1.0, "bob": 1.0},
        *saturdays(small, 7),
        pins=(small.pin("sat-7@2026-11-06T23:00Z"),),
        absences=(small.absence(small.day(7)),),
    )
    found = small.solved(region)
    assert found.holders == ["ann"]
    assert found.cost("fairness") == 5000


def test_penalty_of_sessions_outside_pairs_only(small):
    # Ann is the pair of north: her session is no burden. Without a pair it is one of two people's:
    # share 500 thousandths of one item each, 500 off twice, plus the largest.
    parts = {
        "gp_groups": (GpGroup(id="north", name="North", pools=("pool",)),),
        "facilities": (small.facility(gp_group="north"),),
        "agreements": (small.agreement(), small.agreement("north")),
        "sessions": (small.session(),),
    }
    ftes = {"ann": 1.0, "bob": 1.0}
    paired = sharing(small, ftes, **parts, pairings=(Pairing(site="north", physician="ann"),))
    assert small.solved(paired).cost("fairness") == 0
    assert small.solved(sharing(small, ftes, **parts)).cost("fairness") == 1500


def test_penalty_rounded_half_up(small):
    # One Saturday for three: 333 fair each. The holder is 667 off, the others 333:
    # 2 x (667 + 333 + 333) + 667.
    found = small.solved(sharing(small, {"ann": 1.0, "bob": 1.0, "cas": 1.0}, *saturdays(small, 7)))
    assert found.cost("fairness") == 3333
