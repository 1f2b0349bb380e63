"""Sessions and office-hours duties go to the paired SO, else the deputy, else the pool."""

from __future__ import annotations

from datetime import date

from so247.solver.context import Context, Item
from so247.solver.facts import Facts
from so247.solver.problem import Tier

ID = "pair.holder"
STATEMENT = "Each GP group with a pair scores who holds its sessions and office-hours duties."
SOURCE = "R18; DESIGN 3"


Side = tuple[frozenset[str], frozenset[str]]


def sides(context: Context, item: Item) -> tuple[Side, ...]:
    """(pair, deputies) of each GP group that the item serves and that has a pair that day."""
    return context.facts.remembered(_sides, item.demand is not None, item.sites, item.start_day)


def _sides(facts: Facts, session: bool, sites: tuple[str, ...], day: date) -> tuple[Side, ...]:
    practice = session and sites[0] in facts.region.group_of_practice
    groups = sites if practice else facts.groups_served(sites)
    found = [facts.pairs_on(group, day) for group in groups]
    return tuple((pair, deputies) for pair, deputies in found if pair)


def build(context: Context) -> None:
    prices: dict[tuple[Side, ...], list[int]] = {}
    for item, options in context.near_groups:
        known = sides(context, item)
        if not known:
            continue
        if known not in prices:
            prices[known] = [_price(context, person.id, known) for person in context.people]
        price = prices[known]
        for variable in options:
            person = context.builder.options[variable].person
            context.builder.cost(ID, Tier.PAIRS, person, variable, price[person])


def _price(context: Context, name: str, known: tuple[Side, ...]) -> int:
    """What it costs that this person holds something for these groups."""
    settings = context.region.settings
    return sum(
        0
        if name in pair
        else settings.weight_deputy
        if name in deputies
        else settings.weight_unpaired
        for pair, deputies in known
    )
