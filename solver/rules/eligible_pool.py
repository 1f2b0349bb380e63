"""A person serves sites only from a pool that is linked to them."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.pool"
STATEMENT = "The holder is in a pool of every open site that has pools."
SOURCE = "DOMAIN E, test 5 (2)"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    own = set(person.pools)
    for site in item.sites:
        group = context.region.group_of_practice.get(site)
        pools = group.pools if group is not None else context.region.site_by_id[site].pools
        if pools and own.isdisjoint(pools):
            return True
    return False
