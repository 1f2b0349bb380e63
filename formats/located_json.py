"""Where in a JSON text the value of a path stands."""

from __future__ import annotations

import re
from json import JSONDecoder

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both from 1."""

BLANK = re.compile(r"[ \t\r\n]*")


def json_place(text: str, path: Path) -> Place:
    """Line and column of the value, or of the nearest thing around it that is there.

    The text must be JSON. Only what stands before the value is read.
    """
    at = _after_blank(text, 0)
    for step in path:
        inner = _member(text, at, step)
        if inner is None:
            break
        at = inner
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _member(text: str, at: int, step: str | int) -> int | None:
    """Where the member ``step`` of the object or array at ``at`` begins."""
    read = JSONDecoder().raw_decode
    if text[at] not in "{[":
        return None
    is_object, number = text[at] == "{", 0
    at = _after_blank(text, at + 1)
    while text[at] not in "}]":
        key: str | int = number
        if is_object:
            key, at = read(text, at)
            at = _after_blank(text, _after_blank(text, at) + 1)
        if key == step:
            return at
        at = _after_blank(text, read(text, at)[1])
        if text[at] == ",":
            at = _after_blank(text, at + 1)
        number += 1
    return None


def _after_blank(text: str, at: int) -> int:
    found = BLANK.match(text, at)
    return found.end() if found else at
