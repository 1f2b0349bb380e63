"""What a choice costs, kept up to date while options are switched on and off one by one."""

from __future__ import annotations

from benchmarks.peers.reading import Reading
from benchmarks.peers.weights import Weights
from so247.solver.problem import AnyOf, Problem, Terms, Tier


class Ledger:
    """``cost``: the weighted tiers, and ``breach`` for each unit by which a sum breaks a limit.

    A breach counts by how far it goes, so that there is a way down. The pins are in it already.
    """

    def __init__(self, reading: Reading, weights: Weights, breach: int) -> None:
        problem = self.problem = reading.problem
        self.reading = reading
        self.first = reading.first
        self.weights = weights
        self.values = [0] * problem.size
        self.linear = [0] * problem.size
        self.sums: list[int] = []
        self.bends: list[tuple[int, int, int]] = []
        """For each sum: (bend, cost of a unit above it, cost of a unit below it)."""
        self.in_sums: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
        self.in_derived: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
        self.any = [isinstance(each, AnyOf) for each in problem.derived]
        self.count = [0] * len(problem.derived)
        self.cost = 0
        self._derive(problem)
        if breach:
            self._limit(breach)
        self._price()
        self.fair = range(len(self.sums), len(self.sums))
        self.peak = sum(self._weight(each.tier, each.weight) for each in problem.peaks)
        self._deviate()
        self.farthest = self._farthest()
        self.cost += self.peak * self.farthest
        for v, option in enumerate(problem.options):
            if option.pinned:
                self.flip(v)
        self.settle()

    def _weight(self, tier: Tier, weight: int) -> int:
        price = self.weights.of.get(tier, 0)
        return weight // self.weights.unit[tier] * price if price else 0

    def _limit(self, breach: int) -> None:
        for clique in self.reading.groups:
            self._add(tuple((v, 1) for v in clique), (1, breach, 0))
        for row in self.problem.rows:
            if self.reading.span(row.terms)[1] > row.upper:
                self._add(row.terms, (row.upper, breach, 0))

    def _price(self) -> None:
        for excess in self.problem.excesses:
            weight = self._weight(excess.tier, excess.weight)
            if weight and self.reading.span(excess.terms)[1] > excess.upper:
                self._add(excess.terms, (excess.upper, weight, 0))
        for cost in self.problem.costs:
            self.linear[cost.variable] += self._weight(cost.tier, cost.weight)

    def _deviate(self) -> None:
        begin = len(self.sums)
        for each in self.problem.deviations:
            weight = self._weight(each.tier, each.weight)
            if weight or self.peak:
                self._add(each.terms, (each.target, weight, weight))
        self.fair = range(begin, len(self.sums))

    def _derive(self, problem: Problem) -> None:
        for at, derived in enumerate(problem.derived):
            terms = (
                tuple((v, 1) for v in derived.members)
                if isinstance(derived, AnyOf)
                else derived.terms
            )
            for v, coefficient in terms:
                self.in_derived[v].append((at, coefficient))

    def _add(self, terms: Terms, bend: tuple[int, int, int]) -> None:
        at = len(self.sums)
        self.sums.append(0)
        self.bends.append(bend)
        for v, coefficient in terms:
            self.in_sums[v].append((at, coefficient))
        limit, above, below = bend
        self.cost += below * limit if limit > 0 else -limit * above

    def _farthest(self) -> int:
        return max((abs(self.sums[at] - self.bends[at][0]) for at in self.fair), default=0)

    def flip(self, option: int) -> None:
        """Switch an option; ``cost`` is right again after ``settle``."""
        self._change(option, 1 - 2 * self.values[option])

    def settle(self) -> None:
        """Count the largest deviation anew."""
        if self.peak:
            farthest = self._farthest()
            self.cost += self.peak * (farthest - self.farthest)
            self.farthest = farthest

    def _change(self, v: int, by: int) -> None:
        self.values[v] += by
        cost = self.linear[v] * by
        sums, bends = self.sums, self.bends
        for at, coefficient in self.in_sums[v]:
            before = sums[at]
            after = sums[at] = before + coefficient * by
            limit, above, below = bends[at]
            if before > limit:
                cost -= (before - limit) * above
            elif below:
                cost -= (limit - before) * below
            if after > limit:
                cost += (after - limit) * above
            elif below:
                cost += (limit - after) * below
        self.cost += cost
        for at, coefficient in self.in_derived[v]:
            if not self.any[at]:
                self._change(self.first + at, coefficient * by)
                continue
            before = self.count[at]
            after = self.count[at] = before + by
            if (before > 0) != (after > 0):
                self._change(self.first + at, by)
