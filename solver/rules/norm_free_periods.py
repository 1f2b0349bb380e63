"""So many stretches of free time in each week, or in each four-week block."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.calendar import block_start
from so247.models.clock import monday_of
from so247.models.norms import Norm, NormKind
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit, limit_standing
from so247.solver.norms import in_force_within, norms_of

ID = "norm.free_periods"
STATEMENT = "Each week (or four-week block) has so many stretches without counted work."
SOURCE = "ATW 5:5, 5:9(2)"


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.FREE_PERIODS:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    work = context.work(person, norm.counts)
    for first in _windows(context, norm):
        low = context.facts.day_bounds(first)[0]
        high = context.facts.day_bounds(first + timedelta(weeks=norm.window_weeks or 1))[0]
        if not in_force_within(context, person, norm, low, high):
            continue
        inside = [piece for piece in work if piece.start < high and low < piece.end]
        if any(not piece.certain for piece in inside):
            _keep_free(context, person, norm, inside, low, high)


def _keep_free(
    context: Context, person: int, norm: Norm, inside: list[Piece], low: int, high: int
) -> None:
    """Any free stretch can be moved left until it touches the window's start or work.

    Candidates therefore start there (and at whole stretches after it, for the next ones); a
    candidate is spoilt when any work overlaps it.
    """
    length = int((norm.stretch_hours or 0) * 60)
    origins = {low, *(piece.end for piece in inside)}
    starts = sorted(
        {at for o in origins for at in range(o, high - length + 1, length) if low <= at}
    )
    certain = [(piece.start, piece.end) for piece in inside if piece.certain]
    possible: list[tuple[int, list[int]]] = []
    for start in starts:
        end = start + length
        if any(a < end and start < b for a, b in certain):
            continue
        spoilers = [
            v
            for piece in inside
            if not piece.certain and piece.start < end and start < piece.end
            for v in piece.variables
        ]
        possible.append((start, spoilers))
    need = int(norm.limit)
    most = _stretches(inside, low, high, length)
    if most < need:
        variables = [v for piece in inside for v in piece.variables]
        stands = [piece for piece in inside if piece.certain]
        limit_standing(context, ID, norm.severity, person, variables, stands, need - most)
        need = most
    if _most_without_choice(possible, length) < need:
        _choose(context, person, norm, possible, length, need)


def _stretches(inside: list[Piece], low: int, high: int, length: int) -> int:
    """Stretches that are free when nothing is added to what stands already."""
    count, at = 0, low
    for piece in sorted((e for e in inside if e.certain), key=lambda each: each.start):
        count += max(0, piece.start - at) // length
        at = max(at, piece.end)
    return count + max(0, high - at) // length


def _most_without_choice(possible: list[tuple[int, list[int]]], length: int) -> int:
    """Stretches that are free whatever is chosen, packed greedily (which is optimal)."""
    count, free_from = 0, -(10**12)
    for start, spoilers in possible:
        if not spoilers and start >= free_from:
            count, free_from = count + 1, start + length
    return count


def _choose(
    context: Context,
    person: int,
    norm: Norm,
    possible: list[tuple[int, list[int]]],
    length: int,
    need: int,
) -> None:
    """At least ``need`` disjoint stretches: no set of moments that hits them all may be worked.

    Each stretch has a variable "spoilt" (any work in it). For one stretch: not all are spoilt. For
    more, disjoint families are needed: the stretches on a fixed grid of the window serve, which is
    stricter than the norm, never laxer; so the builder notes that nothing is proven by it.
    """
    if need == 1:
        families = [possible]
    else:
        grid: dict[int, list[tuple[int, list[int]]]] = {}
        for start, spoilers in possible:
            grid.setdefault(start % length, []).append((start, spoilers))
        families = [max(grid.values(), key=len)] if grid else []
        context.builder.stricter.add(ID)
    for family in families:
        spoilt = [context.builder.any_of(s) for _, s in family if s]
        free = sum(not s for _, s in family)
        upper = max(0, len(spoilt) + free - need)
        terms: dict[int, int] = {}
        for variable in spoilt:
            terms[variable] = terms.get(variable, 0) + 1
        limit(context, ID, norm.severity, person, terms.items(), upper)


def _windows(context: Context, norm: Norm) -> list[date]:
    """First days of the ISO weeks or four-week blocks that lie wholly in the period."""
    days = context.facts.days_of(context.facts.start, context.facts.end)
    weeks = norm.window_weeks or 1
    starts = sorted(
        {monday_of(day) if weeks == 1 else block_start(context.region, day) for day in days}
    )
    return [
        start
        for start in starts
        if days[0] <= start and start + timedelta(days=7 * weeks - 1) <= days[-1]
    ]
