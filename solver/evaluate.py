"""Values of a choice without any solver: derived variables, tiers, and who contributes what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from so247.solver.problem import AnyOf, Cost, Deviation, Excess, Problem, Tier, Total

Ints = npt.NDArray[np.int64]


class _Sums:
    """Many weighted sums over the variables, evaluated at once."""

    def __init__(self, rows: Sequence[tuple[tuple[int, int], ...]]) -> None:
        self.count = len(rows)
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        self.variables = np.array([v for row in rows for v, _ in row], dtype=np.int64)
        self.weights = np.array([c for row in rows for _, c in row], dtype=np.int64)
        self.filled = np.flatnonzero(lengths)
        self.begins = (np.cumsum(lengths) - lengths)[self.filled]

    def of(self, values: Ints) -> Ints:
        found = np.zeros(self.count, dtype=np.int64)
        if len(self.filled):
            parts = values[self.variables] * self.weights
            found[self.filled] = np.add.reduceat(parts, self.begins)
        return found


class Evaluator:
    """Evaluates choices of one problem. A choice is one 0/1 value per option."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.levels = self._levels()
        self.excesses = _Sums([each.terms for each in problem.excesses])
        self.upper = np.array([each.upper for each in problem.excesses], dtype=np.int64)
        self.deviations = _Sums([each.terms for each in problem.deviations])
        self.targets = np.array([each.target for each in problem.deviations], dtype=np.int64)
        self.rows = _Sums([each.terms for each in problem.rows])
        self.row_upper = np.array([each.upper for each in problem.rows], dtype=np.int64)
        self.cliques = _Sums([tuple((v, 1) for v in each.members) for each in problem.cliques])
        self.cost_variables = np.array([each.variable for each in problem.costs], dtype=np.int64)

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
            rows = [
                each.terms if isinstance(each, Total) else tuple((v, 1) for v in each.members)
                for each in derived_here
            ]
            is_any = np.array([isinstance(each, AnyOf) for each in derived_here], dtype=np.bool_)
            found.append((np.array(batches[level], dtype=np.int64) + first, _Sums(rows), is_any))
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
        totals = list(self.problem.constants)
        values = self.values(choice)
        for entry, value in self.paid(values):
            totals[entry.tier] += value
        for peak in self.problem.peaks:
            totals[peak.tier] += peak.weight * self._largest(values)
        return tuple(int(total) for total in totals)

    def _largest(self, values: Ints) -> int:
        off = np.abs(self.off_target(values))
        return int(off.max()) if len(off) else 0

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
