"""Tier ``pairs``: ``pair.holder``, ``pair.faces`` and ``continuity.handover``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from so247.audit.holdings import Case
from so247.audit.tiers.items import Groups, Item
from so247.models.clock import to_local
from so247.models.lines import Continuity, Line

MORNING = timedelta(hours=6)
"""A week of duties ends on Monday at 06:00, local time."""
FRIDAY_NOON = timedelta(days=4, hours=12)


def pair_costs(case: Case, items: Sequence[Item]) -> Counter[str]:
    """Per person: sessions and office hours held by others than the pair, and new faces."""
    settings, off = case.region.settings, case.region.settings.rules_off
    groups = Groups(case)
    costs: Counter[str] = Counter()
    faces: set[tuple[str, str]] = set()
    for item in items:
        if not item.paired:
            continue
        sites = item.holding.sites
        for group in groups.of_sites(sites, item.day):
            faces.add((group, item.physician))
            pairings = groups.pairings(group, sites, item.day)
            if not pairings or "pair.holder" in off:
                continue
            if item.physician in {each.physician for each in pairings}:
                continue
            deputies = {each.deputy for each in pairings}
            deputy = item.physician in deputies
            costs[item.physician] += settings.weight_deputy if deputy else settings.weight_unpaired
    if "pair.faces" not in off:
        for _, physician in faces:
            costs[physician] += settings.weight_face
    return costs


def handover_cost(case: Case, items: Iterable[Item]) -> int:
    """What changes of holder cost within a weekend or week that asks for continuity."""
    if "continuity.handover" in case.region.settings.rules_off:
        return 0
    holders: dict[tuple[str, date], set[str]] = defaultdict(set)
    for item in items:
        line = item.holding.line
        week = continuity_week(line, item) if line is not None else None
        if line is not None and week is not None:
            holders[line.id, week].add(item.physician)
    changes = sum(len(people) - 1 for people in holders.values())
    return changes * case.region.settings.weight_handover


def continuity_week(line: Line, item: Item) -> date | None:
    """The Monday of the week (or of the weekend's week) that the item belongs to, if any."""
    if line.continuity is Continuity.NONE:
        return None
    local = to_local(item.holding.when.start).replace(tzinfo=None)
    shifted = local - MORNING
    monday = shifted.date() - timedelta(days=shifted.weekday())
    into = timedelta(days=local.weekday(), hours=local.hour, minutes=local.minute)
    in_weekend = into >= FRIDAY_NOON or into < MORNING
    return monday if line.continuity is Continuity.WEEK or in_weekend else None
