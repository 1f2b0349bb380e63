"""CSV as rows of cells, with the line and column of every cell.

Comma, semicolon (as Dutch spreadsheets write it) or tab, told by the header. Read with the csv
module: pandas would lose the places, and turn codes such as ``NA`` into nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from so247.formats.input_text import FORMULA_ADVICE, FORMULA_MESSAGE, formula, nearest, shown
from so247.models.errors import Problem

Place = tuple[int, int]
"""Line and column, both from 1."""

DELIMITERS = (",", ";", "\t")

Record = tuple[int, str, list[str]]
"""First line, the text it was read from, cells."""


@dataclass
class Row:
    """One record: its filled cells by column name, and the text it was read from."""

    line: int
    raw: str
    delimiter: str
    columns: Sequence[str]
    cells: dict[str, str]
    faulty: set[str] = field(default_factory=set)
    """Columns whose cell cannot be used."""
    broken: bool = False
    """Which cell belongs to which column is not known."""

    def place(self, column: str) -> Place:
        """Where the cell begins; the row's beginning for a column that is not there."""
        at = self.columns.index(column) if column in self.columns else 0
        return cell_place(self.raw, self.delimiter, at, self.line)


@dataclass
class Table:
    """All records of a file. ``complete`` is false when records may be missing from it."""

    file: str
    columns: tuple[str, ...] = ()
    header_line: int = 1
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ","
    problems: list[Problem] = field(default_factory=list)
    complete: bool = True

    def report(self, place: Place, message: str, advice: str = "", value: object = None) -> None:
        line, column = place
        self.problems.append(
            Problem(message, advice, shown(value), (), self.file, line=line, column=column)
        )


def parse_csv(text: str, file: str, known: Collection[str], required: Collection[str]) -> Table:
    """Read a table whose first filled line names columns.

    A column outside ``known``, a ``required`` one that is missing, a row with too few or too many
    cells and a formula are problems. Such rows are kept, and say so. Blank lines and rows are
    skipped, and so are cells to the right of the last named column when all are empty.
    """
    table = Table(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = next((line for line in text.split("\n") if line.strip()), "")
    table.delimiter = max(DELIMITERS, key=header.count)
    read_records(table, _records(text, table), known, required)
    return table


def read_records(
    table: Table, records: Iterable[Record], known: Collection[str], required: Collection[str]
) -> None:
    """Fill the table: the first record that is not blank names the columns."""
    for line, raw, cells in records:
        if not any(map(str.strip, cells)):
            continue
        if table.columns:
            table.rows.append(_row(table, line, raw, cells))
        else:
            _header(table, line, raw, cells, known, required)


def _records(text: str, table: Table) -> Iterator[Record]:
    """Every record; stops where the file is no CSV any more."""
    lines = [line + "\n" for line in text.split("\n")]
    reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.complete = False
            table.report(
                (before + 1, 1),
                f"cannot be read as CSV from here on: {error}",
                "Maybe a quote is not closed, or one inside a cell is not written twice.",
            )
            return
        yield before + 1, "".join(lines[before : reader.line_num]), cells
        before = reader.line_num


def _header(
    table: Table,
    line: int,
    raw: str,
    cells: list[str],
    known: Collection[str],
    required: Collection[str],
) -> None:
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    meant = set(names)
    for at, name in enumerate(names):
        place = cell_place(raw, table.delimiter, at, line)
        if not name:
            table.report(place, "this column has no name", "Name it, or remove it.")
        elif name in names[:at]:
            table.report(place, "this column stands here twice", "Keep one of the two.", name)
        elif name not in known:
            near = nearest(name, set(known) - set(names))
            meant.add(near)
            advice = f"Maybe you meant {near}." if near else f"Known are: {', '.join(known)}."
            table.report(place, "there is no such column", advice, name)
    for name in required:
        if name not in meant:
            table.report((line, 1), f"the column {name} is missing", "Add it to the first line.")
    table.columns = tuple(names)
    table.header_line = line


def _row(table: Table, line: int, raw: str, cells: list[str]) -> Row:
    width = len(table.columns)
    values = [cell.strip() for cell in cells]
    while len(values) > width and not values[-1]:
        values.pop()
    filled = {name: value for name, value in zip(table.columns, values, strict=False) if value}
    row = Row(line, raw, table.delimiter, table.columns, filled)
    if len(values) != width:
        row.broken = True
        kind = "few" if len(values) < width else "many"
        table.report(
            (line, 1),
            f"this row has too {kind} cells",
            f"The first line names {width}. Maybe a cell holds a separator and needs quotes.",
            len(values),
        )
        return row
    for name, value in filled.items():
        if formula(value):
            row.faulty.add(name)
            table.report(row.place(name), FORMULA_MESSAGE, FORMULA_ADVICE, value)
    return row


def cell_place(raw: str, delimiter: str, index: int, first_line: int) -> Place:
    """Line and column at which cell number ``index`` (from 0) of a record's text begins."""
    quoted, cell, line, line_start = False, 0, first_line, 0
    for at, char in enumerate(raw):
        if cell == index:
            return line, at - line_start + 1
        if char == '"':
            quoted = not quoted
        elif char == "\n":
            line, line_start = line + 1, at + 1
        elif char == delimiter and not quoted:
            cell += 1
    return first_line, 1
