"""The cheapest column of one person: a dynamic programme over layers, states and counters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from so247.solver.columns.arrays import Floats, Indices, Whole
from so247.solver.columns.automaton import Table
from so247.solver.columns.plan import FAR, planned


class Room:
    """Memory that pricing writes to, shared by those who price one after the other."""

    def __init__(self) -> None:
        self._values: Floats = np.zeros(0)

    def of(self, size: int) -> Floats:
        """At least so many values, with anything in them."""
        if len(self._values) < size:
            self._values = np.empty(size)
        return self._values


class Pricer:
    """Prices one person's columns, again and again, for other costs.

    ``widths``: number of choices in each layer; each may also be left out, for nothing. ``ends``:
    between what each counter has to end.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        widths: Sequence[int],
        ends: Sequence[tuple[int, int]],
        room: Room,
    ) -> None:
        wide: Whole = np.array(widths, dtype=np.int64)
        begins = np.concatenate(([0], np.cumsum(wide + 1)))
        self._places = np.delete(np.arange(begins[-1]), begins[1:] - 1)
        """Where the choices' costs stand: each layer's, and then that of choosing nothing."""
        self._costs: Floats = np.zeros(int(begins[-1]))
        self._widths = wide
        self._begins = np.cumsum(wide) - wide
        self._chosen: Whole = np.zeros(len(tables), dtype=np.int64)
        self._room = room
        self._nothing = not tables and all(low <= 0 <= high for low, high in ends)
        self._plan = planned(tables, begins.tolist(), ends) if tables else None
        self.places = 0
        """Places that one pricing looks at: for each move, and for each state three times."""
        if self._plan is not None:
            moves = np.diff(self._plan.moves)
            self.places = int(moves @ self._plan.lengths[1:] + 3 * self._plan.rows[-1])

    def cheapest(self, costs: Floats, rates: Floats) -> tuple[float, Indices] | None:
        """(cost, choices taken) of the cheapest column; ``None`` when there is none.

        ``costs``: of each choice, layer after layer; a choice is told by its place among them.
        ``rates``: what a unit costs of each counter beyond those that have ``ends``.
        """
        if self._plan is None:
            return (0.0, np.zeros(0, dtype=np.intp)) if self._nothing else None
        # What is compiled takes a moment to load, and most problems are solved without.
        from so247.solver.columns.kernel import cheapest

        room = self._room.of(int(self._plan.rows[-1]))
        self._costs[self._places] = costs
        value = cheapest(self._plan, self._costs, rates, room, self._chosen)
        if value == FAR:
            return None
        return value, (self._begins + self._chosen)[self._chosen < self._widths]
