"""Rosters read back as choices: the same choice, or a list of what no option expresses."""

from __future__ import annotations

from datetime import time
from functools import lru_cache
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.models.base import Weekday
from so247.models.clock import Interval, local_day
from so247.models.errors import RosterError
from so247.models.lines import Per, Product, SessionDemand, Window
from so247.models.roster import Assignment, Roster, State
from so247.models.sites import AgreementKind, GpPost
from so247.scenarios.catalogue import load_history, load_region
from so247.solver.chosen import choice_of
from so247.solver.context import Context
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.extract import roster_of
from so247.solver.problem import Problem
from so247.solver.solve import build

FEW = settings(max_examples=8, derandomize=True, deadline=None, database=None)


@lru_cache(maxsize=2)
def built(name: str) -> tuple[Context, Problem]:
    region = load_region(name)
    assert region.planning_start is not None
    return build(region, region.planning_start, region.planning_weeks, load_history(name, region))


def drawn(problem: Problem, seed: int) -> Ints:
    """Any choice that gives no task more holders than it needs, nor two on one day."""
    random = Random(seed)
    options: dict[int, list[int]] = {}
    for variable, option in enumerate(problem.options):
        options.setdefault(option.task, []).append(variable)
    choice: Ints = np.zeros(len(problem.options), dtype=np.int64)
    for task, members in options.items():
        for _ in range(random.randint(0, problem.tasks[task].need)):
            picked = random.choice(members)
            days = {problem.options[v].start for v in members if choice[v]}
            if problem.options[picked].start not in days:
                choice[picked] = 1
    return choice


@pytest.mark.parametrize("name", ["veenland", "tekort"])
@FEW
@given(seed=st.integers(0, 10**6))
def test_a_choice_written_as_a_roster_is_read_back(name: str, seed: int) -> None:
    context, problem = built(name)
    choice = drawn(problem, seed)
    roster = roster_of(context, Evaluator(problem), choice, 1, None, None)
    # Extraction names each chosen option once, so reading the names must give the options back.
    assert (choice_of(context, problem, roster) == choice).all()


def solved(toy: Any, **parts: Any) -> tuple[Context, Problem, Roster]:
    region = toy.region(**parts)
    roster = toy.solve(region).roster
    return *build(region, local_day(roster.period.start), 1), roster


def changed(roster: Roster, *rows: Assignment) -> Roster:
    return roster.model_copy(update={"assignments": rows})


def test_contracts_left_out_are_found_and_declined_ones_nothing(toy: Any) -> None:
    context, problem, roster = solved(toy)
    bare = [each.model_copy(update={"contract": None}) for each in roster.assignments]
    # Everybody has one contract, so leaving it out changes nothing.
    choice = choice_of(context, problem, roster)
    assert choice.sum() == len(roster.assignments)
    assert (choice_of(context, problem, changed(roster, *bare)) == choice).all()
    declined = bare[0].model_copy(update={"state": State.DECLINED})
    assert choice_of(context, problem, changed(roster, declined)).sum() == 0


def test_what_an_organisation_holds_is_no_choice(toy: Any) -> None:
    held = toy.line("post-anw", Window.OUT_OF_HOURS, organisation="post")
    cover = toy.agreement("cover", AgreementKind.ORGANISATION_COVER, "post")
    so = toy.agreement("so", AgreementKind.SO_AVAILABILITY, "pool")
    context, problem, roster = solved(
        toy,
        gp_posts=(GpPost(id="post", name="Post"),),
        lines=(held, toy.line("day", Window.OFFICE_HOURS)),
        agreements=(so, cover),
    )
    assert any(each.physician == "post" for each in roster.assignments)
    # Five office days are ours; the nights are the organisation's.
    assert choice_of(context, problem, roster).sum() == 5


def test_everything_that_no_option_expresses_is_told_at_once(toy: Any) -> None:
    context, problem, roster = solved(toy)
    first, second, third, *rest = roster.assignments
    half = Interval(
        start=third.when.start, end=third.when.start + (third.when.end - third.when.start) / 2
    )
    other = next(each.id for each in context.people if each.id != second.physician)
    rows = (
        first.model_copy(update={"target": "nothing@2026-11-02T07:00Z"}),
        second,
        second.model_copy(update={"physician": other, "contract": None}),
        third.model_copy(update={"when": half}),
        rest[0].model_copy(update={"physician": "stranger"}),
        rest[1].model_copy(update={"contract": "elsewhere"}),
        *rest[2:],
    )
    with pytest.raises(RosterError) as caught:
        choice_of(context, problem, changed(roster, *rows))
    told = [each.message for each in caught.value.problems]
    # One problem for each row that was spoilt above, in that order.
    wanted = ("is no duty", "two holders", "in part", "may not hold", "may not be booked")
    assert len(told) == len(wanted)
    assert all(part in text for part, text in zip(wanted, told, strict=True))
    choice, faults = choice_of(context, problem, changed(roster, *rows), strict=False)
    assert [each.message for each in faults] == told
    assert choice.sum() == len(roster.assignments) - 4  # `second` stands, its double does not


def test_two_sessions_at_the_same_time_are_told(toy: Any) -> None:
    demand = SessionDemand(
        site="home",
        product=Product.TEAM_MEETING,
        count=2,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY, Weekday.THURSDAY),
        start_time=time(9),
        end_time=time(10),
        on_call_allowed=True,
    )
    context, problem, roster = solved(toy, sessions=(demand,))
    mine = [each for each in roster.assignments if "." in each.target]
    assert len(mine) == 2
    assert choice_of(context, problem, roster).sum() == len(roster.assignments)
    doubled = mine[0].model_copy(update={"target": mine[1].target})
    with pytest.raises(RosterError, match="at the same time"):
        choice_of(context, problem, changed(roster, mine[0], doubled))


def test_a_roster_of_another_region_or_period_is_refused(toy: Any) -> None:
    context, problem, roster = solved(toy)
    later = Interval(start=roster.period.start, end=roster.period.end.replace(month=12))
    with pytest.raises(RosterError, match="another region"):
        choice_of(context, problem, roster.model_copy(update={"region_id": "else"}), strict=False)
    with pytest.raises(RosterError, match="another period"):
        choice_of(context, problem, roster.model_copy(update={"period": later}))
