"""A legal choice that changes option by option, with what every tier costs at any moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.incidence import Flat, Index
from so247.solver.problem import AnyOf, Deviation, Excess, Problem, Terms, Tier


class Scales:
    """Begins with a choice; what that is beyond a limit already may stay so, and go no further.

    Only tiers up to ``last`` are weighed, the largest deviation of all apart (``peak``).
    """

    def __init__(self, problem: Problem, evaluator: Evaluator, choice: Ints, last: Tier) -> None:
        self.problem = problem
        self.first = len(problem.options)
        self.evaluator = evaluator
        everything = evaluator.values(choice)
        self.value: list[int] = everything.tolist()
        excesses = [each for each in problem.excesses if each.tier <= last]
        self.deviations = deviations = [each for each in problem.deviations if each.tier <= last]
        limits: list[Terms] = [tuple((v, 1) for v in each.members) for each in problem.cliques]
        limits += [each.terms for each in problem.rows]
        self.hard = len(limits)
        self.soft = self.hard + len(excesses)
        """Sums from here on cost both ways from their target; those before it only above."""
        sums = [*limits, *(each.terms for each in excesses), *(each.terms for each in deviations)]
        flat = Flat.of_terms(sums)
        self.terms: Sequence[Terms] = limits
        self.sums_of = Index(problem.size, flat).runs()
        self.sum: list[int] = [sum(c * self.value[v] for v, c in terms) for terms in sums]
        upper = [1] * len(problem.cliques) + [each.upper for each in problem.rows]
        self.upper = [max(u, now) for u, now in zip(upper, self.sum, strict=False)]
        self.upper += [each.upper for each in excesses] + [each.target for each in deviations]
        priced: list[Excess | Deviation] = [*excesses, *deviations]
        self.tier = [0] * self.hard + [int(each.tier) for each in priced]
        self.price = [0] * self.hard + [each.weight for each in priced]
        self.costs: dict[int, list[tuple[int, int]]] = {}
        for each in problem.costs:
            if each.tier <= last:
                self.costs.setdefault(each.variable, []).append((int(each.tier), each.weight))
        self.derived_of = Index(problem.size, Flat.of_derived(problem.derived)).runs()
        self.any = [isinstance(each, AnyOf) for each in problem.derived]
        self.count = [
            sum(c * self.value[v] for v, c in self._members(at)) for at in range(len(self.any))
        ]
        self.broken: set[int] = set()
        self.spent = [0] * (last + 1)
        """What every tier costs more than at first."""
        self.peaks = sum(each.weight for each in problem.peaks if each.tier <= last)

    def peak(self) -> int:
        """What the largest deviation costs."""
        if not self.peaks:
            return 0
        off = zip(self.sum[self.soft :], self.upper[self.soft :], strict=True)
        return self.peaks * max((abs(now - target) for now, target in off), default=0)

    def off(self) -> list[int]:
        """What each deviation costs now."""
        now = zip(
            self.sum[self.soft :], self.upper[self.soft :], self.price[self.soft :], strict=True
        )
        return [abs(value - target) * price for value, target, price in now]

    def points(self) -> list[int]:
        """What one task more or less changes in the shares of those who may hold it."""
        return [
            abs(points) * each.weight
            for each in self.deviations
            for v, points in each.terms
            if v < self.first
        ]

    def above(self, deviation: int) -> bool:
        """Whether somebody carries more than his share."""
        return self.sum[self.soft + deviation] > self.upper[self.soft + deviation]

    def lean(self, option: int) -> int:
        """What the last tier would cost more if an option were chosen, by itself."""
        last = len(self.spent) - 1
        more = sum(weight for tier, weight in self.costs.get(option, ()) if tier == last)
        for at, weight in self.sums_of.run(option):
            if at >= self.soft and self.tier[at] == last:
                off = self.sum[at] - self.upper[at]
                more += self.price[at] * (abs(off + weight) - abs(off))
        return more

    def settle(self) -> None:
        """Tiers before the last may not cost more from here on than they do now."""
        self.spent[:-1] = [0] * (len(self.spent) - 1)

    def change(self, variable: int, delta: int) -> None:
        """Add to a variable, and what follows from that to all others."""
        self.value[variable] += delta
        for tier, weight in self.costs.get(variable, ()):
            self.spent[tier] += weight * delta
        sums, upper = self.sum, self.upper
        for at, weight in self.sums_of.run(variable):
            before = sums[at] - upper[at]
            after = before + weight * delta
            sums[at] += weight * delta
            if at < self.hard:
                if after > 0:
                    self.broken.add(at)
                else:
                    self.broken.discard(at)
            elif at < self.soft:
                self.spent[self.tier[at]] += self.price[at] * (max(0, after) - max(0, before))
            else:
                self.spent[self.tier[at]] += self.price[at] * (abs(after) - abs(before))
        for at, weight in self.derived_of.run(variable):
            before = self.count[at]
            self.count[at] = after = before + weight * delta
            step = (after > 0) - (before > 0) if self.any[at] else weight * delta
            if step:
                self.change(self.first + at, step)

    def behind(self, limit: int) -> Iterator[int]:
        """The chosen options that make a limit's sum larger."""
        return self._chosen(self.terms[limit])

    def options_of(self, variable: int) -> list[int]:
        """The options that a variable stands for."""
        if variable < self.first:
            return [variable]
        members = self._members(variable - self.first)
        return [v for member, _ in members for v in self.options_of(member)]

    def _chosen(self, terms: Terms) -> Iterator[int]:
        for variable, weight in terms:
            if weight > 0 and self.value[variable]:
                if variable < self.first:
                    yield variable
                else:
                    yield from self._chosen(self._members(variable - self.first))

    def _members(self, derived: int) -> Terms:
        entry = self.problem.derived[derived]
        return tuple((v, 1) for v in entry.members) if isinstance(entry, AnyOf) else entry.terms

    def choice(self) -> Ints:
        return np.array(self.value[: self.first], dtype=np.int64)
