"""Nobody is in two places, or on two duties that do not combine, at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from so247.models.norms import Work
from so247.solver.context import Context, Item
from so247.solver.rules.eligible_travel import allowed, reaches

ID = "time.one_at_a_time"
STATEMENT = "Two things at once only on combining lines, or on call from an allowing session."
SOURCE = "DOMAIN E, test 5 (4); DESIGN 3"

ON_CALL = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def build(context: Context) -> None:
    """Maximal cliques of overlapping work per person, by sweeps over starts.

    Duties that combine enter a sweep as one. Sessions during which one may be on call are swept
    with whatever is no on-call duty. On-call duties out of reach from there, or from a presence
    duty, are excluded one by one.
    """
    for person, options in enumerate(context.options_of_person):
        _after_history(context, person, options)
        lenient, strict = _by_leniency(context, options)
        _sweep(context, _units(context, strict))
        on_call = [v for v in strict if context.items[v].kind in ON_CALL]
        others = [v for v in strict if context.items[v].kind not in ON_CALL]
        if lenient:
            _sweep(context, _units(context, [*lenient, *others]))
        present = [v for v in others if context.items[v].kind is Work.PRESENCE_DUTY]
        _out_of_reach(context, [*lenient, *present], on_call)


def _after_history(context: Context, person: int, options: Sequence[int]) -> None:
    """What history still holds as the period begins leaves no room for another duty."""
    running = [
        piece
        for piece in context.past[context.people[person].id]
        if piece.end > context.facts.start
    ]
    for piece in running:
        for variable in options:
            option = context.builder.options[variable]
            if option.start >= piece.end or piece.start >= option.end:
                continue
            if not (piece.kind in ON_CALL and _allows_call(context.items[variable])):
                context.builder.at_most(ID, person, [(variable, 1)], 0)


def _by_leniency(context: Context, options: Sequence[int]) -> tuple[list[int], list[int]]:
    """(sessions during which one may be on call, everything else)."""
    lenient: list[int] = []
    strict: list[int] = []
    for variable in options:
        (lenient if _allows_call(context.items[variable]) else strict).append(variable)
    return lenient, strict


def _allows_call(item: Item) -> bool:
    return item.demand is not None and item.demand.on_call_allowed


def _units(context: Context, options: list[int]) -> list[tuple[int, int, int]]:
    """(start, end, variable) of what one does at a time, duties on combining lines joined."""
    if not context.facts.combining:
        return sorted([(context.items[v].start, context.items[v].end, v) for v in options])
    units: list[tuple[int, int, int]] = []
    slots: dict[tuple[int, int], list[list[int]]] = {}
    for variable in options:
        item = context.items[variable]
        groups = slots.setdefault((item.start, item.end), [])
        for group in groups if item.line is not None else ():
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
    for at, together in groupby(units, key=itemgetter(0)):
        remaining = [each for each in active if each[0] > at]
        if len(remaining) < len(active):
            context.builder.at_most_one(ID, [other for _, other in active])
        active = remaining
        active += [(end, variable) for _, end, variable in together]
    context.builder.at_most_one(ID, [other for _, other in active])


def _out_of_reach(context: Context, bound: list[int], duties: list[int]) -> None:
    """On-call duties that cannot be answered from where a session or presence duty binds one."""
    table = context.builder.options
    duties = sorted(duties, key=lambda v: table[v].start)
    starts = [table[v].start for v in duties]
    longest = max((table[v].end - table[v].start for v in duties), default=0)
    for other in bound:
        mine, item = table[other], context.items[other]
        place = item.sites[0] if item.line is None else item.line.place
        low = bisect_left(starts, mine.start - longest)
        for duty in duties[low : bisect_left(starts, mine.end)]:
            reached = reaches(context, place, context.items[duty])
            if table[duty].end > mine.start and not allowed(context, reached):
                context.builder.at_most_one(ID, (other, duty))
