"""The constructed start: legal always, complete where there is room, and the same again."""

from __future__ import annotations

import numpy as np
import pytest

from so247.scenarios.small import Shape, small
from so247.solver.changing import Changing
from so247.solver.construct import construct
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Builder, Option, Problem, Task, Tier
from so247.solver.solve import build

SEEDS = range(12)


def of_small(seed: int, shape: Shape | None = None) -> Problem:
    made = small(seed, shape)
    return build(made.region, made.start, made.weeks)[1]


def two_tasks() -> Problem:
    """Two duties at the same time. Anna (0) may hold both and is the cheaper one for the first;
    Bob (1) may hold only the first."""
    builder = Builder(people=["anna", "bob"], contracts=["a", "b"])
    builder.tasks = [Task("first", 1, 60, Tier.COVERAGE), Task("second", 1, 60, Tier.COVERAGE)]
    builder.options = [Option(0, 0, 0, 0, 60), Option(0, 1, 1, 0, 60), Option(1, 0, 0, 0, 60)]
    builder.at_most_one("one", (0, 1))
    builder.at_most_one("place", (0, 2))
    builder.cost("dear", Tier.PAIRS, 1, 1, 5)
    return builder.build()


@pytest.mark.parametrize("seed", SEEDS)
def test_small_regions_are_held_whole_and_legally(seed: int) -> None:
    # Each is built around a roster without gaps, with room in its limits besides.
    problem = of_small(seed)
    evaluator = Evaluator(problem)
    choice = construct(problem, seed)
    assert evaluator.broken(choice) == []
    held = np.bincount([o.task for o, c in zip(problem.options, choice, strict=True) if c])
    assert held.tolist() == [task.need for task in problem.tasks]


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_legal_also_where_hardly_anybody_is_left(seed: int) -> None:
    # A third of the options is gone at random, so that much cannot be held by anybody.
    problem = of_small(seed)
    gone = np.random.default_rng(seed).random(len(problem.options)) < 1 / 3
    barred = Builder()
    barred.people, barred.contracts = list(problem.people), list(problem.contracts)
    barred.tasks, barred.options = list(problem.tasks), list(problem.options)
    barred.derived = list(problem.derived)
    barred.cliques, barred.rows = list(problem.cliques), list(problem.rows)
    for variable in np.flatnonzero(gone).tolist():
        barred.at_most("gone", -1, [(variable, 1)], 0)
    tight = barred.build()
    choice = construct(tight, seed)
    assert Evaluator(tight).broken(choice) == []
    assert not choice[gone].any()


def test_who_is_in_the_way_makes_room() -> None:
    # Cheapest first, Anna takes the first duty, and nobody is left for the second: Anna has to
    # leave the first to Bob. That is the only choice in which both are held.
    assert construct(two_tasks(), 1).tolist() == [0, 1, 1]


def test_soft_norms_are_spared_where_somebody_else_can() -> None:
    # Both may hold the duty at no price of its own; for Anna it would be one too many.
    builder = Builder(people=["anna", "bob"], contracts=["a", "b"])
    builder.tasks = [Task("first", 1, 60, Tier.COVERAGE)]
    builder.options = [Option(0, 0, 0, 0, 60), Option(0, 1, 1, 0, 60)]
    builder.at_most_one("one", (0, 1))
    builder.penalise("norm", Tier.SOFT_NORMS, 0, [(0, 1)], 0, 60)
    problem = builder.build()
    assert [Changing(problem).strain(v) for v in (0, 1)] == [60, 0]
    assert construct(problem, 1).tolist() == [0, 1]


def test_what_others_lean_on_is_held_first() -> None:
    # The duty of task 0 counts only while task 1 is held: nobody could be placed on it before.
    builder = Builder(people=["anna", "bob"], contracts=["a", "b"])
    builder.tasks = [Task("junior", 1, 60, Tier.COVERAGE), Task("senior", 1, 60, Tier.COVERAGE)]
    builder.options = [Option(0, 0, 0, 0, 60), Option(1, 1, 1, 0, 60)]
    builder.at_most("lean", -1, [(0, 1), (1, -1)], 0)
    problem = builder.build()
    assert construct(problem, 1).tolist() == [1, 1]
    assert Evaluator(problem).broken(construct(problem, 1)) == []


def test_pins_stand_and_nothing_joins_their_conflict() -> None:
    # Anna is pinned to both at once, which no limit undoes; the first is then Anna's, not Bob's.
    builder = Builder(people=["anna", "bob"], contracts=["a", "b"])
    builder.tasks = [Task("first", 1, 60, Tier.COVERAGE), Task("second", 1, 60, Tier.COVERAGE)]
    builder.options = [
        Option(0, 0, 0, 0, 60, pinned=True),
        Option(0, 1, 1, 0, 60),
        Option(1, 0, 0, 0, 60, pinned=True),
    ]
    builder.at_most_one("one", (0, 1))
    builder.at_most_one("place", (0, 2))
    problem = builder.build()
    assert construct(problem, 1).tolist() == [1, 0, 1]
    assert Evaluator(problem).broken(construct(problem, 1)) == []


def test_the_same_seed_gives_the_same_choice() -> None:
    problem = of_small(3)
    assert construct(problem, 7).tolist() == construct(problem, 7).tolist()


def test_a_problem_without_tasks_has_an_empty_choice() -> None:
    assert construct(Builder().build(), 1).tolist() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_changing_agrees_with_evaluating_anew(seed: int) -> None:
    # Options come and go at random; after each the values are those of an evaluation from nothing,
    # and what is exceeded is what that finds exceeded.
    problem = of_small(seed)
    evaluator, now = Evaluator(problem), Changing(problem)
    rng = np.random.default_rng(seed)
    for option in rng.integers(0, len(problem.options), 60).tolist():
        if problem.options[option].pinned:
            continue
        now.change(option, 1 - 2 * now.value[option])
        values = evaluator.values(now.choice())
        assert now.value == values.tolist()
        over = [evaluator.cliques.of(values) > 1, evaluator.rows.of(values) > evaluator.row_upper]
        assert sorted(now.broken) == np.flatnonzero(np.concatenate(over)).tolist()
        soft = [e for e in problem.excesses if e.tier is Tier.SOFT_NORMS]
        sums = [sum(c * now.value[v] for v, c in each.terms) for each in soft]
        assert now.sums[now.hard :] == sums
