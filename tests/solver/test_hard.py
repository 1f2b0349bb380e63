"""The state that is changed option by option agrees with the evaluator, which starts afresh."""

from __future__ import annotations

from functools import lru_cache
from random import Random

import numpy as np
import pytest

from so247.models.lines import Position
from so247.models.people import SO
from so247.scenarios.generator import build
from so247.scenarios.spec import Backups, Spec
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.hard import State
from so247.solver.robust.standing import Standing, stand

BACKED = Spec(
    physicians=14,
    gp_groups=2,
    facilities=2,
    areas=2,
    weeks=2,
    backups=Backups.OWN,
    trainees=0.15,
    combinable=True,
    split_office=True,
)


@lru_cache(maxsize=1)
def standing() -> Standing:
    """Backups, trainees and combining lines: every kind of derived variable and row."""
    made = build(BACKED, 4)
    assert made.witness is not None
    return stand(made.region, made.witness)


def broken_rules(state: State) -> set[str]:
    return {state.hard.limits[at].rule for at in state.broken} - {"cover.one_holder"}


@pytest.mark.parametrize("seed", range(4))
def test_flips_one_by_one_give_what_the_evaluator_gives(seed: int) -> None:
    found, random = standing(), Random(seed)
    state = found.state
    flipped = [random.randrange(len(found.problem.options)) for _ in range(60)]
    choice: Ints = found.choice.copy()
    for option in flipped:
        state.flip(option)
        choice[option] = 1 - choice[option]
    evaluator = Evaluator(found.problem)
    assert (np.array(state.values) == evaluator.values(choice)).all()
    # Legal rows and cliques by rule; that nobody holds a duty is a price there, a limit here.
    assert broken_rules(state) == set(evaluator.broken(choice)) - {"cover.one_holder"}
    for option in reversed(flipped):
        state.flip(option)
    assert not state.broken
    assert state.values[: len(found.choice)] == list(found.choice)


def test_what_is_covered_has_a_limit_of_its_own() -> None:
    found = standing()
    # Take any held duty away: somebody must hold it, and nothing else is wrong.
    option = min(v for v in found.held if found.problem.options[v].task in found.hard.required)
    fresh = found.state.flip(option)
    assert {found.hard.limits[at].rule for at in fresh} == {"cover.one_holder"}
    assert found.state.flip(option) == set()
    assert not found.state.broken


def test_a_limit_leans_on_who_relieves_it() -> None:
    found = standing()
    table, people = found.problem.options, found.context.people
    lines = {task.index: task.line for task in found.context.duties}
    rows = zip(found.hard.limits, found.hard.leaning, strict=True)
    backed = [leaning for limit, leaning in rows if limit.rule == "cover.backup_so"]
    # A trainee's first line leans on the SOs who may hold the backup, on nobody else.
    assert backed
    for leaning in backed:
        assert leaning
        assert all(people[table[v].person].role is SO for v in leaning)
        assert {lines[table[v].task].position for v in leaning} == {Position.BACKUP}
