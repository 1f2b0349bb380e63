"""``cover.backup_so``: who holds a first line without being an SO, and has no SO behind him."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from so247.audit.holdings import Case, Holding
from so247.audit.instants import minute, span
from so247.models.lines import Care, Position
from so247.models.norms import Severity
from so247.models.people import SO
from so247.models.report import Finding, Stretch

RULE = "cover.backup_so"


def check_backup_so(case: Case, unbacked: Iterable[tuple[str, Stretch]]) -> Iterator[Finding]:
    """One finding per assignment, from the stretches that coverage found (with their site)."""
    rows: dict[Holding, list[tuple[int, int, str, str]]] = {}
    for site, stretch in unbacked:
        start, end = minute(stretch.when.start), minute(stretch.when.end)
        why = next(reason.text for reason in stretch.reasons if reason.code == RULE)
        for holding in _causing(case, site, stretch, start, end):
            row = (max(start, holding.start), min(end, holding.end), site, why)
            rows.setdefault(holding, []).append(row)
    for holding, found in rows.items():
        sites = sorted({row[2] for row in found})
        yield case.finding(
            RULE,
            Severity.HARD,
            f"{holding.target}: {found[0][3]}, for {', '.join(sites)}",
            physician=holding.physician,
            when=span(min(row[0] for row in found), max(row[1] for row in found)),
            targets=(holding.target,),
        )


def _causing(case: Case, site: str, stretch: Stretch, start: int, end: int) -> Iterator[Holding]:
    """The roster's own assignments to a first line of the site by somebody who is no SO."""
    general = stretch.care is Care.GENERAL
    for name in stretch.holders:
        person = case.region.physician_by_id.get(name)
        if person is not None and person.role is SO:
            continue
        for holding in case.of_person.get(name, ()):
            line = holding.line
            if line is None or holding.past or holding.end <= start or holding.start >= end:
                continue
            fits = line.position is Position.FIRST_LINE and site in line.sites
            if fits and (line.care is Care.GENERAL) == general:
                yield holding
