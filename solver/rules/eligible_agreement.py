"""A site may only be promised people with whose pool it has an agreement."""

from __future__ import annotations

from datetime import date

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item
from so247.solver.facts import Facts

ID = "eligible.agreement"
STATEMENT = "Where a site has agreements valid that day, one is with a pool of the holder."
SOURCE = "DOMAIN E, test 5 (2); R3, R15"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    if item.line is None:
        return False
    days = context.facts.spells(item.days)
    return not context.facts.remembered(_agreed, item.sites, days, person.pools)


def _agreed(
    facts: Facts, sites: tuple[str, ...], days: tuple[date, ...], own: tuple[str, ...]
) -> bool:
    """Whether, wherever a site has agreements valid on a day, one is with one of these pools."""
    return not any(
        valid and valid.isdisjoint(own)
        for site in sites
        for day in days
        if (valid := facts.pools_on(site, day))
    )
