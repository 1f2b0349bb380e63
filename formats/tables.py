"""The flat tables behind spreadsheets, CSV files and DataFrames: columns, meaning and rows, once.

Values are plain: instants in UTC, minutes as whole numbers, points as decimals, codes as enums.
How a value is written is for the format to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from so247.formats.entries import Entry, entries, site_name
from so247.formats.words import (
    ANSWER,
    BASIS,
    BURDEN,
    CARE,
    COVERAGE,
    FINDING_KINDS,
    OUTCOME,
    POSITION,
    PRODUCT,
    SEVERITY,
    STATE,
    TIER,
    VERDICT,
    Words,
    finding_kind,
)
from so247.models.region import Region
from so247.models.report import Coverage, Finding, Report, SiteCoverage, Stretch
from so247.models.result import Result
from so247.models.roster import Roster

Value = str | int | float | bool | datetime | None


SEPARATOR = "; "
"""Between the values of a cell that holds several."""


class Kind(StrEnum):
    TEXT = "text"
    INSTANT = "instant"
    COUNT = "count"
    """A whole number: minutes, or a number of things."""
    DECIMAL = "decimal"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """``key`` is stable and English, ``title`` Dutch; ``words`` translates codes for people."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    words: Mapping[Any, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """``read_back``: people edit it and have it checked, so keys and codes stand as they are."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    read_back: bool = False


ASSIGNMENTS = (
    Column("start", "Begin", Kind.INSTANT),
    Column("end", "Einde", Kind.INSTANT),
    Column("minutes", "Minuten", Kind.COUNT),
    Column("line", "Dienstlijn"),
    Column("line_name", "Naam dienstlijn"),
    Column("position", "Positie", words=POSITION),
    Column("site", "Locatie"),
    Column("site_name", "Naam locatie"),
    Column("product", "Product", words=PRODUCT),
    Column("physician", "Arts"),
    Column("name", "Dienstdoende arts"),
    Column("contract", "Contract"),
    Column("state", "Toestand", words=STATE),
    Column("pinned", "Vastgezet", Kind.FLAG),
    Column("target", "Dienst of dagdeel"),
    Column("part", "Deel", Kind.COUNT),
    Column("revision", "Revisie", Kind.COUNT),
    Column("reasons", "Redenen"),
)
COVERAGE_BY_SITE = (
    Column("site", "Locatie"),
    Column("name", "Naam"),
    Column("verdict", "Oordeel", words=VERDICT),
    Column("examined_from", "Getoetst vanaf", Kind.INSTANT),
    Column("examined_until", "Getoetst tot", Kind.INSTANT),
    Column("required_minutes", "Vereiste minuten", Kind.COUNT),
    Column("uncovered_minutes", "Ongedekte minuten", Kind.COUNT),
    Column("unknown_minutes", "Niet vast te stellen minuten", Kind.COUNT),
    Column("uncovered_general_minutes", "Ongedekt algemene zorg", Kind.COUNT),
    Column("first_uncovered", "Eerste gat", Kind.INSTANT),
    Column("reasons", "Redenen"),
)
STRETCHES = (
    Column("site", "Locatie"),
    Column("name", "Naam"),
    Column("start", "Begin", Kind.INSTANT),
    Column("end", "Einde", Kind.INSTANT),
    Column("minutes", "Minuten", Kind.COUNT),
    Column("care", "Zorg", words=CARE),
    Column("position", "Positie", words=POSITION),
    Column("coverage", "Dekking", words=COVERAGE),
    Column("reachable", "Bereikbaar", words=ANSWER),
    Column("deployable", "Inzetbaar", words=ANSWER),
    Column("holders", "Dienstdoenden"),
    Column("reasons", "Redenen"),
)
FINDINGS = (
    Column("kind", "Soort", words={each[1]: each for each in FINDING_KINDS}),
    Column("rule", "Regel"),
    Column("outcome", "Uitkomst", words=OUTCOME),
    Column("severity", "Zwaarte", words=SEVERITY),
    Column("basis", "Grondslag", words=BASIS),
    Column("source", "Bron"),
    Column("physician", "Arts"),
    Column("name", "Naam"),
    Column("norm", "Norm"),
    Column("figure", "Waarde", Kind.DECIMAL),
    Column("limit", "Grens", Kind.DECIMAL),
    Column("unit", "Eenheid"),
    Column("start", "Begin", Kind.INSTANT),
    Column("end", "Einde", Kind.INSTANT),
    Column("pinned", "Vastgezet", Kind.FLAG),
    Column("targets", "Diensten of dagdelen"),
    Column("text", "Toelichting"),
)
FAIRNESS = (
    Column("physician", "Arts"),
    Column("name", "Naam"),
    Column("burden", "Soort last", words=BURDEN),
    Column("opening", "Beginsaldo", Kind.DECIMAL),
    Column("carried", "Gedragen punten", Kind.DECIMAL),
    Column("fair", "Eerlijk aandeel", Kind.DECIMAL),
    Column("closing", "Eindsaldo", Kind.DECIMAL),
)
TIERS = (
    Column("tier", "Laag", words=TIER),
    Column("value", "Waarde", Kind.COUNT),
    Column("bound", "Bewezen ondergrens", Kind.COUNT),
    Column("proven", "Bewezen", Kind.FLAG),
    Column("conditional", "Onder voorbehoud van eerdere lagen", Kind.FLAG),
    Column("unit", "Eenheid"),
)
MISSING_SESSIONS = (
    Column("session_period", "Dagdelen van"),
    Column("missing", "Ontbreken", Kind.COUNT),
)


