"""What pydantic found, in sentences that a coordinator understands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from so247.formats.input_text import nearest, shown
from so247.models.evidence import RESIDENT_PATTERN

Path = tuple[str | int, ...]

NOT_A_DATE = 'Write it as year-month-day, for example "2026-10-05".'
NOT_A_NUMBER = "Residents go by a number that says nothing about them, for example r-017."


@dataclass(frozen=True)
class Plain:
    """One fault: where (from the validated model down), what, and what to do about it."""

    path: Path
    message: str
    advice: str
    value: str
    about_key: bool = False
    """The key is at fault, not its value."""


def plain_errors(error: ValidationError, model: type[BaseModel]) -> Iterator[Plain]:
    """Every fault that a validation of ``model`` found.

    A key that is missing only because it is misspelled is one fault, not two.
    """
    faults = error.errors(include_url=False)
    meant: set[Path] = set()
    for each in faults:
        path: Path = tuple(each["loc"])
        if each["type"] == "extra_forbidden":
            known = _fields_at(model, path[:-1])
            near = nearest(str(path[-1]), known)
            meant.add((*path[:-1], near))
            advice = f"Maybe you meant {near}." if near else f"Known are: {', '.join(known)}."
            yield Plain(path, "there is no such key", advice, shown(str(path[-1])), True)
    for each in faults:
        path = tuple(each["loc"])
        if each["type"] == "missing" and path not in meant:
            yield Plain(path, f"{path[-1]} is missing", "Add it.", "")
        elif each["type"] not in ("missing", "extra_forbidden"):
            context = each.get("ctx", {})
            message, advice = sentence(each["type"], context, each["msg"], each["input"])
            # What stands where a resident's number should may be the resident's name.
            value = "" if context.get("pattern") == RESIDENT_PATTERN else shown(each["input"])
            yield Plain(path, message, advice, value)


def sentence(kind: str, context: Mapping[str, Any], text: str, value: Any) -> tuple[str, str]:
    """Message and advice for one kind of pydantic error."""
    if kind == "value_error":
        what, _, example = text.removeprefix("Value error, ").partition(", for example ")
        return "cannot be used", f"{what[:1].upper()}{what[1:]}" + (
            f", for example {example}." if example else "."
        )
    if kind == "enum":
        choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        near = nearest(str(value), choices.split(", "))
        known = f"It is one of: {choices}."
        return "is not a known word here", f"Maybe you meant {near}. {known}" if near else known
    if kind.startswith(("date_", "datetime_")):
        return "is not a date that exists", NOT_A_DATE
    if context.get("pattern") == RESIDENT_PATTERN:
        return "is not a resident's number", NOT_A_NUMBER
    return _SIMPLE.get(kind) or _bound(kind, context) or ("cannot be used here", f"{text}.")


_SIMPLE = {
    "string_pattern_mismatch": (
        "is not a valid id",
        "Use lower-case letters, digits, - and _, at most 41, starting with a letter or digit.",
    ),
    "string_type": ("must be text", "Maybe put quotes around it."),
    "string_too_short": ("is empty", "Fill it in, or leave the key out."),
    "int_type": ("must be a whole number", "Write digits only, without quotes."),
    "int_parsing": ("must be a whole number", "Write digits only, without quotes."),
    "int_from_float": ("must be a whole number", "Write digits only."),
    "int_parsing_size": ("is too large a number", "Maybe a digit too many."),
    "float_type": ("must be a number", "Write digits with a decimal point, without quotes."),
    "float_parsing": ("must be a number", "Write digits with a decimal point."),
    "finite_number": ("must be a finite number", "Write digits with a decimal point."),
    "bool_type": ("must be true or false", "Write it without quotes."),
    "bool_parsing": ("must be true or false", "Write it without quotes."),
    "tuple_type": ("must be a list", "Maybe [a, b], or one - per line."),
    "list_type": ("must be a list", "Maybe [a, b], or one - per line."),
    "dict_type": ("must be keys with values", "Write one key: value per line."),
    "model_type": ("must be keys with values", "Write one key: value per line."),
    "model_attributes_type": ("must be keys with values", "Write one key: value per line."),
}


def _bound(kind: str, context: Mapping[str, Any]) -> tuple[str, str] | None:
    if kind == "string_too_long":
        return f"is longer than {context.get('max_length')} characters", "Shorten it."
    bounds = {
        "greater_than_equal": ("ge", "at least"),
        "greater_than": ("gt", "more than"),
        "less_than_equal": ("le", "at most"),
        "less_than": ("lt", "less than"),
    }
    if kind not in bounds:
        return None
    key, words = bounds[kind]
    return f"must be {words} {context.get(key):g}", "Maybe a slip of the pen."


def _fields_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Field names of the model that stands at ``path`` within ``model``."""
    for step in path:
        if isinstance(step, str):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            found = _model_in(fields[step].annotation)
            if found is None:
                return ()
            model = found
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
