"""Trades and what they are weighed with, held to the evaluator and to everything tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from so247.solver.evaluate import Evaluator
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Cost, Deviation, Option, Peak, Problem, Task, Tier
from so247.solver.search import Search
from so247.solver.search_scales import Scales
from so247.solver.search_trades import Trades


def shared(seed: int, tasks: int = 4, people: int = 3) -> Problem:
    """Duties of one or two points, shares off any round number, one limit, faces that cost."""
    random = Random(seed)
    builder = Builder(people=[f"p{at}" for at in range(people)])
    points = [random.choice((1000, 2000)) for _ in range(tasks)]
    for task in range(tasks):
        builder.tasks.append(Task(f"line@{task}", 1, 60, Tier.COVERAGE))
        for person in range(people):
            builder.options.append(Option(task, person, person, 60 * task, 60))
    for task in range(tasks):
        mine = range(people * task, people * (task + 1))
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
    for person in range(people):
        own = [people * task + person for task in range(tasks)]
        builder.cost("face", Tier.PAIRS, person, builder.any_of(own[:2]), random.randint(0, 2))
        terms = tuple((v, points[task]) for task, v in enumerate(own))
        target, weight = random.randint(-500, 3000), random.randint(1, 3)
        builder.deviations.append(
            Deviation("share", Tier.FAIRNESS, person, terms, target, weight, "nights")
        )
        builder.at_most("most", person, [(v, 1) for v in own], 2)
    builder.peaks.append(Peak("share", Tier.FAIRNESS, 1))
    return builder.build()


def full(problem: Problem, people: int = 3) -> list[np.ndarray]:
    """Every legal choice in which each task has one holder."""
    evaluator = Evaluator(problem)
    found = []
    for holders in product(range(people), repeat=len(problem.tasks)):
        choice = np.zeros(len(problem.options), dtype=np.int64)
        choice[[people * task + holder for task, holder in enumerate(holders)]] = 1
        if not evaluator.broken(choice):
            found.append(choice)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_scales_say_what_the_evaluator_says(seed: int) -> None:
    problem = shared(seed)
    evaluator = Evaluator(problem)
    start = full(problem)[0]
    scales = Scales(problem, evaluator, start, Tier.FAIRNESS)
    random = Random(seed)
    for _ in range(60):
        option = random.randrange(len(problem.options))
        scales.change(option, 1 - 2 * scales.value[option])
        choice = scales.choice()
        # The start breaks nothing, so "broken" means the same to both.
        assert bool(scales.broken) == bool(evaluator.broken(choice))
        if evaluator.broken(choice):
            continue
        before, now = evaluator.tiers(start), evaluator.tiers(choice)
        more = [b - a for a, b in zip(before, now, strict=True)][: Tier.FAIRNESS]
        assert scales.spent[: Tier.FAIRNESS] == more
        off = np.abs(evaluator.off_target(evaluator.values(choice)))
        assert scales.peak() == off.max()
        weights = [each.weight for each in problem.deviations]
        assert scales.off() == [int(o) * w for o, w in zip(off, weights, strict=True)]


@pytest.mark.parametrize("seed", range(8))
def test_trades_keep_what_comes_before_and_are_fairer(seed: int) -> None:
    problem = shared(seed)
    evaluator = Evaluator(problem)
    everything = full(problem)
    start = max(everything, key=evaluator.tiers)
    found = Trades(problem, evaluator, start, Tier.FAIRNESS, seed).run(3000, lambda: False)
    assert not evaluator.broken(found)
    before, after = evaluator.tiers(start), evaluator.tiers(found)
    # Nothing before fairness gets worse: faces cost at most what they did.
    assert after[: Tier.FAIRNESS] <= before[: Tier.FAIRNESS]
    # The start is the worst of all rosters, so a single handover betters it.
    assert after < before
    again = Trades(problem, evaluator, start, Tier.FAIRNESS, seed).run(3000, lambda: False)
    assert list(found) == list(again)


@pytest.mark.parametrize("seed", range(8))
def test_wishes_are_met_where_shares_stay_as_they_are(seed: int) -> None:
    # Nobody has a share to keep or a face to save here, and each task has a holder who minds less:
    # person 0 would rather not hold anything, the others do not mind, so that nothing stays unmet.
    problem = shared(seed)
    minds = tuple(Cost("wish", Tier.WISHES, 0, v, 1) for v in range(0, len(problem.options), 3))
    free = replace(problem, deviations=(), peaks=(), costs=minds)
    evaluator = Evaluator(free)
    start = max(full(free), key=evaluator.tiers)
    found = Trades(free, evaluator, start, Tier.WISHES, seed).run(500, lambda: False)
    assert evaluator.tiers(start)[Tier.WISHES] > 0
    assert evaluator.tiers(found)[Tier.WISHES] == 0
    # With shares to keep, what comes before wishes is never worse for them.
    bound = replace(problem, costs=(*problem.costs, *minds))
    evaluator = Evaluator(bound)
    for start in full(bound)[::7]:
        found = Trades(bound, evaluator, start, Tier.WISHES, seed).run(300, lambda: False)
        assert not evaluator.broken(found)
        before, after = evaluator.tiers(start), evaluator.tiers(found)
        assert all(b <= a for a, b in zip(before, after, strict=True))


def test_trades_end_when_told() -> None:
    problem = shared(1)
    start = full(problem)[0]
    found = Trades(problem, Evaluator(problem), start, Tier.FAIRNESS, 1).run(3000, lambda: True)
    assert list(found) == list(start)


@pytest.mark.parametrize("seed", range(6))
def test_a_share_in_whole_steps_costs_what_trying_everything_says(seed: int) -> None:
    # The model states besides each distance what whole steps leave of it at least: if that were too
    # much for any value, the proven best would be above the best of all rosters tried.
    problem = shared(seed)
    evaluator = Evaluator(problem)
    outcome = Search(problem, Limits(seconds=20, reproducible=True), 1, None, None).run()
    assert outcome.values == min(evaluator.tiers(choice) for choice in full(problem))
    assert tuple(outcome.bounds) == outcome.values
