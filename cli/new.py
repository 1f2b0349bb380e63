"""`so247 new`: a small region to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from so247.cli.outputs import fit
from so247.formats.new_region import new_region

NewFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="A folder that is empty or not there yet.")
]


def new(folder: NewFolder) -> None:
    """Write a small region with comments, which works as it stands, for you to change."""
    fit(folder)
    written = new_region(folder)
    typer.echo(f"Written: {len(written)} files in {folder}. Begin with {folder / 'README.md'}.")
    typer.echo(f"Try it: so247 roster {folder} --out out")
