"""``national.maximum``: what holds for several regions together, counted over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from so247.audit.contracts import days_present
from so247.audit.holdings import Case
from so247.audit.national.person import Person, Work
from so247.models.clock import days_touched, local_day, monday_of
from so247.models.national import NationalFinding, Sharing
from so247.models.norms import Work as Kind
from so247.models.people import Contract

UNITS = ("duties", "weekends", "nights")


def maxima(person: Person, sharing: Sharing | None) -> Iterator[NationalFinding]:
    """More than was agreed about him, or than a contract allows that several regions list."""
    for unit in UNITS:
        limit = None if sharing is None else getattr(sharing, f"max_{unit}")
        if sharing is not None and limit is not None:
            most = ceil(Fraction(limit * _days(person), 7 * sharing.per_weeks))
            yield from _above(person, unit, most, None, "by agreement")
    for name, rows in _same_contracts(person).items():
        for unit in UNITS:
            figures = [
                ceil(Fraction(limit * days_present(case, contract), 7 * contract.per_weeks))
                for case, contract in rows
                if (limit := getattr(contract, f"max_{unit}")) is not None
            ]
            if figures:
                yield from _above(person, unit, min(figures), name, f"on contract {name}")


def _days(person: Person) -> int:
    """Days from the first to the last of the regions' periods."""
    periods = [place.case.period for place in person.places if place.case is not None]
    if not periods:
        return 0
    first = min(local_day(each.start) for each in periods)
    return (max(local_day(each.end) for each in periods) - first).days


def _same_contracts(person: Person) -> dict[str, list[tuple[Case, Contract]]]:
    """Contracts with one id and one employer in several regions."""
    rows: dict[tuple[str, str], list[tuple[Case, Contract]]] = {}
    for place in person.places:
        for case, physician in place.rostered():
            for contract in place.region.contracts_of(physician):
                rows.setdefault((contract.id, contract.employer), []).append((case, contract))
    return {name: found for (name, _), found in rows.items() if len(found) > 1}


def _above(
    person: Person, unit: str, most: int, contract: str | None, whose: str
) -> Iterator[NationalFinding]:
    """More blocks (or weekends) in the period than that."""
    counted = [
        each
        for each in person.work
        if each.block.ours
        and each.block.kind is not Kind.SESSION
        and each.case.start <= each.block.start < each.case.end
        and (contract is None or contract in each.block.contracts)
        and (unit != "nights" or each.block.night)
        and (unit != "weekends" or _weekends(each))
    ]
    number = len(counted)
    if unit == "weekends":
        number = len({week for each in counted for week in _weekends(each)})
    if number > most:
        held = [row for each in counted for row in each.held]
        text = f"{number} {unit} over all regions, at most {most} {whose}"
        yield person.breach("national.maximum", held, text, figure=number, limit=most)


def _weekends(work: Work) -> set[date]:
    """Mondays of the weeks in whose Saturday or Sunday it lies, of Saturdays in the period."""
    period = work.case.period
    first, last = local_day(period.start), local_day(period.end)
    mondays = {monday_of(day) for day in days_touched(work.block.when) if day.weekday() >= 5}
    return {each for each in mondays if first <= each + timedelta(days=5) < last}
