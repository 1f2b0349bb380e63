"""What a solve returns: the roster, the check of it, and how good it provably is."""

from __future__ import annotations

from enum import StrEnum

from so247.models.base import Count, Model
from so247.models.report import Report
from so247.models.roster import Roster

TIERS = ("coverage", "sessions", "soft_norms", "pairs", "fairness", "wishes", "travel")
"""Objective tiers in order (DESIGN 4)."""


class Status(StrEnum):
    OPTIMAL = "optimal"
    """Every tier's value equals its bound."""
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class StoppedBy(StrEnum):
    PROOF = "proof"
    GAP = "gap"
    """Every tier is within the gap that the caller asked for."""
    TIME = "time"
    STAGNATION = "stagnation"
    CANCEL = "cancel"


class Contribution(Model):
    """What one person adds to a tier, and through which rule."""

    physician: str
    rule: str
    value: Count


class Tier(Model):
    """One objective tier: smaller is better, ``bound`` ≤ ``value``.

    ``conditional``: the bound holds given the values of the tiers before it, which are not all
    proven.
    """

    name: str
    value: Count
    bound: Count
    conditional: bool = False
    unit: str = ""
    contributions: tuple[Contribution, ...] = ()

    @property
    def proven(self) -> bool:
        return self.value == self.bound


class Share(Model):
    """A line of the fairness table, in thousandths of a point."""

    physician: str
    burden: str
    carried: int
    fair: int
    opening: int = 0


class Result(Model):
    """``roster`` is ``None`` only when nothing was found or no roster exists even with gaps."""

    status: Status
    stopped_by: StoppedBy
    roster: Roster | None = None
    report: Report | None = None
    tiers: tuple[Tier, ...] = ()
    shares: tuple[Share, ...] = ()
    seconds: float = 0.0


class Progress(Model):
    """A sign of life during a solve: the tier at work, its value and bound so far."""

    seconds: float
    tier: str
    value: int | None
    bound: int | None
