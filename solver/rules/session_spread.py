"""Sessions of one demand are spread out over its week or block."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.clock import monday_of
from so247.models.lines import Per
from so247.solver.context import Context, SessionTask
from so247.solver.problem import NOBODY, Tier
from so247.solver.rules.session_weekday import by_day

ID = "session.spread"
STATEMENT = "No sessions on consecutive days of a week, none beyond an even share per week."
SOURCE = "DESIGN 4, tier 6"

ADJACENT = 30
CROWDED = 60


def build(context: Context) -> None:
    for task in context.sessions:
        days = {
            context.items[options[0]].start_day: options
            for options in by_day(context, task.index).values()
        }
        if task.period.per is Per.ISO_WEEK:
            _adjacent(context, days)
        else:
            _crowded(context, task, days)


def _adjacent(context: Context, days: dict[date, list[int]]) -> None:
    for day, options in days.items():
        following = days.get(day + timedelta(days=1))
        if following:
            terms = [(v, 1) for v in (*options, *following)]
            context.builder.penalise(ID, Tier.TRAVEL, NOBODY, terms, 1, ADJACENT)


def _crowded(context: Context, task: SessionTask, days: dict[date, list[int]]) -> None:
    weeks = {monday_of(day) for day in task.period.days}
    even = -(-task.period.count // len(weeks))
    for week in sorted(weeks):
        terms = [(v, 1) for day, options in days.items() if monday_of(day) == week for v in options]
        context.builder.penalise(ID, Tier.TRAVEL, NOBODY, terms, even, CROWDED)
