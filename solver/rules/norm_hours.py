"""Hours of work per week, on average over so many weeks."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.clock import monday_of
from so247.models.norms import Norm, NormKind, Severity, Work
from so247.solver.context import Context, Piece
from so247.solver.facts import Facts
from so247.solver.instants import overlap
from so247.solver.limiting import limit_window
from so247.solver.norms import in_force_within, norms_of

ID = "norm.hours"
STATEMENT = "Counted hours per week, averaged over ISO weeks, are at most so many."
SOURCE = "ATW 5:7; ATB 4.8:2"

ON_CALL = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.HOURS:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    """Weeks in which nothing is ours to roster are not judged."""
    certain: dict[date, int] = {}
    standing: dict[date, list[Piece]] = {}
    terms: dict[date, list[tuple[int, int]]] = {}
    work = context.work(person, norm.counts)
    shares = [(piece, *share) for piece in work for share in _shares(context, norm, piece)]
    # In hundredths of a minute where a percentage leaves less than a minute (soft: minutes).
    exact = norm.severity is Severity.HARD and any(share % 100 for *_, share in shares)
    unit = 1 if exact else 100
    for piece, week, share in shares:
        counted = -(-share // unit)
        if piece.certain:
            certain[week] = certain.get(week, 0) + counted
            standing.setdefault(week, []).append(piece)
        else:
            terms.setdefault(week, []).extend([(v, counted) for v in piece.variables])
    weeks = norm.window_weeks or 1
    totals = _weekly_totals(context, terms) if weeks > 1 else terms
    weight = 1 if norm.severity is Severity.SOFT else 0
    for last in _weeks(context):
        low = context.facts.day_bounds(last)[0]
        high = context.facts.day_bounds(last + timedelta(weeks=1))[0]
        if not in_force_within(context, person, norm, low, high):
            continue
        window = [last - timedelta(weeks=back) for back in range(weeks)]
        fixed = sum(certain.get(week, 0) for week in window)
        allowed = int(norm.limit * 60 * weeks * 100 / unit)
        row = [term for week in window for term in totals.get(week, ())]
        stands = [piece for week in window for piece in standing.get(week, ())]
        limit_window(context, ID, norm.severity, person, row, allowed - fixed, stands, weight)


def _weekly_totals(
    context: Context, terms: dict[date, list[tuple[int, int]]]
) -> dict[date, list[tuple[int, int]]]:
    """One variable per week, in minutes, so that long windows stay short rows."""
    return {
        week: [(context.builder.total(row), 1)] if len(row) > 1 else row
        for week, row in terms.items()
    }


def _shares(context: Context, norm: Norm, piece: Piece) -> list[tuple[date, int]]:
    """Counted hundredths of minutes of a piece in each ISO week it touches."""
    percent = norm.on_call_percent if piece.kind in ON_CALL else 100
    weeks = context.facts.remembered(_weekly, piece.start, piece.end)
    return [(week, minutes * percent) for week, minutes in weeks]


def _weekly(facts: Facts, start: int, end: int) -> list[tuple[date, int]]:
    """Minutes of a stretch in each ISO week it touches."""
    found: dict[date, int] = {}
    for day in facts.days_of(start, end):
        week = monday_of(day)
        found[week] = found.get(week, 0) + overlap((start, end), facts.day_bounds(day))
    return list(found.items())


def _weeks(context: Context) -> list[date]:
    days = context.facts.days_of(context.facts.start, context.facts.end)
    return sorted({monday_of(day) for day in days})
