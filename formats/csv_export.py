"""CSV files for spreadsheets: as Dutch Excel opens them with a double click.

UTF-8 with BOM, semicolons, decimal commas, CRLF. Headers and codes are the stable English ones.
Every instant stands twice: in local time with its offset, and in UTC. Text that a spreadsheet would
take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from so247.formats.tables import (
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
from so247.models.clock import to_local
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Roster

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(
    region: Region,
    roster: Roster,
    report: Report,
    result: Result | None = None,
    history: Sequence[Roster] = (),
) -> dict[str, bytes]:
    """CSV files by name. ``fairness.csv`` is there only with a result, which holds the shares.

    Raises ``RosterError`` for a roster of another region.
    """
    names = names_of(region)
    tables = [
        assignments_table(region, roster, history),
        coverage_table(report),
        stretches_table(report, names),
        findings_table(report, names),
        missing_sessions_table(report),
        tiers_table(report, result),
    ]
    if result is not None:
        tables.append(fairness_table(result, names))
    return {f"{table.key}.csv": table_to_csv(table) for table in tables}


def table_to_csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    header: list[str] = []
    for column in table.columns:
        header.append(column.key)
        if column.kind is Kind.INSTANT:
            header.append(f"{column.key}_utc")
    writer.writerow(header)
    for row in table.rows:
        cells: list[str] = []
        for column, value in zip(table.columns, row, strict=True):
            cells.extend(_cells(column.kind, value))
        writer.writerow(cells)
    return text.getvalue().encode("utf-8-sig")


def _cells(kind: Kind, value: Value) -> tuple[str, ...]:
    if kind is Kind.INSTANT:
        if not isinstance(value, datetime):
            return ("", "")
        return (to_local(value).isoformat(timespec="minutes"), f"{value:%Y-%m-%dT%H:%MZ}")
    if value is None:
        return ("",)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, float):
        return (f"{value:.10g}".replace(".", ","),)
    return (_harmless(value) if isinstance(value, str) else str(value),)


def _harmless(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
