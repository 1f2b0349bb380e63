"""The first calendar: who is where as agreed, before anything is solved.

Weeks go to regions in turns, so that each has its share at any time as nearly as whole stays
allow. A stay begins when office hours do, or when he has had his rest after another region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from so247.models.base import Weekday
from so247.models.calendar import (
    absence_interval,
    commitment_intervals,
    duties,
    session_interval,
    session_periods,
)
from so247.models.clock import Interval, days, local_day, monday_of, to_utc
from so247.models.errors import InputError, Problem
from so247.models.national import SharingPart
from so247.models.people import Pin
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.many.calendar import Calendar, Place, Stretches
from so247.solver.many.people import Shared

EDGE = timedelta(days=3)
"""Outside the period by so much at most begin and end the duties at its edges, but for holidays."""


def split(
    regions: Sequence[Region],
    periods: Mapping[str, Interval],
    people: Sequence[Shared],
    history: Sequence[Roster] = (),
) -> Calendar:
    """Everybody's time divided as agreed; pins and what history already holds go before that.

    Raises ``InputError`` where pins of two regions cannot both stand.
    """
    whole = Interval(
        start=min(each.start for each in periods.values()) - EDGE,
        end=max(each.end for each in periods.values()) + EDGE,
    )
    by_id = {region.id: region for region in regions}
    opened: dict[Place, Stretches] = {}
    busy: dict[Place, Stretches] = {}
    for person in people:
        for name, stretches in _stays(person, by_id, whole).items():
            opened[person.key, name] = stretches
        for name in person.places:
            busy[person.key, name] = tuple(_elsewhere(person, name, by_id, whole))
    calendar = Calendar(whole, {each.key: each for each in people}, opened, busy)
    problems: list[Problem] = []
    for person in people:
        calendar = _fixed(calendar, person, by_id, periods, history, problems)
    if problems:
        raise InputError(problems)
    return calendar


def _stays(person: Shared, regions: Mapping[str, Region], whole: Interval) -> dict[str, Stretches]:
    """Runs of days in one region each; the first begins and the last ends with the period.

    His rest between two of them comes off the longer one: who has him for a day has the whole day.
    """
    runs: list[tuple[str, int]] = []
    cuts = [whole.start]
    for day, region in _days(person, local_day(whole.start), local_day(whole.end)):
        if not runs or runs[-1][0] != region:
            if runs:
                cuts.append(to_utc(day, regions[region].office_hours.start))
            runs.append((region, 0))
        runs[-1] = (region, runs[-1][1] + 1)
    cuts.append(whole.end)
    found: dict[str, list[Interval]] = {name: [] for name in person.places}
    for at, (name, length) in enumerate(runs):
        start, end = cuts[at], cuts[at + 1]
        if at and runs[at - 1][1] <= length:
            start += person.rest
        if at + 1 < len(runs) and runs[at + 1][1] < length:
            end -= person.rest
        if start < end:
            found[name].append(Interval(start=start, end=end))
    return {name: tuple(rows) for name, rows in found.items()}


def _days(person: Shared, first: date, last: date) -> Iterator[tuple[date, str]]:
    """Every day with the region that it goes to."""
    parts = person.sharing.parts
    if any(part.weekdays for part in parts):
        of_day = {day: part.region for part in parts for day in part.weekdays}
        at = next(iter(of_day.values()))
        for day in days(first, last):
            at = of_day.get(Weekday.of(day), at)  # a day of nobody's goes on as the one before it
            yield day, at
        return
    turns = _turns(parts)
    # The days before the period's first whole week belong to its first turn.
    monday = monday_of(first + EDGE)
    weeks = (last - first - 2 * EDGE).days // 7
    # A short period is divided as well: everybody has a turn in it, if there are weeks enough.
    length = timedelta(weeks=max(1, min(person.sharing.turn_weeks, weeks // len(parts))))
    at, until = next(turns), monday + length
    for day in days(first, last):
        if day >= until:
            at, until = next(turns), until + length
        yield day, at


def _turns(parts: Sequence[SharingPart]) -> Iterator[str]:
    """Regions in turn, each as often as its share asks: whoever is furthest behind is next."""
    total = sum(part.share or 0 for part in parts)
    owed = {part.region: 0.0 for part in parts}
    while True:
        for part in parts:
            owed[part.region] += (part.share or 0) / total
        chosen = max(owed, key=lambda region: round(owed[region], 9))
        owed[chosen] -= 1
        yield chosen


def _elsewhere(
    person: Shared, name: str, regions: Mapping[str, Region], whole: Interval
) -> Iterator[Interval]:
    """Absences and other work that the other regions list, and this one does not."""
    mine = set(_commitments(regions[name], person.ids(name), whole))
    for other in person.places:
        if other == name:
            continue
        ids = person.ids(other)
        for absence in regions[other].absences:
            if absence.physician in ids:
                yield absence_interval(absence)
        for when in _commitments(regions[other], ids, whole):
            if when not in mine:
                yield when


def _commitments(region: Region, ids: Sequence[str], whole: Interval) -> Iterator[Interval]:
    for row in region.commitments:
        if row.physician in ids:
            yield from commitment_intervals(region, row, whole)


def _fixed(
    calendar: Calendar,
    person: Shared,
    regions: Mapping[str, Region],
    periods: Mapping[str, Interval],
    history: Sequence[Roster],
    problems: list[Problem],
) -> Calendar:
    """The calendar in which pins, and duties that history holds at the edge, are where they are."""
    fixed: list[tuple[str, str, Interval]] = []
    for name in person.places:
        ids = person.ids(name)
        for roster in history:
            if roster.region_id == name:
                fixed += [
                    (name, each.target, each.when)
                    for each in roster.standing
                    if each.physician in ids and each.when.end + person.rest > calendar.whole.start
                ]
        pins = [pin for pin in regions[name].pins if pin.physician in ids]
        fixed += [(name, *row) for row in _pinned(regions[name], periods[name], pins)]
    for name, target, when in fixed:
        for other, clash, then in fixed:
            if other > name and when.overlaps(then):
                problems.append(
                    Problem(
                        f"{person.key} is pinned, or held already, in {name} and in {other} "
                        "at the same time",
                        "Take one of the two away.",
                        f"{target}, {clash}",
                    )
                )
        calendar = calendar.granted(person.key, name, when)
    return calendar


def _pinned(
    region: Region, period: Interval, pins: Sequence[Pin]
) -> Iterator[tuple[str, Interval]]:
    """(target, when) of pins that belong to the period."""
    if not pins:
        return
    when = {duty.id: duty.when for duty in duties(region, period)}
    demands = {target: row.demand for row in session_periods(region, period) for target in row.ids}
    for pin in pins:
        if pin.target in when:
            yield pin.target, when[pin.target]
        elif pin.target in demands and pin.day is not None:
            yield pin.target, session_interval(region.sessions[demands[pin.target]], pin.day)
