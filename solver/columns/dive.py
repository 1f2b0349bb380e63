"""From shares to a roster: fix the clearest columns, price who is free again, and so on."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from so247.solver.columns.blend import Blend
from so247.solver.columns.corner import corner, effort
from so247.solver.columns.plan import Floats

CLEAR = 0.95
"""Part of the mix from which a column is fixed without further thought."""

STEPS, SETTLE = 8, 40
"""Steps of the prices after a person was priced, and after columns were fixed."""

HEAT = 0.002
"""Shares are spread this evenly, in what a unit costs: as good as not at all."""

NEAR, WIDE, COLUMNS = 10, 40, 600
"""A person's cheapest columns that take part in the choice of whom to fix: at least and at most,
and all people's together in between."""

ROUNDS = 20
"""So many times all that are free are priced between two fixings, at most."""

FAINT = 1e-4
"""What columns still promise, as a share of the mix, below which the next are fixed."""

LEGAL = 2.0
"""A legal column takes so many times what pricing once does: tries, and prices that follow."""


def dive(blend: Blend, others: Floats, seconds: Callable[[], float], seed: int) -> dict[int, int]:
    """A legal column for each of the blend's people whom one was found for.

    The blend holds legal columns only, and is used up. ``seconds``: how many are left; when there
    are none, everybody still free gets the largest at once.
    """
    blend.heat = HEAT * max(1.0, blend.pool.dearest)
    blend.solve(SETTLE)
    others = others.copy()
    draw = random.Random(seed)
    free = sorted(blend.people)
    found: dict[int, int] = {}
    pace = Pace(seconds)
    while free:
        fixed, pricings = pace.next(blend, free)
        pace.priced(_converge(blend, free, pricings, seconds, draw))
        chosen = _clear(blend, free, others, fixed if seconds() > 0 else len(free))
        if not chosen:
            break
        for person, number in chosen:
            entry = blend.pool.entries[number]
            others[entry.rows] += entry.values
            blend.fix(number)
            found[person] = number
        free = [person for person in free if person not in found]
        if free:
            blend.solve(SETTLE)
    return found


class Pace:
    """How carefully to go on, so that the time is used up when nobody is free any more.

    Half the time is for corners, half for pricing; both grow cheaper with fewer people: what is
    left after a step takes half as long each on average.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._began = seconds()
        self._reckoned = 0.0
        self._each = self._corner = 0.0

    def next(self, blend: Blend, free: Sequence[int]) -> tuple[int, int]:
        """(how many are fixed at least, pricings before that at most)."""
        people = len(free)
        left = self._seconds() / self._drag
        self._corner = effort(len(blend.pool.low) + people, _near(people) * people)
        self._each = LEGAL * sum(blend.pool.people[one].effort for one in free) / people
        fixings = min(people, max(1, int(left / self._corner)))
        pricings = left / (fixings + 1) / self._each
        return math.ceil(people / fixings), max(1, min(ROUNDS * people, int(pricings)))

    def priced(self, pricings: int) -> None:
        """So many pricings were done, and a corner follows."""
        self._reckoned += self._corner + pricings * self._each

    @property
    def _drag(self) -> float:
        """How much slower than reckoned everything went so far."""
        if not self._reckoned:
            return 1.0
        return max(1.0, (self._began - self._seconds()) / self._reckoned)


def _near(people: int) -> int:
    return max(NEAR, min(WIDE, COLUMNS // people))


def _converge(
    blend: Blend,
    free: Sequence[int],
    pricings: int,
    seconds: Callable[[], float],
    draw: random.Random,
) -> int:
    """Price those who are free, round after round, until a round promises nothing any more.

    How many pricings that took.
    """
    order: list[int] = []
    lack = math.inf
    done = 0
    while done < pricings:
        if seconds() <= 0:
            break
        if not order:
            if lack <= FAINT * abs(blend.value):
                break
            order, lack = draw.sample(free, len(free)), 0.0
        lack += _price(blend, order.pop())
        done += 1
    blend.solve(STEPS)
    return done


def _price(blend: Blend, person: int) -> float:
    """Let a person's cheapest legal column take part: what it promises to save."""
    pool = blend.pool
    column = pool.price_legal(person, -blend.prices, -blend.prices)
    if column is None:
        return 0.0
    number, _ = pool.add(person, column)
    saved = float(blend.cheapest[person]) - pool.reduced(number, blend.prices)
    if blend.add(number):
        blend.follow(person, STEPS)
    return max(0.0, saved)


def _clear(blend: Blend, free: Sequence[int], others: Floats, least: int) -> list[tuple[int, int]]:
    """(person, number): everyone's clear column, and at least the largest few."""
    near = blend.near(_near(len(free)))
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
