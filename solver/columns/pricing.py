"""The cheapest column of one person: a dynamic programme over layers, states and counters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from so247.solver.columns.automaton import CrowdedError, Table
from so247.solver.columns.residual import NONE

Floats = npt.NDArray[np.float64]

FAR = np.inf
"""What it costs to be where no rule allows to be."""

ROOM = 40_000_000
"""States times places, over all layers, beyond which one pricing would take too much memory."""

SHORT = 150
"""Places up to which one call for all targets beats a call for each (measured)."""


@dataclass(frozen=True)
class Window:
    """What a counter may stand at, layer by layer (``layers + 1`` entries), to end as it must."""

    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]


class Pricer:
    """Prices one person's columns, again and again, for other costs.

    ``widths``: number of choices in each layer; costs come as one array, layer after layer, each
    layer's choices first and then the (free) choice of nothing.
    """

    def __init__(
        self, tables: Sequence[Table], widths: Sequence[int], ends: Sequence[tuple[int, int]]
    ) -> None:
        self._tables = tables
        self._offsets = np.concatenate(([0], np.cumsum([w + 1 for w in widths]))).astype(np.intp)
        self._widths = widths
        self.feasible = all(len(table.source) for table in tables)
        if self.feasible:
            self._windows = [_window(tables, k, low, high) for k, (low, high) in enumerate(ends)]
            self.feasible = all((w.low <= w.high).all() for w in self._windows)
        if self.feasible and tables:
            self._lay_out()

    @property
    def size(self) -> int:
        """How many costs it wants."""
        return int(self._offsets[-1])

    @property
    def arcs(self) -> int:
        """Arcs times places that one pricing looks at."""
        if not self.feasible or not self._tables:
            return 0
        return sum(
            len(table.source) * length
            for table, length in zip(self._tables, self._lengths[1:], strict=True)
        )

    def cheapest(self, costs: Floats) -> tuple[float, tuple[int, ...]] | None:
        """(cost, choice per layer) of the cheapest column; ``None`` when there is none."""
        if not self.feasible:
            return None
        if not self._tables:
            return 0.0, ()
        fields = self._forward(costs)
        last = fields[-1][:, self._margin : self._margin + self._lengths[-1]]
        at = int(last.argmin())
        state, place = divmod(at, self._lengths[-1])
        value = float(last[state, place])
        if value == FAR:
            return None
        return value, self._trace(costs, fields, state, place)

    def _forward(self, costs: Floats) -> list[Floats]:
        """The least cost of reaching each state and place, layer by layer."""
        margin, length = self._margin, self._lengths[0]
        field = np.full((self._tables[0].states, length + 2 * margin), FAR)
        field[:, margin : margin + length] = self._masks[0]
        fields = [field]
        for at, table in enumerate(self._tables):
            # Every arc reads its source's places, shifted by its steps: a window on one long line.
            length = self._lengths[at + 1]
            windows = sliding_window_view(field.ravel(), length)
            reached = windows[self._froms[at]]
            reached += self._arc_costs(costs, at)[:, None]
            field = np.full((table.following, length + 2 * margin), FAR)
            inner = field[:, margin : margin + length]
            _least(reached, table, inner)
            inner += self._masks[at + 1]
            fields.append(field)
        return fields

    def _arc_costs(self, costs: Floats, at: int) -> Floats:
        table = self._tables[at]
        mine = costs[self._offsets[at] : self._offsets[at + 1]]
        flat = mine[table.choices]
        if len(table.choice_begins) == len(flat):
            return flat
        return np.minimum.reduceat(flat, table.choice_begins)

    def _trace(
        self, costs: Floats, fields: list[Floats], state: int, place: int
    ) -> tuple[int, ...]:
        chosen: list[int] = []
        margin = self._margin
        for at in range(len(self._tables) - 1, -1, -1):
            table, field = self._tables[at], fields[at]
            first, last = np.searchsorted(table.target, (state, state + 1))
            rows = np.arange(first, last)
            arcs = self._arc_costs(costs, at)[first:last]
            places = place - self._shifts[at][first:last]
            values = field[table.source[rows], margin + places] + arcs
            row = int(values.argmin())
            arc = first + row
            begin = table.choice_begins[arc]
            end = (
                table.choice_begins[arc + 1]
                if arc + 1 < len(table.choice_begins)
                else len(table.choices)
            )
            mine = costs[self._offsets[at] : self._offsets[at + 1]]
            among = table.choices[begin:end]
            choice = int(among[mine[among].argmin()])
            chosen.append(NONE if choice == self._widths[at] else choice)
            state, place = int(table.source[arc]), int(places[row])
        return tuple(reversed(chosen))

    def _lay_out(self) -> None:
        """Counters side by side in one line, with room between so that no shift wraps around."""
        lows = np.array([window.low for window in self._windows], dtype=np.int64).reshape(
            -1, len(self._tables) + 1
        )
        moves = [
            table.steps - (lows[:, at + 1] - lows[:, at]) for at, table in enumerate(self._tables)
        ]
        # The widest stands outermost: a layer holds only as much of it as can be reached there.
        spans = [(window.high - window.low).astype(np.int64) + 1 for window in self._windows]
        order = sorted(range(len(spans)), key=lambda k: (-int(spans[k].max()), k))
        strides = [0] * len(spans)
        self._lengths = [1] * (len(self._tables) + 1)
        length = 1
        for k in reversed(order):
            strides[k] = length
            room = max(int(np.abs(layer[:, k]).max()) for layer in moves)
            self._lengths = [length * (span + room) for span in spans[k].tolist()]
            length *= int(spans[k].max()) + room
        if length * sum(table.states for table in self._tables) > ROOM:
            raise CrowdedError
        self._shifts = [layer @ np.array(strides, dtype=np.int64) for layer in moves]
        grown = max(0, int(np.diff(self._lengths).max()))
        self._margin = max(int(np.abs(shifts).max()) for shifts in self._shifts) + grown
        self._froms = [
            table.source * (length + 2 * self._margin) + self._margin - shifts
            for table, shifts, length in zip(
                self._tables, self._shifts, self._lengths[:-1], strict=True
            )
        ]
        self._masks = [self._mask(at, strides, order) for at in range(len(self._tables) + 1)]
        # Before the first layer everything stands at nothing.
        start = np.full(self._lengths[0], FAR)
        start[sum(s * int(-w.low[0]) for s, w in zip(strides, self._windows, strict=True))] = 0.0
        self._masks[0] = start

    def _mask(self, at: int, strides: Sequence[int], order: Sequence[int]) -> Floats:
        places = np.arange(self._lengths[at])
        bad = np.zeros(len(places), dtype=np.bool_)
        for k in order:
            window = self._windows[k]
            value = places // strides[k]
            places = places % strides[k]
            bad |= value > window.high[at] - window.low[at]
        return np.where(bad, FAR, 0.0)


def _least(reached: Floats, table: Table, into: Floats) -> None:
    """For each target the least over its arcs, place by place."""
    if reached.shape[1] < SHORT:
        np.minimum.reduceat(reached, table.begins, axis=0, out=into)
        return
    ends = (*table.begins[1:].tolist(), len(reached))
    for state, (begin, end) in enumerate(zip(table.begins.tolist(), ends, strict=True)):
        np.minimum.reduce(reached[begin:end], axis=0, out=into[state])


def _window(tables: Sequence[Table], counter: int, low: int, high: int) -> Window:
    """Where a counter can stand: reached from nothing, and still able to end in [low, high]."""
    if not tables:
        return Window(np.array([max(0, low)]), np.array([min(0, high)]))
    least, most = [0], [0]
    floor, ceiling = np.zeros(1), np.zeros(1)
    for table in tables:
        steps = table.steps[:, counter]
        floor = np.minimum.reduceat(floor[table.source] + steps, table.begins)
        ceiling = np.maximum.reduceat(ceiling[table.source] + steps, table.begins)
        least.append(int(floor.min()))
        most.append(int(ceiling.max()))
    after_least, after_most = [0], [0]
    floor, ceiling = np.zeros(tables[-1].following), np.zeros(tables[-1].following)
    for table in reversed(tables):
        steps = table.steps[:, counter]
        fewest = np.full(table.states, np.inf)
        greatest = np.full(table.states, -np.inf)
        np.minimum.at(fewest, table.source, floor[table.target] + steps)
        np.maximum.at(greatest, table.source, ceiling[table.target] + steps)
        floor, ceiling = fewest, greatest
        finite = np.isfinite(floor)
        after_least.insert(0, int(floor[finite].min()) if finite.any() else 0)
        after_most.insert(0, int(ceiling[finite].max()) if finite.any() else 0)
    return Window(
        np.maximum(np.array(least), low - np.array(after_most)),
        np.minimum(np.array(most), high - np.array(after_least)),
    )
