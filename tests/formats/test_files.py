"""A set of files is written whole or not at all."""

from pathlib import Path

import pytest

from so247.formats.files import write_files
from so247.models.errors import InputError

OLD = {"roster.json": b"old", "calendars/ans.ics": b"old ans", "calendars/gone.ics": b"stale"}
NEW = {"roster.json": b"new", "calendars/ans.ics": b"new ans", "check/check.json": b"new check"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in {**OLD, "mine.txt": b"mine"}.items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(data)
    return tmp_path / "out"


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    write_files(tmp_path / "a" / "b", NEW)
    assert content(tmp_path / "a" / "b") == NEW


def test_other_files_stay(folder: Path) -> None:
    write_files(folder, NEW)
    assert content(folder) == {**OLD, **NEW, "mine.txt": b"mine"}


def test_nothing_older_survives_in_a_replaced_folder(folder: Path) -> None:
    write_files(folder, NEW, replace_folders=("calendars",))
    assert content(folder) == {**NEW, "mine.txt": b"mine"}
    # Replaced by nothing, a folder is gone.
    write_files(folder, {"roster.json": b"x"}, replace_folders=("calendars",))
    assert not (folder / "calendars").exists()


def test_no_files_and_no_folder_is_no_change(folder: Path) -> None:
    before = content(folder)
    write_files(folder, {})
    assert content(folder) == before


@pytest.mark.parametrize("failing", range(6))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_when_any_move_fails_everything_stands_as_it_stood(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int, error: BaseException
) -> None:
    # Five moves: calendars out and in, roster.json out and in, check.json in. The sixth case lets
    # all of them pass. What undoes them is let through.
    before, moves, real = content(folder), 0, Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == failing + 1:
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    if failing < 5:
        with pytest.raises((InputError, KeyboardInterrupt)):
            write_files(folder, NEW, replace_folders=("calendars",))
        assert content(folder) == before
    else:
        write_files(folder, NEW, replace_folders=("calendars",))
        assert content(folder) == {**NEW, "mine.txt": b"mine"}
    assert not list(folder.glob(".so247-*"))


def test_a_failed_first_write_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_files(tmp_path / "a" / "b", NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_of_a_file(folder: Path) -> None:
    before = content(folder)
    with pytest.raises(InputError, match="a folder stands in the way"):
        write_files(folder, {"roster.json": b"new", "calendars": b"a file"})
    assert content(folder) == before


def test_a_file_in_the_way_of_a_folder(folder: Path) -> None:
    before = content(folder)
    with pytest.raises(InputError, match=r"cannot be written; nothing was changed"):
        write_files(folder, {"a.txt": b"new", "mine.txt/below.txt": b"new"})
    with pytest.raises(InputError, match=r"cannot be written; nothing was changed"):
        write_files(folder / "mine.txt", NEW)
    assert content(folder) == before


@pytest.mark.parametrize("name", ["../x", "/x", "", "a/../../x"])
def test_names_outside_the_folder_are_refused(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name within a folder"):
        write_files(folder, {name: b""})
