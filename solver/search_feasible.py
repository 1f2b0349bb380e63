"""One yes-or-no question to the solver: can all of these tasks be held? And: how few stay empty?

An answer under one configuration is a claim. The configurations differ in what has been seen to go
wrong (presolve, linear relaxation, workers), so that two that agree are worth more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from so247.models.proof import Answered
from so247.solver.evaluate import Evaluator
from so247.solver.limits import Cancel
from so247.solver.model import Submodel, Translator
from so247.solver.problem import Problem
from so247.solver.search_step import Watcher


@dataclass(frozen=True)
class Configuration:
    """How the solver is set; ``name`` is shown in proofs."""

    name: str
    settings: Mapping[str, int | bool]


QUICK = Configuration("all of presolve, 2 workers", {"num_workers": 2, "random_seed": 11})
"""Finds a yes soonest, and a no where it is near; probing takes too long for a large no."""

ALONE = Configuration("all of presolve, 1 worker", {"num_workers": 1, "random_seed": 11})
"""The same where answers must be the same again: two workers take turns as they please."""

LIGHT = Configuration(
    "light presolve, strong relaxation",
    {
        "num_workers": 1,
        "random_seed": 47,
        "linearization_level": 2,
        "max_presolve_iterations": 1,
        "cp_model_probing_level": 0,
        "symmetry_level": 0,
    },
)
DEEP = Configuration(
    "presolve without probing, strong relaxation",
    {"num_workers": 1, "random_seed": 83, "linearization_level": 2, "cp_model_probing_level": 0},
)
BARE = Configuration(
    "no presolve", {"num_workers": 1, "random_seed": 131, "cp_model_presolve": False}
)
"""For small questions only: without presolve a large one takes too long."""


@dataclass(frozen=True)
class Answer:
    """``chosen``: the options of a choice that holds, where the answer is yes."""

    answered: Answered
    chosen: tuple[int, ...] = ()
    value: int | None = None
    bound: int | None = None


def holdable(
    problem: Problem,
    tasks: Iterable[int],
    seconds: float,
    configuration: Configuration = QUICK,
    cancel: Cancel | None = None,
    most: tuple[Sequence[int], int] | None = None,
) -> Answer:
    """Can each of these tasks have a holder, all rows and cliques kept?

    ``most``: of these options at most so many may be chosen.
    """
    options = _by_task(problem, tasks)
    if any(not members for members in options.values()):
        return Answer(Answered.INFEASIBLE)
    submodel = _submodel(problem)
    for members in options.values():
        if not any(problem.options[v].pinned for v in members):
            submodel.model.add_at_least_one([submodel.options[v] for v in members])
    if most is not None:
        limited, number = most
        free = [submodel.options[v] for v in limited if v in submodel.options]
        submodel.model.add(cp_model.LinearExpr.sum(free) <= number)
    return _answer(problem, submodel, seconds, configuration, cancel)


def fewest_of(
    problem: Problem,
    tasks: Iterable[int],
    limited: Sequence[int],
    seconds: float,
    configuration: Configuration = QUICK,
    cancel: Cancel | None = None,
) -> Answer:
    """The choice that holds all of these tasks with the fewest of the ``limited`` options."""
    options = _by_task(problem, tasks)
    if any(not members for members in options.values()):
        return Answer(Answered.INFEASIBLE)
    submodel = _submodel(problem)
    for members in options.values():
        if not any(problem.options[v].pinned for v in members):
            submodel.model.add_at_least_one([submodel.options[v] for v in members])
    free = [submodel.options[v] for v in limited if v in submodel.options]
    submodel.model.minimize(cp_model.LinearExpr.sum(free))
    return _answer(problem, submodel, seconds, configuration, cancel)


def fewest_empty(
    problem: Problem,
    tasks: Iterable[int],
    seconds: float,
    configuration: Configuration = QUICK,
    cancel: Cancel | None = None,
    at_most: int | None = None,
) -> Answer:
    """The choice that leaves the fewest of these tasks empty: ``value``, and the proven ``bound``.

    ``at_most``: only ask whether so few is possible.
    """
    submodel = _submodel(problem)
    empty = []
    certain = 0
    for members in _by_task(problem, tasks).values():
        if any(problem.options[v].pinned for v in members):
            continue
        if not members:
            certain += 1
            continue
        gap = submodel.model.new_bool_var("")
        submodel.model.add_bool_or([gap, *(submodel.options[v] for v in members)])
        empty.append(gap)
    total = cp_model.LinearExpr.sum(empty)
    if at_most is not None:
        if at_most < certain:
            return Answer(Answered.INFEASIBLE)
        submodel.model.add(total <= at_most - certain)
        return _answer(problem, submodel, seconds, configuration, cancel)
    submodel.model.minimize(total)
    return _answer(problem, submodel, seconds, configuration, cancel, certain)


def _by_task(problem: Problem, tasks: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {task: [] for task in tasks}
    for variable, option in enumerate(problem.options):
        if option.task in found:
            found[option.task].append(variable)
    return found


def _submodel(problem: Problem) -> Submodel:
    """Everything free but the pins; no hints, which would be those of an empty roster."""
    pinned = np.array([option.pinned for option in problem.options], dtype=np.int64)
    values = Evaluator(problem).values(pinned)
    submodel = Translator(problem).submodel(range(len(problem.options)), values, ())
    submodel.model.clear_hints()  # type: ignore[no-untyped-call]
    return submodel


def _answer(
    problem: Problem,
    submodel: Submodel,
    seconds: float,
    configuration: Configuration,
    cancel: Cancel | None,
    certain: int = 0,
) -> Answer:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    for name, value in configuration.settings.items():
        setattr(parameters, name, value)
    parameters.max_time_in_seconds = max(0.05, seconds)
    parameters.catch_sigint_signal = False
    with Watcher(solver, cancel):
        status = solver.solve(submodel.model)
    if status == cp_model.INFEASIBLE:
        stopped = cancel is not None and cancel.cancelled
        return Answer(Answered.UNKNOWN if stopped else Answered.INFEASIBLE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(Answered.UNKNOWN)
    chosen = {v for v, name in submodel.options.items() if solver.boolean_value(name)}
    chosen |= {v for v, option in enumerate(problem.options) if option.pinned}
    choice = np.zeros(len(problem.options), dtype=np.int64)
    choice[sorted(chosen)] = 1
    # A solver that returns what breaks a row has been seen (or-tools 5003).
    if Evaluator(problem).broken(choice):
        return Answer(Answered.UNKNOWN)
    if not submodel.model.has_objective():
        return Answer(Answered.FEASIBLE, tuple(sorted(chosen)))
    value = round(solver.objective_value) + certain
    bound = int(-(-(solver.best_objective_bound - 1e-6) // 1)) + certain
    return Answer(Answered.FEASIBLE, tuple(sorted(chosen)), value, bound)
