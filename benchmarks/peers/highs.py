"""HiGHS, a mixed-integer solver, on the whole problem, one tier after another.

Weights that keep the tiers apart are beyond what doubles carry, so each tier is minimised with the
earlier ones held at what they came to, from the choice found so far. Where one tier holds all the
costs that is one solve. A row says as much as one row can: "any of" is the sum of its members where
a clique lets at most one of them be true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.peers.answer import Answer, Seen
from benchmarks.peers.best import Best
from benchmarks.peers.cpu import Cpu
from benchmarks.peers.reading import Reading
from so247.solver.evaluate import Ints
from so247.solver.problem import AnyOf, Problem, Terms, Tier

NAME = "HiGHS"

SHARE = 0.5
"""Of the time left, the part that goes to a tier; the last tier has all of it."""


def available() -> str | None:
    """Whether the Python package of HiGHS is here."""
    if find_spec("highspy") is None:
        return "HiGHS is not here: install the package highspy, below 1.15"
    try:
        _package()
    except ImportError:
        return "this highspy cannot be loaded beside ortools: install highspy below 1.15"
    return None


def _package() -> Any:
    # From 1.15 on, its library bears the name of the one inside ortools, and only one can load.
    return import_module("highspy")


def run(problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
    """Tier by tier, each until it is proven or its share of the time is spent."""
    cpu = Cpu(seconds)
    reading = Reading(problem)
    best = Best(problem, seen)
    best.offer([int(v in reading.stands) for v in range(len(problem.options))])
    solver = _Solver(_Rows(reading), best, seed)
    bounds = [reading.least(tier) for tier in Tier]
    priced = [tier for tier in Tier if reading.room(tier)]
    said = []
    for tier in priced:
        until = 0.0 if tier is priced[-1] else cpu.left * (1 - SHARE)
        status, bound = solver.minimise(tier, cpu, until)
        bounds[tier] = max(bounds[tier], bound)
        said.append(f"{tier.name.lower()} {status}")
        if best.tiers is None or cpu.left <= 0:
            break
        solver.hold(tier, best.tiers[tier])
    return Answer(best.choice, tuple(bounds), "; ".join(said))


class _Rows:
    """The problem as columns and rows: options and derived variables first, then slacks."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.problem = reading.problem
        self.lower = [float(low) for low, _ in reading.reach]
        self.upper = [float(high) for _, high in reading.reach]
        self.rows: list[tuple[float, Terms, float]] = []
        self.prices: dict[Tier, dict[int, int]] = {tier: {} for tier in Tier}
        self.slacks: list[tuple[Terms, int]] = []
        """For each column after the variables: (terms, what they may be) whose excess it is."""
        self.largest: list[int] = []
        self._derive()
        for group in reading.groups:
            self._at_most(tuple((v, 1) for v in group), 1)
        for row in self.problem.rows:
            self._at_most(row.terms, row.upper)
        self._price()

    def _at_most(self, terms: Terms, upper: int) -> None:
        if self.reading.span(terms)[1] > upper:
            self.rows.append((-np.inf, terms, float(upper)))

    def _derive(self) -> None:
        for index, derived in enumerate(self.problem.derived, self.reading.first):
            if not isinstance(derived, AnyOf):
                self.rows.append((0.0, (*derived.terms, (index, -1)), 0.0))
            elif self.reading.exclusive(derived.members):
                self.rows.append((0.0, (*((v, 1) for v in derived.members), (index, -1)), 0.0))
            else:
                self._at_most((*((v, -1) for v in derived.members), (index, 1)), 0)
                for v in derived.members:
                    self._at_most(((v, 1), (index, -1)), 0)

    def _slack(self, terms: Terms, upper: int) -> int:
        """A column that is at least what terms exceed ``upper`` by."""
        self.slacks.append((terms, upper))
        self.lower.append(0.0)
        self.upper.append(np.inf)
        column = len(self.lower) - 1
        self.rows.append((-np.inf, (*terms, (column, -1)), float(upper)))
        return column

    def _charge(self, tier: Tier, column: int, weight: int) -> None:
        prices = self.prices[tier]
        prices[column] = prices.get(column, 0) + weight

    def _price(self) -> None:
        for cost in self.problem.costs:
            self._charge(cost.tier, cost.variable, cost.weight)
        for excess in self.problem.excesses:
            if self.reading.span(excess.terms)[1] > excess.upper:
                column = self._slack(excess.terms, excess.upper)
                self._charge(excess.tier, column, excess.weight)
        pairs = []
        for each in self.problem.deviations:
            negated = tuple((v, -c) for v, c in each.terms)
            pair = self._slack(each.terms, each.target), self._slack(negated, -each.target)
            pairs.append(pair)
            for column in pair:
                self._charge(each.tier, column, each.weight)
        for peak in self.problem.peaks:
            self.lower.append(0.0)
            self.upper.append(np.inf)
            column = len(self.lower) - 1
            self.largest.append(column)
            self._charge(peak.tier, column, peak.weight)
            for over, under in pairs:
                self.rows.append((-np.inf, ((over, 1), (under, 1), (column, -1)), 0.0))

    def columns(self, values: Sequence[int] | Ints) -> list[float]:
        """Every column's value, given those of all variables."""
        off = [
            max(0, sum(c * int(values[v]) for v, c in terms) - upper)
            for terms, upper in self.slacks
        ]
        farthest = max((abs(int(each)) for each in self._off(values)), default=0)
        return [*(float(each) for each in values), *map(float, off)] + [float(farthest)] * len(
            self.largest
        )

    def _off(self, values: Sequence[int] | Ints) -> list[int]:
        return [
            sum(c * int(values[v]) for v, c in each.terms) - each.target
            for each in self.problem.deviations
        ]


