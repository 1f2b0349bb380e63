"""Tables as pandas DataFrames, for hosts that calculate on.

Columns are named and ordered as in ``so247.formats.tables``, which says what each means. Types are
the same for empty and full tables: instants ``datetime64[us, UTC]``, whole numbers ``Int64``,
decimals ``Float64``, flags ``boolean``, text and codes ``string``; what is missing is ``<NA>``
(``NaT``). pandas is loaded on first use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from so247.formats.tables import (
    Kind,
    Table,
    Value,
    assignments_table,
    coverage_table,
    fairness_table,
    findings_table,
    stretches_table,
)
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Roster

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {
    Kind.TEXT: "string",
    Kind.INSTANT: "datetime64[us, UTC]",
    Kind.COUNT: "Int64",
    Kind.DECIMAL: "Float64",
    Kind.FLAG: "boolean",
}


def assignments_frame(
    region: Region, roster: Roster, history: Sequence[Roster] = ()
) -> pd.DataFrame:
    """One row per held part and per hole (``physician`` is ``<NA>``), by start.

    ``start``, ``end``: instants. ``minutes``: elapsed. ``line``, ``position`` of a duty; ``site``,
    ``product`` of a session. ``target``: duty or session id, ``part`` its parts from 1.
    ``revision``: in which the target last changed. ``reasons``: why nobody holds it.
    """
    return table_to_frame(assignments_table(region, roster, history))


def coverage_frame(report: Report) -> pd.DataFrame:
    """One row per site: verdict (covered, uncovered, unknown), minutes, first uncovered instant."""
    return table_to_frame(coverage_table(report))


def stretches_frame(report: Report, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per stretch that is not covered or not known to be, with reasons.

    ``names``: of holders, by id; ids stand for themselves without.
    """
    return table_to_frame(stretches_table(report, names or {}))


def findings_frame(report: Report, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per finding; ``figure`` and ``limit`` are in ``unit``."""
    return table_to_frame(findings_table(report, names or {}))


def fairness_frame(result: Result, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per person and burden, in points: closing = opening + carried - fair."""
    return table_to_frame(fairness_table(result, names or {}))


def table_to_frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            column.key: pd.Series(
                [_plain(row[index]) for row in table.rows],
                dtype=DTYPES[column.kind],
                name=column.key,
            )
            for index, column in enumerate(table.columns)
        }
    )


def _plain(value: Value) -> Value:
    """Codes as mere text."""
    return str(value) if isinstance(value, str) else value
