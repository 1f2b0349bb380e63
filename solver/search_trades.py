"""Fairness by trades, without a solver: a duty goes to somebody else, who passes on what is then
in the way.

Every trade keeps the tiers before it as they are or better. Trades that cost a little are taken
too, ever less so (annealing); the best choice that was met is returned.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from random import Random

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import Problem, Tier
from so247.solver.search_scales import Scales

LINKS = 4
"""Tasks that change hands in one trade at most."""
COMPARED, TRIED = 8, 2
"""Of so many who could take a task, those are tried whose shares it suits best."""
LOOK = 50
"""Trades between two looks at who is furthest off."""
WARM, COLD = 0.1, 0.001
"""Of a usual task's points: what a trade may cost more, at first and at last."""


class Trades:
    """Trades among those who carry burdens, from one legal choice on."""

    def __init__(self, problem: Problem, evaluator: Evaluator, choice: Ints, seed: int) -> None:
        self.random = Random(seed)
        self.scales = Scales(problem, evaluator, choice, Tier.FAIRNESS)
        self.task = [option.task for option in problem.options]
        self.person = [option.person for option in problem.options]
        pinned = {option.task for option in problem.options if option.pinned}
        self.open: list[list[int]] = [[] for _ in problem.tasks]
        """Task to its options; none where pins are involved, which stand."""
        for v, task in enumerate(self.task):
            if task not in pinned:
                self.open[task].append(v)
        first = len(self.task)
        self.carried = [
            [v for v, points in each.terms if v < first and points > 0 and self.open[self.task[v]]]
            for each in self.scales.deviations
        ]
        """Deviation to the options that add to it."""
        points = sorted(
            abs(c) * each.weight
            for each in self.scales.deviations
            for v, c in each.terms
            if v < first
        )
        self.usual = points[len(points) // 2] if points else 0
        self.cost = self.scales.peak()
        self.best, self.best_choice = self.cost, choice
        self.done: list[int] = []
        """Options changed since the trade began."""

    def run(self, steps: int, stop: Callable[[], bool]) -> Ints:
        """The best choice that so many trades lead to; fewer where ``stop`` says so."""
        weights: list[int] = []
        for step in range(steps if any(self.carried) else 0):
            if step % LOOK == 0:
                if stop():
                    break
                weights = self.scales.off()
                weights = [w if mine else 0 for w, mine in zip(weights, self.carried, strict=True)]
            if not any(weights):
                break
            heat = self.usual * WARM * (COLD / WARM) ** (step / steps)
            at = self.random.choices(range(len(weights)), weights)[0]
            self._try(at, heat)
        return self.best_choice

    def _try(self, deviation: int, heat: float) -> None:
        """One trade that brings a deviation nearer to its target; undone if that costs too much."""
        scales = self.scales
        self.done.clear()
        if self._start(deviation) and all(more <= 0 for more in scales.spent[:-1]):
            now = scales.spent[-1] + scales.peak()
            if now <= self.cost or self.random.random() < exp((self.cost - now) / heat):
                self.cost = now
                if now < self.best or min(scales.spent[:-1]) < 0:
                    self.best, self.best_choice = now, scales.choice()
                    scales.settle()
                return
        self._undo(0)

    def _start(self, deviation: int) -> bool:
        v = self.random.choice(self.carried[deviation])
        above = self.scales.above(deviation)
        held = bool(self.scales.value[v])
        if held != above:
            wanted = [o for o in self.carried[deviation] if bool(self.scales.value[o]) is above]
            if not wanted:
                return False
            v = self.random.choice(wanted)
        if above:
            return self._pass_on(v, {self.task[v]}, LINKS)
        held_now = [o for o in self.open[self.task[v]] if self.scales.value[o]]
        if not held_now:
            return False
        self._flip(self.random.choice(held_now))
        self._flip(v)
        return self._clear({self.task[v]}, LINKS - 1)

    def _flip(self, option: int) -> None:
        self.scales.change(option, 1 - 2 * self.scales.value[option])
        self.done.append(option)

    def _undo(self, to: int) -> None:
        while len(self.done) > to:
            v = self.done.pop()
            self.scales.change(v, 1 - 2 * self.scales.value[v])

    def _pass_on(self, out: int, moved: set[int], links: int) -> bool:
        """Another holder for a task; what is in that one's way is passed on in turn."""
        scales = self.scales
        others = [
            o
            for o in self.open[self.task[out]]
            if not scales.value[o] and self.person[o] != self.person[out]
        ]
        self._flip(out)
        for into in sorted(self.random.sample(others, min(COMPARED, len(others))), key=scales.lean)[
            :TRIED
        ]:
            at = len(self.done)
            self._flip(into)
            if self._clear(moved, links - 1):
                return True
            self._undo(at)
        return False

    def _clear(self, moved: set[int], links: int) -> bool:
        """Pass on what is in the way until nothing is broken."""
        scales = self.scales
        while scales.broken:
            way = [
                o
                for o in scales.behind(min(scales.broken))
                if self.task[o] not in moved and self.open[self.task[o]]
            ]
            if not links or not way:
                return False
            out = self.random.choice(way)
            moved = moved | {self.task[out]}
            if not self._pass_on(out, moved, links):
                return False
            links -= 1
        return True
