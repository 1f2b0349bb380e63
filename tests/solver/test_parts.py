"""What parts of an earlier tier force of a later one, against every choice of small problems."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.solver.budget import Budget
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Option, Problem, Task, Tier
from so247.solver.search_relaxed import Asked, Relaxer

MANY = settings(max_examples=150, derandomize=True, deadline=None, database=None)
Prices = list[list[list[int]]]
"""Of each part, what its tasks cost by person."""


def offices(prices: Prices, wants: list[list[int]], rather_not: list[int]) -> Problem:
    """Parts of office work, each with a face for 2; wants of one of the options, for 3 each.

    Option ``i`` is of the i-th price; ``rather_not`` costs 1 each.
    """
    builder = Builder(people=["ann", "bob"])
    rows = [(part, row) for part, tasks in enumerate(prices) for row in tasks]
    faces: dict[tuple[int, int], list[int]] = {}
    for task, (part, row) in enumerate(rows):
        builder.tasks.append(Task(f"t{task}", 1, 60, Tier.COVERAGE))
        for person in range(len(row)):
            faces.setdefault((part, person), []).append(len(builder.options))
            builder.options.append(Option(task, person, 0, task * 1000, task * 1000 + 60))
    at = 0
    for _, row in rows:
        mine = range(at, at + len(row))
        at += len(row)
        builder.at_most_one("one", mine)
        held = [(v, -1) for v in mine]
        builder.penalise("held", Tier.COVERAGE, 0, held, -1, 60, linear=True)
        for v, price in zip(mine, row, strict=True):
            builder.cost("pair", Tier.PAIRS, 0, v, price)
    for (_, person), options in faces.items():
        builder.cost("face", Tier.PAIRS, person, builder.any_of(options), 2)
    for want in wants:
        builder.penalise("want", Tier.WISHES, 0, [(builder.any_of(want), -1)], -1, 3)
    for v in rather_not:
        builder.cost("not", Tier.WISHES, 0, v, 1)
    return builder.build()


def bound(problem: Problem, choice: Ints) -> int:
    relaxer = Relaxer(problem, 1, Budget(Limits(seconds=60, reproducible=True)), None)
    values = Evaluator(problem).tiers(choice)
    relaxer.bound(Asked(Tier.PAIRS, choice, values), 5.0)
    return relaxer.bound(Asked(Tier.WISHES, choice, values), 5.0).bound


@st.composite
def some_offices(draw: Any) -> Problem:
    row = st.lists(st.integers(0, 4), min_size=1, max_size=2)
    prices = draw(
        st.lists(st.lists(row, min_size=1, max_size=2), min_size=1, max_size=3).filter(
            lambda each: sum(len(row) for part in each for row in part) <= 9
        )
    )
    options = range(sum(len(row) for part in prices for row in part))
    some = st.lists(st.sampled_from(options), min_size=1, max_size=4, unique=True)
    return offices(prices, draw(st.lists(some, max_size=3)), draw(some))


@MANY
@given(some_offices(), st.data())
def test_no_roster_as_good_for_pairs_refuses_less(problem: Problem, data: st.DataObject) -> None:
    evaluator = Evaluator(problem)
    every = (np.array(c, dtype=np.int64) for c in product((0, 1), repeat=len(problem.options)))
    choices = [choice for choice in every if not evaluator.broken(choice)]
    choice = data.draw(st.sampled_from(choices))
    values = evaluator.tiers(choice)
    best = min(
        each[Tier.WISHES]
        for each in map(evaluator.tiers, choices)
        if all(a <= b for a, b in zip(each[: Tier.WISHES], values, strict=False))
    )
    assert bound(problem, choice) <= best


HERS = [[[0, 4]], [[0, 4]]]
"""Two parts of one task each, ann the pair in both, bob for 4 (options 1 and 3)."""


def test_a_want_that_every_part_refuses_is_refused() -> None:
    # Bob wants either task; each costs 4 more for pairs, so at the least for pairs he has neither.
    problem = offices(HERS, [[1, 3]], [])
    assert bound(problem, np.array([1, 0, 1, 0], dtype=np.int64)) == 3


def test_a_want_that_one_part_can_meet_is_not_refused() -> None:
    # The second task is as good with bob.
    problem = offices([[[0, 4]], [[0, 0]]], [[1, 3]], [])
    assert bound(problem, np.array([1, 0, 1, 0], dtype=np.int64)) == 0


def test_what_somebody_would_rather_not_but_pairs_ask_is_paid() -> None:
    # Ann would rather hold neither, and is the pair of both.
    problem = offices(HERS, [], [0, 2])
    assert bound(problem, np.array([1, 0, 1, 0], dtype=np.int64)) == 2
