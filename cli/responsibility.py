"""`so247 responsibility`: who is responsible for which care, in one living situation or in all."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from so247.cli.exits import harmless
from so247.cli.options import AsJson
from so247.cli.outputs import print_json
from so247.cli.render import stdout, table
from so247.formats.responsibility import (
    blocks,
    responsibility_json,
    source_lines,
    table_rows,
)

EXAMPLES = """Examples:

    so247 responsibility facility_without_treatment
    so247 responsibility --json

Exit codes: 0 done; 5 a setting that the table does not know.
"""

Setting = Annotated[
    str | None,
    typer.Argument(
        metavar="[SETTING]",
        help="A living situation as region.yaml names it: home, facility_without_treatment and so "
        "on. Without it: all of them.",
    ),
]


def responsibility(setting: Setting = None, as_json: AsJson = False) -> None:
    """Say who is responsible for which care in a living situation, and by which document.

    Documents that differ stand side by side; what they leave open is marked (†) and comes with its
    other reading. For a facility of your own: `so247 prove`.
    """
    found = table_rows(setting)
    if as_json:
        print_json({"exit_code": 0, **responsibility_json(found)})
        return
    out = stdout()
    for block in blocks(found):
        out.print(table(block.title, block.columns, block.rows))
    for line in source_lines():
        out.print(Text(harmless(line)))
