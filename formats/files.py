"""A set of files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from so247.models.errors import InputError, Problem


def write_files(
    folder: Path, files: Mapping[str, bytes], replace_folders: Collection[str] = ()
) -> None:
    """Write ``files`` (by relative name, with ``/``) into ``folder``, which is made if needed.

    Everything is written aside first and then moved into place; when anything fails, or somebody
    interrupts, all that existed stands as it stood and nothing is left over. ``replace_folders``
    names folders (or files) within ``folder`` of which nothing older survives. Raises
    ``InputError`` with a sentence when the files cannot be written there.
    """
    for name in (*files, *replace_folders):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"not a name within a folder: {name!r}")
    try:
        _write(folder, files, replace_folders)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(folder)
        problem = Problem(
            "cannot be written; nothing was changed",
            "Maybe choose another folder, close the file, or free some space.",
            value=error.strerror or type(error).__name__,
            file=where,
        )
        raise InputError([problem]) from error


def _write(folder: Path, files: Mapping[str, bytes], replace_folders: Collection[str]) -> None:
    changes = _Changes()
    try:
        changes.make_folder(folder)
        aside = Path(tempfile.mkdtemp(prefix=".so247-", dir=folder))
        try:
            for name, data in files.items():
                _write_durably(aside / "new" / name, data)
            for name in replace_folders:
                changes.swap(folder / name, aside / "new" / name, aside / "old" / name)
            for name in files:
                if not any(PurePosixPath(name).is_relative_to(each) for each in replace_folders):
                    changes.make_folder((folder / name).parent)
                    changes.swap(folder / name, aside / "new" / name, aside / "old" / name)
        except BaseException:
            changes.undo_moves()
            raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except BaseException:
        changes.undo_folders()
        raise


def _write_durably(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class _Changes:
    """What was done to a folder, so that it can be undone."""

    def __init__(self) -> None:
        self.moves: list[tuple[Path, Path]] = []
        self.made: list[Path] = []

    def make_folder(self, folder: Path) -> None:
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir()
            self.made.append(each)

    def swap(self, target: Path, new: Path, old: Path) -> None:
        """Move what stands at ``target`` to ``old``, and ``new`` (if there is one) there."""
        if target.is_dir() and not new.is_dir() and new.exists():
            raise IsADirectoryError(None, "a folder stands in the way", str(target))
        if os.path.lexists(target):
            old.parent.mkdir(parents=True, exist_ok=True)
            self.move(target, old)
        if new.exists():
            self.make_folder(target.parent)
            self.move(new, target)

    def move(self, source: Path, target: Path) -> None:
        source.replace(target)
        self.moves.append((source, target))

    def undo_moves(self) -> None:
        for source, target in reversed(self.moves):
            target.replace(source)

    def undo_folders(self) -> None:
        for folder in reversed(self.made):
            folder.rmdir()
