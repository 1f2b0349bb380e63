"""Where every shared person may work, and when: one region at a time, with rest in between.

A calendar is never changed; handing time over gives another one. Whatever it says, no two regions
are ever open to one person within his rest of each other: so no roster made from it can ask him to
be in two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from so247.models.clock import Interval, local_day, subtract, to_local, union
from so247.models.people import Absence
from so247.solver.many.people import Shared

Place = tuple[str, str]
"""(person key, region id)."""
Stretches = tuple[Interval, ...]

SMALL_HOURS = (1, 4)
"""From the hour before to the hour after the one that exists twice, or not at all, once a year."""


@dataclass(frozen=True)
class Calendar:
    """``open``: when the person may work in the region, as far as the other regions go.

    ``busy``: what he surely does elsewhere, or is away for, as other regions list it.
    """

    whole: Interval
    people: Mapping[str, Shared]
    open: Mapping[Place, Stretches]
    busy: Mapping[Place, Stretches]

    def free(self, key: str, region: str) -> Stretches:
        """When the person may work there."""
        busy = self.busy.get((key, region), ())
        return tuple(
            part for each in self.open.get((key, region), ()) for part in subtract(each, busy)
        )

    def holds(self, key: str, region: str, when: Interval) -> bool:
        """Whether he may work there all the time."""
        return not subtract(when, self.free(key, region))

    def granted(self, key: str, region: str, when: Interval) -> Calendar:
        """The calendar in which the time is that region's, and rest around it nobody else's."""
        rest = self.people[key].rest
        around = Interval(start=when.start - rest, end=when.end + rest)
        opened = dict(self.open)
        for other in self.people[key].places:
            mine = opened.get((key, other), ())
            if other == region:
                opened[key, other] = union((*mine, when))
            else:
                opened[key, other] = tuple(p for each in mine for p in subtract(each, (around,)))
        return replace(self, open=opened)

    def kept(self, key: str, region: str, held: Iterable[Interval]) -> Calendar:
        """The calendar in which he may do there what he does, and no more."""
        return replace(self, open={**self.open, (key, region): union(held)})

    def absences(self, region: str) -> Iterator[Absence]:
        """What keeps shared people from working in the region, in its own terms."""
        for key, person in self.people.items():
            if region not in person.places:
                continue
            for away in subtract(self.whole, self.free(key, region)):
                for physician in person.ids(region):
                    yield _absence(physician, away)


def _absence(physician: str, away: Interval) -> Absence:
    """Unforeseen, since it lowers no contract figure: those are agreed for the whole period."""
    start, end = _before(away.start), _after(away.end)
    until = to_local(end)
    midnight = (until.hour, until.minute) == (0, 0)
    return Absence(
        physician=physician,
        first_day=local_day(start),
        last_day=local_day(end - timedelta(minutes=1)) if midnight else local_day(end),
        from_time=to_local(start).time(),
        until_time=None if midnight else until.time(),
        unforeseen=True,
    )


def _before(at: datetime) -> datetime:
    """The moment, or one before it that a local clock shows exactly once."""
    local = to_local(at)
    return at - timedelta(hours=3) if SMALL_HOURS[0] <= local.hour < SMALL_HOURS[1] else at


def _after(at: datetime) -> datetime:
    local = to_local(at)
    return at + timedelta(hours=3) if SMALL_HOURS[0] <= local.hour < SMALL_HOURS[1] else at
