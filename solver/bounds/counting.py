"""Lower bounds by counting: what no roster can beat, without a solver's word.

Each bound holds for all rosters that fill every task (when coverage and sessions are at their
constants), which is when they are used.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import gcd

import numpy as np

from so247.solver.incidence import Ints
from so247.solver.problem import AnyOf, Deviation, Problem, Tier

FILLING = (Tier.COVERAGE, Tier.SESSIONS)
"""Tiers that are at their constants when every task is filled."""


def trivial(problem: Problem) -> list[int]:
    """What every tier costs at least, whatever is chosen: its constant, and what may be won."""
    least = list(problem.constants)
    for each in problem.costs:
        least[each.tier] += min(0, each.weight)
    return least


class Counts:
    """What the tiers of one problem cost at least by counting; each is counted once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.trivial = trivial(problem)
        self.known: dict[tuple[Tier, bool], int] = {}

    def least(self, tier: Tier, values: Sequence[int]) -> int:
        """For rosters that reach ``values`` before the tier."""
        complete = all(values[each] == self.problem.constants[each] for each in FILLING)
        if (tier, complete) not in self.known:
            self.known[tier, complete] = self._count(tier, complete=complete)
        return self.known[tier, complete]

    def _count(self, tier: Tier, *, complete: bool) -> int:
        if tier is Tier.FAIRNESS:
            return fairness(self.problem, all_filled=complete)
        if tier > Tier.SESSIONS and complete:
            return filled(self.problem, tier)
        return self.trivial[tier]


def filled(problem: Problem, tier: Tier) -> int:
    """Lower bound of a tier's linear costs if every task is filled.

    Each task pays at least ``need`` times its cheapest option; a cost on an "any of" variable is
    paid at least once if the only options of some task are all among its members.
    """
    per_option: dict[int, int] = defaultdict(int)
    shared: list[tuple[int, int]] = []
    first = len(problem.options)
    for cost in problem.costs:
        if cost.tier is tier:
            if cost.variable < first:
                per_option[cost.variable] += cost.weight
            else:
                shared.append((cost.variable, cost.weight))
    cheapest: dict[int, list[int]] = defaultdict(list)
    for variable, option in enumerate(problem.options):
        cheapest[option.task].append(per_option.get(variable, 0))
    total = problem.constants[tier]
    for index, task in enumerate(problem.tasks):
        total += sum(sorted(cheapest.get(index, ()))[: task.need])
    return total + _unavoidable(problem, shared)


def _unavoidable(problem: Problem, shared: list[tuple[int, int]]) -> int:
    """Costs on "any of" variables that cannot all be avoided.

    For one task, at least one of the variables whose members include all its options' people is
    paid: tasks whose options fall into disjoint sets of such variables add up.
    """
    first = len(problem.options)
    owner: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for variable, weight in shared:
        derived = problem.derived[variable - first]
        if isinstance(derived, AnyOf):
            for member in derived.members:
                owner[member].append((variable, weight))
    options: dict[int, list[int]] = defaultdict(list)
    for variable, option in enumerate(problem.options):
        options[option.task].append(variable)
    total, used = 0, set[int]()
    for members in sorted(options.values(), key=len):
        paid = {variable: weight for v in members for variable, weight in owner.get(v, ())}
        if not paid or any(not owner.get(v) for v in members) or used & set(paid):
            continue
        total += min(paid.values())
        used |= set(paid)
    return total


def fairness(problem: Problem, *, all_filled: bool) -> int:
    """Best that any split of the points could do: exact integer apportionment per burden.

    Deviations with a fixed target share a known number of points, each person's sum being a
    multiple of the smallest step; without all tasks filled, fewer points may be dealt.
    """
    groups: dict[str, list[Deviation]] = defaultdict(list)
    for deviation in problem.deviations:
        groups[deviation.group].append(deviation)
    total, largest = 0, 0
    for members in groups.values():
        value, peak = _apportion(problem, members, all_filled)
        total += value
        largest = max(largest, peak)
    return problem.constants[Tier.FAIRNESS] + total + sum(p.weight for p in problem.peaks) * largest


def apart(problem: Problem, groups: Mapping[str, list[Deviation]]) -> int:
    """Least sum of the deviations of burdens, each by itself, however many tasks are filled."""
    return sum(_apportion(problem, members, False)[0] for members in groups.values())


def _apportion(problem: Problem, members: list[Deviation], all_filled: bool) -> tuple[int, int]:
    """(least sum of weighted deviations, least largest deviation) of one burden."""
    first = len(problem.options)
    if any(v >= first for each in members for v, _ in each.terms):
        return _apportion_variable(problem, members, all_filled)
    step = 0
    tasks: dict[int, int] = {}
    for each in members:
        for variable, coefficient in each.terms:
            step = gcd(step, coefficient)
            tasks[problem.options[variable].task] = coefficient
    if step == 0:
        return 0, 0
    points = (sum(tasks.values()) + _surplus(problem, members)) // step
    most = [_most_steps(problem, each, step) for each in members]
    targets = [each.target for each in members]
    weights = [each.weight for each in members]
    value = _deal(targets, weights, step, points, most, stop_early=not all_filled)
    return value, _least_peak(members, step, points, most) if all_filled else 0


