"""The weeks of a proof: who is on duty for the site at every minute, and where nobody counts.

Minutes are counted in UTC from the local midnight that opens the ISO week, so that a week with a
clock change has 167 or 169 hours. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from so247.formats.entries import Entry, entries
from so247.models.calendar import window
from so247.models.clock import (
    Interval,
    day_start,
    days,
    days_interval,
    local_day,
    minutes_between,
    monday_of,
    to_local,
    union,
)
from so247.models.lines import Care, Line, Position
from so247.models.proof import Proof
from so247.models.region import Region
from so247.models.report import Coverage, Stretch

Place = tuple[Care, Position]
PLACES: tuple[Place, ...] = (
    (Care.SPECIFIC, Position.FIRST_LINE),
    (Care.SPECIFIC, Position.BACKUP),
    (Care.GENERAL, Position.FIRST_LINE),
    (Care.GENERAL, Position.BACKUP),
)
"""In the order of their bands. A line for both kinds of care stands with specific care."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a band, in minutes from the week's start.

    ``state`` is that of ``Coverage``; or ``outside``: not examined, or nobody is asked for then.
    ``holders`` are names.
    """

    start: int
    end: int
    state: str
    holders: tuple[str, ...]
    when: Interval


@dataclass(frozen=True)
class Band:
    care: Care
    position: Position
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Day:
    """A local day, in minutes from the week's start. ``holiday`` is its name, if it is one."""

    start: int
    end: int
    day: date
    holiday: str
    free: bool
    """No office hours: a holiday, or a day of the weekend."""


@dataclass(frozen=True)
class Shift:
    """A clock change: at this minute the clock goes ``minutes`` forward (or back)."""

    at: int
    minutes: int


@dataclass(frozen=True)
class Week:
    """One ISO week. ``uncovered`` and ``unknown`` add up the minutes of its bands."""

    key: str
    first: date
    minutes: int
    days: tuple[Day, ...]
    shifts: tuple[Shift, ...]
    bands: tuple[Band, ...]

    def total(self, state: Coverage) -> int:
        pieces = (piece for band in self.bands for piece in band.pieces)
        return sum(piece.end - piece.start for piece in pieces if piece.state == state.value)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)


def weeks(proof: Proof) -> tuple[Week, ...]:
    """The ISO weeks that the examined period touches; none where nothing was examined.

    Without a coverage to go by every minute is unknown. Raises ``RosterError`` for a roster of
    another region.
    """
    examined = proof.coverage.examined if proof.coverage is not None else proof.period
    if examined is None:
        return ()
    lanes = tuple(_Lane(proof, place, examined) for place in PLACES)
    used = tuple(lane for lane in lanes if lane.required)
    first = monday_of(local_day(examined.start))
    last = local_day(examined.end - timedelta(minutes=1))
    mondays = [day for day in days(first, last) if day.weekday() == 0]
    return tuple(_week(proof.slice, monday, used) for monday in mondays)


def serves(line: Line, site: str, place: Place) -> bool:
    """Whether the line is the one that answers for this place at the site."""
    general = line.care is Care.GENERAL
    wanted = place[0] is Care.GENERAL
    return site in line.sites and general == wanted and line.position is place[1]


