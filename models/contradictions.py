"""Contradictions within a region: backwards dates, rival lines, patterns with holes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from so247.models.base import Valid
from so247.models.errors import Problem
from so247.models.lines import Form, Line, Per, Position, Window
from so247.models.names import Path, problem, repeated
from so247.models.people import Absence, Wish

if TYPE_CHECKING:
    from so247.models.region import Region


def _validities(region: Region) -> Iterator[Problem]:
    dated: tuple[tuple[str, Sequence[Valid]], ...] = (
        ("contracts", region.contracts),
        ("commitments", region.commitments),
        ("agreements", region.agreements),
        ("lines", region.lines),
        ("sessions", region.sessions),
        ("pairings", region.pairings),
    )
    for kind, items in dated:
        for i, item in enumerate(items):
            yield from _backwards((kind, i), item)
    for i, employer in enumerate(region.employers):
        for at, funding in enumerate(employer.funding_contracts):
            yield from _backwards(("employers", i, "funding_contracts", at), funding)
    for i, person in enumerate(region.physicians):
        for at, binding in enumerate(person.rule_packs):
            yield from _backwards(("physicians", i, "rule_packs", at), binding)
        if (
            person.registered_from is not None
            and person.registered_until is not None
            and person.registered_until < person.registered_from
        ):
            path: Path = ("physicians", i, "registered_until")
            yield problem(path, "registration ends before it starts", person.registered_until)


def _backwards(path: Path, item: Valid) -> Iterator[Problem]:
    if (
        item.valid_from is not None
        and item.valid_until is not None
        and item.valid_until < item.valid_from
    ):
        yield problem(
            (*path, "valid_until"),
            "ends before it starts",
            item.valid_until,
            "Maybe the dates are swapped.",
        )


def _overlap(a: Valid, b: Valid) -> bool:
    return (a.valid_until is None or b.valid_from is None or b.valid_from <= a.valid_until) and (
        b.valid_until is None or a.valid_from is None or a.valid_from <= b.valid_until
    )


def _calendar(region: Region) -> Iterator[Problem]:
    if region.anchor_date.weekday() != 0:
        yield problem(
            ("anchor_date",),
            "is not a Monday",
            region.anchor_date,
            "Four-week blocks start on Mondays.",
        )
    hours = region.office_hours
    if hours.end <= hours.start:
        yield problem(("office_hours", "end"), "office hours end before they start", hours.end)
    for i, holiday in enumerate(region.holidays):
        if holiday.date.year not in region.holiday_years:
            yield problem(
                ("holidays", i, "date"),
                "lies in a year that holiday_years does not list",
                holiday.date,
            )
    yield from repeated(
        (("holidays", i, "date"), str(row.date)) for i, row in enumerate(region.holidays)
    )


def _contracts(region: Region) -> Iterator[Problem]:
    for (_, a), (j, b) in combinations(enumerate(region.contracts), 2):
        if (a.physician, a.employer) == (b.physician, b.employer) and _overlap(a, b):
            yield problem(
                ("contracts", j, "employer"),
                f"{b.physician} has two contracts at once with the same employer ({a.id}, {b.id})",
                b.employer,
                "End the first before the second starts, or make them one.",
            )
    for i, contract in enumerate(region.contracts):
        for unit in ("duties", "weekends", "nights"):
            low, high = getattr(contract, f"min_{unit}"), getattr(contract, f"max_{unit}")
            if low is not None and high is not None and low > high:
                yield problem(
                    ("contracts", i, f"min_{unit}"), f"more than max_{unit} ({high})", low
                )


def _absences_and_wishes(region: Region) -> Iterator[Problem]:
    ranges: tuple[tuple[str, Sequence[Absence | Wish]], ...] = (
        ("absences", region.absences),
        ("wishes", region.wishes),
    )
    for kind, rows in ranges:
        for i, row in enumerate(rows):
            if row.last_day < row.first_day:
                yield problem(
                    (kind, i, "last_day"),
                    "ends before it starts",
                    row.last_day,
                    "Maybe the dates are swapped.",
                )
    for i, absence in enumerate(region.absences):
        if (
            absence.first_day == absence.last_day
            and absence.from_time is not None
            and absence.until_time is not None
            and absence.until_time <= absence.from_time
        ):
            yield problem(
                ("absences", i, "until_time"), "ends before it starts", absence.until_time
            )


def _commitments(region: Region) -> Iterator[Problem]:
    owner = {contract.id: contract.physician for contract in region.contracts}
    for i, row in enumerate(region.commitments):
        if (row.weekday is None) == (row.day is None):
            yield problem(
                ("commitments", i, "weekday"),
                "give either a weekday or a day",
                "",
                "One of the two, not both.",
            )
        if row.start_time == row.end_time:
            yield problem(("commitments", i, "end_time"), "lasts no time at all", row.end_time)
        if row.contract is not None and owner.get(row.contract, row.physician) != row.physician:
            yield problem(
                ("commitments", i, "contract"),
                f"is not a contract of {row.physician}",
                row.contract,
            )
    for i, pin in enumerate(region.pins):
        if pin.contract is not None and owner.get(pin.contract, pin.physician) != pin.physician:
            yield problem(
                ("pins", i, "contract"), f"is not a contract of {pin.physician}", pin.contract
            )


def _patterns(region: Region) -> Iterator[Problem]:
    for i, pattern in enumerate(region.patterns):
        for day_type in ("workday", "saturday", "sunday", "holiday"):
            for at, cut in enumerate(getattr(pattern, day_type) or ()):
                if cut.hour == 2:
                    yield problem(
                        ("patterns", i, day_type, at),
                        "no handover between 02:00 and 02:59: "
                        "at the clock changes that hour exists twice or not at all",
                        f"{cut:%H:%M}",
                        "Maybe 01:30 or 03:00.",
                    )


def _lines(region: Region) -> Iterator[Problem]:
    lines = {line.id: line for line in region.lines}
    for i, line in enumerate(region.lines):
        if not line.sites:
            yield problem(
                ("lines", i, "sites"),
                f"line {line.id} serves no site",
                "",
                "Maybe name a facility or GP group.",
            )
        if len(set(line.sites)) < len(line.sites):
            yield problem(("lines", i, "sites"), "a site is listed twice", ", ".join(line.sites))
        if not line.roles and line.organisation is None:
            yield problem(
                ("lines", i, "roles"),
                f"nobody may hold line {line.id}",
                "",
                "Name at least one role, or an organisation.",
            )
        if line.form is Form.PRESENCE and line.place is None:
            yield problem(
                ("lines", i, "place"),
                f"presence line {line.id} has no place",
                "",
                "Say where the duty is held.",
            )
        if line.position is Position.BACKUP and line.organisation is not None:
            yield problem(
                ("lines", i, "organisation"),
                "a backup is held by SOs, not by an organisation",
                line.organisation,
            )
        for at, name in enumerate(line.combinable_with):
            other = lines.get(name)
            if other is None:
                continue
            if line.id not in other.combinable_with:
                yield problem(
                    ("lines", i, "combinable_with", at),
                    f"{name} does not name {line.id} in return",
                    name,
                    "Lines combine only when each names the other.",
                )
            elif (other.pattern, other.window) != (line.pattern, line.window):
                yield problem(
                    ("lines", i, "combinable_with", at),
                    "combinable lines need the same pattern and window",
                    name,
                )
    yield from _rivals(region)
    yield from _holes(region)


def _rivals(region: Region) -> Iterator[Problem]:
    """One first line and one backup at most per site, kind of care and instant."""
    for (_, a), (j, b) in combinations(enumerate(region.lines), 2):
        if (
            a.position is not b.position
            or not _overlap(a, b)
            or not _windows_meet(a.window, b.window)
        ):
            continue
        if not care_overlaps(a, b):
            continue
        for site in sorted(set(a.sites) & set(b.sites)):
            yield problem(
                ("lines", j, "sites"),
                f"lines {a.id} and {b.id} are both {a.position.value} for {site} at the same time",
                site,
                "Give them different windows or kinds of care, or remove the site from one.",
            )


def _windows_meet(a: Window, b: Window) -> bool:
    return a is b or Window.ALWAYS in (a, b)


def care_overlaps(a: Line, b: Line) -> bool:
    from so247.models.lines import Care

    return a.care is b.care or Care.BOTH in (a.care, b.care)


def _holes(region: Region) -> Iterator[Problem]:
    """A pattern must tile its window: tried over the years of the holiday table."""
    from so247.models.calendar import tile
    from so247.models.clock import days_interval

    tried: set[tuple[str, Window]] = set()
    known = {pattern.id for pattern in region.patterns}
    for i, line in enumerate(region.lines):
        if line.pattern not in known or (line.pattern, line.window) in tried:
            continue
        tried.add((line.pattern, line.window))
        years = region.holiday_years or (region.anchor_date.year,)
        first = region.anchor_date.replace(year=min(years), month=1, day=1)
        last = region.anchor_date.replace(year=max(years), month=12, day=31)
        if (last - first).days > 3 * 366:
            last = first + timedelta(days=3 * 366)
        bare = line.model_copy(update={"valid_from": None, "valid_until": None})
        for hole in tile(region, bare, days_interval(first, last))[1][:1]:
            from so247.models.clock import to_local

            start, end = to_local(hole.start), to_local(hole.end)
            yield problem(
                ("lines", i, "pattern"),
                f"pattern {line.pattern} leaves out {start:%a %d %b %Y %H:%M} "
                f"to {end:%a %d %b %H:%M} of line {line.id}'s window",
                line.pattern,
                f"Maybe add a cut at {start:%H:%M}.",
            )


def _sessions(region: Region) -> Iterator[Problem]:
    for i, demand in enumerate(region.sessions):
        days = len(set(demand.weekdays)) * (1 if demand.per is Per.ISO_WEEK else 4)
        if not demand.weekdays:
            yield problem(
                ("sessions", i, "weekdays"),
                "names no weekday",
                "",
                "Name at least one, for example mon.",
            )
        elif demand.count > days:
            yield problem(
                ("sessions", i, "count"),
                f"more sessions than allowed days ({days}); one a day at most",
                demand.count,
            )
        if len(set(demand.weekdays)) < len(demand.weekdays):
            yield problem(
                ("sessions", i, "weekdays"), "a weekday is listed twice", ", ".join(demand.weekdays)
            )
        if demand.end_time <= demand.start_time:
            yield problem(
                ("sessions", i, "end_time"), "ends before it starts", f"{demand.end_time:%H:%M}"
            )
        if not demand.roles:
            yield problem(
                ("sessions", i, "roles"),
                "nobody may hold these sessions",
                "",
                "Name at least one role.",
            )


def _packs(region: Region) -> Iterator[Problem]:
    from so247.models.norms import NormKind

    needs = {
        NormKind.ROLLING_COUNT: ("window_days",),
        NormKind.WEEKENDS: ("window_weeks",),
        NormKind.HOURS: ("window_weeks",),
        NormKind.FREE_PERIODS: ("window_weeks", "stretch_hours"),
    }
    for i, pack in enumerate(region.rule_packs):
        yield from repeated(
            (("rule_packs", i, "norms", at, "id"), norm.id) for at, norm in enumerate(pack.norms)
        )
        for at, norm in enumerate(pack.norms):
            for field in needs.get(norm.kind, ()):
                if getattr(norm, field) is None:
                    yield problem(
                        ("rule_packs", i, "norms", at, field),
                        f"a norm of kind {norm.kind.value} needs {field}",
                    )
            if norm.kind is NormKind.FREE_PERIODS and norm.window_weeks not in (1, 4):
                yield problem(
                    ("rule_packs", i, "norms", at, "window_weeks"),
                    "free periods are counted per 1 or 4 weeks",
                    norm.window_weeks,
                )
            if not norm.counts:
                yield problem(
                    ("rule_packs", i, "norms", at, "counts"),
                    "counts no work at all",
                    "",
                    "Name at least one kind of work.",
                )


CHECKS: tuple[Callable[..., Iterator[Problem]], ...] = (
    _validities,
    _calendar,
    _contracts,
    _absences_and_wishes,
    _commitments,
    _patterns,
    _lines,
    _sessions,
    _packs,
)


def contradictions(region: Region) -> Iterator[Problem]:
    """Every contradiction, in reading order."""
    for check in CHECKS:
        yield from check(region)
