"""A worksheet as rows of cells, located by row and column number. Read by calamine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from so247.formats.located_csv import Record, Table, read_records
from so247.models.errors import Problem

LARGEST_CONTENT = 200 * 1024 * 1024
"""Bytes that a spreadsheet may unpack to."""


def parse_xlsx(data: bytes, file: str, known: Collection[str], required: Collection[str]) -> Table:
    """The first sheet that has the required columns; else the first that is not empty.

    A place is row and column number. A table of nothing where every sheet is empty.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    table = Table(file)
    if _unpacked(data) > LARGEST_CONTENT:
        table.problems.append(Problem("is too large a spreadsheet", "Copy the rows.", file=file))
        return table
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile):
        message = "cannot be read as a spreadsheet"
        table.problems.append(Problem(message, "Save it again as .xlsx, or as CSV.", file=file))
        return table
    filled = {name: rows for name, rows in sheets.items() if any(map(any, rows))}
    if filled:
        name = next((each for each in filled if _has(filled[each], required)), next(iter(filled)))
        table.file = f"{file} [{name}]"
        read_records(table, _records(filled[name]), known, required)
    return table


def _unpacked(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def _has(rows: list[list[Any]], required: Collection[str]) -> bool:
    header = next(row for row in rows if any(row))
    return set(required) <= {_text(cell).strip().lower() for cell in header}


def _records(rows: list[list[Any]]) -> Iterator[Record]:
    for at, row in enumerate(rows):
        # One separator per cell, so that a cell's place is its column number.
        yield at + 1, "," * len(row), [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """The cell as it would stand in a CSV file."""
    if isinstance(cell, datetime):
        # A spreadsheet counts in fractions of days, which miss the minute by a hair.
        whole = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
        return whole.strftime("%Y-%m-%dT%H:%M" if not whole.second else "%Y-%m-%dT%H:%M:%S")
    if isinstance(cell, date):
        # In a spreadsheet midnight and the day as such are the same number.
        return f"{cell.isoformat()}T00:00"
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)
