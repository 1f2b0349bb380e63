"""From a mix to a roster: fix the clearest column, price again, until everybody has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from so247.solver.columns.mix import Mix

CLEAR = 0.95
"""Part of the mix from which a column is fixed without further thought."""

STALE = 2
"""Sweeps in a row without gain after which the next columns are fixed."""

MOST, FEWEST = 12, 3
"""How often those still free are priced, at most, after columns were fixed: with and without
time to spare."""


@dataclass(frozen=True)
class Pace:
    """``steps``: times that columns are fixed; ``sweeps``: pricings after each, at most.

    ``worth``: share of the cost by which a sweep must improve the mix to count as a gain.
    """

    steps: int
    sweeps: int
    worth: float = 2e-5


def pace(people: int, sweep: float, seconds: float) -> Pace:
    """The most careful pace that fits ``seconds``, where pricing everybody takes ``sweep``."""
    # On average half of the people are still free, and most steps stop before their last sweep.
    affordable = seconds / max(1e-9, sweep / 2)
    sweeps = int(min(MOST, max(FEWEST, affordable / people)))
    return Pace(int(min(people, max(1, affordable / sweeps))), sweeps)


def dive(mix: Mix, over: Callable[[], bool], pace: Pace) -> dict[int, int]:
    """A legal column for each of the mix's people whom one was found for.

    When time runs out, everybody still free gets the largest at once. The mix's master is used up.
    """
    for number, at in mix.column.items():
        if not mix.pool.entries[number].legal:
            mix.master.bar(at)
    left = list(mix.people)
    found: dict[int, int] = {}
    least = -(-len(left) // pace.steps)
    while left:
        _sweep(mix, left, over, pace)
        chosen = _clear(mix, set(left), len(left) if over() else least)
        if not chosen:
            break
        for person, number in chosen:
            mix.master.fix(mix.column[number])
            found[person] = number
            left.remove(person)
    return found


def _sweep(mix: Mix, people: list[int], over: Callable[[], bool], pace: Pace) -> None:
    """Price those still free while it helps, at duals that follow the mix's by halves."""
    mix.solve()
    duals = mix.duals
    stale = 0
    for _ in range(pace.sweeps):
        if over():
            return
        before = mix.solved.cost
        new, _ = mix.price(people, duals, legal=True)
        if new:
            mix.solve()
        duals = (duals + mix.duals) / 2 if new else mix.duals
        stale = 0 if new and before - mix.solved.cost > pace.worth * abs(before) else stale + 1
        if stale == STALE:
            return


def _clear(mix: Mix, free: set[int], least: int) -> list[tuple[int, int]]:
    """(person, number): everyone's clear column, and at least the largest few."""
    largest: dict[int, tuple[float, int]] = {}
    for at in np.flatnonzero(mix.solved.parts > 1e-6).tolist():
        number = mix.numbers[at]
        entry = mix.pool.entries[number]
        part = float(mix.solved.parts[at])
        if entry.person in free and entry.legal and part > largest.get(entry.person, (0.0, 0))[0]:
            largest[entry.person] = part, number
    ranked = sorted(((part, p, number) for p, (part, number) in largest.items()), reverse=True)
    return [
        (person, number)
        for at, (part, person, number) in enumerate(ranked)
        if part > CLEAR or at < least
    ]
