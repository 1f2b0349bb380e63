"""A part of a problem asks less than the whole: checked over every choice of small problems."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.solver.bounds.parts import JOINED
from so247.solver.bounds.relaxed import components, relaxed
from so247.solver.budget import Budget
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.incidence import Incidence
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Deviation, Option, Peak, Problem, Task, Tier, ones
from so247.solver.search_relaxed import Asked, Relaxer

MANY = settings(max_examples=150, derandomize=True, deadline=None, database=None)
FEW = settings(max_examples=60, derandomize=True, deadline=None, database=None)
STRANGE = (Tier.PAIRS, Tier.WISHES, Tier.TRAVEL)


@st.composite
def problems(draw: Any, *, lowest: int = 0) -> Problem:
    """Up to seven options on up to four tasks, under anything that a rule could state of them."""
    builder = Builder(people=["p0", "p1"])
    for index in range(draw(st.integers(1, 4))):
        builder.tasks.append(Task(f"t{index}", 1, 60, Tier.COVERAGE))
        for person in range(draw(st.integers(1, 2))):
            start = index * 1000
            builder.options.append(Option(index, person, 0, start, start + 60))
    options = list(range(len(builder.options)))
    some = st.lists(st.sampled_from(options), min_size=1, max_size=4, unique=True)
    for _ in range(draw(st.integers(0, 3))):
        builder.any_of(draw(some))
    signed = st.integers(-2, 3)
    for _ in range(draw(st.integers(0, 1))):
        builder.total((v, draw(signed)) for v in draw(some))
    flags = [*options, *(v for v in range(len(options), len(options) + len(builder.derived)))]
    terms = st.lists(st.tuples(st.sampled_from(flags), signed), min_size=1, max_size=4)
    for _ in range(draw(st.integers(0, 2))):
        builder.at_most_one("clique", draw(some))
        builder.at_most("row", 0, draw(terms), draw(st.integers(0, 3)))
    for tier in STRANGE:
        for _ in range(draw(st.integers(0, 2))):
            variable = draw(
                st.sampled_from(options + [v for v in flags if builder.most([(v, 1)]) == 1])
            )
            builder.cost("cost", tier, 0, variable, draw(st.integers(lowest, 4)))
            upper = draw(st.integers(-1, 2))
            builder.penalise("soft", tier, 0, draw(terms), upper, draw(st.integers(1, 3)))
    for task in range(len(builder.tasks)):
        mine = [v for v in options if builder.options[v].task == task]
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
    for _ in range(draw(st.integers(0, 2))):
        carried = tuple(ones(draw(some)))
        builder.deviations.append(
            Deviation("fair", Tier.FAIRNESS, 0, carried, draw(st.integers(0, 2)), 1, "weekend")
        )
        builder.peaks = [Peak("fair", Tier.FAIRNESS, 1)]
    builder.constant(Tier.PAIRS, draw(st.integers(0, 3)))
    return builder.build()


def legal(problem: Problem) -> list[Ints]:
    """Every choice that breaks nothing."""
    evaluator = Evaluator(problem)
    every = (
        np.array(each, dtype=np.int64) for each in product((0, 1), repeat=len(problem.options))
    )
    return [choice for choice in every if not evaluator.broken(choice)]


@MANY
@given(problems(lowest=-3), st.sets(st.integers(0, 3)))
def test_what_is_legal_in_the_whole_is_legal_in_the_part_and_costs_no_more(
    problem: Problem, tasks: set[int]
) -> None:
    part = relaxed(problem, tasks)
    whole, cut = Evaluator(problem), Evaluator(part.problem)
    for choice in legal(problem):
        mine = choice[list(part.options)]
        assert not cut.broken(mine)
        costs = zip(cut.tiers(mine), whole.tiers(choice), strict=True)
        assert all(less <= more for less, more in costs)


@MANY
@given(problems(lowest=-3), st.sets(st.integers(0, 3)))
def test_a_part_is_the_same_where_only_what_touches_it_is_looked_at(
    problem: Problem, tasks: set[int]
) -> None:
    assert relaxed(problem, tasks, Incidence(problem)) == relaxed(problem, tasks)


@MANY
@given(problems())
def test_the_part_of_all_tasks_is_the_whole(problem: Problem) -> None:
    # Nothing is left out, so every tier costs the same: a cut that lost something would cost less.
    part = relaxed(problem, range(len(problem.tasks)))
    whole, cut = Evaluator(problem), Evaluator(part.problem)
    for choice in legal(problem):
        assert cut.tiers(choice) == whole.tiers(choice)


@MANY
@given(problems(), st.sampled_from(STRANGE))
def test_no_penalty_of_a_tier_stands_in_two_components(problem: Problem, tier: Tier) -> None:
    # Then what the parts pay adds up to what the whole pays.
    evaluator = Evaluator(problem)
    parts = [relaxed(problem, tasks) for tasks in components(problem, (tier,))]
    for choice in legal(problem):
        own = sum(
            Evaluator(part.problem).tiers(choice[list(part.options)])[tier]
            - part.problem.constants[tier]
            for part in parts
        )
        assert own + problem.constants[tier] == evaluator.tiers(choice)[tier]


@FEW
@given(problems(), st.data())
def test_no_roster_as_good_before_a_tier_is_below_the_bound_of_its_parts(
    problem: Problem, data: st.DataObject
) -> None:
    evaluator = Evaluator(problem)
    everything = [(evaluator.tiers(choice), choice) for choice in legal(problem)]
    values, choice = data.draw(st.sampled_from(everything))
    relaxer = Relaxer(problem, 1, Budget(Limits(seconds=60, reproducible=True)), None)
    for tier in JOINED:
        bound = relaxer.bound(Asked(tier, choice, values), 5.0).bound
        best = min(
            reached[tier]
            for reached, _ in everything
            if all(a <= b for a, b in zip(reached[:tier], values[:tier], strict=True))
        )
        assert bound <= best
