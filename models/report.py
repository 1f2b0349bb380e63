"""What the check found: coverage per site, breaches, and what cannot be known."""

from __future__ import annotations

from enum import StrEnum

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.lines import Care, Position
from so247.models.norms import Basis, Severity

REPORT_SCHEMA_VERSION = 1


class Coverage(StrEnum):
    COVERED = "covered"
    UNCOVERED = "uncovered"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(Model):
    """Why something is not covered or not known. ``code`` is stable, ``text`` is for people."""

    code: str
    text: str


class Stretch(Model):
    """A maximal stretch of time at one site and position with one and the same answer.

    ``care`` is specific (the 24/7 test) or general; ``holders`` are the people (or organisation) on
    duty.
    """

    when: Interval
    care: Care = Care.SPECIFIC
    position: Position
    coverage: Coverage
    reachable: Answer
    deployable: Answer
    holders: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


class SiteCoverage(Model):
    """DOMAIN E, test 5, for one site from opening (or the period's start) to the period's end.

    Minutes count per position: a first line for specific care is required at every moment, a backup
    wherever a backup line serves the site. ``verdict`` (test 5 in full): ``uncovered`` if one such
    minute is, or a holder breaks a hard rule, or a promised function has no holder; else
    ``unknown`` if one minute or hard norm is, or minutes come from defaults; else ``covered``.
    ``uncovered_general_minutes`` are those of lines for general care alone. ``stretches`` holds
    those that are not covered; ``notes`` say what else decided the verdict.
    """

    site: Id
    name: str
    examined: Interval | None
    verdict: Coverage
    required_minutes: Count
    uncovered_minutes: Count
    unknown_minutes: Count
    uncovered_general_minutes: Count = 0
    stretches: tuple[Stretch, ...] = ()
    notes: tuple[Reason, ...] = ()
    """What makes the whole site unknown or uncovered: default minutes, functions unassigned."""


class Outcome(StrEnum):
    BREACH = "breach"
    UNKNOWN = "unknown"


class Finding(Model):
    """A rule that a roster breaks, or that cannot be judged.

    ``rule`` is the stable id of the rule (``norm.rest``), ``norm`` that of the norm within the
    person's pack. ``figure`` and ``limit`` are in ``unit``. ``pinned``: a pin causes it.
    """

    rule: str
    outcome: Outcome
    severity: Severity
    basis: Basis | None = None
    source: str = ""
    physician: Id | None = None
    norm: Id | None = None
    figure: float | None = None
    limit: float | None = None
    unit: str = ""
    when: Interval | None = None
    targets: tuple[str, ...] = ()
    pinned: bool = False
    text: str


class TierValue(Model):
    """An objective tier as re-computed from the roster alone (``name`` as in ``TIERS``)."""

    name: str
    value: Count
    contributions: tuple[tuple[str, int], ...] = ()
    """(physician id, share of the value); what nobody causes is missing from the sum."""


class Report(Model):
    """The check of one roster against one region."""

    schema_version: Count = REPORT_SCHEMA_VERSION
    region_id: Id
    region_hash: str
    roster_revision: Count
    period: Interval
    sites: tuple[SiteCoverage, ...]
    findings: tuple[Finding, ...] = ()
    missing_sessions: tuple[tuple[str, int], ...] = ()
    """(session period id without ordinal, number missing)."""
    tiers: tuple[TierValue, ...] = ()
    changes: tuple[str, ...] = ()
    """How the region differs from the one the roster was made from."""

    @property
    def uncovered_site_minutes(self) -> int:
        """Value of the coverage tier: specific and general care, first line and backup."""
        return sum(site.uncovered_minutes + site.uncovered_general_minutes for site in self.sites)

    @property
    def hard_breaches(self) -> tuple[Finding, ...]:
        return tuple(
            finding
            for finding in self.findings
            if finding.severity is Severity.HARD and finding.outcome is Outcome.BREACH
        )

    @property
    def covered(self) -> bool:
        """Every site covered and no hard breach: nothing unknown, nothing missing.

        Where there is no site, nothing is covered.
        """
        return (
            bool(self.sites)
            and not self.hard_breaches
            and all(site.verdict is Coverage.COVERED for site in self.sites)
        )
