"""``contract.minimum``: prorated minima, soft."""

from __future__ import annotations


def two_people(small, lines=None, **fields):
    """Ann with these minima per week, and Bob without."""
    people = (small.person("ann"), small.person("bob"))
    mine = small.contract("ann", per_weeks=1, **fields)
    lines = lines or (small.line("day", small.MONDAY, small.day(3)),)
    return small.region(lines=lines, physicians=people, contracts=(mine, small.contract("bob")))


def test_feasible_goes_to_whom_it_is_due(small):
    # Both duties are Ann's, although sharing them would be fairer: minima come first.
    found = small.solved(two_people(small, min_duties=2))
    assert found.holders == ["ann", "ann"]
    assert found.cost("soft_norms") == 0


def test_feasible_minima_are_rounded_down(small):
    # One per four weeks is a quarter in one: none.
    region = small.region(lines=(), contracts=(small.contract("ann", per_weeks=4, min_duties=1),))
    assert small.solved(region).cost("soft_norms") == 0


def test_infeasible_more_than_there_is(small):
    # Three due, two there: the solver cannot make work, and reports one missing.
    region = two_people(small, min_duties=3)
    found = small.solved(region)
    assert found.holders == ["ann", "ann"]
    assert found.cost("soft_norms") == 60
    both = (small.office(2), small.office(3))
    assert small.by_hand(region, *both) == {"contract.minimum"}


def test_penalty_is_sixty_for_each_missing_duty(small):
    # Nothing to hold: all three are missing.
    region = small.region(lines=(), contracts=(small.contract("ann", per_weeks=1, min_duties=3),))
    assert small.solved(region).cost("soft_norms") == 180


def test_penalty_of_weekends_and_nights(small):
    # One of two weekends (there is one Saturday) and one of two nights (that Saturday's).
    saturday = (small.always("a", small.day(7)),)
    found = small.solved(two_people(small, saturday, min_weekends=2, min_nights=2))
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == 120


def test_penalty_of_a_weekend_that_began_before_the_period(small):
    # The period starts on Saturday; Friday noon to Saturday noon began before it and is not
    # counted: the one weekend due is missing.
    region = small.region(
        lines=(small.always("a", small.day(6), small.day(7), pattern="noon"),),
        patterns=(small.pattern("noon", 12),),
        contracts=(small.contract("ann", per_weeks=1, min_weekends=1),),
        absences=(
            small.absence(small.day(6), until_time=small.time(12)),
            small.absence(small.day(7), from_time=small.time(12)),
        ),
    )
    found = small.solved(region, first=small.day(7))
    assert found.holders == ["ann"]
    assert found.cost("soft_norms") == 60


def test_penalty_prorated_for_long_leave(small):
    # Seven per week; on leave from Thursday 5 November noon for weeks: Monday to Wednesday are
    # three days present, 7 x 3 / 7 = 3 due, one held.
    away = small.absence(small.day(5), small.day(30), from_time=small.time(12))
    region = small.region(
        contracts=(small.contract("ann", per_weeks=1, min_duties=7),), absences=(away,)
    )
    assert small.solved(region).cost("soft_norms") == 120
