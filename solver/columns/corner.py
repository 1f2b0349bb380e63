"""The cheapest mix in a corner: a linear programme over some columns, most of them taken whole.

Shares that are spread smoothly say what columns are worth, and hardly whom to fix first; a corner
of the same mix does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.math_opt.python import mathopt

from so247.solver.columns.pool import Pool
from so247.solver.columns.pricing import Floats

TINY = 1e-6
"""A part below which a column is not taken at all."""

SOLVE = 4e-7
"""Seconds that it takes for each row and column (measured)."""


def effort(rows: int, columns: int) -> float:
    """Seconds that a corner takes on an ordinary machine."""
    return SOLVE * rows * columns


def corner(
    pool: Pool, people: Sequence[int], others: Floats, numbers: Sequence[int]
) -> list[tuple[float, int, int]]:
    """(part, person, number of the column), largest part first; nothing where the solver fails.

    ``others`` is what everybody but ``people`` adds to the couplings; ``numbers`` are columns of
    the pool, at least one of each person.
    """
    entries = [pool.entries[number] for number in numbers]
    touched = np.unique(np.concatenate([entry.rows for entry in entries]))
    pool.work(effort(len(touched) + len(people), len(numbers)))
    model = mathopt.Model()
    rows = {}
    for row in touched.tolist():
        least, most = pool.low[row] - others[row], pool.high[row] - others[row]
        rows[row] = model.add_linear_constraint(lb=float(least), ub=float(most))
        for sign, weight in ((1.0, pool.under[row]), (-1.0, pool.over[row])):
            if weight:
                unit = model.add_variable(lb=0.0)
                rows[row].set_coefficient(unit, sign)
                model.objective.set_linear_coefficient(unit, float(weight))
    taken = {person: model.add_linear_constraint(lb=1.0, ub=1.0) for person in people}
    columns = []
    for entry in entries:
        column = model.add_variable(lb=0.0)
        model.objective.set_linear_coefficient(column, entry.cost)
        taken[entry.person].set_coefficient(column, 1.0)
        for row, value in zip(entry.rows.tolist(), entry.values.tolist(), strict=True):
            rows[row].set_coefficient(column, value)
        columns.append(column)
    parts = _solved(model, columns)
    return sorted(
        (
            (part, entry.person, number)
            for part, entry, number in zip(parts, entries, numbers, strict=True)
            if part > TINY
        ),
        reverse=True,
    )


def _solved(model: mathopt.Model, columns: list[mathopt.Variable]) -> list[float]:
    try:
        result = mathopt.solve(model, mathopt.SolverType.GLOP)
    except Exception:  # noqa: BLE001  (what it raises when the simplex fails is no one's type)
        return [0.0] * len(columns)
    if not result.has_primal_feasible_solution():
        return [0.0] * len(columns)
    return [float(part) for part in result.variable_values(columns)]
