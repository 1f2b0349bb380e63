"""How each kind of id is written in the slice. What the region does not know gets a number too."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from so247.audit.slice.pseudonyms import Kind, Pseudonyms
from so247.models.lines import Product
from so247.models.region import Region

PLANNED_START = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
SESSION_KEY = re.compile(r"[0-9]{4}w[0-9]{2}|bm?[0-9]+")
ORDINAL = re.compile(r"[0-9]+")


class Masks:
    """Ids of a region (and of rosters for it) as the slice writes them."""

    def __init__(self, region: Region, names: Pseudonyms) -> None:
        self.region = region
        self.names = names
        self._people = frozenset(region.physician_by_id)
        posts = frozenset(each.id for each in region.gp_posts)
        self._organisations = posts | {each.id for each in region.organisations}
        self._visited = posts | {*region.site_by_id, *region.group_of_practice}
        self._open = self._organisations | self._visited | {each.id for each in region.pools}
        self._places = frozenset(each.id for each in region.places)
        self._products = frozenset(each.value for each in Product)

    def of(self, kind: Kind) -> Callable[[str], str]:
        """How names of one kind are written that no roster uses."""
        return partial(self.names.of, kind)

    def _unknown(self, name: str) -> str:
        self.names.give(Kind.UNKNOWN, (name,))
        return self.names.of(Kind.UNKNOWN, name)

    def holder(self, name: str) -> str:
        """Who holds an assignment: a person, or an organisation, which keeps its name."""
        if name in self._people:
            return self.names.of(Kind.PHYSICIAN, name)
        return name if name in self._organisations else self._unknown(name)

    def contract(self, name: str) -> str:
        known = name in self.region.contract_by_id
        return self.names.of(Kind.CONTRACT, name) if known else self._unknown(name)

    def place(self, name: str) -> str:
        """A place or site; sites keep their names."""
        if name in self._places:
            return self.names.of(Kind.PLACE, name)
        return name if name in self._visited else self._unknown(name)

    def employer(self, name: str) -> str:
        return self.names.of(Kind.EMPLOYER, name)

    def party(self, name: str) -> str:
        """Whoever holds a task or is partner to a document; who is no person keeps the name."""
        if name in self._people:
            return self.holder(name)
        if name in self._open:
            return name
        known = name in self.region.employer_by_id
        return self.employer(name) if known else self._unknown(name)

    def line(self, name: str) -> str:
        return name if name in self.region.line_by_id else self._unknown(name)

    def target(self, text: str) -> str:
        """A duty or session id. What is no such id in parts goes by numbers in those parts."""
        line, at, planned = text.partition("@")
        parts = text.split(".")
        if line in self.region.line_by_id or len(parts) != 4:
            return self.line(line) + at + (self._kept(planned, PLANNED_START) if at else "")
        site, product, key, ordinal = parts
        what = product if product in self._products else self._unknown(product)
        keyed = f"{self._kept(key, SESSION_KEY)}.{self._kept(ordinal, ORDINAL)}"
        return f"{self.place(site)}.{what}.{keyed}"

    def _kept(self, text: str, shape: re.Pattern[str]) -> str:
        return text if shape.fullmatch(text) else self._unknown(text)

    def real_target(self, text: str) -> str:
        """The id behind ``target``."""
        return re.sub(r"[^@.]+", lambda found: self.names.real(found.group()), text)
