"""Instants and intervals. UTC inside, Europe/Amsterdam at the edges; durations only in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from so247.models.base import Instant, Model

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MIDNIGHT = time(0, 0)


class Interval(Model):
    """Half-open stretch of time: ``start`` belongs to it, ``end`` does not."""

    start: Instant
    end: Instant

    @property
    def minutes(self) -> int:
        return minutes_between(self.start, self.end)

    def overlaps(self, other: Interval) -> bool:
        return self.start < other.end and other.start < self.end

    def intersect(self, other: Interval) -> Interval | None:
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start=start, end=end) if start < end else None


def minutes_between(start: datetime, end: datetime) -> int:
    """Elapsed minutes. Both must be UTC: same-zone local subtraction gives wall time."""
    return int((end - start).total_seconds()) // 60


def to_utc(day: date, at: time) -> datetime:
    """The instant at which a clock in Amsterdam shows ``at`` on ``day`` (the first, if twice)."""
    return datetime.combine(day, at, AMSTERDAM).astimezone(UTC)


def to_local(instant: datetime) -> datetime:
    return instant.astimezone(AMSTERDAM)


def local_day(instant: datetime) -> date:
    """The date on an Amsterdam calendar at that instant."""
    return to_local(instant).date()


def day_start(day: date) -> datetime:
    return to_utc(day, MIDNIGHT)


def days_interval(first: date, last: date) -> Interval:
    """Local midnight on ``first`` to local midnight after ``last``."""
    return Interval(start=day_start(first), end=day_start(last + timedelta(days=1)))


def days(first: date, last: date) -> Iterator[date]:
    """Every date from ``first`` to ``last``, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def days_touched(interval: Interval) -> Iterator[date]:
    """Every local date that has at least one minute in the interval."""
    return days(local_day(interval.start), local_day(interval.end - timedelta(minutes=1)))


def monday_of(day: date) -> date:
    """The Monday that opens the ISO week of ``day``."""
    return day - timedelta(days=day.weekday())


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same time without overlaps, in order; touching intervals become one."""
    merged: list[Interval] = []
    for interval in sorted(intervals, key=lambda each: each.start):
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(start=merged[-1].start, end=interval.end)
        else:
            merged.append(interval)
    return tuple(merged)


def subtract(whole: Interval, parts: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of ``whole`` after taking ``parts`` away."""
    left: list[Interval] = []
    at = whole.start
    for part in union(parts):
        if part.end <= at or part.start >= whole.end:
            continue
        if part.start > at:
            left.append(Interval(start=at, end=part.start))
        at = max(at, part.end)
    if at < whole.end:
        left.append(Interval(start=at, end=whole.end))
    return tuple(left)


def period(first: date, weeks: int) -> Interval:
    """A planning period: local midnight on ``first``, ``weeks`` times seven local days long."""
    return days_interval(first, first + timedelta(days=7 * weeks - 1))
