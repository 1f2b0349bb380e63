"""Values of a choice without any solver: derived variables, tiers, and who contributes what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from so247.solver.incidence import Flat, Ints
from so247.solver.problem import AnyOf, Cost, Deviation, Excess, Problem, Tier

__all__ = ["Evaluator", "Ints"]


class _Sums:
    """Many weighted sums over the variables, evaluated at once."""

    def __init__(self, flat: Flat) -> None:
        self.count = flat.count
        self.variables = flat.variables
        self.weights = flat.weights
        self.filled = np.flatnonzero(np.diff(flat.begins))
        self.begins = flat.begins[self.filled]

    def of(self, values: Ints) -> Ints:
        found = np.zeros(self.count, dtype=np.int64)
        if len(self.filled):
            parts = values[self.variables] * self.weights
            found[self.filled] = np.add.reduceat(parts, self.begins)
        return found


class _Prices:
    """What a unit of each penalty costs, and in which tier."""

    def __init__(self, entries: Sequence[Excess | Deviation | Cost]) -> None:
        self.weights = np.array([each.weight for each in entries], dtype=np.int64)
        self.tiers = np.array([each.tier for each in entries], dtype=np.int64)

    def add(self, totals: Ints, units: npt.NDArray[Any]) -> None:
        np.add.at(totals, self.tiers, units * self.weights)


class Evaluator:
    """Evaluates choices of one problem. A choice is one 0/1 value per option."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.levels = self._levels()
        self.excesses = _Sums(Flat.of_terms([each.terms for each in problem.excesses]))
        self.upper = np.array([each.upper for each in problem.excesses], dtype=np.int64)
        self.deviations = _Sums(Flat.of_terms([each.terms for each in problem.deviations]))
        self.targets = np.array([each.target for each in problem.deviations], dtype=np.int64)
        self.rows = _Sums(Flat.of_terms([each.terms for each in problem.rows]))
        self.row_upper = np.array([each.upper for each in problem.rows], dtype=np.int64)
        self.cliques = _Sums(Flat.of_members([each.members for each in problem.cliques]))
        self.cost_variables = np.array([each.variable for each in problem.costs], dtype=np.int64)
        self.prices = [_Prices(each) for each in (problem.excesses, problem.deviations)]
        self.cost_prices = _Prices(problem.costs)

    def _levels(self) -> list[tuple[Ints, _Sums, npt.NDArray[np.bool_]]]:
        """Derived variables in batches that depend only on earlier batches."""
        first = len(self.problem.options)
        depth: list[int] = []
        batches: dict[int, list[int]] = {}
        for index, derived in enumerate(self.problem.derived):
            members = (
                derived.members if isinstance(derived, AnyOf) else [v for v, _ in derived.terms]
            )
            level = 1 + max((depth[v - first] for v in members if v >= first), default=0)
            depth.append(level)
            batches.setdefault(level, []).append(index)
        found = []
        for level in sorted(batches):
            derived_here = [self.problem.derived[index] for index in batches[level]]
            is_any = np.array([isinstance(each, AnyOf) for each in derived_here], dtype=np.bool_)
            sums = _Sums(Flat.of_derived(derived_here))
            found.append((np.array(batches[level], dtype=np.int64) + first, sums, is_any))
        return found

    def values(self, choice: npt.ArrayLike) -> Ints:
        """All variables: options as chosen, then what derives from them."""
        everything = np.zeros(self.problem.size, dtype=np.int64)
        everything[: len(self.problem.options)] = np.asarray(choice, dtype=np.int64)
        for indices, sums, is_any in self.levels:
            result = sums.of(everything)
            everything[indices] = np.where(is_any, np.minimum(result, 1), result)
        return everything

    def tiers(self, choice: npt.ArrayLike) -> tuple[int, ...]:
        """The value of every tier."""
        totals = np.array(self.problem.constants, dtype=np.int64)
        values = self.values(choice)
        over = np.maximum(0, self.excesses.of(values) - self.upper)
        off = np.abs(self.off_target(values))
        for prices, units in zip(self.prices, (over, off), strict=True):
            prices.add(totals, units)
        self.cost_prices.add(totals, values[self.cost_variables] > 0)
        for peak in self.problem.peaks:
            totals[peak.tier] += peak.weight * int(off.max(initial=0))
        return tuple(int(total) for total in totals)

    def off_target(self, values: Ints) -> Ints:
        """Signed distance of every deviation from its target."""
        return self.deviations.of(values) - self.targets

    def paid(self, values: Ints) -> list[tuple[Excess | Deviation | Cost, int]]:
        """Every penalty that is not zero, with what it costs (all variables given)."""
        found: list[tuple[Excess | Deviation | Cost, int]] = []
        over = np.maximum(0, self.excesses.of(values) - self.upper)
        for at in np.flatnonzero(over):
            excess = self.problem.excesses[at]
            found.append((excess, int(over[at]) * excess.weight))
        off = np.abs(self.off_target(values))
        for at in np.flatnonzero(off):
            deviation = self.problem.deviations[at]
            found.append((deviation, int(off[at]) * deviation.weight))
        for at in (
            np.flatnonzero(values[self.cost_variables] > 0) if len(self.cost_variables) else ()
        ):
            cost = self.problem.costs[at]
            found.append((cost, cost.weight))
        return found

    def contributions(self, choice: npt.ArrayLike) -> dict[tuple[Tier, int, str], int]:
        """(tier, person, rule) to what it costs."""
        found: dict[tuple[Tier, int, str], int] = {}
        for entry, value in self.paid(self.values(choice)):
            key = (entry.tier, entry.person, entry.rule)
            found[key] = found.get(key, 0) + value
        return found

    def broken(self, choice: npt.ArrayLike) -> list[str]:
        """Rules that a choice breaks, as far as rows and cliques tell: none for a legal roster."""
        values = self.values(choice)
        found = {
            self.problem.rows[at].rule
            for at in np.flatnonzero(self.rows.of(values) > self.row_upper)
        }
        for at in np.flatnonzero(self.cliques.of(values) > 1):
            members = self.problem.cliques[at].members
            if not self._pinned(members, values):
                found.add(self.problem.cliques[at].rule)
        return sorted(found)

    def _pinned(self, members: Sequence[int], values: Any) -> bool:
        """Whether all true members are pinned options: two pins stand, whatever they breach."""
        return all(
            v < len(self.problem.options) and self.problem.options[v].pinned
            for v in members
            if values[v]
        )
