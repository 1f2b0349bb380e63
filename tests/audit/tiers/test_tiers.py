"""The other tiers, each formula worked out by hand."""

from __future__ import annotations

from datetime import date, time

import pytest

from so247.audit.holdings import Case
from so247.audit.tiers import tier_values
from so247.models.base import Weekday
from so247.models.clock import period
from so247.models.lines import Continuity, Per, Window
from so247.models.people import Wish, WishKind
from so247.models.report import Coverage, SiteCoverage
from so247.models.result import TIERS
from so247.models.settings import Settings
from so247.models.sites import Facility, ResidenceSetting


def tier(case: Case, name: str) -> tuple[int, dict[str, int]]:
    found = next(each for each in tier_values(case, (), ()) if each.name == name)
    return found.value, dict(found.contributions)


def test_all_tiers_in_order(toy):
    values = tier_values(toy.case(toy.region()), (), ())
    assert tuple(each.name for each in values) == TIERS
    # Nobody holds anything; what is fair is planned all the same: four weeknights (2000 + 1000 +
    # 1000), five weekend pieces (2500 + 1250 + 1250, weight 2), and the largest deviation, 2500.
    fairness = 4000 + 2 * 5000 + 2500
    assert [each.value for each in values] == [0, 0, 0, 0, fairness, 0, 0]


def test_coverage_and_missing_sessions(toy):
    region = toy.region(sessions=(toy.weekly(count=2),))
    sites = [
        SiteCoverage(
            site=name,
            name=name,
            examined=period(date(2026, 10, 5), 1),
            verdict=Coverage.UNCOVERED,
            required_minutes=10080,
            uncovered_minutes=minutes,
            uncovered_general_minutes=general,
            unknown_minutes=99,
        )
        for name, minutes, general in (("oak", 60, 5), ("elm", 30, 0))
    ]
    values = tier_values(toy.case(region), sites, [("north.consultation.2026w41", 2)])
    # 60 + 5 + 30 minutes; two sessions of three hours.
    assert [(each.name, each.value) for each in values[:2]] == [("coverage", 95), ("sessions", 360)]


def test_soft_norms_add_up_per_person(toy):
    region = toy.region(
        contracts=(
            toy.contract("ann", 1.0, per_weeks=1),
            toy.contract("bob", 0.5, per_weeks=1, min_duties=2),
            toy.contract("cas", 0.5),
        )
    )
    # Ann: nights of Monday to Thursday, the fourth in a row is one too many (60); the four duties
    # break no other soft norm. Bob lacks two duties (120).
    case = toy.case(region, *(toy.night("ann", day) for day in (5, 6, 7, 8)))
    assert tier(case, "soft_norms") == (180, {"ann": 60, "bob": 120})


def test_unknown_travel_costs(toy):
    # Nobody knows how far it is from town to elm: a duty and a session there cost 60 each.
    region = toy.region(
        lines=(toy.line("night", sites=("oak",)), toy.line("elms", sites=("elm",))),
        sessions=(toy.weekly(site="elm"),),
    )
    case = toy.case(
        region,
        toy.night("ann", 5),
        toy.night("bob", 5, "elms"),
        toy.session("cas", 7, "elm.consultation.2026w41.1"),
    )
    assert tier(case, "soft_norms") == (120, {"bob": 60, "cas": 60})


def test_pairs_by_holder(toy):
    region = toy.region(
        pairings=(toy.pair("north", "ann", "bob"),), settings=Settings(weight_face=0)
    )
    case = toy.case(region, toy.office("ann", 5), toy.office("bob", 6), toy.office("cas", 7))
    # Ann is the pair: 0; Bob the deputy: 1; Cas neither: 3.
    assert tier(case, "pairs") == (4, {"bob": 1, "cas": 3})


def test_nights_are_not_the_pair_s(toy):
    region = toy.region(pairings=(toy.pair("north", "ann"),))
    assert tier(toy.case(region, toy.night("cas", 5)), "pairs") == (0, {})


def test_faces(toy):
    # No pair; two faces for north, however often they are seen: 2 x 2.
    case = toy.case(toy.region(), toy.office("bob", 5), toy.office("bob", 6), toy.office("cas", 7))
    assert tier(case, "pairs") == (4, {"bob": 2, "cas": 2})


