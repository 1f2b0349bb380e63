"""`so247 region-report`: how every site of a region stands, and what the region leans on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from so247.cli.blocks import show_block, show_words
from so247.cli.exits import Code, say
from so247.cli.inputs import region_and_history
from so247.cli.interrupt import cancellable
from so247.cli.options import (
    OUTPUT,
    PERIOD,
    AsJson,
    HistoryFolder,
    RegionSource,
    Reproducible,
    Seconds,
    Workers,
    day_of,
)
from so247.cli.outputs import fit, print_json
from so247.cli.progress import shown
from so247.cli.render import stdout
from so247.formats.dossier.blocks import Page
from so247.formats.files import write_files
from so247.formats.region_report import region_page, region_report_to_json
from so247.formats.region_report_html import region_report_to_html
from so247.formats.roster_table import read_roster
from so247.models.clock import local_day
from so247.models.errors import InputError, Problem
from so247.models.proof import Verdict
from so247.models.region import Region
from so247.models.region_report import RegionReport
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits

HTML_FILE = "region-report.html"
JSON_FILE = "region-report.json"
EXAMPLES = """Examples:

    so247 region-report tekort
    so247 region-report my-region out/roster.json --out report

Exit codes: 0 every site meets the preconditions, or is coverable; 3 for some site it is impossible;
4 for some site it cannot be determined; 5 bad input; 6 some site does not meet them yet.
"""

AnyRoster = Annotated[
    Path | None,
    typer.Argument(
        metavar="[ROSTER]",
        help="A roster: roster.json, or one made by hand as .csv or .xlsx. Without it a witness is "
        "sought: a roster that nobody has promised.",
    ),
]
Today = Annotated[
    date | None,
    typer.Option(
        "--today",
        metavar="DATE",
        parser=day_of,
        rich_help_panel=PERIOD,
        help="The day from which it is seen. Without it: the first day of ROSTER, or the start "
        "that the region gives.",
    ),
]
ReportWeeks = Annotated[
    int,
    typer.Option(
        "--weeks",
        metavar="N",
        min=1,
        max=104,
        rich_help_panel=PERIOD,
        help="How many weeks, without ROSTER.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        rich_help_panel=OUTPUT,
        help=f"Write {HTML_FILE} (one page that needs nothing else) and {JSON_FILE} there.",
    ),
]


def region_report(
    source: RegionSource,
    roster: AnyRoster = None,
    today: Today = None,
    weeks: ReportWeeks = 13,
    history: HistoryFolder = None,
    out: Folder = None,
    seconds: Seconds = 60,
    workers: Workers = 2,
    reproducible: Reproducible = False,
    as_json: AsJson = False,
) -> None:
    """Report on a whole region: each site's verdict, gaps, employers, dependence, shortage.

    What a zorgkantoor or coordinator asks. It reports and people decide; it is about planned
    coverage, and no legal advice. so247 prove gives the whole proof of one site.
    """
    from so247.solver.region_report import region_report as reported

    region, earlier = region_and_history(source, history)
    folder = fit(out)
    found = read_roster(roster, region) if roster is not None else None
    first = _first_day(region, found, today)
    limits = Limits(seconds=seconds, workers=workers, reproducible=reproducible)

    def search(cancel: Cancel) -> RegionReport:
        return reported(
            region,
            found,
            earlier,
            today=first,
            weeks=weeks,
            limits=limits,
            on_progress=on_progress,
            cancel=cancel,
        )

    with shown() as on_progress:
        report = cancellable(search)
    written = _write(folder, region, report)
    code = code_of_region(report)
    if as_json:
        document = report.model_dump(mode="json")
        print_json({"exit_code": int(code), "written": written, **document})
    else:
        show_page(region_page(region, report))
        for name in written:
            typer.echo(f"Written: {name}")
    if written:
        say("This report has names of physicians in it. Maybe mind who gets it.")
    raise typer.Exit(code)


def _first_day(region: Region, roster: Roster | None, today: date | None) -> date:
    first = today or (local_day(roster.period.start) if roster else region.planning_start)
    if first is None:
        problem = Problem("no first day is known", "Maybe give --today, or planning_start.")
        raise InputError([problem])
    return first


def _write(folder: Path | None, region: Region, report: RegionReport) -> list[str]:
    """Writes both files or neither; gives their names."""
    if folder is None:
        return []
    files = {
        HTML_FILE: region_report_to_html(region, report),
        JSON_FILE: region_report_to_json(report),
    }
    write_files(folder, files)
    return [str(folder / name) for name in sorted(files)]


def code_of_region(report: RegionReport) -> Code:
    """That of the worst site. A region without sites has nothing that could be covered."""
    found = {each.verdict for each in report.sites}
    for verdict, code in (
        (Verdict.IMPOSSIBLE, Code.NO_ROSTER_EXISTS),
        (Verdict.NOT_YET, Code.NOT_COVERED),
        (Verdict.UNKNOWN, Code.NOTHING_FOUND),
    ):
        if verdict in found:
            return code
    return Code.COVERED if found - {None} else Code.NOTHING_FOUND


def show_page(page: Page) -> None:
    """The headline and what it rests on, then every section's tables."""
    out = stdout()
    good = page.sign in ("met", "open")
    show_words((page.site, page.site), out, style="bold")
    show_words(page.verdict, out, style="bold green" if good else "bold red")
    show_words(page.until, out)
    if page.banner is not None:
        show_words(page.banner, out, style="bold")
    for sentence in page.summary:
        show_words(sentence, out)
    for section in page.sections:
        out.print()
        show_words(section.title, out, style="bold")
        for block in section.blocks:
            show_block(block, out)
