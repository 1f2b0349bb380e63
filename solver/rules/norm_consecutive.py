"""At most so many days (or nights) in a row."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.norms import Norm, NormKind
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit, limit_standing
from so247.solver.norms import in_force, norms_of
from so247.solver.problem import ones

ID = "norm.consecutive"
STATEMENT = "At most so many local days in a row on which counted work starts."
SOURCE = "rule pack"


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.CONSECUTIVE:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    """Every run of days that is one too long, and ends in the period."""
    possible: dict[date, list[int]] = {}
    standing: dict[date, list[Piece]] = {}
    for piece in context.work(person, norm.counts):
        if norm.night_only and not piece.night:
            continue
        day = context.facts.start_day(piece.start)
        possible.setdefault(day, []).extend(piece.variables)
        if piece.certain:
            standing.setdefault(day, []).append(piece)
    worked: dict[date, int] = {}
    length = int(norm.limit) + 1
    for last in sorted(possible):
        start = context.facts.day_bounds(last)[0]
        run = [last - timedelta(days=back) for back in range(length)]
        if not context.in_period(start) or not in_force(context, person, norm, start):
            continue
        if all(day in possible for day in run):
            _forbid(context, person, norm, run, possible, standing, worked)


def _forbid(
    context: Context,
    person: int,
    norm: Norm,
    run: list[date],
    possible: dict[date, list[int]],
    standing: dict[date, list[Piece]],
    worked: dict[date, int],
) -> None:
    """Not all of these days; where all of them stand already, nothing of ours on any.

    ``worked`` remembers the variable of each day.
    """
    open_days = [day for day in run if day not in standing]
    stands = [piece for day in run for piece in standing.get(day, ())]
    if open_days:
        for day in open_days:
            if day not in worked:
                worked[day] = context.builder.any_of(possible[day])
        terms = ones(worked[day] for day in open_days)
        limit(context, ID, norm.severity, person, terms, len(open_days) - 1)
        return
    limit_standing(
        context, ID, norm.severity, person, [v for day in run for v in possible[day]], stands
    )