def test_a_site_without_group_has_no_pair(toy):
    region = toy.region(
        lines=(toy.line("office", window=Window.OFFICE_HOURS, sites=("elm",)),),
        pairings=(toy.pair("north", "ann"),),
    )
    assert tier(toy.case(region, toy.office("cas", 5)), "pairs") == (0, {})


def test_a_closed_facility_has_none_yet(toy):
    def region(opens: date):
        oak = Facility(
            id="oak",
            name="Oak",
            setting=ResidenceSetting.HOME_WLZ,
            gp_group="north",
            opening_date=opens,
        )
        return toy.region(facilities=(oak,), pairings=(toy.pair("north", "ann"),))

    # Weight 3 for the stranger and 2 for the face, from the opening day on.
    assert tier(toy.case(region(date(2026, 10, 6)), toy.office("cas", 5)), "pairs") == (0, {})
    assert tier(toy.case(region(date(2026, 10, 5)), toy.office("cas", 5)), "pairs")[0] == 5


def test_home_visits_belong_to_the_practice_s_own_pair(toy):
    region = toy.region(
        sessions=(toy.weekly(site="mill"), toy.weekly(site="dam")),
        pairings=(toy.pair("mill", "bob"), toy.pair("north", "ann")),
        settings=Settings(weight_face=0),
    )
    mill, dam = "mill.consultation.2026w41.1", "dam.consultation.2026w41.1"
    # Mill has its own pair, Bob: Ann is a stranger there. Dam has none, so every pair of the group
    # counts: Ann and Bob alike.
    assert tier(toy.case(region, toy.session("bob", 5, mill)), "pairs")[0] == 0
    assert tier(toy.case(region, toy.session("ann", 5, mill)), "pairs")[0] == 3
    assert tier(toy.case(region, toy.session("ann", 5, dam)), "pairs")[0] == 0
    assert tier(toy.case(region, toy.session("bob", 5, dam)), "pairs")[0] == 0
    assert tier(toy.case(region, toy.session("cas", 5, dam)), "pairs")[0] == 3


def test_a_pair_holds_on_its_days(toy):
    region = toy.region(
        pairings=(toy.pair("north", "ann", valid_from=date(2026, 10, 7)),),
        settings=Settings(weight_face=0),
    )
    case = toy.case(region, toy.office("cas", 6), toy.office("cas", 7))
    assert tier(case, "pairs") == (3, {"cas": 3})


WEEKEND = (
    ("2026-10-09 17:00", "2026-10-10 08:00"),
    ("2026-10-10 17:00", "2026-10-11 08:00"),
    ("2026-10-11 17:00", "2026-10-12 08:00"),
)


@pytest.mark.parametrize(
    ("holders", "cost"), [("ann ann ann", 0), ("ann bob ann", 2), ("ann bob cas", 4)]
)
def test_handovers_in_a_weekend(toy, holders, cost):
    region = toy.region(lines=(toy.line("night", continuity=Continuity.WEEKEND),))
    held = [(who, "night", *when) for who, when in zip(holders.split(), WEEKEND, strict=True)]
    # Thursday night lies before Friday noon and is not of the weekend.
    case = toy.case(region, toy.night("cas", 8), *held)
    assert tier(case, "pairs")[0] == cost


def test_two_weekends_are_apart(toy):
    region = toy.region(lines=(toy.line("night", continuity=Continuity.WEEKEND),))
    case = toy.case(region, toy.night("ann", 10), toy.night("bob", 17), weeks=2)
    assert tier(case, "pairs")[0] == 0


def test_handovers_in_a_week(toy):
    region = toy.region(lines=(toy.line("night", continuity=Continuity.WEEK),))
    # Monday and Thursday of one week by two people: one handover. Sunday night belongs to that
    # week as well; Monday night to the next.
    case = toy.case(region, toy.night("ann", 5), toy.night("bob", 8), weeks=2)
    assert tier(case, "pairs")[0] == 2
    case = toy.case(region, toy.night("ann", 11), toy.night("bob", 12), weeks=2)
    assert tier(case, "pairs")[0] == 0
    # A piece from Monday 00:00 still belongs to the week before.
    early = ("bob", "night", "2026-10-12 00:00", "2026-10-12 08:00")
    assert tier(toy.case(region, toy.night("ann", 8), early, weeks=2), "pairs")[0] == 2


def wish(kind: WishKind, **more) -> Wish:
    values = {"first_day": date(2026, 10, 5), "last_day": date(2026, 10, 11), "weight": 4, **more}
    return Wish(physician="ann", kind=kind, **values)


