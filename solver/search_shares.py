"""The least that fairness can cost: how many of each kind of task everybody holds, as numbers.

Numbers are few, so that the best of them is found and proven in a moment. What work in other tasks
takes from somebody's limits is not in them, and is asked for where it would matter: a limit that
the best numbers and the roster's other work break together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd, inf

from ortools.sat.python import cp_model

from so247.solver.bounds import counting
from so247.solver.bounds.classes import Classes, Limit
from so247.solver.budget import Budget
from so247.solver.evaluate import Ints
from so247.solver.neighbourhoods import Goal
from so247.solver.problem import Problem, Tier
from so247.solver.search_relaxed import Asked, Relaxer
from so247.solver.search_step import Watcher

DEALING = 2.0
"""The solver's own measure of work for one answer, about seconds."""

LACKING = 4
"""So many shares are asked about at once, those that lack most."""

LARGEST = 10**9

Stop = Callable[[], bool] | None
"""Whether the solver is to stop; None: at its own limit only."""


@dataclass(frozen=True)
class Dealt:
    """What fairness costs at least, and how many of each pile the best numbers give."""

    bound: int
    piles: tuple[int, ...]
    cost: int = 0
    """What the numbers cost, where they are known."""


@dataclass(frozen=True)
class Fair:
    """What fairness costs at least; who would hold what in the fairest roster near the asked."""

    bound: int
    goals: list[Goal]


class Shares:
    """The numbers of one problem, and what other work is known to take from their limits."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.classes = Classes(problem)
        self.limits = self.classes.limits()
        self.taken: dict[int, int] = {}
        """Limit to what other work takes of it at least, where that has been asked."""
        self.capped: set[int] = set()
        """Deviations of which is known what a person can have at most."""
        self.trivial = counting.trivial(problem)
        self.rest = problem.constants[Tier.FAIRNESS]
        """What fairness costs at least besides: burdens with a number of points that may vary."""
        self.rest += counting.apart(problem, self.classes.others())

    def least(self, values: Sequence[int], seed: int, stop: Stop = None) -> Dealt:
        """The best numbers for rosters that cost no more than ``values`` before fairness."""
        model, piles, costs = self._model(values)
        model.minimize(_weighted(costs))
        solver, solved = _solve(model, seed, stop)
        if not solved:
            return Dealt(self.trivial[Tier.FAIRNESS], ())
        bound = int(-(-(solver.best_objective_bound - 1e-6) // 1))
        numbers = tuple(int(solver.value(each)) for each in piles)
        return Dealt(bound + self.rest, numbers, round(solver.objective_value))

    def goals(
        self, values: Sequence[int], seed: int, dealt: Dealt, now: Ints, stop: Stop = None
    ) -> list[Goal]:
        """Numbers as good as those dealt, as near as may be to those of a roster."""
        members: list[list[int]] = [[] for _ in self.classes.piles]
        for v, pile in self.classes.pile_of.items():
            members[pile].append(v)
        model, piles, costs = self._model(values)
        model.add(_weighted(costs) <= dealt.cost)
        moves = []
        for mine, number, count in zip(members, piles, dealt.piles, strict=True):
            model.add_hint(number, count)
            held = int(now[mine].sum())
            moves.append((model.new_int_var(0, LARGEST, ""), 1))
            model.add(number - held <= moves[-1][0])
            model.add(held - number <= moves[-1][0])
        model.minimize(_weighted(moves))
        solver, solved = _solve(model, seed, stop)
        if not solved:
            return []
        return [
            Goal(each.kind, each.person, tuple(mine), int(solver.value(number)))
            for mine, number, each in zip(members, piles, self.classes.piles, strict=True)
        ]

    def _model(
        self, values: Sequence[int]
    ) -> tuple[cp_model.CpModel, list[cp_model.IntVar], list[tuple[cp_model.IntVar, int]]]:
        """The numbers under all that limits them, and what they cost."""
        model = cp_model.CpModel()
        piles = [model.new_int_var(each.least, each.most, "") for each in self.classes.piles]
        self._fill(model, piles, values)
        for at, limit in enumerate(self.limits):
            left = limit.upper - self.taken.get(at, 0)
            model.add(_weighted(self._counted(model, piles, limit)) <= left)
        return model, piles, self._costs(model, piles)

    def _fill(
        self, model: cp_model.CpModel, piles: list[cp_model.IntVar], values: Sequence[int]
    ) -> None:
        """Every task has a holder, but for those whose lack is paid for in the tiers before."""
        missing: dict[Tier, list[tuple[cp_model.IntVar, int]]] = {}
        for at, kind in enumerate(self.classes.kinds):
            if kind.exact:
                mine = [
                    pile
                    for pile, each in zip(piles, self.classes.piles, strict=True)
                    if each.kind == at
                ]
                gaps = model.new_int_var(0, len(kind.tasks), "")
                model.add(cp_model.LinearExpr.sum(mine) + gaps == len(kind.tasks))
                missing.setdefault(kind.tier, []).append((gaps, kind.minutes))
        for tier, paid in missing.items():
            if tier < Tier.FAIRNESS:
                model.add(_weighted(paid) <= values[tier] - self.trivial[tier])

    def _counted(
        self, model: cp_model.CpModel, piles: list[cp_model.IntVar], limit: Limit
    ) -> list[tuple[cp_model.IntVar, int]]:
        """What a limit counts at least."""
        found = []
        for pile, free, points in limit.counted:
            counted = piles[pile]
            if free:
                counted = model.new_int_var(0, self.classes.piles[pile].most, "")
                model.add(counted >= piles[pile] - free)
            found.append((counted, points))
        return found

    def _costs(
        self, model: cp_model.CpModel, piles: list[cp_model.IntVar]
    ) -> list[tuple[cp_model.IntVar, int]]:
        """The deviations' costs, each as a variable and its weight."""
        terms: dict[int, list[tuple[int, int]]] = {at: [] for at in self.classes.deviations}
        for pile, each in enumerate(self.classes.piles):
            for at, points in each.weighs:
                terms[at].append((pile, points))
        costs = []
        peaks = [(model.new_int_var(0, LARGEST, ""), each) for each in self.problem.peaks]
        for at, mine in terms.items():
            deviation = self.problem.deviations[at]
            step = gcd(*(points for _, points in mine))
            distance = model.new_int_var(0, LARGEST, "")
            off = cp_model.LinearExpr.weighted_sum(
                [piles[pile] for pile, _ in mine], [points for _, points in mine]
            )
            off = off - deviation.target
            model.add(off <= distance)
            model.add(-off <= distance)
            below = deviation.target % step if step else 0
            if below:
                # Sums go in whole steps: none lies beneath the line through those at the target.
                slope = step - 2 * below
                model.add(step * distance >= below * step + slope * (off + below))
            for peak, _ in peaks:
                model.add(distance <= peak)
            costs.append((distance, deviation.weight))
        return costs + [(peak, each.weight) for peak, each in peaks]

    def take(self, limit: int, points: int) -> None:
        """Other work takes at least so much of a limit."""
        self.taken[limit] = points

    def pressing(self, dealt: Dealt, values: Ints) -> list[int]:
        """Limits that the numbers break if the other work stays as it is in ``values``.

        Only those of which it is not known yet what that work takes.
        """
        found = []
        for at, limit in enumerate(self.limits if dealt.piles else ()):
            counted = sum(
                max(0, dealt.piles[pile] - free) * points for pile, free, points in limit.counted
            )
            now = sum(c * int(values[v]) for v, c in limit.elsewhere)
            if at not in self.taken and counted + now > limit.upper:
                found.append(at)
        return found

    def lacking(self, dealt: Dealt, values: Ints) -> list[int]:
        """Deviations of which the numbers give somebody far more than he has in ``values``.

        Those not asked before, the most telling ones.
        """
        given = dict.fromkeys(self.classes.deviations, 0)
        for pile, each in zip(dealt.piles, self.classes.piles, strict=bool(dealt.piles)):
            for at, points in each.weighs:
                given[at] += points * pile
        found = []
        for at in given.keys() - self.capped:
            deviation = self.problem.deviations[at]
            more = given[at] - sum(c * int(values[v]) for v, c in deviation.terms)
            if more > 2 * max(c for _, c in deviation.terms) > 0:
                found.append((-more * deviation.weight, at))
        return [at for _, at in sorted(found)[:LACKING]]

    def cap(self, deviation: int, points: int) -> None:
        """Nobody's sum of this deviation is above so many points."""
        self.capped.add(deviation)
        counted = tuple(
            (pile, 0, weight)
            for pile, each in enumerate(self.classes.piles)
            for at, weight in each.weighs
            if at == deviation
        )
        person = self.problem.deviations[deviation].person
        self.limits.append(Limit(person, counted, points, ()))


