"""What a roster does for one site in the period that is asked about, from opening to its end.

The check works on the roster's period. Here it is cut to what is asked, and what the roster does
not reach is unknown, never covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from so247.audit.admission import admit
from so247.audit.check import check
from so247.audit.history import History
from so247.models.clock import Interval, days_touched, local_day, subtract
from so247.models.lines import Care, Line, Position
from so247.models.proof import CoverageBasis
from so247.models.region import Region
from so247.models.report import Answer, Coverage, Finding, Reason, Report, SiteCoverage, Stretch
from so247.models.roster import Assignment, Roster, State
from so247.models.sites import AgreementKind

WHOEVER = frozenset(
    {
        "no_line",
        "no_phone",
        "no_pool",
        "no_agreement",
        "no_organisation_agreement",
        "phone_minutes",
        "on_site_minutes",
    }
)
"""Reasons that leave a minute uncovered whoever is rostered."""


@dataclass(frozen=True)
class Examined:
    """``elsewhere``: uncovered minutes of the other open sites; ``lacking_elsewhere``: those sites
    where they stay uncovered whoever is rostered; ``unknown_elsewhere``: those with minutes that
    cannot be known. ``holders``: who holds which line for the site
    (line, person). ``lacking``: what stays uncovered here whoever is rostered, without a roster.
    """

    basis: CoverageBasis
    coverage: SiteCoverage | None = None
    elsewhere: tuple[tuple[str, int], ...] = ()
    lacking_elsewhere: tuple[str, ...] = ()
    unknown_elsewhere: tuple[str, ...] = ()
    breaches: tuple[Finding, ...] = ()
    holders: frozenset[tuple[str, str]] = frozenset()
    lacking: tuple[Stretch, ...] = ()
    changes: tuple[str, ...] = ()


def examine(
    region: Region,
    site: str,
    asked: Interval,
    roster: Roster | None,
    history: Sequence[Roster],
    *,
    witness: bool,
    report: Report | None = None,
) -> Examined:
    """``report``: the check of the roster within the asked period, if it was made already.

    Raises ``RosterError`` when the rosters cannot be checked against the region.
    """
    if roster is None:
        empty = Roster(region_id=region.id, period=asked)
        found = _of(check(region, empty, history), site)
        lacking = tuple(each for each in found.stretches if _codes(each) & WHOEVER)
        return Examined(CoverageBasis.NONE, lacking=lacking)
    held = tuple(_held(region, site, asked, roster, history))
    basis = _basis(region, site, asked, roster, [each for _, each in held], witness=witness)
    holders = frozenset((line.id, each.physician) for line, each in held)
    within = asked.intersect(roster.period)
    if within is None:
        admit(region, roster, history)
        return Examined(basis, _beyond(region, _unexamined(region, site), asked, (asked,)))
    if report is None:
        report = check(region, roster, history, within=within)
    coverage = _of(report, site)
    outside = subtract(asked, [roster.period])
    open_elsewhere = tuple(_open_elsewhere(region, site, asked, report))
    others = tuple(each for each in open_elsewhere if _uncovered(each))
    return Examined(
        basis=basis,
        coverage=_beyond(region, coverage, asked, outside) if outside else coverage,
        elsewhere=tuple((each.site, _uncovered(each)) for each in others),
        lacking_elsewhere=tuple(each.site for each in others if _lacks(each)),
        unknown_elsewhere=tuple(each.site for each in open_elsewhere if each.unknown_minutes),
        breaches=report.hard_breaches,
        holders=holders,
        changes=report.changes,
    )


def _of(report: Report, site: str) -> SiteCoverage:
    return next(each for each in report.sites if each.site == site)


def _codes(stretch: Stretch) -> set[str]:
    return {reason.code for reason in stretch.reasons}


def _open_elsewhere(
    region: Region, site: str, asked: Interval, report: Report
) -> Iterator[SiteCoverage]:
    """The other sites that are open on the first day."""
    first = local_day(asked.start)
    for each in report.sites:
        opening = region.opening_of(each.site)
        if each.site != site and (opening is None or opening <= first):
            yield each


def _uncovered(site: SiteCoverage) -> int:
    return site.uncovered_minutes + site.uncovered_general_minutes


def _lacks(site: SiteCoverage) -> bool:
    """Whether every uncovered minute would stay so, whoever is rostered."""
    uncovered = [each for each in site.stretches if each.coverage is Coverage.UNCOVERED]
    return all(_codes(each) & WHOEVER for each in uncovered)


def _held(
    region: Region, site: str, asked: Interval, roster: Roster, history: Sequence[Roster]
) -> Iterator[tuple[Line, Assignment]]:
    """Everything that stands on a line of the site in the period, with its line."""
    before = History(region, roster, history).counted()
    for each in (*roster.standing, *before):
        name = each.target.partition("@")[0]
        line = region.line_by_id.get(name) or region.line_by_id.get(each.line or "")
        if line is not None and site in line.sites and each.when.overlaps(asked):
            yield line, each


def _basis(
    region: Region,
    site: str,
    asked: Interval,
    roster: Roster,
    held: Iterable[Assignment],
    *,
    witness: bool,
) -> CoverageBasis:
    if witness:
        return CoverageBasis.WITNESS
    promised = all(_promised(region, site, asked, each) for each in held)
    if roster.published_at is not None and promised:
        return CoverageBasis.PUBLISHED
    return CoverageBasis.ROSTER


def _promised(region: Region, site: str, asked: Interval, held: Assignment) -> bool:
    """Accepted; or an organisation's, under an agreement signed by and valid on every day."""
    if held.state is State.ACCEPTED:
        return True
    when = held.when.intersect(asked)
    if held.physician in region.physician_by_id or when is None:
        return False
    agreements = [
        each
        for each in region.agreements
        if each.kind is AgreementKind.ORGANISATION_COVER
        and (each.site, each.partner) == (site, held.physician)
    ]
    return all(
        any(each.holds_on(day) and each.signed_by(day) for each in agreements)
        for day in days_touched(when)
    )


