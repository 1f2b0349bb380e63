"""All columns found so far, with what they cost and what they add to the couplings."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from so247.solver.columns.arrays import Floats
from so247.solver.columns.automaton import Compiler
from so247.solver.columns.blocks import Coupling, Parted
from so247.solver.columns.layers import layered
from so247.solver.columns.person import Column, Person, Priced, affordable
from so247.solver.columns.pricing import Room
from so247.solver.problem import Problem

DEAR = 2.0
"""Breaking a limit that may not be broken costs so many times what an option can gain at most."""

NEAR = 2e-3
"""How far from the best a column may stay, as a share of the dearest option: what pricing once
more gains is worth about as much as what it takes."""

ROUNDING = 1e-6
"""What a sum may be off by rounding: all of them are whole numbers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A legal column: whose it is, its options, own cost, and what it adds where."""

    person: int
    column: Column
    cost: float
    rows: npt.NDArray[np.intp]
    values: Floats


class Pool:
    """People, the couplings between them, and columns.

    ``work`` is told what pricing takes, in seconds as they are on an ordinary machine: a measure
    that is the same on every machine.
    """

    def __init__(self, problem: Problem, parted: Parted, work: Callable[[float], None]) -> None:
        self.constant = parted.constant
        self.work = work
        compiler, room = Compiler(), Room()
        shapes = [layered(problem, block) for block in parted.blocks]
        cells = affordable(shapes)
        self.people = [
            Person(problem, block, shape, compiler, cells, room)
            for block, shape in zip(parted.blocks, shapes, strict=True)
        ]
        couplings = parted.couplings
        self.low = np.array([each.low for each in couplings], dtype=np.float64)
        self.high = np.array([each.high for each in couplings], dtype=np.float64)
        self.under, self.over = _weights(couplings, parted.cost)
        self._hard = (
            np.array([each.under is None for each in couplings], dtype=np.bool_),
            np.array([each.over is None for each in couplings], dtype=np.bool_),
        )
        self.dearest = _dearest(couplings, parted.cost.values())
        """What a unit costs at most: of a soft limit, or of an option by itself."""
        self.members = [{problem.options[v].person for v, _ in each.terms} for each in couplings]
        """The people of each coupling."""
        self._coupled: dict[int, list[tuple[int, float]]] = {}
        for row, each in enumerate(couplings):
            for option, coefficient in each.terms:
                self._coupled.setdefault(option, []).append((row, coefficient))
        self._cost = parted.cost
        self._own = [
            np.array([parted.cost.get(int(v), 0) for v in person.options], dtype=np.float64)
            for person in self.people
        ]
        self._sparse = [self._matrix(person) for person in self.people]
        self.entries: list[Entry] = []
        self.of_person: list[list[int]] = [[] for _ in self.people]
        self._seen: dict[tuple[int, Column], int] = {}

    def _matrix(self, person: Person) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats]:
        """(place of the option, coupling, coefficient) of everything that couples the person."""
        found = [
            (place, row, coefficient)
            for place, v in enumerate(person.options)
            for row, coefficient in self._coupled.get(int(v), ())
        ]
        places, rows, coefficients = zip(*found, strict=True) if found else ((), (), ())
        return (
            np.array(places, dtype=np.intp),
            np.array(rows, dtype=np.intp),
            np.array(coefficients, dtype=np.float64),
        )

    def add(self, person: int, column: Column) -> tuple[int, bool]:
        """(number of the column, whether it is new)."""
        number = self._seen.get((person, column))
        if number is not None:
            return number, False
        total: dict[int, float] = {}
        for v in column:
            for row, coefficient in self._coupled.get(v, ()):
                total[row] = total.get(row, 0.0) + coefficient
        entry = Entry(
            person,
            column,
            float(sum(self._cost.get(v, 0) for v in column)),
            np.array(list(total), dtype=np.intp),
            np.array(list(total.values()), dtype=np.float64),
        )
        number = self._seen[person, column] = len(self.entries)
        self.entries.append(entry)
        self.of_person[person].append(number)
        return number, True

    def reduced(self, number: int, duals: Floats) -> float:
        """What a column costs at these duals of the couplings."""
        entry = self.entries[number]
        return float(entry.cost - duals[entry.rows] @ entry.values)

    def clipped(self, duals: Floats) -> Floats:
        """Duals no further from nothing than a unit below or above is worth."""
        return np.clip(duals, -self.over, self.under)

    def worth(self, duals: Floats) -> tuple[float, float]:
        """(what the limits are worth at these duals, the same without signs).

        The first is the constant of Lagrange's bound, the second what it was added up from.
        """
        limits = np.where(duals > 0, self.low, self.high)
        paid = duals != 0
        worth = duals[paid] * limits[paid]
        return float(worth.sum()), float(np.abs(worth).sum())

    def excess(self, sums: Floats) -> Floats:
        """What each coupling costs where it stands at these sums."""
        below = np.maximum(0.0, self.low - sums) * self.under
        return below + np.maximum(0.0, sums - self.high) * self.over

    def broken(self, sums: Floats) -> bool:
        """Whether a limit that may not be broken is, where couplings stand at these sums."""
        below = (sums < self.low - ROUNDING) & self._hard[0]
        above = (sums > self.high + ROUNDING) & self._hard[1]
        return bool((below | above).any())

    def margins(self, sums: Floats) -> tuple[Floats, Floats]:
        """What one unit more costs each coupling, and what one unit less saves."""
        more = self.over * (sums >= self.high) - self.under * (sums < self.low)
        less = self.over * (sums > self.high) - self.under * (sums <= self.low)
        return more, less

    def price(self, person: int, more: Floats, less: Floats, near: float = NEAR) -> Priced:
        """A cheap column where a unit more of a coupling costs ``more``, one less saves ``less``.

        ``near``: as for ``Person.price``.
        """
        before = self.people[person].spent
        priced = self.people[person].price(self._costs(person, more, less), near)
        self.work(self.people[person].spent - before)
        return priced

    def _costs(self, person: int, more: Floats, less: Floats) -> Floats:
        places, rows, coefficients = self._sparse[person]
        own = self._own[person]
        each = np.where(coefficients > 0, more[rows], less[rows])
        return own + np.bincount(places, coefficients * each, minlength=len(own))

    def sums(self, numbers: Sequence[int]) -> Floats:
        """What columns add to the couplings together."""
        total = np.zeros(len(self.low))
        for number in numbers:
            entry = self.entries[number]
            total[entry.rows] += entry.values
        return total


def _weights(couplings: Sequence[Coupling], costs: Mapping[int, int]) -> tuple[Floats, Floats]:
    """What a unit below and a unit above cost; breaking what may not be outweighs any gain."""
    gains: dict[int, float] = defaultdict(float)
    for option, cost in costs.items():
        gains[option] += abs(cost)
    for each in couplings:
        soft = max(each.under or 0, each.over or 0)
        for option, coefficient in each.terms:
            gains[option] += abs(coefficient) * soft
    hard = DEAR * (max(gains.values(), default=0) + 1)
    under, over = np.zeros(len(couplings)), np.zeros(len(couplings))
    for row, each in enumerate(couplings):
        # The least that a limit can be broken by.
        unit = math.gcd(*(coefficient for _, coefficient in each.terms)) or 1
        under[row] = hard / unit if each.under is None else each.under
        over[row] = hard / unit if each.over is None else each.over
    return under, over


def _dearest(couplings: Sequence[Coupling], costs: Iterable[int]) -> float:
    soft = (w for each in couplings for w in (each.under, each.over) if w is not None)
    return max(soft, default=0) + max(map(abs, costs), default=0)
