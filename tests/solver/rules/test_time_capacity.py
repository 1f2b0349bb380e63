"""``time.capacity``: residents and sites of all duties held at a moment."""

from __future__ import annotations

import pytest

from so247.models.lines import Care

FIRST, SECOND = "day@2026-11-02T07:00Z", "also@2026-11-02T07:00Z"


def region(small, second_site="annex", **capacity):
    """Two combinable lines for sites of 10 residents each, and Ann for both."""
    return small.region(
        facilities=(small.facility(), small.facility("annex")),
        agreements=(small.agreement(), small.agreement("annex")),
        travel_times=(small.travel("base", "home", 20), small.travel("base", "annex", 20)),
        lines=(
            small.line("day", combinable_with=("also",)),
            small.line("also", sites=(second_site,), combinable_with=("day",), care=Care.GENERAL),
        ),
        physicians=(small.person("ann", **capacity),),
    )


@pytest.mark.parametrize("capacity", [{"max_residents": 20}, {"max_sites": 2}])
def test_feasible_up_to_the_capacity(small, capacity):
    # 10 + 10 residents at two sites.
    assert small.solved(region(small, **capacity)).held == {FIRST: "ann", SECOND: "ann"}


@pytest.mark.parametrize("capacity", [{"max_residents": 10}, {"max_sites": 1}])
def test_feasible_for_one_site_on_two_lines(small, capacity):
    # Both lines serve the same home: its residents, and the site, count once.
    found = small.solved(region(small, "home", **capacity))
    assert found.held == {FIRST: "ann", SECOND: "ann"}


@pytest.mark.parametrize("capacity", [{"max_residents": 19}, {"max_sites": 1}])
def test_infeasible_beyond_it(small, capacity):
    found = small.solved(region(small, **capacity))
    assert len(found.held) == len(found.gaps) == 1
    (gap,) = found.gaps
    assert found.why(gap) == ("time.capacity: ann",)
    both = (small.office(2), small.office(2, what="also"))
    assert small.by_hand(region(small, **capacity), *both) == {"time.capacity"}


def test_infeasible_for_a_single_duty_that_is_too_much(small):
    # 10 residents, 9 allowed: she holds neither.
    found = small.solved(region(small, max_residents=9))
    assert found.held == {}
    assert small.by_hand(region(small, max_residents=9), small.office(2)) == {"time.capacity"}


def test_penalty_is_one_of_the_two_duties(small):
    # Specific care of two sites: 20 160; general care of the annex where its line serves: 540.
    found = small.solved(region(small, max_sites=1))
    assert list(found.gaps.values()) == [540]
    assert found.cost("coverage") == 20_160 + 540 - 540
