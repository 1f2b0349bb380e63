"""What the types of a region cannot say: dangling references, doubles, contradictions.

``find_problems`` collects everything, each with the path to the offending value, so that a reader
repairs a region in one pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from so247.models.base import Valid
from so247.models.errors import Problem
from so247.models.lines import Form, Line, Per, Position, Window
from so247.models.people import Absence, Wish
from so247.models.sites import AgreementKind

if TYPE_CHECKING:
    from so247.models.region import Region

Path = tuple[str | int, ...]


def find_problems(region: Region) -> tuple[Problem, ...]:
    """Every problem in the region, in reading order."""
    checks = (
        _double_ids,
        _references,
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
    found: list[Problem] = []
    for check in checks:
        found.extend(check(region))
    return tuple(found)


def find_dangling(region: Region) -> tuple[Problem, ...]:
    """The part of ``find_problems`` that looks at names only: double ids, dangling references."""
    return (*_double_ids(region), *_references(region))


def _problem(path: Path, message: str, value: object = "", advice: str = "") -> Problem:
    return Problem(message=message, value=str(value), advice=advice, path=path)


def _double_ids(region: Region) -> Iterator[Problem]:
    named: tuple[tuple[str, Sequence[Any]], ...] = (
        ("pools", region.pools),
        ("employers", region.employers),
        ("organisations", region.organisations),
        ("agreements", region.agreements),
        ("patterns", region.patterns),
        ("lines", region.lines),
        ("physicians", region.physicians),
        ("contracts", region.contracts),
        ("rule_packs", region.rule_packs),
    )
    for kind, items in named:
        ids = ((kind, index, "id") for index in range(len(items)))
        yield from _repeated(zip(ids, (str(item.id) for item in items), strict=True))
    # Places, posts, groups, practices and facilities share one name space: each can be travelled to.
    places: list[tuple[Path, str]] = []
    for kind, located in (
        ("places", region.places),
        ("gp_posts", region.gp_posts),
        ("gp_groups", region.gp_groups),
        ("facilities", region.facilities),
    ):
        places += [((kind, index, "id"), item.id) for index, item in enumerate(located)]
    for index, group in enumerate(region.gp_groups):
        places += [
            (("gp_groups", index, "practices", at, "id"), practice.id)
            for at, practice in enumerate(group.practices)
        ]
    yield from _repeated(places)
    yield from _repeated(
        (("sessions", index, "product"), f"{row.site} {row.product.value}")
        for index, row in enumerate(region.sessions)
    )
    yield from _repeated(
        (("travel_times", index, "destination"), f"{row.origin} -> {row.destination}")
        for index, row in enumerate(region.travel_times)
    )


def _repeated(items: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for path, name in items:
        seen[name] += 1
        if seen[name] == 2:
            yield _problem(path, "used twice", name, "Give each its own id, or remove one.")


def _references(region: Region) -> Iterator[Problem]:
    people = {each.id for each in region.physicians}
    pools = {each.id for each in region.pools}
    employers = {each.id for each in region.employers}
    posts = {each.id for each in region.gp_posts}
    groups = {each.id for each in region.gp_groups}
    sites = groups | {each.id for each in region.facilities}
    practices = {practice.id for group in region.gp_groups for practice in group.practices}
    places = {each.id for each in region.places} | posts | sites | practices
    holders = posts | {each.id for each in region.organisations}
    contracts = {each.id for each in region.contracts}
    lines = {each.id for each in region.lines}
    patterns = {each.id for each in region.patterns}
    packs = set(region.pack_by_id)

    def check(path: Path, value: str | None, known: set[str], kind: str) -> Iterator[Problem]:
        if value is not None and value not in known:
            yield _problem(path, f"no such {kind}", value, _nearest(value, known))

    def check_all(
        path: Path, values: Iterable[str], known: set[str], kind: str
    ) -> Iterator[Problem]:
        for at, value in enumerate(values):
            yield from check((*path, at), value, known, kind)

    for i, person in enumerate(region.physicians):
        yield from check_all(("physicians", i, "pools"), person.pools, pools, "pool")
        yield from check(("physicians", i, "day_base"), person.day_base, places, "place")
        yield from check(("physicians", i, "night_base"), person.night_base, places, "place")
        for at, binding in enumerate(person.rule_packs):
            yield from check(
                ("physicians", i, "rule_packs", at, "pack"), binding.pack, packs, "rule pack"
            )
    for i, contract in enumerate(region.contracts):
        yield from check(("contracts", i, "physician"), contract.physician, people, "physician")
        yield from check(("contracts", i, "employer"), contract.employer, employers, "employer")
    for i, absence in enumerate(region.absences):
        yield from check(("absences", i, "physician"), absence.physician, people, "physician")
    for i, commitment in enumerate(region.commitments):
        yield from check(("commitments", i, "physician"), commitment.physician, people, "physician")
        yield from check(("commitments", i, "place"), commitment.place, places, "place")
        yield from check(("commitments", i, "contract"), commitment.contract, contracts, "contract")
    for i, wish in enumerate(region.wishes):
        yield from check(("wishes", i, "physician"), wish.physician, people, "physician")
        yield from check(("wishes", i, "line"), wish.line, lines, "line")
    for i, pin in enumerate(region.pins):
        yield from check(("pins", i, "physician"), pin.physician, people, "physician")
        yield from check(("pins", i, "contract"), pin.contract, contracts, "contract")
    for i, group in enumerate(region.gp_groups):
        yield from check_all(("gp_groups", i, "pools"), group.pools, pools, "pool")
        yield from check(("gp_groups", i, "gp_post"), group.gp_post, posts, "GP post")
    for i, facility in enumerate(region.facilities):
        yield from check_all(("facilities", i, "pools"), facility.pools, pools, "pool")
        yield from check(("facilities", i, "gp_group"), facility.gp_group, groups, "GP group")
        for at, holder in enumerate(facility.function_holders):
            where: Path = ("facilities", i, "function_holders", at, "physician")
            yield from check(where, holder.physician, people, "physician")
    for i, agreement in enumerate(region.agreements):
        yield from check(("agreements", i, "site"), agreement.site, sites, "site")
        with_pool = agreement.kind is AgreementKind.SO_AVAILABILITY
        known, kind = (pools, "pool") if with_pool else (holders, "GP post or organisation")
        yield from check(("agreements", i, "partner"), agreement.partner, known, kind)
    for i, line in enumerate(region.lines):
        yield from check_all(("lines", i, "sites"), line.sites, sites, "site")
        yield from check(("lines", i, "pattern"), line.pattern, patterns, "pattern")
        yield from check(
            ("lines", i, "organisation"), line.organisation, holders, "GP post or organisation"
        )
        yield from check(("lines", i, "place"), line.place, places, "place")
        yield from check_all(("lines", i, "escalation"), line.escalation, lines, "line")
        yield from check_all(("lines", i, "combinable_with"), line.combinable_with, lines, "line")
    for i, demand in enumerate(region.sessions):
        yield from check(
            ("sessions", i, "site"), demand.site, sites | practices, "site or practice"
        )
    for i, pairing in enumerate(region.pairings):
        yield from check(
            ("pairings", i, "site"), pairing.site, groups | practices, "GP group or practice"
        )
        yield from check(("pairings", i, "physician"), pairing.physician, people, "physician")
        yield from check(("pairings", i, "deputy"), pairing.deputy, people, "physician")
    for i, travel in enumerate(region.travel_times):
        yield from check(("travel_times", i, "origin"), travel.origin, places, "place")
        yield from check(("travel_times", i, "destination"), travel.destination, places, "place")


def _nearest(value: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(value, sorted(known), n=1)
    return f"Maybe you meant {near[0]}." if near else "Maybe it was removed or never added."


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
            yield _problem(path, "registration ends before it starts", person.registered_until)


def _backwards(path: Path, item: Valid) -> Iterator[Problem]:
    if (
        item.valid_from is not None
        and item.valid_until is not None
        and item.valid_until < item.valid_from
    ):
        yield _problem(
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
        yield _problem(
            ("anchor_date",),
            "is not a Monday",
            region.anchor_date,
            "Four-week blocks start on Mondays.",
        )
    hours = region.office_hours
    if hours.end <= hours.start:
        yield _problem(("office_hours", "end"), "office hours end before they start", hours.end)
    for i, holiday in enumerate(region.holidays):
        if holiday.date.year not in region.holiday_years:
            yield _problem(
                ("holidays", i, "date"),
                "lies in a year that holiday_years does not list",
                holiday.date,
            )
    yield from _repeated(
        (("holidays", i, "date"), str(row.date)) for i, row in enumerate(region.holidays)
    )


def _contracts(region: Region) -> Iterator[Problem]:
    for (i, a), (j, b) in combinations(enumerate(region.contracts), 2):
        if (a.physician, a.employer) == (b.physician, b.employer) and _overlap(a, b):
            yield _problem(
                ("contracts", j, "employer"),
                f"{b.physician} has two contracts at once with the same employer ({a.id}, {b.id})",
                b.employer,
                "End the first before the second starts, or make them one.",
            )
    for i, contract in enumerate(region.contracts):
        for unit in ("duties", "weekends", "nights"):
            low, high = getattr(contract, f"min_{unit}"), getattr(contract, f"max_{unit}")
            if low is not None and high is not None and low > high:
                yield _problem(
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
                yield _problem(
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
            yield _problem(
                ("absences", i, "until_time"), "ends before it starts", absence.until_time
            )


def _commitments(region: Region) -> Iterator[Problem]:
    owner = {contract.id: contract.physician for contract in region.contracts}
    for i, row in enumerate(region.commitments):
        if (row.weekday is None) == (row.day is None):
            yield _problem(
                ("commitments", i, "weekday"),
                "give either a weekday or a day",
                "",
                "One of the two, not both.",
            )
        if row.start_time == row.end_time:
            yield _problem(("commitments", i, "end_time"), "lasts no time at all", row.end_time)
        if row.contract is not None and owner.get(row.contract, row.physician) != row.physician:
            yield _problem(
                ("commitments", i, "contract"),
                f"is not a contract of {row.physician}",
                row.contract,
            )
    for i, pin in enumerate(region.pins):
        if pin.contract is not None and owner.get(pin.contract, pin.physician) != pin.physician:
            yield _problem(
                ("pins", i, "contract"), f"is not a contract of {pin.physician}", pin.contract
            )


def _patterns(region: Region) -> Iterator[Problem]:
    for i, pattern in enumerate(region.patterns):
        for day_type in ("workday", "saturday", "sunday", "holiday"):
            for at, cut in enumerate(getattr(pattern, day_type) or ()):
                if cut.hour == 2:
                    yield _problem(
                        ("patterns", i, day_type, at),
                        "no handover between 02:00 and 02:59: at the clock changes that hour exists twice or not at all",
                        f"{cut:%H:%M}",
                        "Maybe 01:30 or 03:00.",
                    )


def _lines(region: Region) -> Iterator[Problem]:
    lines = {line.id: line for line in region.lines}
    for i, line in enumerate(region.lines):
        if not line.sites:
            yield _problem(
                ("lines", i, "sites"),
                f"line {line.id} serves no site",
                "",
                "Maybe name a facility or GP group.",
            )
        if len(set(line.sites)) < len(line.sites):
            yield _problem(("lines", i, "sites"), "a site is listed twice", ", ".join(line.sites))
        if not line.roles and line.organisation is None:
            yield _problem(
                ("lines", i, "roles"),
                f"nobody may hold line {line.id}",
                "",
                "Name at least one role, or an organisation.",
            )
        if line.form is Form.PRESENCE and line.place is None:
            yield _problem(
                ("lines", i, "place"),
                f"presence line {line.id} has no place",
                "",
                "Say where the duty is held.",
            )
        if line.position is Position.BACKUP and line.organisation is not None:
            yield _problem(
                ("lines", i, "organisation"),
                "a backup is held by SOs, not by an organisation",
                line.organisation,
            )
        for at, name in enumerate(line.combinable_with):
            other = lines.get(name)
            if other is None:
                continue
            if line.id not in other.combinable_with:
                yield _problem(
                    ("lines", i, "combinable_with", at),
                    f"{name} does not name {line.id} in return",
                    name,
                    "Lines combine only when each names the other.",
                )
            elif (other.pattern, other.window) != (line.pattern, line.window):
                yield _problem(
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
            yield _problem(
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
    """A pattern must tile its window: tried over a year around the anchor, with its clock changes."""
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
            yield _problem(
                ("lines", i, "pattern"),
                f"pattern {line.pattern} leaves out {start:%a %d %b %Y %H:%M} to {end:%a %d %b %H:%M} of line {line.id}'s window",
                line.pattern,
                f"Maybe add a cut at {start:%H:%M}.",
            )


def _sessions(region: Region) -> Iterator[Problem]:
    for i, demand in enumerate(region.sessions):
        days = len(set(demand.weekdays)) * (1 if demand.per is Per.ISO_WEEK else 4)
        if not demand.weekdays:
            yield _problem(
                ("sessions", i, "weekdays"),
                "names no weekday",
                "",
                "Name at least one, for example mon.",
            )
        elif demand.count > days:
            yield _problem(
                ("sessions", i, "count"),
                f"more sessions than allowed days ({days}); one a day at most",
                demand.count,
            )
        if len(set(demand.weekdays)) < len(demand.weekdays):
            yield _problem(
                ("sessions", i, "weekdays"), "a weekday is listed twice", ", ".join(demand.weekdays)
            )
        if demand.end_time <= demand.start_time:
            yield _problem(
                ("sessions", i, "end_time"), "ends before it starts", f"{demand.end_time:%H:%M}"
            )
        if not demand.roles:
            yield _problem(
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
        yield from _repeated(
            (("rule_packs", i, "norms", at, "id"), norm.id) for at, norm in enumerate(pack.norms)
        )
        for at, norm in enumerate(pack.norms):
            for field in needs.get(norm.kind, ()):
                if getattr(norm, field) is None:
                    yield _problem(
                        ("rule_packs", i, "norms", at, field),
                        f"a norm of kind {norm.kind.value} needs {field}",
                    )
            if norm.kind is NormKind.FREE_PERIODS and norm.window_weeks not in (1, 4):
                yield _problem(
                    ("rule_packs", i, "norms", at, "window_weeks"),
                    "free periods are counted per 1 or 4 weeks",
                    norm.window_weeks,
                )
            if not norm.counts:
                yield _problem(
                    ("rule_packs", i, "norms", at, "counts"),
                    "counts no work at all",
                    "",
                    "Name at least one kind of work.",
                )
