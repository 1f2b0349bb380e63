"""Who may hold what at all: the eligibility rules, cheapest first, and a backup to call.

An eligibility rule is a module with ``ID``, ``STATEMENT``, ``SOURCE`` and
``forbids(context, person, contract, item)``. Options are made only where none forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Protocol, cast

from so247.models.calendar import window
from so247.models.clock import subtract
from so247.models.lines import Line, Position
from so247.models.people import SO, Contract, Physician
from so247.models.region import Region
from so247.solver.context import Context, Item
from so247.solver.facts import Facts
from so247.solver.instants import interval
from so247.solver.rules import (
    eligible_absence,
    eligible_agreement,
    eligible_commitment,
    eligible_contract,
    eligible_free_weekday,
    eligible_funding,
    eligible_pool,
    eligible_registration,
    eligible_role,
    eligible_travel,
)


class EligibilityRule(Protocol):
    """What an eligibility module offers."""

    ID: str
    STATEMENT: str
    SOURCE: str
    forbids: Callable[[Context, Physician, Contract, Item], bool]


ELIGIBILITY: tuple[EligibilityRule, ...] = cast(
    "tuple[EligibilityRule, ...]",
    (
        eligible_role,
        eligible_pool,
        eligible_contract,
        eligible_registration,
        eligible_absence,
        eligible_free_weekday,
        eligible_commitment,
        eligible_agreement,
        eligible_funding,
        eligible_travel,
    ),
)

HARMLESS = {eligible_free_weekday.ID, eligible_funding.ID}
"""Rules whose breach leaves a site covered all the same."""

TIMELESS = (eligible_role.ID, eligible_pool.ID)

PLACELESS = (
    eligible_contract.ID,
    eligible_registration.ID,
    eligible_absence.ID,
    eligible_free_weekday.ID,
    eligible_commitment.ID,
)
"""Rules that say the same of all items of one kind at the same time."""


def in_use(region: Region) -> tuple[EligibilityRule, ...]:
    """The eligibility rules that a region has not switched off."""
    return _without(region.settings.rules_off)


def timeless(region: Region) -> tuple[EligibilityRule, ...]:
    """Those of them that say the same of a line's duties at whatever time."""
    return tuple(rule for rule in in_use(region) if rule.ID in TIMELESS)


@lru_cache(maxsize=64)
def _without(off: Iterable[str]) -> tuple[EligibilityRule, ...]:
    return tuple(rule for rule in ELIGIBILITY if rule.ID not in off)


def may_hold(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    """Whether no eligibility rule forbids it (and a person who is no SO has a backup to call)."""
    if contract.max_duties == 0 and item.line is not None:
        return False
    key = (contract.id, item.start, item.end, item.kind)
    free = context.free.get(key)
    placeless, others = _asked(context.region.settings.rules_off, context.lenient)
    if free is None:
        free = not _forbidden(placeless, context, person, contract, item)
        context.free[key] = free
    if not free or _forbidden(others, context, person, contract, item):
        return False
    return person.role is SO or backed(context, item)


def _forbidden(
    rules: tuple[EligibilityRule, ...],
    context: Context,
    person: Physician,
    contract: Contract,
    item: Item,
) -> bool:
    for rule in rules:  # noqa: SIM110 (asked very often: a generator takes a third longer)
        if rule.forbids(context, person, contract, item):
            return True
    return False


@lru_cache(maxsize=64)
def _asked(
    off: tuple[str, ...], lenient: frozenset[str]
) -> tuple[tuple[EligibilityRule, ...], tuple[EligibilityRule, ...]]:
    """Placeless rules and the others, without those that nobody is kept by."""
    rules = _without(lenient.union(off))
    return (
        tuple(rule for rule in rules if rule.ID in PLACELESS),
        tuple(rule for rule in rules if rule.ID not in PLACELESS),
    )


def alike(context: Context, item: Item) -> Hashable:
    """What the rules look at: whoever may hold an item may hold all with an equal answer."""
    if item.demand is None:
        return (item.line and item.line.id, item.start, item.end)
    group = context.region.group_of_practice.get(item.demand.site)
    site = group or context.region.site_by_id[item.demand.site]
    return (site.pools, item.demand.roles, item.demand.funding, item.start, item.end)


def broken_by(context: Context, variable: int) -> set[str]:
    """The eligibility rules that forbid an option: none, but for a pin."""
    option, item = context.builder.options[variable], context.items[variable]
    person = context.people[option.person]
    contract = context.region.contracts[option.contract]
    return {
        rule.ID for rule in in_use(context.region) if rule.forbids(context, person, contract, item)
    }


def stands(context: Context, variable: int) -> bool:
    """Whether a holder counts as one who may hold the duty: a pin may name somebody who may not."""
    pinned = context.builder.options[variable].pinned
    return not (pinned and broken_by(context, variable) - HARMLESS)


def backed(context: Context, item: Item) -> bool:
    """Whether every open site has, throughout, a backup line that the first line may call."""
    line = item.line
    if line is None or line.position is Position.BACKUP:
        return True
    key = (line.id, item.start, item.end)
    if key not in context.backed:
        context.backed[key] = all(_site_backed(context, item, line, site) for site in item.sites)
    return context.backed[key]


def _site_backed(context: Context, item: Item, line: Line, site: str) -> bool:
    callable_lines = tuple(
        other.id
        for other in context.facts.so_backups(line, site)
        if other.phone is not None and other.id in line.escalation and SO in other.roles
    )
    start = max(item.start, context.facts.open_from(site))
    return context.facts.remembered(_filled, callable_lines, start, item.end)


def _filled(facts: Facts, lines: tuple[str, ...], start: int, end: int) -> bool:
    """Whether the windows of these lines together leave no minute of the stretch out."""
    whole, known = interval(start, end), facts.region.line_by_id
    served = [each for name in lines for each in window(facts.region, known[name], whole)]
    return not subtract(whole, served)
