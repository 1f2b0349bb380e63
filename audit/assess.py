"""``assess``: one site's preconditions, checks and verdict, from everything that is known.

docs/PROOF.md says what every word means. Searching for a roster is not done here: a roster, a
witness or the solver's answer comes in, and is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from so247.audit.examined import Examined, examine
from so247.audit.preconditions import Question, checks, preconditions
from so247.audit.responsibility import readings
from so247.audit.verdict import Grounds, decide, ends_on
from so247.audit.verdict_summary import summarise
from so247.audit.verdict_warnings import warnings_of
from so247.models.calendar import open_interval
from so247.models.clock import Interval
from so247.models.errors import InputError, NotFound, Problem
from so247.models.proof import (
    Answered,
    CellReading,
    CoverageBasis,
    Judgement,
    Said,
    Verdict,
)
from so247.models.region import Region
from so247.models.report import Report, SiteCoverage
from so247.models.roster import Roster


@dataclass(frozen=True)
class Assessment:
    """What is said of one site; the fields are those of ``models.proof.Proof``."""

    basis: CoverageBasis
    coverage: SiteCoverage | None
    uncovered_elsewhere: tuple[tuple[str, int], ...]
    preconditions: tuple[Judgement, ...]
    checks: tuple[Judgement, ...]
    readings: tuple[CellReading, ...]
    warnings: tuple[Said, ...]
    verdict: Verdict
    until: date | None
    summary: tuple[Said, ...]


def assess(
    region: Region,
    site: str,
    period: Interval,
    roster: Roster | None,
    history: Sequence[Roster] = (),
    *,
    witness: bool = False,
    cover: Answered | None = None,
    voluntary_norms: tuple[str, ...] = (),
    report: Report | None = None,
) -> Assessment:
    """Judge a site from its opening (or the period's start) to the period's end.

    ``roster`` is what is rostered (``None``: nothing); ``witness``: it was made for the proof, so
    nobody promised it. ``cover``: the solver's answer to whether any roster covers the required
    sites; ``voluntary_norms``: norms without which one does. ``report``: the check of this roster
    ``within`` the asked period, where it was made already (it is made here otherwise).

    Raises ``NotFound`` for an unknown site, ``InputError`` when it opens after the period or a
    roster cannot be checked.
    """
    asked = _asked(region, site, period)
    found = examine(region, site, asked, roster, history, witness=witness, report=report)
    question = Question(
        region=region,
        name=site,
        period=asked,
        coverage=found.coverage,
        breaches=tuple(each for each in found.breaches if _touches(each.when, asked)),
        holders=found.holders,
        lacking=found.lacking,
        cover=cover,
        voluntary_norms=voluntary_norms,
    )
    return _assessment(question, found, roster)


def _assessment(question: Question, found: Examined, roster: Roster | None) -> Assessment:
    grounds = Grounds(
        question=question,
        examined=found,
        preconditions=preconditions(question),
        checks=checks(question),
        roster_period=roster.period if roster is not None else None,
    )
    verdict = decide(grounds)
    until = ends_on(grounds)
    return Assessment(
        basis=found.basis,
        coverage=found.coverage,
        uncovered_elsewhere=found.elsewhere,
        preconditions=grounds.preconditions,
        checks=grounds.checks,
        readings=readings(question.region, question.name),
        warnings=warnings_of(question, found.changes),
        verdict=verdict,
        until=until,
        summary=summarise(grounds, verdict, until),
    )


def _touches(when: Interval | None, asked: Interval) -> bool:
    """Whether something that was broken then concerns the period; ``None``: it has no moment."""
    return when is None or (when.end >= asked.start and when.start < asked.end)


def _asked(region: Region, site: str, period: Interval) -> Interval:
    """The part of the period in which the site is open."""
    if site not in region.site_by_id:
        near = get_close_matches(site, sorted(region.site_by_id), n=1)
        advice = f"Maybe you meant {near[0]}." if near else "Maybe it is called otherwise there."
        raise NotFound(f"{site}: region {region.id} has no such facility or GP group. {advice}")
    asked = open_interval(region, site, period)
    if asked is None:
        problem = Problem(
            message=f"{site} opens after the period that is asked about",
            value=str(region.opening_of(site)),
            advice="Maybe ask from its opening date on.",
        )
        raise InputError([problem])
    return asked
