"""Which CSV file holds which part of a region, and how its cells convert, both ways.

A column is named as the field it fills. An empty cell leaves the field at its default. A list of
words or numbers is written with spaces or ``|`` between; what is more has a form of its own:

=================  ==========================================================================
residents          ``facility_without_treatment/wlz=14; home/none=2``
function_holders   ``main_practitioner=ans; consultation=ben``
rule_packs         ``atw_general``, or ``atw_general=2026-01-01..2026-12-31; other=2027-01-01..``
=================  ==========================================================================
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from so247.formats.plain_errors import NOT_A_DATE
from so247.models.base import Model
from so247.models.evidence import Admission, Evidence, PracticeAbsence, TaskHolder
from so247.models.lines import SessionDemand
from so247.models.people import (
    Absence,
    Commitment,
    Contract,
    PackBinding,
    Physician,
    Pin,
    Wish,
)
from so247.models.sites import Facility, FunctionHolder, Pairing, ResidentCount, TravelTime


@dataclass(frozen=True)
class Sheet:
    """A CSV file: the field of Region it fills, with one row per item of ``model``."""

    file: str
    section: str
    model: type[Model]
    written_empty: bool = True
    """Whether the file stands there, for people to fill, even where there is nothing to write."""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(sorted(self.model.model_fields, key=validity_last))

    @property
    def required(self) -> tuple[str, ...]:
        fields = self.model.model_fields
        return tuple(name for name, field in fields.items() if field.is_required())


SHEETS = (
    Sheet("physicians.csv", "physicians", Physician),
    Sheet("contracts.csv", "contracts", Contract),
    Sheet("absences.csv", "absences", Absence),
    Sheet("commitments.csv", "commitments", Commitment),
    Sheet("wishes.csv", "wishes", Wish),
    Sheet("facilities.csv", "facilities", Facility),
    Sheet("pairs.csv", "pairings", Pairing),
    Sheet("travel_times.csv", "travel_times", TravelTime),
    Sheet("sessions.csv", "sessions", SessionDemand),
    Sheet("pins.csv", "pins", Pin),
    Sheet("evidence.csv", "evidence", Evidence, written_empty=False),
    Sheet("responsibilities.csv", "task_holders", TaskHolder, written_empty=False),
    Sheet("admissions.csv", "admissions", Admission, written_empty=False),
    Sheet("practice_absences.csv", "practice_absences", PracticeAbsence, written_empty=False),
)


def validity_last(name: str) -> bool:
    """Sort key: from when to when something holds is read after what it is."""
    return name in ("valid_from", "valid_until")


class CellError(Exception):
    """A cell that says nothing usable: what is wrong, and what to do about it."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message, self.advice = message, advice


def read_cell(model: type[Model], column: str, text: str, decimal_comma: bool) -> Any:
    """The cell as plain data for the field. Raises ``CellError``."""
    kind, many = field_kind(model, column)
    if many:
        if kind in _COMPACT:
            parts = [part.strip() for part in re.split(r"[;|]", text)]
            return [_COMPACT[kind][0](part) for part in parts if part]
        words = [part for part in re.split(r"[\s|,]+", text) if part]
        return [read_int(word) for word in words] if kind is int else words
    if kind is int:
        return read_int(text)
    if kind is float:
        return read_float(text, decimal_comma)
    if kind is bool:
        return read_bool(text)
    if kind is date:
        return iso_date(text)
    return text


def write_cell(model: type[Model], column: str, value: Any) -> str:
    """The reverse, from what ``model_dump(mode="json")`` gives for the field."""
    kind, many = field_kind(model, column)
    if value is None:
        return ""
    if many:
        if kind in _COMPACT:
            return "; ".join(_COMPACT[kind][1](each) for each in value)
        return " ".join(map(str, value))
    if kind is bool:
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def field_kind(model: type[Model], column: str) -> tuple[type, bool]:
    """(type, whether there may be many) behind a field's annotation."""
    annotation: Any = model.model_fields[column].annotation
    many = False
    while not isinstance(annotation, type) or get_origin(annotation) is tuple:
        origin, parts = get_origin(annotation), get_args(annotation)
        many = many or origin is tuple
        if origin in (Union, UnionType):
            annotation = next(part for part in parts if part is not type(None))
        elif origin in (tuple, Annotated):
            annotation = parts[0]
        else:
            raise TypeError(f"{model.__name__}.{column} has no form in a CSV cell: {annotation}")
    return annotation, many


def read_int(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise CellError("must be a whole number", "Write digits only.")
    return int(text)


def read_float(text: str, decimal_comma: bool) -> float:
    plain = text.replace(",", ".", 1) if decimal_comma else text
    if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", plain) or not math.isfinite(
        float(plain)
    ):
        raise CellError("must be a number", "Write digits with a decimal point, for example 0.8.")
    return float(plain)


def read_bool(text: str) -> bool:
    words = {"yes": True, "true": True, "ja": True, "1": True}
    words |= {"no": False, "false": False, "nee": False, "0": False}
    if text.lower() not in words:
        raise CellError("must be yes or no", "Write yes or no.")
    return words[text.lower()]


def iso_date(text: str) -> str:
    """``2026-10-05`` as it is, and ``05-10-2026`` (the day first) turned around."""
    dutch = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", text)
    turned = f"{dutch[3]}-{dutch[2]:0>2}-{dutch[1]:0>2}" if dutch else text
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", turned):
            raise ValueError
        return date.fromisoformat(turned).isoformat()
    except ValueError:
        raise CellError("is not a date that exists", NOT_A_DATE) from None


def _read_residents(part: str) -> dict[str, Any]:
    found = re.fullmatch(r"(\S+?)\s*/\s*(\S+?)\s*=\s*(\S+)", part)
    if not found:
        raise CellError(
            "is no count of residents", 'Write setting/indication=count, as in "home/wlz=3".'
        )
    return {"setting": found[1], "indication": found[2], "count": read_int(found[3])}


def _read_function_holder(part: str) -> dict[str, Any]:
    found = re.fullmatch(r"(\S+?)\s*=\s*(\S+)", part)
    if not found:
        raise CellError(
            "names no function holder", 'Write function=person, as in "consultation=ans".'
        )
    return {"function": found[1], "physician": found[2]}


def _read_pack(part: str) -> dict[str, Any]:
    found = re.fullmatch(r"([^\s=]+)(?:\s*=\s*(\S*?)\.\.(\S*))?", part)
    if not found:
        raise CellError(
            "names no rule pack", "Write pack, or pack=first-day..last-day with a day left out."
        )
    bounds = {"valid_from": found[2], "valid_until": found[3]}
    return {"pack": found[1]} | {name: iso_date(day) for name, day in bounds.items() if day}


def _write_pack(value: Mapping[str, Any]) -> str:
    first, last = value.get("valid_from"), value.get("valid_until")
    return f"{value['pack']}={first or ''}..{last or ''}" if first or last else str(value["pack"])


_COMPACT: dict[type, tuple[Callable[[str], dict[str, Any]], Callable[[Mapping[str, Any]], str]]] = {
    ResidentCount: (
        _read_residents,
        lambda value: f"{value['setting']}/{value['indication']}={value['count']}",
    ),
    FunctionHolder: (
        _read_function_holder,
        lambda value: f"{value['function']}={value['physician']}",
    ),
    PackBinding: (_read_pack, _write_pack),
}
