"""A ``Problem``, or the free part of it, as a CP-SAT model. One of the few files with ortools.

Any variable may be a constant: a submodel holds only the options that are free and whatever they
touch; everything else is folded into bounds. That is what makes neighbourhood search cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd

from ortools.sat.python import cp_model

from so247.solver.evaluate import Ints
from so247.solver.incidence import Incidence, touched
from so247.solver.problem import AnyOf, Problem, Tier

Expression = cp_model.LinearExprT


@dataclass
class Submodel:
    """A CP-SAT model over free options, and each tier's cost as far as it can change."""

    model: cp_model.CpModel
    options: dict[int, cp_model.IntVar]
    tiers: dict[Tier, list[tuple[cp_model.IntVar, int]]] = field(default_factory=dict)
    now: dict[Tier, int] = field(default_factory=dict)
    """What ``cost`` is for the choice that the submodel was made from."""

    def cost(self, tier: Tier) -> Expression:
        terms = self.tiers.get(tier, [])
        weights = [weight for _, weight in terms]
        return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], weights)

    def floor(self, tier: Tier) -> int:
        """What ``cost`` is at least: only what is won when a variable is true lies below zero."""
        return sum(min(0, weight) for _, weight in self.tiers.get(tier, ()))


class Translator:
    """Writes submodels of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.incidence = Incidence(problem)

    def submodel(self, free: Iterable[int], values: Ints, tiers: Sequence[Tier]) -> Submodel:
        """The model in which only ``free`` options may change; the others are as in ``values``.

        Only penalties of the given tiers are written.
        """
        return _Writer(self, sorted(free), values, frozenset(tiers)).write()


class _Writer:
    """Writes one submodel."""

    def __init__(
        self, translator: Translator, free: Sequence[int], values: Ints, tiers: frozenset[Tier]
    ) -> None:
        self.problem = translator.problem
        self.incidence = translator.incidence
        self.values = values
        self.tiers = tiers
        self.model = cp_model.CpModel()
        self.free = free
        self.variables: dict[int, cp_model.IntVar] = {
            v: self.model.new_bool_var("") for v in free if not self.problem.options[v].pinned
        }
        for v, name in self.variables.items():
            self.model.add_hint(name, int(values[v]))
        self.bounds: dict[int, tuple[int, int]] = {}
        """Bounds of the integer variables, by their index in the model; the others are 0 or 1."""
        self.result = Submodel(self.model, dict(self.variables))

    def write(self) -> Submodel:
        self._derive()
        reached = list(self.variables)
        for at in touched(self.incidence.cliques, reached):
            self._clique(self.problem.cliques[at].members)
        for at in touched(self.incidence.rows, reached):
            row = self.problem.rows[at]
            self._row(row.terms, row.upper)
        self._penalties(reached)
        return self.result

    def _derive(self) -> None:
        """Derived variables that can change, in order of index (members come first)."""
        pending = touched(self.incidence.derived, list(self.variables))
        first = len(self.problem.options)
        queue = sorted(pending)
        seen = set(queue)
        at = 0
        while at < len(queue):
            for following in self.incidence.derived[first + queue[at]]:
                if following not in seen:
                    seen.add(following)
                    queue.append(following)
            at += 1
        for index in sorted(queue):
            derived = self.problem.derived[index]
            if isinstance(derived, AnyOf):
                self._any(first + index, derived.members)
            else:
                self._total(first + index, derived.terms)

    def _any(self, index: int, members: Sequence[int]) -> None:
        free = [self.variables[v] for v in members if v in self.variables]
        fixed = any(self.values[v] for v in members if v not in self.variables)
        if not free or fixed:
            return
        if len(free) == 1:
            self.variables[index] = free[0]
            return
        variable = self.model.new_bool_var("")
        self.model.add_max_equality(variable, free)
        self.model.add_hint(variable, int(self.values[index]))
        self.variables[index] = variable

    def _total(self, index: int, terms: Sequence[tuple[int, int]]) -> None:
        free, constant = self._split(terms)
        if not free:
            return
        low = constant - self._most([(v, -c) for v, c in free])
        high = constant + self._most(free)
        variable = self._integer(low, high, int(self.values[index]))
        self.model.add(_sum(free) + constant == variable)
        self.variables[index] = variable

    def _integer(self, low: int, high: int, now: int) -> cp_model.IntVar:
        """An integer variable, hinted: a hint that misses a variable is easily lost."""
        variable = self.model.new_int_var(low, high, "")
        self.bounds[variable.index] = (low, high)
        self.model.add_hint(variable, now)
        return variable

    def _most(self, terms: Sequence[tuple[cp_model.IntVar, int]]) -> int:
        """The largest value that a sum can have."""
        total = 0
        for variable, coefficient in terms:
            low, high = self.bounds.get(variable.index, (0, 1))
            total += max(low * coefficient, high * coefficient)
        return total

    def _split(
        self, terms: Sequence[tuple[int, int]]
    ) -> tuple[list[tuple[cp_model.IntVar, int]], int]:
        """(terms that can change, value of the others)."""
        free: list[tuple[cp_model.IntVar, int]] = []
        constant = 0
        for variable, coefficient in terms:
            mine = self.variables.get(variable)
            if mine is None:
                constant += int(self.values[variable]) * coefficient
            else:
                free.append((mine, coefficient))
        return free, constant

    def _clique(self, members: Sequence[int]) -> None:
        free = [self.variables[v] for v in members if v in self.variables]
        if any(self.values[v] for v in members if v not in self.variables):
            for variable in free:
                self.model.add(variable == 0)
        elif len(free) > 1:
            self.model.add_at_most_one(free)

    def _row(self, terms: Sequence[tuple[int, int]], upper: int) -> None:
        free, constant = self._split(terms)
        if free and self._most(free) + constant > upper:
            self.model.add(_sum(free) <= upper - constant)

    def _penalties(self, reached: Sequence[int]) -> None:
        for at in touched(self.incidence.costs, reached):
            cost = self.problem.costs[at]
            if cost.tier in self.tiers:
                now = int(self.values[cost.variable])
                self._charge(cost.tier, self.variables[cost.variable], cost.weight, now)
        for at in touched(self.incidence.excesses, reached):
            excess = self.problem.excesses[at]
            if excess.tier in self.tiers:
                self._excess(excess.tier, excess.terms, excess.upper, excess.weight, excess.linear)
        if Tier.FAIRNESS in self.tiers:
            self._deviations(touched(self.incidence.deviations, reached))

    def _charge(self, tier: Tier, variable: cp_model.IntVar, weight: int, now: int) -> None:
        """Add ``weight`` times a variable, whose value is ``now``, to a tier's cost."""
        self.result.tiers.setdefault(tier, []).append((variable, weight))
        self.result.now[tier] = self.result.now.get(tier, 0) + weight * now

    def _excess(
        self, tier: Tier, terms: Sequence[tuple[int, int]], upper: int, weight: int, linear: bool
    ) -> None:
        if linear:
            self._shortage(tier, terms, upper, weight)
            return
        free, constant = self._split(terms)
        most = self._most(free) + constant - upper
        if most <= 0:
            return
        now = max(0, self._value(terms) - upper)
        over = self._integer(0, most, now)
        self.model.add(_sum(free) + (constant - upper) <= over)
        self._charge(tier, over, weight, now)

    def _shortage(
        self, tier: Tier, terms: Sequence[tuple[int, int]], upper: int, weight: int
    ) -> None:
        """An excess that is never negative, as a variable of its own: its bound starts at zero."""
        free, constant = self._split(terms)
        now = self._value(terms) - upper
        if constant - upper == 1 and all(coefficient == -1 for _, coefficient in free):
            gap = self.model.new_bool_var("")
            self.model.add_hint(gap, now)
            self.model.add_exactly_one([*(variable for variable, _ in free), gap])
        else:
            gap = self._integer(0, constant - upper, now)
            self.model.add(_sum(free) + (constant - upper) == gap)
        self._charge(tier, gap, weight, now)

    def _deviations(self, affected: Sequence[int]) -> None:
        """Distances from target, and the largest of all (those that cannot change included)."""
        if not affected:
            return
        inside = set(affected)
        distances: list[cp_model.IntVar] = []
        for at in affected:
            deviation = self.problem.deviations[at]
            free, constant = self._split(deviation.terms)
            constant -= deviation.target
            highest = constant + self._most(free)
            lowest = constant - self._most([(v, -c) for v, c in free])
            span = max(abs(highest), abs(lowest))
            now = abs(self._value(deviation.terms) - deviation.target)
            distance = self._integer(0, span, now)
            self.model.add(_sum(free) + constant <= distance)
            self.model.add(-_sum(free) - constant <= distance)
            self._rounded(free, constant, distance)
            distances.append(distance)
            self._charge(deviation.tier, distance, deviation.weight, now)
        for peak in self.problem.peaks:
            others = max(
                (
                    abs(self._value(each.terms) - each.target)
                    for at, each in enumerate(self.problem.deviations)
                    if at not in inside
                ),
                default=0,
            )
            largest = self.model.new_int_var(others, 10**9, "")
            for distance in distances:
                self.model.add(largest >= distance)
            now = max(
                abs(self._value(each.terms) - each.target) for each in self.problem.deviations
            )
            self._charge(peak.tier, largest, peak.weight, now)

    def _rounded(
        self, free: Sequence[tuple[cp_model.IntVar, int]], constant: int, distance: cp_model.IntVar
    ) -> None:
        """What a sum in whole steps misses its target by at least, for the linear relaxation.

        Of the values that it can have, those around the target are ``below`` and ``above`` off; the
        distance is convex, so no value lies beneath the line through these two.
        """
        step = gcd(*(coefficient for _, coefficient in free))
        below = -constant % step
        above = step - below
        if below:
            rise = _sum(free) + (constant + below)
            self.model.add(step * distance >= below * step + (above - below) * rise)

    def _value(self, terms: Sequence[tuple[int, int]]) -> int:
        return sum(int(self.values[v]) * c for v, c in terms)


def _sum(terms: Sequence[tuple[cp_model.IntVar, int]]) -> Expression:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
