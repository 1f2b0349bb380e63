"""A region in the making: its items one by one, each knowing where it was written.

An item that is faulty is kept as far as it can be used, so that the other faults of the region are
found in the same run and its own id is not called missing by everything that refers to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from so247.formats.located_yaml import Located
from so247.formats.plain_errors import NOT_A_DATE, Path, Plain, plain_errors
from so247.formats.region_file import REGION_FILE
from so247.models.base import Model
from so247.models.errors import Problem
from so247.models.names import HOLDER, PARTNER

Place = tuple[int, int]
FIRST_YEAR, LAST_YEAR = 1900, 2199

KINDS = {
    "pools": {"pool", PARTNER},
    "employers": {"employer", PARTNER, HOLDER},
    "organisations": {"GP post or organisation", PARTNER, HOLDER},
    "places": {"place"},
    "gp_posts": {"GP post", "GP post or organisation", "place", PARTNER, HOLDER},
    "gp_groups": {
        *("GP group", "practice", "GP group or practice", PARTNER, HOLDER),
        *("site", "site or practice", "place"),
    },
    "facilities": {"facility", "site", "site or practice", "place", HOLDER},
    "patterns": {"pattern"},
    "lines": {"line"},
    "rule_packs": {"rule pack"},
    "physicians": {"physician", HOLDER},
    "contracts": {"contract"},
}
"""What ``models.references`` calls the things of a section when it misses one."""


STAND_INS: dict[str, Any] = {
    "name": "?",
    "role": "elderly_care_physician",
    "fte": 1,
    "first_day": "2026-01-01",
    "last_day": "2026-01-01",
    "start_time": "08:00",
    "end_time": "09:00",
    "setting": "home",
    "minutes": 0,
    "count": 1,
    "per": "iso_week",
    "weekdays": [],
    "window": "always",
    "document": "?",
    "task": "general_care",
    "admitted_on": "2026-01-01",
}
"""For required fields that are faulty and refer to nothing, so that its references are examined."""


@dataclass(frozen=True)
class Item:
    """One thing of a section, and how to find the place of one of its values."""

    model: Model
    file: str
    place: Callable[[Path], Place]
    whole: bool
    """Nothing was wrong with it; else what was wrong is left out or stood in for."""


@dataclass
class Parts:
    """Everything read so far, and everything found wrong."""

    structure: Located = field(default_factory=lambda: Located(REGION_FILE))
    head: dict[str, Any] = field(default_factory=dict)
    faulty_keys: set[str] = field(default_factory=set)
    """Keys of ``head`` that hold a stand-in or default instead of what was written."""
    holiday_paths: list[Path] = field(default_factory=list)
    """Where in region.yaml each holiday of ``head`` comes from."""
    items: dict[str, list[Item]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken_ids: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    """Sections of which items may be missing."""

    def add(
        self,
        section: str,
        model: type[Model],
        data: Any,
        file: str,
        place: Callable[[Path], Place],
        problem: Callable[[Plain], Problem | None],
        whole: bool = True,
    ) -> None:
        """Read one item. ``problem`` words a fault of it, unless it is known already; ``whole``:
        nothing is left out yet."""
        item, faults = validated(model, data)
        self.problems += filter(None, map(problem, faults))
        if faults:
            self.broken_ids.update(ids_in(data))
            item = without(model, data, faults)
        if item is not None:
            found = Item(item, file, place, whole and not faults)
            self.items.setdefault(section, []).append(found)

    def missing_kinds(self) -> set[str]:
        """What may be missing only because it could not be read."""
        return {kind for section in self.unread for kind in KINDS.get(section, ())}


def validated(model: type[Model], data: Any) -> tuple[Model | None, list[Plain]]:
    """The model, or ``None`` with every fault. Plain data follow the rules of JSON: strict, but
    dates and words are text."""
    try:
        found = model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        return None, list(plain_errors(error, model))
    faults = list(_far_dates(found, ()))
    return (None if faults else found), faults


def without(model: type[Model], data: Any, faults: list[Plain]) -> Model | None:
    """The item without its faulty fields, if it can do without them or with stand-ins."""
    if not isinstance(data, dict) or not all(fault.path for fault in faults):
        return None
    faulty = {str(fault.path[0]) for fault in faults}
    usable = {key: value for key, value in data.items() if key not in faulty}
    stand_ins = {
        key: STAND_INS[key]
        for key in faulty & STAND_INS.keys()
        if key in model.model_fields and model.model_fields[key].is_required()
    }
    return validated(model, usable | stand_ins)[0]


def ids_in(data: Any) -> Iterator[str]:
    """Every id that the plain data give to something, however deep."""
    if isinstance(data, dict):
        if "id" in data:
            # Capitals are the usual slip in an id; those who name it may have made it or not.
            yield from {str(data["id"]), str(data["id"]).lower()}
        for value in data.values():
            yield from ids_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from ids_in(value)


def _far_dates(value: Any, path: Path) -> Iterator[Plain]:
    """Dates that only a slip of the pen gives: calendars do not reckon that far."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _far_dates(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            yield from _far_dates(each, (*path, at))
    elif isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield Plain(
            path, f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}", NOT_A_DATE, str(value)
        )
