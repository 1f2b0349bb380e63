"""The evaluator and the model, against a plain recomputation and against every choice there is."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from so247.solver.evaluate import Evaluator
from so247.solver.model import Translator
from so247.solver.problem import AnyOf, Builder, Deviation, Option, Peak, Problem, Task, Tier

MANY = settings(max_examples=150, derandomize=True, deadline=None, database=None)
SOME = settings(max_examples=150, derandomize=True, deadline=None, database=None)
PRICED = (Tier.SOFT_NORMS, Tier.PAIRS, Tier.FAIRNESS)


@st.composite
def problems(draw: Any) -> Problem:
    """Up to six options on three tasks, everything else at random; the pins alone are legal."""
    people = 3
    builder = Builder(people=["ann", "bob", "cas"])
    builder.tasks += [Task(f"t{at}", 1, 60, Tier.COVERAGE) for at in range(3)]
    for _ in range(draw(st.integers(1, 6))):
        task, person = draw(st.integers(0, 2)), draw(st.integers(0, people - 1))
        pinned = draw(st.integers(0, 5)) == 0
        builder.options.append(Option(task, person, 0, task * 100, task * 100 + 60, pinned))
    for task in range(3):
        options = [v for v, each in enumerate(builder.options) if each.task == task]
        if len({v for v in options if builder.options[v].pinned}) < 2:
            builder.at_most_one("one", options)
            terms = [(v, -1) for v in options]
            builder.penalise("gap", Tier.COVERAGE, -1, terms, -1, 60, linear=True)
    any_variable = st.integers(0, len(builder.options) - 1)
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            booleans = st.sampled_from(_booleans(builder))
            builder.any_of(draw(st.sets(booleans, min_size=1)))
        else:
            terms = draw(st.lists(st.tuples(any_variable, st.integers(-2, 3)), min_size=1))
            builder.total(dict(terms).items())
        any_variable = st.integers(0, len(builder.options) + len(builder.derived) - 1)
    some = st.lists(
        st.tuples(any_variable, st.integers(1, 3)), min_size=1, max_size=4, unique_by=lambda t: t[0]
    )
    mixed = st.lists(
        st.tuples(any_variable, st.integers(-3, 3)),
        min_size=1,
        max_size=4,
        unique_by=lambda t: t[0],
    )
    option = st.integers(0, len(builder.options) - 1)
    for _ in range(draw(st.integers(0, 2))):
        own = draw(st.sets(option, min_size=1, max_size=3))
        builder.at_most(
            "row", 0, [(v, draw(st.integers(1, 3))) for v in own], draw(st.integers(0, 4))
        )
    tiers = st.sampled_from([Tier.SOFT_NORMS, Tier.PAIRS])
    for _ in range(draw(st.integers(0, 3))):
        builder.penalise(
            "soft", draw(tiers), draw(st.integers(0, 2)), draw(mixed), draw(st.integers(-2, 3)), 7
        )
    for person in range(draw(st.integers(0, 2))):
        terms, target = tuple(draw(some)), draw(st.integers(-2, 6))
        weight = draw(st.integers(0, 2))
        builder.deviations.append(
            Deviation("fair", Tier.FAIRNESS, person, terms, target, weight, "weeknight")
        )
    if draw(st.booleans()) and builder.deviations:
        builder.peaks.append(Peak("fair", Tier.FAIRNESS, 2))
    for _ in range(draw(st.integers(0, 3))):
        variable = draw(st.sampled_from(_booleans(builder)))
        builder.cost("cost", Tier.PAIRS, draw(st.integers(0, 2)), variable, draw(st.integers(1, 4)))
    builder.constant(Tier.PAIRS, draw(st.integers(0, 3)))
    return builder.build()


def _booleans(builder: Builder) -> list[int]:
    """Variables that are true or false: what "any of" and costs are about."""
    first = len(builder.options)
    return [
        *range(first),
        *(first + at for at, each in enumerate(builder.derived) if isinstance(each, AnyOf)),
    ]


def variables(problem: Problem, choice: list[int]) -> list[int]:
    """All values, one by one, as the docstrings of the parts say."""
    values = list(choice)
    for each in problem.derived:
        if isinstance(each, AnyOf):
            values.append(int(any(values[v] for v in each.members)))
        else:
            values.append(sum(values[v] * c for v, c in each.terms))
    return values


def summed(values: list[int], terms: Any) -> int:
    return sum(values[v] * c for v, c in terms)


def plain_tiers(problem: Problem, choice: list[int]) -> tuple[int, ...]:
    values = variables(problem, choice)
    tiers = list(problem.constants)
    for excess in problem.excesses:
        tiers[excess.tier] += excess.weight * max(0, summed(values, excess.terms) - excess.upper)
    for cost in problem.costs:
        tiers[cost.tier] += cost.weight * values[cost.variable]
    off = [abs(summed(values, each.terms) - each.target) for each in problem.deviations]
    for each, distance in zip(problem.deviations, off, strict=True):
        tiers[each.tier] += each.weight * distance
    for peak in problem.peaks:
        tiers[peak.tier] += peak.weight * max(off)
    return tuple(tiers)


def legal(problem: Problem, choice: list[int]) -> bool:
    values = variables(problem, choice)
    return all(summed(values, row.terms) <= row.upper for row in problem.rows) and all(
        sum(values[v] for v in clique.members) <= 1 for clique in problem.cliques
    )


def every_choice(problem: Problem) -> list[list[int]]:
    """Every choice in which the pins stand."""
    ways = [(1,) if option.pinned else (0, 1) for option in problem.options]
    return [list(picked) for picked in product(*ways)]


@MANY
@given(problems())
def test_every_choice_is_worth_what_a_plain_recomputation_says(problem: Problem) -> None:
    evaluator = Evaluator(problem)
    for choice in every_choice(problem):
        assert list(evaluator.values(choice)) == variables(problem, choice)
        assert evaluator.tiers(choice) == plain_tiers(problem, choice)


@MANY
@given(problems())
def test_contributions_are_all_but_the_constants_and_the_peak(problem: Problem) -> None:
    evaluator = Evaluator(problem)
    for choice in every_choice(problem):
        values = variables(problem, choice)
        off = [abs(summed(values, each.terms) - each.target) for each in problem.deviations]
        shared = list(problem.constants)
        for peak in problem.peaks:
            shared[peak.tier] += peak.weight * max(off)
        for (tier, _, _), value in evaluator.contributions(choice).items():
            shared[tier] += value
        assert tuple(shared) == plain_tiers(problem, choice)


@MANY
@given(problems())
def test_a_choice_is_called_broken_when_it_breaks_a_row_or_clique(problem: Problem) -> None:
    evaluator = Evaluator(problem)
    for choice in every_choice(problem):
        # No clique of these problems holds two pins, so pins excuse nothing here.
        assert (evaluator.broken(choice) == []) == legal(problem, choice)


@SOME
@given(problems(), st.data())
def test_a_part_solved_alone_is_the_best_of_all_choices_of_that_part(
    problem: Problem, data: st.DataObject
) -> None:
    evaluator = Evaluator(problem)
    starts = [choice for choice in every_choice(problem) if legal(problem, choice)]
    start = data.draw(st.sampled_from(starts))
    free = data.draw(st.sets(st.sampled_from(range(len(problem.options))), min_size=1))
    tier = data.draw(st.sampled_from([Tier.COVERAGE, *PRICED]))
    within = [
        choice
        for choice in starts
        if all(choice[v] == start[v] for v in range(len(choice)) if v not in free)
    ]
    best = min(plain_tiers(problem, choice)[tier] for choice in within)

    part = Translator(problem).submodel(free, evaluator.values(start), list(Tier))
    part.model.minimize(part.cost(tier))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(part.model) == cp_model.OPTIMAL
    found = list(start)
    for variable, name in part.options.items():
        found[variable] = int(solver.boolean_value(name))

    assert legal(problem, found)
    # The part's cost and what the rest costs as it is are the tier's value, before and after.
    rest = plain_tiers(problem, start)[tier] - part.now.get(tier, 0)
    assert round(solver.objective_value) + rest == best
    assert plain_tiers(problem, found)[tier] == best


def test_two_pins_at_once_stand_but_nothing_may_join_them() -> None:
    builder = Builder(people=["ann"])
    builder.tasks += [Task(f"t{at}", 1, 60, Tier.COVERAGE) for at in range(3)]
    builder.options += [Option(at, 0, 0, 0, 60, pinned=at < 2) for at in range(3)]
    builder.at_most_one("one", [0, 1, 2])
    evaluator = Evaluator(builder.build())
    assert evaluator.broken([1, 1, 0]) == []
    assert evaluator.broken([1, 1, 1]) == ["one"]