@pytest.mark.parametrize(
    ("more", "cost"),
    [
        ({}, 0),
        ({"weekday": Weekday.TUESDAY}, 0),
        ({"weekday": Weekday.MONDAY}, 4),
        ({"line": "night"}, 0),
        ({"line": "office"}, 4),
        ({"last_day": date(2026, 10, 5)}, 4),
        # Wholly outside the period: nothing.
        ({"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 2)}, 0),
    ],
)
def test_what_somebody_wants(toy, more, cost):
    # Ann holds the nights of Tuesday and Thursday.
    region = toy.region(wishes=(wish(WishKind.WANTS, **more),))
    case = toy.case(region, toy.night("ann", 6), toy.night("ann", 8), toy.night("bob", 5))
    assert tier(case, "wishes") == (cost, {"ann": cost} if cost else {})


@pytest.mark.parametrize(
    ("more", "cost"),
    [
        # Two duties and a session.
        ({}, 12),
        ({"line": "night"}, 8),
        ({"weekday": Weekday.TUESDAY}, 4),
        ({"first_day": date(2026, 10, 9)}, 0),
    ],
)
def test_what_somebody_would_rather_not(toy, more, cost):
    region = toy.region(wishes=(wish(WishKind.RATHER_NOT, **more),), sessions=(toy.weekly(),))
    case = toy.case(region, toy.night("ann", 6), toy.night("ann", 8), toy.session("ann", 8))
    assert tier(case, "wishes")[0] == cost


def test_travel_is_from_the_day_base_to_sessions(toy):
    region = toy.region(sessions=(toy.weekly(), toy.weekly(site="elm")))
    case = toy.case(
        region,
        toy.session("ann", 5),
        toy.session("bob", 7, "elm.consultation.2026w41.1"),
        toy.night("cas", 5),
    )
    # Town to north is 15 minutes; to elm unknown, so nothing.
    assert tier(case, "travel") == (15, {"ann": 15})


def test_sessions_of_a_week_on_two_days_running(toy):
    region = toy.region(sessions=(toy.weekly(count=3),))
    case = toy.case(
        region,
        toy.session("ann", 5, "north.consultation.2026w41.1"),
        toy.session("ann", 6, "north.consultation.2026w41.2"),
        toy.session("bob", 7, "north.consultation.2026w41.3"),
        toy.session("bob", 12, "north.consultation.2026w42.1"),
        weeks=2,
    )
    # Four journeys of 15; Monday-Tuesday and Tuesday-Wednesday are two pairs of 30.
    assert tier(case, "travel") == (120, {"ann": 30, "bob": 30})


def test_sessions_of_a_block_spread_over_its_weeks(toy):
    demand = toy.weekly(count=4, per=Per.FOUR_WEEKS, start_time=time(9), end_time=time(12))
    region = toy.region(sessions=(demand,))
    held = [
        toy.session("ann", day, f"north.consultation.b0.{number}")
        for number, day in enumerate((5, 7, 9, 19), 1)
    ]
    # Four in four weeks are one a week: three in week 41 are two too many, 2 x 60, and 4 x 15.
    assert tier(toy.case(region, *held, weeks=4), "travel")[0] == 180
    # In a period of two weeks the block asks for two, again one a week.
    assert tier(toy.case(region, *held[:2], weeks=2), "travel")[0] == 60 + 30


def test_rules_that_are_switched_off(toy):
    off = ("pair.holder", "pair.faces", "wish.met", "travel.minutes", "session.spread")
    region = toy.region(
        settings=Settings(rules_off=(*off, "contract.minimum", "eligible.travel")),
        pairings=(toy.pair("north", "ann"),),
        wishes=(wish(WishKind.RATHER_NOT),),
        contracts=(
            toy.contract("ann", 1.0, min_duties=9),
            toy.contract("bob", 0.5),
            toy.contract("cas", 0.5),
        ),
        sessions=(toy.weekly(count=2), toy.weekly(site="elm")),
    )
    case = toy.case(
        region,
        toy.session("ann", 5),
        toy.session("cas", 6, "north.consultation.2026w41.2"),
        toy.session("cas", 8, "elm.consultation.2026w41.1"),
    )
    values = {each.name: each.value for each in tier_values(case, (), ())}
    assert [values[name] for name in ("soft_norms", "pairs", "wishes", "travel")] == [0, 0, 0, 0]
