"""Tier ``wishes``: ``wish.met``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from so247.audit.holdings import Case
from so247.audit.tiers.items import Item
from so247.models.base import Weekday
from so247.models.clock import local_day
from so247.models.people import Wish, WishKind


def wish_costs(case: Case, items: Sequence[Item]) -> Counter[str]:
    """Per person: the weight of every wish that is not met."""
    costs: Counter[str] = Counter()
    if "wish.met" in case.region.settings.rules_off:
        return costs
    held: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        held[item.physician].append(item)
    first = local_day(case.period.start)
    last = local_day(case.period.end - timedelta(minutes=1))
    for wish in case.region.wishes:
        if wish.last_day < first or last < wish.first_day:
            continue
        matching = sum(_matches(wish, item) for item in held[wish.physician])
        if wish.kind is WishKind.RATHER_NOT:
            costs[wish.physician] += wish.weight * matching
        elif not matching:
            costs[wish.physician] += wish.weight
    return costs


def _matches(wish: Wish, item: Item) -> bool:
    line = item.holding.line
    return (
        wish.first_day <= item.day <= wish.last_day
        and wish.weekday in (None, Weekday.of(item.day))
        and (wish.line is None or (line is not None and line.id == wish.line))
    )
