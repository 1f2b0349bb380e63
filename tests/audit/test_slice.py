"""The slice of a proof: nobody's name in it, and the check says the same of it as of the region."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest

from so247.audit.check import check
from so247.audit.slice import Slice, slice_of
from so247.models.canonical import canonical, region_hash, section_hashes
from so247.models.errors import NotFound, RosterError
from so247.models.evidence import (
    Admission,
    Evidence,
    EvidenceKind,
    PracticeAbsence,
    Task,
    TaskHolder,
)
from so247.models.people import Absence, Commitment, Employer, Pin, Wish, WishKind
from so247.models.region import Region
from so247.models.report import Report
from so247.models.roster import Assignment, Gap, LedgerEntry, Roster, State
from so247.models.settings import Burden
from so247.models.sites import (
    CareFunction,
    FunctionHolder,
    GpGroup,
    GpPost,
    GpPractice,
    Pairing,
    Place,
    TravelTime,
)
from so247.scenarios.catalogue import load_history, load_region
from so247.scenarios.generator import build
from so247.scenarios.spec import Backups, Spec

NUMBER = re.compile(r"\b(?:arts|contract|werkgever|plaats|onbekend)-[0-9]+\b")
SECRET = "geheim"
"""Stands in every name that the slice must not tell."""
SPEC = Spec(
    physicians=12,
    gp_groups=2,
    facilities=3,
    employers=2,
    backups=Backups.OWN,
    trainees=0.2,
    two_contracts=0.3,
    sessions_per_group=8,
    leave=0.2,
)


def secret_region(toy: Any) -> Region:
    """The toy region with evidence, tasks and the like, in which every person's word is secret."""
    ann = toy.physician(
        "geheim-ann", person_key="geheim-key", day_base="geheim-base", night_base="hap"
    )
    bob = toy.physician("geheim-bob", day_base="geheim-far", night_base="group")
    group = GpGroup(
        id="group",
        name="Group",
        pools=("pool",),
        gp_post="hap",
        residents=toy.residents(5),
        practices=(GpPractice(id="oak", name="Oak"), GpPractice(id="elm", name="Elm")),
    )
    home = toy.facility(
        gp_group="group",
        practices=("oak",),
        function_holders=(
            FunctionHolder(function=CareFunction.CONSULTATION, physician="geheim-ann"),
        ),
    )
    evidence = [
        Evidence(
            id=f"geheim-{site}-{kind.value}",
            kind=kind,
            site=site,
            practice="oak",
            partner=partner,
            document=f"Brief van geheim {kind.value}",
            signer="Dokter Geheim",
            signed_on=date(2026, 1, 1),
        )
        for site in ("home", "group")
        for kind, partner in (
            (EvidenceKind.GP_STATEMENT, None),
            (EvidenceKind.OUT_OF_HOURS_AGREEMENT, "hap"),
            (EvidenceKind.STAFFING_PLAN, "geheim-care"),
            (EvidenceKind.AVAILABILITY_AGREEMENT, "pool"),
        )
    ]
    return toy.region(
        gp_posts=(GpPost(id="hap", name="Post"),),
        gp_groups=(group,),
        facilities=(home, toy.facility("other")),
        employers=(Employer(id="geheim-care", name="Geheim BV"),),
        places=(
            Place(id="geheim-base", name="Geheim Base"),
            Place(id="geheim-far", name="Geheim Far"),
        ),
        physicians=(ann, bob),
        contracts=tuple(
            toy.contract(who, id=f"{who}-c", employer="geheim-care")
            for who in ("geheim-ann", "geheim-bob")
        ),
        absences=(
            Absence(
                physician="geheim-bob", first_day=date(2026, 11, 3), last_day=date(2026, 11, 3)
            ),
        ),
        commitments=(
            Commitment(
                physician="geheim-ann",
                place="geheim-far",
                contract="geheim-ann-c",
                day=date(2026, 11, 4),
                start_time=time(9),
                end_time=time(12),
            ),
        ),
        wishes=(
            Wish(
                physician="geheim-ann",
                kind=WishKind.WANTS,
                first_day=toy.MONDAY,
                last_day=toy.MONDAY,
            ),
        ),
        pins=(
            Pin(target="anw@2026-11-02T16:00Z", physician="geheim-ann", contract="geheim-ann-c"),
            Pin(target="geheim-dienst", physician="geheim-bob"),
        ),
        pairings=(Pairing(site="oak", physician="geheim-ann", deputy="geheim-bob"),),
        travel_times=(
            *(
                TravelTime(origin=origin, destination=site, minutes=20)
                for origin in ("geheim-base", "geheim-far", "hap")
                for site in ("home", "group")
            ),
            TravelTime(origin="geheim-base", destination="geheim-far", minutes=7),
        ),
        evidence=tuple(evidence),
        task_holders=tuple(
            TaskHolder(site=site, task=Task.GENERAL_CARE, holder=holder)
            for site in ("home", "group")
            for holder in ("geheim-ann", "geheim-care", "oak", "hap")
        ),
        admissions=tuple(
            Admission(site=site, resident="r-017", admitted_on=toy.MONDAY)
            for site in ("home", "other")
        ),
        practice_absences=tuple(
            PracticeAbsence(
                practice=practice,
                first_day=toy.MONDAY,
                last_day=toy.MONDAY,
                locum="Mevrouw Geheim",
            )
            for practice in ("oak", "elm")
        ),
    )


