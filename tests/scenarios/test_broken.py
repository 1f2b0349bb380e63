"""Small regions of known outcome: coverable, and by a pencil not so with a cause planted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.calendar import absence_interval, burden_of, commitment_intervals
from so247.models.canonical import region_hash
from so247.models.clock import Interval, days_touched, local_day
from so247.models.evidence import Task
from so247.models.norms import Basis, Severity
from so247.models.packs import SO_VOLUNTARY_NORM
from so247.models.people import SO
from so247.models.proof import Requirement, RequirementKind, Said, Verdict
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.sites import Facility
from so247.scenarios.broken import MAKERS, broken, feasible
from so247.scenarios.causes import Broken, Cause
from so247.scenarios.changes import line_of
from so247.scenarios.small import Shape, Small, small

SEEDS = range(3)


def assert_covered(region: Region, witness: Roster) -> None:
    """Nothing is uncovered, unknown or broken: so every site is coverable."""
    report = check(region, witness)
    assert report.uncovered_site_minutes == 0
    assert report.hard_breaches == ()
    assert report.covered


def of(case: Broken) -> tuple[Assignment, ...]:
    """The duties of the argument, as the roster before holds them."""
    found = {each.target: each for each in case.before.duties}
    return tuple(found[target] for target in case.duties)


@pytest.mark.parametrize("seed", range(12))
def test_a_feasible_region_is_covered_by_its_roster(seed: int) -> None:
    made = feasible(seed)
    assert made.witness.region_hash == region_hash(made.region)
    assert_covered(made.region, made.witness)


@pytest.mark.parametrize("seed", range(12))
def test_a_small_region_is_small_and_its_site_has_its_papers(seed: int) -> None:
    made = feasible(seed)
    assert 4 <= len(made.region.physicians) <= 8
    assert 1 <= made.weeks <= 4
    assert len(made.region.lines) <= 2
    site = made.region.site_by_id[made.site]
    assert isinstance(site, Facility)
    assert site.opening_date == made.start == made.region.planning_start
    assert {row.task for row in made.region.task_holders if row.site == site.id} == set(Task)
    assert len({row.kind for row in made.region.evidence if row.site == site.id}) == 13


def test_shapes_come_by_turns() -> None:
    lines = {len(feasible(seed).region.lines) for seed in range(12)}
    weeks = {feasible(seed).weeks for seed in range(12)}
    assert lines == {1, 2}
    assert weeks == {1, 2, 3, 4}
    roles = {each.role for each in small(0, Shape.BACKED).region.physicians}
    assert len(roles) == 2


def test_every_cause_has_its_maker() -> None:
    assert set(MAKERS) == set(Cause)
    assert {broken(1, cause).cause for cause in Cause} == set(Cause)


@pytest.mark.parametrize("cause", Cause)
def test_the_same_seed_gives_the_same_region(cause: Cause) -> None:
    assert broken(7, cause) == broken(7, cause)
    assert region_hash(broken(7, cause).region) != region_hash(broken(8, cause).region)


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_cause_the_roster_is_legal_and_with_it_no_longer(
    seed: int, cause: Cause
) -> None:
    case = broken(seed, cause)
    assert_covered(case.before.region, case.before.witness)
    witness = case.before.witness.model_copy(update={"region_hash": region_hash(case.region)})
    assert not check(case.region, witness).covered


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_cause_is_certain_by_a_pencil(seed: int, cause: Cause) -> None:
    case = broken(seed, cause)
    assert case.duties
    PENCIL[cause](case)


def test_what_a_proof_must_say() -> None:
    verdicts = {cause: broken(0, cause).verdict for cause in Cause}
    assert verdicts.pop(Cause.VOLUNTARY) is Verdict.NOT_YET
    assert set(verdicts.values()) == {Verdict.IMPOSSIBLE}


def test_a_planted_requirement_is_recognised() -> None:
    planted = broken(0, Cause.REST).planted
    said = Said(code="", nl="", en="")
    requirement = Requirement(
        key="",
        kind=RequirementKind.NORM,
        rule="norm.rest",
        physician=planted.physicians[0],
        name=planted.names[0],
        text=said,
    )
    assert planted.matches(requirement)
    for other in (
        {"kind": RequirementKind.LEAVE},
        {"rule": "norm.continuous"},
        {"physician": "somebody"},
        {"physician": None},
        {"name": "weekly_rest_36h"},
    ):
        assert not planted.matches(requirement.model_copy(update=other))


def crew(case: Broken, duty: Assignment) -> set[str]:
    """Who may hold the line by role; a small region has one pool."""
    assert len(case.region.pools) == 1
    roles = case.region.line_by_id[line_of(duty)].roles
    return {each.id for each in case.region.physicians if each.role in roles}


def on_leave(region: Region, when: Interval) -> set[str]:
    return {row.physician for row in region.absences if absence_interval(row).overlaps(when)}


def too_far(region: Region, duty: Assignment) -> set[str]:
    """Who starts from the night base too far from a site of the line."""
    assert burden_of(region, duty.when) is not None  # out of hours
    line = region.line_by_id[line_of(duty)]
    limits = {row.site: row.on_site_minutes for row in region.agreements}
    return {
        each.id
        for each in region.physicians
        if any((region.travel(each.night_base, site) or 0) > limits[site] for site in line.sites)
    }


def leave(case: Broken) -> None:
    (duty,) = of(case)
    assert crew(case, duty) <= on_leave(case.region, duty.when)
    assert crew(case, duty) == set(case.planted.physicians)


def travel(case: Broken) -> None:
    (duty,) = of(case)
    far = too_far(case.region, duty)
    assert far == set(case.planted.physicians)
    assert too_far(case.before.region, duty) == set()
    # The one who is near is away; so nobody is left, and everybody who is far was needed for that.
    assert crew(case, duty) - far <= on_leave(case.region, duty.when)
    assert len(crew(case, duty) - far) == 1


def commitment(case: Broken) -> None:
    (duty,) = of(case)
    working = {
        row.physician
        for row in case.region.commitments
        if not row.on_call_allowed
        and any(
            when.overlaps(duty.when)
            for when in commitment_intervals(case.region, row, case.before.span)
        )
    }
    assert crew(case, duty) <= working
    # No hard norm of theirs counts other work, but around presence duties, which there are not.
    hard = [norm for norm in SO_VOLUNTARY_NORM.norms if norm.severity is Severity.HARD]
    counting = [norm for norm in hard if "commitment" in norm.counts]
    assert all(norm.source == "ATB 4.8:2" for norm in counting)
    assert {each.role for each in case.region.physicians} == {SO}


def registration(case: Broken) -> None:
    (duty,) = of(case)
    first = local_day(duty.when.start)
    assert not any(each.registered_on(first) for each in case.region.physicians)


def contract_period(case: Broken) -> None:
    (duty,) = of(case)
    touched = set(days_touched(duty.when))
    assert not any(each.holds_on(day) for each in case.region.contracts for day in touched)
    assert all(each.max_duties is None for each in case.region.contracts)


def free_weekday(case: Broken) -> None:
    (duty,) = of(case)
    day = Weekday.of(local_day(duty.when.start))
    assert all(day in each.free_weekdays for each in case.region.contracts)


def capacity(case: Broken) -> None:
    (duty,) = of(case)
    line = case.region.line_by_id[line_of(duty)]
    need = sum(case.region.residents_at(site) for site in line.sites)
    rooms = [case.region.physician_by_id[each].max_residents for each in crew(case, duty)]
    assert all(room is not None and room < need for room in rooms)


def contracts(case: Broken) -> None:
    # Each of the duties is booked on one contract, whose figure holds for the whole period.
    assert {each.per_weeks for each in case.region.contracts} == {case.before.weeks}
    room = sum(each.max_duties or 0 for each in case.region.contracts)
    assert room == len(case.duties) - 1
    assert all(each.when.start >= case.before.span.start for each in of(case))
    # A contract without any duty is no limit but a fact; there is none such.
    assert min(each.max_duties or 0 for each in case.region.contracts) == 1


def count(case: Broken) -> None:
    starts = [each.when.start for each in of(case)]
    assert max(starts) - min(starts) < timedelta(days=7)
    assert all(burden_of(case.region, each.when) is not None for each in of(case))
    (pack,) = case.region.rule_packs
    (norm,) = [each for each in pack.norms if each.id in case.planted.names]
    assert (norm.limit, norm.window_days, norm.basis) == (1, 7, Basis.COLLECTIVE_AGREEMENT)
    assert all(each.rule_packs[0].pack == pack.id for each in case.region.physicians)
    assert len(case.region.physicians) * norm.limit < len(starts)


def one_is_left(case: Broken) -> str:
    """The only one who is not away from any of the duties."""
    (stays,) = case.planted.physicians
    for duty in of(case):
        assert crew(case, duty) - on_leave(case.region, duty.when) == {stays}
    return stays


def held_by(case: Broken, person: str) -> Roster:
    """The roster before, with all duties of the argument held by one person."""
    (contract, *_) = case.region.contracts_of(person)
    return case.before.witness.model_copy(
        update={
            "region_hash": region_hash(case.region),
            "assignments": tuple(
                each.model_copy(update={"physician": person, "contract": contract.id})
                if each.target in case.duties
                else each
                for each in case.before.witness.assignments
            ),
        }
    )


def rest(case: Broken) -> None:
    first, second = of(case)
    stays = one_is_left(case)
    assert timedelta(0) < second.when.start - first.when.end < timedelta(hours=11)
    binding = {
        norm.basis
        for norm in (*case.region.rule_packs, SO_VOLUNTARY_NORM)[0].norms
        if norm.id in case.planted.names
    }
    voluntary = case.cause is Cause.VOLUNTARY
    assert binding == {Basis.VOLUNTARY if voluntary else Basis.COLLECTIVE_AGREEMENT}
    # Only the rest is in the way: whoever leaves it out has a roster. So every conflict names it.
    report = check(case.region, held_by(case, stays))
    assert report.uncovered_site_minutes == 0
    assert {(each.rule, each.physician, each.norm) for each in report.hard_breaches} == {
        ("norm.rest", stays, case.planted.names[0])
    }


def backup(case: Broken) -> None:
    first, second = of(case)
    stays = one_is_left(case)
    assert first.when == second.when
    assert case.region.line_by_id[line_of(first)].combinable_with == (line_of(second),)
    report = check(case.region, held_by(case, stays))
    assert {each.rule for each in report.hard_breaches} == {"cover.backup_differs"}


def pin(case: Broken) -> None:
    first, second = of(case)
    (stays,) = case.planted.physicians
    (pinned,) = case.region.pins
    assert (pinned.target, pinned.physician) == (first.target, stays)
    assert first.when == second.when
    # Of those who are there only the pinned one may be the backup, and is at the first line.
    assert crew(case, second) - on_leave(case.region, second.when) == {stays}
    assert not case.region.line_by_id[line_of(first)].combinable_with


PENCIL: dict[Cause, Callable[[Broken], None]] = {
    Cause.LEAVE: leave,
    Cause.TRAVEL: travel,
    Cause.COMMITMENT: commitment,
    Cause.REGISTRATION: registration,
    Cause.CONTRACT_PERIOD: contract_period,
    Cause.FREE_WEEKDAY: free_weekday,
    Cause.CAPACITY: capacity,
    Cause.CONTRACTS: contracts,
    Cause.COUNT: count,
    Cause.REST: rest,
    Cause.VOLUNTARY: rest,
    Cause.BACKUP: backup,
    Cause.PIN: pin,
}


@pytest.mark.parametrize("cause", Cause)
def test_only_what_was_planted_is_new(cause: Cause) -> None:
    """So a conflict without any planted requirement would be one of the region before as well."""
    case = broken(2, cause)
    differing = {
        name
        for name in Region.model_fields
        if getattr(case.region, name) != getattr(case.before.region, name)
    }
    assert differing == CHANGES[cause]


CHANGES = {
    Cause.LEAVE: {"absences"},
    Cause.TRAVEL: {"physicians", "places", "travel_times"},
    Cause.COMMITMENT: {"commitments"},
    Cause.REGISTRATION: {"physicians"},
    Cause.CONTRACT_PERIOD: {"contracts"},
    Cause.FREE_WEEKDAY: {"contracts"},
    Cause.CAPACITY: {"physicians"},
    Cause.CONTRACTS: {"contracts"},
    Cause.COUNT: {"rule_packs"},
    Cause.REST: {"absences"},
    Cause.VOLUNTARY: {"absences"},
    Cause.BACKUP: {"absences"},
    Cause.PIN: {"pins"},
}


def test_a_seed_without_a_fitting_duty_passes_to_a_later_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []

    def maker(seed: int, _: object) -> Broken:
        tried.append(seed)
        if len(tried) < 3:
            raise IndexError
        return expected

    expected = broken(0, Cause.LEAVE)
    monkeypatch.setitem(MAKERS, Cause.LEAVE, maker)
    assert broken(5, Cause.LEAVE) is expected
    assert tried == [5, 1005, 2005]


def test_a_changed_small_region_keeps_its_roster_and_says_which_region_it_is_for() -> None:
    made = feasible(1)
    changed: Small = made.changed(name="Anders")
    assert changed.witness.assignments == made.witness.assignments
    assert changed.witness.region_hash == region_hash(changed.region) != region_hash(made.region)
