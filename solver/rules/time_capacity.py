"""Residents and sites that one person carries at a moment stay within capacity."""

from __future__ import annotations

from so247.solver.context import Context, Item

ID = "time.capacity"
STATEMENT = "At every moment, residents and sites of all duties held are within capacity."
SOURCE = "DOMAIN E, test 5 (3)"


def build(context: Context) -> None:
    """Duties of lines that combine have equal bounds, so loads change only at openings within."""
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
                _limit(context, index, options, moment, person.max_residents, residents=True)
                _limit(context, index, options, moment, person.max_sites, residents=False)


def _moments(context: Context, item: Item, options: list[int]) -> list[int]:
    """The start, and every opening of a site within the duty."""
    openings = {
        context.facts.open_from(site)
        for variable in options
        for site in context.items[variable].sites
    }
    return [item.start, *sorted(at for at in openings if item.start < at < item.end)]


def _limit(
    context: Context,
    person: int,
    options: list[int],
    moment: int,
    capacity: int | None,
    *,
    residents: bool,
) -> None:
    """Sites that several of the lines serve count once: those lines' loads are joined."""
    if capacity is None:
        return
    serving: dict[str, list[int]] = {}
    for variable in options:
        for site in context.items[variable].sites:
            if context.facts.open_from(site) <= moment:
                serving.setdefault(site, []).append(variable)
    loads: dict[tuple[int, ...], int] = {}
    for site, variables in serving.items():
        weight = context.region.residents_at(site) if residents else 1
        key = tuple(variables)
        loads[key] = loads.get(key, 0) + weight
    terms = [(context.builder.any_of(variables), load) for variables, load in loads.items() if load]
    context.builder.at_most(ID, person, terms, capacity)
