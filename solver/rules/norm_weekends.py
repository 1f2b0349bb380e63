"""At most so many worked weekends in so many weeks."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.clock import monday_of
from so247.models.norms import Norm, NormKind
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit_window
from so247.solver.norms import in_force_within, norms_of
from so247.solver.problem import ones

ID = "norm.weekends"
STATEMENT = "In any so many ISO weeks in a row, at most so many weekends with counted work."
SOURCE = "rule pack"


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.WEEKENDS:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def weekend_variables(
    context: Context, person: int, norm: Norm
) -> tuple[dict[date, int], dict[date, list[Piece]]]:
    """(Monday of the week to a variable for its weekend, and to what is certainly worked in it)."""
    variables: dict[date, list[int]] = {}
    certain: dict[date, list[Piece]] = {}
    for piece in context.work(person, norm.counts):
        if norm.night_only and not piece.night:
            continue
        for day in context.facts.days_of(piece.start, piece.end):
            if day.weekday() < 5:
                continue
            if piece.certain:
                certain.setdefault(monday_of(day), []).append(piece)
            else:
                variables.setdefault(monday_of(day), []).extend(piece.variables)
    return {
        week: context.builder.any_of(options)
        for week, options in variables.items()
        if week not in certain
    }, certain


def _limit(context: Context, person: int, norm: Norm) -> None:
    worked, certain = weekend_variables(context, person, norm)
    weeks = norm.window_weeks or 1
    for last in _weeks(context):
        # Friday evening's duty is the weekend's too, and its pack is that of the Friday.
        friday = context.facts.day_bounds(last + timedelta(days=4))[0]
        monday = context.facts.day_bounds(last + timedelta(weeks=1))[0]
        if not in_force_within(context, person, norm, friday, monday):
            continue
        window = [last - timedelta(weeks=back) for back in range(weeks)]
        upper = int(norm.limit) - sum(week in certain for week in window)
        terms = ones(worked[week] for week in window if week in worked)
        standing = [piece for week in window for piece in certain.get(week, ())]
        limit_window(context, ID, norm.severity, person, terms, upper, standing)


def _weeks(context: Context) -> list[date]:
    """ISO weeks (their Mondays) whose Saturday lies in the period."""
    days = context.facts.days_of(context.facts.start, context.facts.end)
    return [monday_of(day) for day in days if day.weekday() == 5]
