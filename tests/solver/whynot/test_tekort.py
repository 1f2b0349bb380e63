"""Why ``tekort`` cannot be covered, held against arguments that a pencil can follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest

from so247.audit.certificate import counting_faults
from so247.audit.check import check
from so247.models.clock import UTC, Interval, period, to_local
from so247.models.people import SO
from so247.models.proof import Answered, RequirementKind
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.scenarios.catalogue import load_region
from so247.solver.limits import Limits
from so247.solver.plan import Plan
from so247.solver.solve import solve
from so247.solver.whynot.extra import with_people
from so247.solver.whynot.question import Key, questions_of
from so247.solver.whynot.why import Answer, can_be_covered


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("tekort")


@pytest.fixture(scope="module")
def answer(region: Region) -> Answer:
    assert region.planning_start is not None
    return can_be_covered(Plan(region, region.planning_start, region.planning_weeks), 60)


def test_no_is_said_after_two_solves_and_a_conflict_infeasible_alone(answer: Answer) -> None:
    assert answer.covered is Answered.INFEASIBLE
    configurations = {each.configuration for each in answer.solves}
    assert len(configurations) == 2
    assert {each.answer for each in answer.solves} == {Answered.INFEASIBLE}
    assert answer.why is not None
    assert answer.why.conflict is not None
    assert {each.answer for each in answer.why.conflict.solves} == {Answered.INFEASIBLE}


def start_of(target: str) -> datetime:
    return datetime.strptime(target.partition("@")[2], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def test_the_conflict_is_two_nights_one_person_and_why_the_others_cannot(answer: Answer) -> None:
    # In the second week so-02 and so-03 are away and so-04 lives 80 minutes off, so so-01 is left;
    # between two weeknights lie 9 hours, and the norm asks for 11. Any fewer of these and it fits.
    assert answer.why is not None
    assert answer.why.conflict is not None
    conflict = answer.why.conflict
    assert conflict.minimal
    kinds = sorted((each.kind, each.physician or "") for each in conflict.members)
    assert kinds == [
        (RequirementKind.DUTY, ""),
        (RequirementKind.DUTY, ""),
        (RequirementKind.LEAVE, "so-02"),
        (RequirementKind.LEAVE, "so-03"),
        (RequirementKind.NORM, "so-01"),
        (RequirementKind.TRAVEL, "so-04"),
    ]
    assert "alleen Hanneke van Vlierhoorn mag dat" in conflict.text.nl
    assert "only Hanneke van Vlierhoorn may" in conflict.text.en


def keys_of(answer: Answer, region: Region) -> tuple[tuple[str, ...], list[Key]]:
    """(duty ids, rules) of the conflict."""
    assert answer.why is not None
    assert answer.why.conflict is not None
    people = [person.id for person in region.physicians]
    members = answer.why.conflict.members
    duties = tuple(each.key.partition(":")[2] for each in members if not each.physician)
    keys = [
        Key(each.rule, people.index(each.physician), each.name)
        for each in members
        if each.physician
    ]
    return duties, keys


def test_each_member_dropped_alone_makes_the_rest_possible(answer: Answer, region: Region) -> None:
    """Minimality by solving again, from a fresh build."""
    duties, keys = keys_of(answer, region)
    assert region.planning_start is not None
    context, questions = questions_of(Plan(region, region.planning_start, region.planning_weeks))
    index = {task.duty.id: task.index for task in context.duties}
    tasks, force = [index[each] for each in duties], frozenset(keys)
    assert questions.ask(tasks, force, 10).answered is Answered.INFEASIBLE
    for task in tasks:
        fewer = [each for each in tasks if each != task]
        assert questions.ask(fewer, force, 10).answered is Answered.FEASIBLE
    for key in keys:
        assert questions.ask(tasks, force - {key}, 10).answered is Answered.FEASIBLE


def held_by(region: Region, holders: dict[str, str]) -> Roster:
    """A roster of only these weeknights (id to holder), each 15 hours."""
    assert region.planning_start is not None
    starts = {target: start_of(target) for target in holders}
    return Roster(
        region_id=region.id,
        period=period(region.planning_start, region.planning_weeks),
        assignments=tuple(
            Assignment(
                target=target,
                physician=name,
                contract=region.contracts_of(name)[0].id,
                when=Interval(start=starts[target], end=starts[target] + timedelta(hours=15)),
            )
            for target, name in holders.items()
        ),
    )


def test_every_way_to_hold_the_two_nights_fails_the_check(answer: Answer, region: Region) -> None:
    """The conflict by brute force, with the check as judge and without the solver."""
    duties, _ = keys_of(answer, region)
    names = [person.id for person in region.physicians]
    every = len(duties) * 15 * 60 * 2  # two sites, two weeknights of 15 hours
    empty = check(region, held_by(region, {})).uncovered_site_minutes
    for who in product(names, repeat=2):
        report = check(region, held_by(region, dict(zip(duties, who, strict=True))))
        covered = empty - report.uncovered_site_minutes
        assert covered < every or report.hard_breaches, who


def test_the_count_holds_in_integers_alone(answer: Answer, region: Region) -> None:
    """What a pencil does: each bound again from dates and times as they stand in the region."""
    assert answer.why is not None
    assert answer.why.counting is not None
    counting = answer.why.counting
    limit = 11 * 60
    assert {*(each.physician for each in counting.shares)} | {
        *(each.physician for each in counting.barred)
    } == {person.id for person in region.physicians}
    for share in counting.shares:
        assert {duty for part in share.parts for duty in part.duties} == set(counting.duties)
        for part in share.parts:
            assert part.rule == "norm.rest"
            times = sorted(start_of(each) for each in part.duties)
            for earlier, later in pairwise(times):
                rest = int((later - earlier).total_seconds()) // 60 - 15 * 60
                assert rest < limit
                assert part.most == 1
    for each in counting.barred:
        for target, rule in zip(counting.duties, each.rules, strict=True):
            day = to_local(start_of(target)).date()
            if rule == "eligible.absence":
                assert any(
                    leave.physician == each.physician and leave.first_day <= day <= leave.last_day
                    for leave in region.absences
                )
            else:
                base = region.physician_by_id[each.physician].night_base
                assert rule == "eligible.travel"
                assert any((region.travel(base, site) or 0) > 45 for site in region.site_by_id)
    assert counting.most < counting.need
    assert counting.most == sum(part.most for share in counting.shares for part in share.parts)


def test_the_check_recomputes_the_count(answer: Answer, region: Region) -> None:
    assert answer.why is not None
    assert answer.why.counting is not None
    assert region.planning_start is not None
    when = period(region.planning_start, region.planning_weeks)
    assert counting_faults(region, answer.why.counting, when, ()) == ()


def test_three_duties_more_are_enough_and_two_are_not(answer: Answer, region: Region) -> None:
    # Nobody holds two in a row of the seven duties in the second week, so one person holds at most
    # every other one, four. Three remain; one extra SO can hold Tuesday, Thursday and Saturday.
    assert answer.why is not None
    assert answer.why.extra is not None
    extra = answer.why.extra
    assert (extra.duties, extra.people, extra.role) == (3, 1, SO.value)
    assert extra.suffices
    assert extra.least
    assert extra.weeks == ("2026-W46",)
    assert extra.on_site_minutes == 45
    assert region.planning_weeks == 4  # as long as the contract's figure is for
    for most, covered in ((3, True), (2, False)):
        larger = with_people(region, 1)
        limited = tuple(
            each.model_copy(update={"max_duties": most, "per_weeks": 4})
            if each.employer == "extra-so"
            else each
            for each in larger.contracts
        )
        # Two weeks are half of the four that the figure is for: so at most `most` duties.
        found = solve(larger.model_copy(update={"contracts": limited}), limits=Limits(seconds=20))
        assert found.report is not None
        assert (found.report.uncovered_site_minutes == 0) is covered


def test_each_relaxation_is_enough_by_itself(answer: Answer) -> None:
    assert answer.why is not None
    named = {each.requirement.kind for each in answer.why.relaxations}
    # With so-02, so-03 or so-04 back, two people alternate; so-01 alone cannot hold seven duties.
    assert RequirementKind.LEAVE in named
    assert RequirementKind.TRAVEL in named
    assert all(each.suffices for each in answer.why.relaxations)
    assert all(each.solves[-1].answer is Answered.FEASIBLE for each in answer.why.relaxations)
