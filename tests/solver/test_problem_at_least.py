"""A row with negative coefficients says "at least": the builder keeps it, pins or no pins."""

import pytest

from so247.solver.evaluate import Evaluator
from so247.solver.problem import Builder, Option, Task, Tier


@pytest.mark.parametrize("pinned", [False, True])
def test_at_least_two_of_three_is_demanded(pinned: bool) -> None:
    builder = Builder(people=["a"], contracts=["a"])
    builder.tasks = [Task(str(at), 1, 60, Tier.COVERAGE) for at in range(3)]
    builder.options = [Option(at, 0, 0, at, at + 1, pinned and at == 0) for at in range(3)]
    builder.at_most("least", 0, [(at, -1) for at in range(3)], -2)
    evaluator = Evaluator(builder.build())
    assert evaluator.broken([1, 0, 0]) == ["least"]
    assert evaluator.broken([1, 0, 1]) == []
