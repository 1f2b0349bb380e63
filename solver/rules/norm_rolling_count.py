"""At most so many duties in any rolling stretch of days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from so247.models.norms import Norm, NormKind, Severity
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit, limit_window
from so247.solver.norms import in_force, norms_of

ID = "norm.rolling_count"
STATEMENT = "At every start of a duty, duties that start in the window before it are counted."
SOURCE = "ATB 5.20:4-5, 5.19:3-4"

CHUNK = 7 * 24 * 60
"""Windows longer than two of these are summed from weekly totals, to keep rows short."""


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.ROLLING_COUNT:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    work = [
        piece for piece in context.work(person, norm.counts) if piece.night or not norm.night_only
    ]
    starts = [piece.start for piece in work]
    moments = sorted(set(starts))
    window = (norm.window_days or 7) * 24 * 60
    certain, possible = _counted(work)
    totals = _Totals(context, work, starts) if window > 2 * CHUNK else None
    for at, moment in enumerate(moments):
        if not context.in_period(moment) or not in_force(context, person, norm, moment):
            continue
        low, high = bisect_right(starts, moment - window), bisect_right(starts, moment)
        hard = norm.severity is Severity.HARD
        following = moments[at + 1] if at + 1 < len(moments) else context.facts.end
        binds = context.in_period(following) and in_force(context, person, norm, following)
        if hard and binds and bisect_right(starts, following - window) == low:
            continue  # The next window contains this one.
        upper = int(norm.limit) - (certain[high] - certain[low])
        if possible[high] - possible[low] <= upper:
            continue
        inside = work[low:high]
        standing = [piece for piece in inside if piece.certain]
        terms = (
            totals.terms(low, high)
            if totals is not None
            else [(v, 1) for piece in inside for v in piece.variables]
        )
        if hard:
            limit(context, ID, norm.severity, person, terms, max(0, upper))
        elif any(piece.start == moment for piece in standing):
            limit_window(context, ID, norm.severity, person, terms, upper, standing)
        else:
            _soft(context, person, norm, terms, upper, [p for p in inside if p.start == moment])


def _counted(work: list[Piece]) -> tuple[list[int], list[int]]:
    """Up to each place in the work: pieces that stand, and starts at which one is possible."""
    certain, possible = [0], [0]
    last: int | None = None
    for piece in work:
        new = not piece.certain and piece.start != last
        last = piece.start if new else last
        certain.append(certain[-1] + piece.certain)
        possible.append(possible[-1] + new)
    return certain, possible


def _soft(
    context: Context,
    person: int,
    norm: Norm,
    terms: list[tuple[int, int]],
    upper: int,
    now: list[Piece],
) -> None:
    """The excess counts only where a duty really starts now."""
    most = context.builder.most(terms) - upper
    here = [(v, most) for piece in now for v in piece.variables]
    limit(context, ID, norm.severity, person, [*terms, *here], upper + most)


class _Totals:
    """Sums over stretches of a person's work: whole chunks as one variable each."""

    def __init__(self, context: Context, work: list[Piece], starts: list[int]) -> None:
        self.work = work
        self.bounds: list[tuple[int, int, int]] = []
        if not starts:
            return
        edge = starts[0] - starts[0] % CHUNK
        while edge <= starts[-1]:
            low, high = bisect_left(starts, edge), bisect_left(starts, edge + CHUNK)
            terms = [(v, 1) for piece in work[low:high] for v in piece.variables]
            if len(terms) > 1:
                self.bounds.append((low, high, context.builder.total(terms)))
            edge += CHUNK

    def terms(self, low: int, high: int) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        at = low
        for start, end, total in self.bounds:
            if start >= at and end <= high:
                found += [(v, 1) for piece in self.work[at:start] for v in piece.variables]
                found.append((total, 1))
                at = end
        found += [(v, 1) for piece in self.work[at:high] for v in piece.variables]
        return found
