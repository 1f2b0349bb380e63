"""What the commands read: a region with its history, and the roster that a new one will replace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from so247.cli.outputs import ROSTER_FILE
from so247.formats.region_folder import read_rosters
from so247.formats.roster_json import roster_from_json
from so247.models.clock import period
from so247.models.errors import NotFound
from so247.models.region import Region
from so247.models.roster import Roster
from so247.scenarios.catalogue import load_history, load_region


def region_and_history(source: str, history: Path | None) -> tuple[Region, tuple[Roster, ...]]:
    """The region, and its earlier rosters: those in ``history`` where given, else its own."""
    region = load_region(source)
    return region, load_history(source, region) if history is None else _read(history, region)


def _read(folder: Path, region: Region) -> tuple[Roster, ...]:
    """Every roster in the folder, by period."""
    if not folder.is_dir():
        raise NotFound(f"{folder}: there is no such folder. Maybe the name is spelled otherwise.")
    return read_rosters(folder, region)


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
