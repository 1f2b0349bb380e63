"""Free text without names: whoever a region names in passing goes by the number there as well."""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

from so247.audit.slice.pseudonyms import Kind, Pseudonyms
from so247.models.base import Model
from so247.models.region import Region

M = TypeVar("M", bound=Model)

FREE = frozenset(
    {
        *("name", "text", "source", "label", "counterparty", "funding", "phone"),
        *("document", "signer", "locum", "person_key"),
    }
)
"""Fields of a region in which anything may be written."""
IN_A_NAME, IN_AN_ID = 2, 3
"""Letters of what is looked for, at least: less stands in too many words."""
ELSE = "…"
"""For a name of which capitals and small letters do not pair up."""
BEFORE, AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Not within a word; a hyphen or underscore ends one."""


class Scrub:
    """Looks for physicians and employers, by name or id, in capitals or not, spelled with spaces,
    hyphens or underscores. Of a name all of it is looked for: half of one may be a town."""

    def __init__(self, region: Region, names: Pseudonyms) -> None:
        self._names = names
        self._number: dict[str, str] = {}
        nouns = (Kind.PHYSICIAN, region.physicians), (Kind.EMPLOYER, region.employers)
        for kind, found in nouns:
            for each in found:
                number = names.of(kind, each.id)
                self._know(each.name, number, IN_A_NAME)
                self._know(each.id, number, IN_AN_ID)
        longest = sorted(self._number, key=lambda each: (-len(each), each))
        spelled = "|".join(r"[\W_]+".join(map(re.escape, each.split())) for each in longest)
        nobody = names.named or not spelled
        self._pattern = (
            None if nobody else re.compile(f"{BEFORE}(?:{spelled}){AFTER}", re.IGNORECASE)
        )

    def _know(self, name: str, number: str, letters: int) -> None:
        plain = _plain(name)
        if sum(each.isalpha() for each in plain) >= letters:
            self._number[plain] = min(number, self._number.get(plain, number))

    def names_somebody(self, text: str) -> bool:
        return self.text(text) != text

    def text(self, text: str) -> str:
        """The text with numbers for names. What is a number already stays as it is."""
        if self._pattern is None or self._names.is_number(text):
            return text
        now, count = self._pattern.subn(self._told, unicodedata.normalize("NFC", text))
        return now if count else text

    def _told(self, found: re.Match[str]) -> str:
        return self._number.get(_plain(found.group()), ELSE)

    def noun(self, noun: M) -> M:
        """The noun, and all that is in it, with its free text scrubbed."""
        changes: dict[str, object] = {}
        for field in type(noun).model_fields:
            value = getattr(noun, field)
            if isinstance(value, str):
                now: object = self.text(value) if field in FREE else value
            else:
                now = self._value(value)
            if now is not value and now != value:
                changes[field] = now
        return noun.model_copy(update=changes) if changes else noun

    def _value(self, value: object) -> object:
        if isinstance(value, Model):
            return self.noun(value)
        if isinstance(value, tuple):
            return tuple(self._value(each) for each in value)
        return value


def _plain(name: str) -> str:
    """How a name is looked up: its words in small letters, a space between."""
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", name).lower())
    return " ".join(words).strip()
