"""The facility in rijnstreek that is about to open: everything is arranged but a promised roster.

It is added to the region that the generator made: next door to another facility, so as far from
everybody as that one, served by the same lines. What people may carry at the same moment grows with
it, and leaves room for two more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from so247.models.evidence import Admission, Evidence, EvidenceKind, PracticeAbsence
from so247.models.people import Physician
from so247.models.region import Region
from so247.models.sites import Facility, GpGroup, Indication, ResidentCount, TravelTime
from so247.scenarios import derive
from so247.scenarios.generator import changed
from so247.scenarios.papers import Papers, papers, with_facts

SITE, NAME = "huize-sleutelbloem", "Huize Sleutelbloem"
NEIGHBOUR = "hof-dovenetel"
NEIGHBOUR_MINUTES = 3
RESIDENTS = 12
MORE_SITES, MORE_RESIDENTS = 2, 30
"""Room for further facilities, beyond what people carry with this one."""

COMPLETE = "villa-lisdodde"
EXPIRING = "erf-fluitenkruid"
UNSIGNED = "huize-zonnedauw"
LACKING = "villa-ereprijs"
"""Facilities that are open, with all documents, and with one of them ending in the period, not
signed, or without all its clauses. The others have none on record."""
OPEN = (COMPLETE, EXPIRING, UNSIGNED, LACKING)

README = """# Rijnstreek

A fictional region: {people} people in two pools, {groups} GP groups and {facilities} facilities;
{weeks} weeks from {start}, with Christmas and New Year.
`python -m so247.scenarios.build` makes these files; change that, not them.

## A facility that opens

**{name}** (`{site}`) opens on {start}, with {residents} residents with a Wlz
indication. It belongs to `{group}`, of whose practices two take its residents, and is served by the
lines of `{pool}`. Documents, holders of tasks and the first admissions are complete; nobody has
promised a roster yet. So

```console
$ so247 prove rijnstreek {site} --out dossier
```

finds it *coverable*, and with a published roster of which every duty is accepted it *meets* the
preconditions.

## Others, for comparison

