"""The whole country, made up from a seed: regions side by side, and people who serve two of them.

Every region is feasible by construction and holds a legal roster of its own (its witness). Then
neighbours exchange people: somebody of one region becomes a guest in the next, with a contract
there. The witnesses know no guests, so together they are a legal roster of the whole country
without a gap; but agreements give the guest's weeks away that his own region may need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from so247.models.canonical import region_hash
from so247.models.errors import InputError, Problem
from so247.models.national import Sharing, SharingPart
from so247.models.people import SO, Contract, Physician
from so247.models.region import Region
from so247.models.roster import Roster
from so247.scenarios import names
from so247.scenarios.generator import build, changed
from so247.scenarios.spec import Backups, Spec

REGIONS = 31
WEEKS = 26
START = date(2026, 10, 5)
"""Twenty-six weeks from here hold both clock changes, Christmas and New Year."""
MOST_REGIONS = 40
AT_HOME = (0.6, 0.7, 0.7, 0.8)
"""Parts of his weeks that a guest keeps for his own region."""
GUEST_FTE = 0.2
MORE_PEOPLE = 2
"""Added where nobody finds a legal roster with as few as were drawn."""


@dataclass(frozen=True)
class Country:
    """``witnesses``: legal rosters, one per region, that together leave no gap."""

    regions: tuple[Region, ...]
    sharings: tuple[Sharing, ...]
    witnesses: tuple[Roster, ...]


def national(
    seed: int,
    regions: int = REGIONS,
    weeks: int = WEEKS,
    guests: int = 1,
    start: date = START,
) -> Country:
    """Regions in a ring, each with ``guests`` people of the one before it.

    Equal arguments give equal countries. Raises ``InputError`` for a number of regions that cannot
    be made.
    """
    if not 2 <= regions <= MOST_REGIONS:
        advice = f"Maybe {REGIONS}: from 2 to {MOST_REGIONS}."
        raise InputError([Problem("a country has several regions", advice, str(regions))])
    rng = Random(f"{seed}/national")
    made = [_region(spec, seed + at) for at, spec in enumerate(_specs(rng, regions, weeks, start))]
    parts = {region.id: region for region, _ in made}
    order = list(parts)
    sharings: list[Sharing] = []
    for at, host in enumerate(order):
        home = order[at - 1]
        for number, guest in enumerate(_guests(parts[home], guests, rng), start=1):
            key = f"gast-{at + 1:02d}-{number}"
            parts[home] = _keyed(parts[home], guest, key)
            parts[host] = _hosted(parts[host], guest, key, rng)
            sharings.append(_sharing(key, home, host, rng))
    found = tuple(parts.values())
    hashes = {region.id: region_hash(region) for region in found}
    return Country(
        regions=found,
        sharings=tuple(sharings),
        witnesses=tuple(
            witness.model_copy(update={"region_hash": hashes[witness.region_id]})
            for _, witness in made
        ),
    )


def _specs(rng: Random, regions: int, weeks: int, start: date) -> Iterator[Spec]:
    """Regions of eight to about twenty-five people, with and without backups."""
    called = [f"{head}land" for head in names.TOWN_HEAD] + [
        f"{head}kust" for head in names.TOWN_HEAD
    ]
    for name in rng.sample(called, regions):
        backups = rng.choice((Backups.NONE, Backups.NONE, Backups.OWN))
        areas = rng.choice((1, 1, 2))
        least = 11 if backups is Backups.OWN else 8
        physicians = areas * rng.randint(least, least + 2)
        yield Spec(
            id=f"regio-{name.lower()}",
            name=name,
            physicians=physicians,
            gp_groups=max(areas, physicians // 2),
            facilities=physicians,
            start=start,
            weeks=weeks,
            areas=areas,
            employers=rng.randint(2, 4),
            backups=backups,
            split_office=rng.random() < 0.3,
            sessions_per_group=rng.choice((2, 2, 4)),
            leave=rng.choice((0.3, 0.5)),
        )


def _region(spec: Spec, seed: int) -> tuple[Region, Roster]:
    """The region and its witness, with a few more people where it takes them."""
    while True:
        try:
            made = build(spec, seed)
        except InputError:
            if spec.physicians > 60:
                raise
            spec = replace(spec, physicians=spec.physicians + MORE_PEOPLE)
            continue
        assert made.witness is not None
        return made.region, made.witness


def _guests(region: Region, number: int, rng: Random) -> list[Physician]:
    """SOs who are on one contract, and nobody's guest yet."""
    able = [
        each
        for each in region.physicians
        if each.role is SO and each.person_key is None and len(region.contracts_of(each.id)) == 1
    ]
    return sorted(rng.sample(able, min(number, len(able))), key=lambda each: each.id)


def _keyed(region: Region, guest: Physician, key: str) -> Region:
    people = tuple(
        each.model_copy(update={"person_key": key}) if each.id == guest.id else each
        for each in region.physicians
    )
    return changed(region, {"physicians": people})


def _hosted(region: Region, guest: Physician, key: str, rng: Random) -> Region:
    """The region with a guest, who on duty stays where a colleague of that region lives."""
    colleague = rng.choice([each for each in region.physicians if each.role is SO])
    person = colleague.model_copy(update={"id": key, "name": guest.name, "person_key": key})
    employer = region.contracts_of(colleague.id)[0].employer
    contract = Contract(
        id=f"c-{key}", physician=key, employer=employer, fte=GUEST_FTE, max_duties=4, per_weeks=4
    )
    update: Mapping[str, object] = {
        "physicians": (*region.physicians, person),
        "contracts": (*region.contracts, contract),
    }
    return changed(region, update)


def _sharing(key: str, home: str, host: str, rng: Random) -> Sharing:
    share = rng.choice(AT_HOME)
    return Sharing(
        person_key=key,
        parts=(
            SharingPart(region=home, share=share),
            SharingPart(region=host, share=round(1 - share, 2)),
        ),
        turn_weeks=rng.choice((1, 2)),
    )
