"""How many of some duties one person can hold, by a norm's count or a contract's maximum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from so247.audit.certificate.ground import Ground
from so247.audit.certificate.holders import Holders
from so247.audit.contracts import days_present
from so247.audit.holdings import lines_combine
from so247.audit.instants import instant, is_night, midnight, minute
from so247.models.clock import days_touched, local_day, monday_of
from so247.models.duty import Duty
from so247.models.norms import Norm, NormKind
from so247.models.people import Contract

DAY = 24 * 60
SATURDAY = timedelta(days=5)


def by_rolling_count(
    ground: Ground, person: str, norm_id: str | None, duties: Sequence[Duty]
) -> int | None:
    """At most so many of the duties, by this norm; ``None`` where it does not say.

    All must be counted and start within one window that ends at the last of them; what is certain
    in that window takes from the limit. The norm must bind on every day between.
    """
    if not any(ground.starts_inside(each) for each in duties):
        return None
    starts = [minute(each.when.start) for each in duties]
    first, last = min(starts), max(starts)
    norm = _norm(ground, person, norm_id, local_day(instant(first)), local_day(instant(last)))
    if norm is None or norm.window_days is None or last - first >= norm.window_days * DAY:
        return None
    counted = all(
        ground.kinds(each) <= set(norm.counts) and (is_night(each.when) or not norm.night_only)
        for each in duties
    )
    if not counted:
        return None
    # Nothing is tested for who holds only what began before the period.
    before = sum(not ground.starts_inside(each) for each in duties)
    left = floor(norm.limit) - _taken(ground, person, norm, duties)
    return max(before, _most(ground, duties, left))


def _norm(ground: Ground, person: str, norm_id: str | None, first: date, last: date) -> Norm | None:
    return next(
        (
            each
            for each in ground.binding(person, first, last)
            if each.kind is NormKind.ROLLING_COUNT and each.id == norm_id
        ),
        None,
    )


def _taken(ground: Ground, person: str, norm: Norm, duties: Sequence[Duty]) -> int:
    """Certain work that every window with some of the duties holds: it starts before them all.

    What has the hours of one of them may be one block with it, and so is not taken apart.
    """
    spans = {(minute(each.when.start), minute(each.when.end)) for each in duties}
    first, last = min(spans)[0], max(spans)[0]
    since = last - (norm.window_days or 0) * DAY
    return sum(
        each.kind in norm.counts
        and since < each.start <= first
        and (each.start, each.end) not in spans
        and (each.night or not norm.night_only)
        for each in ground.certain(person)
    )


def by_contracts(
    ground: Ground, holders: Holders, person: str, contract: str | None, duties: Sequence[Duty]
) -> int | None:
    """At most so many of the duties, by the maxima of all contracts that could book them.

    ``contract`` must be one of those. ``None`` where one of them has no maximum that counts. What
    begins before the period counts on none.
    """
    inside = [each for each in duties if ground.starts_inside(each)]
    booked: dict[str, list[Duty]] = {}
    for duty in inside:
        for name in holders.contracts(person, duty):
            booked.setdefault(name, []).append(duty)
    if contract not in booked or "contract.maximum" in ground.off:
        return None
    total = len(duties) - len(inside)
    for name, mine in booked.items():
        found = list(_maxima(ground, ground.region.contract_by_id[name], mine))
        if not found:
            return None
        total += min(found)
    return min(total, len(duties))


def _maxima(ground: Ground, contract: Contract, duties: Sequence[Duty]) -> Iterator[int]:
    """What each maximum of one contract leaves of the duties, for those that count them all."""
    factor = Fraction(days_present(ground.case, contract), 7 * contract.per_weeks)
    if contract.max_duties is not None:
        yield _most(ground, duties, ceil(contract.max_duties * factor))
    if contract.max_nights is not None and all(is_night(each.when) for each in duties):
        yield _most(ground, duties, ceil(contract.max_nights * factor))
    weekends = [_weekend(ground, each) for each in duties]
    if contract.max_weekends is not None and all(weekends):
        sizes = [weekends.count(each) for each in set(weekends)]
        yield _largest(sizes, ceil(contract.max_weekends * factor))


def _weekend(ground: Ground, duty: Duty) -> date | None:
    """The first Saturday of the period in whose weekend the duty has a minute."""
    touched = sorted(
        {monday_of(day) + SATURDAY for day in days_touched(duty.when) if day.weekday() >= 5}
    )
    inside = [day for day in touched if ground.case.start <= midnight(day) < ground.case.end]
    return inside[0] if inside else None


def _most(ground: Ground, duties: Sequence[Duty], blocks: int) -> int:
    """How many of the duties fit in so many blocks: duties that combine are one block."""
    return _largest((len(each) for each in _together(ground, duties)), blocks)


def _largest(sizes: Iterable[int], number: int) -> int:
    return sum(sorted(sizes, reverse=True)[: max(0, number)])


def _together(ground: Ground, duties: Sequence[Duty]) -> list[list[Duty]]:
    """The duties in groups that one person might hold as one block."""
    groups: list[list[Duty]] = []
    for duty in duties:
        mine = [each for each in groups if any(_one_block(ground, duty, other) for other in each)]
        groups = [each for each in groups if each not in mine]
        groups.append([duty, *(other for each in mine for other in each)])
    return groups


def _one_block(ground: Ground, one: Duty, other: Duty) -> bool:
    return one.when == other.when and lines_combine(ground.line(one), ground.line(other))
