"""Where things are, in kilometres, and how long the drive between them takes."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, dist, pi, sin, sqrt
from random import Random

MINUTES_TO_START = 3
MINUTES_PER_KM = 1.3
"""As the crow flies; country roads at about 60 km/h and a third longer than the crow's way."""
NEIGHBOUR_KM = 20.0
PAIR_KM = 200.0
SMALL_RADIUS_KM = 10.0
LARGE_RADIUS_KM = 15.0
TOWN_RADIUS_KM = 1.0
FAR_KM = 70.0
"""From here nobody is on site within an hour."""


@dataclass(frozen=True)
class Spot:
    x: float
    y: float

    def near(self, rng: Random, radius: float) -> Spot:
        """A spot at random within ``radius`` km."""
        angle, far = rng.uniform(0, 2 * pi), radius * sqrt(rng.random())
        return Spot(round(self.x + far * cos(angle), 2), round(self.y + far * sin(angle), 2))


def minutes(a: Spot, b: Spot) -> int:
    """Minutes by car, at least a few."""
    return MINUTES_TO_START + round(MINUTES_PER_KM * dist((a.x, a.y), (b.x, b.y)))


def centre(index: int) -> Spot:
    """Middle of an area. Neighbours lie close enough for an hour's drive between any two spots:
    3 + 1.3 x (20 + 2 x 10 + 2 x 1) = 58 minutes."""
    return Spot(NEIGHBOUR_KM * (index % 2), PAIR_KM * (index // 2))


def radius(areas: int) -> float:
    """A lone area is larger: 3 + 1.3 x (2 x 15 + 2 x 1) = 45 minutes at most."""
    return LARGE_RADIUS_KM if areas == 1 else SMALL_RADIUS_KM


def far_away(index: int) -> Spot:
    middle = centre(index)
    return Spot(middle.x - FAR_KM, middle.y)


def rounded_up(value: int) -> int:
    """To the next five minutes, as people agree such things."""
    return -(-value // 5) * 5
