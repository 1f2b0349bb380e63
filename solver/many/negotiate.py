"""Who could hold what nobody holds: time of shared people that is worth handing over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from so247.models.clock import Interval, days_touched
from so247.models.region import Region
from so247.models.roster import Assignment, Gap, Roster
from so247.solver.many.calendar import Calendar
from so247.solver.many.people import Shared

Tried = tuple[str, str, str]
"""(person key, region, duty)."""


@dataclass(frozen=True)
class Offer:
    """A person's time for a region that comes short.

    ``losers``: regions in which he holds something then, and would no longer.
    """

    key: str
    region: str
    gap: Gap
    when: Interval
    losers: tuple[str, ...]

    @property
    def mark(self) -> Tried:
        return self.key, self.region, self.gap.target


def offers(
    regions: Sequence[Region],
    calendar: Calendar,
    rosters: Mapping[str, Roster],
    tried: Collection[Tried],
) -> tuple[Offer, ...]:
    """At most one for each duty without a holder, and no two for one person at the same time.

    Who holds nothing then goes first: that costs no other region anything. After that, who has
    been asked for least in this round.
    """
    found: list[Offer] = []
    taken: dict[str, list[Interval]] = {}
    gaps = [
        (region, gap, gap.when)
        for region in regions
        if region.id in rosters
        for gap in rosters[region.id].gaps
        if gap.when is not None
    ]
    # The dearest gaps first, wherever they are.
    gaps.sort(key=lambda row: (-row[1].site_minutes, row[2].start, row[0].id, row[1].target))
    for region, gap, when in gaps:
        candidates = [
            offer
            for person in calendar.people.values()
            if region.id in person.places
            and (person.key, region.id, gap.target) not in tried
            and (offer := _offer(region, gap, when, calendar, person, rosters)) is not None
            and not any(_around(person, when).overlaps(each) for each in taken.get(person.key, ()))
        ]
        if candidates:
            best = min(
                candidates,
                key=lambda each: (len(each.losers), len(taken.get(each.key, ())), each.key),
            )
            found.append(best)
            taken.setdefault(best.key, []).append(when)
    return tuple(found)


def _around(person: Shared, when: Interval) -> Interval:
    return Interval(start=when.start - person.rest, end=when.end + person.rest)


def _offer(
    region: Region,
    gap: Gap,
    when: Interval,
    calendar: Calendar,
    person: Shared,
    rosters: Mapping[str, Roster],
) -> Offer | None:
    """What he could do about the gap, if he may at all and is not there already."""
    if not person.sharing.negotiable or not _fits(region, gap, when, person):
        return None
    if calendar.holds(person.key, region.id, when):
        return None  # the region could have had him, and it did not help
    if any(when.overlaps(each) for each in calendar.busy.get((person.key, region.id), ())):
        return None
    there = {
        name: held
        for name in person.places
        if name != region.id and (held := _during(rosters.get(name), person, name, when))
    }
    if any(each.pinned for held in there.values() for each in held):
        return None
    return Offer(person.key, region.id, gap, when, tuple(there))


def _during(roster: Roster | None, person: Shared, name: str, when: Interval) -> list[Assignment]:
    """What he holds in a region within his rest of the time."""
    around = _around(person, when)
    return [
        each
        for each in (roster.standing if roster is not None else ())
        if each.physician in person.ids(name) and each.when.overlaps(around)
    ]


def _fits(region: Region, gap: Gap, when: Interval, person: Shared) -> bool:
    """Role, pools, registration and a contract: what no time of his would change."""
    line = region.line_by_id[gap.target.partition("@")[0]]
    days = list(days_touched(when))
    pools = [set(region.site_by_id[site].pools) for site in line.sites]
    return any(
        each.role in line.roles
        and all(not site or site & set(each.pools) for site in pools)
        and all(each.registered_on(day) for day in days)
        and any(
            all(contract.holds_on(day) for day in days) for contract in region.contracts_of(each.id)
        )
        for each in person.places[region.id]
    )


def groups(offers: Iterable[Offer]) -> tuple[tuple[Offer, ...], ...]:
    """Offers that stand or fall together: those that join the same regions.

    A region is joined to those that lose something for it; who gives up free time is not.
    """
    found: list[tuple[set[str], list[Offer]]] = []
    for offer in offers:
        regions = {offer.region, *offer.losers}
        joined = [row for row in found if row[0] & regions]
        found = [row for row in found if not row[0] & regions]
        for names, _ in joined:
            regions |= names
        found.append((regions, [*(each for _, rows in joined for each in rows), offer]))
    return tuple(tuple(rows) for _, rows in sorted(found, key=lambda row: min(row[0])))
