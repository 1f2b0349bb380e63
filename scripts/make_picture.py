"""Draws docs/roster.svg anew: two weeks of a roster for Veenland, and what the command says of it.

    python scripts/make_picture.py

It shows what the solver gives and nothing else, and draws the same picture every time.
"""

import io
import re
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from so247 import Limits, Region, Roster, load_region, solve
from so247.cli.render import show
from so247.formats.summary import summarise
from so247.models.calendar import duties
from so247.models.clock import local_day
from so247.models.settings import Burden

PICTURE = Path(__file__).parents[1] / "docs" / "roster.svg"
DAYS = 14
SIGNS = {None: "D", Burden.WEEKNIGHT: "N", Burden.WEEKEND: "W", Burden.HOLIDAY: "H"}
STYLES = {
    "D": "bold white on #2f6f8f",
    "N": "bold white on #3b4fa0",
    "W": "bold white on #8a3f7d",
    "H": "bold white on #a03b3b",
    "s": "bold white on #3d7a45",
}
LEGEND = "D office hours (kantooruren)  N weeknight  W weekend  s session on site (dagdeel)"


def signs(region: Region, roster: Roster) -> dict[tuple[str, date], str]:
    """(person, day) to the signs of what begins for that person on that day, in order."""
    kinds = {duty.id: SIGNS[duty.burden] for duty in duties(region, roster.period)}
    found: dict[tuple[str, date], str] = {}
    for each in sorted(roster.standing, key=lambda assignment: assignment.when.start):
        key = (each.physician, local_day(each.when.start))
        found[key] = found.get(key, "") + kinds.get(each.target, "s")
    return found


def grid(region: Region, roster: Roster) -> Table:
    """One row per person, one column per day."""
    first = local_day(roster.period.start)
    days = [first + timedelta(days=offset) for offset in range(DAYS)]
    found = signs(region, roster)
    table = Table(
        title=f"{region.name}: two weeks of the roster", title_justify="left", caption=LEGEND
    )
    table.add_column("")
    for day in days:
        table.add_column(Text(f"{day:%a}\n{day:%d-%m}"), justify="center", min_width=5)
    for person in region.physicians:
        cells = [found.get((person.id, day), "") for day in days]
        table.add_row(person.name, *(Text.assemble(*((s, STYLES[s]) for s in c)) for c in cells))
    return table


def main() -> None:
    region = load_region("veenland")
    result = solve(region, limits=Limits(seconds=60, reproducible=True))
    if result.roster is None or result.report is None:
        raise SystemExit("no roster was found")
    console = Console(record=True, width=142, file=io.StringIO(), force_terminal=True)
    console.print(grid(region, result.roster))
    console.print("\n$ so247 roster veenland --out out", style="bold", highlight=False)
    show(summarise(region, result.roster, result.report, result), console)
    svg = console.export_svg(title="so247", unique_id="so247")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # a picture calls nobody
    PICTURE.write_text(svg, encoding="utf-8")
    print(f"{PICTURE.name}: {result.status.value}, {len(result.roster.assignments)} assignments")


if __name__ == "__main__":
    main()
