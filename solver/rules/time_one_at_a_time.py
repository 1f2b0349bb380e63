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
    """Maximal cliques of overlapping options per person, by one sweep over their starts.

    Pairs that may go together are taken out of the sweep and clash one by one where they must.
    """
    for options in context.options_of_person:
        ordered = sorted(options, key=lambda v: context.builder.options[v].start)
        lenient = [v for v in ordered if _may_share(context, context.items[v])]
        strict = [v for v in ordered if not _may_share(context, context.items[v])]
        _sweep(context, strict)
        _pairs(context, lenient, ordered)


def _may_share(context: Context, item: Item) -> bool:
    if item.line is not None:
        return bool(item.line.combinable_with) or (
            item.kind in ON_CALL and any(row.on_call_allowed for row in context.region.sessions)
        )
    return item.demand is not None and item.demand.on_call_allowed


def _sweep(context: Context, options: list[int]) -> None:
    """At most one of those that share a moment: one clique per maximal set."""
    table = context.builder.options
    active: list[int] = []
    grown = False
    for variable in options:
        start = table[variable].start
        remaining = [v for v in active if table[v].end > start]
        if len(remaining) < len(active) and grown:
            context.builder.at_most_one(ID, active)
        active = [*remaining, variable]
        grown = True
    context.builder.at_most_one(ID, active)


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
