"""`so247 export`: a roster as calendars, as a workbook, as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from so247.audit.check import check
from so247.cli.exits import Code, code_of_report
from so247.cli.inputs import region_and_history
from so247.cli.options import HistoryFolder, RegionSource, RosterFile
from so247.cli.outputs import WORKBOOK_FILE, fit
from so247.formats.csv_export import to_csv
from so247.formats.files import write_files
from so247.formats.ical import to_ical
from so247.formats.roster_table import read_roster
from so247.formats.xlsx import to_xlsx

Calendars = Annotated[
    Path | None,
    typer.Option("--ics", metavar="DIR", help="Write a calendar per person and per site there."),
]
Workbook = Annotated[
    Path | None,
    typer.Option("--xlsx", metavar="DIR", help="Write the workbook roster.xlsx there."),
]
Tables = Annotated[
    Path | None,
    typer.Option("--csv", metavar="DIR", help="Write the same tables as CSV files there."),
]


def export(
    source: RegionSource,
    roster: RosterFile,
    ics: Calendars = None,
    xlsx: Workbook = None,
    csv: Tables = None,
    history: HistoryFolder = None,
) -> None:
    """Write a roster as calendars, as a workbook, or as CSV tables, after checking it."""
    if ics is None and xlsx is None and csv is None:
        raise typer.BadParameter("say what to write: --ics DIR, --xlsx DIR or --csv DIR.")
    region, earlier = region_and_history(source, history)
    folders = [fit(folder) for folder in (ics, xlsx, csv)]
    found = read_roster(roster, region)
    report = check(region, found, earlier)
    made = (
        to_ical(region, found, earlier) if ics else {},
        {WORKBOOK_FILE: to_xlsx(region, found, report, history=earlier)} if xlsx else {},
        to_csv(region, found, report, history=earlier) if csv else {},
    )
    for folder, files in zip(folders, made, strict=True):
        if folder is not None:
            write_files(folder, files)
            typer.echo(f"Written: {len(files)} file{'' if len(files) == 1 else 's'} in {folder}")
    code = code_of_report(report)
    if code is Code.NOT_COVERED:
        typer.echo(
            "The check found gaps, breaches or something unknown; `so247 check` tells which."
        )
    raise typer.Exit(code)
