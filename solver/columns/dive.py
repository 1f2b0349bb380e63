"""From shares to a roster: fix the clearest columns, price who is free again, and so on."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from so247.solver.columns.blend import Blend

CLEAR = 0.95
"""Share from which a column is fixed without further thought, once prices have settled."""

STEPS, SETTLE = 8, 40
"""Steps of the prices after a person was priced, and after columns were fixed."""

HEAT = 0.002
"""Shares are spread this evenly, in what a unit costs: as good as not at all."""

ROUNDS = 20
"""So many times all that are free are priced between two fixings, at most."""

FAINT = 1e-4
"""What columns still promise, as a share of the mix, below which the next are fixed."""

OFTEN = 2.0
"""A column takes so many times what pricing once does: tries, and prices that follow."""


def dive(blend: Blend, seconds: Callable[[], float], seed: int) -> dict[int, int]:
    """A column for each of the blend's people who has any.

    The blend is used up. ``seconds``: how many are left; when there are none, everybody still free
    gets the largest at once.
    """
    blend.heat = HEAT * max(1.0, blend.pool.dearest)
    blend.solve(SETTLE)
    draw = random.Random(seed)
    free = sorted(blend.people)
    found: dict[int, int] = {}
    pace = Pace(seconds)
    while free:
        pricings, settled = _converge(blend, free, pace.next(blend, free), seconds, draw)
        pace.done(pricings)
        chosen = _largest(blend, 1 if seconds() > 0 else len(free), CLEAR if settled else 1.0)
        if not chosen:
            break
        for person, number in chosen:
            blend.fix(number)
            found[person] = number
        free = [person for person in free if person not in found]
        if free:
            blend.solve(SETTLE)
    return found


class Pace:
    """How carefully to go on, so that the time is used up when nobody is free any more.

    One is fixed at a time, and rounds grow cheaper with fewer people: what is left after this takes
    half as long each on average.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._began = seconds()
        self._reckoned = 0.0
        self._each = 0.0

    def next(self, blend: Blend, free: Sequence[int]) -> int:
        """How many pricings come before the next is fixed, at most."""
        people = len(free)
        self._each = OFTEN * sum(blend.pool.people[one].effort for one in free) / people
        pricings = 2 * self._seconds() / self._drag / (people + 1) / self._each
        return max(1, int(min(ROUNDS * people, pricings)))

    def done(self, pricings: int) -> None:
        """So many pricings were done."""
        self._reckoned += pricings * self._each

    @property
    def _drag(self) -> float:
        """How much slower than reckoned everything went so far."""
        if not self._reckoned:
            return 1.0
        return max(1.0, (self._began - self._seconds()) / self._reckoned)


def _converge(
    blend: Blend,
    free: Sequence[int],
    pricings: int,
    seconds: Callable[[], float],
    draw: random.Random,
) -> tuple[int, bool]:
    """Price those who are free, round after round, until a round promises nothing any more.

    (how many pricings that took, whether it came to that).
    """
    order: list[int] = []
    lack = math.inf
    done = 0
    while done < pricings and seconds() > 0:
        if not order:
            if lack <= FAINT * abs(blend.value):
                break
            order, lack = draw.sample(free, len(free)), 0.0
        lack += _price(blend, order.pop())
        done += 1
    blend.solve(STEPS)
    return done, not order and lack <= FAINT * abs(blend.value)


def _price(blend: Blend, person: int) -> float:
    """Let a person's cheapest column take part: what it promises to save."""
    pool = blend.pool
    priced = pool.price(person, -blend.prices, -blend.prices)
    if priced.column is None:
        return 0.0
    number, _ = pool.add(person, priced.column)
    saved = float(blend.cheapest[person]) - pool.reduced(number, blend.prices)
    if blend.add(number):
        blend.follow(person, STEPS)
    return max(0.0, saved)


def _largest(blend: Blend, least: int, clear: float) -> list[tuple[int, int]]:
    """(person, number) of everyone's largest share, where it is clear; and at least so many."""
    largest: dict[int, tuple[float, int]] = {}
    for share, person, number in blend.ranked():
        largest.setdefault(person, (share, number))
    return [
        (person, number)
        for at, (person, (share, number)) in enumerate(largest.items())
        if share > clear or at < least
    ]
