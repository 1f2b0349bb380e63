"""The responsibility table and the tasks, read once from the data beside this file.

A cell is what one document says. Where documents differ, a row holds several cells of one column,
side by side; where the documents are silent, the cell is inferred (†) and has another reading.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from so247.models.evidence import Task
from so247.models.proof import Said
from so247.models.sites import Indication, ResidenceSetting

ANY = "any"
"""The indication of a row that does not tell residents with and without Wlz apart."""


class Column(StrEnum):
    GENERAL_DAY = "general_day"
    GENERAL_OUT_OF_HOURS = "general_out_of_hours"
    SPECIFIC_DAY = "specific_day"
    SPECIFIC_OUT_OF_HOURS = "specific_out_of_hours"
    SO_24_7 = "so_24_7"
    """Whether "an SO is reachable and deployable 24/7" is a precondition."""


COLUMNS: dict[Column, Said] = {
    each: Said(code=each.value, nl=nl, en=en)
    for each, nl, en in (
        (Column.GENERAL_DAY, "algemene zorg, overdag", "general care, day"),
        (Column.GENERAL_OUT_OF_HOURS, "algemene zorg, ANW-uren", "general care, out of hours"),
        (Column.SPECIFIC_DAY, "specifieke zorg, overdag", "specific care, day"),
        (Column.SPECIFIC_OUT_OF_HOURS, "specifieke zorg, ANW-uren", "specific care, out of hours"),
        (Column.SO_24_7, "SO 24/7 als randvoorwaarde", "SO 24/7 as precondition"),
    )
}


class Binds(StrEnum):
    """Whether the 24/7 precondition binds, as a cell of that column says."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not_stated"
    BY_LOCATION = "by_location"


@dataclass(frozen=True)
class Cell:
    """What ``source`` says in a column. ``other``: the other reading of an inferred cell."""

    setting: str
    indication: str
    column: Column
    value: Said
    source: str
    inferred: bool
    other: Said | None
    binds: Binds | None


@dataclass(frozen=True)
class Row:
    """One living situation. ``indication``: ``wlz``, ``none`` or ``any``."""

    setting: str
    indication: str
    name: Said
    tasks: str
    """Which list of tasks holds (``Holding.care``); empty where the documents give none."""
    cells: tuple[Cell, ...]

    def of(self, column: Column) -> tuple[Cell, ...]:
        """The cells of a column: several where documents differ."""
        return tuple(cell for cell in self.cells if cell.column is column)


@dataclass(frozen=True)
class Holding:
    """Who holds a task, as ``source`` says. ``holder``: ``gp``, ``so`` or ``not_gp``."""

    care: str
    task: Task
    holder: str
    value: Said
    source: str
    inferred: bool
    other: Said | None


@dataclass(frozen=True)
class Source:
    id: str
    title: str


def _read(name: str) -> list[dict[str, str]]:
    text = (files("so247.audit.responsibility") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _said(code: str, line: dict[str, str], prefix: str = "") -> Said:
    return Said(code=code, nl=line[f"{prefix}nl"], en=line[f"{prefix}en"])


def _other(code: str, line: dict[str, str]) -> Said | None:
    return _said(f"{code}.other", line, "other_") if line["inferred"] == "yes" else None


@cache
def _table() -> dict[tuple[str, str], Row]:
    cells: dict[tuple[str, str], list[Cell]] = {}
    for line in _read("table.csv"):
        cell = _cell(line)
        cells.setdefault((cell.setting, cell.indication), []).append(cell)
    found: dict[tuple[str, str], Row] = {}
    for line in _read("settings.csv"):
        key = (line["setting"], line["indication"])
        name = _said(".".join(key), line)
        found[key] = Row(*key, name=name, tasks=line["tasks"], cells=tuple(cells[key]))
    return found


def _cell(line: dict[str, str]) -> Cell:
    code = ".".join((line["setting"], line["indication"], line["column"]))
    return Cell(
        setting=line["setting"],
        indication=line["indication"],
        column=Column(line["column"]),
        value=_said(code, line),
        source=line["source"],
        inferred=line["inferred"] == "yes",
        other=_other(code, line),
        binds=Binds(line["binds"]) if line["binds"] else None,
    )


def known_settings() -> tuple[str, ...]:
    """The settings that the table knows, in its order."""
    return tuple(dict.fromkeys(row.setting for row in _table().values()))


def rows(setting: str) -> tuple[Row, ...]:
    """The rows of a setting: one, or one per indication; none when the table does not know it."""
    return tuple(row for row in _table().values() if row.setting == setting)


def row(setting: ResidenceSetting, indication: Indication) -> Row | None:
    """The row for such residents; ``None`` when the table does not know the combination."""
    table = _table()
    return table.get((setting.value, indication.value)) or table.get((setting.value, ANY))


@cache
def _tasks() -> tuple[Holding, ...]:
    return tuple(
        Holding(
            care=line["care"],
            task=Task(line["task"]),
            holder=line["holder"],
            value=_said(f"{line['care']}.{line['task']}", line),
            source=line["source"],
            inferred=line["inferred"] == "yes",
            other=_other(f"{line['care']}.{line['task']}", line),
        )
        for line in _read("tasks.csv")
    )


def tasks_of(care: str) -> tuple[Holding, ...]:
    """Who holds which task (R20) ``without_treatment`` (S0 2.1, S2) or ``with_treatment`` (S0 2.2).

    Where documents differ, a task stands there as each of them says.
    """
    return tuple(each for each in _tasks() if each.care == care)


@cache
def sources() -> tuple[Source, ...]:
    """The documents behind S0, S1 and S2."""
    return tuple(Source(id=line["source"], title=line["title"]) for line in _read("sources.csv"))
