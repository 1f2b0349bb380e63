"""Every error so247 raises on purpose.

    So247Error
    ├── InputError            something a person wrote is wrong; carries every Problem found
    │   ├── RegionError       … in a region
    │   └── RosterError       … in a roster (also: a roster of another region)
    ├── NotFound              a named scenario, file or id does not exist
    └── Cancelled             the caller cancelled before anything was found

A ``Problem`` says what is wrong, with which value, where, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the input.

    ``path`` locates it in the data (``("physicians", 3, "pools", 0)``); ``file``, ``line`` and
    ``column`` (both from 1) locate it in the file it was read from, when there is one.
    """

    message: str
    advice: str = ""
    value: str = ""
    path: tuple[str | int, ...] = ()
    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}" + (f":{self.column}" if self.column else "")
        if not where and self.path:
            where = ".".join(str(step) for step in self.path)
        text = f"{where}: {self.message}" if where else self.message
        if self.value:
            text += f" (found {self.value})"
        return f"{text}. {self.advice}" if self.advice else text


class So247Error(Exception):
    """Root of every deliberate error."""


class InputError(So247Error):
    """Input that cannot be used; ``problems`` lists everything found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class RegionError(InputError):
    """The region cannot be used."""


class RosterError(InputError):
    """The roster cannot be used with this region."""


class NotFound(So247Error):
    """A named scenario, file or id does not exist."""


class Cancelled(So247Error):
    """Cancelled before a roster was found."""
