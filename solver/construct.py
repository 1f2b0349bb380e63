"""A first choice within seconds, without any solver: everything held that a greedy can place.

Tasks are filled in order of time, those that others lean on first, by whoever is furthest behind a
fair share. What nobody can take then makes room for itself: the options in its way are taken out,
those of tasks that have been easy to fill so far, and their tasks are filled again in turn
(ejection). The fullest choice that was met is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from so247.solver.changing import Changing
from so247.solver.evaluate import Ints
from so247.solver.incidence import Flat, Index
from so247.solver.problem import Problem, Tier

COMPARED = 12
"""Of so many who could hold a task the one is taken for whom soft norms stay best."""
AT_MOST = 3
"""Options that may be taken out for one."""
TRIED = 40
"""Options of a task for which room is sought at a time."""
STEPS = 2000
"""Tasks that are tried again before it is enough, and twice what the greedy left over."""
DUTY = 8
"""A duty is taken out as easily as eight sessions."""
BLUR = 0.02
"""By how much a share may seem larger or smaller, so that seeds give different choices."""
TIER = 10_000
"""One point of a tier in points of the next."""


def construct(problem: Problem, seed: int) -> Ints:
    """A legal choice that leaves as little empty as a quick greedy with ejections can.

    The same problem and seed give the same choice. Pins stand; of what they break nothing is made
    worse. Rows that ask for at least something may be left short, and are the caller's to see
    (``Evaluator.broken``).
    """
    return _Builder(problem, seed).run()


class _Builder:
    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.random = Random(seed)
        self.now = Changing(problem)
        self.task = [option.task for option in problem.options]
        self.options: list[list[int]] = [[] for _ in problem.tasks]
        for v, task in enumerate(self.task):
            self.options[task].append(v)
        self.hard = [DUTY if task.tier is Tier.COVERAGE else 1 for task in problem.tasks]
        """How much it costs to take one out; more each time that the task is left over."""
        self.price = _prices(problem)
        terms = [each.terms for each in problem.deviations]
        self.shares = Index(problem.size, Flat.of_terms(terms)).runs()
        self.carried = [0] * len(problem.deviations)
        self.missing = [task.need for task in problem.tasks]
        self.empty = [0] * len(Tier)
        """Minutes in each tier that nobody holds, less what they were at first."""
        for v, option in enumerate(problem.options):
            if option.pinned:
                self._count(v, 1)

    def run(self) -> Ints:
        left = [task for task in self._order() for _ in range(self._fill(task))]
        best, fewest = self.now.choice(), list(self.empty)
        self.random.shuffle(left)
        for _ in range(STEPS + 2 * len(left)):
            if not left:
                break
            task = left.pop()
            if self._place(task):
                out: Sequence[int] | None = ()
            else:
                self.hard[task] += 1
                out = self._make_room(task)
            left = [task, *left] if out is None else [*left, *out]
            if self.empty < fewest:
                best, fewest = self.now.choice(), list(self.empty)
        return best

    def _order(self) -> list[int]:
        """Duties before sessions, in order of time; what others lean on first, few takers next."""
        leaned_on = {
            self.task[v]
            for row in self.problem.rows
            for v, coefficient in row.terms
            if coefficient < 0 and v < len(self.task)
        }
        table = self.problem.options
        tasks = [task for task, options in enumerate(self.options) if options]
        return sorted(
            tasks,
            key=lambda task: (
                self.problem.tasks[task].tier,
                min(table[v].start for v in self.options[task]),
                task not in leaned_on,
                len(self.options[task]),
            ),
        )

    def _fill(self, task: int) -> int:
        """Place as many as are missing; how many are left over."""
        while self.missing[task] > 0 and self._place(task):
            pass
        return max(0, self.missing[task])

    def _place(self, task: int) -> bool:
        """Hold the task once more: of the best who can, by the one who strains soft norms least."""
        able: list[tuple[int, int, int]] = []
        for place, v in enumerate(sorted(self.options[task], key=self._rank)):
            strain = None if self.now.value[v] else self.now.strain(v)
            if strain is not None:
                able.append((strain, place, v))
            if strain == 0 or len(able) == COMPARED:
                break
        for *_, v in sorted(able):
            if self.now.add(v):
                self._count(v, 1)
                return True
        return False

    def _rank(self, option: int) -> tuple[int, float]:
        """Cheapest first; then who would be least far in carrying a share."""
        far = 0.0
        for at, points in self.shares.run(option):
            target = self.problem.deviations[at].target
            far = max(
                far, (self.carried[at] + points) / (target if target > 0 else abs(points) or 1)
            )
        return self.price[option], far * self.random.uniform(1 - BLUR, 1 + BLUR)

    def _count(self, option: int, sign: int) -> None:
        task = self.problem.tasks[self.task[option]]
        self.missing[self.task[option]] -= sign
        self.empty[task.tier] -= sign * task.minutes
        for at, points in self.shares.run(option):
            self.carried[at] += sign * points

    def _make_room(self, task: int) -> list[int] | None:
        """Hold the task by taking out what costs least; the tasks of that, ``None`` if too dear."""
        free = [v for v in self.options[task] if not self.now.value[v]]
        best: tuple[int, int] | None = None
        for v in self.random.sample(free, min(TRIED, len(free))):
            out = self._in_the_way(v)
            cost = None if out is None else sum(self.hard[self.task[each]] for each in out)
            for each in out or ():
                self.now.change(each, 1)
            if cost is not None:
                self.now.change(v, -1)
                best = min(best or (cost, v), (cost, v))
        if best is None or best[0] > self.hard[task]:
            return None
        out = self._in_the_way(best[1]) or []
        self._count(best[1], 1)
        for each in out:
            self._count(each, -1)
        return [self.task[each] for each in out]

    def _in_the_way(self, option: int) -> list[int] | None:
        """Add an option and take out what that breaks, cheapest first; ``None``, and nothing
        changed, where that would be too much or is not enough."""
        out: list[int] = []
        self.now.change(option, 1)
        while self.now.broken:
            others = [
                v
                for v in self.now.behind(min(self.now.broken))
                if self.task[v] != self.task[option] and not self.problem.options[v].pinned
            ]
            if not others or len(out) == AT_MOST:
                for each in out:
                    self.now.change(each, 1)
                self.now.change(option, -1)
                return None
            out.append(min(others, key=lambda v: (self.hard[self.task[v]], v)))
            self.now.change(out[-1], -1)
        return out


def _prices(problem: Problem) -> list[int]:
    """What an option costs by itself in the tiers before fairness."""
    found = [0] * problem.size
    for cost in problem.costs:
        if cost.tier < Tier.FAIRNESS:
            found[cost.variable] += cost.weight * TIER ** (Tier.FAIRNESS - cost.tier - 1)
    return found
