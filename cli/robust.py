"""`so247 robust`: who can be missed, when, and what then changes?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from so247.cli.exits import Code, harmless
from so247.cli.inputs import region_and_history
from so247.cli.interrupt import cancellable
from so247.cli.options import (
    PERIOD,
    SEARCH,
    AsJson,
    HistoryFolder,
    RegionSource,
    Reproducible,
    RosterFile,
    Seconds,
)
from so247.cli.outputs import print_json
from so247.cli.render import stdout, table
from so247.formats.roster_table import read_roster
from so247.formats.tables import names_of
from so247.formats.words import moment
from so247.models.proof import Case, Robustness, Survival
from so247.models.region import Region
from so247.solver.limits import Cancel, Limits

EXAMPLES = """Examples:

    so247 robust veenland out/roster.json
    so247 robust my-region made-by-hand.xlsx --absence-days 28 --pairs

Exit codes: 0 whoever drops out, the roster can be repaired; 4 not settled within the time for some;
5 bad input; 6 somebody cannot be missed on some day; 130 stopped by Ctrl-C.
"""

AbsenceDays = Annotated[
    int,
    typer.Option(
        "--absence-days",
        metavar="N",
        min=1,
        max=366,
        rich_help_panel=PERIOD,
        help="How many days somebody is away.",
    ),
]
Pairs = Annotated[
    bool,
    typer.Option(
        "--pairs",
        rich_help_panel=SEARCH,
        help="Two people away together, from the same day on, instead of one.",
    ),
]
ROWS = 8
"""Rows of a table before the rest is only counted."""
MOST = 3
"""Duties and reasons of one case before the rest is only counted."""


def robust(
    source: RegionSource,
    roster: RosterFile,
    absence_days: AbsenceDays = 7,
    pairs: Pairs = False,
    history: HistoryFolder = None,
    seconds: Seconds = 120,
    reproducible: Reproducible = False,
    as_json: AsJson = False,
) -> None:
    """Try every absence: can the roster be repaired, legally and with everyone covered?

    For every physician and every day: away from that day on, known that day. A repair changes only
    what starts after it. --json gives each repair, and for each failure the rules that stand in the
    way of whom.
    """
    from so247.solver.robust import robust as tried

    region, earlier = region_and_history(source, history)
    found = read_roster(roster, region)

    def search(cancel: Cancel) -> tuple[Robustness, bool]:
        answer = tried(
            region,
            found,
            earlier,
            absence_days=absence_days,
            absent=2 if pairs else 1,
            limits=Limits(seconds=seconds, reproducible=reproducible),
            on_progress=on_progress,
            cancel=cancel,
        )
        return answer, cancel.cancelled

    with _shown() as on_progress:
        answer, cancelled = cancellable(search)
    code = Code.CANCELLED if cancelled else _code(answer)
    if as_json:
        told = {"share": answer.share, "indispensable": answer.indispensable}
        print_json({"exit_code": int(code), **told, **answer.model_dump(mode="json")})
    else:
        _show(region, answer)
    raise typer.Exit(code)


def _code(found: Robustness) -> Code:
    if found.count(Survival.FAILED):
        return Code.NOT_COVERED
    return Code.NOTHING_FOUND if found.count(Survival.UNKNOWN) else Code.COVERED


@contextmanager
def _shown() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr; nothing when nobody is watching it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("Absences tried"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, tried: bar.update(task, completed=done, total=tried)


# -- on a terminal --------------------------------------------------------------------------------


def _show(region: Region, found: Robustness) -> None:
    out = stdout()
    whole = found.survived == found.tried
    out.print(Text(_headline(found), style="bold green" if whole else "bold red"))
    out.print(
        Text(
            f"{found.tried} gevallen geprobeerd / cases tried; "
            f"geen dienst geraakt / nothing lost: {found.unaffected}; "
            f"op te vangen / repaired: {found.count(Survival.SURVIVED)}; "
            f"niet op te vangen / not repairable: {found.count(Survival.FAILED)}; "
            f"niet vast te stellen / unknown: {found.count(Survival.UNKNOWN)}"
        )
    )
    names = names_of(region)
    for each in (*_people(found, names), *_worst(region, found, names)):
        out.print(each)


def _headline(found: Robustness) -> str:
    days, who = found.absence_days, ("1 arts", "1 physician")
    if found.absent == 2:
        who = ("2 artsen", "2 physicians")
    # Rounded down: 99.96 % is not 100 %.
    share = int(1000 * found.share) / 10
    return (
        f"Uitval van {who[0]} voor {days} {'dag' if days == 1 else 'dagen'}: {share:g} % is op te "
        f"vangen (of losing {who[1]} for {days} {'day' if days == 1 else 'days'}, {share:g} % can "
        "be repaired)"
    )


def _people(found: Robustness, names: dict[str, str]) -> list[Table]:
    """Who cannot be missed, on how many days, most first."""
    days: dict[str, dict[Survival, int]] = {}
    for case in found.cases:
        for who in case.physicians:
            mine = days.setdefault(who, dict.fromkeys(Survival, 0))
            mine[case.survival] += len(case.days)
    rows = [
        (harmless(names.get(who, who)), *(str(days[who][each]) for each in SHOWN_SURVIVAL))
        for who in found.indispensable
    ]
    columns = ["wie / who", "niet op te vangen / not repairable", "niet vast te stellen / unknown"]
    columns += ["op te vangen / repaired"]
    title = "Onmisbaar: dagen vanaf welke uitval … is (indispensable, in first days of absence)"
    return [_first(title, columns, rows)] if rows else []


SHOWN_SURVIVAL = (Survival.FAILED, Survival.UNKNOWN, Survival.SURVIVED)


def _worst(region: Region, found: Robustness, names: dict[str, str]) -> list[Table]:
    """What was not survived, for the same reason together: failures first, most days first."""
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in found.cases:
        if case.survival is not Survival.SURVIVED:
            key = (SHOWN_SURVIVAL.index(case.survival), case.physicians, case.reasons[:1])
            groups.setdefault(key, []).append(case)
    order = sorted(groups.items(), key=lambda row: (row[0][0], -len(_days(row[1])), row[0][1]))
    rows = [
        (
            " + ".join(names.get(who, who) for who in cases[0].physicians),
            f"{_days(cases)[0]:%d-%m-%Y} ({len(_days(cases))})",
            _some([_target(region, each) for each in cases[0].lost]),
            _some([f"{each.nl} / {each.en}" for each in cases[0].reasons]),
        )
        for _, cases in order
    ]
    columns = ["wie / who", "vanaf (dagen) / from (days)", "diensten / duties", "waarom / why"]
    return [_first("Zwaarste gevallen / worst cases", columns, rows)] if rows else []


def _days(cases: Sequence[Case]) -> list[date]:
    return sorted(day for case in cases for day in case.days)


def _first(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    found = table(f"{title}: {len(rows)}", columns, rows[:ROWS])
    if len(rows) > ROWS:
        found.caption = f"… {len(rows) - ROWS} meer, zie / more, see --json"
        found.caption_justify = "left"
    return found


def _target(region: Region, target: str) -> str:
    """A duty by the name of its line and its local time; a session by its id."""
    line, _, planned = target.partition("@")
    if line not in region.line_by_id or not planned:
        return target
    start = datetime.strptime(planned, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    return f"{region.line_by_id[line].name} {moment(start)}"


def _some(rows: Sequence[str]) -> str:
    more = [f"… {len(rows) - MOST} meer / more"] if len(rows) > MOST else []
    return "\n".join([*rows[:MOST], *more])