def _unexamined(region: Region, site: str) -> SiteCoverage:
    return SiteCoverage(
        site=site,
        name=region.site_by_id[site].name,
        examined=None,
        verdict=Coverage.UNKNOWN,
        required_minutes=0,
        uncovered_minutes=0,
        unknown_minutes=0,
    )


def _beyond(
    region: Region, found: SiteCoverage, asked: Interval, outside: Sequence[Interval]
) -> SiteCoverage:
    """The coverage of the whole period, unknown where the roster does not reach."""
    reason = Reason(code="outside_roster", text="this lies outside the roster's period")
    general = any(
        line.care is Care.GENERAL and line.position is Position.FIRST_LINE
        for line in region.lines
        if found.site in line.sites
    )
    added = [
        Stretch(
            when=when,
            care=care,
            position=Position.FIRST_LINE,
            coverage=Coverage.UNKNOWN,
            reachable=Answer.UNKNOWN,
            deployable=Answer.UNKNOWN,
            reasons=(reason,),
        )
        for when in outside
        for care in ((Care.SPECIFIC, Care.GENERAL) if general else (Care.SPECIFIC,))
    ]
    minutes = sum(when.minutes for when in outside)
    uncovered = found.verdict is Coverage.UNCOVERED
    stretches = sorted((*found.stretches, *added), key=lambda each: (each.when.start, each.care))
    return found.model_copy(
        update={
            "examined": asked,
            "verdict": Coverage.UNCOVERED if uncovered else Coverage.UNKNOWN,
            "required_minutes": found.required_minutes + minutes,
            "unknown_minutes": found.unknown_minutes + minutes,
            "stretches": tuple(stretches),
            "notes": (*found.notes, reason),
        }
    )
