"""A tier by trades, without a solver: a task goes to somebody else, who passes on what is then in
the way.

Every trade keeps the tiers before it as they are or better. Trades that cost a little are taken
too, ever less so (annealing); the best choice that was met is returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import exp
from random import Random

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import Problem, Tier
from so247.solver.search_scales import Scales

LINKS = 4
"""Tasks that change hands in one trade at most."""
COMPARED, TRIED = 8, 2
"""Of so many who could take a task, those are tried whose shares it suits best."""
BACK = 6
"""Of the tasks that may be passed back for one, so many are tried."""
LOOK = 50
"""Trades between two looks at who is furthest off."""
WARM, COLD = 0.1, 0.001
"""Of a usual task's points: what a trade may cost more, at first and at last."""


class Trades:
    """Trades that better one tier, from one legal choice on: shares, or what options cost."""

    def __init__(
        self, problem: Problem, evaluator: Evaluator, choice: Ints, tier: Tier, seed: int
    ) -> None:
        self.random = Random(seed)
        self.scales = Scales(problem, evaluator, choice, tier)
        self.task = [option.task for option in problem.options]
        self.person = [option.person for option in problem.options]
        pinned = {option.task for option in problem.options if option.pinned}
        self.open: list[list[int]] = [[] for _ in problem.tasks]
        """Task to its options; none where pins are involved, which stand."""
        self.of: list[list[int]] = [[] for _ in problem.people]
        """Person to the same."""
        for v, task in enumerate(self.task):
            if task not in pinned:
                self.open[task].append(v)
                self.of[self.person[v]].append(v)
        self.carried = [self._moving(each.terms) for each in self.scales.deviations]
        """Deviation to the options that add to it; only if shares are to be bettered."""
        self.wanted = [
            (each.weight, self._moving([(v, -c) for v, c in each.terms]))
            for each in problem.excesses
            if each.tier is tier
        ]
        """What asks for at least something: its weight, and the options that would do."""
        self.priced = [
            (each.variable, each.weight)
            for each in problem.costs
            if each.tier is tier and each.weight > 0 and self._moving([(each.variable, 1)])
        ]
        points = self.scales.points() if tier is Tier.FAIRNESS else [w for _, w in self.priced]
        self.usual = sorted(points)[len(points) // 2] if points else 1
        self.fair = tier is Tier.FAIRNESS
        self.peak = self.scales.peak()
        self.cost = self.peak if self.fair else 0
        self.best, self.best_choice = self.cost, choice
        self.done: list[int] = []
        """Options changed since the trade began."""

    def _moving(self, terms: Iterable[tuple[int, int]]) -> list[int]:
        """The options with which a sum grows and that may change hands."""
        return [
            v
            for term, points in terms
            if points > 0
            for v in self.scales.options_of(term)
            if self.open[self.task[v]]
        ]

    def run(self, steps: int, stop: Callable[[], bool]) -> Ints:
        """The best choice that so many trades lead to; fewer where ``stop`` says so."""
        starts: list[int] = []
        for step in range(steps):
            if step % LOOK == 0:
                if stop():
                    break
                starts = self._starts()
            if not starts:
                break
            heat = self.usual * WARM * (COLD / WARM) ** (step / steps)
            self._try(starts[step % LOOK], heat)
        return self.best_choice

    def _starts(self) -> list[int]:
        """Options to begin the next trades with: held ones are given away, others taken over."""
        scales = self.scales
        if self.fair:
            pools = zip(scales.off(), self.carried, strict=True)
            known = [
                (cost, [v for v in mine if bool(scales.value[v]) is scales.above(at)])
                for at, (cost, mine) in enumerate(pools)
            ]
        else:
            known = [
                (weight, [v for v in scales.options_of(variable) if scales.value[v]])
                for variable, weight in self.priced
                if scales.value[variable]
            ]
            known += [
                (w, mine) for w, mine in self.wanted if not any(scales.value[v] for v in mine)
            ]
        known = [(cost, mine) for cost, mine in known if cost and mine]
        if not known:
            return []
        drawn = self.random.choices([mine for _, mine in known], [c for c, _ in known], k=LOOK)
        return [self.random.choice(mine) for mine in drawn]

    def _try(self, start: int, heat: float) -> None:
        """One trade; undone if it costs anything before the tier, or too much in it."""
        scales = self.scales
        self.done.clear()
        if self._start(start) and (self._bearable() or self._evened()):
            now = scales.spent[-1] + (scales.peak() if self.fair else 0)
            if now <= self.cost or self.random.random() < exp((self.cost - now) / heat):
                self.cost = now
                if now < self.best or min(scales.spent[:-1]) < 0:
                    self.best, self.best_choice = now, scales.choice()
                    self.peak = scales.peak()
                    scales.settle()
                return
        self._undo(0)

    def _bearable(self) -> bool:
        """Whether no tier before this one costs more than it did."""
        spent = self.scales.spent[:-1]
        if not self.fair and len(spent) > Tier.FAIRNESS:
            if any(more > 0 for at, more in enumerate(spent) if at != Tier.FAIRNESS):
                return False
            return spent[Tier.FAIRNESS] + self.scales.peak() <= self.peak
        return all(more <= 0 for more in spent)

    def _evened(self) -> bool:
        """Whether who took the first task can pass one of his own back for it, so that all before
        this tier is as it was."""
        spent = self.scales.spent[:-1]
        if len(spent) <= Tier.FAIRNESS or any(
            more > 0 for at, more in enumerate(spent) if at != Tier.FAIRNESS
        ):
            return False
        giver, taker = (self.person[v] for v in self.done[:2])
        moved = {self.task[v] for v in self.done}
        back = [
            (v, o)
            for v in self.of[taker]
            if self.scales.value[v] and self.task[v] not in moved
            for o in self.open[self.task[v]]
            if self.person[o] == giver and not self.scales.value[o]
        ]
        for v, o in self.random.sample(back, min(BACK, len(back))):
            at = len(self.done)
            self._flip(v)
            self._flip(o)
            if self._clear(moved | {self.task[v]}, 1) and self._bearable():
                return True
            self._undo(at)
        return False

    def _start(self, v: int) -> bool:
        """Give an option away if it is held; else take its task over."""
        if self.scales.value[v]:
            return self._pass_on(v, {self.task[v]}, LINKS)
        held = [o for o in self.open[self.task[v]] if self.scales.value[o]]
        if not held or self.person[v] in {self.person[o] for o in held}:
            return False
        self._flip(self.random.choice(held))
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
