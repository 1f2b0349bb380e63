"""Smallest cases that once gave a bound too high, an illegal column or a crash."""

from __future__ import annotations

import itertools

import pytest

from so247.solver.budget import Budget
from so247.solver.columns import layers, person, plan
from so247.solver.evaluate import Evaluator
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Option, Problem, Task, Tier, ones
from so247.solver.search_columns import Columns

COST = Tier.COVERAGE


def days(number: int, people: int = 1, pins: tuple[int, ...] = ()) -> Builder:
    builder = Builder(people=[f"p{p}" for p in range(people)], contracts=["c"])
    builder.tasks = [Task(f"t{d}", people, 60, COST) for d in range(number)]
    builder.options = [
        Option(d, p, 0, d * 1440, d * 1440 + 60, p * number + d in pins)
        for p in range(people)
        for d in range(number)
    ]
    return builder


def check(problem: Problem, *, apart: bool = True) -> None:
    """Rosters are legal, keep pins and are found if there are any; no bound is above the optimum.

    ``apart``: whether the problem can be told person by person; where it cannot, nothing is tried.
    """
    evaluator, least = Evaluator(problem), None
    for choice in itertools.product((0, 1), repeat=len(problem.options)):
        kept = all(x for o, x in zip(problem.options, choice, strict=True) if o.pinned)
        if kept and not evaluator.broken(choice):
            cost = evaluator.tiers(choice)[0]
            least = cost if least is None else min(least, cost)
    budget = Budget(Limits(seconds=5, reproducible=True))
    columns = Columns.of(problem, COST, 1, budget, lambda: budget.left <= 0)
    assert (columns is not None) == apart
    found = 0
    for choice, bound in columns.run() if columns else ():
        assert least is None or bound <= least, f"bound {bound} above the optimum {least}"
        if choice is not None:
            found += 1
            assert not evaluator.broken(choice), evaluator.broken(choice)
            assert all(x for o, x in zip(problem.options, choice, strict=True) if o.pinned), (
                "pin dropped"
            )
    if columns is not None:
        assert bool(found) == (least is not None)


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "REACH", 3)  # so that five days are long


def long(builder: Builder, people: int = 1) -> None:
    """A harmless counter each: long rules are priced as counters."""
    n = len(builder.options) // people
    for p in range(people):
        builder.at_most("cap", p, ones(range(p * n, p * n + n)), n - 1)


def test_a_person_without_a_long_rule() -> None:
    check(days(1).build())


def test_a_person_without_options() -> None:
    builder = days(3)
    long(builder)
    builder.people.append("nobody")
    check(builder.build())


def test_no_people() -> None:
    check(Builder().build(), apart=False)


def test_a_rule_that_nothing_satisfies() -> None:
    builder = days(2)
    builder.at_most("min", 0, [(0, -1), (1, -1)], -3)
    check(builder.build(), apart=False)


def test_near_rules_that_contradict() -> None:
    builder = days(3)
    builder.at_most("min", 0, [(1, -1)], -1)
    builder.at_most("max", 0, [(0, 1), (1, 1)], 0)
    check(builder.build())


def test_overlapping_groups_below_a_limit() -> None:
    builder = days(5)
    both = ones([builder.any_of([0, 4]), builder.any_of([1, 4])])
    builder.at_most("m", 0, both, 1)
    builder.cost("c", COST, 0, 4, -5)
    check(builder.build())


def test_overlapping_groups_above_a_limit() -> None:
    builder = days(5)
    builder.at_most("m", 0, [(builder.any_of([0, 4]), -1), (builder.any_of([1, 4]), -1)], -2)
    for v in range(4):
        builder.cost("c", COST, 0, v, 5)
    check(builder.build())


def test_mixed_signs_may_be_below_nothing() -> None:
    builder = days(5)
    builder.at_most("m", 0, [(v, 1 if v < 4 else -1) for v in range(5)], 0)
    for v in range(4):
        builder.cost("c", COST, 0, v, 3)
    builder.cost("c", COST, 0, 4, -5)
    check(builder.build())


def test_priced_in_negative_any_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person, "FEWEST", 1)
    monkeypatch.setattr(person, "MOST", 1)
    builder = days(5)
    builder.at_most("m", 0, [(builder.any_of([0, 4]), -1), (1, 1), (2, 1), (3, 1)], 1)
    builder.at_most("least", 0, [(v, -1) for v in range(5)], -1)
    for v, cost in ((0, 2), (4, 2), (1, -3), (2, -3), (3, 9)):
        builder.cost("c", COST, 0, v, cost)
    builder.penalise("soft", COST, 0, [(3, 1)], 0, 100)  # so that hard limits are dear
    check(builder.build())


def test_a_cost_of_several_options_together() -> None:
    builder = days(5)
    long(builder)
    builder.cost("c", COST, 0, builder.any_of([0, 1]), -5)
    check(builder.build(), apart=False)