class _Solver:
    """HiGHS holding the rows of a problem."""

    def __init__(self, rows: _Rows, best: Best, seed: int) -> None:
        highspy = _package()
        self.rows = rows
        self.best = best
        self.solver: Any = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("random_seed", seed)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.solver.setOptionValue("mip_abs_gap", 0.999)
        self.solver.passModel(self._model())
        self.solver.cbMipImprovingSolution += self._improving
        self.over: Callable[[], bool] = lambda: False
        for event in ("MipInterrupt", "SimplexInterrupt", "IpmInterrupt"):
            getattr(self.solver, f"cb{event}").subscribe(self._interrupt)

    def _model(self) -> Any:
        highspy = _package()
        rows = self.rows
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(rows.lower), len(rows.rows)
        model.col_cost_ = np.zeros(model.num_col_)
        model.col_lower_, model.col_upper_ = np.array(rows.lower), np.array(rows.upper)
        model.row_lower_ = np.array([low for low, _, _ in rows.rows])
        model.row_upper_ = np.array([high for _, _, high in rows.rows])
        lengths = [len(terms) for _, terms, _ in rows.rows]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        matrix.index_ = np.array([v for _, terms, _ in rows.rows for v, _ in terms], dtype=np.int32)
        matrix.value_ = np.array([c for _, terms, _ in rows.rows for _, c in terms], dtype=float)
        whole, free = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        count = rows.problem.size
        model.integrality_ = [whole] * count + [free] * (model.num_col_ - count)
        return model

    def _improving(self, event: Any) -> None:
        self._offer(event.data_out.mip_solution)

    def _interrupt(self, event: Any) -> None:
        # Not from a thread of its own: HiGHS may keep Python's other threads waiting. And it keeps
        # what it is told for the next run, so it is told either way.
        event.data_in.user_interrupt = self.over()

    def _offer(self, columns: Any) -> None:
        count = len(self.rows.problem.options)
        self.best.offer([round(value) for value in columns[:count]])

    def minimise(self, tier: Tier, cpu: Cpu, until: float) -> tuple[str, int]:
        """(how it ended, lower bound of the tier); stops once ``until`` seconds are left."""
        highspy = _package()
        prices = self.rows.prices[tier]
        costs = np.zeros(len(self.rows.lower))
        costs[list(prices)] = list(prices.values())
        constant = self.rows.problem.constants[tier]
        self.solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self.solver.changeObjectiveOffset(float(constant))
        if self.best.choice is not None:
            start = highspy.HighsSolution()
            start.col_value = self.rows.columns(self.best.evaluator.values(self.best.choice))
            self.solver.setSolution(start)
        self.over = lambda: cpu.left <= until
        self.solver.run()
        found = self.solver.getInfo()
        if found.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            self._offer(self.solver.getSolution().col_value)
        status = self.solver.modelStatusToString(self.solver.getModelStatus()).lower()
        bound = found.mip_dual_bound
        return status, int(np.ceil(bound - 1e-6 * max(1, abs(bound)))) if abs(bound) < 1e15 else 0

    def hold(self, tier: Tier, value: int) -> None:
        """From now on the tier costs no more than this."""
        prices = self.rows.prices[tier]
        room = value - self.rows.problem.constants[tier]
        columns = np.array(list(prices), dtype=np.int32)
        weights = np.array(list(prices.values()), dtype=float)
        self.solver.addRow(-np.inf, float(room), len(prices), columns, weights)
