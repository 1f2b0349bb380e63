"""Within the solver, only models and the search touch ortools, and no rule knows either.

The layers between rooms are contracts in pyproject.toml (`lint-imports`); these are finer than
a contract can say. Why: docs/decisions/0002-problem-as-rows.md
"""

import ast
from pathlib import Path

import pytest


def imported(source: str) -> set[str]:
    """Every module, or name in a module, that is imported anywhere in the source."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def knows_ortools(source: str) -> bool:
    return any(name.split(".")[0] == "ortools" for name in imported(source))


def knows_the_search(source: str) -> bool:
    return any(
        name.startswith(("so247.solver.model", "so247.solver.search")) for name in imported(source)
    )


MODELS = ("model.py", "columns/corner.py")
"""The two models that a solver is given: the whole problem, and the corner of a mix of columns."""


def test_only_models_and_the_search_import_ortools(root: Path) -> None:
    for path in (root / "solver").rglob("*.py"):
        inside = path.relative_to(root / "solver").as_posix()
        if inside not in MODELS and not inside.startswith("search"):
            assert not knows_ortools(path.read_text(encoding="utf-8")), f"{path} imports ortools"


def test_no_rule_imports_the_model_or_the_search(root: Path) -> None:
    for path in (root / "solver" / "rules").rglob("*.py"):
        assert not knows_the_search(path.read_text(encoding="utf-8")), f"{path} knows the search"


@pytest.mark.parametrize(
    "source",
    ["import ortools", "def f():\n    from ortools.sat.python import cp_model"],
)
def test_ortools_is_seen_wherever_it_is_imported(source: str) -> None:
    assert knows_ortools(source)


@pytest.mark.parametrize(
    "source",
    ["from so247.solver import model", "from so247.solver.search_lns import improve"],
)
def test_the_search_is_seen_however_it_is_imported(source: str) -> None:
    assert knows_the_search(source)
