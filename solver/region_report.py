"""``region_report``: every site's verdict, and what the region leans on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from so247.audit.admission import admit
from so247.models.canonical import region_hash
from so247.models.clock import Interval, day_start, local_day
from so247.models.clock import period as period_of
from so247.models.errors import InputError, Problem
from so247.models.proof import Answered, Said
from so247.models.region import Region
from so247.models.region_report import Capacity, LineRow, RegionReport
from so247.models.result import Progress
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits
from so247.solver.reasons.board import Board, changes
from so247.solver.reasons.words import said
from so247.solver.regional.capacity import capacity
from so247.solver.regional.employers import employer_rows
from so247.solver.regional.footing import Footing, sought
from so247.solver.regional.lines import line_rows, sites_leaning
from so247.solver.regional.sites import basis_of, site_rows

DEFAULT_LIMITS = Limits()
WEEKS = 13


def region_report(
    region: Region,
    roster: Roster | None = None,
    history: Sequence[Roster] = (),
    *,
    today: date,
    weeks: int = WEEKS,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> RegionReport:
    """The state of a region from ``today`` (a later start of the roster, or what is rostered
    already, goes first) to the roster's end; without a roster for ``weeks`` weeks, and then from
    a witness that is sought within ``limits`` and that nobody has promised.

    Raises ``RosterError`` for a roster of another region, ``InputError`` for one that is over.
    """
    if roster is not None:
        admit(region, roster, history)
        period = _rest(roster, today)
        footing = Footing(roster)
    else:
        start = max([today, *(local_day(each.period.end) for each in history)])
        period = period_of(start, weeks)
        footing = sought(region, period, history, limits, on_progress, cancel)
    lines, short = _leaning(region, footing.roster, history, period, limits, cancel)
    alone = sites_leaning(region, lines)
    sites = tuple(
        each.model_copy(update={"alone": alone.get(each.site, ())})
        for each in site_rows(region, footing, history, period)
    )
    return RegionReport(
        region_id=region.id,
        name=region.name,
        region_hash=region_hash(region),
        today=today,
        period=period,
        basis=basis_of(sites),
        roster_revision=roster.revision if roster is not None else None,
        sites=sites,
        employers=employer_rows(region, footing.roster, period),
        lines=lines,
        capacity=short,
        changes=changes(region, roster) if roster is not None else (),
        notes=tuple(_notes(footing)),
        solves=footing.solves,
    )


def _rest(roster: Roster, today: date) -> Interval:
    """What is left of the roster's period."""
    start = max(roster.period.start, day_start(today))
    if start >= roster.period.end:
        last = local_day(roster.period.end - timedelta(minutes=1))
        message = f"the roster ended on {last}, before {today}"
        raise InputError([Problem(message, "Maybe give a later roster, or an earlier day.")])
    return Interval(start=start, end=roster.period.end)


def _leaning(
    region: Region,
    roster: Roster | None,
    history: Sequence[Roster],
    period: Interval,
    limits: Limits,
    cancel: Cancel | None,
) -> tuple[tuple[LineRow, ...], Capacity]:
    """Dependence on people, and shortage, in the part of the roster that is looked at."""
    empty = Roster(region_id=region.id, period=period)
    board = Board(region, roster or empty, history)
    return (
        line_rows(board.context, roster, period),
        capacity(board, period, limits.seconds * 0.2, cancel),
    )


def _notes(footing: Footing) -> list[Said]:
    found: list[Said] = []
    if footing.witness and footing.cover is Answered.FEASIBLE:
        nl = "Er is een rooster mogelijk dat iedereen dekt; het is nog door niemand toegezegd"
        en = "A roster that covers everyone is possible; nobody has promised it yet"
        found.append(said("region.witness", nl, en))
    elif footing.witness:
        nl = "Het gevonden rooster laat gaten; of een beter bestaat, zegt so247 prove per locatie"
        en = (
            "the roster that was found leaves gaps; so247 prove says of a site whether any does not"
        )
        if footing.cover is Answered.INFEASIBLE:
            nl = "Geen rooster dekt iedereen (twee verschillende berekeningen zijn het eens)"
            en = "No roster covers everyone (two differing solves agree)"
        found.append(said("region.gaps", nl, en))
    return [*found, *footing.why]
