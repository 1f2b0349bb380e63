"""`so247 explain`: why is this duty empty, and why does that person not hold it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from so247.cli.blocks import show_block, show_words
from so247.cli.exits import Code, say
from so247.cli.inputs import region_and_history
from so247.cli.interrupt import cancellable
from so247.cli.options import (
    PERIOD,
    AsJson,
    HistoryFolder,
    RegionSource,
    Reproducible,
    Seconds,
    Start,
    Weeks,
    Workers,
)
from so247.cli.outputs import print_json
from so247.cli.progress import shown
from so247.cli.render import stdout
from so247.formats.explanation import View, explanation_view
from so247.formats.roster_table import read_roster
from so247.models.explanation import Explanation
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits

EXAMPLES = """Examples:

    so247 explain tekort
    so247 explain rijnstreek out/roster.json --duty noord-anw@2026-11-09T17:00
    so247 explain rijnstreek out/roster.json --duty noord-anw@2026-11-09T17:00 --person so-07

Exit codes: 0 explained; 4 without ROSTER nothing was found in the time; 5 bad input.
"""

AnyRoster = Annotated[
    Path | None,
    typer.Argument(
        metavar="[ROSTER]",
        help="A roster: roster.json, or one made by hand as .csv or .xlsx. Without it one is "
        "sought first.",
    ),
]
DutyAsked = Annotated[
    str | None,
    typer.Option(
        "--duty",
        metavar="DUTY",
        rich_help_panel=PERIOD,
        help="A duty or session by its id, or a duty by line and local time: "
        "LINE@2026-11-09T17:00. Without it: every unfilled duty and missing session.",
    ),
]
PersonAsked = Annotated[
    str | None,
    typer.Option(
        "--person",
        metavar="NAME",
        rich_help_panel=PERIOD,
        help="A physician by id or name. With --duty: every rule that forbids it, or what it "
        "would break, or what it would cost.",
    ),
]


def explain(
    source: RegionSource,
    roster: AnyRoster = None,
    duty: DutyAsked = None,
    person: PersonAsked = None,
    start: Start = None,
    weeks: Weeks = None,
    history: HistoryFolder = None,
    seconds: Seconds = 20,
    workers: Workers = 2,
    reproducible: Reproducible = False,
    as_json: AsJson = False,
) -> None:
    """Say why a duty is empty, or why somebody does not hold it.

    Every rule that stands in the way is named, with its figure. Where nothing stands in the way it
    says what it would cost; where only other duties do, whether it can be done by moving some.
    """
    from so247.solver.explain import explain as explained

    region, earlier = region_and_history(source, history)
    if roster is not None and (start, weeks) != (None, None):
        raise typer.BadParameter(
            "--from and --weeks say what to search; ROSTER has its own period."
        )
    limits = Limits(seconds=seconds, workers=workers, reproducible=reproducible)
    found = (
        read_roster(roster, region)
        if roster is not None
        else _sought(region, earlier, start, weeks, limits)
    )

    def search(cancel: Cancel) -> Explanation:
        return explained(
            region, found, earlier, duty=duty, person=person, limits=limits, cancel=cancel
        )

    explanation = cancellable(search)
    if as_json:
        print_json({"exit_code": 0, **explanation.model_dump(mode="json")})
    else:
        show_view(explanation_view(region, explanation))


def _sought(
    region: Region,
    history: Sequence[Roster],
    start: date | None,
    weeks: int | None,
    limits: Limits,
) -> Roster:
    """A roster to explain, where none is given."""
    from so247.solver.solve import solve

    with shown() as on_progress:
        result = cancellable(
            lambda cancel: solve(
                region,
                start,
                weeks,
                history=history,
                limits=limits,
                on_progress=on_progress,
                cancel=cancel,
            )
        )
    if result.roster is None:
        say("Nothing was found in the time. Maybe give more with --seconds.")
        raise typer.Exit(Code.NOTHING_FOUND)
    return result.roster


def show_view(view: View) -> None:
    """The headline, then sentences and tables as they come."""
    out = stdout()
    show_words(view.headline, out, style="bold")
    for block in view.blocks:
        show_block(block, out)
