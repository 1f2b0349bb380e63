"""A site may only be promised people with whose pool it has an agreement."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.agreement"
STATEMENT = "Where a site has agreements valid that day, one is with a pool of the holder."
SOURCE = "DOMAIN E, test 5 (2); R3, R15"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    if item.line is None:
        return False
    own = set(person.pools)
    return any(
        agreed and own.isdisjoint(agreed)
        for site in item.sites
        for day in item.days
        if (agreed := context.facts.pools_on(site, day))
    )
