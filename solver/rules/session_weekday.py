"""Sessions lie on allowed days (that is how options are made), one a day per demand."""

from __future__ import annotations

from so247.solver.context import Context

ID = "session.weekday"
STATEMENT = "A session lies on an allowed day at the demand's times, one a day per demand."
SOURCE = "DESIGN 3"


def build(context: Context) -> None:
    for task in context.sessions:
        for options in by_day(context, task.index).values():
            context.builder.at_most_one(ID, options)


def by_day(context: Context, task: int) -> dict[int, list[int]]:
    """Start of the session to the options on that day."""
    found: dict[int, list[int]] = {}
    for variable in context.options_of_task[task]:
        found.setdefault(context.builder.options[variable].start, []).append(variable)
    return found
