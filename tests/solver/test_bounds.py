"""Bounds by counting, against every choice there is: never above the best, and exact where said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from so247.solver.bounds import counting as bounds
from so247.solver.evaluate import Evaluator
from so247.solver.problem import (
    Builder,
    Deviation,
    Option,
    Peak,
    Problem,
    Task,
    Tier,
)

MANY = settings(max_examples=200, derandomize=True, deadline=None, database=None)
POINT = 1000


def choices(problem: Problem, *, filled: bool) -> Iterator[list[int]]:
    """Every choice with at most ``need`` options of a task (exactly so many if ``filled``),
    no two of one task at the same time."""
    of_task: list[list[int]] = [[] for _ in problem.tasks]
    for variable, option in enumerate(problem.options):
        of_task[option.task].append(variable)
    ways = []
    for task, options in zip(problem.tasks, of_task, strict=True):
        sizes = [task.need] if filled else range(task.need + 1)
        ways.append(
            [
                some
                for size in sizes
                for some in combinations(options, size)
                if len({problem.options[v].start for v in some}) == size
            ]
        )
    for picked in product(*ways):
        chosen = {v for some in picked for v in some}
        yield [int(v in chosen) for v in range(len(problem.options))]


def least(problem: Problem, tier: Tier, *, filled: bool) -> int:
    """The lowest value of a tier over every such choice."""
    evaluator = Evaluator(problem)
    found = [evaluator.tiers(choice)[tier] for choice in choices(problem, filled=filled)]
    assume(found)
    return min(found)


@st.composite
def burdens(draw: Any, *, alike: bool = False) -> Problem:
    """Up to four duties shared by up to three people, perhaps of two burdens, perhaps with a peak.

    ``alike``: everybody may hold everything, each duty is one point, there is no peak.
    """
    people = draw(st.integers(1, 3))
    builder = Builder(people=[f"p{at}" for at in range(people)])
    terms: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for index in range(draw(st.integers(1, 4))):
        builder.tasks.append(Task(f"t{index}", 1, 60, Tier.COVERAGE))
        points = 1 if alike else draw(st.integers(1, 2))
        group = "weeknight" if alike else draw(st.sampled_from(["weeknight", "weekend"]))
        everybody = range(people)
        takers = (
            everybody
            if alike
            else draw(st.sets(st.sampled_from(everybody), min_size=1, max_size=people))
        )
        for person in sorted(takers):
            builder.options.append(Option(index, person, 0, index * 1000, index * 1000 + 60))
            terms.setdefault((person, group), []).append((len(builder.options) - 1, points * POINT))
    for (person, group), own in terms.items():
        target, weight = draw(st.integers(-1500, 4500)), draw(st.integers(0, 3))
        builder.deviations.append(
            Deviation("fair", Tier.FAIRNESS, person, tuple(own), target, weight, group)
        )
    if not alike and draw(st.booleans()):
        builder.peaks.append(Peak("fair", Tier.FAIRNESS, draw(st.integers(1, 2))))
    builder.constant(Tier.FAIRNESS, draw(st.integers(0, 5)))
    return builder.build()


@MANY
@given(burdens())
def test_no_split_of_the_points_beats_the_bound(problem: Problem) -> None:
    assert bounds.fairness(problem, all_filled=True) <= least(problem, Tier.FAIRNESS, filled=True)


@MANY
@given(burdens())
def test_nor_does_one_that_leaves_gaps(problem: Problem) -> None:
    assert bounds.fairness(problem, all_filled=False) <= least(problem, Tier.FAIRNESS, filled=False)


@MANY
@given(burdens(alike=True))
def test_where_everybody_may_hold_everything_the_bound_is_the_best_split(problem: Problem) -> None:
    # One burden, one size of step, no peak: what the greedy deals out is a roster.
    assert bounds.fairness(problem, all_filled=True) == least(problem, Tier.FAIRNESS, filled=True)
    assert bounds.fairness(problem, all_filled=False) == least(problem, Tier.FAIRNESS, filled=False)


@st.composite
def outsiders(draw: Any) -> Problem:
    """Sessions on days, of which some options count as unpaired: their number is a choice."""
    people = draw(st.integers(2, 3))
    builder = Builder(people=[f"p{at}" for at in range(people)])
    own: dict[int, list[int]] = {}
    for index in range(draw(st.integers(1, 2))):
        builder.tasks.append(Task(f"t{index}", draw(st.integers(1, 2)), 60, Tier.SESSIONS))
        for day, person in product(range(2), range(people)):
            if not draw(st.booleans()):
                continue
            start = index * 10_000 + day * 1000
            builder.options.append(Option(index, person, 0, start, start + 60))
            if draw(st.booleans()):
                own.setdefault(person, []).append(len(builder.options) - 1)
    total = builder.total((v, 1) for options in own.values() for v in options)
    for person, options in own.items():
        terms = [*((v, POINT) for v in options), (total, -draw(st.integers(1, 600)))]
        builder.deviations.append(
            Deviation(
                "fair",
                Tier.FAIRNESS,
                person,
                tuple(terms),
                draw(st.integers(-1500, 1500)),
                draw(st.integers(0, 2)),
                "unpaired_session",
            )
        )
    return builder.build()


@MANY
@given(outsiders(), st.booleans())
def test_a_burden_whose_number_is_a_choice_is_bounded_too(problem: Problem, filled: bool) -> None:
    assert bounds.fairness(problem, all_filled=filled) <= least(
        problem, Tier.FAIRNESS, filled=filled
    )


@st.composite
def costly(draw: Any, *, shared: bool) -> Problem:
    """Tasks with costs on options, and (``shared``) on "any of" several, in one tier."""
    people = draw(st.integers(1, 3))
    builder = Builder(people=[f"p{at}" for at in range(people)])
    for index in range(draw(st.integers(1, 3))):
        need = draw(st.integers(1, 2)) if shared else 1
        builder.tasks.append(Task(f"t{index}", need, 60, Tier.COVERAGE))
        for day, person in product(range(need), range(people)):
            if day == person == 0 or draw(st.booleans()):
                start = index * 10_000 + day * 1000
                builder.options.append(Option(index, person, 0, start, start + 60))
    every = range(len(builder.options))
    for variable in every:
        builder.cost("pair", Tier.PAIRS, 0, variable, draw(st.integers(0, 3)))
    if shared:
        for _ in range(draw(st.integers(0, 4))):
            members = draw(st.sets(st.sampled_from(every), min_size=1))
            face = builder.any_of(members)
            builder.cost("face", Tier.PAIRS, 0, face, draw(st.integers(1, 3)))
    builder.constant(Tier.PAIRS, draw(st.integers(0, 3)))
    return builder.build()


@MANY
@given(costly(shared=True))
def test_nobody_fills_every_task_for_less(problem: Problem) -> None:
    best = least(problem, Tier.PAIRS, filled=True)
    assert bounds.filled(problem, Tier.PAIRS) <= best


@MANY
@given(costly(shared=False))
def test_costs_of_single_options_are_bounded_exactly(problem: Problem) -> None:
    # Every task takes its cheapest option: nothing stands in the way here.
    assert bounds.filled(problem, Tier.PAIRS) == least(problem, Tier.PAIRS, filled=True)


@MANY
@given(costly(shared=True) | burdens())
def test_the_trivial_bound_is_below_every_choice(problem: Problem) -> None:
    evaluator = Evaluator(problem)
    floor = bounds.trivial(problem)
    for choice in choices(problem, filled=False):
        assert all(low <= value for low, value in zip(floor, evaluator.tiers(choice), strict=True))


@given(
    st.lists(st.tuples(st.integers(-6, 20), st.integers(0, 3), st.integers(0, 4)), max_size=4),
    st.integers(1, 4),
    st.integers(0, 9),
    st.booleans(),
)
def test_dealing_is_exact(
    people: list[tuple[int, int, int]], step: int, points: int, fewer: bool
) -> None:
    targets, weights, most = ([each[at] for each in people] for at in range(3))
    found = bounds._deal(targets, weights, step, points, most, stop_early=fewer)
    # Every way to deal: all the points, as far as there is room; or at most so many.
    dealt = min(points, sum(most))
    ways = product(*(range(limit + 1) for limit in most))
    costs = [
        sum(abs(n * step - t) * w for n, t, w in zip(way, targets, weights, strict=True))
        for way in ways
        if sum(way) == dealt or (fewer and sum(way) < dealt)
    ]
    assert found == min(costs)
