"""Where results go: a folder that is fit to write to, or one JSON object on stdout."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typer

from so247.models.errors import InputError, Problem

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


def _problem(path: Path, message: str, advice: str) -> Problem:
    return Problem(message=message, file=str(path), advice=f"Maybe {advice} helps.")


def print_json(document: dict[str, Any]) -> None:
    """The one thing on stdout. ASCII, so that no terminal's encoding can spoil it."""
    typer.echo(json.dumps(document, indent=2))
