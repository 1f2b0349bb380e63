"""Bounds of a tier from its parts: the tasks that its penalties join, each part solved alone.

A part leaves out every other task, so that far more can be solved to the end than the whole; what
it costs at least, the whole costs at least. Its choice is also where a search of the whole may look
first: it says who would hold what if nothing else had to be held.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from so247.solver.bounds.parts import WITHIN, Part, Shared, only, parts_of, shared
from so247.solver.bounds.relaxed import TasksOf, relaxed
from so247.solver.budget import Budget
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.incidence import Incidence
from so247.solver.limits import Cancel
from so247.solver.model import Translator
from so247.solver.problem import NOBODY, Cost, Deviation, Excess, Problem, Terms, Tier
from so247.solver.search_step import run

RELAX = 0.6
"""Of a tier's share, at most this part goes to its parts and to what their choice leads to."""

PROVE = 0.7
"""Of that, at most this part goes to the parts; the rest is for where they lead."""

ALONG = 20_000
"""About so many options are free between the roster and what a tier's parts would choose."""


@dataclass
class Found:
    """``bound`` of the tier; ``guide``: a cheap choice of its parts, by the whole's options.

    ``ended``: every part was solved to the end, so that asking again would tell nothing new.
    """

    bound: int
    ended: bool = True
    guide: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A bound of ``tier`` is wanted for rosters that cost no more than ``choice`` before it."""

    tier: Tier
    choice: Ints
    values: tuple[int, ...]


class Relaxer:
    """Solves the parts of one problem, and remembers what each costs at least."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        budget: Budget,
        cancel: Cancel | None,
        read: tuple[Evaluator, Incidence] | None = None,
    ) -> None:
        self.problem = problem
        self.seed = seed
        self.budget = budget
        self.cancel = cancel
        self.evaluator, self.incidence = read or (Evaluator(problem), Incidence(problem))
        self.parts: dict[Tier, list[Part]] = {}
        """The parts of a tier with all of its penalties, once asked for."""
        self.longest = 0.0
        """What writing a part has taken of the budget so far, at most."""
        self.least: dict[Tier, dict[frozenset[int], int]] = {}
        """What the parts of a tier cost at least, for rosters no worse before it."""

    @cached_property
    def tasks_of(self) -> TasksOf:
        """The tasks of every variable."""
        return TasksOf(self.problem)

    def parts_of(self, tier: Tier) -> list[Part]:
        """The parts of a tier with all of its penalties."""
        if tier not in self.parts:
            self.parts[tier] = parts_of(self.problem, tier, self.tasks_of)
        return self.parts[tier]

    def forget(self, tier: Tier) -> None:
        """What was proven of a tier no longer holds: one before it has become worse."""
        self.least.pop(tier, None)

    def bound(self, asked: Asked, seconds: float) -> Found:
        """The tier's constant and what its parts cost at least, as far as the seconds reach.

        Small parts go first; what they leave of their share is the others'. Parts that cost nothing
        now are not asked.
        """
        tier = asked.tier
        found = Found(self.problem.constants[tier])
        end = self.budget.spent + seconds
        paid = self._paid(asked)
        wants = shared(self.problem, tier, self.tasks_of, paid)
        if tier in WITHIN:
            self.forget(tier)  # other wants may have been apart then, and other tasks joined
        refused: dict[frozenset[int], int] = {}
        for part in wants.parts:
            self._solve(part, asked, refused, seconds / 4 / len(wants.parts))
        found.bound += max(0, sum(refused.values()) - wants.counted)
        known = self.least.setdefault(tier, {})
        held = [frozenset(self.tasks_of.penalty(each)) for each in paid if each not in wants.wants]
        parts = [part for part in self._parts(tier, wants) if any(map(part.tasks.issuperset, held))]
        waiting = sum(len(part.tasks) for part in parts)
        for part in sorted(parts, key=lambda each: len(each.tasks)):
            left = end - self.budget.spent
            if left > 0:
                share = left * len(part.tasks) / waiting
                guide, proven = self._solve(part, asked, known, share)
                found.guide |= guide
                found.ended &= proven
            else:
                found.ended = False
            waiting -= len(part.tasks)
            found.bound += known.get(part.tasks, 0)
        return found

    def _parts(self, tier: Tier, wants: Shared) -> list[Part]:
        if not wants.wants:
            return self.parts_of(tier)
        return parts_of(self.problem, tier, self.tasks_of, wants.wants)

    def _paid(self, asked: Asked) -> list[Cost | Excess]:
        """What is paid now in a tier, but for shares."""
        paid = self.evaluator.paid(self.evaluator.values(asked.choice))
        return [
            each for each, _ in paid if each.tier is asked.tier and not isinstance(each, Deviation)
        ]

    def load(self, terms: Terms, before: Asked, seconds: float) -> int:
        """What a sum is at least in the parts of the tier before ``before.tier``.

        Only terms of a single part count; none may be below zero. Parts in which nothing of it is
        held now are not asked: they show that they need nothing.
        """
        tier = before.tier
        now = self.evaluator.values(before.choice)
        total = 0
        for part in self.parts_of(Tier(tier - 1)):
            inside = [t for t in terms if part.tasks.issuperset(self.tasks_of.terms((t,)))]
            if any(now[v] for v, _ in inside):
                costs = [Cost("load", tier, NOBODY, v, points) for v, points in inside]
                least: dict[frozenset[int], int] = {}
                asked = replace(part, problem=only(part.problem, tier, costs))
                self._solve(asked, before, least, seconds)
                total += least[part.tasks]
        return total

    def most(self, person: int, terms: Terms, before: Asked, seconds: float) -> int:
        """What a sum of somebody's options is at most, beside his work in the tier before.

        That is the part of which he holds most now, together with the tasks of the sum.
        """
        total = sum(points for _, points in terms)
        mine = [
            option.task
            for v, option in enumerate(self.problem.options)
            if option.person == person and before.choice[v]
        ]
        parts = self.parts_of(Tier(before.tier - 1))
        held = [sum(task in part.tasks for task in mine) for part in parts]
        if not any(held):
            return total
        part = parts[held.index(max(held))]
        tasks = part.tasks.union(self.tasks_of.terms(terms))
        costs = [Cost("most", before.tier, person, v, -points) for v, points in terms]
        least = {tasks: -total}
        asked = Part(tasks, only(part.problem, before.tier, costs))
        self._solve(asked, before, least, seconds)
        return -least[tasks]

    def _solve(
        self,
        part: Part,
        asked: Asked,
        known: dict[frozenset[int], int],
        seconds: float,
    ) -> tuple[dict[int, int], bool]:
        """Solve one part for its least cost, which is kept: a choice, and whether it is proven.

        Not where the time left is not even enough to write it.
        """
        known.setdefault(part.tasks, 0)
        began = self.budget.spent
        if self.budget.left <= self.longest:
            return {}, False
        tasks, cut = part.tasks, relaxed(part.problem, part.tasks, self.incidence)
        evaluator = Evaluator(cut.problem)
        start = asked.choice[list(cut.options)]
        reached = evaluator.tiers(start)
        tiers = tuple(Tier)[: asked.tier + 1]
        submodel = Translator(cut.problem).submodel(
            range(len(cut.options)), evaluator.values(start), tiers
        )
        for tier in tiers[:-1]:
            if submodel.tiers.get(tier):
                spare = asked.values[tier] - self._others(tier, tasks) - reached[tier]
                submodel.model.add(submodel.cost(tier) <= submodel.now[tier] + max(0, spare))
        submodel.model.minimize(submodel.cost(asked.tier))
        fixed = reached[asked.tier] - submodel.now.get(asked.tier, 0)
        fixed -= part.problem.constants[asked.tier]
        floor = max(submodel.floor(asked.tier), known.get(tasks, 0) - fixed)
        self.longest = max(self.longest, self.budget.spent - began)
        step = run(submodel, self.budget, seconds, self.seed, self.cancel, floor, proving=True)
        known[tasks] = max(known.get(tasks, 0), step.bound + fixed)
        found = step.found or {}
        return {cut.options[v]: value for v, value in found.items()}, step.proven

    def _others(self, tier: Tier, tasks: frozenset[int]) -> int:
        """What a tier costs at least in the parts that have no task in common with these."""
        known = self.least.get(tier, {})
        return sum(value for other, value in known.items() if not other & tasks)
