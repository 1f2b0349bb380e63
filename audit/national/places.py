"""``national.one_place`` and ``national.absence``: one person, one place, one moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from so247.audit.national.person import Person, Work, listed
from so247.models.calendar import absence_interval
from so247.models.national import NationalFinding


def two_places(person: Person) -> Iterator[NationalFinding]:
    """Every pair of things in different regions with a minute in common.

    Also with a commitment elsewhere under which its own region allows to be on call: from that
    place to another region's sites nobody knows the way. What is past is left alone.
    """
    active: list[Work] = []
    for later in person.work:
        active = [each for each in active if each.block.end > later.block.start]
        for each in active:
            if each.place is not later.place and (each.ours_now or later.ours_now):
                held = (*each.held, *later.held)
                yield person.breach("national.one_place", held, f"in two places: {listed(held)}")
        active.append(later)


def absent(person: Person) -> Iterator[NationalFinding]:
    """Work in one region during an absence that another lists."""
    for place, elsewhere in permutations(person.places, 2):
        away = [
            absence_interval(each)
            for each in elsewhere.region.absences
            if each.physician in elsewhere.physicians
        ]
        for work in place.work():
            if work.ours_now and any(work.block.when.overlaps(each) for each in away):
                text = f"absent in {elsewhere.region.id}: {listed(work.held)}"
                yield person.breach("national.absence", work.held, text)
