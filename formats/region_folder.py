"""A region folder: ``region.yaml``, CSV tables beside it, and earlier rosters in ``history/``.

Every table is optional. What is wrong in any file is reported together with the rest.
"""

from __future__ import annotations

from pathlib import Path

from so247.formats.files import write_files
from so247.formats.input_text import nearest, read_bytes
from so247.formats.region_file import REGION_FILE
from so247.formats.region_parse import KNOWN_FILES, parse_region, reading_order
from so247.formats.region_write import region_files
from so247.models.errors import InputError, NotFound, Problem, RegionError, RosterError
from so247.models.region import Region
from so247.models.roster import Roster

HISTORY = "history"
ROSTER_SUFFIXES = (".json", ".csv", ".xlsx")


def read_region(folder: Path) -> Region:
    """The region that the folder describes.

    Raises ``RegionError`` with every problem of every file, each with its place; ``NotFound`` where
    there is no such folder.
    """
    if not folder.is_dir():
        is_file = " (it is a file)" if folder.exists() else ""
        raise NotFound(
            f"{folder}: there is no such region folder{is_file}. "
            "Maybe the name is spelled otherwise, or make one with `so247 new`."
        )
    files: dict[str, bytes | Problem] = {}
    strays: list[Problem] = []
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        problem = Problem("cannot be read", "", error.strerror or "", file=str(folder))
        raise RegionError([problem]) from error
    for name in names:
        if name in KNOWN_FILES:
            files[name] = read_bytes(folder / name, name)
        else:
            strays += _stray(folder / name)
    if REGION_FILE not in files:
        files[REGION_FILE] = read_bytes(folder / REGION_FILE, REGION_FILE)
    try:
        region = parse_region(files)
    except RegionError as error:
        raise RegionError(sorted([*error.problems, *strays], key=reading_order)) from None
    if strays:
        raise RegionError(strays)
    return region


def _stray(path: Path) -> list[Problem]:
    """A table under a name that is not read would be overlooked without a word; say so."""
    name = path.name
    if name.startswith((".", "~")) or path.is_dir():
        return []
    tables = {Path(known).stem: known for known in KNOWN_FILES}
    if path.suffix.lower() == ".csv":
        near = nearest(name, KNOWN_FILES)
        advice = f"Maybe rename it to {near}." if near else f"Known are: {', '.join(KNOWN_FILES)}."
        return [Problem("is not a table of a region", advice, file=name)]
    if path.stem.lower() in tables:
        return [Problem("is not read", f"Save it as {tables[path.stem.lower()]}.", file=name)]
    return []


def read_history(folder: Path, region: Region) -> tuple[Roster, ...]:
    """The earlier rosters in the folder's ``history/``, by period; none without such a folder.

    Raises ``RosterError`` with the problems of all of them.
    """
    history = folder / HISTORY
    return read_rosters(history, region) if history.is_dir() else ()


def read_rosters(folder: Path, region: Region) -> tuple[Roster, ...]:
    """Every earlier roster in a folder, by period.

    The folder may be one that ``so247 roster --out`` wrote, or hold the files of one. Raises
    ``RosterError`` with the problems of all of them.
    """
    from so247.formats.roster_table import read_roster

    rosters: list[Roster] = []
    problems: list[Problem] = []
    for path in _roster_files(folder):
        try:
            rosters.append(read_roster(path, region, past=True))
        except InputError as error:
            problems += error.problems
    if problems:
        raise RosterError(problems)
    return tuple(sorted(rosters, key=lambda roster: (roster.period.start, roster.period.end)))


def _roster_files(folder: Path) -> list[Path]:
    """The files that should be rosters, by name.

    Not our own reports, and no table beside a JSON file of its name: that is the same roster.
    """
    found = [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in ROSTER_SUFFIXES and not path.name.startswith((".", "~"))
    ]
    rosters = {path.stem for path in found if path.suffix.lower() == ".json"}
    return [
        path
        for path in found
        if (not _is_report(path) if path.suffix.lower() == ".json" else path.stem not in rosters)
    ]


def _is_report(path: Path) -> bool:
    from so247.formats.roster_json import is_report

    data = read_bytes(path, path.name)
    return isinstance(data, bytes) and is_report(data)


def write_region(region: Region, folder: Path) -> None:
    """Write a folder that ``read_region`` reads back to an equal region; ``history/`` stays.

    A table of an earlier region that this one does not have is removed.

    Raises ``InputError`` for a region that no folder can hold (a name that begins with ``=``, say),
    or when the folder cannot be written; nothing is changed then.
    """
    files = region_files(region)
    if parse_region(files) != region:
        raise RegionError(
            [Problem("has a text that spreadsheets do not keep", "Maybe spaces at an end of it.")]
        )
    older = [name for name in KNOWN_FILES if name not in files and (folder / name).is_file()]
    write_files(folder, files, replace_folders=older)