def assignments_table(region: Region, roster: Roster, history: Sequence[Roster] = ()) -> Table:
    """Every standing part, and without physician and state every hole."""
    rows = tuple(_assignment(region, each) for each in entries(region, roster, history))
    return Table("assignments", "Toewijzingen", ASSIGNMENTS, rows, read_back=True)


def coverage_table(report: Report) -> Table:
    """The verdict per site."""
    rows = tuple(_site(each) for each in report.sites)
    return Table("coverage", "Dekking", COVERAGE_BY_SITE, rows)


def stretches_table(report: Report, names: Mapping[str, str]) -> Table:
    """Every stretch that is not covered, or not known to be. ``names``: of holders, by id."""
    rows = tuple(_stretch(site, each, names) for site in report.sites for each in site.stretches)
    return Table("coverage_gaps", "Dekkingsgaten", STRETCHES, rows)


def findings_table(report: Report, names: Mapping[str, str]) -> Table:
    """What the check found. ``names``: of people, by id."""
    rows = tuple(_finding(each, names) for each in report.findings)
    return Table("findings", "Bevindingen", FINDINGS, rows)


def fairness_table(result: Result, names: Mapping[str, str]) -> Table:
    """Points per person and burden. ``names``: of people, by id."""
    rows = tuple(
        (
            share.physician,
            names.get(share.physician, share.physician),
            share.burden,
            share.opening / 1000,
            share.carried / 1000,
            share.fair / 1000,
            (share.opening + share.carried - share.fair) / 1000,
        )
        for share in result.shares
    )
    return Table("fairness", "Verdeling", FAIRNESS, rows)


def tiers_table(report: Report, result: Result | None = None) -> Table:
    """The objective tiers; without a result only their values, as the check re-computed them."""
    rows: tuple[tuple[Value, ...], ...]
    if result is not None and result.tiers:
        rows = tuple(
            (each.name, each.value, each.bound, each.proven, each.conditional, each.unit)
            for each in result.tiers
        )
    else:
        rows = tuple((each.name, each.value, None, None, None, None) for each in report.tiers)
    return Table("tiers", "Lagen", TIERS, rows)


def missing_sessions_table(report: Report) -> Table:
    """Sessions asked for and not held."""
    return Table(
        "missing_sessions", "Ontbrekende dagdelen", MISSING_SESSIONS, report.missing_sessions
    )


def names_of(region: Region) -> dict[str, str]:
    """Names of people and organisations by id."""
    names = {each.id: each.name for each in region.gp_posts}
    names.update({each.id: each.name for each in region.organisations})
    names.update({each.id: each.name for each in region.physicians})
    return names


def _assignment(region: Region, entry: Entry) -> tuple[Value, ...]:
    held = entry.holder is not None
    return (
        entry.when.start,
        entry.when.end,
        entry.when.minutes,
        entry.line.id if entry.line else None,
        entry.line.name if entry.line else None,
        entry.line.position if entry.line else None,
        entry.site,
        site_name(region, entry.site) if entry.site else None,
        entry.product,
        entry.holder,
        entry.name if held else None,
        entry.contract,
        entry.state if held else None,
        entry.pinned,
        entry.target,
        entry.part,
        entry.revision,
        SEPARATOR.join(entry.reasons) or None,
    )


def _site(site: SiteCoverage) -> tuple[Value, ...]:
    return (
        site.site,
        site.name,
        site.verdict,
        site.examined.start if site.examined else None,
        site.examined.end if site.examined else None,
        site.required_minutes,
        site.uncovered_minutes,
        site.unknown_minutes,
        site.uncovered_general_minutes,
        first_uncovered(site),
        SEPARATOR.join(site_reasons(site)) or None,
    )


def first_uncovered(site: SiteCoverage) -> datetime | None:
    """The first uncovered instant, of any kind of care and position."""
    uncovered = [each for each in site.stretches if each.coverage is Coverage.UNCOVERED]
    return min((each.when.start for each in uncovered), default=None)


def site_reasons(site: SiteCoverage) -> tuple[str, ...]:
    """Why a site is not covered or not known to be: each once, the uncovered before the unknown."""
    ordered = sorted(site.stretches, key=lambda each: each.coverage is not Coverage.UNCOVERED)
    texts = [reason.text for stretch in ordered for reason in stretch.reasons]
    return tuple(dict.fromkeys([*texts, *(note.text for note in site.notes)]))


def _stretch(site: SiteCoverage, stretch: Stretch, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        site.site,
        site.name,
        stretch.when.start,
        stretch.when.end,
        stretch.when.minutes,
        stretch.care,
        stretch.position,
        stretch.coverage,
        stretch.reachable,
        stretch.deployable,
        SEPARATOR.join(names.get(each, each) for each in stretch.holders) or None,
        SEPARATOR.join(reason.text for reason in stretch.reasons) or None,
    )


def _finding(finding: Finding, names: Mapping[str, str]) -> tuple[Value, ...]:
    person = finding.physician
    return (
        finding_kind(finding)[1],
        finding.rule,
        finding.outcome,
        finding.severity,
        finding.basis,
        finding.source or None,
        person,
        names.get(person, person) if person else None,
        finding.norm,
        finding.figure,
        finding.limit,
        finding.unit or None,
        finding.when.start if finding.when else None,
        finding.when.end if finding.when else None,
        finding.pinned,
        SEPARATOR.join(finding.targets) or None,
        finding.text,
    )
