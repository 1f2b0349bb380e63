"""Where a variable stands: what changes, and what could break, when it does.

Plain arrays instead of a list per variable: large problems have hundreds of thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from so247.solver.problem import AnyOf, Problem, Terms, Total

Ints = npt.NDArray[np.int64]


class Flat:
    """Many sums one after another: sum ``at`` is ``terms[begins[at] : begins[at + 1]]``."""

    def __init__(self, lengths: Ints, variables: Ints, weights: Ints) -> None:
        self.count = len(lengths)
        self.begins = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
        self.variables = variables
        self.weights = weights

    @classmethod
    def of_terms(cls, rows: Sequence[Terms]) -> Flat:
        lengths = _lengths(rows)
        numbers = chain.from_iterable(chain.from_iterable(rows))
        pairs = np.fromiter(numbers, dtype=np.int64, count=2 * int(lengths.sum())).reshape(-1, 2)
        return cls(lengths, pairs[:, 0].copy(), pairs[:, 1].copy())

    @classmethod
    def of_members(cls, rows: Sequence[Sequence[int]]) -> Flat:
        """Sums in which every member counts once."""
        lengths = _lengths(rows)
        members = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
        return cls(lengths, members, np.ones(len(members), dtype=np.int64))

    @classmethod
    def of_derived(cls, rows: Sequence[AnyOf | Total]) -> Flat:
        """The sums behind derived variables, in their order."""
        anyhow = np.array([isinstance(each, AnyOf) for each in rows], dtype=np.bool_)
        first = cls.of_members([each.members for each in rows if isinstance(each, AnyOf)])
        second = cls.of_terms([each.terms for each in rows if isinstance(each, Total)])
        owners = np.concatenate(
            (first.owners(np.flatnonzero(anyhow)), second.owners(np.flatnonzero(~anyhow)))
        )
        order = np.argsort(owners, kind="stable")
        return cls(
            np.bincount(owners, minlength=len(rows)),
            np.concatenate((first.variables, second.variables))[order],
            np.concatenate((first.weights, second.weights))[order],
        )

    def owners(self, names: Ints | None = None) -> Ints:
        """The sum of each term: its position, or its name."""
        known = np.arange(self.count) if names is None else names
        return np.repeat(known, np.diff(self.begins))


class Index:
    """Variable to the sums that it stands in, in order."""

    def __init__(self, size: int, flat: Flat) -> None:
        self.size = size
        order = np.argsort(flat.variables, kind="stable")
        self.sums: Ints = flat.owners()[order]
        self.weights: Ints = flat.weights[order]
        self.begins = np.concatenate(
            ([0], np.cumsum(np.bincount(flat.variables, minlength=size), dtype=np.int64))
        )

    def __getitem__(self, variable: int) -> list[int]:
        found: list[int] = self.sums[self.begins[variable] : self.begins[variable + 1]].tolist()
        return found

    def runs(self) -> Runs:
        """The same with the weights, to be read very often."""
        return Runs(self.begins, self.sums, self.weights)


class Runs:
    """(number, weight) pairs in runs, read one run at a time."""

    def __init__(self, begins: Ints, names: Ints, weights: Ints) -> None:
        self.begins: list[int] = begins.tolist()
        self.pairs = np.stack((names, weights), axis=1)

    def run(self, at: int) -> list[list[int]]:
        found: list[list[int]] = self.pairs[self.begins[at] : self.begins[at + 1]].tolist()
        return found


class Incidence:
    """Which derived variables, cliques, rows and penalties each variable stands in."""

    def __init__(self, problem: Problem) -> None:
        size = problem.size
        self.derived = Index(size, Flat.of_derived(problem.derived))
        self.cliques = Index(size, Flat.of_members([each.members for each in problem.cliques]))
        self.rows = Index(size, Flat.of_terms([each.terms for each in problem.rows]))
        self.excesses = Index(size, Flat.of_terms([each.terms for each in problem.excesses]))
        self.deviations = Index(size, Flat.of_terms([each.terms for each in problem.deviations]))
        self.costs = Index(size, Flat.of_members([(each.variable,) for each in problem.costs]))


def touched(index: Index, variables: Iterable[int]) -> list[int]:
    """What the variables stand in, in order, each once."""
    wanted = np.fromiter(variables, dtype=np.int64)
    begins = index.begins[wanted]
    lengths = index.begins[wanted + 1] - begins
    # Positions of all their entries, one run after another.
    jumps = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    found: list[int] = np.unique(index.sums[jumps + np.arange(len(jumps))]).tolist()
    return found


def _lengths(rows: Sequence[Sequence[object]]) -> Ints:
    return np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
