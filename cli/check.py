"""`so247 check`: does this roster hold, for every site and everybody?"""

from __future__ import annotations

import typer

from so247.audit.check import check as check_roster
from so247.cli.exits import code_of_report
from so247.cli.inputs import region_and_history
from so247.cli.options import AsJson, HistoryFolder, RegionSource, RosterFile
from so247.cli.outputs import print_json
from so247.cli.render import show
from so247.formats.roster_table import read_roster
from so247.formats.summary import summarise


def check(
    source: RegionSource,
    roster: RosterFile,
    history: HistoryFolder = None,
    as_json: AsJson = False,
) -> None:
    """Check any roster, also one made by hand: is an SO reachable and deployable, day and night?

    For every GP group and facility it gives covered, uncovered or unknown with the reasons, and
    every broken norm with person, figure, limit and source.
    """
    region, earlier = region_and_history(source, history)
    found = read_roster(roster, region)
    report = check_roster(region, found, earlier)
    code = code_of_report(report)
    if as_json:
        print_json({"exit_code": int(code), **report.model_dump(mode="json")})
    else:
        show(summarise(region, found, report, history=earlier))
    raise typer.Exit(code)
