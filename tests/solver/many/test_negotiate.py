"""Time of shared people goes where it is needed, and nobody is ever in two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from so247.audit.check import check
from so247.audit.national import check_national
from so247.models.base import Weekday
from so247.models.errors import InputError, RosterError
from so247.models.lines import Window
from so247.models.many import Ended, ManyProgress, Stage
from so247.models.national import Sharing, SharingPart
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Pin

HALVES = (SharingPart(region="a", share=0.5), SharingPart(region="b", share=0.5))


def agreed(**more: Any) -> Sharing:
    return Sharing(**({"person_key": "big-1", "parts": HALVES} | more))


def test_one_region_is_solved_as_it_is(pair: Any) -> None:
    region = pair.region("a", "ann")
    found = pair.solve(region)
    assert found.ended is Ended.COVERED
    assert found.of("a").region is region
    assert found.report.shared == 0


def test_time_goes_to_the_region_that_comes_short(pair: Any) -> None:
    # The first week is a's. On its Wednesday b's only other doctor is away, and a's is there, so
    # Pat can be missed in a: b's three duties that touch that day go to him.
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2))
    alone = pair.solve(*regions, sharings=(agreed(),), rounds=0)
    assert alone.ended is Ended.ROUNDS
    # Two nights of 15 hours and a day of 9, one site, first line.
    assert alone.uncovered_site_minutes == (15 + 9 + 15) * 60
    found = pair.solve(*regions, sharings=(agreed(),))
    assert (found.ended, found.uncovered_site_minutes) == (Ended.COVERED, 0)
    assert {each.to_region for each in found.handovers if each.accepted} == {"b"}
    assert found.report.findings == ()
    # What comes out stands by itself: the check of each region as it was solved agrees.
    for each in found.regions:
        assert check(each.region, each.roster) == each.result.report


def test_both_need_him_on_one_night(pair: Any) -> None:
    # Ann and Bob are both away on Wednesday: Pat can be in one region only, and the other keeps
    # its three duties open. One person cannot do better.
    regions = [
        pair.region("a", "ann", absences=pair.away("ann", 2)),
        pair.region("b", "bob", absences=pair.away("bob", 2)),
    ]
    found = pair.solve(*regions, sharings=(agreed(),))
    assert found.uncovered_site_minutes == (15 + 9 + 15) * 60
    assert found.report.double_bookings == 0
    assert found.ended is Ended.SETTLED
    assert not any(each.accepted for each in found.handovers)


def test_what_is_not_negotiable_is_left_alone(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2))
    found = pair.solve(*regions, sharings=(agreed(negotiable=False),))
    assert (found.ended, found.handovers) == (Ended.SETTLED, ())
    assert found.uncovered_site_minutes == (15 + 9 + 15) * 60


def test_a_pin_elsewhere_is_not_asked_for(pair: Any) -> None:
    # As above, but a has pinned Pat to the Wednesday night, which b needs as well.
    pin = Pin(target=pair.toy.duty("anw", "2026-11-04 17:00"), physician="pat")
    regions = [
        pair.region("a", "ann", pins=(pin,)),
        pair.region("b", "bob", absences=pair.away("bob", 2)),
    ]
    found = pair.solve(*regions, sharings=(agreed(),))
    held = {each.target: each.physician for each in found.of("a").roster.assignments}
    assert held[pin.target] == "pat"
    assert found.uncovered_site_minutes == 15 * 60
    assert found.report.double_bookings == 0


def test_an_agreed_maximum_holds_for_all_regions_together(pair: Any) -> None:
    # At most 3 duties per 4 weeks is 1.5 in two weeks: rounded up 2, over both regions. Ann and
    # Bob are away for a week each, so the regions would like many more of him.
    regions = [
        pair.region("a", "ann", absences=pair.away("ann", *range(7))),
        pair.region("b", "bob", absences=pair.away("bob", *range(7, 14))),
    ]
    found = pair.solve(*regions, sharings=(agreed(max_duties=3),))
    held = [
        each
        for roster in found.rosters
        for each in roster.assignments
        if each.physician == "pat" and each.when.start >= roster.period.start
    ]
    assert len(held) == 2
    assert found.report.findings == ()


def test_one_contract_in_two_regions_is_one_maximum(pair: Any) -> None:
    toy = pair.toy
    both = toy.contract("pat", id="pat-c", max_duties=4, per_weeks=2)
    regions = [
        pair.region(
            name,
            own,
            contracts=(toy.contract(own), both),
            absences=pair.away(own, *days),
        )
        for name, own, days in (("a", "ann", range(7)), ("b", "bob", range(7, 14)))
    ]
    found = pair.solve(*regions)
    # Four in two weeks, in both regions together. What began before the period does not count.
    held = [
        each
        for roster in found.rosters
        for each in roster.standing
        if each.physician == "pat" and each.when.start >= roster.period.start
    ]
    assert len(held) == 4
    assert found.report.findings == ()


def test_what_breaks_a_norm_only_together_is_repaired(pair: Any) -> None:
    # Pat may have 3 on-call duties per 7 x 24 hours. He is a's from Monday to Thursday, b's from
    # Friday on, and nobody else is there: each region by itself takes him for three of its four
    # nights or days, which is too much together.
    toy = pair.toy
    days = tuple(Weekday)
    parts = (
        SharingPart(region="a", weekdays=days[:4]),
        SharingPart(region="b", weekdays=days[4:]),
    )
    shipped = next(pack for pack in SHIPPED_PACKS if pack.id == "so_voluntary_norm")
    norm = next(each for each in shipped.norms if each.id == "duties_5_per_7_days")
    three = norm.model_copy(update={"limit": 3.0})
    regions = [
        pair.region(
            name,
            own,
            rule_packs=(shipped.model_copy(update={"norms": (three,)}),),
            absences=pair.away(own, *range(-3, 17)),
            lines=(toy.line("anw", Window.OUT_OF_HOURS),),
        )
        for name, own in (("a", "ann"), ("b", "bob"))
    ]
    found = pair.solve(*regions, sharings=(agreed(parts=parts),), rounds=0)
    assert found.repairs >= 1
    assert found.report.hard_breaches == ()


def test_rounds_and_budget_end_it(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2))
    found = pair.solve(*regions, sharings=(agreed(),), budget=1e-9)
    assert (found.ended, found.rounds) == (Ended.BUDGET, 0)
    for wrong in ({"rounds": -1}, {"budget": 0.0}):
        with pytest.raises(ValueError, match="must be"):
            pair.solve(*regions, **wrong)


def test_progress_counts_regions_and_gaps(pair: Any) -> None:
    told: list[ManyProgress] = []
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2))
    pair.solve(*regions, sharings=(agreed(),), on_progress=told.append)
    first = [each for each in told if each.stage is Stage.FIRST]
    assert [(each.done, each.total) for each in first] == [(0, 2), (1, 2), (2, 2)]
    assert first[-1].gaps == (15 + 9 + 15) * 60
    assert {each.region for each in first[1:]} == {"a", "b"}
    later = [each for each in told if each.stage is Stage.NEGOTIATE]
    assert [each.round for each in later] == [1] * len(later)
    assert later[-1].done == later[-1].total > 0


def test_the_order_in_which_workers_are_ready_changes_nothing(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2, 9))
    once = pair.solve(*regions, sharings=(agreed(),))
    again = pair.solve(*regions, sharings=(agreed(),), executor=pair.Backwards())
    assert once.rosters == again.rosters
    assert once == again


def test_history_goes_to_its_own_region(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob")
    before = pair.solve(*regions, start=date(2026, 10, 19))
    after = pair.solve(*regions, history=before.rosters)
    for earlier, later in zip(before.rosters, after.rosters, strict=True):
        # Roster by roster the ledger goes on where that region's own left off.
        assert later.opening_ledger == earlier.closing_ledger
    laid = check_national(regions, after.rosters, history=before.rosters)
    assert laid.findings == ()


def test_problems_of_a_region_name_it(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob", holiday_years=(2020,))
    with pytest.raises(InputError, match="region b: the holiday table does not cover"):
        pair.solve(*regions)
    with pytest.raises(InputError, match=r"no start of the period \(found b\)"):
        pair.solve(regions[0], pair.region("b", "bob", planning_start=None))
    stranger = pair.solve(regions[0]).rosters[0].model_copy(update={"region_id": "z"})
    with pytest.raises(RosterError, match=r"history of an unknown region \(found z\)"):
        pair.solve(regions[0], history=(stranger,))


def test_limits_of_solving_again_are_the_callers(pair: Any) -> None:
    regions = pair.region("a", "ann"), pair.region("b", "bob", absences=pair.away("bob", 2))
    found = pair.solve(*regions, sharings=(agreed(),), again=replace(pair.LIMITS, seconds=1.0))
    assert found.uncovered_site_minutes == 0
