"""One question to the solver: can these options be chosen anew so that no limit is broken?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from so247.models.proof import Answered
from so247.solver.budget import Budget
from so247.solver.hard import Hard, Limit
from so247.solver.limits import Cancel
from so247.solver.problem import Terms
from so247.solver.search_feasible import Configuration
from so247.solver.search_step import Watcher

QUICK = Configuration(
    "light presolve, 1 worker",
    {
        "num_workers": 1,
        "random_seed": 47,
        "max_presolve_iterations": 1,
        "cp_model_probing_level": 0,
        "symmetry_level": 0,
    },
)
OTHER = Configuration(
    "presolve without probing, strong relaxation, 1 worker",
    {"num_workers": 1, "random_seed": 83, "linearization_level": 2, "cp_model_probing_level": 0},
)

Linear = tuple[list[tuple[cp_model.IntVar, int]], int]
"""What can change, and the value of the rest."""


@dataclass(frozen=True)
class Asked:
    """The answer, and the options that are chosen where it is yes."""

    answered: Answered
    chosen: frozenset[int] = frozenset()


class Question:
    """Only ``free`` options may change; the others are as in ``values``.

    ``loose``: options that are free in truth, but left out of the question (not chosen in
    ``values``). Only limits that hold whatever they are, and that the rulebook and the roster
    itself know, are then asked: what is infeasible so, is infeasible with them.
    """

    def __init__(
        self,
        hard: Hard,
        values: Sequence[int],
        free: Iterable[int],
        loose: Collection[int] | None = None,
    ) -> None:
        self.hard = hard
        self.values = values
        self.loose = loose
        self.model = cp_model.CpModel()
        self.options = {v: self.model.new_bool_var("") for v in sorted(free)}
        self.linear: dict[int, Linear] = {v: ([(b, 1)], 0) for v, b in self.options.items()}
        self._derive()
        touched = {at for variable in self.linear for at, _ in hard.limits_of[variable]}
        for at in sorted(touched):
            if self._asked(at, hard.limits[at]):
                self._write(hard.limits[at])

    def _asked(self, at: int, limit: Limit) -> bool:
        if self.loose is None:
            return True
        return (
            limit.sure
            and limit.whole
            and not any(option in self.loose for option in self.hard.leaning[at])
        )

    def _derive(self) -> None:
        """What can change of the derived variables, members before what is made of them."""
        found = {index for v in self.options for index, _ in self.hard.derived_of[v]}
        queue = list(found)
        for index in queue:
            for following, _ in self.hard.derived_of[self.hard.first + index]:
                if following not in found:
                    found.add(following)
                    queue.append(following)
        for index in sorted(found):
            variables, constant = self._sum(self.hard.parts(index))
            if not self.hard.any[index]:
                self.linear[self.hard.first + index] = (variables, constant)
            elif constant == 0 and variables:
                self.linear[self.hard.first + index] = ([(self._any(variables), 1)], 0)

    def _any(self, members: list[tuple[cp_model.IntVar, int]]) -> cp_model.IntVar:
        if len(members) == 1:
            return members[0][0]
        found = self.model.new_bool_var("")
        self.model.add_max_equality(found, [variable for variable, _ in members])
        return found

    def _sum(self, terms: Terms) -> Linear:
        variables: list[tuple[cp_model.IntVar, int]] = []
        constant = 0
        for variable, coefficient in terms:
            mine = self.linear.get(variable)
            if mine is None:
                constant += self.values[variable] * coefficient
            else:
                variables += [(v, c * coefficient) for v, c in mine[0]]
                constant += mine[1] * coefficient
        return variables, constant

    def _write(self, limit: Limit) -> None:
        variables, constant = self._sum(limit.terms)
        most = constant + sum(max(0, c) for _, c in variables)
        if most <= limit.upper:
            return
        if limit.upper - constant == 1 and all(c == 1 for _, c in variables):
            self.model.add_at_most_one([v for v, _ in variables])
        else:
            total = cp_model.LinearExpr.weighted_sum(
                [v for v, _ in variables], [c for _, c in variables]
            )
            self.model.add(total <= limit.upper - constant)

    def exclude(self, one: int, other: int) -> None:
        """Not both of two options."""
        if one in self.options and other in self.options:
            self.model.add_at_most_one([self.options[one], self.options[other]])

    def hint(self, held: Collection[int]) -> None:
        """Where to begin looking."""
        for option, variable in self.options.items():
            self.model.add_hint(variable, option in held)

    def prefer(self, weights: dict[int, int]) -> None:
        """Of all choices one with the least sum of weights."""
        mine = [(self.options[v], weight) for v, weight in weights.items() if v in self.options]
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum([v for v, _ in mine], [w for _, w in mine])
        )

    def ask(
        self, configuration: Configuration, budget: Budget, seconds: float, cancel: Cancel | None
    ) -> Asked:
        """No answer in the time, or once cancelled, is ``unknown``."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        for name, value in configuration.settings.items():
            setattr(parameters, name, value)
        parameters.catch_sigint_signal = False
        if budget.limits.reproducible:
            parameters.num_workers = 1
            parameters.max_deterministic_time = max(0.01, min(seconds, budget.left))
        else:
            parameters.max_time_in_seconds = max(0.01, min(seconds, budget.left))
        with Watcher(solver, cancel):
            status = solver.solve(self.model)
        budget.work(WRITING + solver.response_proto.deterministic_time)
        stopped = cancel is not None and cancel.cancelled
        if status == cp_model.INFEASIBLE and not stopped:
            return Asked(Answered.INFEASIBLE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Asked(Answered.UNKNOWN)
        chosen = frozenset(v for v, b in self.options.items() if solver.boolean_value(b))
        return Asked(Answered.FEASIBLE, chosen)


WRITING = 0.02
"""Deterministic work booked for writing a question, so that a loop of trivial ones ends."""
