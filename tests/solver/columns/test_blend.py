"""Smooth shares say what a linear programme over the same columns says, and never more."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from ortools.math_opt.python import mathopt

from so247.solver.columns.blend import Blend
from so247.solver.columns.dive import Pace, dive
from so247.solver.columns.pool import Pool
from so247.solver.columns.whole import Whole
from so247.solver.problem import Problem

Made = Callable[..., Problem]
Pooled = Callable[[Problem], Pool]

ROUNDING = 1e-6


def _filled(pool: Pool) -> list[int]:
    """Some columns of everybody: each one's answers to a few made-up prices."""
    draw = np.random.default_rng(1)
    for _ in range(6):
        prices = pool.clipped(draw.uniform(-100, 100, len(pool.low)))
        for person in range(len(pool.people)):
            priced = pool.price(person, -prices, -prices)
            if priced.column is not None:
                pool.add(person, priced.column)
    return list(range(len(pool.entries)))


def _blended(pool: Pool, numbers: list[int], heat: float, steps: int) -> Blend:
    nothing = np.zeros(len(pool.low))
    blend = Blend(pool, range(len(pool.people)), nothing, nothing, heat)
    for number in numbers:
        blend.add(number)
    blend.solve(steps)
    return blend


def _cornered(pool: Pool, numbers: list[int]) -> float:
    """What the best mix of columns costs, by a simplex."""
    model = mathopt.Model()
    entries = [pool.entries[number] for number in numbers]
    parts = [model.add_variable(lb=0.0) for _ in entries]
    cost = mathopt.fast_sum(e.cost * x for e, x in zip(entries, parts, strict=True))
    for person in {entry.person for entry in entries}:
        mine = (x for e, x in zip(entries, parts, strict=True) if e.person == person)
        model.add_linear_constraint(mathopt.fast_sum(mine) == 1.0)
    for row in range(len(pool.low)):
        total = mathopt.fast_sum(
            float(value) * x
            for e, x in zip(entries, parts, strict=True)
            for value in e.values[e.rows == row]
        )
        short, over = model.add_variable(lb=0.0), model.add_variable(lb=0.0)
        if pool.low[row] > -np.inf:
            model.add_linear_constraint(total + short >= float(pool.low[row]))
        if pool.high[row] < np.inf:
            model.add_linear_constraint(total - over <= float(pool.high[row]))
        cost += float(pool.under[row]) * short + float(pool.over[row]) * over
    model.minimize(cost)
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    return float(result.objective_value()) + pool.constant


@pytest.fixture
def pool(made: Made, pooled: Pooled, request: pytest.FixtureRequest) -> Pool:
    request.getfixturevalue("short")
    drawn = (made(seed, people=4, days=6, shifts=2) for seed in range(20))
    return pooled(next(problem for problem in drawn if _filled(pooled(problem))))


def test_cold_shares_meet_the_corner(pool: Pool) -> None:
    # Both solve the same linear programme, one from below.
    numbers = _filled(pool)
    corner_ = _cornered(pool, numbers)
    warm = _blended(pool, numbers, 10.0, 400)
    cold = _blended(pool, numbers, 0.05, 3_000)
    assert warm.value <= corner_ + ROUNDING
    assert cold.value <= corner_ + ROUNDING
    assert cold.value == pytest.approx(corner_, rel=2e-3)
    assert cold.blur < warm.blur


def test_shares_of_a_person_make_a_whole(pool: Pool) -> None:
    ranked = _blended(pool, _filled(pool), 10.0, 50).ranked()
    whole = np.zeros(len(pool.people))
    for share, person, _ in ranked:
        whole[person] += share
    assert whole == pytest.approx(np.ones(len(pool.people)))
    assert ranked == sorted(ranked, reverse=True)


