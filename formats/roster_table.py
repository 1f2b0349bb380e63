"""Rosters from files: as so247 writes them (JSON), or made by hand in CSV or a spreadsheet.

A table has the columns ``start``, ``end``, ``physician``, and ``line`` (a duty) or ``site`` and
``product`` (a session); further ``contract``, ``state``, ``pinned``, ``target``, and
``period_start`` / ``period_end`` (first and last day of the period, in any row). A row without a
physician is held by nobody and says nothing. The tables that so247 exports can be read as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from so247.formats.input_text import decode, nearest, read_bytes
from so247.formats.located_csv import Row, Table, parse_csv
from so247.formats.located_xlsx import parse_xlsx
from so247.formats.moments import read_moment
from so247.formats.region_tables import CellError, iso_date, read_bool
from so247.formats.roster_json import roster_from_json
from so247.formats.roster_targets import add_targets
from so247.models.clock import Interval, days_interval, days_touched, period
from so247.models.errors import NotFound, Problem, RosterError
from so247.models.lines import Product
from so247.models.region import Region
from so247.models.roster import Assignment, Roster, State

REQUIRED = ("start", "end", "physician")
USED = (
    *REQUIRED,
    "line",
    "site",
    "product",
    "contract",
    "state",
    "pinned",
    "target",
    "period_start",
    "period_end",
)
EXPORTED = (
    "start_utc",
    "end_utc",
    "minutes",
    "line_name",
    "position",
    "site_name",
    "name",
    "part",
    "revision",
    "reasons",
)
"""Columns of our own exports that only repeat or explain the others."""

LONGEST = timedelta(days=31)
"""No duty lasts longer; a longer one is a slip of the pen."""


def read_roster(
    path: Path, region: Region, *, planned: Interval | None = None, past: bool = False
) -> Roster:
    """The roster in a .json, .csv or .xlsx file.

    The period of a table is ``planned``, else what the table says, else the region's planning
    period. ``past``: an earlier roster, for which the planning period says nothing. Raises
    ``RosterError`` with every problem; ``NotFound`` where there is no such file.
    """
    if not path.exists():
        raise NotFound(f"{path}: there is no such roster. Maybe the name is spelled otherwise.")
    name = path.name
    data = read_bytes(path, name)
    if isinstance(data, Problem):
        raise RosterError([data])
    suffix = path.suffix.lower()
    if suffix == ".json":
        return of_region(roster_from_json(data, name), region, name)
    if suffix == ".xlsx":
        table = parse_xlsx(data, name, (*USED, *EXPORTED), REQUIRED)
    elif suffix == ".csv":
        text, problems = decode(data, name)
        table = parse_csv(text, name, (*USED, *EXPORTED), REQUIRED)
        table.problems[:0] = problems
    else:
        raise RosterError([Problem("is no roster", "A roster is .json, .csv or .xlsx.", file=name)])
    return roster_from_table(table, region, planned, past)


def of_region(roster: Roster, region: Region, name: str) -> Roster:
    """The roster itself. Raises ``RosterError`` when it was made for another region."""
    if roster.region_id != region.id:
        message = f"is a roster of another region, not of {region.id}"
        advice = "Maybe the wrong file, or the wrong region folder."
        raise RosterError([Problem(message, advice, roster.region_id, file=name)])
    return roster


def roster_from_table(
    table: Table, region: Region, planned: Interval | None = None, past: bool = False
) -> Roster:
    """A roster from rows. Raises ``RosterError`` with every problem."""
    names = _Names(region)
    usable = set(REQUIRED) <= set(table.columns)
    read = [(row, _assignment(table, row, names)) for row in table.rows if usable]
    assignments = [(row, each) for row, each in read if each is not None]
    span = planned or _period(table, region, past)
    for row, each in assignments:
        if span is not None and not each.when.overlaps(span):
            table.report(
                row.place("start"),
                "lies outside the roster's period",
                "Maybe the year is wrong; period_start and period_end say the period.",
                row.cells["start"],
            )
    if table.problems or span is None:
        raise RosterError(table.problems)
    return Roster(
        region_id=region.id,
        period=span,
        assignments=add_targets(region, span, [each for _, each in assignments]),
    )


@dataclass
class _Names:
    """What the cells of a row may name."""

    region: Region

    def __post_init__(self) -> None:
        region = self.region
        organisations = [each.id for each in region.organisations]
        posts = [each.id for each in region.gp_posts]
        sites = (*region.site_by_id, *region.group_of_practice)
        self.known: Mapping[str, Collection[str]] = {
            "physician": {*region.physician_by_id, *organisations, *posts},
            "line": region.line_by_id.keys(),
            "site": sites,
            "contract": region.contract_by_id.keys(),
            "product": [each.value for each in Product],
            "state": [each.value for each in State],
        }

    def contract(self, physician: str, when: Interval) -> str | None:
        """The person's contract, if exactly one is valid on every day of it."""
        valid = [
            contract.id
            for contract in self.region.contracts_of(physician)
            if all(contract.holds_on(day) for day in days_touched(when))
        ]
        return valid[0] if len(valid) == 1 else None


