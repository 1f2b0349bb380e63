"""Shipped regions: found by name, equal to a fresh build, and as their comments say."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from so247.models.calendar import duties
from so247.models.clock import days_interval, period, to_utc
from so247.models.errors import NotFound
from so247.models.evidence import EvidenceKind, Task
from so247.models.lines import Position
from so247.models.norms import Basis, NormKind, Severity
from so247.models.people import SO, Role
from so247.models.sites import CareFunction, Facility
from so247.scenarios import build as building
from so247.scenarios import opening, shortage
from so247.scenarios.catalogue import HERE, load_history, load_region, locate, names
from so247.scenarios.papers import PER_PRACTICE
from so247.scenarios.shipped import MAKERS


def test_four_regions_ship() -> None:
    assert names() == ("veenland", "rijnstreek", "hanzeland", "tekort")
    assert set(MAKERS) == set(names())


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"veenlnd: .* Maybe you meant veenland\."):
        locate("veenlnd")
    with pytest.raises(NotFound, match="Scenarios are veenland, rijnstreek, hanzeland, tekort"):
        locate("xyz")


def test_a_folder_goes_before_a_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # A folder that is no region does not hide the scenario …
    (tmp_path / "tekort").mkdir()
    assert locate("tekort") == HERE / "tekort"
    # … and one that is does.
    (tmp_path / "tekort" / "region.yaml").write_bytes(b"id: tekort\n")
    assert locate("tekort") == Path("tekort")


@pytest.mark.parametrize("name", names())
def test_committed_folders_equal_a_fresh_build(name: str) -> None:
    folder = HERE / name
    committed = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    fresh = building.files(name)
    assert sorted(committed) == sorted(fresh)
    # Compared one by one, so that a failure names the file and not a megabyte of text.
    assert [each for each in fresh if fresh[each] != committed[each]] == []


@pytest.mark.parametrize("name", names())
def test_regions_and_histories_read_back_equal(name: str) -> None:
    made = MAKERS[name]()
    region = load_region(name)
    assert region == made.region
    assert load_history(name, region) == made.history


@pytest.mark.parametrize(
    ("name", "people", "groups", "facilities", "weeks"),
    [
        ("veenland", 8, 4, 6, 4),
        ("rijnstreek", 25, 15, 31, 13),
        ("hanzeland", 60, 40, 100, 26),
    ],
)
def test_sizes_are_those_of_the_domain(
    name: str, people: int, groups: int, facilities: int, weeks: int
) -> None:
    region = load_region(name)
    assert len(region.physicians) == people
    assert (len(region.gp_groups), len(region.facilities)) == (groups, facilities)
    assert region.planning_weeks == weeks


def test_rijnstreek_has_what_its_description_promises() -> None:
    region = load_region("rijnstreek")
    assert len(region.employers) == 4
    roles = {person.role for person in region.physicians}
    assert roles == {SO, Role.TRAINEE, Role.NURSE_PRACTITIONER}
    assert any(len(region.contracts_of(person.id)) == 2 for person in region.physicians)
    assert any(facility.opening_date for facility in region.facilities)
    assert region.commitments
    assert region.absences
    assert region.wishes
    assert region.pins
    assert {row.funding for row in region.sessions} == {"GZSP", "H335", None}
    assert any(employer.extramural_hours_per_week for employer in region.employers)
    assert sum(bool(line.combinable_with) for line in region.lines) == 2
    # Sixteen weeks, as far back as the longest norm that counts on-call duties looks.
    rosters = load_history("rijnstreek", region)
    assert region.planning_start is not None
    start = period(region.planning_start, 1).start
    assert rosters[-1].period.end == start
    assert (start - rosters[0].period.start).days == 16 * 7


@pytest.mark.parametrize("name", ["veenland", "rijnstreek", "hanzeland"])
def test_the_witness_proves_that_a_region_can_be_covered(name: str) -> None:
    from so247.audit.check import check

    made = MAKERS[name]()
    assert made.witness is not None
    report = check(made.region, made.witness, made.history)
    assert report.uncovered_site_minutes == 0
    assert report.hard_breaches == ()
    assert report.missing_sessions == ()
    assert report.covered


def test_the_minimum_of_tekort_can_be_counted() -> None:
    """The best that can be done in the week of leave, tried over all ways to hold its duties."""
    region = load_region("tekort")
    leave = days_interval(*shortage.LEAVE)
    alone = [
        duty.when
        for duty in duties(region, leave)
        if duty.line == shortage.EVENING
        and duty.when.start >= to_utc(shortage.LEAVE[0], region.office_hours.start)
        and duty.when.end <= to_utc(shortage.LEAVE[1], region.office_hours.start)
    ]
    assert [when.minutes // 60 for when in alone] == [15, 15, 15, 15, 17, 23, 23]
    held = []
    for choice in range(2 ** len(alone)):
        chosen = [at for at in range(len(alone)) if choice >> at & 1]
        # Neighbours touch (over 24 h together) or leave 9 of the 11 hours of rest.
        if all(b - a > 1 for a, b in itertools.pairwise(chosen)):
            held.append(sum(alone[at].minutes for at in chosen))
    uncovered = sum(when.minutes for when in alone) - max(held)
    assert len(shortage.SITES) * uncovered == shortage.MINIMUM_SITE_MINUTES == 6360


def test_the_facility_about_to_open_has_everything_but_a_promised_roster() -> None:
    region = load_region("rijnstreek")
    site = region.site_by_id[opening.SITE]
    assert isinstance(site, Facility)
    assert region.planning_start is not None
    assert site.opening_date == region.planning_start
    documents = [each for each in region.evidence if each.site == site.id]
    # Of the two practices that take its residents each signed what is judged per practice, and all
    # eight of the group consented; whatever is signed is signed before the opening.
    assert [each.id for each in region.practices_of(site.id)] == ["hagro-12-a", "hagro-12-b"]
    for kind in PER_PRACTICE:
        assert {each.practice for each in documents if each.kind is kind} == {
            "hagro-12-a",
            "hagro-12-b",
        }
    assert sum(each.kind is EvidenceKind.GP_CONSENT for each in documents) == 8
    assert all(each.signed_on and each.signed_on < site.opening_date for each in documents)
    assert {row.task for row in region.task_holders if row.site == site.id} == set(Task)
    assert all(row.handover_consent for row in region.admissions)
    (agreement,) = [each for each in region.agreements if each.site == site.id]
    assert agreement.signed_by(site.opening_date)
    assert (agreement.phone_minutes, agreement.on_site_minutes) == (15, 50)
    functions = {row.function for row in site.function_holders}
    assert functions == set(agreement.functions) != {CareFunction.CONSULTATION}
    # Three lines round the clock and behind it.
    assert {line.position for line in region.lines if site.id in line.sites} == set(Position)
    # Nobody's limit is reached by one line with it, and two more such facilities fit.
    for person in region.physicians:
        for line in region.lines:
            if person.role in line.roles and set(person.pools) >= set(site.pools):
                assert person.max_sites is None or person.max_sites >= len(line.sites) + 2


def test_the_readme_of_rijnstreek_names_the_facilities_worth_a_look() -> None:
    text = (HERE / "rijnstreek" / "README.md").read_text(encoding="utf-8")
    known = load_region("rijnstreek").site_by_id
    named = set(re.findall(r"^\| `([a-z0-9-]+)` \|", text, flags=re.MULTILINE))
    assert named == set(opening.OPEN) <= known.keys()
    assert f"so247 prove rijnstreek {opening.SITE}" in text


def test_some_facilities_of_rijnstreek_lack_something() -> None:
    region = load_region("rijnstreek")
    by_id = {each.id: each for each in region.evidence}
    assert by_id[f"{opening.EXPIRING}-4"].valid_until == date(2026, 12, 31)
    assert by_id[f"{opening.UNSIGNED}-1"].signed_on is None
    assert 7 not in by_id[f"{opening.LACKING}-8"].clauses
    with_evidence = {each.site for each in region.evidence}
    assert len(region.facilities) - len(with_evidence) == 26


def test_capacity_alone_stands_in_the_way_in_tekort() -> None:
    region = load_region("tekort")
    (house,) = region.facilities
    assert house.opening_date == region.planning_start
    # Every kind but those for short stay, for institutions and for special offers.
    assert {each.kind for each in region.evidence} == set(EvidenceKind) - {
        EvidenceKind.SHORT_STAY_AGREEMENT,
        EvidenceKind.GP_INSTITUTION_CONTRACT,
        EvidenceKind.SPECIAL_OFFER,
    }
    assert all(each.signed_on and each.agrees and not each.valid_until for each in region.evidence)
    assert len(region.task_holders) == len(Task)
    # Nor would it do to leave out voluntary norms: what is hard here was agreed collectively.
    (pack,) = region.rule_packs
    hard = [norm for norm in pack.norms if norm.severity is Severity.HARD]
    assert {norm.kind for norm in hard} >= {NormKind.REST, NormKind.CONTINUOUS}
    assert all(norm.basis is Basis.COLLECTIVE_AGREEMENT for norm in hard)
    assert all(row.pack == pack.id for each in region.physicians for row in each.rule_packs)
    assert all(each.rule_packs for each in region.physicians)
