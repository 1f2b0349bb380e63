"""``continuity.handover``: few holders in a weekend or week, where a line asks for it."""

from __future__ import annotations

import pytest

from so247.models.lines import Continuity


def region(small, first, last, *names, continuity=Continuity.WEEKEND, **parts):
    line = small.always("day", first, last, continuity=continuity)
    return small.region(
        lines=(line,), physicians=tuple(small.person(name) for name in names), **parts
    )


def test_feasible_one_person_all_weekend(small):
    # Saturday and Sunday, two people: one each would be fairer, but that is a handover.
    found = small.solved(region(small, small.day(7), small.day(8), "ann", "bob"))
    assert len(set(found.holders)) == 1
    assert found.cost("pairs") == 0


def test_feasible_shared_where_nobody_asks(small):
    found = small.solved(
        region(small, small.day(7), small.day(8), "ann", "bob", continuity=Continuity.NONE)
    )
    assert sorted(found.holders) == ["ann", "bob"]


def test_infeasible_for_one_who_is_away_on_sunday(small):
    # Ann on Saturday, Bob on Sunday: a handover, never a gap.
    away = (small.absence(small.day(8)), small.absence(small.day(7), who="bob"))
    found = small.solved(region(small, small.day(7), small.day(8), "ann", "bob", absences=away))
    assert found.holders == ["ann", "bob"]
    assert found.cost("pairs") == 2


@pytest.mark.parametrize(
    ("continuity", "cost"), [(Continuity.WEEK, 4), (Continuity.WEEKEND, 2), (Continuity.NONE, 0)]
)
def test_penalty_is_two_for_each_holder_beyond_the_first(small, continuity, cost):
    # Friday Ann, Saturday Bob, Sunday Cas. In the week three holders: 2 x 2. A duty from Friday
    # midnight starts before noon and is no part of the weekend: two holders, 2.
    days = {"ann": 6, "bob": 7, "cas": 8}
    away = tuple(
        small.absence(small.day(number), who=name)
        for name, mine in days.items()
        for number in days.values()
        if number != mine
    )
    found = small.solved(
        region(small, small.day(6), small.day(8), *days, continuity=continuity, absences=away)
    )
    assert found.holders == ["ann", "bob", "cas"]
    assert found.cost("pairs") == cost


def test_penalty_is_nothing_from_weekend_to_weekend(small):
    # Ann the first, Bob the second weekend: no handover within either.
    away = (
        small.absence(small.day(14), small.day(15)),
        small.absence(small.day(7), small.day(8), who="bob"),
    )
    lines = tuple(
        small.always(f"we-{number}", small.day(number), small.day(number + 1)) for number in (7, 14)
    )
    asked = small.region(
        lines=tuple(
            small.always(each.id, each.valid_from, each.valid_until, continuity=Continuity.WEEKEND)
            for each in lines
        ),
        physicians=(small.person("ann"), small.person("bob")),
        absences=away,
    )
    found = small.solved(asked, weeks=2)
    assert found.holders == ["ann", "ann", "bob", "bob"]
    assert found.cost("pairs") == 0
