"""At most so many days (or nights) in a row."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.norms import Norm, NormKind
from so247.solver.context import Context
from so247.solver.problem import ones

ID = "norm.consecutive"
STATEMENT = "At most so many local days in a row on which counted work starts."
SOURCE = "rule pack"


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in context.norms(person):
            if norm.kind is NormKind.CONSECUTIVE:
                _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    variables: dict[date, list[int]] = {}
    certain: set[date] = set()
    for piece in context.work(person, norm.counts):
        if norm.night_only and not piece.night:
            continue
        day = context.facts.start_day(piece.start)
        if piece.certain:
            certain.add(day)
        else:
            variables.setdefault(day, []).extend(piece.variables)
    worked = {
        day: context.builder.any_of(options)
        for day, options in variables.items()
        if day not in certain
    }
    length = int(norm.limit) + 1
    for last in sorted(variables):
        start = context.facts.day_bounds(last)[0]
        if not context.in_force(person, norm, start):
            continue
        run = [last - timedelta(days=back) for back in range(length)]
        if all(day in worked or day in certain for day in run):
            possible = [worked[day] for day in run if day in worked]
            if possible:
                context.limit(ID, norm.severity, person, ones(possible), len(possible) - 1)
