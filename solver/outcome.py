"""What a search ends with: the best choice, what is proven of it, and why it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from so247.models.result import StoppedBy
from so247.solver.evaluate import Ints
from so247.solver.problem import Tier


@dataclass
class Outcome:
    """The best choice, each tier's value and bound, and why the search ended.

    ``found``: the choice is legal as far as is known, or nothing better than the pins alone exists.
    """

    choice: Ints
    values: tuple[int, ...]
    bounds: list[int]
    stopped_by: StoppedBy
    found: bool


def settled(value: int, bound: int, gap: float) -> bool:
    """Whether a value is at its bound, or no further above it than this part of itself."""
    return value - bound <= max(0, gap * value)


def stopped_by(
    wanted: Sequence[Tier],
    values: Sequence[int],
    bounds: Sequence[int],
    gap: float,
    *,
    cancelled: bool,
    over: bool,
) -> StoppedBy:
    """Why a search ended, the first that holds: cancelled, proven, close enough, out of time."""
    if cancelled:
        return StoppedBy.CANCEL
    if all(values[tier] <= bounds[tier] for tier in wanted):
        return StoppedBy.PROOF
    if all(settled(values[tier], bounds[tier], gap) for tier in wanted):
        return StoppedBy.GAP
    return StoppedBy.TIME if over else StoppedBy.STAGNATION
