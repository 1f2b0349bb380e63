"""Every site's verdict over one period, from one roster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.audit.assess import assess
from so247.audit.check import check
from so247.models.calendar import open_interval
from so247.models.clock import Interval, local_day
from so247.models.proof import Answered, CoverageBasis, Judgement, Status
from so247.models.region import Region
from so247.models.region_report import SiteRow
from so247.models.report import Report
from so247.models.roster import Roster
from so247.solver.regional.footing import Footing


def site_rows(
    region: Region, footing: Footing, history: Sequence[Roster], period: Interval
) -> tuple[SiteRow, ...]:
    """GP groups and facilities, in the region's order."""
    report = None
    if footing.roster is not None:
        within = period.intersect(footing.roster.period)
        report = check(region, footing.roster, history, within=within) if within else None
    return tuple(_row(region, site, footing, history, period, report) for site in region.site_by_id)


def _row(
    region: Region,
    site: str,
    footing: Footing,
    history: Sequence[Roster],
    period: Interval,
    report: Report | None,
) -> SiteRow:
    opening = region.opening_of(site)
    name, residents = region.site_by_id[site].name, region.residents_at(site)
    if open_interval(region, site, period) is None:
        return SiteRow(site=site, name=name, opening=opening, residents=residents)
    later = opening is not None and opening > local_day(period.start)
    found = assess(
        region,
        site,
        period,
        footing.roster,
        history,
        witness=footing.witness,
        cover=_cover(footing, later=later),
        voluntary_norms=() if later else footing.voluntary_norms,
        # What opens later is examined from then on, so by a check of its own.
        report=None if later else report,
    )
    coverage = found.coverage
    return SiteRow(
        site=site,
        name=name,
        opening=opening,
        residents=residents,
        verdict=found.verdict,
        until=found.until,
        basis=found.basis,
        uncovered_minutes=coverage.uncovered_minutes if coverage else 0,
        uncovered_general_minutes=coverage.uncovered_general_minutes if coverage else 0,
        unknown_minutes=coverage.unknown_minutes if coverage else 0,
        failing=_failing((*found.preconditions, *found.checks)),
        summary=found.summary,
    )


def _cover(footing: Footing, *, later: bool) -> Answered | None:
    """A "no" is about the sites that are open on the first day, over the whole period."""
    if later and footing.cover is Answered.INFEASIBLE:
        return Answered.UNKNOWN
    return footing.cover


def _failing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(
        each
        for each in judgements
        if each.applies and each.blocks and each.status is not Status.MET
    )


def basis_of(rows: Iterable[SiteRow]) -> CoverageBasis:
    """The weakest of what the sites' coverage was computed from."""
    order = (CoverageBasis.NONE, CoverageBasis.WITNESS, CoverageBasis.ROSTER)
    found = {row.basis for row in rows if row.verdict is not None}
    return next((each for each in order if each in found), CoverageBasis.PUBLISHED)
