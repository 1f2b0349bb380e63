"""Contradictions within a region: backwards dates, double contracts, impossible sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from so247.models.base import Valid
from so247.models.errors import Problem
from so247.models.evidence import PracticeAbsence
from so247.models.evidence_contradictions import evidence
from so247.models.line_contradictions import lines, overlap, patterns
from so247.models.lines import Per
from so247.models.names import Path, problem, repeated
from so247.models.people import Absence, Wish

YEARS = range(1990, 2190)
"""Years of which calendars are kept."""

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
        ("evidence", region.evidence),
        ("task_holders", region.task_holders),
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


def _openings(region: Region) -> Iterator[Problem]:
    for i, facility in enumerate(region.facilities):
        day = facility.opening_date
        if day is not None and day.year not in YEARS:
            yield problem(
                ("facilities", i, "opening_date"),
                f"lies outside the years {YEARS.start} to {YEARS.stop - 1}",
                day,
                "Maybe a digit is wrong.",
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
        if (a.physician, a.employer) == (b.physician, b.employer) and overlap(a, b):
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


def _persons(region: Region) -> Iterator[Problem]:
    """One person is one physician at a time, or would be a backup for himself."""
    for (_, a), (j, b) in combinations(enumerate(region.physicians), 2):
        if a.person_key is None or a.person_key != b.person_key:
            continue
        later = max(a.registered_from or date.min, b.registered_from or date.min)
        if later <= min(a.registered_until or date.max, b.registered_until or date.max):
            yield problem(
                ("physicians", j, "person_key"),
                f"{a.id} and {b.id} are the same person, registered at the same time",
                b.person_key,
                "End one registration before the other begins, or make them one.",
            )


def _absences_and_wishes(region: Region) -> Iterator[Problem]:
    ranges: tuple[tuple[str, Sequence[Absence | Wish | PracticeAbsence]], ...] = (
        ("absences", region.absences),
        ("wishes", region.wishes),
        ("practice_absences", region.practice_absences),
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
    _openings,
    _calendar,
    _contracts,
    _persons,
    _absences_and_wishes,
    _commitments,
    patterns,
    lines,
    _sessions,
    _packs,
    evidence,
)


def contradictions(region: Region) -> Iterator[Problem]:
    """Every contradiction, in reading order."""
    for check in CHECKS:
        yield from check(region)
