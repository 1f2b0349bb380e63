"""What a coordinator reads after a solve or a check: tables of plain text, Dutch and English.

How they look on a terminal or a page is for others; what they say is decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from so247.formats.entries import Entry, entries, sites_of
from so247.formats.plain_names import namer
from so247.formats.tables import first_uncovered, names_of, site_reasons
from so247.formats.words import (
    BASIS,
    FINDING_KINDS,
    VERDICT,
    both,
    burden_words,
    finding_kind,
    hours,
    moment,
    points,
    tier_words,
)
from so247.models.clock import Interval
from so247.models.region import Region
from so247.models.report import Coverage, Finding, Report, SiteCoverage
from so247.models.result import Result, Tier
from so247.models.roster import Roster

Named = Callable[[str], str]
"""Puts names in a sentence."""
NONE = "–"
PROVEN = "bewezen / proven"
GIVEN_EARLIER = "bewezen, gegeven de lagen ervoor / proven given the tiers before"
OPEN = "niet bewezen / not proven"


@dataclass(frozen=True)
class CoverageRow:
    """One site: its verdict, time uncovered and unknown (h:mm), where that starts and why."""

    name: str
    verdict: str
    uncovered: str
    unknown: str
    first_uncovered: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class GapRow:
    """A stretch in which nobody holds a line; ``sites`` is the number that it serves then."""

    line: str
    start: str
    end: str
    duration: str
    sites: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class FairnessRow:
    """One person; per burden of ``Summary.burdens`` ``carried / fair`` in points."""

    name: str
    cells: tuple[str, ...]
    balance: str
    """Closing balance over all burdens: more than fair is above zero."""


@dataclass(frozen=True)
class TierRow:
    name: str
    value: str
    bound: str
    proven: str


@dataclass(frozen=True)
class FindingRow:
    name: str
    when: str
    figure: str
    """What was found and what is allowed: ``9 (grens / limit 11) hours``."""
    text: str
    basis: str
    pinned: bool


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one rule (and norm) and one kind: ``overtreding / hard breach``."""

    kind: str
    rule: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True)
class Summary:
    headline: str
    period: str
    covered: bool
    coverage: tuple[CoverageRow, ...]
    gaps: tuple[GapRow, ...]
    missing_sessions: tuple[tuple[str, str], ...]
    """(sessions of, number missing)."""
    burdens: tuple[str, ...]
    fairness: tuple[FairnessRow, ...]
    tiers: tuple[TierRow, ...]
    findings: tuple[FindingGroup, ...]
    """Worst first: hard, voluntary, soft, signal, unknown."""
    changes: tuple[str, ...]
    """How the region changed since the roster was made."""


def summarise(
    region: Region,
    roster: Roster,
    report: Report,
    result: Result | None = None,
    history: Sequence[Roster] = (),
) -> Summary:
    """The summary. Bounds and the fairness table are there only with a result.

    Raises ``RosterError`` for a roster of another region.
    """
    burdens, fairness = _fairness(region, result)
    named = namer(region)
    return Summary(
        headline=_headline(report),
        period=f"{moment(roster.period.start)} – {moment(roster.period.end)}",
        covered=report.covered,
        coverage=tuple(_coverage(site, named) for site in report.sites),
        gaps=_gaps(region, entries(region, roster, history), named),
        missing_sessions=tuple((name, str(number)) for name, number in report.missing_sessions),
        burdens=burdens,
        fairness=fairness,
        tiers=_tiers(report, result),
        findings=_findings(region, report, named),
        changes=report.changes,
    )


def _headline(report: Report) -> str:
    """How many sites meet the precondition, and how many hard breaches there are."""
    counts = {
        verdict: sum(site.verdict is verdict for site in report.sites) for verdict in Coverage
    }
    parts = [f"{counts[verdict]} {both(VERDICT[verdict])}" for verdict in Coverage]
    breaches = len(report.hard_breaches)
    return (
        f"SO 24/7 bereikbaar en inzetbaar, {len(report.sites)} locaties / sites: "
        f"{', '.join(parts)}; overtredingen / hard breaches: {breaches}"
    )


def _coverage(site: SiteCoverage, named: Named) -> CoverageRow:
    first = first_uncovered(site)
    return CoverageRow(
        name=site.name,
        verdict=both(VERDICT[site.verdict]),
        uncovered=hours(site.uncovered_minutes + site.uncovered_general_minutes),
        unknown=hours(site.unknown_minutes),
        first_uncovered=moment(first) if first else NONE,
        reasons=tuple(map(named, site_reasons(site))),
    )


