"""Numbers for names: ``arts-07`` for a person, in an order that says nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from so247.models.canonical import canonical
from so247.models.region import Region


class Kind(StrEnum):
    """What goes by numbers, by the word that the number is written with."""

    PHYSICIAN = "arts"
    CONTRACT = "contract"
    EMPLOYER = "werkgever"
    PLACE = "plaats"
    EVIDENCE = "bewijs"
    DOCUMENT = "document"
    SIGNER = "ondertekenaar"
    LOCUM = "waarnemer"
    PACK = "regelset"
    NORM = "regel"
    """A rule pack or norm; only those whose id names somebody."""
    UNKNOWN = "onbekend"
    """What a roster names and the region does not know."""


class Pseudonyms:
    """Names to numbers and back, per kind. ``named``: everything keeps its own name.

    Numbers follow the order of a keyed hash. The key is drawn from the region's whole text, not
    from the region's hash: that is published, and whoever can guess the names could then redo the
    order. No number looks like anything that the region says.
    """

    def __init__(self, region: Region, named: bool) -> None:
        self.named = named
        self._key = hashlib.sha256(b"so247 pseudonyms " + canonical(region).encode()).hexdigest()
        self._taken = frozenset(_texts(region.model_dump(mode="json")))
        self._numbers: dict[tuple[Kind, str], str] = {}
        self._names: dict[str, str] = {}
        self._last: dict[Kind, int] = {}

    def give(self, kind: Kind, names: Iterable[str]) -> None:
        """Number the names that have no number of this kind yet."""
        if self.named:
            return
        fresh = {name for name in names if (kind, name) not in self._numbers}
        width = max(2, len(str(self._last.get(kind, 0) + len(fresh))))
        for name in self.in_order(kind, fresh):
            number = self._next(kind, width)
            self._numbers[kind, name] = number
            self._names[number] = name

    def in_order(self, kind: str, names: Iterable[str]) -> list[str]:
        """Sorted in an order that says nothing."""
        return sorted(names, key=lambda each: self._rank(kind, each))

    def _rank(self, kind: str, name: str) -> str:
        return hashlib.sha256(f"{self._key} {kind!s} {name}".encode()).hexdigest()

    def _next(self, kind: Kind, width: int) -> str:
        while True:
            self._last[kind] = self._last.get(kind, 0) + 1
            number = f"{kind.value}-{self._last[kind]:0{width}d}"
            if number not in self._taken:
                return number

    def of(self, kind: Kind, name: str) -> str:
        """The number of the name, or the name itself where none was given."""
        return self._numbers.get((kind, name), name)

    def is_number(self, text: str) -> bool:
        """Whether it is a number that was given, and no word of the region."""
        return text in self._names

    def real(self, number: str) -> str:
        """The name behind a number; what is no number stands for itself."""
        return self._names.get(number, number)


def _texts(data: Any) -> Iterator[str]:
    """Every text in JSON data, values only."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
