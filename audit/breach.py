"""What breaking a rule costs, beside the finding that says so."""

from __future__ import annotations

from dataclasses import dataclass

from so247.models.report import Finding

BROKEN = 60
"""Cost of one breach of a soft rule in tier ``soft_norms`` (an hour's worth of minutes)."""


@dataclass(frozen=True)
class Breach:
    """A finding with its cost in tier ``soft_norms``; only soft rules are paid for."""

    finding: Finding
    cost: int = 0
