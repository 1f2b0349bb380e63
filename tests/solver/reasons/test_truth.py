"""What is explained, held against the check: forbidden, broken and costed as it counts them."""

from __future__ import annotations

from functools import lru_cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.audit.check import check
from so247.models.calendar import session_interval, session_periods
from so247.models.clock import Interval
from so247.models.explanation import Candidate, Explained, Possible
from so247.models.norms import Severity
from so247.models.region import Region
from so247.models.report import Finding, Outcome, Report
from so247.models.roster import Assignment, Roster
from so247.scenarios.catalogue import load_region
from so247.solver.explain import explain
from so247.solver.limits import Limits
from so247.solver.solve import solve

FEW = settings(max_examples=10, derandomize=True, deadline=None, database=None)
QUICK = Limits(seconds=2, reproducible=True)
SHIPPED = ("veenland", "tekort")


@lru_cache(maxsize=2)
def solved(name: str) -> tuple[Region, Roster]:
    region = load_region(name)
    roster = solve(region, limits=QUICK).roster
    assert roster is not None
    return region, roster


def with_fewer(roster: Roster, random: Random) -> Roster:
    """The same with a few assignments taken out, so that there is something to explain."""
    kept = [each for each in roster.assignments if random.random() > 0.1]
    return roster.model_copy(update={"assignments": tuple(kept)})


def drawn(name: str, seed: int) -> tuple[Region, Roster, Random]:
    region, roster = solved(name)
    random = Random(seed)
    return region, with_fewer(roster, random), random


def given_to(roster: Roster, target: str, one: Candidate) -> Roster:
    """The roster in which this person holds the target in the place of whoever does."""
    assert one.when is not None
    rest = tuple(each for each in roster.assignments if each.target != target)
    mine = Assignment(target=target, physician=one.physician, contract=one.contract, when=one.when)
    return roster.model_copy(update={"assignments": (*rest, mine)})


def hard(report: Report) -> set[Finding]:
    return {
        each
        for each in report.findings
        if each.severity is Severity.HARD and each.outcome is Outcome.BREACH
    }


def ineligible(region: Region, roster: Roster, only: Assignment) -> set[str]:
    """What makes the holder ineligible in the check, when nothing else is held."""
    alone = roster.model_copy(update={"assignments": (only,)})
    return {e.rule for e in hard(check(region, alone)) if e.rule.startswith("eligible.")}


def times(region: Region, roster: Roster, held: Assignment) -> list[Interval]:
    """When it may lie: a duty at its own time, a session on every allowed day of its period."""
    name = held.target.rpartition(".")[0]
    days = [
        session_interval(region.sessions[each.demand], day)
        for each in session_periods(region, roster.period)
        if f"{each.site}.{each.product.value}.{each.key}" == name
        for day in each.days
    ]
    return days or [held.when]


def tiers(report: Report) -> dict[str, int]:
    return {each.name: each.value for each in report.tiers}


def some_target(region: Region, roster: Roster, random: Random) -> Explained:
    held = [each.target for each in roster.assignments if each.physician in region.physician_by_id]
    (found,) = explain(region, roster, duty=random.choice(held)).explained
    return found


@pytest.mark.parametrize("name", SHIPPED)
@FEW
@given(seed=st.integers(0, 10**6))
def test_what_breaks_is_what_the_check_then_finds(name: str, seed: int) -> None:
    region, roster, random = drawn(name, seed)
    found = some_target(region, roster, random)
    before = hard(check(region, roster))
    for one in found.candidates:
        if one.holds or one.forbidden:
            continue
        after = hard(check(region, given_to(roster, found.targets[0], one)))
        # Two different paths to the same answer: rows and one person's timeline, and all of it.
        assert {each.rule for each in after - before} == {each.rule for each in one.broken}


@pytest.mark.parametrize("name", SHIPPED)
@FEW
@given(seed=st.integers(0, 10**6))
def test_what_forbids_is_what_the_check_calls_ineligible(name: str, seed: int) -> None:
    region, roster, random = drawn(name, seed)
    held = [each for each in roster.assignments if each.physician in region.physician_by_id]
    assignment = random.choice(held)
    (found,) = explain(region, roster, duty=assignment.target).explained
    for one in found.candidates:
        contracts = region.contracts_of(one.physician)
        if one.holds or len(contracts) != 1:
            continue
        mine = {"physician": one.physician, "contract": contracts[0].id}
        named = [
            ineligible(region, roster, assignment.model_copy(update={**mine, "when": when}))
            for when in times(region, roster, assignment)
        ]
        told = {e.rule for e in one.forbidden if e.rule.startswith("eligible.")}
        # A day on which the person may hold it is enough; without one, each day has its reasons.
        assert told == (set().union(*named) if all(named) else set())


@pytest.mark.parametrize("name", SHIPPED)
@FEW
@given(seed=st.integers(0, 10**6))
def test_possible_at_a_cost_is_possible_at_that_cost(name: str, seed: int) -> None:
    region, roster, random = drawn(name, seed)
    found = some_target(region, roster, random)
    before = check(region, roster)
    for one in found.candidates:
        if not one.replaced:
            continue
        after = check(region, given_to(roster, found.targets[0], one))
        assert {e.name: (e.before, e.after) for e in one.replaced} == {
            tier: (value, tiers(after)[tier]) for tier, value in tiers(before).items()
        }


@pytest.mark.parametrize("name", SHIPPED)
@FEW
@given(seed=st.integers(0, 10**6))
def test_what_moves_make_possible_costs_what_is_said(name: str, seed: int) -> None:
    region, roster, random = drawn(name, seed)
    found = some_target(region, roster, random)
    stuck = [each.physician for each in found.candidates if each.broken]
    if not stuck:
        return
    asked = explain(
        region, roster, duty=found.targets[0], person=random.choice(stuck), limits=QUICK
    )
    (one,) = asked.explained[0].candidates
    assert one.rearranged is not None
    if one.rearranged.possible is not Possible.YES:
        return
    rows = {each.target: each for each in roster.assignments}
    for move in one.rearranged.moves:
        held = rows.pop(move.target, None)
        assert (held.physician if held else None) == move.before
    for move in one.rearranged.moves:
        if move.after is not None:
            assert move.when is not None
            rows[move.target] = Assignment(
                target=move.target, physician=move.after, contract=move.contract, when=move.when
            )
    changed = roster.model_copy(update={"assignments": tuple(rows.values())})
    after = check(region, changed)
    stem = found.targets[0].rpartition(".")[0] or found.targets[0]
    mine = [e for e in changed.assignments if e.physician == one.physician]
    assert any(each.target.startswith(stem) for each in mine)
    assert hard(after) <= hard(check(region, roster))
    assert {e.name: e.after for e in one.rearranged.tiers} == tiers(after)


@pytest.mark.parametrize("name", SHIPPED)
@FEW
@given(seed=st.integers(0, 10**6))
def test_what_is_said_of_a_whole_roster_is_what_is_said_of_one_duty(name: str, seed: int) -> None:
    region, roster, _ = drawn(name, seed)
    # Over a whole roster the check is asked less often; that may not make a difference.
    for each in explain(region, roster).explained[:4]:
        if each.line is not None:
            (alone,) = explain(region, roster, duty=each.targets[0]).explained
            assert alone == each
