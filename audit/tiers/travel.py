"""Tier ``travel``: ``travel.minutes`` and ``session.spread``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from so247.audit.holdings import Case
from so247.audit.tiers.items import Item
from so247.models.calendar import block_start
from so247.models.clock import monday_of
from so247.models.lines import Per

ON_TWO_DAYS_RUNNING = 30
IN_A_FULL_WEEK = 60
ONE_DAY = timedelta(days=1)


def travel_costs(case: Case, items: Sequence[Item]) -> Counter[str]:
    """Per person: minutes from the day base to the sites of the sessions held."""
    costs: Counter[str] = Counter()
    if "travel.minutes" in case.region.settings.rules_off:
        return costs
    for item in items:
        if item.session and item.holding.sites:
            base = case.region.physician_by_id[item.physician].day_base
            costs[item.physician] += case.region.travel(base, item.holding.sites[0]) or 0
    return costs


def spread_cost(case: Case, items: Sequence[Item]) -> int:
    """What sessions of one demand cost that lie too close together."""
    if "session.spread" in case.region.settings.rules_off:
        return 0
    held: dict[tuple[str, str], list[date]] = defaultdict(list)
    for item in items:
        demand = item.holding.demand
        if demand is not None:
            held[demand.site, demand.product.value].append(item.day)
    cost = 0
    for demand in case.region.sessions:
        if demand.per is Per.ISO_WEEK:
            days = set(held[demand.site, demand.product.value])
            cost += ON_TWO_DAYS_RUNNING * sum(day + ONE_DAY in days for day in days)
    for asked in case.session_periods:
        if asked.per is not Per.FOUR_WEEKS:
            continue
        block = block_start(case.region, asked.days[0])
        weeks = Counter(
            monday_of(day)
            for day in held[asked.site, asked.product.value]
            if block_start(case.region, day) == block
        )
        most = -(-asked.count // len({monday_of(day) for day in asked.days}))
        cost += IN_A_FULL_WEEK * sum(max(0, count - most) for count in weeks.values())
    return cost
