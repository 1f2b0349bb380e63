"""``eligible.agreement``: where a site has agreements, one is with a pool of the holder."""

from __future__ import annotations

DUTY = "day@2026-11-02T07:00Z"


def region(small, pools=("other",), **dates):
    """The facility is in two pools; with ``other`` it may have no agreement."""
    agreements = (
        small.agreement(),
        small.agreement(id="with-other", partner="other", **dates),
    )
    return small.region(
        facilities=(small.facility(pools=("pool", "other")),),
        agreements=agreements if dates else agreements[:1],
        physicians=(small.person("ann", pools=pools),),
    )


def test_feasible_on_the_last_day_of_the_agreement(small):
    assert small.solved(region(small, valid_until=small.MONDAY)).held == {DUTY: "ann"}


def test_feasible_in_two_pools_of_which_one_agreed(small):
    assert small.solved(region(small, pools=("pool", "other"))).held == {DUTY: "ann"}


def test_infeasible_without_agreement_with_her_pool(small):
    found = small.solved(region(small))
    assert found.why(DUTY) == ("eligible.agreement: ann",)
    assert small.by_hand(region(small), small.office(2)) == {"eligible.agreement"}


def test_infeasible_a_day_after_the_agreement(small):
    late = region(small, valid_until=small.day(1))
    assert small.solved(late).why(DUTY) == ("eligible.agreement: ann",)


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    assert small.solved(region(small)).gaps == {DUTY: 540}
    assert small.solved(region(small)).cost("coverage") == 10_080


def test_penalty_is_nothing_where_nobody_could_cover(small):
    # No agreement at all: whoever holds the duty, the site is uncovered. So a gap costs nothing
    # extra, and holding it wins nothing.
    bare = small.region(agreements=(), lines=(small.line("day", on_site_minutes=None),))
    assert small.solved(bare).cost("coverage") == 10_080
