"""Fair shares, the fairness tier and the ledger, worked out by hand. All in thousandths."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.audit.holdings import Case
from so247.audit.tiers import closing_ledger, fair_shares, tier_values
from so247.models.base import Weekday
from so247.models.lines import Position, Window
from so247.models.people import SO, Absence, Commitment, Role
from so247.models.roster import LedgerEntry
from so247.models.settings import Burden, Settings, UnknownTravel


def table(case: Case, burden: str = "weeknight") -> dict[str, tuple[int, int]]:
    """Per person: (carried, fair)."""
    return {s.physician: (s.carried, s.fair) for s in fair_shares(case) if s.burden == burden}


def value(case: Case) -> int:
    return next(tier.value for tier in tier_values(case, (), ()) if tier.name == "fairness")


def test_shares_follow_fte(toy):
    # Two weeknights, both Ann's. FTE 1, 0.5, 0.5: fair are 1000, 500, 500.
    case = toy.case(toy.region(), toy.night("ann", 5), toy.night("ann", 7))
    assert table(case) == {"ann": (2000, 1000), "bob": (0, 500), "cas": (0, 500)}
    # Deviations 1000 + 500 + 500, times weight 1, plus the largest: 3000.
    assert value(case) == 3000


def test_a_fair_roster_costs_nothing(toy):
    case = toy.case(
        toy.region(),
        *(toy.night("ann", day) for day in (5, 7)),
        toy.night("bob", 6),
        toy.night("cas", 8),
    )
    assert value(case) == 0


def test_each_burden_has_its_weight(toy):
    # One Saturday night (weekend) of Ann's: deviations 500 + 250 + 250 = 1000, weight 2, plus 500.
    case = toy.case(toy.region(), toy.night("ann", 10))
    assert table(case, "weekend") == {"ann": (1000, 500), "bob": (0, 250), "cas": (0, 250)}
    assert value(case) == 2500
    settings = Settings(weight_weekend=5, weight_largest_deviation=0)
    assert value(toy.case(toy.region(settings=settings), toy.night("ann", 10))) == 5000


def test_points_of_the_line(toy):
    region = toy.region(lines=(toy.line("night", points=3),))
    case = toy.case(region, toy.night("bob", 5))
    assert table(case) == {"ann": (0, 1500), "bob": (3000, 750), "cas": (0, 750)}


def test_rounded_half_up_once(toy):
    # Three equal people, one point: 333 each; two points: 666.67, so 667.
    equal = tuple(toy.contract(name, 0.8) for name in ("ann", "bob", "cas"))
    region = toy.region(contracts=equal)
    assert table(toy.case(region, toy.night("ann", 5)))["bob"] == (0, 333)
    case = toy.case(region, toy.night("ann", 5), toy.night("ann", 7))
    assert table(case)["bob"] == (0, 667)
    # FTE 0.1 of 16 tenths is 62.5: rounded up.
    odd = (toy.contract("ann", 1.0), toy.contract("bob", 0.1), toy.contract("cas", 0.5))
    assert table(toy.case(toy.region(contracts=odd), toy.night("ann", 5)))["bob"] == (0, 63)


def test_a_part_carries_its_share_of_the_points(toy):
    # 17:00 to 08:00 is 15 h; Ann until 20:00 (3 h: 200), Bob after it (12 h: 800).
    region = toy.region()
    duty = "night@2026-10-05T15:00Z"
    parts = toy.roster(
        [
            ("ann", "a.a", "2026-10-05 17:00", "2026-10-05 20:00"),
            ("bob", "a.a", "2026-10-05 20:00", "2026-10-06 08:00"),
        ]
    )
    named = tuple(each.model_copy(update={"target": duty}) for each in parts.assignments)
    case = Case(region, parts.model_copy(update={"assignments": named}))
    assert table(case) == {"ann": (200, 500), "bob": (800, 250), "cas": (0, 250)}


def free_monday(toy):
    return {"contracts": contracts(toy, free_weekdays=(Weekday.MONDAY,))}


def contracts(toy, **cas):
    return (toy.contract("ann", 1.0), toy.contract("bob", 0.5), toy.contract("cas", 0.5, **cas))


def people(toy, **cas):
    return {"physicians": (toy.person("ann"), toy.person("bob"), toy.person("cas", **cas))}


def away(day: date, **more) -> Absence:
    return Absence(physician="cas", first_day=day, last_day=day, **more)


def busy(**more) -> Commitment:
    values = {"start_time": time(18), "end_time": time(20), "day": date(2026, 10, 5), **more}
    return Commitment(physician="cas", place="town", **values)


# Ann holds the night of Monday 5 October; is Cas eligible for it?
NOT_ELIGIBLE = {
    "pool": lambda toy: people(toy, pools=("other",)),
    "role": lambda toy: people(toy, role=Role.TRAINEE),
    "registration ends that Monday": lambda toy: people(toy, registered_until=date(2026, 10, 5)),
    "too far at night": lambda toy: people(toy, night_base="far"),
    "absent the morning after": lambda _: {"absences": (away(date(2026, 10, 6)),)},
    "committed": lambda _: {"commitments": (busy(),)},
    "on call from too far": lambda _: {
        "commitments": (busy(on_call_allowed=True).model_copy(update={"place": "far"}),)
    },
    "free Monday": free_monday,
    "no duties agreed": lambda toy: {"contracts": contracts(toy, max_duties=0)},
    "contract ends that Monday": lambda toy: {
        "contracts": contracts(toy, valid_until=date(2026, 10, 5))
    },
    "unknown base, forbidden": lambda toy: {
        **people(toy, night_base=None),
        "settings": Settings(unknown_travel=UnknownTravel.FORBID),
    },
}
ELIGIBLE = {
    "as is": lambda _: {},
    "far by day only": lambda toy: people(toy, day_base="far"),
    "absent from 08:00": lambda _: {"absences": (away(date(2026, 10, 6), from_time=time(8)),)},
    "committed until 17:00": lambda _: {
        "commitments": (busy(start_time=time(9), end_time=time(17)),)
    },
    "committed, on call allowed": lambda _: {"commitments": (busy(on_call_allowed=True),)},
    "free Tuesday": lambda toy: {"contracts": contracts(toy, free_weekdays=(Weekday.TUESDAY,))},
    "duties agreed": lambda toy: {"contracts": contracts(toy, max_duties=1)},
    "unknown base, allowed": lambda toy: people(toy, night_base=None),
    "rule off": lambda toy: {
        **people(toy, pools=("other",)),
        "settings": Settings(rules_off=("eligible.pool",)),
    },
}


@pytest.mark.parametrize("name", NOT_ELIGIBLE)
def test_who_is_not_eligible_has_no_share(toy, name):
    case = toy.case(toy.region(**NOT_ELIGIBLE[name](toy)), toy.night("ann", 5))
    # One point over FTE 1 and 0.5: 667 and 333.
    assert table(case) == {"ann": (1000, 667), "bob": (0, 333)}


@pytest.mark.parametrize("name", ELIGIBLE)
def test_who_is_eligible_has_one(toy, name):
    case = toy.case(toy.region(**ELIGIBLE[name](toy)), toy.night("ann", 5))
    assert table(case) == {"ann": (1000, 500), "bob": (0, 250), "cas": (0, 250)}


def test_who_carries_counts_without_being_eligible(toy):
    case = toy.case(toy.region(**people(toy, pools=("other",))), toy.night("cas", 5))
    assert table(case) == {"ann": (0, 667), "bob": (0, 333), "cas": (1000, 0)}


@pytest.mark.parametrize(
    ("escalation", "phone", "window", "shares"),
    [
        (("back",), "0113", Window.OUT_OF_HOURS, {"ann", "bob", "cas"}),
        (("back",), "0113", Window.ALWAYS, {"ann", "bob", "cas"}),
        # Not to be called, or not there at night: then no trainee in front.
        ((), "0113", Window.OUT_OF_HOURS, {"ann", "bob"}),
        (("back",), None, Window.OUT_OF_HOURS, {"ann", "bob"}),
        (("back",), "0113", Window.OFFICE_HOURS, {"ann", "bob"}),
    ],
)
def test_no_so_in_front_only_with_a_backup_line(toy, escalation, phone, window, shares):
    front = toy.line("night", roles=(SO, Role.TRAINEE), escalation=escalation)
    back = toy.line("back", position=Position.BACKUP, phone=phone, window=window)
    region = toy.region(lines=(front, back), **people(toy, role=Role.TRAINEE))
    assert set(table(toy.case(region, toy.night("ann", 5)))) == shares


def test_opening_balance_and_ledger(toy):
    # Ann owes: she carried 400 too little before, Bob 400 too much.
    opening = (
        LedgerEntry(physician="ann", burden=Burden.WEEKNIGHT, balance=-400),
        LedgerEntry(physician="bob", burden=Burden.WEEKNIGHT, balance=400),
        LedgerEntry(physician="dee", burden=Burden.HOLIDAY, balance=70),
    )
    region = toy.region(lines=(toy.line("night"),))
    case = toy.case(region, toy.night("ann", 5), opening_ledger=opening)
    # Deviations: |1000 - 500 - 400| = 100, |0 - 250 + 400| = 150, |0 - 250| = 250: 500, plus 250.
    assert value(case) == 750
    closing = {(e.physician, e.burden.value): e.balance for e in closing_ledger(case)}
    # Dee left, and keeps what she had.
    assert closing == {
        ("ann", "weeknight"): 100,
        ("bob", "weeknight"): 150,
        ("cas", "weeknight"): -250,
        ("dee", "holiday"): 70,
    }


def test_a_roster_made_by_hand_takes_the_ledger_of_history(toy):
    region = toy.region(lines=(toy.line("night"),))
    closed = (LedgerEntry(physician="ann", burden=Burden.WEEKNIGHT, balance=-500),)
    before = toy.roster([], first=date(2026, 9, 28), closing_ledger=closed)
    case = Case(region, toy.roster([toy.night("ann", 5)]), (before,))
    (ann,) = [each for each in fair_shares(case) if each.physician == "ann"]
    assert ann.opening == -500


def test_pieces_of_history_and_of_organisations_carry_nothing(toy):
    region = toy.region(lines=(toy.line("night"),))
    straddling = toy.night("ann", 4)
    before = toy.roster([straddling], first=date(2026, 9, 28))
    assert fair_shares(Case(region, toy.roster([]), (before,))) == ()
    assert fair_shares(toy.case(region, toy.night("post", 5))) == ()


def test_unpaired_sessions(toy):
    # Pair of north is Ann. One session a week and five office duties (oak belongs to north):
    # outside the pair Bob and Cas share all six equally, so 500 thousandths each.
    region = toy.region(sessions=(toy.weekly(),), pairings=(toy.pair("north", "ann"),))
    case = toy.case(
        region,
        toy.session("bob", 6),
        toy.office("bob", 7),
        toy.office("bob", 8),
        toy.office("ann", 9),
    )
    # Three items are unpaired, all Bob's: fair are 1500 each.
    assert table(case, "unpaired_session") == {"bob": (3000, 1500), "cas": (0, 1500)}
    # Deviations 1500 + 1500, weight 1, plus the largest 1500.
    assert value(case) == 4500


def test_the_deputy_is_no_outsider(toy):
    region = toy.region(sessions=(toy.weekly(),), pairings=(toy.pair("north", "ann", "bob"),))
    case = toy.case(region, toy.session("bob", 6), toy.office("cas", 7))
    assert table(case, "unpaired_session") == {"cas": (1000, 1000)}


def test_without_a_pair_everybody_is_outside(toy):
    # Lines without office hours; one session. FTE 1, 0.5, 0.5: 500, 250, 250.
    region = toy.region(sessions=(toy.weekly(),), lines=(toy.line("night"),))
    case = toy.case(region, toy.session("cas", 6))
    assert table(case, "unpaired_session") == {"ann": (0, 500), "bob": (0, 250), "cas": (1000, 250)}


def test_shares_of_sessions_are_weighted_by_their_count(toy):
    # Two sessions a week for anybody, and one that Cas alone may hold (a trainee).
    demands = (
        toy.weekly(count=2),
        toy.weekly(site="oak", roles=(Role.TRAINEE,)),
    )
    region = toy.region(
        sessions=demands, lines=(toy.line("night"),), **people(toy, role=Role.TRAINEE)
    )
    case = toy.case(
        region, toy.session("bob", 6), toy.session("cas", 7, "oak.consultation.2026w41.1")
    )
    # Ann and Bob share the two by 1 : 0.5, so 1.333 and 0.667; Cas has 1. Of 3 in all that is
    # 444, 222 and 333 thousandths, times two items held.
    assert table(case, "unpaired_session") == {
        "ann": (0, 888),
        "bob": (1000, 444),
        "cas": (1000, 666),
    }


def test_a_contract_without_duties_may_hold_sessions(toy):
    region = toy.region(
        sessions=(toy.weekly(),),
        contracts=contracts(toy, max_duties=0),
        lines=(toy.line("night"),),
    )
    case = toy.case(region, toy.session("ann", 6))
    assert table(case, "unpaired_session")["cas"] == (0, 250)


def test_switched_off(toy):
    region = toy.region(settings=Settings(rules_off=("fairness.share",)))
    assert value(toy.case(region, toy.night("ann", 5))) == 0
