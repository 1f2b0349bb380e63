"""Nobody is in two places, or on two duties that do not combine, at once."""

from __future__ import annotations

from so247.models.norms import Work
from so247.solver.context import Context, Item
from so247.solver.rules.eligible_travel import reaches

ID = "time.one_at_a_time"
STATEMENT = "Two things at once only on combining lines, or on call from an allowing session."
SOURCE = "DOMAIN E, test 5 (4); DESIGN 3"

ON_CALL = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def build(context: Context) -> None:
    """Maximal cliques of overlapping work per person, by one sweep over starts.

    Duties that combine enter the sweep as one; sessions during which one may be on call clash one
    by one with what does not go along with them.
    """
    for options in context.options_of_person:
        lenient = [v for v in options if _allows_call(context.items[v])]
        strict = [v for v in options if not _allows_call(context.items[v])]
        _sweep(context, _units(context, strict))
        _pairs(context, lenient, sorted(options, key=lambda v: context.builder.options[v].start))


def _allows_call(item: Item) -> bool:
    return item.demand is not None and item.demand.on_call_allowed


def _units(context: Context, options: list[int]) -> list[tuple[int, int, int]]:
    """(start, end, variable) of what one does at a time, duties on combining lines joined."""
    units: list[tuple[int, int, int]] = []
    slots: dict[tuple[int, int], list[list[int]]] = {}
    for variable in options:
        item = context.items[variable]
        groups = slots.setdefault((item.start, item.end), [])
        for group in groups:
            if all(_combine(context, item, context.items[other]) for other in group):
                group.append(variable)
                break
        else:
            groups.append([variable])
    for (start, end), groups in slots.items():
        for group in groups:
            lines = {line.id for v in group if (line := context.items[v].line) is not None}
            if len(lines) > 1:
                units.append((start, end, context.builder.any_of(group)))
            else:
                units += [(start, end, v) for v in group]
    return sorted(units)


def _combine(context: Context, first: Item, second: Item) -> bool:
    if first.line is None or second.line is None:
        return False
    same = first.line.id == second.line.id
    return same or (first.line.id, second.line.id) in context.facts.combining


def _sweep(context: Context, units: list[tuple[int, int, int]]) -> None:
    """At most one of those that share a moment: one clique per maximal set."""
    active: list[tuple[int, int]] = []
    for start, end, variable in units:
        remaining = [(stop, other) for stop, other in active if stop > start]
        if len(remaining) < len(active):
            context.builder.at_most_one(ID, [other for _, other in active])
        active = [*remaining, (end, variable)]
    context.builder.at_most_one(ID, [other for _, other in active])


def _pairs(context: Context, lenient: list[int], everything: list[int]) -> None:
    """Each lenient option against everything that overlaps it, once a pair."""
    table = context.builder.options
    done: set[int] = set()
    for variable in lenient:
        mine = table[variable]
        clashing: list[int] = []
        for other in everything:
            theirs = table[other]
            if theirs.start >= mine.end:
                break
            if other == variable or other in done or theirs.end <= mine.start:
                continue
            if not _go_together(context, variable, other):
                clashing.append(other)
        done.add(variable)
        for other in clashing:
            context.builder.at_most_one(ID, (variable, other))


def _go_together(context: Context, a: int, b: int) -> bool:
    first, second = context.items[a], context.items[b]
    if first.line is not None and second.line is not None:
        same_time = (first.start, first.end) == (second.start, second.end)
        return same_time and (first.line.id, second.line.id) in context.facts.combining
    duty, session = (first, second) if first.line is not None else (second, first)
    if duty.line is None or session.demand is None:
        return False
    if duty.kind not in ON_CALL or not session.demand.on_call_allowed:
        return False
    return reaches(context, session.sites[0], duty) is not False
