"""Few holders over a weekend or week, where a line asks for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from so247.models.clock import monday_of, to_local
from so247.models.lines import Continuity
from so247.solver.context import Context
from so247.solver.instants import instant
from so247.solver.problem import NOBODY, Tier

ID = "continuity.handover"
STATEMENT = "Each holder of a line's weekend (or week) beyond the first is a handover."
SOURCE = "R18; DESIGN 3"


def stretch_of(start: datetime, continuity: Continuity) -> date | None:
    """The Monday of the week whose weekend (or week) a piece with this local start belongs to."""
    week = monday_of((start - timedelta(hours=6)).date())
    if continuity is Continuity.WEEK:
        return week
    hours = (start.date() - week).days * 24 + start.hour
    return week if hours >= 4 * 24 + 12 else None


def build(context: Context) -> None:
    weight = context.region.settings.weight_handover
    groups: dict[tuple[str, date], dict[int, list[int]]] = {}
    for task in context.duties:
        continuity = task.line.continuity
        if continuity is Continuity.NONE or not context.in_period(task.item.start):
            continue
        week = stretch_of(to_local(instant(task.item.start)), continuity)
        if week is None:
            continue
        holders = groups.setdefault((task.line.id, week), {})
        for person, options in context.taken_by(task.index).items():
            holders.setdefault(person, []).extend(options)
    for holders in groups.values():
        terms = [(context.builder.any_of(options), 1) for options in holders.values()]
        context.builder.penalise(ID, Tier.PAIRS, NOBODY, terms, 1, weight)
