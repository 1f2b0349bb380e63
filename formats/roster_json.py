"""Rosters and reports as JSON: the same bytes for the same content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from so247.formats.input_text import decode
from so247.formats.located_json import json_place
from so247.formats.plain_errors import Path, Plain, plain_errors
from so247.models.clock import Interval
from so247.models.errors import Problem, RosterError
from so247.models.report import Report
from so247.models.roster import ROSTER_SCHEMA_VERSION, Roster

REPORT_KEYS = {name for name, each in Report.model_fields.items() if each.is_required()}
"""What every report says and no roster does: ``sites`` is among them."""


def roster_to_json(roster: Roster) -> bytes:
    """The roster as UTF-8 JSON: instants in UTC, keys sorted, one line end at the end."""
    return _to_json(roster)


def report_to_json(report: Report) -> bytes:
    """The report as UTF-8 JSON, written as rosters are."""
    return _to_json(report)


def _to_json(model: BaseModel) -> bytes:
    text = json.dumps(model.model_dump(mode="json"), sort_keys=True, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def roster_from_json(data: bytes, source: str) -> Roster:
    """The roster in ``data``. ``source`` is what messages call the file.

    Raises ``RosterError`` with every problem, each with its line and column.
    """
    text, problems = decode(data, source)
    if problems:
        raise RosterError(problems)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RosterError([_not_json(error, source)]) from None
    _refuse_newer(content, source)
    try:
        roster = Roster.model_validate_json(text)
    except ValidationError as error:
        raise RosterError(_located(text, source, plain_errors(error, Roster))) from None
    faults = list(_backwards(roster))
    if faults:
        raise RosterError(_located(text, source, iter(faults)))
    return roster


def is_report(data: bytes) -> bool:
    """Whether it is a report of the check (``check.json``), of any version: no roster."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.keys() >= REPORT_KEYS


def _not_json(error: Exception, source: str) -> Problem:
    message = "this is no JSON"
    advice = "Maybe it was cut off or edited by hand; make the roster again."
    if isinstance(error, json.JSONDecodeError):
        message = f"{message}: {error.msg}"
        return Problem(message, advice, file=source, line=error.lineno, column=error.colno)
    return Problem(message, advice, file=source, line=1, column=1)


def _refuse_newer(content: Any, source: str) -> None:
    version = content.get("schema_version", 0) if isinstance(content, dict) else 0
    if isinstance(version, int) and version > ROSTER_SCHEMA_VERSION:
        advice = f"This so247 reads up to version {ROSTER_SCHEMA_VERSION}: install a newer so247."
        message = "was written by a newer so247"
        raise RosterError([Problem(message, advice, f"schema_version {version}", file=source)])


def _backwards(roster: Roster) -> Iterator[Plain]:
    """Stretches of time that end before they start, which no type forbids."""
    spans: list[tuple[Path, Interval | None]] = [(("period",), roster.period)]
    spans += [(("assignments", at, "when"), row.when) for at, row in enumerate(roster.assignments)]
    spans += [(("gaps", at, "when"), row.when) for at, row in enumerate(roster.gaps)]
    for path, span in spans:
        if span is not None and span.end <= span.start:
            end = f"{span.end:%Y-%m-%dT%H:%MZ}"
            yield Plain((*path, "end"), "ends before it starts", "Maybe the two are swapped.", end)


def _located(text: str, source: str, faults: Iterator[Plain]) -> Iterator[Problem]:
    for fault in faults:
        line, column = json_place(text, fault.path)
        yield Problem(fault.message, fault.advice, fault.value, fault.path, source, line, column)