def secret_roster(toy: Any) -> Roster:
    """A roster that also names somebody and something that the region does not know."""
    when = toy.between("2026-11-02 17:00", "2026-11-03 08:00")
    return toy.roster(
        toy.held("anw@2026-11-02T16:00Z", "geheim-ann", when),
        toy.held("anw@geheim", "geheim-bob", when),
        toy.held("group.consultation.2026w45.1", "geheim-bob", when, contract=None),
        toy.held("geheim.consultation.2026w45.geheim", "geheim-bob", when),
        toy.held("geheim dienst", "geheim-stranger", when, line="geheim-l", site="geheim-far"),
        toy.held("anw@2026-11-03T16:00Z", "hap", when, contract=None, line="day", site="home"),
        gaps=(Gap(target="day@2026-11-03T07:00Z", reasons=("geheim-ann is absent",)),),
        opening_ledger=(
            LedgerEntry(physician="geheim-bob", burden=Burden.WEEKEND, balance=5),
            LedgerEntry(physician="geheim-gone", burden=Burden.WEEKEND, balance=-5),
        ),
    )


def in_real_names(part: Slice, text: str) -> str:
    return NUMBER.sub(lambda found: part.real(found.group()), text)


TIE = "cover.one_holder"
"""Of two people at odds the check blames the one whose name comes last."""


def rows(data: Any) -> list[str]:
    """Sorted, without the order in which a text names things that are sorted by name."""
    for each in data:
        each["text"] = sorted(set(each["text"].split()))
        if each.get("rule") == TIE:
            each["physician"] = ""
    return sorted(json.dumps(each, sort_keys=True) for each in data)


def notes(data: Any) -> set[tuple[str, str]]:
    """Code and first words: who breaks which rule. The example behind it is the first by name."""
    words = ((each["code"], each["text"].split(":")[0]) for each in data)
    return {(code, TIE if text.endswith(TIE) else text) for code, text in words}


def said(report: Report, part: Slice | None = None) -> dict[str, Any]:
    """What a check found, with real names, and without the order that names bring about."""
    text = report.model_dump_json()
    data = json.loads(text if part is None else in_real_names(part, text))
    for site in data["sites"]:
        for stretch in site["stretches"]:
            stretch["holders"].sort()
            stretch["reasons"] = rows(stretch["reasons"])
        site["notes"] = notes(site["notes"])
    for finding in data["findings"]:
        finding["targets"].sort()
    return {
        "sites": data["sites"],
        "findings": rows(data["findings"]),
        "missing": data["missing_sessions"],
    }


def test_no_name_of_a_person_is_in_it(toy) -> None:
    part = slice_of(secret_region(toy), "home")
    everything = canonical(part.region) + part.roster(secret_roster(toy)).model_dump_json()
    assert SECRET not in everything.lower()


def test_the_slice_is_a_region_that_can_be_read_again(toy) -> None:
    part = slice_of(secret_region(toy), "home").region
    assert Region.model_validate_json(part.model_dump_json()) == part


def test_what_people_are_called_in_it(toy) -> None:
    part = slice_of(secret_region(toy), "home")
    region = part.region
    assert [each.id for each in region.physicians] == ["arts-01", "arts-02"]
    assert [each.name for each in region.physicians] == ["arts-01", "arts-02"]
    assert {part.real(each.id) for each in region.physicians} == {"geheim-ann", "geheim-bob"}
    assert {part.real(each.id) for each in region.places} == {"geheim-base", "geheim-far"}
    assert [(each.id, each.name) for each in region.employers] == [("werkgever-01",) * 2]
    assert {each.signer for each in region.evidence} == {"ondertekenaar-01"}
    assert {each.partner for each in region.evidence} == {None, "hap", "pool", "werkgever-01"}
    assert [each.locum for each in region.practice_absences] == ["waarnemer-01"]
    # Sites, pools, practices, GP posts and lines are no persons.
    assert [each.name for each in region.facilities] == ["Home", "Other"]
    assert {each.holder for each in region.task_holders} >= {"oak", "hap", "werkgever-01"}
    # A base that is a site keeps its name; what a person is called in one place holds everywhere.
    ann = next(each for each in region.physicians if part.real(each.id) == "geheim-ann")
    assert ann.night_base == "hap"
    assert ann.person_key is None
    assert region.facilities[0].function_holders[0].physician == ann.id
    assert {each.physician for each in region.commitments} == {ann.id}


