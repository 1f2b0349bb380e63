"""The summary on a terminal, or in a pipe as the same text without colours."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from so247.cli.exits import harmless
from so247.formats.summary import FindingGroup, Summary

PIPE_WIDTH = 140
"""Columns where no terminal says how many there are."""
SHOWN = 12
"""Rows of one kind before the rest is only counted; files and --json hold all of them."""


def show(summary: Summary, console: Console | None = None) -> None:
    """Prints what was found: the verdict first, then why, then how well the burden is shared."""
    out = console or stdout()
    style = "bold green" if summary.covered else "bold red"
    out.print(Text(harmless(summary.headline), style=style))
    out.print(Text(harmless(summary.period)))
    for table in (*_coverage(summary), *_gaps(summary), *_sessions(summary)):
        out.print(table)
    for group in summary.findings:
        out.print(_findings(group))
    for table in (*_fairness(summary), *_tiers(summary)):
        out.print(table)
    for change in summary.changes:
        out.print(Text(harmless(f"Sinds dit rooster / since this roster: {change}")))


class _Output(Console):
    def on_broken_pipe(self) -> None:
        """Left to the guard, which has an exit code for it."""
        raise BrokenPipeError


def stdout() -> Console:
    """Standard output; in a pipe wide enough that no name is cut."""
    console = _Output(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPE_WIDTH
    return console


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Cells are data from people, so they are plain text and never markup."""
    table = Table(title=Text(harmless(title)), title_justify="left")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    return table


def _some(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The first rows, and how many more there are."""
    found = table(title, columns, rows[:SHOWN])
    if len(rows) > SHOWN:
        found.caption = f"… {len(rows) - SHOWN} meer / more"
        found.caption_justify = "left"
    return found


def _coverage(summary: Summary) -> list[Table]:
    title = "Dekking / coverage (uren / hours)"
    columns = ["locatie / site", "oordeel / verdict", "niet gedekt / uncovered"]
    columns += ["onbekend / unknown"]
    rows = [(row.name, row.verdict, row.uncovered, row.unknown) for row in summary.coverage]
    if not any(row.reasons for row in summary.coverage):
        return [table(title, columns, rows)]
    columns += ["vanaf / from", "waarom / why"]
    reasons = [(row.first_uncovered, _lines(row.reasons)) for row in summary.coverage]
    return [table(title, columns, [(*row, *why) for row, why in zip(rows, reasons, strict=True)])]


def _gaps(summary: Summary) -> list[Table]:
    columns = ["dienstlijn / line", "van / from", "tot / to", "uren / hours"]
    columns += ["locaties / sites", "waarom / why"]
    rows = [
        (row.line, row.start, row.end, row.duration, row.sites, _lines(row.reasons))
        for row in summary.gaps
    ]
    return [_some(f"Gaten / gaps: {len(rows)}", columns, rows)] if rows else []


def _sessions(summary: Summary) -> list[Table]:
    columns = ["dagdelen van / sessions of", "ontbrekend / missing"]
    rows = summary.missing_sessions
    return [_some("Ontbrekende dagdelen / missing sessions", columns, rows)] if rows else []


def _findings(group: FindingGroup) -> Table:
    columns = ["wie / who", "wanneer / when", "gevonden / found", "wat / what", "grondslag / basis"]
    rows = [
        (
            row.name,
            row.when,
            row.figure,
            f"{row.text} (vastgezet / pinned)" if row.pinned else row.text,
            row.basis,
        )
        for row in group.rows
    ]
    return _some(f"{group.kind}: {group.rule} ({len(rows)})", columns, rows)


def _fairness(summary: Summary) -> list[Table]:
    columns = ["wie / who", *summary.burdens, "saldo / balance"]
    rows = [(row.name, *row.cells, row.balance) for row in summary.fairness]
    title = "Verdeling: gedragen / eerlijk deel in punten (shares: carried / fair, in points)"
    return [table(title, columns, rows)] if rows else []


def _tiers(summary: Summary) -> list[Table]:
    columns = ["doel / goal", "waarde / value", "grens / bound", "bewijs / proof"]
    rows = [(row.name, row.value, row.bound, row.proven) for row in summary.tiers]
    title = "Doelen op volgorde; 0 is volmaakt (goals in order; 0 is perfect)"
    return [table(title, columns, rows)] if rows else []


def _lines(reasons: Sequence[str]) -> str:
    """Some reasons, one per line."""
    kept = list(reasons[:3])
    if len(reasons) > len(kept):
        kept.append(f"… {len(reasons) - len(kept)} meer / more")
    return "\n".join(kept)
