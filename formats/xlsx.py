"""The roster as a workbook: a sheet to hang on the wall, and flat sheets to filter.

Times are local. No text ever becomes a formula, link or number, whatever it starts with. The same
input gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from so247.formats.tables import (
    Column,
    Kind,
    Table,
    Value,
    assignments_table,
    coverage_table,
    fairness_table,
    findings_table,
    missing_sessions_table,
    names_of,
    stretches_table,
    tiers_table,
)
from so247.formats.vtimezone import shown_twice
from so247.formats.wall import Wall, wall
from so247.formats.words import moment
from so247.models.clock import to_local
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Roster

LONGEST_TEXT = 32_767
"""Characters in a cell, a limit of the format."""
TALLEST_ROW = 409
"""Points, a limit of the format."""
WIDEST, NARROWEST, WALL_WIDTH = 60, 9, 30
LINE_HEIGHT = 15
A4 = 9

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#D9E2F3", "border": 1},
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True, "border": 1},
    "wrapped_free": {"valign": "top", "text_wrap": True, "border": 1, "bg_color": "#EDEDED"},
    "hole": {
        "valign": "top",
        "text_wrap": True,
        "border": 2,
        "bold": True,
        "bg_color": "#F8CBAD",
    },
    "day": {"valign": "top", "border": 1, "num_format": "[$-413]ddd dd-mm-yyyy"},
    "day_free": {
        "valign": "top",
        "border": 1,
        "bold": True,
        "bg_color": "#EDEDED",
        "num_format": "[$-413]ddd dd-mm-yyyy",
    },
    "instant": {"valign": "top", "num_format": "[$-413]ddd dd-mm-yyyy hh:mm"},
    "count": {"valign": "top", "num_format": "#,##0"},
    "decimal": {"valign": "top", "num_format": "#,##0.00"},
}
STYLE_OF = {
    Kind.TEXT: "text",
    Kind.INSTANT: "instant",
    Kind.COUNT: "count",
    Kind.DECIMAL: "decimal",
    Kind.FLAG: "text",
}


def to_xlsx(
    region: Region,
    roster: Roster,
    report: Report,
    result: Result | None = None,
    history: Sequence[Roster] = (),
) -> bytes:
    """The workbook. The sheet Verdeling is there only with a result, which holds the shares.

    It is dated ``published_at``, or the start of the period for a roster that was not published.
    Raises ``RosterError`` for a roster of another region.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(content, options)
    created = roster.published_at or roster.period.start
    book.set_properties(
        {"title": f"Rooster {region.name}", "created": created.replace(tzinfo=None)}
    )
    styles = {name: book.add_format(style) for name, style in STYLES.items()}
    heading = f"{region.name}, {moment(roster.period.start)} – {moment(roster.period.end)}"
    _write_wall(_sheet(book, "Rooster", heading), styles, wall(region, roster, history))
    names = names_of(region)
    tables = [
        assignments_table(region, roster, history),
        coverage_table(report),
        stretches_table(report, names),
        findings_table(report, names),
        *([fairness_table(result, names)] if result is not None else []),
        tiers_table(report, result),
        missing_sessions_table(report),
    ]
    for table in tables:
        _write_table(_sheet(book, table.title, heading), styles, table)
    book.close()
    return content.getvalue()


def _sheet(book: Any, name: str, heading: str) -> Any:
    """An empty sheet, set up to be printed."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    printable = " ".join(heading.replace("&", "&&").split())[:200]
    sheet.set_header(f"&L{printable}&R{name}")
    sheet.set_footer("&RPagina &P van &N")
    return sheet


def _write_wall(sheet: Any, styles: dict[str, Any], shown: Wall) -> None:
    """One row per day, one column per line. Weekends and holidays are shaded and named."""
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 18)
    titles = ("Dag\nday", "Dagsoort\nkind of day", *shown.titles)
    sheet.set_column(2, len(titles) - 1, WALL_WIDTH)
    for column, title in enumerate(titles):
        sheet.write_string(0, column, _fitting(title), styles["title"])
    for number, row in enumerate(shown.rows, start=1):
        shade = "_free" if row.kind else ""
        sheet.write_datetime(number, 0, row.day, styles[f"day{shade}"])
        sheet.write_string(number, 1, _fitting(row.kind), styles[f"wrapped{shade}"])
        tallest = 1
        for column, cell in enumerate(row.cells, start=2):
            style = styles["hole" if cell.has_hole else f"wrapped{shade}"]
            sheet.write_string(number, column, _fitting("\n".join(cell.lines)), style)
            tallest = max(tallest, sum(1 + len(line) // WALL_WIDTH for line in cell.lines))
        sheet.set_row(number, min(LINE_HEIGHT * tallest, TALLEST_ROW))


def _write_table(sheet: Any, styles: dict[str, Any], table: Table) -> None:
    """A flat table with a filter; instants stand again in UTC at the far right."""
    exact = [at for at, column in enumerate(table.columns) if column.kind is Kind.INSTANT]
    titles = [_titles(table, column, utc=False) for column in table.columns]
    titles += [_titles(table, table.columns[at], utc=True) for at in exact]
    for at, (title, help_text) in enumerate(titles):
        sheet.write_string(0, at, title, styles["title"])
        message = {"validate": "any", "input_message": help_text}
        sheet.data_validation(0, at, 0, at, message)
        sheet.set_column(at, at, _width(table, at, title))
    sheet.set_row(0, 2 * LINE_HEIGHT)
    for number, row in enumerate(table.rows, start=1):
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            style = styles[STYLE_OF[column.kind]]
            _write(sheet, number, at, style, _shown(table, column, value))
        for at, source in enumerate(exact, start=len(table.columns)):
            instant = row[source]
            if isinstance(instant, datetime):
                _write(sheet, number, at, styles["instant"], instant.replace(tzinfo=None))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(titles) - 1)


def _titles(table: Table, column: Column, *, utc: bool) -> tuple[str, str]:
    """What stands above a column, and what shows when one selects that."""
    key, title = (
        (f"{column.key}_utc", f"{column.title} (UTC)") if utc else (column.key, column.title)
    )
    return (key, title) if table.read_back else (f"{title}\n{key}", title)


def _shown(table: Table, column: Column, value: Value) -> Value:
    """The value as people read it: local time, and Dutch words unless it is to be read back.

    A local time that the clock shows twice is written out with its offset.
    """
    if isinstance(value, datetime):
        local = to_local(value)
        if shown_twice(local):
            return local.isoformat(timespec="minutes")
        return local.replace(tzinfo=None)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    words = None if table.read_back else column.words.get(value)
    return words[0] if words else value


def _write(sheet: Any, row: int, at: int, style: Any, value: Value) -> None:
    """A cell; a date in it knows no time zone. Nothing where there is no value."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, style)
    elif value is not None:
        sheet.write_string(row, at, _fitting(str(value)), style)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _width(table: Table, at: int, title: str) -> int:
    """Wide enough for the title and the first hundred values, within reason."""
    longest = max(len(line) for line in title.split("\n"))
    if at >= len(table.columns) or table.columns[at].kind is Kind.INSTANT:
        return max(longest, 20)
    values = [_shown(table, table.columns[at], row[at]) for row in table.rows[:100]]
    longest = max([longest, *(len(str(each)) for each in values if each is not None)])
    return min(max(longest + 2, NARROWEST), WIDEST)
