"""Where a proof and its re-computation differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import TypeAdapter

from so247.models.proof import Said

SHOWN = 120
"""Characters of a value that a fault repeats."""
MOST = 5
"""Differences within one field before the rest goes unsaid."""


@dataclass(frozen=True)
class Fault:
    """One thing that does not come out. ``what``: the field of the proof, with dots and numbers."""

    what: str
    found: str
    recomputed: str
    said: Said


def fault(what: str, found: object, recomputed: object, nl: str, en: str) -> Fault:
    code = what.partition(".")[0]
    return Fault(what, shown(found), shown(recomputed), Said(code=f"verify.{code}", nl=nl, en=en))


def shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(_plain(value), ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def differences(what: str, found: object, recomputed: object) -> Iterator[Fault]:
    """A fault for each of the first places in which two values of a field differ."""
    if found == recomputed:
        return
    rows = list(islice(_places(what, _plain(found), _plain(recomputed)), MOST))
    for place, one, other in rows or [(what, found, recomputed)]:
        yield fault(
            place,
            one,
            other,
            f"{place}: in het bewijs {shown(one)}, nagerekend {shown(other)}",
            f"{place}: {shown(one)} in the proof, {shown(other)} when computed again",
        )


def _plain(value: object) -> Any:
    return TypeAdapter(Any).dump_python(value, mode="json")


def _places(at: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _places(f"{at}.{key}", one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _places(f"{at}.{number}", *pair)
    elif one != other:
        yield at, one, other
