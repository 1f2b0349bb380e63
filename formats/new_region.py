"""The small example region that a new user starts from."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from so247.formats.files import write_files
from so247.formats.schema import region_schema
from so247.models.errors import InputError, Problem


def template_files() -> dict[str, bytes]:
    """The example region's files by name, with the schema that its region.yaml points to."""
    folder = files("so247.formats") / "template"
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    found["region.schema.json"] = (json.dumps(region_schema(), indent=2) + "\n").encode()
    return found


def new_region(folder: Path) -> tuple[str, ...]:
    """Write the example region into a new or empty folder; the names of its files.

    Raises ``InputError`` when there is something in the folder, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        advice = "Nothing was written. Choose a folder that does not exist yet."
        raise InputError([Problem("is there already and not empty", advice, file=str(folder))])
    written = template_files()
    write_files(folder, written)
    return tuple(sorted(written))
