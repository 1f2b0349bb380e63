"""Fair shares, the fairness tier and the ledger, worked out by hand. All in thousandths.

The week of the toy region plans nine pieces with a burden, filled or not: four weeknights (Monday
to Thursday) and five of the weekend (Friday night; Saturday and Sunday, day and night).
"""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.audit.holdings import Case
from so247.audit.tiers import closing_ledger, fair_shares, tier_values
from so247.models.base import Weekday
from so247.models.lines import Organisation, Pattern, Position, Window
from so247.models.people import SO, Absence, Commitment, Role
from so247.models.roster import LedgerEntry
from so247.models.settings import Burden, Holiday, Settings, UnknownTravel


def table(case: Case, burden: str = "weeknight") -> dict[str, tuple[int, int]]:
    """Per person: (carried, fair)."""
    return {s.physician: (s.carried, s.fair) for s in fair_shares(case) if s.burden == burden}


def value(case: Case) -> int:
    return next(tier.value for tier in tier_values(case, (), ()) if tier.name == "fairness")


def one_weeknight(toy, **more):
    """The region in a week whose only weeknight is Monday's: the next three days are holidays."""
    days = (date(2026, 10, day) for day in (6, 7, 8))
    holidays = tuple(Holiday(date=day, name="Off") for day in days)
    return toy.region(holidays=holidays, holiday_years=(2026,), **more)


def test_shares_follow_fte(toy):
    # FTE 1, 0.5, 0.5 share four weeknights: 2000, 1000, 1000. Two are Ann's, the others nobody's.
    case = toy.case(toy.region(), toy.night("ann", 5), toy.night("ann", 7))
    assert table(case) == {"ann": (2000, 2000), "bob": (0, 1000), "cas": (0, 1000)}
    # Weeknights deviate 0 + 1000 + 1000, weight 1. The five weekend pieces, all open, 2500 + 1250
    # + 1250, weight 2. Plus the largest, 2500.
    assert value(case) == 2000 + 10000 + 2500


@pytest.mark.parametrize("nights", [(), (5,), (5, 6, 7, 8)])
def test_what_is_fair_is_the_same_whatever_is_filled(toy, nights):
    case = toy.case(toy.region(), *(toy.night("bob", day) for day in nights))
    fair = {"ann": 2000, "bob": 1000, "cas": 1000}
    assert {who: row[1] for who, row in table(case).items()} == fair
    # Five pieces of the weekend.
    assert table(case, "weekend") == {"ann": (0, 2500), "bob": (0, 1250), "cas": (0, 1250)}


def test_a_piece_that_matches_no_pattern_is_carried_but_was_not_planned(toy):
    # Three hours of Monday evening are no piece of the line: a whole point carried.
    case = toy.case(toy.region(), ("bob", "night", "2026-10-05 18:00", "2026-10-05 21:00"))
    assert table(case)["bob"] == (1000, 1000)


def test_a_fair_roster_costs_nothing(toy):
    # With the whole of Sunday in one piece there are four weeknights and four weekend pieces, so
    # two of each for Ann and one of each for Bob and Cas.
    whole_sunday = Pattern(
        id="nights",
        workday=(time(8), time(17)),
        saturday=(time(8), time(17)),
        sunday=(time(8),),
    )
    case = toy.case(
        toy.region(patterns=(whole_sunday,)),
        *(toy.night("ann", day) for day in (5, 7, 9)),
        ("ann", "night", "2026-10-11 08:00", "2026-10-12 08:00"),
        *(toy.night("bob", day) for day in (6, 10)),
        toy.night("cas", 8),
        ("cas", "night", "2026-10-10 08:00", "2026-10-10 17:00"),
    )
    assert table(case, "weekend") == {"ann": (2000, 2000), "bob": (1000, 1000), "cas": (1000, 1000)}
    assert value(case) == 0


def test_each_burden_has_its_weight(toy):
    # One Saturday night (weekend) of Ann's, out of five weekend pieces.
    case = toy.case(toy.region(), toy.night("ann", 10))
    assert table(case, "weekend") == {"ann": (1000, 2500), "bob": (0, 1250), "cas": (0, 1250)}
    # Weekend deviations 1500 + 1250 + 1250 = 4000, weight 2; the four open weeknights 2000 + 1000
    # + 1000 = 4000, weight 1; plus the largest, 2000.
    assert value(case) == 8000 + 4000 + 2000
    settings = Settings(weight_weekend=5, weight_largest_deviation=0)
    case = toy.case(toy.region(settings=settings), toy.night("ann", 10))
    assert value(case) == 20000 + 4000


def test_holidays_weigh_three(toy):
    # Tuesday to Thursday are holidays: day and night of each, six points, 3000 + 1500 + 1500, of
    # which Ann carries one. One weeknight, 500 + 250 + 250; weekend 2500 + 1250 + 1250.
    case = toy.case(one_weeknight(toy), toy.night("ann", 7))
    assert table(case, "holiday") == {"ann": (1000, 3000), "bob": (0, 1500), "cas": (0, 1500)}
    # The largest is 2500, of Ann's weekend.
    assert value(case) == 3 * 5000 + 1000 + 2 * 5000 + 2500


def test_points_of_the_line(toy):
    # Four weeknights of three points each are twelve.
    region = toy.region(lines=(toy.line("night", points=3),))
    case = toy.case(region, toy.night("bob", 5))
    assert table(case) == {"ann": (0, 6000), "bob": (3000, 3000), "cas": (0, 3000)}


