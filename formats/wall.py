"""The roster as it hangs on the wall: one row per local day, one column per line, then sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from so247.formats.entries import Entry, entries, site_name
from so247.formats.vtimezone import shown_twice
from so247.formats.words import POSITION, PRODUCT
from so247.models.base import Weekday
from so247.models.clock import days, local_day, to_local
from so247.models.lines import Line
from so247.models.region import Region
from so247.models.roster import Roster

UNFILLED = "ONBEZET / unfilled"
SESSIONS = "Dagdelen en overig\nsessions and other"


@dataclass(frozen=True)
class WallCell:
    """What begins on a day on one line: ``17:00–08:00 A. de Vries``, in order."""

    lines: tuple[str, ...]
    has_hole: bool


@dataclass(frozen=True)
class WallRow:
    """``kind`` names the holiday, or the weekend; empty for an ordinary day."""

    day: date
    kind: str
    cells: tuple[WallCell, ...]


@dataclass(frozen=True)
class Wall:
    """``titles`` are those of the cells, a line each, and last of what is on no line."""

    titles: tuple[str, ...]
    rows: tuple[WallRow, ...]


def wall(region: Region, roster: Roster, history: Sequence[Roster] = ()) -> Wall:
    """Every local day of the period, and every other day on which something in the roster begins.

    Raises ``RosterError`` for a roster of another region.
    """
    found = entries(region, roster, history)
    by_cell: dict[tuple[date, str], list[Entry]] = defaultdict(list)
    for entry in found:
        by_cell[local_day(entry.when.start), entry.line.id if entry.line else ""].append(entry)
    first = local_day(roster.period.start)
    last = local_day(roster.period.end - timedelta(minutes=1))
    shown = sorted({*days(first, last), *(day for day, _ in by_cell)})
    lines = (*(line.id for line in region.lines), "")
    rows = tuple(
        WallRow(
            day=day,
            kind=_kind(region, day),
            cells=tuple(_cell(region, by_cell.get((day, line), [])) for line in lines),
        )
        for day in shown
    )
    return Wall(titles=(*(_title(line) for line in region.lines), SESSIONS), rows=rows)


def _title(line: Line) -> str:
    return f"{line.name}\n{POSITION[line.position][0]} {line.phone or ''}".rstrip()


def _kind(region: Region, day: date) -> str:
    name = next((each.name for each in region.holidays if each.date == day), "")
    if name:
        return name
    return "weekend" if Weekday.of(day) in (Weekday.SATURDAY, Weekday.SUNDAY) else ""


def _cell(region: Region, begun: Sequence[Entry]) -> WallCell:
    return WallCell(
        lines=tuple(_line(region, entry) for entry in begun),
        has_hole=any(entry.holder is None for entry in begun),
    )


def _line(region: Region, entry: Entry) -> str:
    """One line of text, whatever line breaks the name has."""
    holder = UNFILLED if entry.holder is None else " ".join(entry.name.split())
    parts = [f"{_clock(entry, end=False)}–{_clock(entry, end=True)}", holder]
    if entry.line is None and entry.site:
        product = PRODUCT[entry.product][0] if entry.product else ""
        parts.append(f"({', '.join(filter(None, (product, site_name(region, entry.site))))})")
    elif entry.line is None:
        parts.append(f"({entry.target})")
    return " ".join(parts)


def _clock(entry: Entry, *, end: bool) -> str:
    """``17:00``; with the days between where it is over a day later, with the offset where
    the clock shows it twice."""
    local = to_local(entry.when.end if end else entry.when.start)
    text = f"{local:%H:%M}"
    if shown_twice(local):
        text += f" ({local.isoformat()[-6:]})"
    later = (local.date() - local_day(entry.when.start)).days
    return f"{text} (+{later} d)" if later > 1 else text
