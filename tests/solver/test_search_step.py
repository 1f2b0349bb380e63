"""One solve: what it proves, and that a solver which dies costs that solve and nothing else."""

from __future__ import annotations

from typing import Never

import numpy as np
import pytest
from ortools.sat.python import cp_model

from so247.models.result import Progress, StoppedBy
from so247.solver.limits import Limits
from so247.solver.problem import Builder, Option, Problem, Task, Tier
from so247.solver.search import Search


def one_duty() -> Problem:
    """A duty that ann (5 points) or bob (2 points) holds, or nobody for an hour uncovered."""
    builder = Builder(people=["ann", "bob"])
    builder.tasks.append(Task("line@x", 1, 60, Tier.COVERAGE))
    builder.options += [Option(0, person, person, 0, 60) for person in (0, 1)]
    builder.at_most_one("one", (0, 1))
    builder.penalise("held", Tier.COVERAGE, 0, [(0, -1), (1, -1)], -1, 60, linear=True)
    builder.cost("pair", Tier.PAIRS, 0, 0, 5)
    builder.cost("pair", Tier.PAIRS, 1, 1, 2)
    return builder.build()


@pytest.mark.parametrize(
    "limits",
    [
        Limits(seconds=20),
        Limits(seconds=20, cpu=True),
        Limits(seconds=20, reproducible=True),
    ],
)
def test_the_best_is_proven_in_every_measure_of_time(limits: Limits) -> None:
    # Bob holds it: nothing uncovered, and 2 points are the least that somebody costs.
    outcome = Search(one_duty(), limits, 1, None, None).run()
    assert (outcome.values[Tier.COVERAGE], outcome.values[Tier.PAIRS]) == (0, 2)
    assert outcome.stopped_by is StoppedBy.PROOF


def test_a_solver_that_dies_costs_no_roster(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_: object) -> Never:
        raise RuntimeError("out of memory in the solver")

    monkeypatch.setattr(cp_model.CpSolver, "solve", dies)
    limits = Limits(seconds=2, reproducible=True)
    # Ann holds it from the start; nothing can be found any more, and nothing is lost or proven.
    search = Search(one_duty(), limits, 1, None, None, start=np.array([1, 0]))
    outcome = search.run()
    assert list(outcome.choice) == [1, 0]
    assert outcome.values[Tier.PAIRS] == 5
    assert outcome.stopped_by is not StoppedBy.PROOF


def test_the_least_cost_may_lie_below_zero() -> None:
    # Bob's holding wins 3 points: to stop at zero, where costs usually end, would miss it.
    builder = Builder(people=["ann", "bob"])
    builder.tasks.append(Task("line@x", 1, 60, Tier.COVERAGE))
    builder.options += [Option(0, person, person, 0, 60) for person in (0, 1)]
    builder.at_most_one("one", (0, 1))
    builder.cost("pair", Tier.PAIRS, 1, 1, -3)
    outcome = Search(builder.build(), Limits(seconds=20, reproducible=True), 1, None, None).run()
    assert outcome.values[Tier.PAIRS] == -3


def test_a_roster_without_gaps_is_told_before_any_solve() -> None:
    told: list[tuple[str, int, int, int]] = []

    def tell(progress: Progress) -> None:
        told.append((progress.tier, progress.value, progress.bound, search.steps))

    search = Search(one_duty(), Limits(seconds=20, reproducible=True), 1, tell, None)
    search.run()
    # Either of the two can hold the duty, so the constructed start leaves nothing uncovered.
    assert told[0] == ("coverage", 0, 0, 0)
    # No solve is spent on a tier that is at its bound already.
    assert [tier for tier, *_ in told].count("coverage") == 1


def test_what_is_asked_at_least_is_found_where_no_greedy_looks_for_it() -> None:
    builder = Builder(people=["ann", "bob"])
    for task in range(2):
        builder.tasks.append(Task(f"line@{task}", 1, 60, Tier.COVERAGE))
        builder.options += [Option(task, person, person, 60 * task, 60) for person in (0, 1)]
        builder.at_most_one("one", (2 * task, 2 * task + 1))
        terms = [(2 * task, -1), (2 * task + 1, -1)]
        builder.penalise("held", Tier.COVERAGE, 0, terms, -1, 60, linear=True)
    # Bob must hold both, though ann is cheaper: whoever fills by price alone leaves him short.
    builder.at_most("least", 1, [(1, -1), (3, -1)], -2)
    builder.cost("pair", Tier.PAIRS, 1, 1, 5)
    outcome = Search(builder.build(), Limits(seconds=20, reproducible=True), 1, None, None).run()
    assert list(outcome.choice) == [0, 1, 0, 1]
    assert outcome.stopped_by is StoppedBy.PROOF
