"""Sessions and office-hours duties go to the paired SO, else the deputy, else the pool."""

from __future__ import annotations

from so247.solver.context import Context, Item
from so247.solver.problem import Tier

ID = "pair.holder"
STATEMENT = "Each GP group with a pair scores who holds its sessions and office-hours duties."
SOURCE = "R18; DESIGN 3"


def paired_items(context: Context) -> list[tuple[int, Item]]:
    """(option, item) of sessions and office-hours duties in the period."""
    office = {task.index for task in context.duties if task.duty.burden is None}
    return [
        (variable, context.items[variable])
        for variable, option in enumerate(context.builder.options)
        if (context.items[variable].line is None or option.task in office)
        and context.in_period(option.start)
    ]


def sides(context: Context, item: Item) -> list[tuple[frozenset[str], frozenset[str]]]:
    """(pair, deputies) of each GP group that the item serves and that has a pair that day."""
    if item.demand is not None:
        site = item.demand.site
        practice = site in context.region.group_of_practice
        groups = (site,) if practice else context.facts.groups_served((site,))
    else:
        groups = context.facts.groups_served(item.sites)
    found = [context.facts.pairs_on(group, item.start_day) for group in groups]
    return [(pair, deputies) for pair, deputies in found if pair]


def build(context: Context) -> None:
    settings = context.region.settings
    known: dict[tuple[int, int, int], int] = {}
    for variable, item in paired_items(context):
        option = context.builder.options[variable]
        key = (option.task, option.start, option.person)
        if key not in known:
            name = context.people[option.person].id
            known[key] = sum(
                0
                if name in pair
                else settings.weight_deputy
                if name in deputies
                else settings.weight_unpaired
                for pair, deputies in sides(context, item)
            )
        context.builder.cost(ID, Tier.PAIRS, option.person, variable, known[key])
