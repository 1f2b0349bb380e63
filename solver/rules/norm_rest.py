"""Rest between two stretches of work."""

from __future__ import annotations

from itertools import combinations

from so247.models.norms import Norm, NormKind, Severity
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit
from so247.solver.norms import in_force, norms_of
from so247.solver.problem import ones

ID = "norm.rest"
STATEMENT = "Between two stretches of counted work lie at least so many hours."
SOURCE = "ATW 5:3, 5:8; ATB 4.8:2"

Pair = tuple[Piece, Piece, tuple[Piece, ...]]
"""Earlier piece, later piece, and what may bridge the gap between them."""


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.REST:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    short: list[Pair] = []
    for pair in _too_close(context, person, norm):
        gap = (pair[1].start - pair[0].end) / 60
        if norm.reduced_limit is not None and gap >= norm.reduced_limit:
            short.append(pair)
        else:
            _forbid(context, person, norm, [pair], len(_worked(pair)) - 1)
    every = 24 * 60 * (norm.reduced_every_days or 7)
    for taken in _shortened_already(context, person, norm) if short else ():
        for pair in short:
            if 0 < pair[0].end - taken < every:
                _forbid(context, person, norm, [pair], len(_worked(pair)) - 1)
    for first, second in combinations(short, 2):
        if first[0] is second[0] or first[1] is second[1]:
            continue  # one of them is bridged: there is a single rest before or after a piece
        if 0 <= second[0].end - first[0].end < every:
            both = len(_worked(first)) + len(_worked(second))
            _forbid(context, person, norm, [first, second], both - 1)


def _shortened_already(context: Context, person: int, norm: Norm) -> list[int]:
    """Starts of rests shorter than the limit between what stands already, history included."""
    found: list[int] = []
    latest: Piece | None = None
    for piece in context.work(person, norm.counts):
        if not piece.certain:
            continue
        if latest is not None:
            gap = piece.start - latest.end
            is_break = norm.around is None and gap <= norm.break_hours * 60
            if 0 < gap < norm.limit * 60 and not is_break and _concerned(norm, latest, piece, gap):
                found.append(latest.end)
        if latest is None or piece.end > latest.end:
            latest = piece
    return found


def _too_close(context: Context, person: int, norm: Norm) -> list[Pair]:
    """Pairs with a gap that is neither a break nor long enough; the later one in the period."""
    work = context.work(person, norm.counts)
    found: list[Pair] = []
    for at, earlier in enumerate(work):
        for place in range(at + 1, len(work)):
            later = work[place]
            gap = later.start - earlier.end
            if gap >= norm.limit * 60:
                break
            if gap < 0 or ((gap == 0 or gap <= norm.break_hours * 60) and norm.around is None):
                continue
            if not _concerned(norm, earlier, later, gap):
                continue
            if earlier.certain and later.certain:
                continue
            if not context.in_period(later.start) or not in_force(
                context, person, norm, later.start
            ):
                continue
            between = tuple(
                piece
                for piece in work[at + 1 : place]
                if piece.start >= earlier.end and piece.end <= later.start
            )
            # Something certain in between makes its own pairs with both.
            if not any(piece.certain for piece in between):
                found.append((earlier, later, between))
    return found


def _concerned(norm: Norm, earlier: Piece, later: Piece, gap: int) -> bool:
    if norm.night_only and not earlier.night:
        return False
    if norm.around is None:
        return True
    kinds = (earlier.kind is norm.around, later.kind is norm.around)
    return any(kinds) and not (gap == 0 and all(kinds))


def _worked(pair: Pair) -> list[Piece]:
    return [piece for piece in pair[:2] if not piece.certain]


def _forbid(context: Context, person: int, norm: Norm, pairs: list[Pair], upper: int) -> None:
    """Not all of these at once, unless something in between makes one stretch of it."""
    terms = [
        (variable, 1) for pair in pairs for piece in _worked(pair) for variable in piece.variables
    ]
    bridges = [
        (variable, -1) for pair in pairs for piece in pair[2] for variable in piece.variables
    ]
    if len({v for v, _ in terms}) < len(terms):
        return _forbid_shared(context, person, norm, pairs)
    if norm.severity is Severity.HARD and not bridges and upper == 1 and len(pairs) == 1:
        context.builder.at_most_one(ID, [variable for variable, _ in terms])
        return None
    limit(context, ID, norm.severity, person, [*terms, *bridges], upper)
    return None


def _forbid_shared(context: Context, person: int, norm: Norm, pairs: list[Pair]) -> None:
    """Two short rests around one and the same piece: count that piece once."""
    pieces = {id(piece): piece for pair in pairs for piece in _worked(pair)}
    terms = ones(v for piece in pieces.values() for v in piece.variables)
    bridges = [(v, -1) for pair in pairs for piece in pair[2] for v in piece.variables]
    inside = {variable for variable, _ in terms}
    kept = [(v, c) for v, c in bridges if v not in inside]
    limit(context, ID, norm.severity, person, [*terms, *kept], len(pieces) - 1)
