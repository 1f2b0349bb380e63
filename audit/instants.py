"""Time inside the check: whole minutes since 1970 in UTC, quick to sort and to compare."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from so247.models.base import Weekday
from so247.models.clock import Interval, day_start, days_touched, local_day, to_utc
from so247.models.people import Commitment
from so247.models.region import Region

T = TypeVar("T")
ONE_DAY = timedelta(days=1)
NIGHT_ENDS = time(6, 0)
SHORTEST_NIGHT = 60
"""More minutes than this between 00:00 and 06:00 make a night block (ATW 1:7)."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute(at: datetime) -> int:
    """Minutes since 1970, UTC."""
    return int(at.timestamp()) // 60


def instant(at: int) -> datetime:
    return EPOCH + timedelta(minutes=at)


def span(start: int, end: int) -> Interval:
    return Interval(start=instant(start), end=instant(end))


@lru_cache(maxsize=4096)
def midnight(day: date) -> int:
    """The minute at which the local day begins."""
    return minute(day_start(day))


@lru_cache(maxsize=8192)
def clock_time(day: date, at: time) -> int:
    """The minute at which a clock in Amsterdam shows ``at`` on the day."""
    return minute(to_utc(day, at))


@lru_cache(maxsize=16384)
def day_of(at: int) -> date:
    """The local day that holds the minute. Kept: most work begins and ends at a few hours."""
    return local_day(instant(at))


@lru_cache(maxsize=4096)
def _night(day: date) -> tuple[int, int]:
    return midnight(day), clock_time(day, NIGHT_ENDS)


def is_night(when: Interval) -> bool:
    """Whether more than 60 of its minutes lie between 00:00 and 06:00 local time."""
    return _is_night(when.start, when.end)


@lru_cache(maxsize=8192)
def _is_night(start: datetime, end: datetime) -> bool:
    """Kept: colleagues work the same hours on the same days."""
    total = 0
    for day in days_touched(Interval(start=start, end=end)):
        opens, closes = _night(day)
        total += max(0, min(minute(end), closes) - max(minute(start), opens))
    return total > SHORTEST_NIGHT


class Spans(Generic[T]):
    """Stretches of time with something attached, quick to ask which of them meet another."""

    def __init__(self, rows: Iterable[tuple[int, int, T]] = ()) -> None:
        self.rows = sorted(rows, key=lambda row: row[0])
        self._starts = [row[0] for row in self.rows]
        self._longest = max((row[1] - row[0] for row in self.rows), default=0)

    def during(self, start: int, end: int) -> list[tuple[int, int, T]]:
        """The rows with at least one minute from ``start`` to ``end``, by start."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end, low)
        return [row for row in self.rows[low:high] if row[1] > start]


def between(bounds: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The sorted bounds strictly within ``start`` and ``end``."""
    return bounds[bisect_right(bounds, start) : bisect_left(bounds, end)]


def occurrences(
    region: Region, commitment: Commitment, first: date, last: date
) -> Iterator[Interval]:
    """When the commitment takes place, for those that start on a day from first to last."""
    step = ONE_DAY
    if commitment.day is not None:
        first, last = max(first, commitment.day), min(last, commitment.day)
    elif commitment.weekday is not None:
        ahead = list(Weekday).index(commitment.weekday) - first.weekday()
        first, step = first + timedelta(days=ahead % 7), timedelta(days=7)
    weekly = commitment.day is None
    for offset in range(0, (last - first).days + 1, step.days):
        day = first + timedelta(days=offset)
        if not commitment.holds_on(day) or (weekly and day in region.holiday_dates):
            continue
        yield _on(day, commitment.start_time, commitment.end_time)


@lru_cache(maxsize=8192)
def _on(day: date, start: time, end: time) -> Interval:
    """From one time of the day to the other, which is on the next day unless it is later."""
    ends = day if end > start else day + ONE_DAY
    return Interval(start=to_utc(day, start), end=to_utc(ends, end))
