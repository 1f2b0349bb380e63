"""The regions that ship with so247, by name, and region folders by path."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from so247.formats.region_file import REGION_FILE
from so247.formats.region_folder import read_history, read_region
from so247.models.errors import NotFound
from so247.models.region import Region
from so247.models.roster import Roster

SHIPPED = ("veenland", "rijnstreek", "hanzeland", "tekort")
HERE = Path(__file__).resolve().parent


def names() -> tuple[str, ...]:
    """The shipped scenarios, the smallest first; ``tekort`` is the one that cannot be covered."""
    return SHIPPED


def locate(source: str | Path) -> Path:
    """The folder of a region: ``source`` itself, or that of the shipped scenario of that name.

    A region folder on disk goes before a scenario. Raises ``NotFound`` when there is neither.
    """
    folder = Path(source)
    if (folder / REGION_FILE).is_file():
        return folder
    if str(source) in SHIPPED:
        return HERE / str(source)
    if folder.is_dir():
        return folder
    near = get_close_matches(str(source).lower(), SHIPPED, n=1)
    advice = f"Maybe you meant {near[0]}." if near else "Maybe the path is spelled otherwise."
    raise NotFound(
        f"{source}: no such region folder or scenario. {advice} Scenarios are {', '.join(SHIPPED)}."
    )


def load_region(source: str | Path) -> Region:
    """The region in a folder or shipped scenario.

    Raises ``NotFound`` or ``RegionError`` (with every problem found).
    """
    return read_region(locate(source))


def load_history(source: str | Path, region: Region) -> tuple[Roster, ...]:
    """The earlier rosters that lie with the region, by period.

    Raises ``NotFound`` or ``RosterError`` (with every problem found).
    """
    return read_history(locate(source), region)
