"""Small regions of which is known what a proof must say: they can be covered, or why they cannot.

The half that can is ``feasible``; of the other half each has one of the causes in ``Cause``. Equal
arguments give equal regions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from so247.scenarios import plants
from so247.scenarios.causes import Broken, Cause
from so247.scenarios.small import Small, small

STEP = 1000
"""From a seed to the one that is tried next where the cause finds no fitting duty."""

MAKERS: Mapping[Cause, Callable[[int, Random], Broken]] = {
    Cause.LEAVE: plants.leave,
    Cause.TRAVEL: plants.travel,
    Cause.COMMITMENT: plants.commitment,
    Cause.REGISTRATION: plants.registration,
    Cause.CONTRACT_PERIOD: plants.contract_period,
    Cause.FREE_WEEKDAY: plants.free_weekday,
    Cause.CAPACITY: plants.capacity,
    Cause.CONTRACTS: plants.contracts,
    Cause.COUNT: plants.count,
    Cause.REST: plants.rest,
    Cause.VOLUNTARY: plants.voluntary,
    Cause.BACKUP: plants.backup,
    Cause.PIN: plants.pin,
}


def feasible(seed: int) -> Small:
    """A small region that can be covered, with a roster that shows it."""
    return small(seed)


def broken(seed: int, cause: Cause) -> Broken:
    """A small region that cannot be covered, because of one cause that was planted in it."""
    while True:
        try:
            return MAKERS[cause](seed, Random(f"{seed}/{cause}"))
        except IndexError:  # nothing to choose from
            seed += STEP
