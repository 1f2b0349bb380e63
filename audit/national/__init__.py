"""``check_national``: rosters of several regions side by side, for people who serve more than one.

Each region's own check knows only its own roster. Here one person's work in all regions is laid on
one line of time. The rules (docs/SCALE_OUT.md): nobody in two places at the same moment, nobody at
work where another region has him absent, the norms of his rule packs over everything he does, and
maxima that hold for all regions together. What one region breaks by itself is left to its check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from so247.audit.holdings import Case
from so247.audit.national.maxima import maxima
from so247.audit.national.norms import norms
from so247.audit.national.person import Person, Place
from so247.audit.national.places import absent, two_places
from so247.models.errors import Problem, RosterError
from so247.models.national import NationalFinding, NationalReport, Sharing
from so247.models.region import Region
from so247.models.roster import Roster


def check_national(
    regions: Sequence[Region],
    rosters: Sequence[Roster],
    *,
    history: Sequence[Roster] = (),
    sharings: Sequence[Sharing] = (),
    only: frozenset[str] | None = None,
) -> NationalReport:
    """Whether shared people can do everything that the rosters ask of them.

    ``regions``: as they were before anybody was divided. Of a region without a roster only the
    absences count. ``only``: look at these person keys. Raises ``RosterError`` for a roster of an
    unknown region, or two of one.
    """
    _admit(regions, rosters)
    found = {each.region_id: each for each in rosters}
    past = {each.id: [row for row in history if row.region_id == each.id] for each in regions}
    cases = {
        region.id: Case(region, found[region.id], past[region.id])
        for region in regions
        if region.id in found
    }
    people = [each for each in _people(regions, cases) if only is None or each.key in only]
    agreed = {each.person_key: each for each in sharings}
    return NationalReport(
        regions=len(regions),
        shared=len(people),
        findings=tuple(row for each in people for row in _findings(each, agreed.get(each.key))),
    )


def _findings(person: Person, sharing: Sharing | None) -> Iterator[NationalFinding]:
    yield from two_places(person)
    yield from absent(person)
    yield from norms(person)
    yield from maxima(person, sharing)


def _admit(regions: Sequence[Region], rosters: Sequence[Roster]) -> None:
    known = {region.id for region in regions}
    seen: set[str] = set()
    problems = []
    for roster in rosters:
        if roster.region_id not in known:
            advice = "Maybe its region was left out."
            problems.append(Problem("a roster of an unknown region", advice, roster.region_id))
        if roster.region_id in seen:
            advice = "Give the latest revision of each."
            problems.append(Problem("two rosters of one region", advice, roster.region_id))
        seen.add(roster.region_id)
    if problems:
        raise RosterError(problems)


def _people(regions: Sequence[Region], cases: Mapping[str, Case]) -> list[Person]:
    """Everybody who stands in more than one region, by key."""
    places: dict[str, dict[str, tuple[Region, list[str]]]] = {}
    for region in regions:
        for physician in region.physicians:
            if physician.person_key is not None:
                mine = places.setdefault(physician.person_key, {})
                mine.setdefault(region.id, (region, []))[1].append(physician.id)
    return [
        Person(
            key, tuple(Place(region, cases.get(name), tuple(ids)) for name, (region, ids) in rows)
        )
        for key, rows in sorted((key, tuple(rows.items())) for key, rows in places.items())
        if len(rows) > 1
    ]
