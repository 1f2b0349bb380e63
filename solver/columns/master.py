"""The restricted master: which mix of the columns found so far is cheapest. A linear programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from so247.solver.columns.pricing import Floats

MISSING = 1e6
"""Price of leaving a person without a column, until there is one."""


@dataclass(frozen=True)
class Solved:
    """Cost of the mix, the duals of couplings and of people, and each column's part in the mix."""

    cost: float
    couplings: Floats
    people: Floats
    parts: Floats


class Master:
    """Couplings and people as rows; columns come in one by one, and may be fixed or barred."""

    def __init__(self, low: Floats, high: Floats, under: Floats, over: Floats, people: int) -> None:
        self._model = mathopt.Model()
        self._rows = [
            self._model.add_linear_constraint(lb=least, ub=most)
            for least, most in zip(low.tolist(), high.tolist(), strict=True)
        ]
        for sign, weights in ((1.0, under), (-1.0, over)):
            for row, weight in zip(self._rows, weights.tolist(), strict=True):
                if weight:
                    unit = self._model.add_variable(lb=0.0)
                    row.set_coefficient(unit, sign)
                    self._model.objective.set_linear_coefficient(unit, weight)
        self._people = []
        for _ in range(people):
            row = self._model.add_linear_constraint(lb=1.0, ub=1.0)
            absent = self._model.add_variable(lb=0.0)
            row.set_coefficient(absent, 1.0)
            self._model.objective.set_linear_coefficient(absent, MISSING)
            self._people.append(row)
        self._columns: list[mathopt.Variable] = []
        self._numbers: dict[mathopt.Variable, int] = {}
        # Presolve would throw away the basis that the last solve ended with.
        self._parameters = mathopt.SolveParameters(
            presolve=mathopt.Emphasis.OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        )
        # Most columns stand at zero, and nobody asks for reduced costs.
        self._wanted = mathopt.ModelSolveParameters(
            variable_values_filter=mathopt.SparseVectorFilter(skip_zero_values=True),
            reduced_costs_filter=mathopt.SparseVectorFilter(
                skip_zero_values=True, filtered_items=()
            ),
        )
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def add(self, person: int, cost: float, entries: Iterable[tuple[int, float]]) -> int:
        """A column of a person: what it costs by itself, and what it adds to each coupling."""
        column = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(column, cost)
        self._people[person].set_coefficient(column, 1.0)
        for row, value in entries:
            self._rows[row].set_coefficient(column, value)
        self._numbers[column] = len(self._columns)
        self._columns.append(column)
        return len(self._columns) - 1

    def fix(self, column: int) -> None:
        """The column is taken whole from now on."""
        self._columns[column].lower_bound = 1.0

    def bar(self, column: int) -> None:
        """The column is not taken from now on."""
        self._columns[column].upper_bound = 0.0

    def solve(self) -> Solved:
        result = self._solve()
        duals = result.dual_values()
        values = result.variable_values()
        parts = np.zeros(len(self._columns))
        for column, value in values.items():
            number = self._numbers.get(column)
            if number is not None:
                parts[number] = value
        return Solved(
            result.objective_value(),
            np.array([duals[row] for row in self._rows]),
            np.array([duals[row] for row in self._people]),
            parts,
        )

    def _solve(self) -> mathopt.SolveResult:
        try:
            return self._solver.solve(params=self._parameters, model_params=self._wanted)
        except Exception:  # noqa: BLE001  (what it raises when the simplex fails is no one's type)
            # From nothing it nearly always succeeds: the basis was the trouble.
            self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
            return self._solver.solve(params=self._parameters, model_params=self._wanted)
