"""Every rule has a file, words, a source and three tests; every id of the rulebook has a home."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from so247.audit.registry import RULES as CHECKED
from so247.solver.rules.registry import RULES

ROOT = Path(__file__).parents[2]
CASES = ("test_feasible", "test_infeasible", "test_penalty")
CHECK_ONLY = {
    "roster.unknown_target": "the solver only holds what the calendar asks for",
    "roster.outside_period": "the solver only holds what overlaps the period",
    "contract.extramural_floor": "a signal to people, which no roster has to meet",
}
"""Ids of the rulebook that the solver builds no rule for, and why."""


def rulebook() -> tuple[str, ...]:
    """Ids in the first column of the tables of docs/RULES.md."""
    text = (ROOT / "docs" / "RULES.md").read_text(encoding="utf-8")
    return tuple(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", text, re.MULTILINE))


def modules() -> dict[str, str]:
    """Rule file (without .py) to rule id."""
    return {rule.__name__.rpartition(".")[2]: rule.ID for rule in RULES}  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ID)
def test_a_rule_has_three_kinds_of_tests(rule):
    path = Path(__file__).parent / "rules" / f"test_{rule.ID.replace('.', '_')}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    missing = [case for case in CASES if not any(name.startswith(case) for name in names)]
    assert missing == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.ID)
def test_a_rule_says_what_it_is(rule):
    assert rule.__name__.rpartition(".")[2] == rule.ID.replace(".", "_")
    assert rule.STATEMENT.endswith(".")
    assert rule.SOURCE
    assert rule.__doc__


def test_every_file_among_the_rules_is_in_the_registry():
    # ``eligibility`` and ``registry`` are tables of contents, no rules.
    folder = ROOT / "solver" / "rules"
    files = {path.stem for path in folder.glob("*_*.py")} - {"__init__"}
    assert files == set(modules())


def test_no_id_twice():
    ids = [rule.ID for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_test_file_is_about_a_rule():
    files = {
        path.stem.removeprefix("test_")
        for path in (Path(__file__).parent / "rules").glob("test_*.py")
    }
    assert files == set(modules())


def test_the_rulebook_is_read():
    # A table that this test no longer understands would make the next ones empty.
    assert len(rulebook()) == len(set(rulebook()))
    assert {"cover.one_holder", "norm.rest", "pin.stands", "wish.met"} <= set(rulebook())


def test_every_id_of_the_rulebook_is_built_or_only_checked():
    built = {rule.ID for rule in RULES}
    assert set(rulebook()) == built | set(CHECK_ONLY)
    assert not built & set(CHECK_ONLY)


def test_every_id_of_the_rulebook_is_checked():
    assert set(rulebook()) == {rule.id for rule in CHECKED}
