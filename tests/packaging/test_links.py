"""src/so247/<room> is a committed relative link to the room at the root."""

import os
from pathlib import Path


def test_each_link_leads_to_its_room(root: Path, rooms: list[str]) -> None:
    for room in rooms:
        link = root / "src" / "so247" / room
        assert link.is_symlink(), f"{link} is no link; on Windows: git config core.symlinks true"
        assert Path(os.readlink(link)) == Path("..", "..", room)  # noqa: PTH115 - as written
        assert link.resolve() == root / room


def test_there_is_a_link_for_each_room_and_no_other(root: Path, rooms: list[str]) -> None:
    links = {path.name for path in (root / "src" / "so247").iterdir() if path.is_symlink()}
    assert links == set(rooms)


def test_the_tests_are_no_package(root: Path) -> None:
    # An __init__.py here would make pytest put the root on sys.path, and `models` importable.
    assert not (root / "tests" / "__init__.py").exists()