def test_what_other_sites_rest_on_and_no_check_reads_is_left_out(toy) -> None:
    region = slice_of(secret_region(toy), "home").region
    assert region.wishes == region.pairings == ()
    assert {each.site for each in region.evidence} == {"home"}
    assert {each.site for each in region.task_holders} == {"home"}
    assert {each.site for each in region.admissions} == {"home"}
    # Home is served by practice oak alone.
    assert {each.practice for each in region.practice_absences} == {"oak"}
    # The way between two bases says where people live, and leads to no site.
    assert len(region.travel_times) == 6


def test_with_names_it_leaves_out_the_same_and_hides_nothing(toy) -> None:
    region = secret_region(toy)
    open_, hidden = slice_of(region, "home", names=True), slice_of(region, "home")
    people = [each.model_copy(update={"person_key": None}) for each in region.physicians]
    assert list(open_.region.physicians) == people
    assert {each.signer for each in open_.region.evidence} == {"Dokter Geheim"}
    for kind in type(region).model_fields:
        there, here = getattr(open_.region, kind), getattr(hidden.region, kind)
        if isinstance(there, tuple):
            assert len(there) == len(here), kind
    roster = open_.roster(secret_roster(toy))
    assert {each.physician for each in roster.assignments} == {
        each.physician for each in secret_roster(toy).assignments
    }
    assert roster.region_hash == region_hash(open_.region)


def test_numbers_avoid_what_the_region_already_says(toy) -> None:
    """Somebody is really called arts-01, and a place arts-02: both numbers go to nobody."""
    people = tuple(toy.physician(name) for name in ("arts-01", "bob"))
    region = toy.region(
        physicians=people,
        contracts=tuple(toy.contract(each.id) for each in people),
        places=(*toy.region().places, Place(id="arts-02", name="Arts")),
    )
    assert {each.id for each in slice_of(region, "home").region.physicians} == {
        "arts-03",
        "arts-04",
    }


def test_the_order_of_numbers_is_neither_alphabetical_nor_that_of_the_file() -> None:
    region = load_region("rijnstreek")
    part = slice_of(region, "hagro-01")
    real = [part.real(each.id) for each in part.region.physicians]
    assert sorted(real) == sorted(each.id for each in region.physicians)
    assert real != sorted(real)
    assert real != [each.id for each in region.physicians]


def test_the_same_region_gives_the_same_slice() -> None:
    region = load_region("rijnstreek")
    again = load_region("rijnstreek")
    first, second = slice_of(region, "hagro-01"), slice_of(again, "hagro-01")
    assert canonical(first.region) == canonical(second.region)


def test_numbers_do_not_follow_from_the_published_hash(toy) -> None:
    """The same people are in another order where anything else in the region is different.

    The key is the whole text: of 24 orders of four people, eight texts give more than one.
    """
    names = ("ann", "bob", "cas", "dirk")
    orders = set()
    for number in range(8):
        region = toy.region(
            name=f"Toy {number}",
            physicians=tuple(toy.physician(each) for each in names),
            contracts=tuple(toy.contract(each) for each in names),
        )
        part = slice_of(region, "home")
        orders.add(tuple(part.real(each.id) for each in part.region.physicians))
    assert len(orders) > 1


def test_a_roster_comes_back_as_it_went_in_but_for_reasons(toy) -> None:
    region, roster = secret_region(toy), secret_roster(toy)
    part = slice_of(region, "home")
    masked = part.roster(roster)
    assert (masked.region_hash, masked.region_sections) == (
        region_hash(part.region),
        section_hashes(part.region),
    )
    back = part.back(masked)
    assert sorted(back.assignments, key=str) == sorted(roster.assignments, key=str)
    assert back.gaps == (Gap(target="day@2026-11-03T07:00Z"),)
    assert set(back.opening_ledger) == set(roster.opening_ledger)
    assert (back.region_hash, back.region_sections) == (region_hash(region), section_hashes(region))


