"""What the search by columns yields is legal, gets no worse, and costs no less than its bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so247.solver.budget import Budget
from so247.solver.evaluate import Evaluator
from so247.solver.limits import Limits
from so247.solver.problem import Problem, Tier
from so247.solver.search_columns import Columns

REPEATED = Limits(seconds=20, reproducible=True)
KINDS = [
    pytest.param({"people": 2, "days": 6, "shifts": 2}, id="two people"),
    pytest.param({"people": 3, "days": 6, "shifts": 1}, id="three people"),
    pytest.param({"people": 2, "days": 6, "shifts": 2, "pins": 1}, id="a pin each"),
]
Found = list[tuple[list[int] | None, int]]


def _found(problem: Problem, limits: Limits = REPEATED, seed: int = 1) -> Found | None:
    budget = Budget(limits)
    columns = Columns.of(problem, Tier.COVERAGE, seed, budget, lambda: budget.left <= 0)
    if columns is None:
        return None
    return [(None if c is None else c.tolist(), bound) for c, bound in columns.run()]


@pytest.mark.parametrize("reach", ["short", "narrow"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_rosters_are_legal_and_bounds_hold(
    made: Callable[..., Problem],
    best: Callable[[Problem], int | None],
    request: pytest.FixtureRequest,
    reach: str,
    kind: dict[str, Any],
    seed: int,
) -> None:
    request.getfixturevalue(reach)
    problem = made(seed, **kind, least=(300, 1_000, 1_900))
    evaluator, least = Evaluator(problem), best(problem)
    found = _found(problem)
    assert found is not None
    if least is None:
        assert not found  # nobody can be given what the rules ask
        return
    pinned = [v for v, option in enumerate(problem.options) if option.pinned]
    values = []
    for choice, bound in found:
        assert bound <= least
        if choice is not None:
            assert not evaluator.broken(choice)
            assert all(choice[v] for v in pinned)
            values.append(evaluator.tiers(choice)[Tier.COVERAGE])
    assert values == sorted(set(values), reverse=True)  # only what is better is told
    assert values[-1] >= least


@pytest.mark.usefixtures("short")
def test_same_seed_same_rosters(made: Callable[..., Problem]) -> None:
    problem = made(3, people=3)
    assert _found(problem) == _found(problem)


@pytest.mark.usefixtures("short")
def test_work_is_told_and_time_ends_it(
    made: Callable[..., Problem], best: Callable[[Problem], int | None]
) -> None:
    problem = next(p for p in (made(seed, people=3) for seed in range(9)) if best(p) is not None)
    limits = Limits(seconds=1e-6, reproducible=True)
    budget = Budget(limits)
    columns = Columns.of(problem, Tier.COVERAGE, 1, budget, lambda: budget.left <= 0)
    assert columns is not None
    found = list(columns.run())
    # One round of everybody's answers is made whatever the time; a bound takes longer.
    assert sum(choice is not None for choice, _ in found) == 1
    assert all(bound < -(10**9) for _, bound in found)
    assert budget.spent > limits.seconds
    plenty = Budget(REPEATED)
    columns = Columns.of(problem, Tier.COVERAGE, 1, plenty, lambda: False)
    assert columns is not None
    # With time to spare there is a bound.
    assert any(bound > 0 for _, bound in columns.run())
    assert plenty.spent > budget.spent
