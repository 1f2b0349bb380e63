"""From the files of a region folder to a Region, or to every problem in them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from so247.formats.input_text import decode, shown
from so247.formats.located_csv import Row, Table, parse_csv
from so247.formats.located_yaml import Located, parse_yaml
from so247.formats.plain_errors import Path, Plain
from so247.formats.region_file import REGION_FILE, SECTIONS, RegionFile
from so247.formats.region_holidays import expand
from so247.formats.region_parts import STAND_INS, Item, Parts, Place, ids_in, validated
from so247.formats.region_tables import SHEETS, CellError, Sheet, read_cell
from so247.models.errors import Problem, RegionError
from so247.models.references import find_dangling, find_problems
from so247.models.region import Region

KNOWN_FILES = (REGION_FILE, *(sheet.file for sheet in SHEETS))

HEAD_STAND_INS: dict[str, Any] = {
    "id": "region",
    "name": "region",
    "anchor_date": "2026-01-05",
    "holidays": {"years": []},
}
"""Put in the place of faulty or missing keys, so that the rest can be examined."""


def parse_region(files: Mapping[str, bytes | Problem]) -> Region:
    """Read a region from its files by name (``Problem``: one that could not be read).

    Raises ``RegionError`` with everything that is wrong in any of them, in the order of the files.
    """
    parts = Parts()
    _read_structure(parts, files[REGION_FILE])
    for sheet in SHEETS:
        if sheet.file in files:
            _read_table(parts, sheet, files[sheet.file])
    if not parts.problems:
        try:
            return Region(**parts.head, **_models(parts.items))
        except RegionError as error:
            parts.problems += [_located(parts, parts.items, each) for each in error.problems]
    else:
        parts.problems += _cross_problems(parts)
    raise RegionError(sorted(set(parts.problems), key=reading_order))


def reading_order(problem: Problem) -> tuple[int, str, int, int, str]:
    known = problem.file in KNOWN_FILES
    at = KNOWN_FILES.index(problem.file) if known else len(KNOWN_FILES)
    return at, problem.file, problem.line, problem.column, problem.message


def _read_structure(parts: Parts, content: bytes | Problem) -> None:
    """region.yaml: the keys that stand alone first, then the lists of things."""
    found = Located(REGION_FILE)
    if isinstance(content, Problem):
        found.problems.append(content)
    else:
        text, problems = decode(content, REGION_FILE)
        found = parse_yaml(text, REGION_FILE)
        found.problems[:0] = problems
        if not found.problems and found.data is None:
            found.report((), "is empty", "Maybe start from the region that `so247 new` writes.")
        elif not isinstance(found.data, dict | None):
            found.report((), "must be keys with values", "Write one key: value per line.")
    parts.structure = found
    parts.problems += found.problems
    if not isinstance(found.data, dict):
        parts.unread.update(SECTIONS)
        _use_head(parts, RegionFile.model_validate(HEAD_STAND_INS, strict=False))
        return
    _read_head(parts, found, found.data)
    for section in SECTIONS:
        _read_section(parts, found, section)


def _read_head(parts: Parts, found: Located, data: dict[str, Any]) -> None:
    head = {key: value for key, value in data.items() if key not in SECTIONS}
    read, faults = validated(RegionFile, head)
    parts.problems += [problem for fault in faults if (problem := _in_yaml(found, fault))]
    if not isinstance(read, RegionFile):
        parts.faulty_keys = {str(fault.path[0]) for fault in faults if fault.path}
        usable = {key: value for key, value in head.items() if key not in parts.faulty_keys}
        read = validated(RegionFile, HEAD_STAND_INS | usable)[0]
    assert isinstance(read, RegionFile)
    _use_head(parts, read)


def _use_head(parts: Parts, read: RegionFile) -> None:
    rows, faults = expand(read.holidays)
    for fault in faults:
        path = ("holidays", *fault.path)
        line, column = parts.structure.place(path, fault.about_key)
        parts.problems.append(
            Problem(fault.message, fault.advice, fault.value, path, REGION_FILE, line, column)
        )
    parts.holiday_paths = [("holidays", *path) for _, path in rows]
    parts.head = {
        name: getattr(read, name)
        for name in RegionFile.model_fields
        if name not in SECTIONS and name != "holidays"
    }
    parts.head["holidays"] = tuple(holiday for holiday, _ in rows)
    parts.head["holiday_years"] = read.holidays.years


def _read_section(parts: Parts, found: Located, section: str) -> None:
    rows = found.data.get(section)
    if rows is None:
        return
    if not isinstance(rows, list):
        line, column = found.place((section,))
        message, advice = "must be a list", "Begin each item with a dash (-)."
        parts.problems.append(Problem(message, advice, "", (section,), REGION_FILE, line, column))
        parts.unread.add(section)
        return
    for at, data in enumerate(rows):

        def problem(fault: Plain, at: int = at) -> Problem | None:
            return _in_yaml(found, replace(fault, path=(section, at, *fault.path)))

        def place(path: Path, at: int = at) -> Place:
            return found.place((section, at, *path))

        parts.add(section, SECTIONS[section], data, REGION_FILE, place, problem)


def _in_yaml(found: Located, fault: Plain) -> Problem | None:
    """The fault with its place; ``None`` where the YAML itself was at fault already."""
    if fault.path in found.faulty:
        return None
    line, column = found.place(fault.path, fault.about_key)
    advice = fault.advice
    if fault.about_key and len(fault.path) == 1:
        for sheet in SHEETS:
            if sheet.section == fault.path[0]:
                advice = f"These stand in {sheet.file}."
    return Problem(fault.message, advice, fault.value, fault.path, found.file, line, column)


def _read_table(parts: Parts, sheet: Sheet, content: bytes | Problem) -> None:
    if isinstance(content, Problem):
        parts.problems.append(content)
        parts.unread.add(sheet.section)
        return
    text, problems = decode(content, sheet.file)
    table = parse_csv(text, sheet.file, sheet.columns, sheet.required)
    usable = not table.columns or set(sheet.required) <= set(table.columns)
    for row in table.rows:
        _read_row(parts, sheet, table, row, usable)
    if not table.complete or not usable:
        parts.unread.add(sheet.section)
    parts.problems += [*problems, *table.problems]


def _read_row(parts: Parts, sheet: Sheet, table: Table, row: Row, usable: bool) -> None:
    data: dict[str, Any] = {}
    for column, text in row.cells.items():
        if column not in sheet.columns:
            continue
        try:
            if column not in row.faulty:
                data[column] = read_cell(sheet.model, column, text, table.delimiter == ";")
        except CellError as error:
            table.report(row.place(column), error.message, error.advice, text)
            row.faulty.add(column)
        if column in row.faulty:
            if column in STAND_INS:
                data[column] = STAND_INS[column]
            elif column in sheet.required:
                usable = False
    if row.broken or row.faulty or not usable:
        parts.broken_ids.update(ids_in(data))
    if row.broken or not usable:
        return

    def place(path: Path) -> Place:
        return row.place(str(path[0])) if path else (row.line, 1)

    def problem(fault: Plain) -> Problem:
        line, column = place(fault.path)
        cell = fault.value and shown(row.cells.get(str(fault.path[0]), ""))
        return Problem(fault.message, fault.advice, cell, fault.path, sheet.file, line, column)

    parts.add(sheet.section, sheet.model, data, sheet.file, place, problem, not row.faulty)


def _models(items: Mapping[str, Iterable[Item]]) -> dict[str, Any]:
    return {section: tuple(item.model for item in each) for section, each in items.items()}


def _cross_problems(parts: Parts) -> list[Problem]:
    """What is wrong between the items that could be read.

    Names are looked up for all of them; the other questions are put to whole items only, for a
    contract without its end, say, would seem to overlap the next one.
    """
    whole = {
        section: [item for item in items if item.whole] for section, items in parts.items.items()
    }
    every_region = Region.model_construct(**parts.head, **_models(parts.items))
    whole_region = Region.model_construct(**parts.head, **_models(whole))
    names = set(find_dangling(whole_region))
    found = [_located(parts, parts.items, each) for each in find_dangling(every_region)]
    found += [
        _located(parts, whole, each) for each in find_problems(whole_region) if each not in names
    ]
    return [each for each in found if not _follows(parts, each)]


def _follows(parts: Parts, problem: Problem) -> bool:
    """Whether the problem may be there only because of one that is reported already."""
    if problem.message.startswith("no such "):
        kind = problem.message.removeprefix("no such ")
        return kind in parts.missing_kinds() or problem.value in parts.broken_ids
    # Which minutes a pattern leaves out is not known without the office hours.
    is_pattern = problem.path[0] == "lines" and problem.path[-1] == "pattern"
    return is_pattern and "office_hours" in parts.faulty_keys


def _located(parts: Parts, items: Mapping[str, list[Item]], problem: Problem) -> Problem:
    """The problem with the place where its value was written."""
    section, *rest = problem.path
    if section == "holidays" and rest:
        line, column = parts.structure.place(parts.holiday_paths[int(rest[0])])
        return replace(problem, file=REGION_FILE, line=line, column=column)
    if section in items and rest:
        item = items[str(section)][int(rest[0])]
        line, column = item.place(tuple(rest[1:]))
        return replace(problem, file=item.file, line=line, column=column)
    line, column = parts.structure.place(problem.path)
    return replace(problem, file=REGION_FILE, line=line, column=column)
