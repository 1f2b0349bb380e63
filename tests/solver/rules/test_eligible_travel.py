"""``eligible.travel``: every site is within its required minutes from where the holder is."""

from __future__ import annotations

from so247.models.lines import Form
from so247.models.settings import Settings, UnknownTravel

DUTY = "day@2026-11-02T07:00Z"
SESSION = "home.consultation.2026w45.1"


def living(small, base, **parts):
    """The facility requires 30 minutes: 20 from ``base``, 31 from ``far``, unknown from none."""
    return small.region(physicians=(small.person("ann", day_base=base),), **parts)


def test_feasible_from_exactly_the_required_minutes(small):
    edge = (small.travel("base", "home", 30),)
    assert small.solved(living(small, "base", travel_times=edge)).held == {DUTY: "ann"}


def test_feasible_from_the_commitment_though_the_base_is_far(small):
    # At work at ``base`` from 08:00 to 17:00, where she may be on call: 20 minutes all day.
    busy = small.commitment(small.MONDAY, 8, 17, on_call_allowed=True)
    assert small.solved(living(small, "far", commitments=(busy,))).held == {DUTY: "ann"}


def test_feasible_on_the_spot_wherever_she_lives(small):
    watch = small.line("day", form=Form.PRESENCE, place="home")
    assert small.solved(living(small, "far", lines=(watch,))).held == {DUTY: "ann"}


def test_infeasible_from_one_minute_more(small):
    region = living(small, "far")
    assert small.solved(region).why(DUTY) == ("eligible.travel: ann",)
    assert small.by_hand(region, small.office(2)) == {"eligible.travel"}


def test_infeasible_where_unknown_travel_is_forbidden(small):
    forbid = Settings(unknown_travel=UnknownTravel.FORBID)
    region = living(small, None, settings=forbid)
    assert small.solved(region).why(DUTY) == ("eligible.travel: ann",)


def test_penalty_is_the_whole_duty(small):
    # One site x 9 h = 540 site-minutes.
    found = small.solved(living(small, "far"))
    assert found.gaps == {DUTY: 540}
    assert found.cost("coverage") == 10_080


def test_penalty_of_unknown_travel_is_sixty(small):
    # Nobody else can: held all the same, at 60 in the soft norms; the check says unknown, which
    # is not uncovered.
    found = small.solved(living(small, None))
    assert found.held == {DUTY: "ann"}
    assert found.cost("soft_norms") == 60
    assert found.cost("coverage") == 10_080 - 540


def test_penalty_is_avoided_where_somebody_is_known_to_be_near(small):
    people = (small.person("ann", day_base=None), small.person("bob"))
    found = small.solved(small.region(physicians=people))
    assert found.held == {DUTY: "bob"}
    assert found.cost("soft_norms") == 0


def test_penalty_of_a_session_with_unknown_travel_is_sixty(small):
    # Sessions have no required minutes, but an unknown way to them costs the same.
    found = small.solved(living(small, None, lines=(), sessions=(small.session(),)))
    assert found.held == {SESSION: "ann"}
    assert found.cost("soft_norms") == 60
