"""One CP-SAT solve of a submodel: parameters, cancelling, and what comes back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from so247.solver.budget import Budget
from so247.solver.limits import Cancel
from so247.solver.model import Submodel

POLL = 0.05
"""Seconds between two looks at the cancel switch."""

IDLE = 20
"""Wall seconds for a second of processor time, at most: a machine may be that busy."""

OVERHEAD = 0.05
"""Deterministic work booked for writing a submodel, so that a loop of empty solves ends."""


@dataclass(frozen=True)
class Step:
    """What a solve found: a better choice (or none), and the bound on its objective."""

    found: dict[int, int] | None
    proven: bool
    infeasible: bool
    bound: int


def run(
    submodel: Submodel,
    budget: Budget,
    seconds: float,
    seed: int,
    cancel: Cancel | None,
    floor: int,
    *,
    proving: bool = False,
) -> Step:
    """Solve within ``seconds`` of the budget's measure, from the hinted choice on.

    ``floor``: no objective value is below it. ``proving``: one worker with the strong linear
    relaxation, which reaches the end of what two light ones only improve.
    """
    solver = cp_model.CpSolver()
    _set_parameters(solver, budget, seconds, seed)
    if proving:
        solver.parameters.num_workers = 1
        solver.parameters.interleave_search = False
        solver.parameters.linearization_level = 2
    watcher = Watcher(solver, cancel, _until(budget, seconds))
    try:
        with watcher:
            status = solver.solve(submodel.model, _Stopper(floor))
    except (RuntimeError, ValueError, MemoryError):
        # Whatever the solver dies of costs this solve only: the roster found so far is not in it.
        budget.work(OVERHEAD)
        return Step(None, proven=False, infeasible=False, bound=floor)
    budget.work(OVERHEAD + solver.response_proto.deterministic_time)
    found = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = {v: int(solver.boolean_value(name)) for v, name in submodel.options.items()}
    # A doubtful OPTIMAL after stop_search has been seen (or-tools 4430): a stopped proof is none.
    proven = status == cp_model.OPTIMAL and not watcher.stopped
    bound = floor
    if status == cp_model.FEASIBLE or proven:
        bound = max(floor, _rounded_up(solver.best_objective_bound))
        proven = proven or round(solver.objective_value) <= floor
    return Step(found, proven, status == cp_model.INFEASIBLE, bound)


def _until(budget: Budget, seconds: float) -> Callable[[], bool] | None:
    """Whether so many seconds of processor time are spent; the solver itself has no such limit."""
    if not budget.limits.cpu:
        return None
    end = budget.spent + seconds
    return lambda: budget.spent >= end


def _rounded_up(bound: float) -> int:
    return int(-(-(bound - 1e-6) // 1))


def _set_parameters(solver: cp_model.CpSolver, budget: Budget, seconds: float, seed: int) -> None:
    parameters = solver.parameters
    parameters.random_seed = seed
    parameters.catch_sigint_signal = False
    # Light presolve: a submodel is mostly folded already, and the rest is found in the search.
    parameters.max_presolve_iterations = 1
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    if budget.limits.reproducible:
        # Several workers are not deterministic, and one plain worker has no local search at all.
        parameters.num_workers = 1
        parameters.interleave_search = True
        parameters.max_deterministic_time = max(0.01, seconds)
    else:
        parameters.num_workers = budget.limits.workers
        parameters.max_time_in_seconds = max(0.01, seconds) * (IDLE if budget.limits.cpu else 1)


class _Stopper(cp_model.CpSolverSolutionCallback):
    """Ends the solve at the first choice that meets a bound known beforehand.

    The solver may rewrite the objective until it no longer sees that it is never below zero.
    """

    def __init__(self, floor: int) -> None:
        super().__init__()
        self._floor = floor

    def on_solution_callback(self) -> None:
        if round(self.objective_value) <= self._floor:
            self.stop_search()


class Watcher:
    """Stops the solver once cancelled, or once ``over`` says so.

    ``stop_search`` before the start is lost, so it repeats.
    """

    def __init__(
        self,
        solver: cp_model.CpSolver,
        cancel: Cancel | None,
        over: Callable[[], bool] | None = None,
    ) -> None:
        self._solver = solver
        self._cancel = cancel
        self._over = over
        self.stopped = False
        """Whether it has told the solver to stop."""
        self._done = threading.Event()
        watched = cancel is not None or over is not None
        self._thread = threading.Thread(target=self._watch, daemon=True) if watched else None

    def _watch(self) -> None:
        while not self._done.wait(POLL):
            cancelled = self._cancel is not None and self._cancel.cancelled
            if cancelled or (self._over is not None and self._over()):
                self.stopped = True
                self._solver.stop_search()

    def __enter__(self) -> None:
        if self._thread is not None:
            self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()
