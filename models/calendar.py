"""The ANW calendar: office hours, everything else, and the pieces that tile a line's window.

Office hours and out-of-hours together are every minute of the week (DOMAIN B6). All arithmetic is
on instants, so that both clock changes come out right by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from so247.models.base import Weekday
from so247.models.clock import (
    Interval,
    day_start,
    days,
    days_interval,
    days_touched,
    local_day,
    monday_of,
    subtract,
    to_utc,
    union,
)
from so247.models.duty import Duty, SessionPeriod, duty_id
from so247.models.lines import Line, Pattern, Per, SessionDemand, Window
from so247.models.people import Absence, Commitment
from so247.models.region import Region
from so247.models.settings import Burden

ONE_DAY = timedelta(days=1)
REACH = timedelta(days=16)
"""Longest stretch of a window that is looked back for the cut that opened it (Christmas is 4)."""


def is_workday(region: Region, day: date) -> bool:
    return Weekday.of(day) in region.office_hours.weekdays and day not in region.holiday_dates


def office_hours(region: Region, span: Interval) -> tuple[Interval, ...]:
    """Office hours within ``span``, in order."""
    hours = region.office_hours
    found: list[Interval] = []
    for day in days_touched(span):
        if is_workday(region, day):
            whole = Interval(start=to_utc(day, hours.start), end=to_utc(day, hours.end))
            part = whole.intersect(span)
            if part:
                found.append(part)
    return tuple(found)


def out_of_hours(region: Region, span: Interval) -> tuple[Interval, ...]:
    """ANW within ``span``: what is not office hours."""
    return subtract(span, office_hours(region, span))


def line_validity(line: Line) -> Interval | None:
    """When the line exists, as far as it is bounded; ``None`` when it always does."""
    if line.valid_from is None and line.valid_until is None:
        return None
    return days_interval(line.valid_from or date(1990, 1, 1), line.valid_until or date(2199, 1, 1))


def window(region: Region, line: Line, span: Interval) -> tuple[Interval, ...]:
    """The minutes within ``span`` that the line answers for."""
    validity = line_validity(line)
    within = span if validity is None else span.intersect(validity)
    if within is None:
        return ()
    if line.window is Window.OFFICE_HOURS:
        return office_hours(region, within)
    if line.window is Window.OUT_OF_HOURS:
        return out_of_hours(region, within)
    return (within,)


def cuts_on(region: Region, pattern: Pattern, day: date) -> tuple[datetime, ...]:
    """The instants on a local day at which the pattern begins a new piece."""
    sunday = pattern.saturday if pattern.sunday is None else pattern.sunday
    if day in region.holiday_dates:
        times = sunday if pattern.holiday is None else pattern.holiday
    elif Weekday.of(day) is Weekday.SUNDAY:
        times = sunday
    elif Weekday.of(day) is Weekday.SATURDAY:
        times = pattern.saturday
    else:
        times = pattern.workday
    return tuple(to_utc(day, at) for at in sorted(times))


def tile(
    region: Region, line: Line, span: Interval
) -> tuple[tuple[Interval, ...], tuple[Interval, ...]]:
    """(pieces that overlap ``span``, stretches of the window in ``span`` that no piece holds).

    A line that begins or ends on a date is cut there as well.
    """
    wide = Interval(start=span.start - REACH, end=span.end + REACH)
    pattern = region.pattern_by_id[line.pattern]
    cuts = sorted(cut for day in days_touched(wide) for cut in cuts_on(region, pattern, day))
    validity = line_validity(line)
    pieces: list[Interval] = []
    missing: list[Interval] = []
    at = 0
    for stretch in window(region, line, wide):
        while at < len(cuts) and cuts[at] < stretch.start:
            at += 1
        bounds = []
        while at < len(cuts) and cuts[at] < stretch.end:
            bounds.append(cuts[at])
            at += 1
        if validity is not None and stretch.start == validity.start and stretch.start not in bounds:
            bounds.insert(0, stretch.start)
        if not bounds or bounds[0] > stretch.start:
            hole = Interval(start=stretch.start, end=bounds[0] if bounds else stretch.end)
            if hole.start > wide.start:
                missing.append(hole)
        for start, end in zip(bounds, [*bounds[1:], stretch.end], strict=True) if bounds else ():
            pieces.append(Interval(start=start, end=end))
    return (
        tuple(piece for piece in pieces if piece.overlaps(span)),
        tuple(hole for hole in missing if hole.overlaps(span)),
    )


def burden_of(region: Region, when: Interval) -> Burden | None:
    """Holiday if it starts on one, weekend from Friday evening on, else weeknight.

    ``None`` for what lies wholly within office hours.
    """
    if not out_of_hours(region, when):
        return None
    day = local_day(when.start)
    if day in region.holiday_dates:
        return Burden.HOLIDAY
    weekday = Weekday.of(day)
    if weekday in (Weekday.SATURDAY, Weekday.SUNDAY):
        return Burden.WEEKEND
    friday_evening = to_utc(day, region.office_hours.end)
    if weekday is Weekday.FRIDAY and when.start >= friday_evening:
        return Burden.WEEKEND
    return Burden.WEEKNIGHT


def duties(region: Region, period: Interval) -> tuple[Duty, ...]:
    """Every piece of every line that overlaps the period, by start and then by line."""
    found: list[Duty] = []
    burdens: dict[Interval, Burden | None] = {}
    for line in region.lines:
        for piece in tile(region, line, period)[0]:
            if piece not in burdens:
                burdens[piece] = burden_of(region, piece)
            found.append(
                Duty(id=duty_id(line.id, piece), line=line.id, when=piece, burden=burdens[piece])
            )
    return tuple(sorted(found, key=lambda duty: (duty.when.start, duty.line)))


def open_interval(region: Region, site: str, span: Interval) -> Interval | None:
    """The part of ``span`` in which the site is open."""
    opening = region.opening_of(site)
    if opening is None:
        return span
    start = max(span.start, day_start(opening))
    return Interval(start=start, end=span.end) if start < span.end else None


def _session_days(region: Region, demand: SessionDemand, first: date, last: date) -> list[date]:
    """Allowed dates from first to last: weekday, no holiday, demand valid."""
    return [
        day
        for day in days(first, last)
        if Weekday.of(day) in demand.weekdays
        and day not in region.holiday_dates
        and demand.holds_on(day)
    ]


def block_start(region: Region, day: date) -> date:
    """First day of the four-week block, counted from the anchor, that holds ``day``."""
    return day - timedelta(days=(day - region.anchor_date).days % 28)


def session_periods(region: Region, period: Interval) -> tuple[SessionPeriod, ...]:
    """What every demand asks for in the planning period.

    The count of an ISO week or block is prorated, and rounded once (half up), to the share of its
    allowed weekdays (holidays included in the whole, not in the part) that lie in the period, are
    no holiday, and on which demand and site are open.
    """
    first, last = local_day(period.start), local_day(period.end - timedelta(minutes=1))
    found: list[SessionPeriod] = []
    for index, demand in enumerate(region.sessions):
        opening = region.opening_of(demand.site) if demand.site in region.site_by_id else None
        weekly = demand.per is Per.ISO_WEEK
        start = monday_of(first) if weekly else block_start(region, first)
        while start <= last:
            end = start + timedelta(days=6 if weekly else 27)
            lower = max(start, first, opening or first)
            allowed = _session_days(region, demand, lower, min(end, last))
            whole = len(demand.weekdays) * (1 if weekly else 4)
            count = int(Fraction(demand.count * len(allowed), whole) + Fraction(1, 2))
            if count:
                found.append(
                    SessionPeriod(
                        site=demand.site,
                        product=demand.product,
                        key=session_key(region, demand.per, start),
                        per=demand.per,
                        count=min(count, len(allowed)),
                        days=tuple(allowed),
                        demand=index,
                    )
                )
            start = end + ONE_DAY
    return tuple(found)


def session_key(region: Region, per: Per, start: date) -> str:
    if per is Per.ISO_WEEK:
        year, week, _ = start.isocalendar()
        return f"{year}w{week:02d}"
    number = (start - region.anchor_date).days // 28
    return f"b{number}" if number >= 0 else f"bm{-number}"


def session_interval(demand: SessionDemand, day: date) -> Interval:
    return Interval(start=to_utc(day, demand.start_time), end=to_utc(day, demand.end_time))


def absence_interval(absence: Absence) -> Interval:
    start = day_start(absence.first_day)
    if absence.from_time is not None:
        start = to_utc(absence.first_day, absence.from_time)
    end = day_start(absence.last_day + ONE_DAY)
    if absence.until_time is not None:
        end = to_utc(absence.last_day, absence.until_time)
    return Interval(start=start, end=end)


def commitment_intervals(
    region: Region, commitment: Commitment, span: Interval
) -> Iterator[Interval]:
    """When the commitment takes place within ``span`` (whole occurrences that overlap it)."""
    first, last = local_day(span.start - ONE_DAY), local_day(span.end - timedelta(minutes=1))
    for day in _commitment_days(commitment, first, last):
        if not commitment.holds_on(day):
            continue
        if commitment.day is None and day in region.holiday_dates:
            continue
        start = to_utc(day, commitment.start_time)
        following = day if commitment.end_time > commitment.start_time else day + ONE_DAY
        when = Interval(start=start, end=to_utc(following, commitment.end_time))
        if when.overlaps(span):
            yield when


def _commitment_days(commitment: Commitment, first: date, last: date) -> Iterator[date]:
    """Its one day, or every such weekday, from first to last."""
    if commitment.day is not None:
        if first <= commitment.day <= last:
            yield commitment.day
    elif commitment.weekday is not None:
        ahead = (list(Weekday).index(commitment.weekday) - first.weekday()) % 7
        for offset in range(ahead, (last - first).days + 1, 7):
            yield first + timedelta(days=offset)


def long_leave(region: Region, physician: str) -> tuple[Interval, ...]:
    """The person's absences that are long enough to lower contract figures."""
    away = union(
        absence_interval(each)
        for each in region.absences
        if each.physician == physician and not each.unforeseen
    )
    shortest = region.settings.long_leave_days
    return tuple(
        each for each in away if (local_day(each.end) - local_day(each.start)).days >= shortest
    )
