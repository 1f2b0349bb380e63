"""What it costs if somebody takes a duty over, alone or with others moved."""

from __future__ import annotations

from typing import Any

import pytest

from so247.audit.check import check
from so247.models.explanation import Possible
from so247.models.norms import NormKind
from so247.models.people import (
    Pin,
)
from so247.models.proof import Answered
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.solver import search_rearrange
from so247.solver.explain import explain
from so247.solver.search_feasible import Answer

OFFICE = 9 * 60


def tiers_by_check(region: Region, made: Roster) -> dict[str, int]:
    return {each.name: each.value for each in check(region, made).tiers}


def replaced(made: Roster, duty: str, who: str) -> Roster:
    rows = tuple(
        each.model_copy(update={"physician": who, "contract": f"{who}-c"})
        if each.target == duty
        else each
        for each in made.assignments
    )
    return made.model_copy(update={"assignments": rows})


def test_the_cost_of_replacing_the_holder_is_what_the_check_counts(toy: Any, ask: Any) -> None:
    region = toy.region()
    made = ask.roster(region, dict.fromkeys(ask.planned(region), "ann"))
    duty = toy.duty("anw", "2026-11-07 08:00")
    found = explain(region, made, duty=duty).explained[0].candidates
    ann, bob = found
    assert (ann.holds, ann.replaced) == (True, ())
    before, after = (
        tiers_by_check(region, made),
        tiers_by_check(region, replaced(made, duty, "bob")),
    )
    assert {e.name: (e.before, e.after) for e in bob.replaced} == {
        name: (before[name], after[name]) for name in before
    }
    # Weekends weigh, ann carries all of them, and each that bob takes makes it fairer.
    assert after["fairness"] < before["fairness"]


def test_an_empty_duty_costs_less_when_it_is_held(toy: Any, ask: Any, monday: str) -> None:
    found = ask.one(toy.region(), monday, "bob")
    coverage = {e.name: e.before - e.after for e in found.replaced}["coverage"]
    assert coverage == OFFICE


def applied(made: Roster, moves: Any) -> Roster:
    """The roster with targets passed on as the moves say."""
    rows = {each.target: each for each in made.assignments}
    for move in moves:
        del_before = rows.pop(move.target, None)
        assert (del_before.physician if del_before else None) == move.before
        if move.after is not None:
            rows[move.target] = Assignment(
                target=move.target, physician=move.after, contract=move.contract, when=move.when
            )
    return made.model_copy(update={"assignments": tuple(rows.values())})


def test_a_swap_makes_it_possible_and_costs_what_it_says(toy: Any, ask: Any) -> None:
    region = toy.region(**ask.norm(NormKind.ROLLING_COUNT, 7, window_days=7))
    names = sorted(ask.planned(region), key=lambda name: name.partition("@")[2])
    # Twelve pieces: each takes turns, and bob may hold no more than seven.
    holders = {name: "bob" if at % 2 else "ann" for at, name in enumerate(names)}
    holders[names[0]] = "bob"
    made = ask.roster(region, holders)
    duty = next(name for name in names if holders[name] == "ann")
    found = ask.one(region, duty, "bob", holders)
    assert ask.only(found.broken).rule == "norm.rolling_count"
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.YES
    changed = applied(made, found.rearranged.moves)
    assert duty in {e.target for e in changed.assignments if e.physician == "bob"}
    assert check(region, changed).hard_breaches == ()
    counted = tiers_by_check(region, changed)
    assert {e.name: e.after for e in found.rearranged.tiers} == counted
    # Nobody is left without: one duty goes the other way.
    assert counted["coverage"] == 0
    assert len(found.rearranged.moves) == 2


def test_no_is_said_only_when_it_is_proven(toy: Any, ask: Any, monday: str, night: str) -> None:
    # The night is pinned to bob and touches the day: 24 hours on end, 23 allowed, in any roster.
    region = toy.region(
        **ask.norm(NormKind.CONTINUOUS, 23), pins=(Pin(target=night, physician="bob"),)
    )
    found = ask.one(region, monday, "bob", {night: "bob"})
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.NO
    # Two differently configured solves of the whole problem agree.
    answers = [(each.configuration, each.answer.value) for each in found.rearranged.solves]
    assert len(set(answers)) == 2
    assert {answer for _, answer in answers} == {"infeasible"}


def test_what_is_not_found_is_not_called_impossible(
    toy: Any, ask: Any, monday: str, night: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([Answer(Answered.INFEASIBLE), Answer(Answered.UNKNOWN)])
    monkeypatch.setattr(search_rearrange, "holdable", lambda *_: next(answers))
    region = toy.region(
        **ask.norm(NormKind.CONTINUOUS, 23), pins=(Pin(target=night, physician="bob"),)
    )
    found = ask.one(region, monday, "bob", {night: "bob"})
    # The second solve did not agree, so nothing is proven.
    assert found.rearranged is not None
    assert found.rearranged.possible is Possible.NOT_FOUND
