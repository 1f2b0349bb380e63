"""Which norms bind a person when, as the rules on norms need to know."""

from __future__ import annotations

from so247.models.norms import Norm, NormKind, Severity
from so247.solver.context import Context

LOOKING_BACK = (NormKind.ROLLING_COUNT, NormKind.WEEKENDS, NormKind.HOURS)
"""Kinds whose windows are limited as soon as the norm begins to bind. The rulebook does so only
where somebody holds something under it: with packs that change, their rows are stricter."""


def norms_of(context: Context, person: int) -> tuple[Norm, ...]:
    """Norms that the solver minds for a person somewhere in the period (no signals)."""
    packs = context.facts.packs_of(context.people[person].id)
    found = tuple(
        norm for pack in packs for norm in pack.norms if norm.severity is not Severity.SIGNAL
    )
    for norm in found if len(packs) > 1 else ():
        if norm.severity is not Severity.HARD or norm.kind not in LOOKING_BACK:
            continue
        if not all(norm in pack.norms for pack in packs):
            context.builder.stricter.add(f"norm.{norm.kind.value}")
    return found


def in_force(context: Context, person: int, norm: Norm, start: int) -> bool:
    """Whether the norm binds the person on the local day of ``start``, which lies in the period."""
    if len(context.facts.packs_of(context.people[person].id)) == 1:
        return True
    pack = context.facts.pack_on(context.people[person].id, context.facts.start_day(start))
    return any(norm is each for each in pack.norms)


def in_force_within(context: Context, person: int, norm: Norm, low: int, high: int) -> bool:
    """Whether a window may be judged by the norm, going by its days in the period.

    Its last piece of work decides. Where a pack begins or ends within the window, a hard norm
    is kept whichever piece that is; a soft one goes by the last day.
    """
    days = context.facts.days_of(max(low, context.facts.start), min(high, context.facts.end))
    if len(context.facts.packs_of(context.people[person].id)) == 1:
        return bool(days)
    starts = [context.facts.day_bounds(day)[0] for day in days]
    if norm.severity is not Severity.HARD:
        return any(in_force(context, person, norm, start) for start in starts[-1:])
    return any(in_force(context, person, norm, start) for start in starts)