def _gaps(region: Region, found: Iterable[Entry], named: Named) -> tuple[GapRow, ...]:
    """What nobody holds, per line; stretches that touch become one."""
    by_line: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.holder is None and entry.line:
            by_line[entry.line.id].append(entry)
    merged: list[list[Entry]] = []
    for holes in by_line.values():
        runs: list[list[Entry]] = []
        for hole in holes:
            if runs and runs[-1][-1].when.end == hole.when.start:
                runs[-1].append(hole)
            else:
                runs.append([hole])
        merged.extend(runs)
    merged.sort(key=lambda run: (run[0].when.start, run[0].target))
    return tuple(_gap(region, run, named) for run in merged)


def _gap(region: Region, run: Sequence[Entry], named: Named) -> GapRow:
    line = run[0].line
    when = Interval(start=run[0].when.start, end=run[-1].when.end)
    served = {site for hole in run for site in sites_of(region, hole)}
    return GapRow(
        line=line.name if line else "",
        start=moment(when.start),
        end=moment(when.end),
        duration=hours(when.minutes),
        sites=str(len(served)),
        reasons=tuple(dict.fromkeys(named(reason) for hole in run for reason in hole.reasons)),
    )


def _fairness(
    region: Region, result: Result | None
) -> tuple[tuple[str, ...], tuple[FairnessRow, ...]]:
    shares = result.shares if result is not None else ()
    burdens = tuple(dict.fromkeys(share.burden for share in shares))
    by_cell = {(share.physician, share.burden): share for share in shares}
    names = names_of(region)
    rows = []
    for person in dict.fromkeys(share.physician for share in shares):
        own = [by_cell.get((person, burden)) for burden in burdens]
        balance = sum(each.opening + each.carried - each.fair for each in own if each)
        rows.append(
            FairnessRow(
                name=names.get(person, person),
                cells=tuple(
                    f"{points(each.carried)} / {points(each.fair)}" if each else NONE
                    for each in own
                ),
                balance=points(balance),
            )
        )
    rows.sort(key=lambda row: row.name)
    return tuple(both(burden_words(burden)) for burden in burdens), tuple(rows)


def _tiers(report: Report, result: Result | None) -> tuple[TierRow, ...]:
    if result is not None and result.tiers:
        return tuple(
            TierRow(
                name=both(tier_words(tier.name)),
                value=f"{tier.value} {tier.unit}".rstrip(),
                bound=str(tier.bound),
                proven=_proven(tier),
            )
            for tier in result.tiers
        )
    return tuple(
        TierRow(name=both(tier_words(tier.name)), value=str(tier.value), bound=NONE, proven=NONE)
        for tier in report.tiers
    )


def _proven(tier: Tier) -> str:
    if not tier.proven:
        return OPEN
    return GIVEN_EARLIER if tier.conditional else PROVEN


def _findings(region: Region, report: Report, named: Named) -> tuple[FindingGroup, ...]:
    names = names_of(region)
    groups: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        rule = f"{finding.rule} ({finding.norm})" if finding.norm else finding.rule
        groups[FINDING_KINDS.index(finding_kind(finding)), rule].append(finding)
    return tuple(
        FindingGroup(
            kind=both(FINDING_KINDS[kind]),
            rule=rule,
            rows=tuple(_finding(each, names, named) for each in found),
        )
        for (kind, rule), found in sorted(groups.items())
    )


def _finding(finding: Finding, names: dict[str, str], named: Named) -> FindingRow:
    when = f"{moment(finding.when.start)} – {moment(finding.when.end)}" if finding.when else NONE
    basis = both(BASIS[finding.basis]) if finding.basis else ""
    return FindingRow(
        name=names.get(finding.physician, finding.physician) if finding.physician else NONE,
        when=when,
        figure=_figure(finding),
        text=named(finding.text),
        basis=", ".join(part for part in (basis, finding.source) if part) or NONE,
        pinned=finding.pinned,
    )


def _figure(finding: Finding) -> str:
    if finding.figure is None:
        return NONE
    text = _number(finding.figure)
    if finding.limit is not None:
        text += f" (grens / limit {_number(finding.limit)})"
    return f"{text} {finding.unit}".rstrip()


def _number(value: float) -> str:
    """With a decimal comma, and without decimals that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
