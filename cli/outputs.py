"""Where results go: a folder that is fit to write to, or one JSON object on stdout."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typer

from so247.formats.dossier.digests import DIGESTS
from so247.formats.dossier.folder import DOSSIER_FILES
from so247.formats.roster_json import roster_from_json
from so247.models.errors import InputError, Problem, So247Error

ROSTER_FILE = "roster.json"
CHECK_FILE = "check.json"
WORKBOOK_FILE = "roster.xlsx"
CALENDARS = "calendars"
"""What ``so247 roster --out`` writes."""


def fit(folder: Path | None) -> Path | None:
    """The folder, if files can go there. Asked before the search, not after a minute of it.

    Raises ``InputError`` when it is a file, lies below a file, or may not be written to.
    """
    if folder is None:
        return None
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not nearest.is_dir():
        raise InputError([_problem(nearest, "is a file, not a folder", "another name for --out")])
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return folder
    except OSError as error:
        message = f"cannot be written to ({error.strerror})"
        raise InputError([_problem(nearest, message, "another folder")]) from None


def fit_dossier(folder: Path) -> Path:
    """The folder, if a dossier can go there: it is new or empty, or holds a dossier already.

    Nothing else may stand there: a dossier holds no other files, and an older proof.pdf that goes
    with it is taken away only where digests.txt says that it was a dossier's.

    Raises ``InputError``.
    """
    fit(folder)
    if not folder.exists():
        return folder
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise InputError([_problem(folder, message, "another folder for --out")]) from None
    other = [each for each in found if each.name not in DOSSIER_FILES or not each.is_file()]
    if other:
        message = f"holds {other[0].name}, which is no file of a dossier"
        raise InputError([_problem(folder, message, "another name for --out")])
    if found and not (folder / DIGESTS).exists():
        message = f"holds {found[0].name} without {DIGESTS}: that is no dossier to replace"
        raise InputError([_problem(folder, message, "another name for --out")])
    return folder


def fit_roster(file: Path, dossier: Path) -> None:
    """Raises ``InputError`` unless a roster can go to ``file``: new, or in place of a roster.

    Within the dossier's folder it may not stand: a dossier holds no other files.
    """
    where, folder = file.resolve(), dossier.resolve()
    if where.is_relative_to(folder) or folder.is_relative_to(where):
        message = "lies within the folder of the dossier, or the other way round"
    elif file.is_dir():
        message = "is a folder, not a file"
    elif file.exists() and not _is_roster(file):
        message = "exists, and is no roster of so247 as JSON; it is left as it is"
    else:
        fit(file.parent)
        return
    raise InputError([_problem(file, message, "another name for --roster-out")])


def _is_roster(file: Path) -> bool:
    try:
        roster_from_json(file.read_bytes(), str(file))
    except (OSError, So247Error):
        return False
    return True


def _problem(path: Path, message: str, advice: str) -> Problem:
    return Problem(message=message, file=str(path), advice=f"Maybe {advice} helps.")


def print_json(document: dict[str, Any]) -> None:
    """The one thing on stdout. ASCII, so that no terminal's encoding can spoil it."""
    typer.echo(json.dumps(document, indent=2))
