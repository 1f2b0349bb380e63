"""``pin.stands``: what somebody fixed is not moved, and what it breaks is said by name."""

from __future__ import annotations

from so247.models.people import Wish, WishKind

DUTY = "day@2026-11-02T07:00Z"


def of_two(small, **more):
    return small.region(physicians=(small.person("ann"), small.person("bob")), **more)


def test_feasible_the_one_who_is_pinned_holds_it(small):
    # Nothing else tells Ann from Bob: each pin decides.
    for who in ("ann", "bob"):
        found = small.solved(of_two(small, pins=(small.pin(DUTY, who),)))
        assert found.held == {DUTY: who}
        assert found.pinned_breaches == set()


def test_infeasible_to_do_without_it(small):
    # Ann is away: the pin stands all the same, and the check says what it breaks.
    away = small.absence(small.MONDAY)
    region = of_two(small, pins=(small.pin(DUTY),), absences=(away,))
    found = small.solved(region)
    assert found.held == {DUTY: "ann"}
    assert found.pinned_breaches == {"eligible.absence"}
    # Bob in her place is legal but for the pin.
    assert small.by_hand(region, small.office(2, "bob")) == {"pin.stands"}


def test_penalty_of_what_a_pin_costs(small):
    # A pinned person who is away covers nothing: the week's 10 080 minutes, as without anybody.
    away = small.absence(small.MONDAY)
    region = of_two(small, pins=(small.pin(DUTY),), absences=(away,))
    assert small.solved(region).cost("coverage") == 10_080
    # A pin goes before a wish: Ann would rather not, weight 4, and holds it.
    wish = Wish(
        physician="ann",
        kind=WishKind.RATHER_NOT,
        first_day=small.MONDAY,
        last_day=small.MONDAY,
        weight=4,
    )
    against = small.solved(of_two(small, pins=(small.pin(DUTY),), wishes=(wish,)))
    assert against.cost("coverage") == 10_080 - 540
    assert against.cost("wishes") == 4
