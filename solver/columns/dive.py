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

NEAR, WIDE, COLUMNS = 10, 40, 600
"""A person's cheapest columns that take part in the choice of whom to fix: at least and at most,
and all people's together in between."""

MOST = 6
"""So many times all that are free are priced between two fixings, at most."""

PLENTY = 1e6
"""Pricings beyond which more of them change nothing."""

LEGAL = 3.5
"""A legal column takes so many times what pricing once does: tries, and prices that follow."""


@dataclass(frozen=True)
class Pace:
    """``fixed``: share of those still free who are fixed at a time; ``pricings``: of one person.

    Both are spent late rather than early: with many free, what was fixed badly can be mended.
    """

    fixed: float
    pricings: float

    def step(self, people: int, left: int) -> tuple[int, int]:
        """(how many are fixed at least, how many are priced before) where ``left`` are free."""
        fixed = min(left, max(1, math.ceil(self.fixed * left)))
        each = self.pricings / (left * (1 + math.log(people)))
        return fixed, min(MOST * left, math.ceil(fixed * each))


def pace(blend: Blend, seconds: float) -> Pace:
    """The most careful pace that fits ``seconds``: half for pricing, half for corners."""
    people = len(blend.people)
    pricing = LEGAL * sum(blend.pool.people[person].effort for person in blend.people) / people
    solving = effort(len(blend.pool.low) + people, _near(people) * people)
    half = max(1e-9, seconds / 2)
    # Corners shrink with those who are left, rows slower than columns.
    return Pace(min(1.0, solving / (1.5 * half)), min(PLENTY, half / max(1e-9, pricing)))


def _near(people: int) -> int:
    return max(NEAR, min(WIDE, COLUMNS // people))


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
        fixed, priced = pace.step(len(blend.people), len(left))
        for _ in range(priced):
            if over():
                break
            while not queue or queue[-1] not in left:
                queue = queue[:-1] or draw.sample(sorted(left), len(left))
            _price(blend, queue.pop())
        blend.solve(STEPS)
        chosen = _clear(blend, sorted(left), others, len(left) if over() else fixed)
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
    near = {
        person: numbers
        for person, numbers in blend.near(_near(len(left))).items()
        if person in left
    }
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