def test_a_cost_of_a_total_counts_once() -> None:
    builder = days(5)
    long(builder)
    builder.cost("c", COST, 0, builder.total(ones([0, 1])), 5)
    builder.at_most("x", 0, [(0, -1)], -1)
    builder.at_most("x", 0, [(1, -1)], -1)
    check(builder.build(), apart=False)


def test_two_pins_in_one_layer() -> None:
    builder = days(5, pins=(0, 1))
    builder.at_most_one("q", [0, 1])
    long(builder)
    check(builder.build(), apart=False)


def test_two_pins_in_one_near_clique() -> None:
    builder = days(5, pins=(0, 2))
    for pair in ([0, 2], [0, 1], [1, 2]):
        builder.at_most_one("q", pair)
    long(builder)
    check(builder.build(), apart=False)


def test_two_pins_apart() -> None:
    builder = days(6, pins=(0, 2))
    builder.at_most_one("q", [0, 2])
    long(builder)
    check(builder.build(), apart=False)


def test_a_limit_that_people_share() -> None:
    builder = days(4, people=2)
    long(builder, 2)
    builder.at_most("cap", 0, [(0, 1), (4, 1)], 1)
    for v in (0, 4):
        builder.cost("c", COST, 0, v, -50)
    check(builder.build())


def test_counters_whose_places_overflow_a_number() -> None:
    builder = days(10)
    for at in range(7):  # each of them has to be kept exactly
        builder.at_most(f"least {at}", 0, [(v, -(9_973 - at - v)) for v in range(10)], -20_000)
    check(builder.build(), apart=False)


def test_counters_that_would_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "ROOM", 1)  # as many long rules of one person do by themselves
    builder = days(5)
    long(builder)
    check(builder.build(), apart=False)


def test_nothing_shared_between_people() -> None:
    # Root stopped early (or a gap left): Around draws kind "alike" with no rows: nobody.
    builder = days(5)
    long(builder)
    columns = Columns.of(builder.build(), COST, 1, Budget(Limits(reproducible=True)), lambda: False)
    assert columns is not None
    columns._mix = lambda *_: iter(())  # as if time for the mix were over
    list(columns.run())


def same_day(choices: int) -> Builder:
    """One day, one person, so many options of which one is taken."""
    builder = days(choices)
    builder.options = [Option(0, 0, 0, 0, 60 + v, False) for v in range(choices)]
    builder.at_most_one("day", range(choices))
    return builder


def test_an_option_that_counts_twice_on_a_day_may_not_be_taken() -> None:
    # Option 1 stands in both groups, so that taking it makes two of at most one.
    builder = same_day(3)
    both = ones([builder.any_of([0, 1]), builder.any_of([1, 2])])
    builder.at_most("m", 0, both, 1)
    builder.cost("c", COST, 0, 1, -5)
    check(builder.build())


def test_nothing_in_an_any_of() -> None:
    builder = days(5)
    long(builder)
    builder.at_most("m", 0, ones([builder.any_of([]), 0]), 1)
    check(builder.build())


def test_nothing_that_has_to_be_something() -> None:
    builder = days(5)
    long(builder)
    builder.at_most("m", 0, [(builder.any_of([]), -1)], -1)
    check(builder.build(), apart=False)


def test_a_reward_for_an_excess_is_not_for_columns() -> None:
    # The more above, the cheaper: no price of a limit says that.
    builder = days(5)
    long(builder)
    builder.penalise("c", COST, 0, ones(range(5)), 1, -10)
    check(builder.build(), apart=False)


@pytest.mark.parametrize("dear", [10**6, 10**12, 10**14])
def test_no_rule_is_for_sale(monkeypatch: pytest.MonkeyPatch, dear: int) -> None:
    # Counters that are priced in get dear by doubling; what is kept exactly stays forbidden.
    monkeypatch.setattr(person, "FEWEST", 1)
    monkeypatch.setattr(person, "MOST", 1)
    builder = days(5)
    builder.at_most("most", 0, [(v, 480) for v in range(5)], 960)
    builder.at_most("next", 0, ones((0, 1)), 1)
    for v in range(5):
        builder.cost("c", COST, 0, v, -dear)
    check(builder.build())


def test_one_option_may_not_pay_for_a_limit_by_serving_many() -> None:
    # Three demands of 100 each would pay for breaking a limit that costs twice the dearest one.
    builder = days(5, people=2)
    long(builder, 2)
    for _ in range(3):
        builder.penalise("u", COST, 0, [(0, -1), (5, -1)], -1, 100)
    builder.at_most("cap", 0, ones((0, 5, 1, 6)), 1)
    builder.at_most("other", 0, [(1, -1), (6, -1)], -1)
    check(builder.build())
