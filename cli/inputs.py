"""What the commands read: a region with its history, and the roster that a new one will replace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from so247.cli.outputs import CHECK_FILE, ROSTER_FILE
from so247.formats.region_folder import ROSTER_SUFFIXES
from so247.formats.roster_json import roster_from_json
from so247.formats.roster_table import read_roster
from so247.models.clock import period
from so247.models.errors import InputError, NotFound, Problem, RosterError
from so247.models.region import Region
from so247.models.roster import Roster
from so247.scenarios.catalogue import load_history, load_region


def region_and_history(source: str, history: Path | None) -> tuple[Region, tuple[Roster, ...]]:
    """The region, and its earlier rosters: those in ``history`` where given, else its own."""
    region = load_region(source)
    return region, load_history(source, region) if history is None else _read(history, region)


def _read(folder: Path, region: Region) -> tuple[Roster, ...]:
    """Every roster in the folder, by period; the problems of all of them together."""
    if not folder.is_dir():
        raise NotFound(f"{folder}: there is no such folder. Maybe the name is spelled otherwise.")
    rosters: list[Roster] = []
    problems: list[Problem] = []
    for path in _files(folder):
        try:
            rosters.append(read_roster(path, region, past=True))
        except InputError as error:
            problems += error.problems
    if problems:
        raise RosterError(problems)
    return tuple(sorted(rosters, key=lambda roster: (roster.period.start, roster.period.end)))


def _files(folder: Path) -> list[Path]:
    """The rosters in the folder; only roster.json of one that ``so247 roster --out`` wrote."""
    if (folder / ROSTER_FILE).exists() and (folder / CHECK_FILE).exists():
        return [folder / ROSTER_FILE]
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in ROSTER_SUFFIXES and not path.name.startswith((".", "~"))
    ]


def previous_revision(
    folder: Path | None, region: Region, start: date | None, weeks: int | None
) -> Roster | None:
    """The roster of the same region and period that ``folder`` already holds."""
    first = start or region.planning_start
    if folder is None or first is None:
        return None
    file = folder / ROSTER_FILE
    if not file.exists():
        return None
    found = roster_from_json(file.read_bytes(), str(file))
    asked = period(first, weeks or region.planning_weeks)
    return found if (found.region_id, found.period) == (region.id, asked) else None
