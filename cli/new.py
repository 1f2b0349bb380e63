"""`so247 new`: a small region to begin with."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from so247.cli.outputs import fit
from so247.formats.files import write_files
from so247.formats.schema import region_schema
from so247.models.errors import InputError, Problem

NewFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="A folder that is empty or not there yet.")
]


def new(folder: NewFolder) -> None:
    """Write a small region with comments, which works as it stands, for you to change."""
    if folder.is_dir() and any(folder.iterdir()):
        advice = "Maybe give the name of a folder that is not there yet."
        raise InputError([Problem("is not empty", advice, file=str(folder))])
    fit(folder)
    starter = files("so247.cli") / "starter"
    found = {each.name: each.read_bytes() for each in starter.iterdir() if each.is_file()}
    found["region.schema.json"] = (json.dumps(region_schema(), indent=2) + "\n").encode()
    write_files(folder, found)
    typer.echo(f"Written: {len(found)} files in {folder}. Begin with {folder / 'README.md'}.")
    typer.echo(f"Try it: so247 roster {folder} --out out")
