"""What several commands ask for, in the same words everywhere."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

PERIOD = "What it looks at"
SEARCH = "How to search"
OUTPUT = "What comes out"


def day_of(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no date. Write year-month-day, for example 2026-10-05."
        ) from None
    if not 2000 <= day.year <= 2100:
        raise typer.BadParameter(f"{text!r} lies outside 2000 to 2100. Maybe a digit is wrong.")
    return day


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no number of seconds.") from None
    if not (math.isfinite(seconds) and seconds > 0):
        raise typer.BadParameter(f"{text!r} is no time to search in. Give more than 0, say 60.")
    return seconds


RegionSource = Annotated[
    str,
    typer.Argument(
        metavar="REGION",
        help="The folder of a region, or the name of an example that comes along: "
        "veenland, rijnstreek, hanzeland or tekort.",
    ),
]
RosterFile = Annotated[
    Path,
    typer.Argument(
        metavar="ROSTER",
        help="A roster: roster.json, or one made by hand as .csv or .xlsx.",
    ),
]
HistoryFolder = Annotated[
    Path | None,
    typer.Option(
        "--history",
        metavar="DIR",
        rich_help_panel=PERIOD,
        help="Folder with earlier rosters (one that --out wrote, say), instead of REGION/history. "
        "Norms and fairness look back into them.",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        rich_help_panel=OUTPUT,
        help="Print one JSON object, for programs, instead of the summary.",
    ),
]
Start = Annotated[
    date | None,
    typer.Option(
        "--from",
        metavar="DATE",
        parser=day_of,
        rich_help_panel=PERIOD,
        help="First day, as 2026-10-05. Without it: the start that the region gives.",
    ),
]
Weeks = Annotated[
    int | None,
    typer.Option(
        "--weeks",
        metavar="N",
        min=1,
        max=104,
        rich_help_panel=PERIOD,
        help="How many weeks. Without it: as many as the region gives.",
    ),
]
Seconds = Annotated[
    float,
    typer.Option(
        "--seconds",
        metavar="S",
        parser=_seconds,
        rich_help_panel=SEARCH,
        help="Longest search. It ends sooner when nothing better can exist.",
    ),
]
Workers = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=64,
        rich_help_panel=SEARCH,
        help="Processor cores to use.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        "--seed",
        metavar="N",
        min=0,
        max=2**31 - 1,
        rich_help_panel=SEARCH,
        help="Another number gives another roster that is as good.",
    ),
]
Reproducible = Annotated[
    bool,
    typer.Option(
        "--reproducible",
        rich_help_panel=SEARCH,
        help="The same region gives the same files, byte for byte: one core, work counted instead "
        "of seconds, and the first day of the period as the time of publication.",
    ),
]
OutFolder = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        rich_help_panel=OUTPUT,
        help="Write roster.json, check.json, roster.xlsx and calendars/*.ics there, all or none; "
        "what DIR/calendars held goes. Without --out nothing is written. If DIR already holds a "
        "roster of the same region and period, the new one is its next revision.",
    ),
]
