"""One person's options in layers: of each layer at most one is taken, and they follow in time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from so247.solver.columns.blocks import Block, Group, Rule
from so247.solver.problem import Problem

REACH = 9
"""Layers that a rule may span and still be kept exactly, day by day; a longer one is a counter."""


@dataclass(frozen=True)
class Counter:
    """A sum over the whole period that has to end between ``low`` and ``high``."""

    groups: tuple[Group, ...]
    low: int
    high: int


@dataclass
class Layered:
    """A block in layers: ``layers[i]`` are options, ``where`` is an option's (layer, choice).

    ``near``: rules that span few layers; ``counters``: sums over many.
    """

    layers: list[tuple[int, ...]]
    where: dict[int, tuple[int, int]]
    near: list[Rule]
    counters: list[Counter]


def layered(problem: Problem, block: Block) -> Layered:
    """Options in order of start, those that exclude each other in one layer."""
    layers = _layers(problem, block)
    where = {v: (at, c) for at, layer in enumerate(layers) for c, v in enumerate(layer)}
    near: list[Rule] = []
    far: dict[tuple[Group, ...], list[int | None]] = {}
    rules = [*block.rules, *(Rule(tuple((1, (v,)) for v in q), 1) for q in block.cliques)]
    for rule in rules:
        at = [where[v][0] for _, members in rule.groups for v in members]
        if min(at) == max(at) and rule.upper == 1 and _once(rule):
            continue  # the layer itself
        if max(at) - min(at) < REACH:
            near.append(rule)
        else:
            _gather(far, rule)
    counters = [
        Counter(
            groups,
            sum(c for c, _ in groups if c < 0) if low is None else low,
            sum(c for c, _ in groups if c > 0) if high is None else high,
        )
        for groups, (low, high) in far.items()
    ]
    return Layered(layers, where, near, counters)


def _once(rule: Rule) -> bool:
    """Whether every option counts once: one that counts twice may not be taken at all."""
    members = [v for _, group in rule.groups for v in group]
    return len(set(members)) == len(members) and all(c == 1 for c, _ in rule.groups)


def _gather(far: dict[tuple[Group, ...], list[int | None]], rule: Rule) -> None:
    """One counter for a sum's upper and lower limit; positive coefficients are the rule's way."""
    groups, upper = rule.groups, rule.upper
    if all(c < 0 for c, _ in groups):
        key = tuple(sorted((-c, members) for c, members in groups))
        ends = far.setdefault(key, [None, None])
        ends[0] = -upper if ends[0] is None else max(ends[0], -upper)
    else:
        key = tuple(sorted(groups))
        ends = far.setdefault(key, [None, None])
        ends[1] = upper if ends[1] is None else min(ends[1], upper)


def _layers(problem: Problem, block: Block) -> list[tuple[int, ...]]:
    cliques: dict[int, set[int]] = defaultdict(set)
    for number, members in enumerate(block.cliques):
        for v in members:
            cliques[v].add(number)
    layers: list[tuple[int, ...]] = []
    current: list[int] = []
    common: set[int] = set()
    for v in sorted(block.options, key=lambda v: (problem.options[v].start, v)):
        shared = common & cliques[v]
        if current and shared:
            current.append(v)
            common = shared
        else:
            if current:
                layers.append(tuple(current))
            current, common = [v], set(cliques[v])
    if current:
        layers.append(tuple(current))
    return layers
