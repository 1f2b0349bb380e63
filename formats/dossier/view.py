"""A proof as a page: what stands where, once for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from so247.formats.dossier.assertions import PRECONDITION
from so247.formats.dossier.blocks import Facts, Figure, Page, Section
from so247.formats.dossier.plain import Names, long_day, same
from so247.formats.dossier.sections import covered, footing, judged, missing, strength
from so247.formats.dossier.words import (
    BANNER,
    BASIS,
    RULE_SET,
    SETTING,
    UNTIL,
    VERDICT,
    VERDICT_SIGN,
    WITH,
)
from so247.formats.words import Words
from so247.models.clock import Interval, local_day
from so247.models.proof import Proof, Status
from so247.models.sites import Facility


def view(proof: Proof) -> Page:
    """The page of a proof.

    Raises ``InputError`` for a proof that is not about a site of its own slice, or whose roster is
    another region's.
    """
    names = Names(proof.slice)
    return Page(
        site=names.place(proof.site),
        facts=_facts(proof, names),
        basis=proof.basis.value,
        banner=BANNER.get(proof.basis),
        sign=VERDICT_SIGN[proof.verdict],
        verdict=VERDICT[proof.verdict],
        until=_until(proof),
        summary=tuple((each.nl, each.en) for each in proof.summary),
        figures=tuple(_figures(proof)),
        sections=tuple(each for each in _sections(proof, names) if each is not None),
    )


def _sections(proof: Proof, names: Names) -> Iterator[Section | None]:
    """In reading order: what is asked, why not, how sure, and on what it rests."""
    yield missing.why_not(proof, names)
    yield judged.preconditions(proof, names)
    if proof.checks:
        yield judged.checks(proof, names)
    yield covered.coverage(proof, names)
    yield covered.timeline(proof)
    yield strength.absences(proof, names)
    yield strength.headroom(proof, names)
    yield footing.responsibility(proof)
    yield judged.evidence(proof, names)
    yield footing.assumptions(proof)
    yield footing.trust(proof)
    yield footing.norms(proof)
    yield footing.about(proof)


def _facts(proof: Proof, names: Names) -> Facts:
    site = proof.slice.site_by_id[proof.site]
    items: list[tuple[Words, Words]] = [
        (("Locatie", "Site"), same(names.place(proof.site))),
        (("Regio", "Region"), same(proof.slice.name)),
        (("Periode", "Period"), _period(proof.period)),
    ]
    if isinstance(site, Facility):
        items.append((("Verblijfssituatie", "Setting"), SETTING[site.setting]))
        group = same(names.place(site.gp_group)) if site.gp_group else ("geen", "none")
        items.append((("Huisartsengroep", "GP group"), group))
        if site.opening_date:
            items.append((("Opening", "Opening"), long_day(site.opening_date)))
    items.append((("Regelset", "Rule set"), RULE_SET[proof.rule_set]))
    items.append((("Dekking berekend met", "Coverage computed from"), BASIS[proof.basis]))
    return Facts(tuple(items))


def _period(period: Interval) -> Words:
    """Its first and last day."""
    first = long_day(local_day(period.start))
    last = long_day(local_day(period.end - timedelta(minutes=1)))
    return f"{first[0]} t/m {last[0]}", f"{first[1]} to {last[1]}"


def _until(proof: Proof) -> Words:
    if proof.until is None:
        return "er is geen dag tot wanneer dit geldt", "there is no day until which this holds"
    dutch, english = long_day(proof.until)
    until = UNTIL[proof.verdict]
    return f"{until[0]} {dutch}", f"{until[1]} {english}"


def _figures(proof: Proof) -> Iterator[Figure]:
    with_it = WITH.get(proof.basis)
    asked = [each for each in proof.preconditions if each.applies]
    if asked:
        keys = {each.key for each in asked if each.key in PRECONDITION}
        short = {each.key for each in asked if each.status is not Status.MET}
        met = len(keys - short)
        yield Figure(
            (f"{met} van {len(keys)}", f"{met} of {len(keys)}"),
            (
                "randvoorwaarden voldaan"
                if with_it is None
                else f"randvoorwaarden zouden voldaan zijn {with_it[0]}",
                "preconditions met"
                if with_it is None
                else f"preconditions would be met {with_it[1]}",
            ),
        )
    if proof.coverage is not None and proof.coverage.required_minutes:
        yield Figure(
            covered.covered_share(proof.coverage),
            ("van de vereiste tijd zeker gedekt", "of the required time surely covered")
            if with_it is None
            else (
                f"van de vereiste tijd gedekt {with_it[0]}",
                f"of the required time covered {with_it[1]}",
            ),
        )
    if proof.why_not is not None and proof.why_not.extra is not None:
        duties = proof.why_not.extra.duties
        yield Figure(
            same(f"+{duties}"),
            ("diensten extra nodig, ten minste", "duties more are needed, at least"),
        )
    for each in proof.robustness[:1]:
        yield Figure(
            strength.survived_share(each),
            (
                f"op te vangen bij {each.absence_days} dagen uitval",
                f"of losses of {each.absence_days} days can be repaired",
            ),
        )
