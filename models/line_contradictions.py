"""Contradictions among lines and patterns: rivals, combinations in one direction, holes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from so247.models.base import Valid
from so247.models.errors import Problem
from so247.models.lines import Care, Form, Line, Position, Window
from so247.models.names import problem

if TYPE_CHECKING:
    from so247.models.region import Region


def overlap(a: Valid, b: Valid) -> bool:
    return (a.valid_until is None or b.valid_from is None or b.valid_from <= a.valid_until) and (
        b.valid_until is None or a.valid_from is None or a.valid_from <= b.valid_until
    )


def patterns(region: Region) -> Iterator[Problem]:
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


def lines(region: Region) -> Iterator[Problem]:
    by_id = {line.id: line for line in region.lines}
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
        if line.phone is not None and not any(each.isdigit() for each in line.phone):
            yield problem(
                ("lines", i, "phone"),
                "is no phone number",
                line.phone,
                "Leave it empty while there is none: a line without a number covers nothing.",
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
            other = by_id.get(name)
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
            elif line.form is other.form is Form.PRESENCE and line.place != other.place:
                yield problem(
                    ("lines", i, "combinable_with", at),
                    f"nobody is at {line.place} and at {other.place} at the same time",
                    name,
                    "Presence lines combine only at one place.",
                )
    yield from _rivals(region)
    yield from _holes(region)


def _rivals(region: Region) -> Iterator[Problem]:
    """One first line and one backup at most per site, kind of care and instant."""
    for (_, a), (j, b) in combinations(enumerate(region.lines), 2):
        if (
            a.position is not b.position
            or not overlap(a, b)
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
    return a.care is b.care or Care.BOTH in (a.care, b.care)


def _holes(region: Region) -> Iterator[Problem]:
    """A pattern must tile its window: tried over the years of the holiday table."""
    from so247.models.calendar import tile
    from so247.models.clock import days_interval, to_local

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
            start, end = to_local(hole.start), to_local(hole.end)
            yield problem(
                ("lines", i, "pattern"),
                f"pattern {line.pattern} leaves out {start:%a %d %b %Y %H:%M} "
                f"to {end:%a %d %b %H:%M} of line {line.id}'s window",
                line.pattern,
                f"Maybe add a cut at {start:%H:%M}.",
            )
