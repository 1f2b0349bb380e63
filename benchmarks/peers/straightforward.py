"""The straightforward CP-SAT model: one weighted objective, and no parameters but the workers.

What a good engineer writes in a day: a Boolean for each option, the solver's own constraints for
cliques and "any of", a slack for each penalty, and the tiers weighted into one sum.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from benchmarks.peers.answer import Answer, Seen
from benchmarks.peers.best import Best
from benchmarks.peers.cpu import Cpu, Watch
from benchmarks.peers.reading import Reading
from benchmarks.peers.weights import Weights, weigh
from so247.solver.problem import AnyOf, Problem, Terms, Tier

NAME = "straightforward CP-SAT"

MOST = 2**61
"""Greatest weighted objective: half of what the solver takes."""

WORKERS = 8
"""What the solver's documentation calls the least for its portfolio; better here than two, too."""


def available() -> str | None:
    """Always: CP-SAT comes with so247."""
    return None


def run(problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
    """One solve of the whole problem."""
    cpu = Cpu(seconds)
    reading = Reading(problem)
    weights = weigh(reading, MOST)
    model = _Model(reading, weights)
    best = Best(problem, seen)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = WORKERS
    with Watch(cpu, solver.stop_search):
        status = solver.solve(model.model, _Teller(model.options, best))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        best.offer([int(solver.boolean_value(each)) for each in model.options])
    proven = status == cp_model.OPTIMAL and cpu.left > 0
    note = f"{solver.status_name(status).lower()}, weights {_told(weights)}"
    bound = solver.best_objective_bound
    return Answer(best.choice, _bounds(reading, weights, best, bound, proven=proven), note)


def _told(weights: Weights) -> str:
    if weights.exact:
        return "exact"
    capped = ", ".join(f"{tier.name.lower()} {weight}" for tier, weight in weights.of.items())
    return f"cut off to fit ({capped})"


def _bounds(
    reading: Reading, weights: Weights, best: Best, bound: float, *, proven: bool
) -> tuple[int, ...]:
    """A proof settles every tier if the weights are exact; else the sum bounds the first tier."""
    if proven and weights.exact and best.tiers is not None:
        return best.tiers
    found = [reading.least(tier) for tier in Tier]
    if weights.of:
        first = min(weights.of)
        # What the later tiers cost at most is no bound of the first.
        room = reading.room(first) // weights.unit[first] * weights.of[first]
        floor = (found[first] - reading.problem.constants[first]) // weights.unit[first]
        later = weights.most - room - floor * weights.of[first]
        units = -(-(bound - later - 1e-6 * max(1.0, abs(bound))) // weights.of[first])
        value = reading.problem.constants[first] + int(units) * weights.unit[first]
        found[first] = max(found[first], value)
    return tuple(found)


class _Teller(cp_model.CpSolverSolutionCallback):
    """Offers each solution found."""

    def __init__(self, options: Sequence[cp_model.IntVar], best: Best) -> None:
        super().__init__()
        self._options = options
        self._best = best

    def on_solution_callback(self) -> None:
        self._best.offer([int(self.boolean_value(each)) for each in self._options])


class _Model:
    """The whole problem."""

    def __init__(self, reading: Reading, weights: Weights) -> None:
        self.reading = reading
        self.problem = reading.problem
        self.weights = weights
        self.model = cp_model.CpModel()
        self.variables: list[cp_model.IntVar] = [
            self.model.new_int_var(*reading.reach[v], "") for v in range(len(self.problem.options))
        ]
        self.options = list(self.variables)
        self.objective: list[tuple[cp_model.IntVar, int]] = []
        self._derive()
        for group in reading.groups:
            self.model.add_at_most_one(self.variables[v] for v in group)
        for row in self.problem.rows:
            self.model.add(self._sum(row.terms) <= row.upper)
        self._price()
        self.model.minimize(
            cp_model.LinearExpr.weighted_sum(
                [variable for variable, _ in self.objective],
                [weight for _, weight in self.objective],
            )
        )

    def _sum(self, terms: Terms) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum(
            [self.variables[v] for v, _ in terms], [c for _, c in terms]
        )

    def _derive(self) -> None:
        for index, derived in enumerate(self.problem.derived, self.reading.first):
            variable = self.model.new_int_var(*self.reading.reach[index], "")
            self.variables.append(variable)
            if not isinstance(derived, AnyOf):
                self.model.add(self._sum(derived.terms) == variable)
                continue
            members = [self.variables[v] for v in derived.members]
            if self.reading.exclusive(derived.members):
                self.model.add_exactly_one([*members, variable.negated()])
            else:
                self.model.add_max_equality(variable, members)

    def _charge(self, tier: Tier, variable: cp_model.IntVar, weight: int) -> None:
        if weight:
            scaled = weight // self.weights.unit[tier] * self.weights.of[tier]
            self.objective.append((variable, scaled))

    def _price(self) -> None:
        for cost in self.problem.costs:
            self._charge(cost.tier, self.variables[cost.variable], cost.weight)
        for excess in self.problem.excesses:
            most = self.reading.span(excess.terms)[1] - excess.upper
            if most > 0:
                over = self.model.new_int_var(0, most, "")
                self.model.add(over >= self._sum(excess.terms) - excess.upper)
                self._charge(excess.tier, over, excess.weight)
        distances = []
        for deviation in self.problem.deviations:
            low, high = self.reading.span(deviation.terms)
            off = max(abs(low - deviation.target), abs(high - deviation.target))
            distance = self.model.new_int_var(0, off, "")
            self.model.add(distance >= self._sum(deviation.terms) - deviation.target)
            self.model.add(distance >= deviation.target - self._sum(deviation.terms))
            self._charge(deviation.tier, distance, deviation.weight)
            distances.append((distance, off))
        for peak in self.problem.peaks:
            largest = self.model.new_int_var(0, max((off for _, off in distances), default=0), "")
            for distance, _ in distances:
                self.model.add(largest >= distance)
            self._charge(peak.tier, largest, peak.weight)
