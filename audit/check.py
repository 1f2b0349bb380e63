"""``check``: one roster against one region, independent of whoever made the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from so247.audit.admission import admit, check_targets, region_changes
from so247.audit.backup import check_backup_so
from so247.audit.breach import Breach
from so247.audit.conflicts import Conflicts, check_conflicts
from so247.audit.contracts import contract_breaches
from so247.audit.coverage import SiteCheck
from so247.audit.eligibility import Eligibility, check_eligibility
from so247.audit.holdings import Case
from so247.audit.norms import norm_breaches
from so247.audit.pins import check_pins
from so247.audit.sessions import check_sessions, missing_sessions
from so247.audit.sites import Sites
from so247.audit.tiers import tier_values
from so247.audit.timeline import Timelines
from so247.models.canonical import region_hash
from so247.models.clock import Interval
from so247.models.memory import uncollected
from so247.models.region import Region
from so247.models.report import Finding, Report
from so247.models.roster import Roster


@uncollected()
def check(
    region: Region,
    roster: Roster,
    history: Sequence[Roster] = (),
    *,
    within: Interval | None = None,
) -> Report:
    """Whether an SO is reachable and deployable for every site, and which rules are broken.

    Works on any roster: hand-made, with duties held in parts, or empty (then nothing is covered).
    ``history`` are earlier rosters; without them norms that look back are unknown. ``within``: of
    the roster's period, only this part is examined for coverage, and what was broken wholly before
    or after it is not held against a site. Raises ``RosterError`` when a roster belongs to another
    region or has impossible times.
    """
    admit(region, roster, history)
    case = Case(region, roster, history)
    sites = Sites(region)
    eligibility, conflicts = Eligibility(case, sites), Conflicts(case, sites)
    site_check = SiteCheck(case, sites, Timelines(case, eligibility, conflicts), within)
    breaches = (*norm_breaches(case), *contract_breaches(case))
    off = set(region.settings.rules_off)
    findings = tuple(
        finding
        for finding in _findings(case, eligibility, conflicts, site_check, breaches)
        if finding.rule not in off
    )
    covered = site_check.coverage(findings)
    missing = missing_sessions(case)
    now = region_hash(region)
    return Report(
        region_id=region.id,
        region_hash=now,
        roster_revision=roster.revision,
        period=roster.period,
        sites=covered,
        findings=findings,
        missing_sessions=missing,
        tiers=tier_values(case, covered, missing, breaches=breaches),
        changes=region_changes(region, roster, now),
    )


def _findings(
    case: Case,
    eligibility: Eligibility,
    conflicts: Conflicts,
    site_check: SiteCheck,
    breaches: Iterable[Breach],
) -> Iterator[Finding]:
    """What is broken or not known, in the order of the rulebook. ``breaches``: norms, contracts."""
    yield from check_targets(case)
    yield from check_conflicts(case, conflicts)
    yield from check_backup_so(case, site_check.unbacked())
    yield from check_eligibility(case, eligibility)
    yield from (each.finding for each in breaches)
    yield from check_pins(case)
    yield from check_sessions(case)
