"""Numbers as text: a record in a few words, and tables that read well raw and rendered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.measure.results import Record


def brief(record: Record) -> str:
    """What came of one measurement."""
    if record.outcome != "finished" and record.values is None:
        return f"{record.outcome}: {record.note}"
    parts = [f"{record.cpu:.2f} CPU s", f"{record.megabytes:.0f} MB"]
    if record.subject == "search":
        parts.insert(0, quality(record))
    parts += [f"{name} {value}" for name, value in list(record.counts.items())[:6]]
    if record.outcome != "finished":
        parts.append(f"{record.outcome}: {record.note}")
    if record.broken:
        parts.append(f"its last word breaks {', '.join(record.broken)}")
    return ", ".join(parts)


def quality(record: Record) -> str:
    """The cost with its gap where one number is compared, else the value of every tier."""
    if record.values is None:
        return "no roster"
    if record.best is None:
        return "/".join(map(str, record.values))
    gap = record.gap
    return f"{number(record.cost)} ({percent(gap)})"


def number(value: float | None) -> str:
    """Whole numbers whole, others to six digits."""
    if value is None:
        return "–"
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0")


def percent(share: float | None) -> str:
    # Plus zero: a hair below nothing is nothing, not minus nothing.
    return "–" if share is None else f"{round(100 * share, 2) + 0.0:.2f} %"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns as wide as what stands in them."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(3, *(len(row[at]) for row in cells)) for at in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in cells
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])
