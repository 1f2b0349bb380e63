"""Compiled loops say what the same lines say as plain Python, and what a few array calls say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import pytest

from so247.solver.columns import kernel
from so247.solver.columns.kernel import Plan
from so247.solver.columns.pool import Pool
from so247.solver.problem import Problem


def _plain(function: Any) -> Any:
    """The same lines, not compiled."""
    return function.py_func


def _plans(pool: Pool) -> list[Plan]:
    plans = (person._pricer._plan for person in pool.people)
    return [plan for plan in plans if plan is not None]


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_way_is_the_same_as_in_plain_python(
    monkeypatch: pytest.MonkeyPatch,
    made: Callable[..., Problem],
    pooled: Callable[[Problem], Pool],
    seed: int,
) -> None:
    draw = np.random.default_rng(seed)
    plans = _plans(pooled(made(seed, days=7, shifts=2)))
    assert plans  # none where a person has no legal way at all
    compiled = []
    costs = [draw.uniform(-50, 30, int(plan.costs[-1])) for plan in plans]
    for plan, each in zip(plans, costs, strict=True):
        chosen = np.zeros(len(plan.costs) - 1, dtype=np.int64)
        rates = draw.uniform(0, 20, plan.tolls.shape[1])
        least = kernel.cheapest(plan, each, rates, np.empty(plan.rows[-1]), chosen)
        compiled.append((least, rates, chosen))
    for name in ("forward", "back"):
        monkeypatch.setattr(kernel, name, _plain(getattr(kernel, name)))
    for plan, each, (least, rates, choices) in zip(plans, costs, compiled, strict=True):
        chosen, room = np.zeros_like(choices), np.empty(plan.rows[-1])
        # Not nearly: the same additions in the same order.
        assert _plain(kernel.cheapest)(plan, each, rates, room, chosen) == least
        assert (chosen == choices).all()


@pytest.mark.parametrize("heat", [0.01, 1.0, 100.0])
def test_shares_are_those_of_a_softmin(heat: float) -> None:
    draw = np.random.default_rng(1)
    couplings, columns, entries = 7, 12, 3
    begins = np.array([0, 5, 6, 12])
    rows = draw.integers(0, couplings, (columns, entries))
    rows[::4, 2] = couplings  # fewer than others
    values, costs = draw.uniform(0, 2, (columns, entries)), draw.uniform(0, 9, columns)
    prices = draw.uniform(-3, 3, couplings)
    taken, shares, least = np.empty(couplings), np.empty(columns), np.empty(3)
    total = kernel.softmin(begins, rows, values, costs, prices, heat, taken, shares, least)

    matrix = np.zeros((columns, couplings + 1))
    for at in range(columns):
        np.add.at(matrix[at], rows[at], values[at])
    matrix = matrix[:, :couplings]
    reduced = costs - matrix @ prices
    parts = np.split(reduced, begins[1:-1])
    assert least == pytest.approx([part.min() for part in parts])
    weights = [np.exp((part.min() - part) / heat) for part in parts]
    expected = np.concatenate([weight / weight.sum() for weight in weights])
    assert shares == pytest.approx(expected, abs=1e-15)
    assert taken == pytest.approx(expected @ matrix, abs=1e-12)
    smooth = [p.min() - heat * np.log(w.sum()) for p, w in zip(parts, weights, strict=True)]
    assert total == pytest.approx(sum(smooth))


def test_nowhere_to_keep_what_was_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    # A read-only folder and no home: numba refuses to cache, and the search must not.
    real = numba.njit

    def refusing(*, cache: bool = False, **options: Any) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(**options)

    monkeypatch.setattr(numba, "njit", refusing)

    def double(value: float) -> float:
        return 2.0 * value

    assert kernel.compiled(double)(1.5) == 3.0
