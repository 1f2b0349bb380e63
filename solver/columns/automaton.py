"""One person's rules as layered tables of arcs between states, shared wherever they come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from so247.solver.columns.residual import DONE, FAILED, NONE, Residuals

Indices = npt.NDArray[np.intp]
State = tuple[int, ...]
"""Residuals that still matter, in order."""

Steps = tuple[int, ...]
"""What an arc adds to each counter."""

CROWD = 3_000
"""States at one moment beyond which a person's rules are too entangled for a table."""


class CrowdedError(Exception):
    """Too many states."""


@dataclass(frozen=True)
class Table:
    """All arcs of one layer, sorted by target; parallel arcs are merged, the cheapest one counts.

    ``source[i]``, ``target`` starts at ``begins``; choice ``choices[j]`` belongs to the merged arc
    whose ``choice_begins`` is last at or before j.
    """

    states: int
    following: int
    source: Indices
    target: Indices
    begins: Indices
    choices: Indices
    choice_begins: Indices
    steps: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layer:
    """What one layer brings: residuals that begin, and what each choice adds to the counters.

    ``allowed``: the choices that may be made (``NONE`` among them or not).
    """

    begins: tuple[int, ...]
    adds: tuple[Steps, ...]
    allowed: tuple[int, ...]


class Compiler:
    """Tables for the people of one problem; the same (states, layer) is compiled once."""

    def __init__(self) -> None:
        self.residuals = Residuals()
        self._fronts: dict[tuple[State, ...], int] = {}
        self._states: list[tuple[State, ...]] = []
        self._tables: dict[tuple[int, Layer], tuple[Table, int]] = {}
        self._started: dict[tuple[tuple[int, ...], int], tuple[State, tuple[int, ...]] | None] = {}
        self._moves: dict[tuple[State, int], tuple[State, tuple[int, ...]] | None] = {}

    def compile(self, layers: Sequence[Layer], counters: int) -> list[Table]:
        """Tables from the first layer to the last; raises ``CrowdedError``.

        The last front may hold several states: rules that look beyond the end stay open.
        """
        front = self._front(((),))
        tables = []
        for layer in layers:
            table, front = self._table(front, layer, counters)
            tables.append(table)
        return tables

    def _front(self, states: tuple[State, ...]) -> int:
        if len(states) > CROWD:
            raise CrowdedError
        number = self._fronts.get(states)
        if number is None:
            number = self._fronts[states] = len(self._states)
            self._states.append(states)
        return number

    def _table(self, front: int, layer: Layer, counters: int) -> tuple[Table, int]:
        key = front, layer
        found = self._tables.get(key)
        if found is None:
            found = self._tables[key] = self._make(self._states[front], layer, counters)
        return found

    def _make(self, states: tuple[State, ...], layer: Layer, counters: int) -> tuple[Table, int]:
        arcs: dict[tuple[int, int, Steps], list[int]] = {}
        targets: dict[State, int] = {}
        none = (0,) * counters
        for choice in layer.allowed:
            begun = self._begin(layer.begins, choice)
            if begun is None:
                continue
            fresh, counted = begun
            adds = none if choice == NONE else layer.adds[choice]
            for source, state in enumerate(states):
                moved = self._move(state, choice)
                if moved is None:
                    continue
                kept, also = moved
                after = self._state(*kept, *fresh)
                steps = self._sum(adds, (*counted, *also))
                target = targets.setdefault(after, len(targets))
                arcs.setdefault((target, source, steps), []).append(choice)
        return _table(len(states), targets, arcs, len(layer.adds), counters), self._front(
            tuple(targets)
        )

    def _state(self, *numbers: int) -> State:
        """Rules once each; counts as often as they stand, for each of them will count."""
        rules = {n for n in numbers if self.residuals.counted(n) is None}
        counts = [n for n in numbers if n not in rules]
        return tuple(sorted((*rules, *counts)))

    def _sum(self, adds: Steps, counts: Iterable[int]) -> Steps:
        total = list(adds)
        for number in counts:
            found = self.residuals.counted(number)
            assert found is not None
            total[found[0]] += found[1]
        return tuple(total)

    def _begin(self, begins: tuple[int, ...], choice: int) -> tuple[State, tuple[int, ...]] | None:
        """Residuals of rules that begin in this layer, after its choice."""
        key = begins, choice
        if key not in self._started:
            self._started[key] = self._after(begins, choice)
        return self._started[key]

    def _move(self, state: State, choice: int) -> tuple[State, tuple[int, ...]] | None:
        key = state, choice
        if key not in self._moves:
            self._moves[key] = self._after(state, choice)
        return self._moves[key]

    def _after(self, numbers: Iterable[int], choice: int) -> tuple[State, tuple[int, ...]] | None:
        """(residuals left, counts made); ``None`` when a rule is broken."""
        left: list[int] = []
        counted: list[int] = []
        for number in numbers:
            following, fired = self.residuals.after(number, choice)
            if following == FAILED:
                return None
            if fired:
                counted.append(number)
            if following != DONE:
                left.append(following)
        return tuple(left), tuple(counted)


def _table(
    states: int,
    targets: dict[State, int],
    arcs: dict[tuple[int, int, Steps], list[int]],
    choices: int,
    counters: int,
) -> Table:
    order = sorted(arcs)
    target = np.array([t for t, _, _ in order], dtype=np.intp)
    source = np.array([s for _, s, _ in order], dtype=np.intp)
    begins = np.flatnonzero(np.diff(target, prepend=-1)).astype(np.intp)
    lists = [arcs[key] for key in order]
    # Taking nothing is priced too: it stands after the last choice.
    flat = np.array([c if c != NONE else choices for many in lists for c in many], dtype=np.intp)
    lengths = np.array([len(many) for many in lists], dtype=np.intp)
    return Table(
        states,
        len(targets),
        source,
        target,
        begins,
        flat,
        (np.cumsum(lengths) - lengths).astype(np.intp),
        np.array([steps for _, _, steps in order], dtype=np.int64).reshape(len(order), counters),
    )