def _assignment(table: Table, row: Row, names: _Names) -> Assignment | None:
    """The assignment of a row, still without target where the row gives none."""
    cells = row.cells
    if row.broken or row.faulty or "physician" not in cells:
        return None
    before = len(table.problems)
    start, end = _moment(table, row, "start"), _moment(table, row, "end")
    # An exported table lists a line's sites as well; the line says enough.
    line = cells.get("line")
    columns = ("physician", "line", "contract", "state", *(() if line else ("site", "product")))
    for column in columns:
        value = cells.get(column)
        if value is not None and value not in names.known[column]:
            near = nearest(value, names.known[column])
            advice = f"Maybe you meant {near}." if near else "Maybe it is not in this region."
            table.report(row.place(column), f"no such {column}", advice, value)
    if not (line or "target" in cells or {"site", "product"} <= set(cells)):
        advice = "Fill in line for a duty, or site and product for a session."
        table.report((row.line, 1), "does not say what is held", advice)
    pinned = _flag(table, row)
    if start is None or end is None:
        return None
    if end <= start:
        table.report(row.place("end"), "ends before it starts", "", cells["end"])
    elif end - start > LONGEST:
        advice = "Maybe the month or year is wrong."
        table.report(row.place("end"), "lasts longer than 31 days", advice, cells["end"])
    if len(table.problems) > before:
        return None
    when = Interval(start=start, end=end)
    target = cells.get("target", "")
    if not target and not line:
        target = f"{cells['site']}.{cells['product']}"
    if "@" in target and line is None and target.partition("@")[0] in names.known["line"]:
        line = target.partition("@")[0]
    return Assignment(
        target=target,
        physician=cells["physician"],
        contract=cells.get("contract") or names.contract(cells["physician"], when),
        when=when,
        state=State(cells.get("state", State.PROPOSED.value)),
        pinned=pinned,
        line=line,
        site=None if line else cells.get("site"),
    )


def _moment(table: Table, row: Row, column: str) -> datetime | None:
    if column not in row.cells:
        table.report(row.place(column), f"{column} is empty", "Fill it in.")
        return None
    try:
        return read_moment(row.cells[column])
    except CellError as error:
        table.report(row.place(column), error.message, error.advice, row.cells[column])
        return None


def _flag(table: Table, row: Row) -> bool:
    try:
        return read_bool(row.cells.get("pinned", "no"))
    except CellError as error:
        table.report(row.place("pinned"), error.message, error.advice, row.cells["pinned"])
        return False


def _period(table: Table, region: Region, past: bool) -> Interval | None:
    first, last = _day(table, "period_start"), _day(table, "period_end")
    if first and last and first <= last:
        return days_interval(first, last)
    if first or last:
        line = table.header_line
        table.report(
            (line, 1), "period_start and period_end give no period", "Give both, in order."
        )
    elif past:
        advice = "Add columns period_start and period_end with the first and last day it was for."
        table.report((1, 1), "does not say which period it was for", advice)
    elif region.planning_start is None:
        advice = "Add columns period_start and period_end, or planning_start to region.yaml."
        table.report((1, 1), "does not say which period it is for", advice)
    else:
        return period(region.planning_start, region.planning_weeks)
    return None


def _day(table: Table, column: str) -> date | None:
    """The one day that the column gives, in any of its rows."""
    found: date | None = None
    for row in table.rows:
        text = row.cells.get(column)
        if text is None:
            continue
        try:
            day = date.fromisoformat(iso_date(text.partition("T")[0]))
        except CellError as error:
            table.report(row.place(column), error.message, error.advice, text)
            return None
        if not 1990 <= day.year <= 2199:
            table.report(row.place(column), "lies outside the years 1990 to 2199", "", text)
        if found not in (None, day):
            table.report(row.place(column), f"differs from the {column} above", "", text)
        found = found or day
    return found
