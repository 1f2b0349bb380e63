"""What the peers count while they search, against the evaluator: on rosters of a shipped region."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import pytest

from so247 import load_region
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Problem, Tier
from so247.solver.solve import build


@cache
def fortnight() -> Problem:
    region = load_region("veenland")
    assert region.planning_start is not None
    return build(region, region.planning_start, 2)[1]


@pytest.mark.parametrize("seed", range(5))
def test_the_ledger_counts_what_the_evaluator_counts(seed: int) -> None:
    from benchmarks.peers.ledger import Ledger
    from benchmarks.peers.reading import Reading
    from benchmarks.peers.weights import weigh

    problem = fortnight()
    reading, evaluator = Reading(problem), Evaluator(problem)
    weights = weigh(reading, None)
    breach = weights.most - weights.least + 1
    ledger = Ledger(reading, weights, breach)
    chance = random.Random(seed)
    for _ in range(300):
        ledger.flip(chance.randrange(len(problem.options)))
        ledger.settle()
        choice = ledger.values[: len(problem.options)]
        assert ledger.values == evaluator.values(choice).tolist()
        tiers = evaluator.tiers(choice)
        expected = sum(
            (tiers[tier] - problem.constants[tier]) // weights.unit[tier] * weight
            for tier, weight in weights.of.items()
        )
        # Without a breach the cost is the weighted tiers and nothing else; with one, more.
        broken = bool(evaluator.broken(choice))
        assert (ledger.cost > expected) == broken
        assert broken == (ledger.cost > weights.most)
        assert (ledger.cost - expected) % breach == 0


def test_exact_weights_order_choices_as_the_tiers_do() -> None:
    from benchmarks.peers.reading import Reading
    from benchmarks.peers.weights import weigh

    reading = Reading(fortnight())
    weights = weigh(reading, None)
    assert weights.exact
    for earlier, later in pairwise(sorted(weights.of)):
        rest = sum(
            weights.of[tier] * -(-reading.room(tier) // weights.unit[tier])
            for tier in weights.of
            if tier >= later
        )
        # One unit of a tier costs more than all that the later ones could come to.
        assert weights.of[earlier] > rest


def test_weights_that_do_not_fit_say_so_and_keep_the_order() -> None:
    from benchmarks.peers.reading import Reading
    from benchmarks.peers.weights import weigh

    weights = weigh(Reading(fortnight()), 2**50)
    assert not weights.exact
    assert weights.most - weights.least <= 2**50
    ordered = [weights.of[tier] for tier in Tier if tier in weights.of]
    assert ordered == sorted(ordered, reverse=True)
    assert min(ordered) == 1
