"""Nobody's name in what anybody may write freely: each field of a region holds a canary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from so247.audit.slice import slice_of
from so247.audit.slice.scrub import FREE
from so247.models.canonical import canonical
from so247.models.evidence import Admission
from so247.models.lines import Organisation
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Employer, PackBinding, Pool
from so247.models.region import Region
from so247.models.settings import Holiday
from so247.models.sites import GpPost

CANARIES = ("kanarie", "vogelzorg")
TOLD = "Kees Kanarie van Stichting Vogelzorg"
NUMBERED = "arts-01 van werkgever-01"
SHIPPED = SHIPPED_PACKS[0]


def told_everywhere(toy: Any) -> Region:
    """A region of which every name, text and source tells of one physician and one employer."""
    norm = SHIPPED.norms[0].model_copy(
        update={"id": "rust_kees-kanarie", "text": f"Rust voor {TOLD}", "source": f"CAO {TOLD}"}
    )
    pack = SHIPPED.model_copy(
        update={"id": "regels-kees-kanarie", "name": f"Regels {TOLD}", "norms": (norm,)}
    )
    plain = SHIPPED.model_copy(update={"id": "gewone-regels", "name": "KEES  KANARIE"})
    base = toy.region()
    kees = toy.physician("kees-kanarie", rule_packs=(PackBinding(pack=pack.id),))
    return toy.region(
        name=f"Regio {TOLD}",
        holidays=(Holiday(date=toy.MONDAY, name=f"Dag van {TOLD}"),),
        physicians=(kees.model_copy(update={"name": "Kees Kanarie"}),),
        contracts=(toy.contract("kees-kanarie", employer="vogelzorg", id="c"),),
        employers=(Employer(id="vogelzorg", name="Stichting Vogelzorg"),),
        pools=tuple(Pool(id=each.id, name=f"Pool {TOLD}") for each in base.pools),
        lines=tuple(
            each.model_copy(update={"name": f"Lijn {TOLD}", "funding": TOLD}) for each in base.lines
        ),
        facilities=tuple(
            each.model_copy(update={"name": f"Huis {TOLD}"}) for each in base.facilities
        ),
        organisations=(Organisation(id="centrale", name=f"Centrale {TOLD}"),),
        gp_posts=(GpPost(id="hap", name=f"Post {TOLD}"),),
        rule_packs=(pack, plain),
    )


def test_no_free_text_tells_of_anybody(toy) -> None:
    region = told_everywhere(toy)
    assert all(each in canonical(region).lower() for each in CANARIES)
    part = slice_of(region, "home").region
    for canary in CANARIES:
        assert canary not in canonical(part).lower()
    assert {each.name for each in part.lines} == {f"Lijn {NUMBERED}"}
    assert part.name == f"Regio {NUMBERED}"
    assert Region.model_validate_json(part.model_dump_json()) == part


def test_only_a_rule_pack_that_tells_loses_its_id(toy) -> None:
    """And who is bound by it stays bound."""
    part = slice_of(told_everywhere(toy), "home").region
    assert [each.id for each in part.rule_packs] == ["regelset-01", "gewone-regels"]
    assert [each.id for each in part.rule_packs[0].norms] == ["regel-01"]
    assert [each.id for each in part.rule_packs[1].norms] == [each.id for each in SHIPPED.norms]
    assert [each.pack for each in part.physicians[0].rule_packs] == ["regelset-01"]
    assert part.rule_packs[1].name == "arts-01"  # in capitals, with two spaces


def test_the_copy_with_names_keeps_every_word(toy) -> None:
    region = told_everywhere(toy)
    part = slice_of(region, "home", names=True).region
    assert (part.name, part.lines, part.rule_packs) == (
        region.name,
        region.lines,
        region.rule_packs,
    )


def test_a_name_within_a_word_is_no_name(toy) -> None:
    """Ann is no part of Annex, and a number is not in 11 hours."""
    region = toy.region(
        name="Annex Ann",
        physicians=(toy.physician("ann"),),
        contracts=(toy.contract("ann"),),
    )
    assert slice_of(region, "home").region.name == "Annex arts-01"


def test_a_number_of_the_slice_is_not_taken_for_a_name(toy) -> None:
    """Two are called like the numbers that the other may get: what was written is left alone."""
    people = tuple(
        toy.physician(id_).model_copy(update={"name": name})
        for id_, name in (("xan", "Arts 01"), ("yas", "Arts 02"))
    )
    region = toy.region(
        physicians=people, contracts=tuple(toy.contract(each.id) for each in people)
    )
    part = slice_of(region, "home").region
    assert [(each.id, each.name) for each in part.physicians] == [
        ("arts-01", "arts-01"),
        ("arts-02", "arts-02"),
    ]


def free_fields(schema: Any) -> Iterator[str]:
    """Names of the fields in a JSON schema that hold a text of no set form."""
    if isinstance(schema, dict):
        for name, each in schema.get("properties", {}).items():
            for one in (each, each.get("items", {}), *each.get("anyOf", ())):
                if one.get("type") == "string" and not {"pattern", "format", "enum", "const"} & {
                    *one
                }:
                    yield name
        for each in schema.values():
            yield from free_fields(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from free_fields(each)


def test_every_free_field_of_a_region_is_looked_at() -> None:
    """A field that somebody adds later is not forgotten.

    Targets of pins are written as in rosters; rules that are off are ids of ours.
    """
    assert set(free_fields(Region.model_json_schema())) - {"target", "rules_off"} <= FREE


@pytest.mark.parametrize("names", [False, True])
def test_residents_go_by_numbers_of_the_slice(toy, names: bool) -> None:
    """Birth dates and initials serve as numbers in this region; the dates tell which is which."""
    numbers = ("jk-310", "190423", "abc-7", "281130", "r-1")
    admissions = tuple(
        Admission(site="home", resident=each, admitted_on=toy.MONDAY + timedelta(days=at))
        for at, each in enumerate(numbers)
    )
    region = toy.region(admissions=admissions)
    part = slice_of(region, "home", names=names).region
    found = [each.resident for each in part.admissions]
    days: set[date] = {each.admitted_on for each in part.admissions}
    assert days == {each.admitted_on for each in admissions}
    if names:
        assert sorted(found) == sorted(numbers)
    else:
        assert found == ["r-001", "r-002", "r-003", "r-004", "r-005"]
        assert not any(each in canonical(part) for each in numbers[:4])
