"""Short ways to sessions."""

from __future__ import annotations

from so247.solver.context import Context
from so247.solver.problem import Tier

ID = "travel.minutes"
STATEMENT = "Each session costs the minutes from its holder's day base to its site."
SOURCE = "R18 (proximity)"


def build(context: Context) -> None:
    for variable, option in enumerate(context.builder.options):
        demand = context.items[variable].demand
        if demand is not None:
            base = context.people[option.person].day_base
            minutes = context.region.travel(base, demand.site) or 0
            context.builder.cost(ID, Tier.TRAVEL, option.person, variable, minutes)
