"""How strong a roster is that covers the site: who can be missed, how much more it can carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from so247.models.errors import RosterError
from so247.models.proof import LineRoom, Robustness, Said
from so247.models.roster import Roster
from so247.solver.clock import Clock
from so247.solver.headroom import headroom as headroom_of
from so247.solver.limits import Cancel, Limits
from so247.solver.prover.case import Case
from so247.solver.robust import robust


def strength(
    case: Case,
    roster: Roster,
    absences: Sequence[int],
    headroom: bool,
    limits: Limits,
    clock: Clock,
    cancel: Cancel | None,
) -> tuple[tuple[Robustness, ...], tuple[LineRoom, ...], tuple[Said, ...]]:
    """N-1 and headroom, in the time that is left; and why not, where that cannot be told.

    A roster made by hand may hold what the search cannot express, duties in parts say.
    """
    tried: list[Robustness] = []
    room: tuple[LineRoom, ...] = ()
    region = case.slice.region
    try:
        if headroom:
            part = share(limits, clock, 0.3)
            room = headroom_of(
                region, case.asked.site, roster, case.history, limits=part, cancel=cancel
            )
        for at, days in enumerate(absences):
            part = share(limits, clock, 1 / (len(absences) - at))
            tried.append(
                robust(region, roster, case.history, absence_days=days, limits=part, cancel=cancel)
            )
    except RosterError as error:
        why = "; ".join(map(str, error.problems))
        said = Said(
            code="strength_untold",
            nl="Uitval en ruimte zijn voor dit rooster niet te berekenen: er staat iets in dat het "
            f"zoeken niet kent, een dienst in delen bijvoorbeeld. ({why})",
            en=f"Absences and headroom cannot be computed for this roster: {why}",
        )
        return tuple(tried), room, (said,)
    return tuple(tried), room, ()


def share(limits: Limits, clock: Clock, part: float) -> Limits:
    """The same limits for a part of the time that is left; of work that is counted, a part of all,
    since what is left on the clock is never twice the same."""
    seconds = limits.seconds if limits.reproducible else clock.left
    return replace(limits, seconds=max(1.0, seconds * part))
