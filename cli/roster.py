"""`so247 roster`: from a region to a checked roster, its files and a summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from so247.cli.exits import Code, code_of_result, say
from so247.cli.inputs import previous_revision, region_and_history
from so247.cli.interrupt import cancellable
from so247.cli.options import (
    AsJson,
    HistoryFolder,
    OutFolder,
    RegionSource,
    Reproducible,
    Seconds,
    Seed,
    Start,
    Weeks,
    Workers,
)
from so247.cli.outputs import CALENDARS, CHECK_FILE, ROSTER_FILE, WORKBOOK_FILE, fit, print_json
from so247.cli.progress import shown
from so247.cli.render import show
from so247.formats.files import write_files
from so247.formats.ical import to_ical
from so247.formats.roster_json import report_to_json, roster_to_json
from so247.formats.summary import summarise
from so247.formats.xlsx import to_xlsx
from so247.models.clock import day_start
from so247.models.region import Region
from so247.models.result import Result
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits


def roster(
    source: RegionSource,
    start: Start = None,
    weeks: Weeks = None,
    history: HistoryFolder = None,
    seconds: Seconds = 60,
    workers: Workers = 2,
    seed: Seed = 1,
    reproducible: Reproducible = False,
    out: OutFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make a roster, check it, and say how well everybody can be reached and deployed.

    Where there are too few people it leaves named gaps, as few as it can; it never breaks a hard
    rule to fill one. Ctrl-C stops the search and keeps, checks and writes the best roster so far.
    """
    from so247.solver.solve import solve

    region, earlier = region_and_history(source, history)
    folder = fit(out)
    previous = previous_revision(folder, region, start, weeks)
    published_at = _published_at(region, start, reproducible)
    limits = Limits(seconds=seconds, workers=workers, reproducible=reproducible)

    def search(cancel: Cancel) -> Result:
        return solve(
            region,
            start,
            weeks,
            history=earlier,
            previous=previous,
            limits=limits,
            seed=seed,
            on_progress=on_progress,
            cancel=cancel,
            published_at=published_at,
        )

    with shown() as on_progress:
        result = cancellable(search)
    written = _write(folder, region, result, earlier)
    code = code_of_result(result)
    if as_json:
        document = result.model_dump(mode="json")
        print_json({"exit_code": int(code), "written": written, **document})
    elif result.roster is not None and result.report is not None:
        show(summarise(region, result.roster, result.report, result, earlier))
        if folder is not None:
            typer.echo(f"Written: {len(written)} files in {folder}")
    if code in (Code.CANCELLED, Code.NO_ROSTER_EXISTS, Code.NOTHING_FOUND):
        say(_ending(code, result, folder))
    raise typer.Exit(code)


def _published_at(region: Region, start: date | None, reproducible: bool) -> datetime | None:
    """Now, or a moment that does not depend on when the command was given."""
    if not reproducible:
        return datetime.now(UTC).replace(second=0, microsecond=0)
    first = start or region.planning_start
    return day_start(first) if first else None


def _write(
    folder: Path | None, region: Region, result: Result, history: Sequence[Roster]
) -> list[str]:
    """Writes all files or none; gives their names."""
    if folder is None or result.roster is None or result.report is None:
        return []
    files = {
        ROSTER_FILE: roster_to_json(result.roster),
        CHECK_FILE: report_to_json(result.report),
        WORKBOOK_FILE: to_xlsx(region, result.roster, result.report, result, history),
    }
    calendars = to_ical(region, result.roster, history)
    files.update({f"{CALENDARS}/{name}": content for name, content in calendars.items()})
    write_files(folder, files, replace_folders=(CALENDARS,))
    return [str(folder / name) for name in sorted(files)]


def _ending(code: Code, result: Result, folder: Path | None) -> str:
    if code is Code.NO_ROSTER_EXISTS:
        return (
            "No roster exists, even with gaps: pins or history break hard rules among themselves. "
            "Maybe take a pin out of the region."
        )
    if code is Code.NOTHING_FOUND:
        return "Nothing was found in the time. Maybe give more with --seconds."
    if result.roster is None:
        return "Stopped before a roster was found. Nothing was written."
    kept = f"written to {folder}" if folder else "not written, as --out was not given"
    return f"Stopped by Ctrl-C. The best roster so far was kept, checked, and {kept}."
