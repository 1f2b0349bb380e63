"""``wish.met``: wants, and would rather not."""

from __future__ import annotations

from so247.models.people import Wish, WishKind

MON, TUE = "day@2026-11-02T07:00Z", "day@2026-11-03T07:00Z"


def wish(small, kind, first, last=None, who="ann", **fields):
    days = {"first_day": small.day(first), "last_day": small.day(last or first)}
    return Wish(physician=who, kind=kind, **days, **fields)


def wants(small, *args, **fields):
    return wish(small, WishKind.WANTS, *args, **fields)


def rather_not(small, *args, **fields):
    return wish(small, WishKind.RATHER_NOT, *args, **fields)


def two_days(small, *wishes, names=("ann", "bob")):
    """Two duties for two people: one each is fair, so wishes decide who has which day."""
    return small.region(
        lines=(small.line("day", small.MONDAY, small.day(3)),),
        physicians=tuple(small.person(name) for name in names),
        wishes=wishes,
    )


def test_feasible_each_has_the_day_of_the_wish(small):
    found = small.solved(two_days(small, wants(small, 3), rather_not(small, 3, who="bob")))
    assert found.held == {MON: "bob", TUE: "ann"}
    assert found.cost("wishes") == 0


def test_infeasible_wishes_never_cost_a_duty(small):
    # Alone, she holds what she would rather not.
    found = small.solved(two_days(small, rather_not(small, 2, 3, weight=4), names=("ann",)))
    assert found.holders == ["ann", "ann"]
    assert found.cost("wishes") == 8


def test_infeasible_to_please_both(small):
    # Both want Tuesday; the weightier wish is met.
    found = small.solved(
        two_days(small, wants(small, 3, weight=2), wants(small, 3, who="bob", weight=3))
    )
    assert found.held[TUE] == "bob"
    assert found.cost("wishes") == 2


def test_penalty_of_a_want_with_nothing_to_hold(small):
    # Nothing starts on Wednesday: the whole weight.
    assert small.solved(two_days(small, wants(small, 4, weight=5))).cost("wishes") == 5


def test_penalty_is_nothing_outside_the_period(small):
    assert small.solved(two_days(small, wants(small, 9, weight=5))).cost("wishes") == 0


def test_penalty_looks_at_weekday_and_line(small):
    # Rather not on Tuesdays: one of two. Wants line ``other``, of which nothing is held: 3.
    region = small.region(
        lines=(small.line("day", small.MONDAY, small.day(3)), small.line("other", small.day(20))),
        wishes=(
            rather_not(small, 2, 8, weekday=small.Weekday.TUESDAY, weight=2),
            wants(small, 2, 8, line="other", weight=3),
        ),
    )
    assert small.solved(region).cost("wishes") == 5
