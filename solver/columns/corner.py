"""The cheapest mix in a corner: a linear programme over some columns, most of them taken whole.

Shares that are spread smoothly say what columns are worth, and hardly whom to fix first; a corner
of the same mix does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from so247.solver.columns.plan import Floats
from so247.solver.columns.pool import Entry, Pool

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
    model = _model(pool, people, others, entries, touched)
    parts = _solved(model, len(entries))
    return sorted(
        (
            (part, entry.person, number)
            for part, entry, number in zip(parts, entries, numbers, strict=True)
            if part > TINY
        ),
        reverse=True,
    )


def _model(
    pool: Pool,
    people: Sequence[int],
    others: Floats,
    entries: Sequence[Entry],
    touched: npt.NDArray[np.intp],
) -> mathopt.Model:
    """Columns first, then what each touched coupling falls short and goes over.

    Row by row in Python it would take as long as to solve.
    """
    count, rows = len(entries), len(touched)
    row = np.searchsorted(touched, np.concatenate([entry.rows for entry in entries]))
    column = np.repeat(np.arange(count), [len(entry.rows) for entry in entries])
    values = np.concatenate([entry.values for entry in entries])
    place = {person: rows + at for at, person in enumerate(people)}
    mine = np.array([place[entry.person] for entry in entries])
    short, over = np.flatnonzero(pool.under[touched]), np.flatnonzero(pool.over[touched])
    row = np.concatenate((row, mine, short, over))
    column = np.concatenate((column, np.arange(count + len(short) + len(over))))
    ones = np.ones(count + len(short))
    values = np.concatenate((values, ones, -np.ones(len(over))))
    order = np.lexsort((column, row))
    proto = model_pb2.ModelProto()
    variables = count + len(short) + len(over)
    proto.variables.ids.extend(range(variables))
    proto.variables.lower_bounds.extend([0.0] * variables)
    proto.variables.upper_bounds.extend([np.inf] * variables)
    proto.variables.integers.extend([False] * variables)
    own = np.array([entry.cost for entry in entries])
    weights = np.concatenate((own, pool.under[touched][short], pool.over[touched][over]))
    paid = np.flatnonzero(weights)
    proto.objective.linear_coefficients.ids.extend(paid.tolist())
    proto.objective.linear_coefficients.values.extend(weights[paid].tolist())
    taken = np.ones(len(people))
    low = np.concatenate((pool.low[touched] - others[touched], taken))
    high = np.concatenate((pool.high[touched] - others[touched], taken))
    proto.linear_constraints.ids.extend(range(len(low)))
    proto.linear_constraints.lower_bounds.extend(low.tolist())
    proto.linear_constraints.upper_bounds.extend(high.tolist())
    proto.linear_constraint_matrix.row_ids.extend(row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(column[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(values[order].tolist())
    return mathopt.Model.from_model_proto(proto)


def _solved(model: mathopt.Model, columns: int) -> list[float]:
    """The parts of the first ``columns`` variables, nothing of each where the solver fails."""
    try:
        result = mathopt.solve(model, mathopt.SolverType.GLOP)
    except Exception:  # noqa: BLE001  (what it raises when the simplex fails is no one's type)
        return [0.0] * columns
    if not result.has_primal_feasible_solution():
        return [0.0] * columns
    parts = result.variable_values()
    return [float(parts[model.get_variable(at)]) for at in range(columns)]