| facility | evidence |
|---|---|
| `{complete}` | complete |
| `{expiring}` | the out-of-hours agreement ends on {ends} |
| `{unsigned}` | the practices' statement is not signed |
| `{lacking}` | the contract with the practices lacks clause 7 |
| the others | none on record; `villa-kamille` opens within the period |
"""


def opened(region: Region) -> Region:
    """The region with the new facility, and with evidence for some that are open."""
    opening = opening_of(region)
    twin = region.site_by_id[NEIGHBOUR]
    assert isinstance(twin, Facility)
    region = changed(
        region,
        {
            "facilities": (*region.facilities, _facility(twin, opening)),
            "gp_groups": tuple(_known(group, twin.gp_group) for group in region.gp_groups),
            "agreements": (
                *region.agreements,
                *(
                    each.model_copy(update={"id": f"so-{SITE}", "site": SITE})
                    for each in region.agreements
                    if each.site == NEIGHBOUR
                ),
            ),
            "lines": tuple(
                line.model_copy(update={"sites": (*line.sites, SITE)})
                if NEIGHBOUR in line.sites
                else line
                for line in region.lines
            ),
            "travel_times": (*region.travel_times, *_travel(region)),
        },
    )
    return _documented(_roomier(region), opening)


def opening_of(region: Region) -> date:
    """The first day of the period: what was rostered before is known then."""
    assert region.planning_start is not None
    return region.planning_start


def readme(region: Region) -> str:
    """What README.md of the folder says."""
    opening = opening_of(region)
    facility = region.site_by_id[SITE]
    assert isinstance(facility, Facility)
    return README.format(
        people=len(region.physicians),
        groups=len(region.gp_groups),
        facilities=len(region.facilities),
        weeks=region.planning_weeks,
        start=_written(opening),
        name=NAME,
        site=SITE,
        residents=RESIDENTS,
        group=facility.gp_group,
        pool=facility.pools[0],
        complete=COMPLETE,
        expiring=EXPIRING,
        unsigned=UNSIGNED,
        lacking=LACKING,
        ends=_written(_ends(opening)),
    )


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _ends(opening: date) -> date:
    return opening + timedelta(days=31)


def _facility(twin: Facility, opening: date) -> Facility:
    count = ResidentCount(setting=twin.setting, indication=Indication.WLZ, count=RESIDENTS)
    return with_facts(
        twin.model_copy(
            update={
                "id": SITE,
                "name": NAME,
                "residents": (count,),
                "opening_date": opening,
                "practices": tuple(f"{twin.gp_group}-{letter}" for letter in "ab"),
            }
        )
    )


def _known(group: GpGroup, name: str | None) -> GpGroup:
    """The group with what its practices say about themselves."""
    if group.id != name:
        return group
    practices = tuple(
        each.model_copy(update={"accepts_patients": number < 2, "gps": 2 + number % 2})
        for number, each in enumerate(group.practices)
    )
    return group.model_copy(update={"practices": practices})


def _travel(region: Region) -> tuple[TravelTime, ...]:
    """As far as next door from everywhere, and a few minutes from there."""
    next_door = TravelTime(origin=NEIGHBOUR, destination=SITE, minutes=NEIGHBOUR_MINUTES)
    instead = {NEIGHBOUR: SITE}
    return (
        *(
            TravelTime(
                origin=instead.get(row.origin, row.origin),
                destination=instead.get(row.destination, row.destination),
                minutes=row.minutes,
            )
            for row in region.travel_times
            if NEIGHBOUR in (row.origin, row.destination)
        ),
        next_door,
    )


def _roomier(region: Region) -> Region:
    """Limits of people anew, for the lines have a site more."""

    def room(person: Physician) -> Physician:
        sites, residents = person.max_sites, person.max_residents
        if sites is None or residents is None:
            return person
        more = {"max_sites": sites + MORE_SITES, "max_residents": residents + MORE_RESIDENTS}
        return person.model_copy(update=more)

    return changed(region, {"physicians": tuple(map(room, derive.capacities(region)))})


def _documented(region: Region, opening: date) -> Region:
    """Evidence for the new facility, one document per practice, and for some that are open."""
    year = opening + timedelta(days=364)
    found = [papers(region, SITE, opening, year, per_practice=True)]
    before = opening - timedelta(weeks=52)
    found += [_flawed(papers(region, site, before), site, opening) for site in OPEN]
    return changed(
        region,
        {
            "facilities": tuple(
                with_facts(each) if each.id in OPEN else each for each in region.facilities
            ),
            "evidence": tuple(each for file in found for each in file.evidence),
            "task_holders": tuple(each for file in found for each in file.task_holders),
            "admissions": tuple(
                Admission(
                    site=SITE,
                    resident=f"r-{number:03d}",
                    admitted_on=opening + timedelta(weeks=number - 1),
                    arranged_on=opening - timedelta(weeks=2),
                    handover_consent=True,
                )
                for number in (1, 2)
            ),
            "practice_absences": (
                PracticeAbsence(
                    practice=region.practices_of(SITE)[0].id,
                    first_day=opening + timedelta(days=28),
                    last_day=opening + timedelta(days=32),
                    locum=region.practices_of(SITE)[1].name,
                ),
            ),
        },
    )


def _flawed(file: Papers, site: str, opening: date) -> Papers:
    flaws: dict[tuple[str, EvidenceKind], dict[str, object]] = {
        (EXPIRING, EvidenceKind.OUT_OF_HOURS_AGREEMENT): {"valid_until": _ends(opening)},
        (UNSIGNED, EvidenceKind.GP_STATEMENT): {"signed_on": None, "signer": None},
        (LACKING, EvidenceKind.GP_CONTRACT): {"clauses": (1, 2, 3, 4, 5, 6)},
    }

    def flawed(each: Evidence) -> Evidence:
        return each.model_copy(update=flaws.get((site, each.kind), {}))

    return replace(file, evidence=tuple(map(flawed, file.evidence)))
