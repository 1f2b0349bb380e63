"""The bound is below what any roster costs, and so is the mix once it has met the bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from so247.solver.columns.pool import Pool
from so247.solver.columns.root import Root
from so247.solver.columns.whole import Whole
from so247.solver.problem import Problem

KINDS = [
    pytest.param({"people": 2, "days": 6, "shifts": 2}, id="two people"),
    pytest.param({"people": 3, "days": 6, "shifts": 1}, id="three people"),
    pytest.param({"people": 2, "days": 6, "shifts": 2, "pins": 1}, id="a pin each"),
]
ROUNDING = 1e-5


def _rooted(pool: Pool) -> Root | None:
    whole = Whole(pool)
    whole.settle(range(len(pool.people)), lambda: False)
    if not whole.complete:
        return None
    root = Root.whole(pool, whole.held, 1)
    root.run(lambda: False, 0.0)
    return root


@pytest.mark.parametrize("reach", ["short", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(8))
def test_bound_and_mix_are_below_every_roster(
    made: Callable[..., Problem],
    best: Callable[[Problem], int | None],
    pooled: Callable[[Problem], Pool],
    request: pytest.FixtureRequest,
    reach: str,
    kind: dict[str, Any],
    seed: int,
) -> None:
    request.getfixturevalue(reach)
    problem = made(seed, **kind, least=(300, 1_000, 1_900))
    root, least = _rooted(pooled(problem)), best(problem)
    if root is None or least is None:
        assert root is None
        assert least is None
        return
    assert root.bound <= least + ROUNDING
    # Nothing stopped it: both met, or no column helps the mix, whose value is then the bound's too.
    # Where counters are priced in some columns are never found: the mix lacks them.
    assert root.done
    assert root.bound <= root.value + ROUNDING
    if reach == "short":
        assert root.bound == pytest.approx(root.value, rel=1e-3, abs=1e-3)
        assert root.value <= least + ROUNDING


@pytest.mark.usefixtures("short")
def test_one_person_alone_has_no_gap(
    made: Callable[..., Problem],
    best: Callable[[Problem], int | None],
    pooled: Callable[[Problem], Pool],
) -> None:
    # With nothing shared a mix costs what its columns cost, so the best mix is one column.
    proven = 0
    for seed in range(10):
        problem = made(seed, share=False)
        root, least = _rooted(pooled(problem)), best(problem)
        if root is not None:
            proven += 1
            assert root.bound == pytest.approx(least)
            assert root.value == pytest.approx(least)
    assert proven


@pytest.mark.usefixtures("short")
def test_stopped_at_once_nothing_is_proven(
    made: Callable[..., Problem],
    best: Callable[[Problem], int | None],
    pooled: Callable[[Problem], Pool],
) -> None:
    problem = next(p for p in (made(seed, people=2) for seed in range(20)) if best(p) is not None)
    pool = pooled(problem)
    whole = Whole(pool)
    whole.settle(range(2), lambda: True)
    assert whole.complete  # everybody gets a column even then
    root = Root.whole(pool, whole.held, 1)
    root.run(lambda: True, 0.0)
    assert root.bound == -np.inf
    assert not root.done
