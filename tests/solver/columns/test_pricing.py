"""The cheapest column is the cheapest legal way of one person, found by trying all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from so247.solver.columns.arrays import Floats, Indices
from so247.solver.columns.blocks import part
from so247.solver.columns.pool import Pool
from so247.solver.columns.pricing import Pricer
from so247.solver.problem import Problem, Tier

Columns = Callable[[Problem, int], list[tuple[int, ...]]]

ROUNDING = 1e-6
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
        priced = person.price(costs[person.options], 0.0)
        # Whole numbers add up exactly, so equal is equal; where there is no way none costs endless.
        assert priced.least == min((costs[list(way)].sum() for way in legal), default=np.inf)
        if legal:
            assert priced.column is not None
            assert set(priced.column) in [set(way) for way in legal]
            assert costs[list(priced.column)].sum() == priced.least
        else:
            assert priced.column is None


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
    assert person._relaxed  # some upper limit is only priced in, or nothing is tested here
    legal = ways(problem, 0)
    draw = np.random.default_rng(seed)
    for _ in range(4):
        costs = draw.integers(-50, 30, len(problem.options)).astype(float)
        priced = person.price(costs[person.options], 1e-4)
        assert priced.least <= min((costs[list(way)].sum() for way in legal), default=np.inf)
        if legal:
            assert priced.column is not None
            assert set(priced.column) in [set(way) for way in legal]
            assert costs[list(priced.column)].sum() >= priced.least - ROUNDING
        else:
            assert priced.column is None


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("seed", range(8))
def test_a_weekend_counts_once_also_where_it_is_priced_in(
    made: Callable[..., Problem], ways: Columns, pooled: Callable[[Problem], Pool], seed: int
) -> None:
    # One weekend may be worked, two Saturdays would each gain something. Paid for as halves of two
    # days both Saturdays come to one weekend, and the bound would allow both.
    costs = np.zeros(9)
    costs[[0, 7]] = -10.0, -14.0
    problems = (made(each, days=9, shifts=1, least=(0,)) for each in range(99 * seed, 9_999))
    problem = next(
        each
        for each in problems
        if any(row.rule == "weekends" and row.upper == 1 for row in each.rows)
        and min(costs[list(way)].sum() for way in ways(each, 0)) == -14.0
    )
    person = pooled(problem).people[0]
    assert any(each.tolled for each in person._relaxed)
    priced = person.price(costs[person.options], 1e-4)
    assert priced.least == pytest.approx(-14.0, abs=0.5)
    assert priced.column is not None
    assert costs[list(priced.column)].sum() == -14.0


@pytest.mark.usefixtures("narrow")
def test_every_pricing_is_work(
    made: Callable[..., Problem], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[float] = []
    problem = made(1, days=7, shifts=2, least=(300,))
    pool = Pool(problem, part(problem, Tier.COVERAGE), done.append)
    person, nothing, cheapest = pool.people[0], np.zeros(len(pool.low)), Pricer.cheapest
    asked: list[float] = []

    def counted(pricer: Pricer, costs: Floats, rates: Floats) -> tuple[float, Indices] | None:
        asked.append(person.effort)
        return cheapest(pricer, costs, rates)

    monkeypatch.setattr(Pricer, "cheapest", counted)
    before = len(person._relaxed)
    for prices in (nothing + 10.0, nothing - 10.0):
        pool.price(0, -prices, -prices)
    # Also those before a counter was kept exactly, after which each takes longer.
    assert len(asked) > 2
    assert len(person._relaxed) <= before
    assert sum(done) == pytest.approx(sum(asked))


@pytest.mark.usefixtures("narrow")
def test_dear_prices_of_before_are_forgotten(
    made: Callable[..., Problem], ways: Columns, pooled: Callable[[Problem], Pool]
) -> None:
    # Once a million times dearer, counters stayed so dear that no try came back to what they need.
    far = []
    for seed in range(40):
        problem = made(seed, days=9, shifts=1, least=(0,))
        person, legal = pooled(problem).people[0], ways(problem, 0)
        draw = np.random.default_rng(seed)
        costs = draw.integers(-50, 10, len(problem.options)).astype(float)
        person.price(1e6 * draw.permutation(costs)[person.options], 1e-4)
        priced = person.price(costs[person.options], 1e-4)
        assert priced.column is not None
        least = min(costs[list(way)].sum() for way in legal)
        far.append((costs[list(priced.column)].sum() - least) / 50)
    assert np.mean(far) < 0.2


@pytest.mark.usefixtures("short")
def test_pins_stay_whatever_they_cost(
    made: Callable[..., Problem], pooled: Callable[[Problem], Pool], ways: Columns
) -> None:
    problem = next(each for each in (made(seed, pins=2) for seed in range(40)) if ways(each, 0))
    person = pooled(problem).people[0]
    pinned = {v for v, option in enumerate(problem.options) if option.pinned}
    priced = person.price(np.where([v in pinned for v in person.options], 1e4, 0.0), 0.0)
    assert len(pinned) == 2
    assert priced.column is not None
    assert pinned <= set(priced.column)
    assert priced.least == 2e4
