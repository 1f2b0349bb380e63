"""Collects what is wrong in a data file, with its line."""

from __future__ import annotations

from pathlib import Path

from so247.models.errors import InputError, Problem


class Trouble:
    """Everything found wrong in one file; nothing is raised before the whole file is read."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        self.found: list[Problem] = []

    def add(self, line: int, message: str, value: str = "", advice: str = "") -> None:
        """``line`` 0: it is about the whole file."""
        self.found.append(Problem(message, advice, value, file=self.file, line=line))

    def number(self, line: int, what: str, text: str, most: int | None = None) -> int:
        """A whole number from 0, below ``most`` where that is given; 0 when it is none."""
        try:
            number = int(text)  # also "-0", as some published files have it
        except ValueError:
            number = -1
        if number < 0:
            told = f"{what} is not a whole number from 0"
            self.add(line, told, repr(text), "Maybe columns shifted")
            return 0
        if most is not None and number >= most:
            self.add(line, f"{what} is not below {most}", text, "Maybe it counts from 1, not 0")
            return 0
        return number

    def stop(self) -> None:
        """Raises ``InputError`` when anything was found."""
        if self.found:
            raise InputError(self.found)


def text_of(path: Path) -> str:
    """The text of a file, whatever its line ends; ``InputError`` when it cannot be read."""
    trouble = Trouble(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        trouble.add(0, "cannot be read", error.strerror or "", "Maybe the folder is another one")
    except UnicodeDecodeError:
        trouble.add(0, "is not UTF-8 text", "", "Maybe it is packed: unpack it first")
    raise InputError(trouble.found)
