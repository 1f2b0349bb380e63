"""A region with numbers for names, and without what a check of one site does not need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from so247.audit.slice.masks import Masks
from so247.audit.slice.pseudonyms import Kind, Pseudonyms
from so247.audit.slice.scrub import Scrub
from so247.models.base import Model
from so247.models.evidence import Admission
from so247.models.norms import RulePack
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Employer, Physician
from so247.models.region import Region
from so247.models.sites import Place, TravelTime

M = TypeVar("M", bound=Model)
N = TypeVar("N", Employer, Physician, Place)
Rename = Callable[[str], str]

LEFT_OUT: dict[str, object] = {"wishes": (), "pairings": ()}
"""Preferences and fixed pairs: no judgement reads them, and a pair tells who somebody is."""


def number_everything(region: Region, names: Pseudonyms) -> None:
    """Give everybody and everything that goes by numbers its number."""
    names.give(Kind.PHYSICIAN, (each.id for each in region.physicians))
    names.give(Kind.CONTRACT, (each.id for each in region.contracts))
    names.give(Kind.EMPLOYER, (each.id for each in region.employers))
    names.give(Kind.EVIDENCE, (each.id for each in region.evidence))
    names.give(Kind.DOCUMENT, (each.document for each in region.evidence))
    names.give(Kind.SIGNER, (each.signer for each in region.evidence if each.signer))
    names.give(Kind.LOCUM, (each.locum for each in region.practice_absences if each.locum))
    # Where a presence duty is held is an institution; all else in ``places`` is where somebody is.
    held_at = {line.place for line in region.lines}
    names.give(Kind.PLACE, (each.id for each in region.places if each.id not in held_at))


def region_of_slice(masks: Masks, site: str) -> Region:
    """References hold as they did in the region, so nothing is validated again."""
    region, scrub = masks.region, Scrub(masks.region, masks.names)
    _number_telling_packs(region, masks.names, scrub)
    parts = {**_people(masks, site), **_places(masks), **_evidence(masks, site), **LEFT_OUT}
    packs = {"rule_packs": tuple(_pack(each, masks) for each in region.rule_packs)}
    return scrub.noun(region.model_copy(update=parts | packs))


def _number_telling_packs(region: Region, names: Pseudonyms, scrub: Scrub) -> None:
    """Rule packs and norms whose id names somebody; those that ship are everybody's."""
    shipped = {pack.id for pack in SHIPPED_PACKS}
    shipped |= {norm.id for pack in SHIPPED_PACKS for norm in pack.norms}
    norms = (norm.id for pack in region.rule_packs for norm in pack.norms)
    kinds = (Kind.PACK, (pack.id for pack in region.rule_packs)), (Kind.NORM, norms)
    for kind, ids in kinds:
        told = (each for each in ids if each not in shipped and scrub.names_somebody(each))
        names.give(kind, told)


def _pack(pack: RulePack, masks: Masks) -> RulePack:
    norms = tuple(
        norm.model_copy(update={"id": masks.names.of(Kind.NORM, norm.id)}) for norm in pack.norms
    )
    return pack.model_copy(update={"id": masks.names.of(Kind.PACK, pack.id), "norms": norms})


def _people(masks: Masks, site: str) -> dict[str, object]:
    region, person, contract = masks.region, masks.holder, masks.contract
    people = (
        each.model_copy(
            update={
                "person_key": None,
                "rule_packs": tuple(
                    bound.model_copy(update={"pack": masks.names.of(Kind.PACK, bound.pack)})
                    for bound in each.rule_packs
                ),
            }
        )
        for each in region.physicians
    )
    tasks = (each for each in region.task_holders if each.site == site)
    return {
        "physicians": _titled(people, person, day_base=masks.place, night_base=masks.place),
        "employers": _titled(region.employers, masks.employer),
        "contracts": _renamed(
            region.contracts, id=contract, physician=person, employer=masks.employer
        ),
        "absences": _renamed(region.absences, physician=person),
        "commitments": _renamed(
            region.commitments, physician=person, place=masks.place, contract=contract
        ),
        "pins": _renamed(region.pins, target=masks.target, physician=person, contract=contract),
        "task_holders": _renamed(tasks, holder=masks.party),
    }


def _places(masks: Masks) -> dict[str, object]:
    region, place = masks.region, masks.place
    goals = frozenset({*region.site_by_id, *region.group_of_practice})

    def is_asked_for(row: TravelTime) -> bool:
        """Only ways to a site or practice ever are."""
        return row.origin in goals or row.destination in goals

    ways = filter(is_asked_for, region.travel_times)
    return {
        "places": _titled(region.places, place),
        "travel_times": _renamed(ways, origin=place, destination=place),
        "facilities": tuple(
            each.model_copy(
                update={"function_holders": _renamed(each.function_holders, physician=masks.holder)}
            )
            for each in region.facilities
        ),
    }


def _evidence(masks: Masks, site: str) -> dict[str, object]:
    region = masks.region
    practices = {each.id for each in region.practices_of(site)}
    return {
        "evidence": _renamed(
            (each for each in region.evidence if each.site == site),
            id=masks.of(Kind.EVIDENCE),
            document=masks.of(Kind.DOCUMENT),
            signer=masks.of(Kind.SIGNER),
            partner=masks.party,
        ),
        "admissions": _admissions(masks, site),
        "practice_absences": _renamed(
            (each for each in region.practice_absences if each.practice in practices),
            locum=masks.of(Kind.LOCUM),
        ),
    }


def _admissions(masks: Masks, site: str) -> tuple[Admission, ...]:
    """Under numbers of our own: a birth date or initials may serve as a number in the region."""
    found = [each for each in masks.region.admissions if each.site == site]
    order = masks.names.in_order("resident", {each.resident for each in found})
    numbers = {name: f"r-{at:03d}" for at, name in enumerate(order, 1)}
    return _renamed(
        found, resident=(lambda name: name) if masks.names.named else numbers.__getitem__
    )


def _titled(nouns: Iterable[N], rename: Rename, **fields: Rename) -> tuple[N, ...]:
    """Nouns with an id and a name, which is the number again where the id becomes one."""
    found: list[N] = []
    for noun in nouns:
        now = rename(noun.id)
        found.append(noun if now == noun.id else noun.model_copy(update={"id": now, "name": now}))
    return _renamed(found, **fields)


def _renamed(nouns: Iterable[M], **fields: Rename) -> tuple[M, ...]:
    """The nouns with these fields renamed, sorted: the order in which they stood is gone."""
    found = (noun.model_copy(update=_values(noun, fields)) for noun in nouns)
    return tuple(sorted(found, key=lambda each: each.model_dump_json()))


def _values(noun: Model, fields: dict[str, Rename]) -> dict[str, str]:
    named = {field: getattr(noun, field) for field in fields}
    return {field: fields[field](name) for field, name in named.items() if name is not None}
