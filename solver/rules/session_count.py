"""The asked number of sessions; each missing one costs its minutes."""

from __future__ import annotations

from so247.solver.context import Context
from so247.solver.problem import NOBODY, Tier

ID = "session.count"
STATEMENT = "At most the asked number of sessions per ISO week or block; fewer are missing."
SOURCE = "DESIGN 3; S0 3"


def build(context: Context) -> None:
    for task in context.sessions:
        members = context.options_of_task[task.index]
        need = task.period.count
        minutes = context.builder.tasks[task.index].minutes
        context.builder.at_most(ID, NOBODY, [(v, 1) for v in members], need)
        context.builder.penalise(
            ID, Tier.SESSIONS, NOBODY, [(v, -1) for v in members], -need, minutes, linear=True
        )
