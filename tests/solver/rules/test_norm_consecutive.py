"""``norm.consecutive``: local days in a row on which counted work starts."""

from __future__ import annotations

import pytest

from so247.models.lines import Care
from so247.models.norms import NormKind, RulePack, Severity, Work
from so247.models.people import PackBinding


def at_most(small, number, *counts, **fields):
    return small.norm(NormKind.CONSECUTIVE, number, *counts, **fields)


def days(small, number, *norms, **parts):
    """Office hours on so many days from Monday on."""
    lines = (small.line("day", small.MONDAY, small.day(1 + number)),)
    return small.region(norms=norms, lines=lines, **parts)


def test_feasible_up_to_the_number(small):
    assert len(small.solved(days(small, 2, at_most(small, 2))).holders) == 2


def test_feasible_with_a_day_between(small):
    # Monday and Wednesday of three days: she is away on Tuesday.
    away = (small.absence(small.day(3)),)
    found = small.solved(days(small, 3, at_most(small, 1), absences=away))
    assert found.gaps == {"day@2026-11-03T07:00Z": 540}


def test_infeasible_one_day_more(small):
    region = days(small, 2, at_most(small, 1))
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.consecutive: ann",)
    assert small.by_hand(region, small.office(2), small.office(3)) == {"norm.consecutive"}


@pytest.mark.parametrize(("limit", "held"), [(2, ["ann"]), (1, [])])
def test_infeasible_over_the_edge_of_the_period(small, limit, held):
    # History: Sunday. Monday is the second day in a row.
    counted = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    sunday = small.always("sun", small.day(1))
    region = small.region(
        norms=(at_most(small, limit, *counted),), lines=(small.line("day"), sunday)
    )
    past = small.before(small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00"))
    assert small.solved(region, history=past).holders == held
    expected = set() if held else {"norm.consecutive"}
    assert small.by_hand(region, small.office(2), history=past) == expected


def test_feasible_for_days_when_only_nights_count(small):
    assert len(small.solved(days(small, 2, at_most(small, 1, night_only=True))).holders) == 2


def test_infeasible_when_it_ends_with_other_work(small):
    # Session on Monday, commitment on Tuesday, both counted: the session is ours, so the run is
    # judged, and it is one day too long.
    norm = at_most(small, 1, Work.SESSION, Work.COMMITMENT)
    asked = small.session(weekdays=(small.Weekday.MONDAY,))
    busy = small.commitment(small.day(3), 9, 12)
    region = small.region(norms=(norm,), lines=(), sessions=(asked,), commitments=(busy,))
    hand = small.held("home.consultation.2026w45.1", "ann", "2026-11-02 09:00", "2026-11-02 12:00")
    assert small.by_hand(region, hand) == {"norm.consecutive"}
    assert small.solved(region).held == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": NormKind.CONSECUTIVE, "limit": 1},
        {"kind": NormKind.REST, "limit": 16},
        {"kind": NormKind.ROLLING_COUNT, "limit": 1, "window_days": 7},
        {"kind": NormKind.FREE_PERIODS, "limit": 1, "window_weeks": 1, "stretch_hours": 130},
    ],
    ids=lambda fields: fields["kind"].value,
)
def test_feasible_around_pins_that_break_it(small, fields):
    # Ann is pinned on Monday and Tuesday although the norm forbids both; on those days she could
    # hold either of two lines. Her pins stand, and Bob holds whatever else there is.
    lines = (
        small.line("day", small.MONDAY, small.day(4)),
        small.line("alt", small.MONDAY, small.day(3), care=Care.GENERAL),
    )
    pins = (small.pin("day@2026-11-02T07:00Z"), small.pin("day@2026-11-03T07:00Z"))
    people = (small.person("ann"), small.person("bob", rule_packs=(PackBinding(pack="free"),)))
    norm = small.norm(**fields)
    packs = (*small.packs(norm), RulePack(id="free", name="Free", norms=()))
    found = small.solved(small.region(lines=lines, pins=pins, physicians=people, rule_packs=packs))
    assert found.gaps == {}
    assert found.pinned_breaches == {f"norm.{fields['kind'].value}"}


def test_penalty_hard_is_the_gap(small):
    # One of two duties of 9 h: 540 site-minutes.
    found = small.solved(days(small, 2, at_most(small, 1)))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 10_080 - 540


def test_penalty_soft_is_sixty_a_day_too_many(small):
    # Five days with two allowed: Wednesday, Thursday and Friday are each the last of three.
    found = small.solved(days(small, 5, at_most(small, 2, severity=Severity.SOFT)))
    assert len(found.holders) == 5
    assert found.cost("soft_norms") == 180


def test_penalty_soft_does_not_charge_history(small):
    # Saturday and Sunday in history are a day too many already, but that was last period's. Away
    # on Monday, she pays nothing.
    counted = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
    old = small.always("old", small.day(31, 10), small.day(1))
    region = small.region(
        norms=(at_most(small, 1, *counted, severity=Severity.SOFT),),
        lines=(small.line("day", small.day(3)), old),
    )
    past = small.before(
        small.held("old", "ann", "2026-10-31 00:00", "2026-11-01 00:00"),
        small.held("old", "ann", "2026-11-01 00:00", "2026-11-02 00:00"),
    )
    found = small.solved(region, history=past)
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == 0
