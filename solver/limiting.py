"""Limits on windows of a person's work: hard, or with a price in the soft norms' tier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.models.norms import Severity
from so247.solver.context import Context, Piece
from so247.solver.problem import Tier, ones

SOFT_UNIT = 60
"""Cost of one unit (a duty, a night, a weekend) beyond a soft norm: as much as an hour."""


def limit(
    context: Context,
    rule: str,
    severity: Severity,
    person: int,
    terms: Iterable[tuple[int, int]],
    upper: int,
    weight: int = SOFT_UNIT,
) -> None:
    """Sum of terms at most ``upper``: hard, or at ``weight`` a unit in the soft norms' tier.

    What stands already (history, commitments) may be beyond it: a hard limit then allows no
    more, a soft one has its price.
    """
    if severity is Severity.HARD:
        context.builder.at_most(rule, person, terms, upper)
    elif severity is Severity.SOFT:
        context.builder.penalise(rule, Tier.SOFT_NORMS, person, terms, upper, weight)


def limit_window(
    context: Context,
    rule: str,
    severity: Severity,
    person: int,
    terms: Iterable[tuple[int, int]],
    upper: int,
    standing: Iterable[Piece],
    weight: int = SOFT_UNIT,
) -> None:
    """``limit`` for a window in which ``standing`` is certain work and ``upper`` what is left.

    What stands may be beyond the limit by itself: that has its price only if the window is
    judged, so if it holds work of the period and something that is ours (RULES, Norms).
    """
    kept = list(terms)
    stands = list(standing)
    judged = any(context.in_period(each.start) for each in stands) and any(e.ours for e in stands)
    if upper < 0 and not judged and severity is Severity.SOFT:
        if not kept:
            return
        kept.append((context.builder.any_of(context.builder.parts(kept)), -upper))
        upper = 0
    limit(context, rule, severity, person, kept, upper, weight)


def limit_standing(
    context: Context,
    rule: str,
    severity: Severity,
    person: int,
    variables: Sequence[int],
    standing: Iterable[Piece],
    excess: int = 1,
) -> None:
    """A window that is ``excess`` units beyond its limit by what stands in it alone.

    Hard: nothing of ours may be added. Soft: that has its price where the window is judged.
    """
    stands = list(standing)
    judged = any(context.in_period(each.start) for each in stands) and any(e.ours for e in stands)
    if severity is Severity.SOFT and judged:
        context.builder.constant(Tier.SOFT_NORMS, excess * SOFT_UNIT)
    elif severity is Severity.HARD:
        limit(context, rule, severity, person, ones(variables), 0)
    elif variables:
        ours = ones([context.builder.any_of(variables)])
        limit(context, rule, severity, person, ours, 0, excess * SOFT_UNIT)