def _surplus(problem: Problem, members: list[Deviation]) -> int:
    """Points beyond one holder a task: two people pinned to one duty both carry it."""
    pinned: dict[int, list[int]] = defaultdict(list)
    for each in members:
        for variable, coefficient in each.terms:
            if problem.options[variable].pinned:
                pinned[problem.options[variable].task].append(coefficient)
    return sum(sum(carried[1:]) for carried in pinned.values())


def _apportion_variable(
    problem: Problem, members: list[Deviation], all_filled: bool
) -> tuple[int, int]:
    """A burden whose number of points is itself a choice: the best over all numbers possible.

    Each person's sum is 1000 for each own item less a share of the total number of items. At least
    the items that only people of this burden could take are in it.
    """
    first = len(problem.options)
    own = {v for each in members for v, _ in each.terms if v < first}
    step = max(c for each in members for v, c in each.terms if v < first)
    shares = [-sum(c for v, c in each.terms if v >= first) for each in members]
    least = _forced(problem, own) if all_filled else 0
    tasks = {problem.options[v].task for v in own}
    greatest = sum(problem.tasks[task].need for task in tasks)
    weights = [each.weight for each in members]
    best: int | None = None
    numbers = np.arange(least, greatest + 1)
    wanted = np.array([each.target for each in members]) + np.outer(numbers, shares)
    floors = _suiting(wanted, np.array(weights), step, numbers)
    for at in np.argsort(floors, kind="stable"):
        if best is not None and floors[at] >= best:
            break
        points, targets = int(numbers[at]), wanted[at].tolist()
        value = _deal(targets, weights, step, points, [points] * len(members), stop_early=False)
        best = value if best is None else min(best, value)
    return best or 0, 0


def _suiting(wanted: Ints, weights: Ints, step: int, numbers: Ints) -> Ints:
    """What each number of points costs at least: everybody holds what suits him best."""
    most = numbers[:, np.newaxis]
    below = np.minimum(most, np.maximum(0, wanted // step))
    above = np.minimum(most, below + 1)
    off = np.minimum(np.abs(below * step - wanted), np.abs(above * step - wanted))
    found: Ints = off @ weights
    return found


def _forced(problem: Problem, own: set[int]) -> int:
    """How many items can be held by nobody outside ``own`` (one a start and task at most)."""
    others: dict[int, set[int]] = defaultdict(set)
    for variable, option in enumerate(problem.options):
        if variable not in own:
            others[option.task].add(option.start)
    touched = {problem.options[variable].task for variable in own}
    return sum(max(0, problem.tasks[task].need - len(others[task])) for task in touched)


def _deal(
    targets: list[int],
    weights: list[int],
    step: int,
    points: int,
    most: list[int],
    *,
    stop_early: bool,
) -> int:
    """Least sum of weighted deviations when so many points are dealt out.

    Everybody begins with what suits him best; then points go, one at a time, to whom one more costs
    least, or from whom one less does. Costs are convex, so that is exact, and few points move.
    """

    def cost(at: int, count: int) -> int:
        return abs(count * step - targets[at]) * weights[at]

    held = []
    for at, (target, limit) in enumerate(zip(targets, most, strict=True)):
        below = min(limit, max(0, target // step))
        held.append(min((below, min(limit, below + 1)), key=lambda count: cost(at, count)))
    lacking = points - sum(held)
    if lacking > 0 and stop_early:
        lacking = 0
    way = 1 if lacking > 0 else -1
    last = [limit if way > 0 else 0 for limit in most]

    def change(at: int) -> int:
        return cost(at, held[at] + way) - cost(at, held[at])

    queue = [(change(at), at) for at, count in enumerate(held) if count != last[at]]
    heapq.heapify(queue)
    for _ in range(abs(lacking)):
        if not queue:
            break
        _, at = heapq.heappop(queue)
        held[at] += way
        if held[at] != last[at]:
            heapq.heappush(queue, (change(at), at))
    return sum(cost(at, count) for at, count in enumerate(held))


def _least_peak(members: list[Deviation], step: int, points: int, most: list[int]) -> int:
    """The smallest largest deviation with which all points can be dealt out (binary search)."""
    low, high = 0, max(abs(each.target) for each in members) + points * step
    while low < high:
        middle = (low + high) // 2
        least = greatest = 0
        possible = True
        for each, limit in zip(members, most, strict=True):
            floor = max(0, -((middle - each.target) // step))
            ceiling = min(limit, (each.target + middle) // step)
            possible = possible and floor <= ceiling
            least, greatest = least + floor, greatest + max(ceiling, 0)
        if possible and least <= points <= greatest:
            high = middle
        else:
            low = middle + 1
    return low


def _most_steps(problem: Problem, each: Deviation, step: int) -> int:
    """No person holds more than all tasks open to him, each once."""
    tasks = {problem.options[variable].task: coefficient for variable, coefficient in each.terms}
    return sum(tasks.values()) // step
