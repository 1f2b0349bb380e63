"""A host that installs the wheel gets `so247` and not one other name."""

import subprocess
import zipfile
from collections.abc import Callable
from importlib.metadata import Distribution
from pathlib import Path

Run = Callable[[str], subprocess.CompletedProcess[str]]

DATA = {".py", ".yaml", ".csv", ".json", ".html", ".j2", ".css", ".ics", ".xlsx"}


def test_so247_is_imported_from_the_wheel(run_installed: Run, site: Path) -> None:
    result = run_installed("import so247; print(so247.__file__)")
    assert result.returncode == 0, result.stderr
    assert Path(result.stdout.strip()) == site / "so247" / "__init__.py"


def test_every_room_is_imported_under_so247(run_installed: Run, rooms: list[str]) -> None:
    result = run_installed("; ".join(f"import so247.{room}" for room in rooms))
    assert result.returncode == 0, result.stderr


def test_no_room_is_a_name_of_its_own(run_installed: Run, rooms: list[str]) -> None:
    for name in [*rooms, "tests", "benchmarks"]:
        result = run_installed(f"import {name}")
        assert result.returncode != 0, f"`import {name}` works"
        assert f"No module named '{name}'" in result.stderr


def test_the_wheel_holds_so247_and_its_metadata_only(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"so247", "-".join(wheel.name.split("-")[:2]) + ".dist-info"}


def test_the_wheel_holds_every_file_of_the_rooms(wheel: Path, root: Path, rooms: list[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    files = {
        f"so247/{path.relative_to(root).as_posix()}"
        for room in rooms
        for path in (root / room).rglob("*")
        if path.suffix in DATA and "__pycache__" not in path.parts
    }
    assert files - held == set()
    assert "so247/py.typed" in held


def test_the_command_is_so247(site: Path) -> None:
    (info,) = site.glob("*.dist-info")
    scripts = Distribution.at(info).entry_points.select(group="console_scripts")
    assert [(script.name, script.value) for script in scripts] == [("so247", "so247.cli.main:run")]
