"""One weight per tier, so that one objective says what the tiers say, as far as numbers reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, gcd

from benchmarks.peers.reading import Reading
from so247.solver.problem import Cost, Deviation, Excess, Peak, Problem, Tier


@dataclass(frozen=True)
class Weights:
    """``of``: tier to the weight of one unit of it, for tiers that can cost anything at all.

    ``unit``: what all costs of the tier are multiples of. ``exact``: one unit of a tier outweighs
    all that the later ones could cost together, so that the best sum is the best roster.
    """

    of: dict[Tier, int]
    unit: dict[Tier, int]
    exact: bool
    least: int
    most: int
    """No choice costs less, or more, than this: weighted, in units, constants left out."""


def weigh(reading: Reading, most: int | None, tiers: Iterable[Tier] = Tier) -> Weights:
    """Weights of some tiers with which their sum stays at or below ``most`` (None: unlimited).

    From the last tier to the first, each weight is the one after it times the room of that tier
    plus one. Where that exceeds ``most``, every factor gives up the same share of its digits: an
    early tier then outweighs a large change of the next, and no longer every change.
    """
    units = {tier: _unit(reading.problem, tier) for tier in tiers}
    units = {tier: unit for tier, unit in units.items() if unit}
    room = {tier: -(-reading.room(tier) // unit) for tier, unit in units.items()}
    for share in range(100, -1, -1):
        found = _weights(room, share / 100)
        total = _total(found, room)
        if most is None or total <= most:
            break
    constants = reading.problem.constants
    floor = {tier: (reading.least(tier) - constants[tier]) // unit for tier, unit in units.items()}
    least = _total(found, floor)
    return Weights(found, units, exact=share == 100, least=least, most=least + total)


def _total(weights: Mapping[Tier, int], units: Mapping[Tier, int]) -> int:
    return sum(weights[tier] * units[tier] for tier in weights)


def _weights(room: dict[Tier, int], share: float) -> dict[Tier, int]:
    found: dict[Tier, int] = {}
    weight = 1
    for tier in sorted(room, reverse=True):
        found[tier] = weight
        weight *= room[tier] + 1 if share == 1 else ceil((room[tier] + 1) ** share)
    return found


def _unit(problem: Problem, tier: Tier) -> int:
    """The greatest number that divides every cost of a tier; 0 where nothing costs anything."""
    priced: list[Cost | Excess | Deviation | Peak] = [*problem.costs, *problem.excesses]
    priced += [*problem.deviations, *problem.peaks]
    return gcd(*(each.weight for each in priced if each.tier is tier))
