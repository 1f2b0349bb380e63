"""A choice that changes one option at a time, and knows at once what that breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from so247.solver.evaluate import Ints
from so247.solver.incidence import Flat, Index, Runs
from so247.solver.problem import AnyOf, Excess, Problem, Row, Tier


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
        soft = [each for each in problem.excesses if each.tier is Tier.SOFT_NORMS]
        sums: list[Row | Excess] = [*problem.rows, *soft]
        members, rows = Flat.of_members(cliques), Flat.of_terms([each.terms for each in sums])
        limits = Flat(
            np.concatenate((np.diff(members.begins), np.diff(rows.begins))),
            np.concatenate((members.variables, rows.variables)),
            np.concatenate((members.weights, rows.weights)),
        )
        self.hard = len(cliques) + len(problem.rows)
        """Limits from here on are soft: they are never broken but cost something."""
        self.dear = [0] * self.hard + [each.weight for each in soft]
        """What a unit above each limit costs."""
        self.inside = Runs(limits.begins, limits.variables, limits.weights)
        """Limit to its (variable, coefficient)s."""
        self.limits = Index(problem.size, limits).runs()
        """Variable to the (limit, coefficient)s that it stands in."""
        self.derived = Index(problem.size, Flat.of_derived(problem.derived)).runs()
        self.anyhow = [isinstance(each, AnyOf) for each in problem.derived]
        self.count = [0] * len(problem.derived)
        """What the members of each derived variable add up to."""
        self.sums = [0] * limits.count
        self.upper = [1] * len(cliques) + [each.upper for each in sums]
        for v, option in enumerate(problem.options):
            if option.pinned:
                self.change(v, 1)
        for at in range(self.hard):
            self.upper[at] = max(self.upper[at], self.sums[at])
        self.broken.clear()

    def choice(self) -> Ints:
        return np.array(self.value[: self.first], dtype=np.int64)

    def change(self, variable: int, delta: int) -> None:
        """Add ``delta`` to a variable, and what follows from that to all others."""
        self.value[variable] += delta
        sums, upper, broken, hard = self.sums, self.upper, self.broken, self.hard
        for at, weight in self.limits.run(variable):
            sums[at] += weight * delta
            if at >= hard:
                continue
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

    def strain(self, variable: int, delta: int = 1) -> int | None:
        """What soft limits cost more when a variable grows so much; ``None``: a hard one forbids
        it. Several ways to one limit do not add up here."""
        total = 0
        for at, weight in self.limits.run(variable):
            above = self.sums[at] + weight * delta - self.upper[at]
            if above > 0 and weight * delta > 0:
                if at < self.hard:
                    return None
                total += self.dear[at] * min(above, weight * delta)
        for at, weight in self.derived.run(variable):
            step = self._step(at, weight * delta)
            more = self.strain(self.first + at, step) if step else 0
            if more is None:
                return None
            total += more
        return total

    def add(self, option: int) -> bool:
        """Choose an option if nothing breaks by it."""
        if self.value[option]:
            return False
        self.change(option, 1)
        if self.broken:
            self.change(option, -1)
            return False
        return True

    def behind(self, limit: int) -> Iterator[int]:
        """The chosen options that make a limit's sum larger."""
        return self._chosen(self.inside.run(limit))

    def _chosen(self, terms: Iterable[Sequence[int]]) -> Iterator[int]:
        for variable, weight in terms:
            if weight <= 0 or not self.value[variable]:
                continue
            if variable < self.first:
                yield variable
            else:
                yield from self._chosen(self._members(variable - self.first))

    def _members(self, derived: int) -> Iterable[Sequence[int]]:
        entry = self.problem.derived[derived]
        return [(v, 1) for v in entry.members] if isinstance(entry, AnyOf) else entry.terms
