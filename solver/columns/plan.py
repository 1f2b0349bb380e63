"""One person's tables end to end, as the kernel reads them, and what counters may stand at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from so247.solver.columns.arrays import Small, Whole
from so247.solver.columns.automaton import CrowdedError, Table

if TYPE_CHECKING:
    from so247.solver.columns.kernel import Plan

FAR = np.inf
"""What it costs to be where no rule allows to be."""

ROOM = 40_000_000
"""States times places, over all layers, beyond which one pricing would take too much memory."""


@dataclass(frozen=True)
class Window:
    """What a counter may stand at, layer by layer (``layers + 1`` entries), to end as it must."""

    low: Whole
    high: Whole


class _Line:
    """Counters side by side in one line, with room between so that no shift wraps around.

    ``lengths``: places before each layer and after the last; ``shifts``: of each layer's moves;
    ``masks``: what standing at a place costs, nothing or endlessly much; ``start``: where all
    begin.
    """

    def __init__(self, tables: Sequence[Table], windows: Sequence[Window]) -> None:
        layers = len(tables)
        lows = np.array([window.low for window in windows]).reshape(-1, layers + 1)
        moves = [
            table.steps[:, : len(windows)] - (lows[:, at + 1] - lows[:, at])
            for at, table in enumerate(tables)
        ]
        # The widest stands outermost: a layer holds only as much of it as can be reached there.
        spans = [(window.high - window.low).astype(np.int64) + 1 for window in windows]
        order = sorted(range(len(spans)), key=lambda k: (-int(spans[k].max()), k))
        strides = np.zeros(len(spans), dtype=np.int64)
        self.lengths = np.ones(layers + 1, dtype=np.int64)
        length, states = 1, sum(table.states for table in tables) + tables[-1].following
        for k in reversed(order):
            room = max(int(np.abs(layer[:, k]).max()) for layer in moves)
            longest = length * (int(spans[k].max()) + room)
            if longest * states > ROOM:
                raise CrowdedError
            strides[k] = length
            self.lengths = length * (spans[k] + room)
            length = longest
        self.shifts = [(layer @ strides).astype(np.int64) for layer in moves]
        self.start = int(-lows[:, 0] @ strides)
        self.masks = []
        for at, length in enumerate(self.lengths.tolist()):
            places = np.arange(length)
            bad = np.zeros(length, dtype=np.bool_)
            for k in order:
                bad |= places // strides[k] > windows[k].high[at] - windows[k].low[at]
                places = places % strides[k]
            self.masks.append(np.where(bad, FAR, 0.0))


def planned(
    tables: Sequence[Table], costs: Sequence[int], ends: Sequence[tuple[int, int]]
) -> Plan | None:
    """Tables as one plan; ``None`` where no way through them lets each counter end in its ``ends``.

    ``costs``: where each layer's costs begin. At least one table.
    """
    # What is compiled takes a moment to load, and most problems are solved without.
    from so247.solver.columns.kernel import Plan

    if not all(len(table.source) for table in tables):
        return None
    windows = [_window(tables, k, low, high) for k, (low, high) in enumerate(ends)]
    if any((each.low > each.high).any() for each in windows):
        return None
    line = _Line(tables, windows)
    choices = _begins([len(table.choices) for table in tables])
    choice_begins = [
        table.choice_begins + begin for table, begin in zip(tables, choices.tolist(), strict=False)
    ]
    states = np.array([*(table.states for table in tables), tables[-1].following], dtype=np.int64)
    return Plan(
        costs=np.array(costs, dtype=np.int64),
        moves=_begins([len(table.source) for table in tables]),
        source=_joined([table.source for table in tables]),
        target=_joined([table.target for table in tables]),
        shift=_joined(line.shifts),
        tolls=_joined([table.steps[:, len(ends) :] for table in tables]),
        choice_begins=np.append(np.concatenate(choice_begins), choices[-1]).astype(np.int64),
        choices=_joined([table.choices for table in tables]),
        states=states,
        lengths=line.lengths,
        rows=_begins((states * line.lengths).tolist()),
        marks=_begins([len(mask) for mask in line.masks]),
        masks=np.concatenate(line.masks),
        start=line.start,
    )


def _begins(lengths: Sequence[int]) -> Whole:
    """Where each begins when all stand end to end, and where the last ends."""
    return np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)


def _joined(parts: Sequence[npt.NDArray[Any]]) -> Small:
    return np.concatenate(parts).astype(np.int32)


def _window(tables: Sequence[Table], counter: int, low: int, high: int) -> Window:
    """Where a counter can stand: reached from nothing, and still able to end in [low, high]."""
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
