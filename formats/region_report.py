"""A region report as a page of blocks: for a terminal and for HTML the same; and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from so247.formats.dossier.blocks import (
    Bullets,
    Facts,
    Figure,
    Page,
    Section,
)
from so247.formats.dossier.plain import Names, day_words, long_day, same
from so247.formats.dossier.words import BANNER, BASIS, VERDICT_SIGN
from so247.formats.region_sections import LATER, SHORT, capacity, employers, lacking, lines, sites
from so247.formats.words import Words, hours
from so247.models.clock import local_day
from so247.models.proof import Verdict
from so247.models.region import Region
from so247.models.region_report import (
    RegionReport,
)

TITLE: Words = ("Regiobeeld 24/7", "Region report 24/7")
ABOUT: tuple[Words, ...] = (
    ("Dit overzicht rapporteert; mensen beslissen.", "This reports; people decide."),
    (
        "Het gaat over geplande dekking, en is geen juridisch advies.",
        "It is about planned coverage, and is no legal advice.",
    ),
    (
        "Een volledig bewijs van één locatie geeft so247 prove.",
        "so247 prove gives the whole proof of one site.",
    ),
)


def region_report_to_json(report: RegionReport) -> bytes:
    """UTF-8 JSON, keys sorted: the same report gives the same bytes."""
    text = json.dumps(report.model_dump(mode="json"), sort_keys=True, indent=1, ensure_ascii=False)
    return (text + "\n").encode()


def region_page(region: Region, report: RegionReport) -> Page:
    """The report in reading order: how many sites stand how, each of them, what it leans on."""
    names = Names(region)
    return Page(
        site=report.name,
        facts=_facts(report),
        basis=report.basis.value,
        banner=BANNER.get(report.basis),
        sign=_sign(report),
        verdict=_headline(report),
        until=_period(report),
        summary=tuple((each.nl, each.en) for each in (*report.changes, *report.notes[:1])),
        figures=tuple(_figures(report)),
        sections=tuple(_sections(report, names)),
    )


def _facts(report: RegionReport) -> Facts:
    items: list[tuple[Words, Words]] = [
        (("Regio", "Region"), same(report.name)),
        (("Peildatum", "Seen on"), long_day(report.today)),
        (("Periode", "Period"), _period(report)),
        (("Dekking berekend met", "Coverage computed from"), BASIS[report.basis]),
    ]
    if report.roster_revision is not None:
        items.append((("Rooster, revisie", "Roster, revision"), same(str(report.roster_revision))))
    return Facts(tuple(items))


def _period(report: RegionReport) -> Words:
    first = day_words(local_day(report.period.start))
    last = day_words(local_day(report.period.end - timedelta(minutes=1)))
    return f"{first[0]} t/m {last[0]}", f"{first[1]} to {last[1]}"


def _sign(report: RegionReport) -> str:
    """That of the worst site: only where all meet is it the sign of something met."""
    order = (Verdict.IMPOSSIBLE, Verdict.NOT_YET, Verdict.UNKNOWN, Verdict.COVERABLE, Verdict.MEETS)
    found = {each.verdict for each in report.sites}
    return next((VERDICT_SIGN[each] for each in order if each in found), "unknown")


def _headline(report: RegionReport) -> Words:
    """How many sites stand how, best first."""
    parts = [(report.count(verdict), words) for verdict, words in SHORT.items()]
    later = sum(each.verdict is None for each in report.sites)
    counted = [(number, words) for number, words in (*parts, (later, LATER)) if number]
    total = len(report.sites)
    nl = "; ".join(f"{number} {words[0]}" for number, words in counted)
    en = "; ".join(f"{number} {words[1]}" for number, words in counted)
    return f"{total} locaties: {nl}", f"{total} sites: {en}"


def _figures(report: RegionReport) -> Iterator[Figure]:
    gap = sum(each.uncovered_minutes for each in report.sites)
    general = sum(each.uncovered_general_minutes for each in report.sites)
    label = ("locatie-uren zonder SO", "site-hours without an SO")
    yield Figure(same(hours(gap)), label)
    if general:
        label = ("locatie-uren zonder algemene zorg", "site-hours without general care")
        yield Figure(same(hours(general)), label)
    fewest = report.capacity.fewest
    short = ("?", "?") if fewest is None else same(str(fewest))
    yield Figure(short, ("diensten die minstens onbezet blijven", "duties that stay unfilled"))
    alone = sum(each.duties for row in report.lines for each in row.alone)
    yield Figure(same(str(alone)), ("diensten die op één arts leunen", "duties that lean on one"))
    employers = sum(bool(each.physicians) for each in report.employers)
    yield Figure(same(str(employers)), ("werkgevers met artsen", "employers with physicians"))


def _sections(report: RegionReport, names: Names) -> Iterator[Section]:
    yield sites(report)
    if any(each.failing for each in report.sites):
        yield lacking(report)
    yield capacity(report, names)
    yield lines(report, names)
    yield employers(report)
    yield Section("verantwoording", ("Over dit overzicht", "About this report"), (Bullets(ABOUT),))
