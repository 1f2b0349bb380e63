"""From shares to a roster: fix the clearest columns, price some people again, and so on."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from so247.solver.columns.blend import Blend
from so247.solver.columns.corner import corner, effort
from so247.solver.columns.pricing import Floats

CLEAR = 0.95
"""Part of the mix from which a column is fixed without further thought."""

STEPS, SETTLE = 8, 40
"""Steps of the prices after a person was priced, and after columns were fixed."""

HEAT = 0.02
"""Shares are spread this evenly, in what a unit costs."""

NEAR = 10
"""A person's cheapest columns that take part in the choice of whom to fix."""

FEWEST, MOST = 4, 6
"""People priced before one is fixed: at least so many, at most so often all that are free."""


TRIES = 3.0
"""A legal column takes so many times what pricing once does: tries, and prices that follow."""


@dataclass(frozen=True)
class Pace:
    """How many are fixed at a time, at least, and how many are priced before."""

    fixed: int
    priced: int


def pace(blend: Blend, seconds: float) -> Pace:
    """The most careful pace that fits ``seconds``: half for pricing, half for corners."""
    people = len(blend.people)
    pricing = TRIES * sum(blend.pool.people[person].effort for person in blend.people)
    # A corner shrinks with those who are left, and some steps fix more than they have to.
    solving = people * effort(len(blend.pool.low) + people, NEAR * people) / 2
    half = max(1e-9, seconds / 2)
    each = half / max(1e-9, pricing)
    fixed = math.ceil(max(1.0, solving / half, min(FEWEST, people) / max(1e-9, each)))
    return Pace(min(people, fixed), math.ceil(each * fixed))


def dive(
    blend: Blend, others: Floats, over: Callable[[], bool], pace: Pace, seed: int
) -> dict[int, int]:
    """A legal column for each of the blend's people whom one was found for.

    The blend holds legal columns only, and is used up. When time runs out, everybody still free
    gets the largest at once.
    """
    blend.heat = HEAT * max(1.0, blend.pool.dearest)
    blend.solve(SETTLE)
    others = others.copy()
    draw = random.Random(seed)
    queue: list[int] = []
    left = set(blend.people)
    found: dict[int, int] = {}
    while left:
        for _ in range(min(MOST * len(left), pace.priced)):
            if over():
                break
            while not queue or queue[-1] not in left:
                queue = queue[:-1] or draw.sample(sorted(left), len(left))
            _price(blend, queue.pop())
        blend.solve(STEPS)
        chosen = _clear(blend, sorted(left), others, len(left) if over() else pace.fixed)
        if not chosen:
            break
        for person, number in chosen:
            entry = blend.pool.entries[number]
            others[entry.rows] += entry.values
            blend.fix(number)
            found[person] = number
            left.remove(person)
        if left:
            blend.solve(SETTLE)
    return found


def _price(blend: Blend, person: int) -> None:
    column = blend.pool.price_legal(person, -blend.prices, -blend.prices)
    if column is not None and blend.add(blend.pool.add(person, column)[0]):
        blend.follow(person, STEPS)


def _clear(blend: Blend, left: list[int], others: Floats, least: int) -> list[tuple[int, int]]:
    """(person, number): everyone's clear column, and at least the largest few."""
    near = {person: numbers for person, numbers in blend.near(NEAR).items() if person in left}
    if not near:
        return []
    numbers = [number for mine in near.values() for number in mine]
    ranked = corner(blend.pool, list(near), others, numbers) or blend.ranked()
    largest: dict[int, tuple[float, int]] = {}
    for part, person, number in ranked:
        largest.setdefault(person, (part, number))
    return [
        (person, number)
        for at, (person, (part, number)) in enumerate(largest.items())
        if part > CLEAR or at < least
    ]