def test_who_is_fixed_takes_no_part_and_counts_whole(pool: Pool) -> None:
    numbers = _filled(pool)
    blend = _blended(pool, numbers, 1.0, 50)
    mine = pool.of_person[0][0]
    blend.fix(mine)
    blend.solve(400)
    assert 0 not in {person for _, person, _ in blend.ranked()}
    # The rest of the mix with this column fixed is dearer than any mix, or as dear.
    others = [number for number in numbers if pool.entries[number].person != 0]
    assert blend.value <= _cornered(pool, [mine, *others]) + ROUNDING


def test_a_column_takes_part_once(pool: Pool) -> None:
    blend = _blended(pool, [], 1.0, 1)
    number = _filled(pool)[0]
    assert blend.add(number)
    assert not blend.add(number)
    assert blend.numbers == [number]


@pytest.mark.parametrize(
    ("seconds", "passing"),
    [
        pytest.param(1e6, 0.0, id="all the time there is"),
        pytest.param(0.0, 0.0, id="over before anybody is fixed: the largest of each"),
        pytest.param(0.01, 1e-3, id="everything takes far longer than reckoned"),
    ],
)
def test_everybody_gets_a_column(pool: Pool, seconds: float, passing: float) -> None:
    asked = itertools.count()
    numbers = _filled(pool)
    blend = _blended(pool, numbers, 1.0, 20)
    found = dive(blend, lambda: seconds - passing * next(asked), 1)
    assert set(found) == set(range(len(pool.people)))
    assert all(pool.entries[n].person == p for p, n in found.items())
    roster = Whole(pool, [found[person] for person in range(len(pool.people))])
    assert roster.cost >= _cornered(pool, list(range(len(pool.entries)))) - ROUNDING


def test_who_has_no_column_is_left_out(pool: Pool) -> None:
    # Once it went on for ever: shares of those already fixed were taken for the others'.
    numbers = [number for number in _filled(pool) if pool.entries[number].person != 1]
    found = dive(_blended(pool, numbers, 1.0, 20), lambda: 0.0, 1)
    assert set(found) == set(range(len(pool.people))) - {1}


def test_endless_time_is_time(pool: Pool) -> None:
    found = dive(_blended(pool, _filled(pool), 1.0, 20), lambda: np.inf, 1)
    assert set(found) == set(range(len(pool.people)))


def test_the_more_time_the_more_careful(pool: Pool) -> None:
    blend = _blended(pool, _filled(pool), 1.0, 1)
    asked = [Pace(lambda s=s: s).next(blend, blend.people) for s in (0.0, 1e-3, 1e-2)]  # type: ignore[misc]
    assert asked[0] == 1
    assert asked[0] < asked[1] < asked[2]


def test_what_takes_longer_than_reckoned_is_done_less_carefully(pool: Pool) -> None:
    blend = _blended(pool, _filled(pool), 1.0, 1)
    left = 1e-2
    pace = Pace(lambda: left)
    before = pace.next(blend, blend.people)
    pace.done(before)
    in_time = pace.next(blend, blend.people)
    left /= 10  # most of the time is gone after one step
    late = pace.next(blend, blend.people)
    assert before == in_time
    assert late < in_time / 10


def test_a_problem_that_moves_prices_to_their_ends_ends(pool: Pool) -> None:
    # Far too hot, far too cold, and no columns to speak of: every solve comes to an end.
    numbers = _filled(pool)
    for heat in (1e-9, 1e9):
        blend = _blended(pool, numbers[:4], heat, 200)
        assert np.isfinite(blend.prices).all()
        assert (blend.prices <= pool.under).all()
        assert (blend.prices >= -pool.over).all()


def test_steps_do_not_grow_for_ever(pool: Pool) -> None:
    # Where all prices stand at their ends no step ever fails; once they grew beyond all numbers.
    blend = _blended(pool, _filled(pool)[:4], 1.0, 12_000)
    assert np.isfinite(blend.prices).all()
    blend.add(_filled(pool)[-1])
    blend.solve(50)
    assert np.isfinite(blend.value)
