"""Terms: days in a row on which nobody's registration, contract or funding begins or ends.

What depends on those alone need be worked out once per term, or per term and weekday.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from so247.audit.instants import ONE_DAY
from so247.models.base import Valid
from so247.models.region import Region


class Terms:
    """The terms of one region, numbered in order of time."""

    def __init__(self, region: Region) -> None:
        found: set[date] = set()
        for first, last in _spells(region):
            if first is not None:
                found.add(first)
            if last is not None and last < date.max:
                found.add(last + ONE_DAY)
        self._turns = sorted(found)

    def of(self, day: date) -> int:
        """The number of the term that holds the day."""
        return bisect_right(self._turns, day)


def _spells(region: Region) -> Iterator[tuple[date | None, date | None]]:
    """First and last day of everything that is dated."""
    for person in region.physicians:
        yield person.registered_from, person.registered_until
    dated: list[Valid] = [*region.contracts]
    dated += [each for employer in region.employers for each in employer.funding_contracts]
    for one in dated:
        yield one.valid_from, one.valid_until
