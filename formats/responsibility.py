"""The responsibility table and the named holders of tasks, for a screen and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from so247.audit.preconditions.words import TASK
from so247.audit.responsibility import (
    COLUMNS,
    Cell,
    Holding,
    Row,
    known_settings,
    rows,
    sources,
    tasks_of,
)
from so247.formats.words import both
from so247.models.errors import NotFound
from so247.models.proof import Said

DAGGER = "†"
LEGEND = (
    f"{DAGGER} afgeleid, niet zo vermeld: een andere lezing staat erbij / "
    "inferred, not stated as such: another reading stands with it"
)
CARE = {
    "without_treatment": Said(
        code="without_treatment",
        nl="Wie welke taak heeft, thuis of zonder Wlz-behandeling",
        en="who holds which task, at home or without Wlz treatment",
    ),
    "with_treatment": Said(
        code="with_treatment",
        nl="Wie welke taak heeft, met Wlz-behandeling",
        en="who holds which task, with Wlz treatment",
    ),
}


@dataclass(frozen=True)
class Block:
    """A table to show: a title, column heads and rows of plain text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table_rows(setting: str | None) -> tuple[Row, ...]:
    """The rows of one setting, or of all. Raises ``NotFound`` for a setting there is no row for."""
    known = known_settings()
    if setting is None:
        return tuple(row for each in known for row in rows(each))
    found = rows(setting)
    if not found:
        near = get_close_matches(setting, known, n=1)
        advice = f"Maybe you meant {near[0]}. " if near else "Maybe it is called otherwise here. "
        raise NotFound(
            f"{setting}: the table knows no such setting. {advice}Known are: {', '.join(known)}."
        )
    return found


def blocks(table: Sequence[Row]) -> tuple[Block, ...]:
    """One block per row: what each document says in each column. Then the tasks that go with it."""
    tasks = dict.fromkeys(row.tasks for row in table if row.tasks)
    return (*map(_row, table), *(_tasks(care) for care in tasks))


def source_lines() -> tuple[str, ...]:
    """What S0, S1 and S2 stand for, and the dagger."""
    return (LEGEND, *(f"{each.id}: {each.title}" for each in sources()))


def _row(row: Row) -> Block:
    columns = ("zorg / care", "wie / who", "bron / source", "andere lezing / other reading")
    found = tuple(
        (
            both((COLUMNS[cell.column].nl, COLUMNS[cell.column].en)),
            _marked(cell.value, inferred=cell.inferred),
            cell.source,
            _other(cell.other),
        )
        for cell in row.cells
    )
    title = f"{both((row.name.nl, row.name.en))} ({row.setting}, {row.indication})"
    return Block(title, columns, found)


def _tasks(care: str) -> Block:
    columns = ("taak / task", "wie / who", "bron / source", "andere lezing / other reading")
    found = tuple(
        (
            both(TASK[each.task]),
            _marked(each.value, inferred=each.inferred),
            each.source,
            _other(each.other),
        )
        for each in tasks_of(care)
    )
    return Block(both((CARE[care].nl, CARE[care].en)), columns, found)


def _marked(value: Said, *, inferred: bool) -> str:
    text = both((value.nl, value.en))
    return f"{text} {DAGGER}" if inferred else text


def _other(other: Said | None) -> str:
    return both((other.nl, other.en)) if other is not None else ""


def responsibility_json(table: Sequence[Row]) -> dict[str, Any]:
    """The same as one object: rows with their cells, tasks by list, and the sources."""
    tasks = dict.fromkeys(row.tasks for row in table if row.tasks)
    return {
        "rows": [
            {
                "setting": row.setting,
                "indication": row.indication,
                "nl": row.name.nl,
                "en": row.name.en,
                "tasks": row.tasks or None,
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in table
        ],
        "tasks": {care: [_task(each) for each in tasks_of(care)] for care in tasks},
        "sources": {each.id: each.title for each in sources()},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    binds = {} if cell.binds is None else {"binds": cell.binds.value}
    return {"column": cell.column.value, **_value(cell), **binds}


def _task(holding: Holding) -> dict[str, Any]:
    return {"task": holding.task.value, "holder": holding.holder, **_value(holding)}


def _value(found: Cell | Holding) -> dict[str, Any]:
    other = found.other
    return {
        "nl": found.value.nl,
        "en": found.value.en,
        "source": found.source,
        "inferred": found.inferred,
        "other": {"nl": other.nl, "en": other.en} if other is not None else None,
    }
