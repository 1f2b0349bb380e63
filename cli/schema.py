"""`so247 schema`: the JSON Schema of a region, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from so247.cli.outputs import fit
from so247.formats.files import write_files
from so247.formats.schema import region_schema

SchemaFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write it to this file instead of the screen."),
]


def schema(out: SchemaFile = None) -> None:
    """Print the JSON Schema of region.yaml, so that your editor knows every key.

    `so247 new` writes it next to region.yaml, which names it on its first line; Visual Studio Code
    (with the YAML extension) and other editors then complete and check while you type.
    """
    text = json.dumps(region_schema(), indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    fit(out.parent)
    write_files(out.parent, {out.name: text.encode()})
    typer.echo(f"Written: {out}")
