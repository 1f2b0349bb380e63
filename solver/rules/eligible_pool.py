"""A person serves sites only from a pool that is linked to them."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item
from so247.solver.facts import Facts

ID = "eligible.pool"
STATEMENT = "The holder is in a pool of every open site that has pools."
SOURCE = "DOMAIN E, test 5 (2)"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return not context.facts.remembered(_pooled, item.sites, person.pools)


def _pooled(facts: Facts, sites: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether every site that has pools has one of these."""
    groups = facts.region.group_of_practice
    linked = (
        groups[site].pools if site in groups else facts.region.site_by_id[site].pools
        for site in sites
    )
    return not any(pools and set(own).isdisjoint(pools) for pools in linked)
