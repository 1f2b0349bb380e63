"""Lower bounds by counting: what no roster can beat, without a solver's word.

Each bound holds for all rosters that fill every task (when coverage and sessions are at their
constants), which is when they are used.
"""

from __future__ import annotations

import heapq
from collections import defaultdict

from so247.solver.problem import AnyOf, Deviation, Problem, Tier


def trivial(problem: Problem) -> list[int]:
    """What every tier costs at least whatever is chosen: its constant, if costs are not negative."""
    return list(problem.constants)


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

    Deviations whose target is fixed share a known number of points, each person's sum being a
    multiple of the smallest step. Points are dealt out one step at a time to whom they cost least
    (costs are convex, so greedy is exact); without all tasks filled, dealing may stop early.
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


def _apportion(problem: Problem, members: list[Deviation], all_filled: bool) -> tuple[int, int]:
    first = len(problem.options)
    if any(v >= first for each in members for v, _ in each.terms):
        # The number of points itself is a choice (unpaired sessions): no bound by counting.
        return 0, 0
    step = 0
    tasks: dict[int, int] = {}
    for each in members:
        for variable, coefficient in each.terms:
            step = _gcd(step, coefficient)
            tasks[problem.options[variable].task] = coefficient
    if step == 0:
        return 0, 0
    points = sum(tasks.values()) // step
    most = [_most_steps(problem, each, step) for each in members]
    held = [0] * len(members)
    queue = [(_increase(each, 0, step), at) for at, each in enumerate(members) if most[at]]
    heapq.heapify(queue)
    for _ in range(points):
        if not queue or (not all_filled and queue[0][0] >= 0):
            break
        _, at = heapq.heappop(queue)
        held[at] += 1
        if held[at] < most[at]:
            heapq.heappush(queue, (_increase(members[at], held[at], step), at))
    deviations = [abs(held[at] * step - each.target) for at, each in enumerate(members)]
    value = sum(d * each.weight for d, each in zip(deviations, members, strict=True))
    return value, _least_peak(members, step, points, most) if all_filled else 0


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


def _increase(each: Deviation, held: int, step: int) -> int:
    """Extra cost of one step more."""
    before, after = held * step - each.target, (held + 1) * step - each.target
    return (abs(after) - abs(before)) * each.weight


def _most_steps(problem: Problem, each: Deviation, step: int) -> int:
    """No person holds more than all tasks open to him, each once."""
    tasks = {problem.options[variable].task: coefficient for variable, coefficient in each.terms}
    return sum(tasks.values()) // step


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return abs(a)
