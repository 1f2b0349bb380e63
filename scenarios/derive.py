"""What is fixed only after the witness, so that the witness stays legal: limits and agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from random import Random

from so247.models.base import Weekday
from so247.models.calendar import commitment_intervals, long_leave, out_of_hours
from so247.models.clock import Interval, days, local_day, monday_of, to_local
from so247.models.lines import Line
from so247.models.people import Contract, Employer, EmployerKind, Physician, Pin, Wish, WishKind
from so247.models.region import Region
from so247.models.roster import Assignment
from so247.scenarios.spec import Spec
from so247.scenarios.witness import may_combine

ROOM = 10
"""Residents beyond what a person's lines add up to."""


def capacities(region: Region) -> tuple[Physician, ...]:
    """Room for one line, from 0.8 FTE on for two that combine, and for some of those no limit."""
    found: list[Physician] = []
    for number, person in enumerate(region.physicians):
        combines = may_combine(region.contracts_of(person.id))
        free = combines and number % 3 == 0
        found.append(person if free else _capacity(region, person, combines))
    return tuple(found)


def _capacity(region: Region, person: Physician, combines: bool) -> Physician:
    mine = [line for line in region.lines if _eligible(region, person, line)]
    sets = [set(line.sites) for line in mine]
    if combines:
        sets += [
            set(line.sites) | set(region.line_by_id[other].sites)
            for line in mine
            for other in line.combinable_with
        ]
    if not sets:
        return person
    return person.model_copy(
        update={
            "max_sites": max(len(sites) for sites in sets),
            "max_residents": ROOM
            + max(sum(region.residents_at(site) for site in sites) for sites in sets),
        }
    )


def _eligible(region: Region, person: Physician, line: Line) -> bool:
    return person.role in line.roles and all(
        set(region.site_by_id[site].pools) & set(person.pools) for site in line.sites
    )


def contracts(
    region: Region, spec: Spec, span: Interval, held: Sequence[Assignment]
) -> tuple[Contract, ...]:
    """Maxima a little above what the witness books, minima a little below it."""
    by_contract: dict[str, list[Assignment]] = {}
    for each in held:
        by_contract.setdefault(each.contract or "", []).append(each)
    return tuple(
        _figures(region, spec, span, contract, by_contract.get(contract.id, []), number)
        for number, contract in enumerate(region.contracts)
    )


def _figures(
    region: Region,
    spec: Spec,
    span: Interval,
    contract: Contract,
    held: Sequence[Assignment],
    number: int,
) -> Contract:
    present = _days_present(region, span, contract)
    if not present:
        return contract
    duties = [each for each in held if "@" in each.target and each.when.start >= span.start]
    per_four = 28 / present
    rate = len(duties) * per_four
    found: dict[str, object] = {}
    # Office hours go to pairs first; a maximum for all duties would then eat into the nights.
    nights = [each for each in duties if out_of_hours(region, each.when)]
    found["max_nights"] = ceil(len(nights) * per_four) + spec.slack
    if number % 5 == 1 and contract.max_duties is None:
        found["max_duties"] = ceil(rate) + 2 * spec.slack
    if number % 4 == 0 and rate >= 4 and spec.slack:
        found["min_duties"] = int(rate) - 3
    if number % 2 == 0 and duties:
        found["max_weekends"] = max(2, ceil(_weekends(duties) * per_four))
    minutes = sum(each.when.minutes for each in held if "@" not in each.target)
    minutes += sum(
        when.minutes
        for row in region.commitments
        if row.contract == contract.id
        for when in commitment_intervals(region, row, span)
    )
    needed = ceil(minutes * 7 / (60 * present)) + 1.0
    found["hours_per_week"] = max(contract.hours_per_week or 0.0, needed)
    return contract.model_copy(update=found)


def _days_present(region: Region, span: Interval, contract: Contract) -> int:
    away = long_leave(region, contract.physician)
    first, last = local_day(span.start), local_day(span.end - timedelta(minutes=1))
    return sum(
        contract.holds_on(day)
        and not any(local_day(leave.start) <= day < local_day(leave.end) for leave in away)
        for day in days(first, last)
    )


def _weekends(duties: Sequence[Assignment]) -> int:
    """ISO weeks in whose Saturday and Sunday one of these lies at least in part."""
    found: set[date] = set()
    for duty in duties:
        start, end = to_local(duty.when.start), to_local(duty.when.end - timedelta(minutes=1))
        for day in days(start.date(), end.date()):
            if day.weekday() >= 5:
                found.add(monday_of(day))
    return len(found)


def employers(region: Region, sessions: Sequence[Assignment]) -> tuple[Employer, ...]:
    """Care groups agree to the hours of the witness's busiest week, rounded up to four hours."""
    booked: dict[tuple[str, date], int] = {}
    for each in sessions:
        key = (
            region.contract_by_id[each.contract or ""].employer,
            monday_of(local_day(each.when.start)),
        )
        booked[key] = booked.get(key, 0) + each.when.minutes
    busiest: dict[str, int] = {}
    for (employer, _), minutes in booked.items():
        busiest[employer] = max(busiest.get(employer, 0), minutes)
    return tuple(
        employer.model_copy(
            update={"extramural_hours_per_week": float(ceil(busiest[employer.id] / 240) * 4)}
        )
        if employer.kind is EmployerKind.CARE_GROUP and employer.id in busiest
        else employer
        for employer in region.employers
    )


def wishes(region: Region, spec: Spec, rng: Random) -> tuple[Wish, ...]:
    """A weekend or a weekday that somebody wants to have, or would rather not."""
    found: list[Wish] = []
    last = spec.start + timedelta(weeks=spec.weeks, days=-1)
    for person in region.physicians:
        if rng.random() >= spec.wishes:
            continue
        friday = spec.start + timedelta(days=4, weeks=rng.randrange(spec.weeks))
        kind = WishKind.WANTS if rng.random() < 0.3 else WishKind.RATHER_NOT
        weight = rng.randint(1, 3)
        if rng.random() < 0.6:
            first, until, weekday = friday, friday + timedelta(days=2), None
        else:
            first, until = spec.start, last
            weekday = rng.choice(list(Weekday)[:4])
        found.append(
            Wish(
                physician=person.id,
                kind=kind,
                first_day=first,
                last_day=until,
                weekday=weekday,
                weight=weight,
            )
        )
    return tuple(found)


def pins(region: Region, spec: Spec, held: Sequence[Assignment], rng: Random) -> tuple[Pin, ...]:
    """A few duties of the witness that were agreed beforehand."""
    duties = [each for each in held if "@" in each.target]
    chosen = sorted(rng.sample(range(len(duties)), min(spec.pins, len(duties))))
    return tuple(
        Pin(
            target=duties[at].target,
            physician=duties[at].physician,
            contract=duties[at].contract
            if len(region.contracts_of(duties[at].physician)) > 1
            else None,
        )
        for at in chosen
    )
