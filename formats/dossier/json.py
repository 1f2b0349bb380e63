"""proof.json: the same bytes for the same proof, and every fault of one with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

from pydantic import ValidationError

from so247.formats.input_text import decode
from so247.formats.located_json import json_place
from so247.formats.plain_errors import plain_errors
from so247.models.errors import InputError, Problem, RegionError
from so247.models.proof import PROOF_SCHEMA_VERSION, Proof

ANY_REGION = {"id": "any", "name": "any", "anchor_date": "2026-11-02"}
"""Stands for a slice that is no region, so that what is wrong with the rest is said as well."""


def proof_to_json(proof: Proof) -> bytes:
    """The proof as JSON in plain ASCII: keys sorted, instants in UTC, one line end at the end."""
    return (json.dumps(proof.model_dump(mode="json"), sort_keys=True, indent=1) + "\n").encode()


def proof_from_json(data: bytes, source: str) -> Proof:
    """The proof in ``data``. ``source`` is what messages call the file.

    Raises ``InputError`` with every problem, each with its line and column.
    """
    text, problems = decode(data, source)
    if problems:
        raise InputError(problems)
    content = _content(text, source)
    _refuse_newer(content, source)
    try:
        return Proof.model_validate_json(text)
    except ValidationError as error:
        raise InputError(_located(text, _plain(error), source)) from None
    except RegionError as error:
        found = [replace(each, path=("slice", *each.path)) for each in error.problems]
        raise InputError(_located(text, [*found, *_around(content)], source)) from None
    except OverflowError:
        message = "the slice holds a date that cannot be reckoned with"
        advice = "Maybe a year is mistyped: years run from 1990 to 2190."
        raise InputError([Problem(message, advice, file=source)]) from None


def _content(text: str, source: str) -> Any:
    """What the JSON says. No key may stand twice: of two values people would read one."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        message, line, column = f"this is no JSON: {error.msg}", error.lineno, error.colno
    except RecursionError:
        message, line, column = "this is no JSON that can be read: it is nested too deep", 1, 1
    except ValueError as error:
        message, line, column = f"this is no JSON that can be read: {error}", 1, 1
    advice = "Maybe it was cut off or edited by hand; make the proof again."
    raise InputError([Problem(message, advice, file=source, line=line, column=column)])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _refuse_newer(content: Any, source: str) -> None:
    version = content.get("schema_version") if isinstance(content, dict) else None
    if isinstance(version, int) and version > PROOF_SCHEMA_VERSION:
        message = "was made by a newer version of so247"
        advice = f"This one reads up to version {PROOF_SCHEMA_VERSION}. Maybe update so247."
        raise InputError([Problem(message, advice, f"schema_version {version}", file=source)])


def _plain(error: ValidationError) -> Iterator[Problem]:
    for fault in plain_errors(error, Proof):
        yield Problem(fault.message, fault.advice, fault.value, fault.path)


def _around(content: dict[str, Any]) -> list[Problem]:
    """What is wrong with a proof apart from its slice."""
    try:
        Proof.model_validate_json(json.dumps({**content, "slice": ANY_REGION}))
    except ValidationError as error:
        return list(_plain(error))
    return []


def _located(text: str, problems: Iterator[Problem] | list[Problem], source: str) -> list[Problem]:
    found = []
    for problem in problems:
        line, column = json_place(text, problem.path)
        found.append(replace(problem, file=source, line=line, column=column))
    return found
