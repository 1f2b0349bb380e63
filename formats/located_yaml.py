"""YAML 1.2 as plain data, with the line and column of every key and value.

Composed by ruamel.yaml, which keeps positions and does not turn ``17:00`` into a number. Every
scalar that is no number, truth value or null stays text; dates too, for the models to read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from so247.formats.input_text import FORMULA_ADVICE, FORMULA_MESSAGE, formula, shown
from so247.models.errors import Problem

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both from 1."""

TAG = "tag:yaml.org,2002:"


@dataclass
class Located:
    """Plain data with the place of every value, and of every key (by the path of its value)."""

    file: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    faulty: set[Path] = field(default_factory=set)
    """Values that cannot be used, and are reported; ``None`` stands for them."""
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, key: bool = False) -> Place:
        """Where the value stands (or its key); else the nearest thing around it that is there."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def report(
        self, path: Path, message: str, advice: str = "", value: object = None, key: bool = False
    ) -> None:
        line, column = self.place(path, key)
        self.problems.append(
            Problem(message, advice, shown(value), path, self.file, line=line, column=column)
        )


def parse_yaml(text: str, file: str) -> Located:
    """Read one YAML document; whatever is wrong with it stands in ``problems``."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    found = Located(file)
    try:
        node = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        found.problems.append(_syntax(file, error.problem or "cannot be read", line, column))
    except RecursionError:
        found.problems.append(_syntax(file, "is nested too deeply", 1, 1))
    except YAMLError as error:
        at = getattr(error, "position", 0)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        found.problems.append(_syntax(file, "has a character that YAML forbids", line, column))
    else:
        if node is not None:
            try:
                found.data = _Reader(found).value(node, ())
            except RecursionError:
                found.problems.append(_syntax(file, "is nested too deeply", 1, 1))
    return found


def _syntax(file: str, message: str, line: int, column: int) -> Problem:
    return Problem(
        f"this is no YAML: {message}",
        "Maybe the indentation, a colon, a quote or a bracket just before it is wrong.",
        file=file,
        line=line,
        column=column,
    )


class _Reader:
    """Turns nodes into plain data, noting places and problems on the way."""

    def __init__(self, found: Located) -> None:
        self.found = found
        self.seen: set[int] = set()

    def value(self, node: Any, path: Path) -> Any:
        """The node as plain data; ``None`` for what is refused."""
        self.found.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self.seen:
            return self.refuse(path, "repeats a part by an alias (*)", "Write the part out.")
        tag = str(node.tag)
        if isinstance(node.value, str):
            return self.scalar(node.value, tag, path)
        # Only what can hold others can be repeated without end.
        self.seen.add(id(node))
        if tag == TAG + "map":
            return self.mapping(node, path)
        if tag == TAG + "seq":
            return [self.value(each, (*path, at)) for at, each in enumerate(node.value)]
        return self.refuse(path, "has a YAML tag that is not understood", "Remove it.", tag)

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            key = key_node.value
            if not isinstance(key, str) or str(key_node.tag) != TAG + "str":
                self.key_problem(place, path, "a key must be text", "Maybe put quotes around it.")
                continue
            if key in data:
                message = f"the key {shown(key)} stands here twice"
                self.key_problem(place, (*path, key), message, "Keep one of the two.")
                continue
            self.found.keys[(*path, key)] = place
            data[key] = self.value(value_node, (*path, key))
        return data

    def key_problem(self, place: Place, path: Path, message: str, advice: str) -> None:
        line, column = place
        self.found.problems.append(
            Problem(message, advice, "", path, self.found.file, line, column)
        )

    def scalar(self, text: str, tag: str, path: Path) -> Any:
        kind = tag.removeprefix(TAG)
        if kind in ("str", "timestamp"):
            if formula(text):
                self.found.report(path, FORMULA_MESSAGE, FORMULA_ADVICE, text)
            if any("\ud800" <= char <= "\udfff" for char in text):
                return self.refuse(path, "holds half a character", "Write it anew.")
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in ("int", "float"):
            return self.number(text, kind, path)
        return self.refuse(path, "has a YAML tag that is not understood", "Remove it.", tag)

    def number(self, text: str, kind: str, path: Path) -> Any:
        plain = text.replace("_", "")
        try:
            if kind == "float":
                number = float(plain.replace(".inf", "inf").replace(".nan", "nan"))
                if math.isfinite(number):
                    return number
            else:
                return int(plain, 0 if plain.lstrip("+-")[:2].lower() in ("0x", "0o", "0b") else 10)
        except ValueError:
            pass
        return self.refuse(path, "is not a number that can be used", "Write digits.", text)

    def refuse(self, path: Path, message: str, advice: str, value: object = None) -> None:
        self.found.faulty.add(path)
        self.found.report(path, message, advice, value)
