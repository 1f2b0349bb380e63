"""``session.spread``: sessions of one demand are spread out."""

from __future__ import annotations

from so247.models.lines import Per


def asked(small, *numbers, **fields):
    """Sessions on these weekdays (0: Monday), without travel, so that only spread costs."""
    days = tuple(list(small.Weekday)[number] for number in numbers)
    return small.region(
        lines=(),
        sessions=(small.session(weekdays=days, **fields),),
        physicians=(small.person("ann", day_base="home"),),
    )


def days(found):
    return [each.when.start.isoweekday() for each in found.result.roster.assignments]


def test_feasible_with_a_day_between(small):
    # Two of Monday, Tuesday, Wednesday: Monday and Wednesday.
    found = small.solved(asked(small, 0, 1, 2, count=2))
    assert days(found) == [1, 3]
    assert found.cost("travel") == 0


def test_infeasible_to_spread_over_two_days_in_a_row(small):
    # Only Monday and Tuesday are allowed: held all the same (spread never costs a session).
    found = small.solved(asked(small, 0, 1, count=2))
    assert days(found) == [1, 2]
    assert found.cost("sessions") == 0
    assert found.cost("travel") == 30


def test_penalty_is_thirty_for_every_two_days_in_a_row(small):
    # Monday to Wednesday: two pairs.
    assert small.solved(asked(small, 0, 1, 2, count=3)).cost("travel") == 60


def test_penalty_is_nothing_from_friday_to_monday(small):
    # Friday and Monday of the next week are not consecutive dates.
    assert small.solved(asked(small, 0, 4, count=2), weeks=2).cost("travel") == 0


def test_penalty_in_four_weeks_is_sixty_beyond_an_even_share(small):
    # Four in a block of four weeks, one each week, is even. Away in the first two weeks: two and
    # two in the others, so two are beyond one a week: 120.
    block = asked(small, 0, 2, 4, count=4, per=Per.FOUR_WEEKS)
    assert small.solved(block, weeks=4).cost("travel") == 0
    away = small.absence(small.MONDAY, small.day(15))
    half = small.region(
        lines=(), sessions=block.sessions, physicians=block.physicians, absences=(away,)
    )
    found = small.solved(half, weeks=4)
    assert len(found.holders) == 4
    assert found.cost("travel") == 120