def test_whom_the_region_does_not_know_gets_a_number(toy) -> None:
    part = slice_of(toy.region(), "home")
    strangers = [toy.whole("day", "zed"), toy.whole("anw", "yan"), toy.whole("anw", "zed")]
    masked = part.roster(toy.roster(*strangers))
    found = {each.physician for each in masked.assignments}
    assert {part.real(each) for each in found} == {"zed", "yan"}
    assert all(re.fullmatch("onbekend-0[1-9]", each) for each in found)
    # In a later roster they are the same.
    (again,) = part.roster(toy.roster(toy.whole("day", "zed"))).assignments
    assert part.real(again.physician) == "zed"
    assert again.physician in found


def test_a_site_that_is_not_there(toy) -> None:
    with pytest.raises(NotFound, match="Maybe you meant home"):
        slice_of(toy.region(), "hom")


def test_a_roster_of_another_region_is_still_refused(toy) -> None:
    part = slice_of(toy.region(), "home")
    with pytest.raises(RosterError):
        check(part.region, part.roster(toy.roster(region_id="elsewhere")))


def mutated(region: Region, roster: Roster, random: Random) -> Roster:
    """A few assignments changed, dropped, doubled or made up, legal or not."""
    people = [*(each.id for each in region.physicians), "stranger", "hap"]
    contracts = [*(each.id for each in region.contracts), "no-contract", None]
    held = list(roster.assignments)
    for _ in range(random.randrange(1, 12)):
        at = random.randrange(len(held))
        each = held[at]
        match random.randrange(7):
            case 0:
                held[at] = each.model_copy(update={"physician": random.choice(people)})
            case 1:
                held[at] = each.model_copy(update={"contract": random.choice(contracts)})
            case 2:
                del held[at]
            case 3:
                held.append(each.model_copy(update={"physician": random.choice(people)}))
            case 4:
                later = timedelta(hours=random.randrange(-9, 10))
                start, end = each.when.start + later, each.when.end + later
                moved = each.when.model_copy(update={"start": start, "end": end})
                held[at] = each.model_copy(update={"when": moved})
            case 5:
                place = random.choice([*region.places, *region.gp_groups]).id
                held.append(each.model_copy(update={"target": "by hand", "site": place}))
            case _:
                held[at] = each.model_copy(update={"state": State.DECLINED})
    return roster.model_copy(update={"assignments": tuple(held)})


def compare(region: Region, roster: Roster, history: tuple[Roster, ...], site: str) -> Report:
    """The check of the region; asserts that the check of the slice says the same."""
    part = slice_of(region, site)
    whole = check(region, roster, history)
    sliced = check(part.region, part.roster(roster), tuple(part.roster(each) for each in history))
    assert said(sliced, part) == said(whole)
    assert sliced.changes == ()
    return whole


@pytest.mark.parametrize("name", ["rijnstreek", "hanzeland"])
def test_the_check_says_the_same_of_shipped_scenarios(name: str) -> None:
    region = load_region(name)
    *before, last = load_history(name, region)
    report = compare(region, last, tuple(before), region.facilities[0].id)
    assert report.sites


@pytest.mark.parametrize("name", ["veenland", "tekort"])
def test_the_check_says_the_same_of_an_empty_roster(name: str, toy) -> None:
    region = load_region(name)
    roster = Roster(region_id=region.id, period=toy.WEEK)
    report = compare(region, roster, (), region.gp_groups[0].id)
    assert report.uncovered_site_minutes


def generated() -> Iterator[tuple[Region, Roster, tuple[Roster, ...]]]:
    for seed in (1, 2):
        made = build(SPEC, seed)
        assert made.witness is not None
        yield made.region, made.witness, made.history


def test_the_check_says_the_same_of_mutated_rosters() -> None:
    random = Random(7)
    rules = set()
    for region, roster, history in generated():
        for _ in range(12):
            report = compare(
                region, mutated(region, roster, random), history, region.facilities[0].id
            )
            rules |= {each.rule for each in report.findings}
    # The mutations do break rules of every family, or the comparison would say little.
    assert {rule.split(".")[0] for rule in rules} >= {"eligible", "time", "norm", "cover"}


def test_the_check_says_the_same_of_strange_rosters(toy) -> None:
    compare(secret_region(toy), secret_roster(toy), (), "home")


def test_an_assignment_is_an_assignment(toy) -> None:
    """Whatever text stands in a target, it comes back, and two texts never become one."""
    part = slice_of(toy.region(), "home")
    random = Random(3)
    pieces = ["anw", "day", "@", ".", "2026-11-02T16:00Z", "group", "consultation", "x", "", "b12"]
    texts = {"".join(random.choices(pieces, k=random.randrange(1, 9))) for _ in range(400)}
    held = [Assignment(target=text, physician="ann", when=toy.WEEK) for text in sorted(texts)]
    masked = part.roster(toy.roster(*held))
    assert len({each.target for each in masked.assignments}) == len(texts)
    assert {each.target for each in part.back(masked).assignments} == texts
