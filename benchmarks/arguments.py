"""What may stand behind an option."""

from __future__ import annotations

import argparse
from pathlib import Path


def existing(text: str) -> Path:
    """A file or folder that is there."""
    if not Path(text).exists():
        raise argparse.ArgumentTypeError(f"{text}: no such file or folder")
    return Path(text).resolve()


def many(text: str) -> tuple[str, ...]:
    """Words with commas between."""
    found = tuple(each.strip() for each in text.split(",") if each.strip())
    if not found:
        raise argparse.ArgumentTypeError("nothing is named")
    return found


def numbers(text: str) -> tuple[int, ...]:
    """Whole numbers with commas between."""
    try:
        return tuple(int(each) for each in many(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: not whole numbers such as 1,2,3") from None


def seconds(text: str) -> float:
    """A number above 0."""
    try:
        found = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: not a number") from None
    if not 0 < found < float("inf"):
        raise argparse.ArgumentTypeError(f"{text}: must be more than 0")
    return found


def named(path: Path) -> str:
    """A path for a help text: from the root of the repository."""
    return str(path.relative_to(Path(__file__).resolve().parents[1]))
