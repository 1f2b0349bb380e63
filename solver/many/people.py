"""Who stands in more than one region, and what was agreed about them (docs/SCALE_OUT.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from so247.models.errors import InputError, Problem
from so247.models.national import Sharing, SharingPart
from so247.models.norms import NormKind, Severity
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import Physician
from so247.models.region import Region

EXACT = 1e-6
"""Shares that are written with decimals may add up to this much more than one."""


@dataclass(frozen=True)
class Shared:
    """A person who stands in several regions: region to who he is there, in the order given.

    ``rest``: between work in one region and work in another.
    """

    key: str
    places: Mapping[str, tuple[Physician, ...]]
    sharing: Sharing
    rest: timedelta

    def ids(self, region: str) -> tuple[str, ...]:
        return tuple(each.id for each in self.places.get(region, ()))


def shared_people(regions: Sequence[Region], sharings: Sequence[Sharing]) -> tuple[Shared, ...]:
    """Everybody who stands in more than one region, by key.

    Raises ``InputError`` with everything about regions and agreements that cannot be.
    """
    places: dict[str, dict[str, tuple[Physician, ...]]] = {}
    for region in regions:
        for person in region.physicians:
            if person.person_key is not None:
                mine = places.setdefault(person.person_key, {})
                mine[region.id] = (*mine.get(region.id, ()), person)
    places = {key: rows for key, rows in places.items() if len(rows) > 1}
    problems = [*_twice(regions), *_agreements(places, sharings, {each.id for each in regions})]
    if problems:
        raise InputError(problems)
    agreed = {each.person_key: each for each in sharings}
    by_id = {region.id: region for region in regions}
    return tuple(
        Shared(key, rows, agreed.get(key) or _by_fte(key, rows, by_id), _rest(rows, by_id))
        for key, rows in sorted(places.items())
    )


def _by_fte(
    key: str, places: Mapping[str, tuple[Physician, ...]], regions: Mapping[str, Region]
) -> Sharing:
    """Where nothing was agreed: pro rata to the FTE of the contracts in each region."""
    fte = {
        region: sum(
            contract.fte
            for person in people
            for contract in regions[region].contracts_of(person.id)
        )
        for region, people in places.items()
    }
    total = sum(fte.values())
    return Sharing(
        person_key=key,
        parts=tuple(
            SharingPart(region=region, share=each / total)
            for region, each in fte.items()
            if each > 0
        ),
    )


def _rest(places: Mapping[str, tuple[Physician, ...]], regions: Mapping[str, Region]) -> timedelta:
    """The longest rest that a hard norm of any of his packs asks for."""
    hours = [0.0]
    for region, people in places.items():
        for person in people:
            packs = {DEFAULT_PACKS[person.role], *(each.pack for each in person.rule_packs)}
            hours += [
                norm.limit
                for pack in packs
                for norm in regions[region].pack_by_id[pack].norms
                if norm.kind is NormKind.REST and norm.severity is Severity.HARD
            ]
    return timedelta(hours=max(hours))


def _twice(regions: Sequence[Region]) -> Iterator[Problem]:
    seen: set[str] = set()
    for region in regions:
        if region.id in seen:
            advice = "Maybe the same folder was given twice, or two regions need other ids."
            yield Problem("two regions have the same id", advice, region.id)
        seen.add(region.id)
    if not regions:
        yield Problem("there is no region to roster", "Give at least one.")


def _agreements(
    places: Mapping[str, Mapping[str, object]], sharings: Sequence[Sharing], regions: set[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, sharing in enumerate(sharings):
        path = ("sharings", at)
        key = sharing.person_key
        if key in seen:
            yield Problem("two agreements about one person", "Make them one.", key, path)
        seen.add(key)
        if key not in places:
            advice = (
                "Maybe the key is spelled otherwise: it is person_key of the physician, "
                "and must be the same in at least two of the regions."
            )
            yield Problem("nobody with this key stands in two regions", advice, key, path)
            continue
        yield from _parts(sharing, set(places[key]), regions, path)


def _parts(
    sharing: Sharing, stands_in: set[str], regions: set[str], path: tuple[str | int, ...]
) -> Iterator[Problem]:
    key = sharing.person_key
    named = [part.region for part in sharing.parts]
    for region in sorted({each for each in named if named.count(each) > 1}):
        yield Problem(f"{key} has two parts for one region", "Make them one.", region, path)
    for region in sorted(set(named) - stands_in):
        known = "has nobody with this key" if region in regions else "is not among the regions"
        advice = "Maybe the region's id is spelled otherwise, or a person_key is missing there."
        yield Problem(f"{key} has a part in a region that {known}", advice, region, path)
    for region in sorted(stands_in - set(named)):
        advice = "Give it a part, or take person_key away there if it is somebody else."
        yield Problem(
            f"{key} stands in a region without a part in the agreement", advice, region, path
        )
    by_share = [part for part in sharing.parts if part.share is not None]
    by_day = [part for part in sharing.parts if part.weekdays]
    if {each.region for each in by_share} & {each.region for each in by_day} or (
        by_share and by_day
    ):
        yield Problem(
            f"{key} is divided by shares and by weekdays", "Choose one of the two.", "", path
        )
    elif len(by_share) + len(by_day) < len(sharing.parts):
        yield Problem(
            f"{key} has a part without share or weekdays", "Give one of the two.", "", path
        )
    total = sum(part.share or 0 for part in by_share)
    if total > 1 + EXACT:
        yield Problem(
            f"the shares of {key} are more than the whole", "Lower one.", f"{total:g}", path
        )
    days = [day for part in by_day for day in set(part.weekdays)]
    for day in sorted({each for each in days if days.count(each) > 1}):
        yield Problem(f"{key} is given to two regions on one weekday", "Choose one.", day, path)
