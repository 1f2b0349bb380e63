"""The command `so247`: which commands there are, and what they share."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from so247.cli import explain, prove, region_report, responsibility, robust, verify
from so247.cli.check import check
from so247.cli.exits import Code, Guarded, nobody_reads, our_fault
from so247.cli.export import export
from so247.cli.new import new
from so247.cli.roster import roster
from so247.cli.schema import schema

ROSTER_EXAMPLES = """Examples:

    so247 roster veenland --out out
    so247 roster my-region --from 2026-10-05 --weeks 13 --out autumn

Exit codes: 0 done and covered; 3 no roster exists, even with gaps; 4 nothing found in the time;
5 bad input; 6 done, but the check found gaps, hard breaches or something unknown; 130 stopped by
Ctrl-C, with the best roster so far.
"""
CHECK_EXAMPLES = """Examples:

    so247 check veenland out/roster.json
    so247 check my-region made-by-hand.xlsx --json

Exit codes: 0 covered; 5 bad input; 6 gaps, hard breaches or something unknown.
"""
EXPORT_EXAMPLES = """Examples:

    so247 export veenland out/roster.json --ics calendars --xlsx .
    so247 export my-region made-by-hand.csv --csv tables
"""
NEW_EXAMPLES = """Example:

    so247 new my-region
    so247 roster my-region
"""
EXAMPLES = """To begin, and then with a region of your own:

    so247 roster veenland --out out
    so247 new my-region

so247 reports and people decide. It gives no legal advice.
"""

app = typer.Typer(
    cls=Guarded,
    name="so247",
    epilog=EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="markdown",
)
app.command(epilog=ROSTER_EXAMPLES)(roster)
app.command(epilog=CHECK_EXAMPLES)(check)
app.command(epilog=prove.EXAMPLES)(prove.prove)
app.command(epilog=verify.EXAMPLES)(verify.verify)
app.command(epilog=robust.EXAMPLES)(robust.robust)
app.command(epilog=explain.EXAMPLES)(explain.explain)
app.command(epilog=region_report.EXAMPLES)(region_report.region_report)
app.command(epilog=responsibility.EXAMPLES)(responsibility.responsibility)
app.command(epilog=EXPORT_EXAMPLES)(export)
app.command(epilog=NEW_EXAMPLES)(new)
app.command()(schema)


def _version(asked: bool) -> None:
    if asked:
        from so247 import __version__

        typer.echo(f"so247 {__version__}")
        raise typer.Exit


@app.callback()
def so247(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Roster elderly-care physicians (SO), and check that one can be reached and deployed 24/7."""


def run() -> int:
    """The command line from start to exit code; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks an é still gets the rest
    try:
        code = _exit_code()
        sys.stdout.flush()
    except BrokenPipeError:
        return nobody_reads()
    except Exception as error:  # noqa: BLE001  the last resort: a sentence instead of a traceback
        return our_fault(error)
    return code


def _exit_code() -> int:
    try:
        app(prog_name="so247")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else Code.OUR_FAULT
    return Code.COVERED
