"""Which rule is named for who cannot take an empty duty."""

from __future__ import annotations

from typing import Any

import pytest

from so247.models.calendar import duties
from so247.models.clock import period
from so247.models.lines import Position, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.roster import Assignment, Roster
from so247.solver.gaps import Reasons, telling
from so247.solver.reasons.board import Board

DUTIES = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)
NORMS = {
    "rest": Norm(
        id="rest",
        kind=NormKind.REST,
        text="Rest",
        counts=DUTIES,
        limit=11,
        severity=Severity.HARD,
        basis=Basis.VOLUNTARY,
        source="test",
    ),
    "continuous": Norm(
        id="continuous",
        kind=NormKind.CONTINUOUS,
        text="On end",
        counts=DUTIES,
        limit=16,
        severity=Severity.HARD,
        basis=Basis.VOLUNTARY,
        source="test",
    ),
}


@pytest.mark.parametrize("norm", NORMS)
def test_busy_then_is_said_before_any_norm(toy: Any, norm: str) -> None:
    packs = tuple(RulePack(id=e.id, name=e.name, norms=(NORMS[norm],)) for e in SHIPPED_PACKS)
    lines = (
        toy.line("anw", Window.OUT_OF_HOURS),
        toy.line("day", Window.OFFICE_HOURS),
        toy.line("two", Window.OUT_OF_HOURS, position=Position.BACKUP),
    )
    region = toy.region(
        lines=lines,
        rule_packs=packs,
        physicians=(toy.physician("ann"),),
        contracts=(toy.contract("ann"),),
    )
    whole = period(toy.MONDAY, 1)
    held = [each for each in duties(region, whole) if each.line == "anw"]
    rows = tuple(
        Assignment(target=each.id, physician="ann", contract="ann-c", when=each.when)
        for each in held
    )
    board = Board(region, Roster(region_id="small", period=whole, assignments=rows), ())
    reasons = Reasons(board.context, board.evaluator, board.choice)
    empty = [each for each in board.context.duties if each.line.id == "two"]
    assert empty
    # Ann has the same nights on the first line: no norm keeps her from these, she is busy.
    for task in empty:
        (said,) = reasons.of(task.index, (task.item,))
        assert said == "busy with something else (time.one_at_a_time): ann"


def test_without_a_clash_the_first_rule_is_named() -> None:
    assert telling(["norm.rest", "norm.hours"]) == "norm.rest"
    assert telling(["norm.rest", "cover.backup_differs"]) == "cover.backup_differs"
    assert telling(["norm.rest", "cover.backup_differs", "time.one_at_a_time"]) == (
        "time.one_at_a_time"
    )
