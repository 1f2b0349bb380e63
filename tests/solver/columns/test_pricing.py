"""The cheapest column is the cheapest legal way of one person, found by trying all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from so247.solver.columns.blocks import part
from so247.solver.columns.pool import Pool
from so247.solver.problem import Problem, Tier

Columns = Callable[[Problem, int], list[tuple[int, ...]]]

KINDS = [
    pytest.param({"days": 9, "shifts": 1}, id="nine days of one shift"),
    pytest.param({"days": 6, "shifts": 2}, id="six days of two shifts"),
    pytest.param({"days": 6, "shifts": 3, "pins": 1}, id="a pin among three shifts"),
    pytest.param({"days": 7, "shifts": 2, "pins": 2}, id="two pins"),
]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_cheapest_of_all_ways(
    made: Callable[..., Problem],
    ways: Columns,
    pooled: Callable[[Problem], Pool],
    kind: dict[str, Any],
    seed: int,
) -> None:
    problem = made(seed, **kind)
    person = pooled(problem).people[0]
    legal = ways(problem, 0)
    draw = np.random.default_rng(seed)
    for _ in range(8):
        costs = draw.integers(-50, 30, len(problem.options)).astype(float)
        by_layer = costs[person.options]
        priced, cheap = person.price(by_layer), person.price_legal(by_layer)
        if not legal:
            assert priced.column is None
            assert cheap is None
            continue
        # Whole numbers add up exactly, so equal is equal.
        least = min(costs[list(way)].sum() for way in legal)
        assert priced.least == least
        for column in (priced.column, cheap):
            assert column is not None
            assert set(column) in [set(way) for way in legal]
            assert costs[list(column)].sum() == least


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(6))
def test_priced_in_counters_never_hide_a_way(
    made: Callable[..., Problem],
    ways: Columns,
    pooled: Callable[[Problem], Pool],
    kind: dict[str, Any],
    seed: int,
) -> None:
    problem = made(seed, **kind, least=(300, 1_000))
    person = pooled(problem).people[0]
    assert person.couplings  # some upper limit is only priced in, or nothing is tested here
    legal = ways(problem, 0)
    draw = np.random.default_rng(seed)
    for _ in range(4):
        costs = draw.integers(-50, 30, len(problem.options)).astype(float)
        by_layer = costs[person.options]
        least = min((costs[list(way)].sum() for way in legal), default=np.inf)
        # Fewer rules allow more, and what is called legal is.
        assert person.price(by_layer).least <= least
        column = person.price_legal(by_layer)
        if legal:
            assert column is not None
            assert set(column) in [set(way) for way in legal]
            assert person.legal(column)
        else:
            assert column is None


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("seed", range(8))
def test_a_toll_is_paid_once_for_each_group(
    made: Callable[..., Problem],
    ways: Columns,
    pooled: Callable[[Problem], Pool],
    seed: int,
) -> None:
    # Weekends: they count once, on Saturday or on Sunday or on both; not all contracts limit them.
    problems = (
        made(each, days=9, shifts=1, least=(0,)) for each in range(10 * seed, 10 * seed + 10)
    )
    problem = next(each for each in problems if pooled(each).people[0].tolls)
    person = pooled(problem).people[0]
    draw = np.random.default_rng(seed)
    own = {int(v): float(draw.integers(-50, 30)) for v in person.options}
    rates = np.zeros(len(person.couplings))
    rates[[toll.row for toll in person.tolls]] = 40.0

    def paid(column: tuple[int, ...]) -> float:
        taken = set(column)
        weekends = [
            any(v in taken for v in members)
            for toll in person.tolls
            for _, members in toll.counter.groups
        ]
        return sum(own[v] for v in column) + 40.0 * sum(weekends)

    priced = person.price(np.array([own[int(v)] for v in person.options]), rates)
    assert priced.column is not None
    assert paid(priced.column) == priced.least
    assert sum(rates[row] * count for row, count in person.counts(priced.column)) == (
        priced.least - sum(own[v] for v in priced.column)
    )
    # Whoever pays for weekends and may hold any number of them is never dearer off than by rule.
    assert priced.least <= min(map(paid, ways(problem, 0)))


@pytest.mark.usefixtures("narrow")
def test_a_toll_is_paid_also_once_it_is_kept_exactly(
    made: Callable[..., Problem], pooled: Callable[[Problem], Pool]
) -> None:
    # The master's row stays; without its price the bound was lower than it could be.
    problems = (made(each, days=9, shifts=1, least=(0,)) for each in range(20))
    pool = next(each for each in map(pooled, problems) if each.people[0].tolls)
    person = pool.people[0]
    duals = np.where(pool.under > 0, 50.0, 0.0)  # so that there is work at weekends
    duals[[toll.row + len(pool.low) - len(person.couplings) for toll in person.tolls]] = -10.0
    while person._relaxed:
        assert person._keep(0)
    column, least = pool.price(0, duals)
    assert column is not None
    assert person.counts(column)
    assert pool.reduced(pool.add(0, column)[0], duals) == pytest.approx(least)


@pytest.mark.usefixtures("narrow")
def test_every_pricing_is_work(made: Callable[..., Problem]) -> None:
    done: list[float] = []
    problem = made(1, days=7, shifts=2, least=(300,))
    pool = Pool(problem, part(problem, Tier.COVERAGE), done.append)
    nothing = np.zeros(len(pool.low))
    pool.price_legal(0, nothing - 10.0, nothing - 10.0)
    assert sum(done) == pytest.approx(pool.people[0].effort * pool.people[0].priced)


@pytest.mark.usefixtures("short")
def test_pins_stay_whatever_they_cost(
    made: Callable[..., Problem], pooled: Callable[[Problem], Pool], ways: Columns
) -> None:
    problem = next(each for each in (made(seed, pins=2) for seed in range(40)) if ways(each, 0))
    person = pooled(problem).people[0]
    pinned = {v for v, option in enumerate(problem.options) if option.pinned}
    priced = person.price(np.where([v in pinned for v in person.options], 1e4, 0.0))
    assert len(pinned) == 2
    assert priced.column is not None
    assert pinned <= set(priced.column)
    assert priced.least == 2e4