class _Lane:
    """One kind of care and position over the whole period."""

    def __init__(self, proof: Proof, place: Place, examined: Interval) -> None:
        self.place = place
        lines = [line for line in proof.slice.lines if serves(line, proof.site, place)]
        self.required = _required(proof.slice, lines, place, examined)
        self.judged = proof.coverage is not None
        self.entries = _entries(proof, {line.id for line in lines})
        self.stretches = tuple(
            each
            for each in (proof.coverage.stretches if proof.coverage else ())
            if (each.care, each.position) == place
        )

    def band(self, week: Interval) -> Band:
        bounds = {week.start, week.end}
        for when in self._intervals():
            bounds.update(at for at in (when.start, when.end) if week.start < at < week.end)
        care, position = self.place
        return Band(care, position, tuple(self._pieces(week, sorted(bounds))))

    def _intervals(self) -> Iterator[Interval]:
        yield from self.required
        yield from (entry.when for entry in self.entries)
        yield from (stretch.when for stretch in self.stretches)

    def _pieces(self, week: Interval, bounds: list[datetime]) -> Iterator[Piece]:
        """One piece for each duty, cut where its answer changes."""
        before: tuple[tuple[str, ...], Piece] | None = None
        for start, end in pairwise(bounds):
            targets, piece = self._piece(week, Interval(start=start, end=end))
            if before is not None and before[0] == targets and _alike(before[1], piece):
                piece = _together(before[1], piece)
            elif before is not None:
                yield before[1]
            before = targets, piece
        if before is not None:
            yield before[1]

    def _piece(self, week: Interval, when: Interval) -> tuple[tuple[str, ...], Piece]:
        here = [entry for entry in self.entries if entry.when.overlaps(when)]
        piece = Piece(
            start=minutes_between(week.start, when.start),
            end=minutes_between(week.start, when.end),
            state=self._state(when),
            holders=tuple(dict.fromkeys(" ".join(entry.name.split()) for entry in here)),
            when=when,
        )
        return tuple(entry.target for entry in here), piece

    def _state(self, when: Interval) -> str:
        if not any(each.overlaps(when) for each in self.required):
            return "outside"
        if not self.judged:
            return Coverage.UNKNOWN.value
        return _worst(each for each in self.stretches if each.when.overlaps(when)).value


def _worst(stretches: Iterable[Stretch]) -> Coverage:
    found = {each.coverage for each in stretches}
    for coverage in (Coverage.UNCOVERED, Coverage.UNKNOWN):
        if coverage in found:
            return coverage
    return Coverage.COVERED


def _required(
    region: Region, lines: Iterable[Line], place: Place, examined: Interval
) -> tuple[Interval, ...]:
    """When somebody must answer: a first line for specific care always, others as they serve."""
    if place == PLACES[0]:
        return (examined,)
    return union(part for line in lines for part in window(region, line, examined))


def _entries(proof: Proof, lines: set[str]) -> tuple[Entry, ...]:
    if proof.roster is None:
        return ()
    found = entries(proof.slice, proof.roster, proof.history)
    return tuple(each for each in found if each.holder and each.line and each.line.id in lines)


def _alike(one: Piece, other: Piece) -> bool:
    return (one.state, one.holders) == (other.state, other.holders)


def _together(one: Piece, other: Piece) -> Piece:
    when = Interval(start=one.when.start, end=other.when.end)
    return Piece(one.start, other.end, one.state, one.holders, when)


def _week(region: Region, monday: date, lanes: Iterable[_Lane]) -> Week:
    span = days_interval(monday, monday + timedelta(days=6))
    year, number, _ = monday.isocalendar()
    holidays = {each.date: each.name for each in region.holidays}
    shown = tuple(
        Day(
            start=minutes_between(span.start, day_start(day)),
            end=minutes_between(span.start, day_start(day + timedelta(days=1))),
            day=day,
            holiday=holidays.get(day, ""),
            free=day in holidays or day.weekday() >= 5,
        )
        for day in days(monday, monday + timedelta(days=6))
    )
    return Week(
        key=f"{year}-W{number:02d}",
        first=monday,
        minutes=span.minutes,
        days=shown,
        shifts=tuple(_shifts(span, shown)),
        bands=tuple(lane.band(span) for lane in lanes),
    )


def _shifts(span: Interval, shown: Iterable[Day]) -> Iterator[Shift]:
    """Clock changes, found by the hour (they fall on a whole one) on days that are not 24 h."""
    for day in shown:
        if day.end - day.start == 24 * 60:
            continue
        for at in range(day.start, day.end, 60):
            before, after = (span.start + timedelta(minutes=at + step) for step in (0, 60))
            turned = _offset(after) - _offset(before)
            if turned:
                yield Shift(at=at + 60, minutes=turned)


def _offset(instant: datetime) -> int:
    """Minutes that the clock in Amsterdam is ahead of UTC."""
    offset = to_local(instant).utcoffset() or timedelta(0)
    return int(offset.total_seconds()) // 60
