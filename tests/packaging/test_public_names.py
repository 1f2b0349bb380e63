"""`so247` offers the names it says it does, and loads each only when it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import so247

HEAVY = {"ortools", "pandas", "numpy", "pydantic", "icalendar", "typer", "rich", "holidays"}


def names_for_type_checkers(source: str) -> dict[str, str]:
    """What stands under `if TYPE_CHECKING:`, as name -> module."""
    found: dict[str, str] = {}
    for block in ast.parse(source).body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for line in block.body:
                if isinstance(line, ast.ImportFrom) and line.module:
                    found.update({alias.asname or alias.name: line.module for alias in line.names})
    return found


def test_all_is_what_can_be_imported() -> None:
    assert list(so247.__all__) == sorted(set(so247.__all__))
    for name in so247.__all__:
        assert getattr(so247, name) is not None
    assert set(so247.__all__) <= set(dir(so247))


def test_all_and_the_lazy_table_and_the_type_checkers_agree(root: Path) -> None:
    source = (root / "src" / "so247" / "__init__.py").read_text(encoding="utf-8")
    assert set(so247.__all__) == set(so247._HOMES)
    assert names_for_type_checkers(source) == so247._HOMES


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = so247.no_such_name


def test_import_so247_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys, so247; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    loaded = set(result.stdout.split())
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith("so247.")} == set()
