"""Who may hold what at all: the eligibility rules, cheapest first, and a backup to call.

An eligibility rule is a module with ``ID``, ``STATEMENT``, ``SOURCE`` and
``forbids(context, person, contract, item)``. Options are made only where none forbids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol, cast

from so247.models import calendar
from so247.models.clock import subtract
from so247.models.lines import Line, Position
from so247.models.people import SO, Contract, Physician
from so247.models.region import Region
from so247.solver.context import Context, Item
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


def in_use(region: Region) -> tuple[EligibilityRule, ...]:
    """The eligibility rules that a region has not switched off."""
    return _without(region.settings.rules_off)


def timeless(region: Region) -> tuple[EligibilityRule, ...]:
    """Those of them that say the same of a line's duties at whatever time."""
    return tuple(rule for rule in in_use(region) if rule.ID in TIMELESS)


@lru_cache(maxsize=64)
def _without(off: tuple[str, ...]) -> tuple[EligibilityRule, ...]:
    return tuple(rule for rule in ELIGIBILITY if rule.ID not in off)


def may_hold(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    """Whether no eligibility rule forbids it (and a person who is no SO has a backup to call)."""
    if contract.max_duties == 0 and item.line is not None:
        return False
    rules = (rule for rule in in_use(context.region) if rule.ID not in context.lenient)
    if any(rule.forbids(context, person, contract, item) for rule in rules):
        return False
    return person.role is SO or backed(context, item)


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
    callable_lines = [
        other
        for other in context.facts.so_backups(line, site)
        if other.phone is not None and other.id in line.escalation and SO in other.roles
    ]
    start = max(item.start, context.facts.open_from(site))
    return _filled(context, callable_lines, start, item.end)


def _filled(context: Context, lines: Sequence[Line], start: int, end: int) -> bool:
    whole = interval(start, end)
    served = [each for line in lines for each in calendar.window(context.region, line, whole)]
    return not subtract(whole, served)
