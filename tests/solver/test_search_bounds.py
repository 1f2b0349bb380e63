"""Bounds of the search stay true when an early tier improves at the cost of a later one."""

from __future__ import annotations

from so247.solver.limits import Limits
from so247.solver.problem import NOBODY, Cost, Option, Problem, Task, Tier
from so247.solver.search import Search


def two_ways() -> Problem:
    """One task, two ways: the first costs 2 wishes and 9 travel, the second 1 pair point, 0 travel.

    Without any choice the task is a gap; both ways fill it.
    """
    return Problem(
        people=("ann", "bob"),
        contracts=("a", "b"),
        tasks=(Task("line@x", 1, 60, Tier.COVERAGE),),
        options=(Option(0, 0, 0, 0, 60), Option(0, 1, 1, 0, 60)),
        derived=(),
        cliques=(),
        rows=(),
        excesses=(),
        deviations=(),
        peaks=(),
        costs=(
            Cost("pair", Tier.PAIRS, NOBODY, 0, 1),
            Cost("wish", Tier.WISHES, NOBODY, 1, 2),
            Cost("way", Tier.TRAVEL, NOBODY, 0, 9),
        ),
    )


def test_a_bound_goes_when_a_tier_before_it_gets_worse() -> None:
    search = Search(two_ways(), Limits(seconds=1, reproducible=True), 1, None, None)
    search.choice = search.choice.copy()
    search.choice[0] = 1
    search.values = search.evaluator.tiers(search.choice)
    assert search.values[Tier.PAIRS :] == (1, 0, 0, 9)
    # As proven for choices with at most 1 pair point and no wishes unmet: travel is 9 at least.
    search.bounds[Tier.TRAVEL] = 9
    # Bob is better for pairs, worse for wishes, and free of that: travel becomes 0.
    assert search._accept({0: 0, 1: 1})
    assert search.values[Tier.PAIRS :] == (0, 0, 2, 0)
    assert search.bounds[Tier.TRAVEL] == 0
