"""Which parts a tier falls into: tasks that its penalties join, or that an earlier tier joins.

What the parts cost at least adds up, because every penalty stands in one of them only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import compress

from so247.solver.bounds.relaxed import TasksOf, components
from so247.solver.problem import AnyOf, Cost, Excess, Problem, Tier

JOINED = {
    Tier.PAIRS: (),
    Tier.WISHES: (),
    Tier.TRAVEL: (Tier.PAIRS,),
}
"""Tiers whose penalties make parts, each with the tiers before it that say what goes together."""

WITHIN = {Tier.WISHES: Tier.PAIRS}
"""Tiers with penalties that a part of an earlier tier holds, and may force: they go with it."""


@dataclass(frozen=True)
class Part:
    """Some tasks, and the problem with no other penalties of a tier than those of the part."""

    tasks: frozenset[int]
    problem: Problem


def parts_of(
    problem: Problem, tier: Tier, tasks_of: TasksOf, apart: Collection[Excess] = ()
) -> list[Part]:
    """The parts of a tier; none where a cost below zero joins too much. ``apart``: left out."""
    if any(each.weight < 0 for each in problem.costs if each.tier <= tier):
        return []
    parts, rest = [], problem
    if tier in WITHIN:
        every: list[Cost | Excess] = [*problem.costs, *problem.excesses]
        left = [each for each in every if each.tier is tier and each not in apart]
        for tasks in components(problem, (WITHIN[tier],), tasks_of):
            inside = [tasks.issuperset(tasks_of.penalty(each)) for each in left]
            parts.append(Part(tasks, only(problem, tier, list(compress(left, inside)))))
            left = [each for each, here in zip(left, inside, strict=True) if not here]
        rest = only(problem, tier, left)
    joined = components(rest, (tier, *JOINED.get(tier, ())), tasks_of)
    return parts + [Part(tasks, rest) for tasks in joined]


def only(problem: Problem, tier: Tier, penalties: Sequence[Cost | Excess]) -> Problem:
    """The problem in which a tier has these penalties, and no others; without tiers after it."""
    costs = tuple(each for each in penalties if isinstance(each, Cost))
    excesses = tuple(each for each in penalties if isinstance(each, Excess))
    fair = tier > Tier.FAIRNESS
    return replace(
        problem,
        costs=(*(each for each in problem.costs if each.tier < tier), *costs),
        excesses=(*(each for each in problem.excesses if each.tier < tier), *excesses),
        deviations=problem.deviations if fair else (),
        peaks=problem.peaks if fair else (),
    )


@dataclass(frozen=True)
class Shared:
    """Wants that several parts of an earlier tier could meet, as one want in each part.

    A want that n parts could meet is paid in n - 1 of them even if it is met: so much of what the
    parts cost at least is ``counted`` too often.
    """

    wants: frozenset[Excess] = frozenset()
    parts: tuple[Part, ...] = ()
    counted: int = 0


def shared(problem: Problem, tier: Tier, tasks_of: TasksOf, paid: Collection[object]) -> Shared:
    """Of the wants that are paid for now, those that several parts could meet, and nothing else."""
    if tier not in WITHIN or any(each.weight < 0 for each in problem.costs if each.tier <= tier):
        return Shared()
    outer = components(problem, (WITHIN[tier],), tasks_of)
    wants = {
        each: members
        for each in problem.excesses
        if each.tier is tier and each in paid
        for members in [_members(problem, each)]
        if _shared({problem.options[v].task for v in members}, outer)
    }
    parts, counted = [], -sum(want.weight for want in wants)
    for tasks in outer:
        derived, cut = list(problem.derived), []
        for want, members in wants.items():
            here = tuple(v for v in members if problem.options[v].task in tasks)
            if here:
                cut.append(replace(want, terms=((len(problem.options) + len(derived), -1),)))
                derived.append(AnyOf(here))
                counted += want.weight
        if cut:
            whole = replace(problem, derived=tuple(derived))
            parts.append(Part(tasks, only(whole, tier, cut)))
    return Shared(frozenset(wants), tuple(parts), counted)


def _members(problem: Problem, want: Excess) -> tuple[int, ...]:
    """The options of which a want asks for one; none where it asks for something else."""
    first = len(problem.options)
    if want.upper != -1 or len(want.terms) != 1 or want.terms[0][1] != -1:
        return ()
    variable = want.terms[0][0]
    entry = problem.derived[variable - first] if variable >= first else None
    if not isinstance(entry, AnyOf) or any(v >= first for v in entry.members):
        return ()
    return entry.members


def _shared(tasks: set[int], outer: Sequence[frozenset[int]]) -> bool:
    """Whether all tasks lie in parts, and in more than one."""
    inside = [tasks & part for part in outer if tasks & part]
    return len(inside) > 1 and sum(map(len, inside)) == len(tasks)
