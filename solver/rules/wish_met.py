"""Wishes: wants, and would rather not."""

from __future__ import annotations

from so247.models.base import Weekday
from so247.models.people import Wish, WishKind
from so247.solver.context import Context, Item
from so247.solver.problem import Tier

ID = "wish.met"
STATEMENT = "An unmet want costs its weight; so does each duty that somebody would rather not hold."
SOURCE = "the person"


def build(context: Context) -> None:
    days = context.facts.days_of(context.facts.start, context.facts.end)
    for wish in context.region.wishes:
        if wish.last_day < days[0] or wish.first_day > days[-1]:
            continue
        person = context.index_of[wish.physician]
        matching = [
            variable
            for variable in context.options_of_person[person]
            if context.in_period(context.builder.options[variable].start)
            and matches(wish, context.items[variable])
        ]
        if wish.kind is WishKind.RATHER_NOT:
            for variable in matching:
                context.builder.cost(ID, Tier.WISHES, person, variable, wish.weight)
        elif matching:
            met = context.builder.any_of(matching)
            context.builder.penalise(ID, Tier.WISHES, person, [(met, -1)], -1, wish.weight)
        else:
            context.builder.constant(Tier.WISHES, wish.weight)


def matches(wish: Wish, item: Item) -> bool:
    return (
        wish.first_day <= item.start_day <= wish.last_day
        and (wish.weekday is None or Weekday.of(item.start_day) is wish.weekday)
        and (wish.line is None or (item.line is not None and item.line.id == wish.line))
    )
