"""``contract.maximum``: prorated maxima of duties, weekends, nights and hours."""

from __future__ import annotations

import pytest

from so247.models.lines import Form

WEEKEND = {"max_weekends": 1, "per_weeks": 2}


def bound(small, *lines, weeks=1, **fields):
    """Ann's contract with these figures, per so many weeks (default: of the period)."""
    figures = {"per_weeks": weeks} | fields
    return small.region(lines=lines, contracts=(small.contract("ann", **figures),))


def two_days(small, **fields):
    return bound(small, small.line("day", small.MONDAY, small.day(3)), **fields)


def test_feasible_up_to_the_maximum(small):
    assert small.solved(two_days(small, max_duties=2)).holders == ["ann", "ann"]


def test_feasible_on_two_contracts(small):
    # One duty on each.
    region = small.region(
        lines=(small.line("day", small.MONDAY, small.day(3)),),
        employers=(small.employer("care"), small.employer("clinic")),
        contracts=tuple(
            small.contract("ann", id=name, employer=name, per_weeks=1, max_duties=1)
            for name in ("care", "clinic")
        ),
    )
    found = small.solved(region)
    assert {e.contract for e in found.result.roster.assignments} == {"care", "clinic"}


def test_feasible_prorated_and_rounded_up(small):
    # One per four weeks is a quarter in one week: rounded up, one.
    found = small.solved(two_days(small, max_duties=1, weeks=4))
    assert found.holders == ["ann"]
    # Five per four weeks: 1.25, so two.
    assert len(small.solved(two_days(small, max_duties=5, weeks=4)).holders) == 2


def test_infeasible_beyond(small):
    region = two_days(small, max_duties=1)
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("contract.maximum: ann",)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"contract.maximum"}


@pytest.mark.parametrize(("leave", "number"), [(False, 2), (True, 1)])
def test_infeasible_prorated_for_long_leave(small, leave, number):
    # 7 duties per 42 days. All seven days present: 7 / 6, rounded up 2. On long leave from Sunday
    # noon on, Sunday is a day of leave (for any part of it): 7 x 6 / 42 = 1.
    away = small.absence(small.day(8), small.day(30), from_time=small.time(12))
    region = small.region(
        lines=(small.line("day", small.MONDAY, small.day(3)),),
        contracts=(small.contract("ann", per_weeks=6, max_duties=7),),
        absences=(away,) if leave else (),
    )
    found = small.solved(region)
    assert len(found.holders) == number
    expected = {"contract.maximum"} if leave else set()
    assert small.by_hand(region, small.office(2), small.office(3)) == expected


def test_infeasible_second_weekend(small):
    # Saturdays 7 and 14 November, one weekend per two weeks.
    lines = (small.always("a", small.day(7)), small.always("b", small.day(14)))
    region = bound(small, *lines, **WEEKEND)
    found = small.solved(region, weeks=2)
    (gap,) = found.gaps
    assert found.why(gap) == ("contract.maximum: ann",)


def test_feasible_whole_weekend_is_one(small):
    # Saturday and Sunday of one weekend.
    weekend = small.always("a", small.day(7), small.day(8))
    assert len(small.solved(bound(small, weekend, **WEEKEND), weeks=2).holders) == 2


def test_feasible_weekend_of_a_duty_that_began_before_the_period(small):
    # The period starts on Saturday. Friday noon to Saturday noon started before it, and is not
    # counted among its weekends, so the Saturday of a week later is still allowed.
    lines = (
        small.always("a", small.day(6), small.day(7), pattern="noon"),
        small.always("b", small.day(14)),
    )
    region = small.region(
        lines=lines,
        patterns=(small.pattern("noon", 12), small.pattern("midnight", 0)),
        contracts=(small.contract("ann", **WEEKEND),),
        absences=(
            small.absence(small.day(6), until_time=small.time(12)),
            small.absence(small.day(7), from_time=small.time(12)),
        ),
    )
    found = small.solved(region, first=small.day(7), weeks=2)
    assert found.held == {"a@2026-11-06T11:00Z": "ann", "b@2026-11-13T23:00Z": "ann"}


def test_infeasible_second_night(small):
    # Two duties from midnight to noon hold six of the hours from 00:00 to 06:00: nights.
    line = small.always("a", small.MONDAY, small.day(3))
    found = small.solved(bound(small, line, max_nights=1))
    assert len(found.holders) == 1


def test_feasible_days_are_no_nights(small):
    assert len(small.solved(two_days(small, max_nights=0)).holders) == 2


@pytest.mark.parametrize(("hours", "held"), [(9, 1), (8.9, 0)])
def test_infeasible_hours_of_presence(small, hours, held):
    # A presence duty of 9 h; per week the contract pays for 9 or less.
    watch = small.line("day", form=Form.PRESENCE, place="home")
    region = bound(small, watch, hours_per_week=hours)
    assert len(small.solved(region).holders) == held
    expected = set() if held else {"contract.maximum"}
    assert small.by_hand(region, small.office(2)) == expected


def test_infeasible_hours_beside_commitments_it_pays_for(small):
    # 12 h per week: 10 of other work and a session of 3 h.
    busy = small.commitment(small.day(3), 8, 18, contract="ann-c")
    region = small.region(
        lines=(),
        sessions=(small.session(),),
        contracts=(small.contract("ann", hours_per_week=12),),
        commitments=(busy,),
    )
    assert small.solved(region).held == {}
    # One more hour, and she may.
    more = small.contract("ann", hours_per_week=13)
    region = small.region(
        lines=(), sessions=(small.session(),), contracts=(more,), commitments=(busy,)
    )
    assert small.solved(region).holders == ["ann"]


def test_infeasible_none_at_all(small):
    assert small.solved(two_days(small, max_duties=0)).held == {}


def test_penalty_is_the_gap(small):
    # One of two duties of 9 h: 540 site-minutes.
    found = small.solved(two_days(small, max_duties=1))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080 - 540