def test_rounded_half_up_once(toy):
    # Three equal people: a third of four points is 1333.33, of eight 2666.67. Rounded per piece
    # it would be 4 x 333 = 1332, and 4 x 667 = 2668.
    equal = tuple(toy.contract(name, 0.8) for name in ("ann", "bob", "cas"))
    assert table(toy.case(toy.region(contracts=equal)))["bob"] == (0, 1333)
    double = toy.region(contracts=equal, lines=(toy.line("night", points=2),))
    assert table(toy.case(double))["bob"] == (0, 2667)
    # FTE 0.1 of 1.6: a sixteenth of the weekend's five points is 312.5, rounded up.
    odd = (toy.contract("ann", 1.0), toy.contract("bob", 0.1), toy.contract("cas", 0.5))
    assert table(toy.case(toy.region(contracts=odd)), "weekend")["bob"] == (0, 313)


def test_a_part_carries_its_share_of_the_points(toy):
    # 17:00 to 08:00 is 15 h; Ann until 20:00 (3 h: 200), Bob after it (12 h: 800).
    region = one_weeknight(toy)
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
    # Half a piece is held: the other half is nobody's, and what is fair stays that of the whole.
    case = Case(region, parts.model_copy(update={"assignments": named[:1]}))
    assert table(case) == {"ann": (200, 500), "bob": (0, 250), "cas": (0, 250)}


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


# Ann holds the night of Monday 5 October, the only weeknight; is Cas eligible for it?
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
    case = toy.case(one_weeknight(toy, **NOT_ELIGIBLE[name](toy)), toy.night("ann", 5))
    # One point over FTE 1 and 0.5: 667 and 333.
    assert table(case) == {"ann": (1000, 667), "bob": (0, 333)}


@pytest.mark.parametrize("name", ELIGIBLE)
def test_who_is_eligible_has_one(toy, name):
    case = toy.case(one_weeknight(toy, **ELIGIBLE[name](toy)), toy.night("ann", 5))
    assert table(case) == {"ann": (1000, 500), "bob": (0, 250), "cas": (0, 250)}


def test_who_carries_counts_without_being_eligible(toy):
    case = toy.case(one_weeknight(toy, **people(toy, pools=("other",))), toy.night("cas", 5))
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
    # Fair are 2000, 1000, 1000 of the weeknights and 2500, 1250, 1250 of the weekend, all open.
    # Deviations: |1000 - 2000 - 400| = 1400, |0 - 1000 + 400| = 600, |0 - 1000| = 1000: 3000;
    # of the weekend 5000, weight 2; plus the largest, 2500. Dee is not here to deviate.
    assert value(case) == 3000 + 10000 + 2500
    closing = {(e.physician, e.burden.value): e.balance for e in closing_ledger(case)}
    # Dee left, and keeps what she had.
    assert closing == {
        ("ann", "weeknight"): -400 + 1000 - 2000,
        ("bob", "weeknight"): 400 - 1000,
        ("cas", "weeknight"): -1000,
        ("ann", "weekend"): -2500,
        ("bob", "weekend"): -1250,
        ("cas", "weekend"): -1250,
        ("dee", "holiday"): 70,
    }


def test_a_roster_made_by_hand_takes_the_ledger_of_history(toy):
    region = toy.region(lines=(toy.line("night"),))
    closed = (LedgerEntry(physician="ann", burden=Burden.WEEKNIGHT, balance=-500),)
    before = toy.roster([], first=date(2026, 9, 28), closing_ledger=closed)
    case = Case(region, toy.roster([toy.night("ann", 5)]), (before,))
    opening = {(e.physician, e.burden): e.opening for e in fair_shares(case) if e.opening}
    assert opening == {("ann", "weeknight"): -500}


def test_pieces_of_history_carry_nothing(toy):
    # Sunday night to Monday 5 October began before the period: the five pieces of this weekend
    # are all that is planned, and Ann carries none of them.
    region = toy.region(lines=(toy.line("night"),))
    before = toy.roster([toy.night("ann", 4)], first=date(2026, 9, 28))
    case = Case(region, toy.roster([]), (before,))
    assert table(case, "weekend") == {"ann": (0, 2500), "bob": (0, 1250), "cas": (0, 1250)}
    assert table(case) == {"ann": (0, 2000), "bob": (0, 1000), "cas": (0, 1000)}


def test_what_an_organisation_holds_carries_nothing(toy):
    # On a line of people the piece stays planned for people; an organisation's line is not shared.
    region = toy.region(lines=(toy.line("night"),))
    fair = {"ann": (0, 2000), "bob": (0, 1000), "cas": (0, 1000)}
    assert table(toy.case(region, toy.night("post", 5))) == fair
    theirs = toy.region(
        organisations=(Organisation(id="post", name="Post"),),
        lines=(toy.line("night", organisation="post"),),
    )
    assert fair_shares(toy.case(theirs, toy.night("post", 5))) == ()


def test_unpaired_sessions(toy):
    # Pair of north is Ann. One session a week and five office duties (oak belongs to north):
    # outside the pair Bob and Cas share all six equally, so 500 thousandths each.
    region = toy.region(
        sessions=(toy.weekly(),),
        pairings=(toy.pair("north", "ann"),),
        lines=(toy.line("office", window=Window.OFFICE_HOURS),),
    )
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
