"""A choice that changes one option at a time, and knows at once what that breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from so247.solver.evaluate import Ints
from so247.solver.incidence import Flat, Index, Runs
from so247.solver.problem import AnyOf, Problem


class Changing:
    """Starts with the pins. What stands then may be beyond a limit; nothing may go further.

    Cliques and rows are limits alike: a sum and what it may be at most. Rows that ask for at least
    something begin below it; they are no limits here until they are met.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.first = len(problem.options)
        self.value = [0] * problem.size
        self.broken: set[int] = set()
        """Limits that are exceeded now."""
        cliques = [each.members for each in problem.cliques]
        members, rows = Flat.of_members(cliques), Flat.of_terms([e.terms for e in problem.rows])
        limits = Flat(
            np.concatenate((np.diff(members.begins), np.diff(rows.begins))),
            np.concatenate((members.variables, rows.variables)),
            np.concatenate((members.weights, rows.weights)),
        )
        self.inside = Runs(limits.begins, limits.variables, limits.weights)
        """Limit to its (variable, coefficient)s."""
        self.limits = Index(problem.size, limits).runs()
        """Variable to the (limit, coefficient)s that it stands in."""
        self.derived = Index(problem.size, Flat.of_derived(problem.derived)).runs()
        self.anyhow = [isinstance(each, AnyOf) for each in problem.derived]
        self.count = [0] * len(problem.derived)
        """What the members of each derived variable add up to."""
        self.sums = [0] * limits.count
        self.upper = [1] * len(cliques) + [each.upper for each in problem.rows]
        for v, option in enumerate(problem.options):
            if option.pinned:
                self.change(v, 1)
        self.upper = [max(pair) for pair in zip(self.upper, self.sums, strict=True)]
        self.broken.clear()

    def choice(self) -> Ints:
        return np.array(self.value[: self.first], dtype=np.int64)

    def change(self, variable: int, delta: int) -> None:
        """Add ``delta`` to a variable, and what follows from that to all others."""
        self.value[variable] += delta
        sums, upper, broken = self.sums, self.upper, self.broken
        for at, weight in self.limits.run(variable):
            sums[at] += weight * delta
            if sums[at] > upper[at]:
                broken.add(at)
            else:
                broken.discard(at)
        for at, weight in self.derived.run(variable):
            step = self._step(at, weight * delta)
            self.count[at] += weight * delta
            if step:
                self.change(self.first + at, step)

    def _step(self, derived: int, delta: int) -> int:
        """What a derived variable changes by when its members change by ``delta``."""
        if not self.anyhow[derived]:
            return delta
        before = self.count[derived]
        return (before + delta > 0) - (before > 0)

    def fits(self, variable: int) -> bool:
        """Whether an option may be added, if its ways to a limit are looked at one by one."""
        for at, weight in self.limits.run(variable):
            if weight > 0 and self.sums[at] + weight > self.upper[at]:
                return False
        return all(self._fits(at, weight) for at, weight in self.derived.run(variable))

    def _fits(self, derived: int, delta: int) -> bool:
        step = self._step(derived, delta)
        if not step:
            return True
        variable = self.first + derived
        for at, weight in self.limits.run(variable):
            if weight * step > 0 and self.sums[at] + weight * step > self.upper[at]:
                return False
        return all(self._fits(at, weight * step) for at, weight in self.derived.run(variable))

    def add(self, option: int) -> bool:
        """Choose an option if nothing breaks by it."""
        if self.value[option] or not self.fits(option):
            return False
        self.change(option, 1)
        if self.broken:
            self.change(option, -1)
            return False
        return True

    def behind(self, limit: int) -> Iterator[int]:
        """The chosen options that make a limit's sum larger."""
        return self._chosen(self.inside.run(limit))

    def _chosen(self, terms: Iterable[tuple[int, int]]) -> Iterator[int]:
        for variable, weight in terms:
            if weight <= 0 or not self.value[variable]:
                continue
            if variable < self.first:
                yield variable
            else:
                yield from self._chosen(self._members(variable - self.first))

    def _members(self, derived: int) -> Iterable[tuple[int, int]]:
        entry = self.problem.derived[derived]
        return [(v, 1) for v in entry.members] if isinstance(entry, AnyOf) else entry.terms
