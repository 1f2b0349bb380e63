"""Minutes and stretches of one site, as they are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from so247.audit.instants import span
from so247.audit.judge import Verdict
from so247.models.lines import Care, Position
from so247.models.report import Coverage, Stretch

Piece = tuple[int, int, Verdict]
"""From when to when a verdict holds."""


@dataclass
class Tally:
    """``general``: uncovered minutes of general care alone; all the others are specific care."""

    required: int = 0
    uncovered: int = 0
    unknown: int = 0
    general: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    _open: dict[tuple[Care, Position], Piece] = field(default_factory=dict)

    def count(self, minutes: int, verdict: Verdict) -> None:
        """So many minutes in all have this verdict."""
        specific = verdict.care is Care.SPECIFIC
        if specific:
            self.required += minutes
        if verdict.coverage is Coverage.UNCOVERED:
            self.uncovered += minutes if specific else 0
            self.general += 0 if specific else minutes
        elif verdict.coverage is Coverage.UNKNOWN and specific:
            self.unknown += minutes

    def mark(self, pieces: Iterable[Piece]) -> None:
        """Pieces of time that are not covered, later than all before; equal neighbours join."""
        for start, end, verdict in sorted(pieces, key=lambda piece: piece[0]):
            key = (verdict.care, verdict.position)
            before = self._open.get(key)
            joins = before is not None and before[1] == start and before[2] == verdict
            if before is not None and not joins:
                self._close(*before)
            self._open[key] = (before[0] if before and joins else start, end, verdict)

    def _close(self, start: int, end: int, verdict: Verdict) -> None:
        self.stretches.append(
            Stretch(
                when=span(start, end),
                care=verdict.care,
                position=verdict.position,
                coverage=verdict.coverage,
                reachable=verdict.reachable,
                deployable=verdict.deployable,
                holders=verdict.holders,
                reasons=verdict.reasons,
            )
        )

    def finished(self) -> tuple[Stretch, ...]:
        """The stretches that are not covered, by start."""
        for before in self._open.values():
            self._close(*before)
        self._open.clear()
        order = list(Position)
        return tuple(
            sorted(self.stretches, key=lambda e: (e.when.start, e.care, order.index(e.position)))
        )
