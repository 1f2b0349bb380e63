"""Residents and sites that one person carries at a moment stay within capacity."""

from __future__ import annotations

from so247.solver.context import Context, Item
from so247.solver.facts import Facts

ID = "time.capacity"
STATEMENT = "At every moment, residents and sites of all duties held are within capacity."
SOURCE = "DOMAIN E, test 5 (3)"

Loads = dict[tuple[int, ...], tuple[int, int]]
"""Duties, by their places, to the (number, residents) of the sites that just those serve."""


def build(context: Context) -> None:
    """Duties of lines that combine have equal bounds, so loads change only at openings within."""
    facts = context.facts
    for index, person in enumerate(context.people):
        if person.max_residents is None and person.max_sites is None:
            continue
        slots: dict[tuple[int, int], list[int]] = {}
        for variable in context.options_of_person[index]:
            item = context.items[variable]
            if item.line is not None:
                slots.setdefault((item.start, item.end), []).append(variable)
        for options in slots.values():
            for moment in _moments(context, context.items[options[0]], options):
                served = tuple([facts.opened(context.items[v].sites, moment) for v in options])
                loads = facts.remembered(_loads, served)
                _limit(context, index, options, loads, person.max_residents, residents=True)
                _limit(context, index, options, loads, person.max_sites, residents=False)


def _moments(context: Context, item: Item, options: list[int]) -> list[int]:
    """The start, and every opening of a site within the duty."""
    everywhere = {context.items[variable].sites for variable in options}
    found = {
        context.facts.open_from(site)
        for sites in everywhere
        if context.facts.opened(sites, item.start) != sites
        for site in sites
    }
    return [item.start, *sorted(at for at in found if item.start < at < item.end)]


def _limit(
    context: Context,
    person: int,
    options: list[int],
    loads: Loads,
    capacity: int | None,
    *,
    residents: bool,
) -> None:
    """Sites that several of the lines serve count once: those lines' loads are joined."""
    if capacity is None:
        return
    terms = [
        (context.builder.any_of(options[at] for at in together), load[residents])
        for together, load in loads.items()
        if load[residents]
    ]
    context.builder.at_most(ID, person, terms, capacity)


def _loads(facts: Facts, served: tuple[tuple[str, ...], ...]) -> Loads:
    """Positions in ``served`` to the (number, residents) of the sites that just those serve."""
    serving: dict[str, list[int]] = {}
    for at, sites in enumerate(served):
        for site in sites:
            serving.setdefault(site, []).append(at)
    found: Loads = {}
    for site, positions in serving.items():
        number, residents = found.get(tuple(positions), (0, 0))
        more = facts.region.residents_at(site)
        found[tuple(positions)] = (number + 1, residents + more)
    return found
