"""Maxima that hold for several regions together, and each region's part of them.

Two kinds: what an agreement says about a person, and the figures of one contract that two regions
list (same id, same employer). Each region's copy gets a whole number of its own; together these
never exceed the maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from math import ceil

from so247.models.calendar import long_leave
from so247.models.clock import Interval, day_start, days, days_touched, local_day, monday_of, to_utc
from so247.models.people import Contract
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.many.people import Shared

UNITS = ("duties", "weekends", "nights")
MOST_WEEKS = 53
SIX = time(6, 0)


@dataclass(frozen=True)
class Sum:
    """At most ``total`` of a unit in the period, on these contracts (region, contract id).

    ``weights``: region to its agreed part.
    """

    key: str
    unit: str
    total: int
    contracts: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, float], ...]

    def split(self) -> dict[str, int]:
        """The total by the agreed parts, in whole numbers (largest remainder)."""
        whole = sum(weight for _, weight in self.weights) or 1.0
        exact = {region: self.total * weight / whole for region, weight in self.weights}
        found = {region: int(each + 1e-9) for region, each in exact.items()}
        rest = sorted(exact, key=lambda region: (found[region] - exact[region], region))
        for region in rest[: self.total - sum(found.values())]:
            found[region] += 1
        return found

    def handed(self, used: Mapping[str, int], needy: Sequence[str]) -> dict[str, int]:
        """What nobody uses goes to the regions that come short, one each in turn."""
        regions = [region for region, _ in self.weights]
        found = {region: used.get(region, 0) for region in regions}
        takers = [region for region in needy if region in found] or regions
        for turn in range(max(0, self.total - sum(found.values()))):
            found[takers[turn % len(takers)]] += 1
        return found


def sums_of(
    people: Sequence[Shared], regions: Mapping[str, Region], periods: Mapping[str, Interval]
) -> tuple[Sum, ...]:
    return tuple(row for person in people for row in _sums(person, regions, periods))


def _sums(
    person: Shared, regions: Mapping[str, Region], periods: Mapping[str, Interval]
) -> Iterator[Sum]:
    contracts = {
        name: [row for who in person.ids(name) for row in regions[name].contracts_of(who)]
        for name in person.places
    }
    weights = tuple(_weights(person))
    sharing = person.sharing
    everything = tuple((name, row.id) for name, rows in contracts.items() for row in rows)
    for unit in UNITS:
        limit = getattr(sharing, f"max_{unit}")
        if limit is not None:
            total = ceil(Fraction(limit * _days(periods.values()), 7 * sharing.per_weeks))
            yield Sum(person.key, unit, total, everything, weights)
    same: dict[tuple[str, str], list[tuple[str, Contract]]] = {}
    for name, rows in contracts.items():
        for row in rows:
            same.setdefault((row.id, row.employer), []).append((name, row))
    for listed in same.values():
        for unit in UNITS if len(listed) > 1 else ():
            totals = [
                ceil(
                    Fraction(limit * _present(regions[name], row, periods[name]), 7 * row.per_weeks)
                )
                for name, row in listed
                if (limit := getattr(row, f"max_{unit}")) is not None
            ]
            if totals:
                names = tuple((name, row.id) for name, row in listed)
                of_these = tuple(row for row in weights if row[0] in dict(names))
                yield Sum(person.key, unit, min(totals), names, of_these)


def _weights(person: Shared) -> Iterator[tuple[str, float]]:
    for part in person.sharing.parts:
        yield part.region, part.share or len(part.weekdays) / 7


def _days(periods: Iterable[Interval]) -> int:
    spans = list(periods)
    first = min(local_day(each.start) for each in spans)
    return (max(local_day(each.end) for each in spans) - first).days


def _present(region: Region, contract: Contract, period: Interval) -> int:
    """Days to prorate to: the contract holds, and he is not on long leave, not even partly."""
    away = {day for leave in long_leave(region, contract.physician) for day in days_touched(leave)}
    last = local_day(period.end - timedelta(minutes=1))
    return sum(
        contract.holds_on(day) and day not in away for day in days(local_day(period.start), last)
    )


def limited(
    region: Region, period: Interval, allowed: Iterable[tuple[Sum, Mapping[str, int]]]
) -> tuple[Contract, ...]:
    """The region's contracts, each with its part of every maximum that it shares."""
    figures: dict[str, dict[str, int]] = {}
    for total, parts in allowed:
        mine = [name for where, name in total.contracts if where == region.id]
        left = parts.get(region.id, 0)
        for at, name in enumerate(mine):
            part = -(-left // (len(mine) - at))
            left -= part
            limits = figures.setdefault(name, {})
            limits[total.unit] = min(part, limits.get(total.unit, part))
    return tuple(
        _capped(region, period, row, figures[row.id]) if row.id in figures else row
        for row in region.contracts
    )


def _capped(
    region: Region, period: Interval, contract: Contract, figures: Mapping[str, int]
) -> Contract:
    """The contract with figures that, prorated, are these at most, or less where it said so."""
    present = _present(region, contract, period)
    if not present:
        return contract
    update: dict[str, object] = {"per_weeks": MOST_WEEKS}
    for unit in UNITS:
        low, high = getattr(contract, f"min_{unit}"), getattr(contract, f"max_{unit}")
        scale = Fraction(7 * MOST_WEEKS, present)
        if low is not None:
            low = int(Fraction(low * present, 7 * contract.per_weeks))
        if high is not None:
            high = ceil(Fraction(high * present, 7 * contract.per_weeks))
        if unit in figures:
            high = figures[unit] if high is None else min(high, figures[unit])
            low = None if low is None else min(low, high)
        update[f"max_{unit}"] = None if high is None else int(high * scale)
        update[f"min_{unit}"] = None if low is None else ceil(low * scale)
    return contract.model_copy(update=update)


def used(total: Sum, person: Shared, rosters: Mapping[str, Roster]) -> dict[str, int]:
    """How much of it each region's roster uses. Duties held together count once."""
    found: dict[str, int] = {}
    for name in person.places:
        booked = {contract for where, contract in total.contracts if where == name}
        blocks = {
            each.when
            for each in (rosters[name].standing if name in rosters else ())
            if each.physician in person.ids(name)
            and "@" in each.target
            and (each.contract in booked)
            and rosters[name].period.start <= each.when.start < rosters[name].period.end
        }
        if total.unit == "weekends":
            found[name] = len({week for when in blocks for week in _weekends(when)})
        elif total.unit == "nights":
            found[name] = sum(_night(when) for when in blocks)
        else:
            found[name] = len(blocks)
    return found


def _weekends(when: Interval) -> set[date]:
    return {monday_of(day) for day in days_touched(when) if day.weekday() >= 5}


def _night(when: Interval) -> bool:
    """More than one hour between 00:00 and 06:00 (ATW 1:7)."""
    small = 0
    for day in days_touched(when):
        part = when.intersect(Interval(start=day_start(day), end=to_utc(day, SIX)))
        small += part.minutes if part else 0
    return small > 60