def fairest(relaxer: Relaxer, asked: Asked, seconds: float, over: Callable[[], bool]) -> Fair:
    """What fairness costs at least, for rosters no worse than ``asked`` in the tiers before it."""
    budget = relaxer.budget
    shares = Shares(relaxer.problem)
    now = relaxer.evaluator.values(asked.choice)
    end = budget.spent + seconds
    while True:
        began = budget.spent
        dealt = shares.least(asked.values, relaxer.seed, _by(budget, inf, over))
        budget.work(DEALING)
        pressing = shares.pressing(dealt, now)
        lacking = [] if pressing else shares.lacking(dealt, now)
        # What is told is worth nothing without the time to deal once more.
        last = min(end, budget.spent + budget.left - (budget.spent - began))
        if not pressing + lacking or budget.spent >= last or over():
            break
        for at in pressing:
            left = (last - budget.spent) / len(pressing)
            if left <= 0 or over():
                break
            shares.take(at, relaxer.load(shares.limits[at].elsewhere, asked, left))
        for at in lacking:
            left = (last - budget.spent) / 2  # the first ones tell most
            if left <= 0 or over():
                break
            each = relaxer.problem.deviations[at]
            shares.cap(at, relaxer.most(each.person, each.terms, asked, left))
    took = budget.spent - began
    if not dealt.piles or budget.left < took or over():
        return Fair(dealt.bound, [])
    budget.work(DEALING)
    stop = _by(budget, max(end, budget.spent + took), over)
    return Fair(dealt.bound, shares.goals(asked.values, relaxer.seed, dealt, now, stop))


def _by(budget: Budget, end: float, over: Callable[[], bool]) -> Stop:
    """Whether the time is up; nothing where no clock may decide."""
    return None if budget.limits.reproducible else lambda: budget.spent >= end or over()


def _solve(model: cp_model.CpModel, seed: int, stop: Stop) -> tuple[cp_model.CpSolver, bool]:
    """The solver once done or told to stop, and whether it found numbers."""
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_deterministic_time = DEALING
    with Watcher(solver, None, stop):
        status = solver.solve(model)
    return solver, status in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _weighted(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
