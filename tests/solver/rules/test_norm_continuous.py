"""``norm.continuous``: elapsed hours of duties that touch."""

from __future__ import annotations

from datetime import date

import pytest

from so247.models.norms import NormKind, Severity, Work

ON_CALL = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
OCTOBER = date(2026, 10, 24)
MARCH = date(2027, 3, 27)


def at_most(small, hours, **fields):
    return small.norm(NormKind.CONTINUOUS, hours, *ON_CALL, **fields)


def halves(small, hours, **fields):
    """Monday in two duties of twelve hours that touch at noon."""
    return small.region(
        norms=(at_most(small, hours, **fields),),
        lines=(small.always("day", pattern="halves"),),
        patterns=(small.pattern("halves", 0, 12),),
    )


def weekend(small, saturday, start, end):
    """On call from Saturday's hour to Sunday's; she is away before and after."""
    sunday = date.fromordinal(saturday.toordinal() + 1)
    return small.region(
        norms=(at_most(small, 24),),
        lines=(small.always("day", saturday, sunday, pattern="cut"),),
        patterns=(small.pattern("cut", start, sunday=(end,)),),
        absences=(
            small.absence(saturday, until_time=small.time(start)),
            small.absence(sunday, from_time=small.time(end)),
        ),
    )


def start_of(saturday):
    return date.fromordinal(saturday.toordinal() - 5)


def test_feasible_exactly_the_limit(small):
    assert small.solved(halves(small, 24)).holders == ["ann", "ann"]


def test_infeasible_over_24_hours_touching(small):
    region = halves(small, 23.5)
    found = small.solved(region)
    (gap,) = found.gaps
    assert found.why(gap) == ("norm.continuous: ann",)
    both = (
        small.held("day", "ann", "2026-11-02 00:00", "2026-11-02 12:00"),
        small.held("day", "ann", "2026-11-02 12:00", "2026-11-03 00:00"),
    )
    assert small.by_hand(region, *both) == {"norm.continuous"}


def test_feasible_24_hours_of_the_october_night(small):
    # Saturday 10:00 to Sunday 09:00 is 23 hours on the clock and 24 in truth: allowed.
    region = weekend(small, OCTOBER, 10, 9)
    found = small.solved(region, first=start_of(OCTOBER))
    assert found.held == {"day@2026-10-24T08:00Z": "ann"}
    assert found.cost("coverage") == 169 * 60 - 24 * 60  # of a week of 169 hours


def test_infeasible_25_hours_of_the_october_night(small):
    # Saturday 17:00 to Sunday 17:00 looks like 24 hours and is 25: nobody may hold it.
    region = weekend(small, OCTOBER, 17, 17)
    found = small.solved(region, first=start_of(OCTOBER))
    assert found.gaps["day@2026-10-24T15:00Z"] == 25 * 60
    assert found.why("day@2026-10-24T15:00Z") == ("norm.continuous: ann",)
    night = small.held("day", "ann", "2026-10-24 17:00", "2026-10-25 17:00")
    assert small.by_hand(region, night, first=start_of(OCTOBER)) == {"norm.continuous"}


def test_feasible_23_hours_of_the_march_night(small):
    # Saturday 16:00 to Sunday 17:00 looks like 25 hours and is 24: an hour is skipped.
    region = weekend(small, MARCH, 16, 17)
    found = small.solved(region, first=start_of(MARCH))
    assert found.held == {"day@2027-03-27T15:00Z": "ann"}


@pytest.mark.parametrize(("hours", "held"), [(33, ["ann"]), (32.5, [])])
def test_infeasible_over_the_edge_of_the_period(small, hours, held):
    # History: all of Sunday. Monday from midnight to 09:00 touches it: 33 hours.
    early = small.always("day", pattern="nine")
    sunday = small.always("sun", small.day(1))
    region = small.region(
        norms=(at_most(small, hours),),
        lines=(early, sunday),
        patterns=(small.pattern("nine", 0, 9), small.pattern("midnight", 0)),
        absences=(small.absence(small.MONDAY, from_time=small.time(9)),),
    )
    past = small.before(small.held("sun", "ann", "2026-11-01 00:00", "2026-11-02 00:00"))
    assert small.solved(region, history=past).holders == held
    hand = small.held("day", "ann", "2026-11-02 00:00", "2026-11-02 09:00")
    expected = set() if held else {"norm.continuous"}
    assert small.by_hand(region, hand, history=past) == expected


def test_penalty_hard_is_the_gap(small):
    # One of two duties of 12 h: 720 site-minutes.
    found = small.solved(halves(small, 23))
    assert list(found.gaps.values()) == [720]
    assert found.cost("coverage") == 10_080 - 720


def test_penalty_soft_is_sixty_a_minimal_chain(small):
    # Thirds of eight hours: with at most 15, first and second are one chain too long, second and
    # third another; all three contain those.
    found = small.solved(
        small.region(
            norms=(at_most(small, 15, severity=Severity.SOFT),),
            lines=(small.always("day", pattern="thirds"),),
            patterns=(small.pattern("thirds", 0, 8, 16),),
        )
    )
    assert found.holders == ["ann"] * 3
    assert found.cost("soft_norms") == 120
