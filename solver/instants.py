"""Instants as whole minutes since 1970 (UTC): what the solver counts in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from so247.models.clock import Interval

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute(instant: datetime) -> int:
    return int((instant - EPOCH).total_seconds()) // 60


def instant(minutes: int) -> datetime:
    return EPOCH + timedelta(minutes=minutes)


def interval(start: int, end: int) -> Interval:
    return Interval(start=instant(start), end=instant(end))


def span(when: Interval) -> tuple[int, int]:
    return minute(when.start), minute(when.end)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Common minutes of two stretches; 0 when they do not meet."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def without(whole: tuple[int, int], parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch after taking parts of it away, in order."""
    left: list[tuple[int, int]] = []
    at = whole[0]
    for start, end in sorted(parts):
        if start > at:
            left.append((at, min(start, whole[1])))
        at = max(at, end)
        if at >= whole[1]:
            return left
    return [*left, (at, whole[1])]
