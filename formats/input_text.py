"""Text that people wrote: read with a limit, decoded with a location, and near misses named."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from so247.models.errors import Problem

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. No region needs more in one file; a larger one is refused unread."""

LARGEST_YAML = 2 * 1024 * 1024
"""The same for YAML, which takes seconds per megabyte; the largest shipped region has 0.07."""

SHOWN = 80
"""Characters of a faulty value that a message repeats."""


def read_bytes(path: Path, name: str) -> bytes | Problem:
    """The file's content, or what keeps it from being read. ``name`` is how messages call it."""
    largest = LARGEST_YAML if path.suffix == ".yaml" else LARGEST_FILE
    try:
        if path.is_dir():
            return Problem(
                "is a folder, not a file", "Maybe move it away, or rename it.", file=name
            )
        size = path.stat().st_size
        if size > largest:
            return Problem(
                f"is too large; at most {largest // 1024**2} MB is read",
                "Maybe it is another file, or has many empty rows: copy the filled ones.",
                value=f"{size / 1024**2:.0f} MB",
                file=name,
            )
        return path.read_bytes()
    except FileNotFoundError:
        return Problem("does not exist", "Maybe the name is spelled otherwise.", file=name)
    except OSError as error:
        return Problem(
            "cannot be read",
            "Maybe another program has it open, or it may not be read by you.",
            value=error.strerror or type(error).__name__,
            file=name,
        )


def decode(data: bytes, name: str) -> tuple[str, tuple[Problem, ...]]:
    """UTF-8 text (a byte order mark is dropped) and the first byte that is none, with its place.

    Bytes that are no UTF-8 are replaced, so that the other problems of the file are found too.
    ``column`` counts bytes.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        advice = "Save it again as UTF-8 (in Excel: CSV UTF-8)."
        problem = Problem("is UTF-16, not UTF-8", advice, file=name, line=1, column=1)
        return data.decode("utf-16", errors="replace"), (problem,)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # A byte order mark is cut off before the position is counted.
        offset = len(data) - len(error.object)
        at = offset + error.start
        line_start = data.rfind(b"\n", 0, at) + 1
        problem = Problem(
            "is not UTF-8 text",
            "Save it again as UTF-8 (in Excel: CSV UTF-8).",
            value=f"byte 0x{data[at]:02x}",
            file=name,
            line=data.count(b"\n", 0, at) + 1,
            column=at - line_start + 1,
        )
        return data.decode("utf-8-sig", errors="replace"), (problem,)


def nearest(value: str, known: Iterable[str]) -> str:
    """The known word that ``value`` most probably stands for, or an empty text."""
    near = get_close_matches(value.strip().lower(), sorted(known), n=1)
    return near[0] if near else ""


def shown(value: object) -> str:
    """A faulty value as a message repeats it: short, on one line."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def formula(value: str) -> bool:
    """Whether a spreadsheet would run this text as a formula instead of showing it."""
    return value.startswith("=")


FORMULA_MESSAGE = 'starts with "="; spreadsheets run that as a formula'
FORMULA_ADVICE = "Write the text itself, without the = in front."
