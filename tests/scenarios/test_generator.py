"""The generator: deterministic, valid, and legal by construction where it promises so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so247.models.base import ID_PATTERN
from so247.models.calendar import duties, session_periods
from so247.models.canonical import region_hash
from so247.models.clock import period
from so247.models.errors import InputError
from so247.models.evidence import Task
from so247.models.people import SO, Role
from so247.models.region import Region
from so247.models.report import Report
from so247.models.roster import Roster
from so247.models.settings import Burden
from so247.scenarios.generator import build, generate, generate_with_witness
from so247.scenarios.spec import Backups, Spec

WIDE = Spec(
    physicians=20,
    gp_groups=4,
    facilities=6,
    areas=2,
    weeks=5,
    employers=3,
    backups=Backups.OWN,
    split_office=True,
    combinable=True,
    trainees=0.1,
    nurse_practitioners=0.1,
    two_contracts=0.3,
    pins=2,
    remote=1,
    joiners=1,
    openings=1,
    history_weeks=8,
)
"""Small, with every feature on."""

SHARED = replace(WIDE, areas=4, backups=Backups.SHARED, physicians=32, history_weeks=0)

SPECS = st.builds(
    Spec,
    physicians=st.integers(7, 14),
    gp_groups=st.integers(1, 4),
    facilities=st.integers(0, 5),
    weeks=st.integers(1, 6),
    start=st.sampled_from([date(2026, 10, 5), date(2026, 12, 21), date(2027, 3, 22)]),
    employers=st.integers(1, 4),
    backups=st.sampled_from([Backups.NONE, Backups.OWN]),
    split_office=st.booleans(),
    leave=st.sampled_from([0.0, 0.5, 1.0]),
    two_contracts=st.sampled_from([0.0, 0.5]),
    history_weeks=st.sampled_from([0, 4]),
)


def checked(region: Region, roster: Roster, history: tuple[Roster, ...] = ()) -> Report:
    from so247.audit.check import check

    return check(region, roster, history)


@pytest.mark.parametrize("spec", [Spec(), WIDE, SHARED], ids=["small", "wide", "shared"])
def test_the_same_spec_and_seed_give_the_same_region_witness_and_history(spec: Spec) -> None:
    first, second = build(spec, 7), build(spec, 7)
    assert region_hash(first.region) == region_hash(second.region)
    assert first == second


def test_another_seed_gives_another_region() -> None:
    assert region_hash(generate(Spec(), 1)) != region_hash(generate(Spec(), 2))


def test_ids_are_ids_and_hold_no_names() -> None:
    region = generate(WIDE, 3)
    ids = [site.id for site in region.site_by_id.values()] + [p.id for p in region.physicians]
    assert all(re.match(ID_PATTERN, each) for each in ids)
    # Ids end up in logs and file names; a person's must not give the name away.
    for person in region.physicians:
        assert re.fullmatch(r"(so|aios|vs)-\d+", person.id)


def test_the_spec_is_followed() -> None:
    region = generate(WIDE, 3)
    assert (len(region.physicians), len(region.gp_groups), len(region.facilities)) == (20, 4, 6)
    roles = [person.role for person in region.physicians]
    # A tenth of twenty each.
    assert (roles.count(Role.TRAINEE), roles.count(Role.NURSE_PRACTITIONER)) == (2, 2)
    # Two areas with office hours, first line and backup each.
    assert len(region.lines) == 6
    assert {line.id: line.combinable_with for line in region.lines if line.combinable_with} == {
        "noord-achterwacht": ("oost-achterwacht",),
        "oost-achterwacht": ("noord-achterwacht",),
    }
    assert len(region.pins) == 2
    assert sum(facility.opening_date is not None for facility in region.facilities) == 1
    assert {row.physician for row in region.contracts if row.valid_from} != set()
    assert len({person.name for person in region.physicians}) == 20


def test_the_witness_holds_every_duty_and_session_once() -> None:
    made = build(WIDE, 5)
    assert made.witness is not None
    span = period(WIDE.start, WIDE.weeks)
    # What began before the period is history's (docs/RULES.md, "In the period").
    expected = [duty.id for duty in duties(made.region, span) if duty.when.start >= span.start]
    expected += [each for row in session_periods(made.region, span) for each in row.ids]
    assert sorted(each.target for each in made.witness.assignments) == sorted(expected)


@pytest.mark.parametrize("spec", [Spec(), WIDE, SHARED], ids=["small", "wide", "shared"])
def test_a_witness_has_no_gap_no_breach_and_nothing_unknown(spec: Spec) -> None:
    made = build(spec, 11)
    assert made.witness is not None
    report = checked(made.region, made.witness, made.history)
    assert report.uncovered_site_minutes == 0
    assert report.hard_breaches == ()
    assert report.missing_sessions == ()
    assert report.covered


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=SPECS, seed=st.integers(0, 10_000))
def test_every_witness_is_legal(spec: Spec, seed: int) -> None:
    made = build(spec, seed)
    assert made.witness is not None
    report = checked(made.region, made.witness, made.history)
    assert (report.uncovered_site_minutes, report.hard_breaches) == (0, ())


def test_three_people_are_enough() -> None:
    region, witness = generate_with_witness(Spec(physicians=3, gp_groups=1, facilities=1), 1)
    assert checked(region, witness).covered


def test_a_large_region_is_made_too() -> None:
    spec = Spec(physicians=200, gp_groups=40, facilities=120, areas=20, weeks=6, employers=8)
    made = build(spec, 1)
    assert made.witness is not None
    # Each area holds 12 pieces a week; the piece that began on the Sunday before makes one more.
    assert sum("@" in each.target for each in made.witness.assignments) == 20 * (12 * 6 + 1)


def test_some_of_the_witness_combines_lines() -> None:
    made = build(WIDE, 5)
    assert made.witness is not None
    blocks = Counter(
        (each.physician, each.when.start)
        for each in made.witness.assignments
        if "achterwacht@" in each.target
    )
    assert max(blocks.values()) == 2


def test_too_few_people_are_refused_with_advice() -> None:
    # One line has 7 on-call duties a week, 112 in 16 weeks; three people may hold 3 x 32 = 96.
    spec = Spec(physicians=3, gp_groups=1, facilities=1, weeks=16)
    with pytest.raises(InputError, match=r"too few people.*Maybe more physicians"):
        generate(spec, 1)


def test_everything_wrong_with_a_spec_is_told_at_once() -> None:
    spec = Spec(physicians=1, leave=2.0, start=date(2026, 10, 6), history_weeks=3)
    with pytest.raises(InputError) as caught:
        generate(spec, 1)
    # Too few people in all and for one area, a share above 1, a Tuesday, three weeks of history.
    assert len(caught.value.problems) == 5


def test_with_evidence_every_facility_has_its_papers_and_nothing_else_changes() -> None:
    plain, documented = generate(WIDE, 3), generate(replace(WIDE, evidence=True), 3)
    assert {each.site for each in documented.evidence} == {each.id for each in plain.facilities}
    assert all(
        Counter(row.task for row in documented.task_holders if row.site == each.id) == Counter(Task)
        for each in plain.facilities
    )
    assert plain.evidence == ()
    for name in ("physicians", "contracts", "lines", "agreements", "travel_times", "absences"):
        assert getattr(plain, name) == getattr(documented, name)


def test_without_feasible_there_is_no_witness() -> None:
    spec = Spec(feasible=False)
    assert build(spec, 1).witness is None
    # A third of eight people, rounded, is away.
    assert len(build(spec, 1).region.absences) == 3
    with pytest.raises(InputError, match="no witness"):
        generate_with_witness(spec, 1)


def test_history_joins_the_period_without_a_gap() -> None:
    made = build(WIDE, 5)
    assert [roster.region_id for roster in made.history] == [made.region.id] * 2
    assert made.history[0].period.end == made.history[1].period.start
    assert made.history[1].period.end == period(WIDE.start, WIDE.weeks).start
    assert made.witness is not None
    assert made.witness.opening_ledger == made.history[-1].closing_ledger != ()


def test_the_ledger_is_what_the_rulebook_makes_of_the_witness() -> None:
    """Same figures by two ways: the rotation's integers and the check's exact fractions."""
    from so247.audit.holdings import Case
    from so247.audit.tiers.fairness import closing_ledger

    made = build(WIDE, 5)
    assert made.witness is not None
    expected = {
        (row.physician, row.burden): row.balance
        for row in closing_ledger(Case(made.region, made.witness, made.history))
        if row.burden is not Burden.UNPAIRED_SESSION
    }
    found = {(row.physician, row.burden): row.balance for row in made.witness.closing_ledger}
    assert found.keys() <= expected.keys()
    # Thousandths, rounded after the history and again after the period.
    assert all(abs(expected[key] - found.get(key, 0)) <= 2 for key in expected)


def test_people_at_home_far_away_are_sos() -> None:
    region = generate(WIDE, 5)
    far = [p for p in region.physicians if min(_drives(region, p.night_base)) > 60]
    assert [person.role for person in far] == [SO]


def _drives(region: Region, base: str | None) -> list[int]:
    found = [region.travel(base, site) for site in region.site_by_id]
    return [minutes for minutes in found if minutes is not None]
