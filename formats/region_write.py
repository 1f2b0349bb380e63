"""A region as the files of a region folder: readable, and the same bytes for the same region."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from so247.formats.region_file import REGION_FILE, RegionFile
from so247.formats.region_holidays import describe
from so247.formats.region_tables import SHEETS, Sheet, validity_last, write_cell
from so247.models.region import Region

COMMENTS = {
    "id": "The region itself. Dates are year-month-day, times are local (Europe/Amsterdam).",
    "office_hours": "Everything outside these hours, and every holiday, is out of hours (ANW).",
    "holidays": "Holidays count as out of hours.",
    "settings": "Defaults and weights.",
    "pools": "Regional pools of physicians.",
    "employers": "Employers, with the funding contracts that they hold and with whom.",
    "organisations": "Organisations other than GP posts that may hold a line.",
    "places": "Points that travel starts from: bases, nursing homes.",
    "gp_posts": "GP posts (HAP).",
    "gp_groups": "GP groups with their practices.",
    "agreements": "What was agreed between a site and a pool or organisation.",
    "patterns": "Local times at which a new duty begins, per kind of day.",
    "lines": "Standing responsibilities (dienstlijnen).",
    "rule_packs": "Norms of this region, beside those that ship with so247.",
}


def region_files(region: Region) -> dict[str, bytes]:
    """region.yaml and the tables, by file name."""
    files = {REGION_FILE: _structure(region).encode()}
    for sheet in SHEETS:
        items = getattr(region, sheet.section)
        if items or sheet.written_empty:
            files[sheet.file] = _table(sheet, items).encode()
    return files


def _structure(region: Region) -> str:
    data = region.model_dump(mode="json", exclude_defaults=True)
    data["holidays"] = describe(region.holidays, region.holiday_years)
    lines: list[str] = []
    for key in RegionFile.model_fields:
        if key not in data:
            continue
        if key in COMMENTS:
            lines += ["", f"# {COMMENTS[key]}"] if lines else [f"# {COMMENTS[key]}"]
        lines += _entry(key, data[key], "")
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, indent: str) -> Iterator[str]:
    """One key of a mapping with its value, in block style."""
    if isinstance(value, Mapping) and value:
        yield f"{indent}{key}:"
        for name, each in value.items():
            yield from _entry(name, each, indent + "  ")
    elif isinstance(value, Sequence) and any(isinstance(each, Mapping) for each in value):
        yield f"{indent}{key}:"
        for each in value:
            first = True
            for name in sorted(each, key=validity_last):
                for line in _entry(name, each[name], indent + "    "):
                    yield f"{indent}  - {line[len(indent) + 4 :]}" if first else line
                    first = False
    else:
        yield f"{indent}{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return value if _plain(value) else _quoted(value)
    return json.dumps(value)


def _plain(text: str) -> bool:
    """Whether every YAML reader takes the text as it stands: ids and dates."""
    words = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
    word = re.fullmatch(r"[a-z][a-z0-9_-]*", text) and text not in words
    return bool(word or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text))


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08X}" for each in quoted)


def _table(sheet: Sheet, items: Sequence[Any]) -> str:
    """Required columns and those that any item fills; all of them where there is no item."""
    rows = [item.model_dump(mode="json", exclude_defaults=True) for item in items]
    used = {name for row in rows for name in row} | set(sheet.required)
    columns = [name for name in sheet.columns if name in used or not rows]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([write_cell(sheet.model, name, row.get(name)) for name in columns])
    return text.getvalue()
