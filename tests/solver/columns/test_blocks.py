"""Which problems can be told person by person, and what then couples people."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest

from so247.solver.budget import Budget
from so247.solver.columns.blocks import NotSeparableError, Rule, part
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Deviation, Option, Peak, Task, Tier, ones, scaled
from so247.solver.search_columns import Columns

BOTH = (0, 2)
"""The options of the first day, one of each person."""


@pytest.fixture
def two() -> Builder:
    """Two people, two days: options 0 and 1 are the first person's, 2 and 3 the second's."""
    builder = Builder(people=["p0", "p1"], contracts=["c"])
    builder.tasks = [Task(f"t{day}", 2, 60, Tier.COVERAGE) for day in range(2)]
    builder.options = [
        Option(day, who, 0, day * 1440, day * 1440 + 60) for who in range(2) for day in range(2)
    ]
    return builder


def _deviates(builder: Builder) -> None:
    builder.deviations.append(
        Deviation("fair", Tier.COVERAGE, 0, tuple(ones((0, 1))), 1, 1, "days")
    )


def _peaks(builder: Builder) -> None:
    builder.peaks.append(Peak("peak", Tier.COVERAGE, 1))


def _any_couples(builder: Builder) -> None:
    builder.penalise("any", Tier.COVERAGE, 0, ones([builder.any_of(BOTH), 1]), 0, 1)


def _any_demanded(builder: Builder) -> None:
    builder.at_most("any", 0, ones([builder.any_of(BOTH), 1]), 1)


def _cost_together(builder: Builder) -> None:
    builder.cost("cost", Tier.COVERAGE, 0, builder.any_of(BOTH), 1)


def _any_of_sum(builder: Builder) -> None:
    total = builder.total(ones((0, 1)))
    builder.at_most("any", 0, ones([builder.any_of([total, 1]), 0]), 1)


def _above_and_below(builder: Builder) -> None:
    builder.penalise("over", Tier.COVERAGE, 0, ones(BOTH), 0, 1)
    builder.penalise("under", Tier.COVERAGE, 0, scaled(BOTH, -1), -1, 1)


STRANGE = (
    _deviates,
    _peaks,
    _any_couples,
    _any_demanded,
    _cost_together,
    _any_of_sum,
    _above_and_below,
)


@pytest.mark.parametrize("add", STRANGE, ids=lambda add: add.__name__.strip("_"))
def test_not_person_by_person(two: Builder, add: Callable[[Builder], None]) -> None:
    part(two.build(), Tier.COVERAGE)  # without it there is nothing in the way
    add(two)
    problem = two.build()
    with pytest.raises(NotSeparableError):
        part(problem, Tier.COVERAGE)
    budget = Budget(Limits(reproducible=True))
    assert Columns.of(problem, Tier.COVERAGE, 1, budget, lambda: False) is None


@pytest.mark.parametrize("add", [_deviates, _peaks, _cost_together])
def test_other_tiers_are_not_asked(two: Builder, add: Callable[[Builder], None]) -> None:
    add(two)
    parted = part(two.build(), Tier.WISHES)
    assert not parted.couplings
    assert not parted.cost


@pytest.mark.parametrize("first", ["under", "over"])
def test_limits_on_one_sum_are_joined(two: Builder, first: str) -> None:
    """Whichever comes first, under and over of one sum are one coupling between two limits."""
    adds = {
        "under": lambda: two.penalise("under", Tier.COVERAGE, 0, scaled((2, 0), -1), -1, 30),
        "over": lambda: two.penalise("over", Tier.COVERAGE, 0, ones(BOTH), 1, 10),
    }
    adds.pop(first)()
    adds.popitem()[1]()
    # Another sum, and one from above only: both stay apart.
    two.penalise("under", Tier.COVERAGE, 0, scaled((1, 3), -1), -2, 7)
    two.at_most("most", 0, ones((0, 3)), 1)
    joined, *others = sorted(part(two.build(), Tier.COVERAGE).couplings, key=lambda c: c.terms != (
        (0, 1), (2, 1)))  # fmt: skip
    assert (joined.low, joined.high, joined.under, joined.over) == (1, 1, 30, 10)
    found = {(c.terms, c.low, c.high, c.under, c.over) for c in others}
    # What may not be broken has no price of its own.
    assert found == {
        (((0, 1), (3, 1)), -inf, 1, 0, None),
        (((1, 1), (3, 1)), 2, inf, 7, 0),
    }


def test_two_limits_from_above_stay_two(two: Builder) -> None:
    """A sum above 0 costs 1 and above 1 another 5: neither is the other's lower limit."""
    two.penalise("over", Tier.COVERAGE, 0, ones(BOTH), 0, 1)
    two.penalise("more", Tier.COVERAGE, 0, ones(BOTH), 1, 5)
    found = part(two.build(), Tier.COVERAGE).couplings
    assert [(c.low, c.high, c.over) for c in found] == [(-inf, 0, 1), (-inf, 1, 5)]


def test_sums_and_any_of_of_one_person_are_that_persons(two: Builder) -> None:
    any_day = two.any_of([0, 1])
    total = two.total([(0, 2), (1, 1), (any_day, 3)])
    two.at_most("own", 0, [(total, 2), (0, -1)], 5)
    two.at_most_one("day", [2, 3])
    parted = part(two.build(), Tier.COVERAGE)
    # 2 x (2a + b + 3 any) - a
    assert parted.blocks[0].rules == [Rule(((3, (0,)), (2, (1,)), (6, (0, 1))), 5)]
    assert parted.blocks[1].cliques == [(2, 3)]
    assert not parted.couplings


def test_costs_add_up(two: Builder) -> None:
    for weight in (4, -1):
        two.cost("ask", Tier.COVERAGE, 0, 1, weight)
    two.cost("other", Tier.WISHES, 0, 1, 50)
    two.constant(Tier.COVERAGE, 9)
    parted = part(two.build(), Tier.COVERAGE)
    assert parted.cost == {1: 3}
    assert parted.constant == 9
