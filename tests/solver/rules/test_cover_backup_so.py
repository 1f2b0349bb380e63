"""``cover.backup_so``: who is no SO holds a first line only with an SO to call."""

from __future__ import annotations

import pytest

from so247.models.lines import Care, Window
from so247.models.people import SO, Role

FIRST, BACK = "day@2026-11-02T07:00Z", "back@2026-11-02T07:00Z"
ANYBODY = (SO, Role.TRAINEE)


def region(small, first=None, back=None, **parts):
    """Ann is in training and may hold both lines; Bob is an SO who may only hold the backup."""
    ready = {"roles": (Role.TRAINEE,), "escalation": ("day", "back")}
    people = (small.person("ann", role=Role.TRAINEE), small.person("bob"))
    lines = (small.line("day", **ready | (first or {})), small.backup(**(back or {})))
    return small.region(**{"lines": lines, "physicians": people} | parts)


def test_feasible_with_an_so_behind_her(small):
    assert small.solved(region(small)).held == {FIRST: "ann", BACK: "bob"}


def test_feasible_without_backup_for_an_so(small):
    people = (small.person("bob"),)
    alone = small.region(lines=(small.line("day", roles=ANYBODY),), physicians=people)
    assert small.solved(alone).held == {FIRST: "bob"}


def test_infeasible_when_the_so_is_away(small):
    away = region(small, absences=(small.absence(small.MONDAY, who="bob"),))
    found = small.solved(away)
    assert found.held == {}
    assert found.why(FIRST)[0] == "cover.backup_so: ann"
    assert small.by_hand(away, small.office(2)) == {"cover.backup_so"}


@pytest.mark.parametrize(
    ("first", "back"),
    [
        ({"escalation": ("day",)}, {}),
        ({}, {"phone": None}),
        ({}, {"care": Care.GENERAL}),
        ({"care": Care.BOTH}, {"care": Care.GENERAL}),
        ({"care": Care.GENERAL}, {}),
    ],
    ids=["not in the escalation", "no number", "other care", "general care only", "specific only"],
)
def test_infeasible_when_the_backup_cannot_be_called_for_it(small, first, back):
    # Nobody could be called, so she may not hold it, whoever holds the backup.
    silent = region(small, first, back)
    assert FIRST not in small.solved(silent).held
    hands = (small.office(2), small.office(2, "bob", "back"))
    assert small.by_hand(silent, *hands) == {"cover.backup_so"}


def test_feasible_with_the_backup_for_specific_care_alone(small):
    # A first line for both kinds needs its SO for specific care: nobody on the backup for general
    # care is no bar.
    lines = (
        small.line("day", care=Care.BOTH, roles=ANYBODY, escalation=("day", "back", "gen")),
        small.backup(),
        small.backup("gen", care=Care.GENERAL, roles=(Role.NURSE_PRACTITIONER,)),
    )
    assert small.solved(region(small, lines=lines)).held == {FIRST: "ann", BACK: "bob"}


def test_infeasible_for_a_backup_that_ends_an_hour_early(small):
    # The backup is there until 16:00; the last hour has nobody to call.
    short = small.backup(window=Window.ALWAYS, pattern="until_four")
    cuts = (small.pattern("daily", 8, 17), small.pattern("until_four", 0, 16))
    people = (small.person("ann", role=Role.TRAINEE), small.person("bob"))
    first = small.line("day", roles=(Role.TRAINEE,), escalation=("day", "back"))
    away = small.absence(small.MONDAY, who="bob", from_time=small.time(16))
    early = small.region(lines=(first, short), patterns=cuts, physicians=people, absences=(away,))
    found = small.solved(early)
    assert FIRST in found.gaps
    assert found.why(FIRST)[0] == "cover.backup_so: ann"


def test_penalty_is_the_first_line_as_well(small):
    # Required: first line 10 080, backup 540. Neither is held: all of it. With Bob: 9 540.
    away = region(small, absences=(small.absence(small.MONDAY, who="bob"),))
    found = small.solved(away)
    assert found.gaps == {FIRST: 540, BACK: 540}
    assert found.cost("coverage") == 10_620
    assert small.solved(region(small)).cost("coverage") == 10_620 - 1080


def test_penalty_of_a_pinned_trainee_without_backup(small):
    # The pin stands, but does not cover: as much as the gap.
    away = region(
        small,
        absences=(small.absence(small.MONDAY, who="bob"),),
        pins=(small.pin(FIRST),),
    )
    found = small.solved(away)
    assert found.held == {FIRST: "ann"}
    assert found.cost("coverage") == 10_620
    assert found.pinned_breaches == {"cover.backup_so"}
