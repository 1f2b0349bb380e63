"""Touching duties of one person are one stretch, and a stretch has a longest length."""

from __future__ import annotations

from collections.abc import Iterator

from so247.models.norms import Norm, NormKind
from so247.solver.context import Context, Piece
from so247.solver.limiting import limit
from so247.solver.norms import in_force, norms_of
from so247.solver.problem import ones

ID = "norm.continuous"
STATEMENT = "Touching duties together last at most so many elapsed hours."
SOURCE = "ATB 1:1, 5.20:4; DESIGN 3"


def build(context: Context) -> None:
    for person in range(len(context.people)):
        for norm in norms_of(context, person):
            if norm.kind is NormKind.CONTINUOUS:
                with context.builder.naming(norm.id):
                    _limit(context, person, norm)


def _limit(context: Context, person: int, norm: Norm) -> None:
    work = context.work(person, norm.counts)
    starting: dict[int, list[Piece]] = {}
    for piece in work:
        starting.setdefault(piece.start, []).append(piece)
    for first in work:
        for chain in _chains([first], starting, norm.limit * 60):
            last = chain[-1]
            possible = [piece for piece in chain if not piece.certain]
            if (
                possible
                and context.in_period(last.start)
                and in_force(context, person, norm, last.start)
            ):
                terms = ones(variable for piece in possible for variable in piece.variables)
                limit(context, ID, norm.severity, person, terms, len(possible) - 1)


def _chains(
    chain: list[Piece], starting: dict[int, list[Piece]], limit: float
) -> Iterator[list[Piece]]:
    """Minimal chains of touching pieces that last longer than the limit."""
    if chain[-1].end - chain[0].start > limit:
        # Minimal: without its first piece it would be short enough.
        if len(chain) == 1 or chain[-1].end - chain[1].start <= limit:
            yield chain
        return
    for following in starting.get(chain[-1].end, ()):
        yield from _chains([*chain, following], starting, limit)
