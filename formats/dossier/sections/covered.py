"""Coverage of the site: the share, the gaps, and who is on duty from week to week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from so247.formats.dossier.blocks import (
    Block,
    Facts,
    Line,
    Row,
    Section,
    Table,
    Text,
    Timeline,
    cell,
    figure,
    line,
)
from so247.formats.dossier.drawing import strip
from so247.formats.dossier.plain import Names, hours_words, moment_words, number, share_words
from so247.formats.dossier.rules import REASON, reason_words
from so247.formats.dossier.timeline import Week, weeks
from so247.formats.dossier.words import (
    ANSWERED,
    BASIS,
    COVERAGE,
    COVERAGE_SIGN,
    NOT_ASKED,
    PLACE,
    RECOMPUTED,
    words_of,
)
from so247.formats.tables import first_uncovered
from so247.formats.words import Words
from so247.models.lines import Care
from so247.models.proof import Proof
from so247.models.report import Coverage, SiteCoverage, Stretch

MOST_GAPS = 40
"""So many are listed one by one; more are added up by reason."""
TITLE: Words = ("Dekking en dekkingsgaten", "Coverage and gaps")


def coverage(proof: Proof, names: Names) -> Section:
    found = proof.coverage
    if found is None:
        words = (
            "De dekking is niet berekend; er kan niets over worden gezegd.",
            "Coverage was not computed; nothing can be said of it.",
        )
        return Section("dekking", TITLE, (Text(words, "warning"),))
    blocks: list[Block] = [_facts(proof, found)]
    if found.notes:
        blocks.append(_notes(found, names))
    blocks.extend(_gaps(found, names))
    if proof.uncovered_elsewhere:
        blocks.append(_elsewhere(proof, names))
    return Section("dekking", TITLE, tuple(blocks), RECOMPUTED)


def covered_share(found: SiteCoverage) -> Words:
    """The share of required minutes that is surely covered; unknown is not."""
    surely = found.required_minutes - found.uncovered_minutes - found.unknown_minutes
    return share_words(surely, found.required_minutes)


def _facts(proof: Proof, found: SiteCoverage) -> Facts:
    first = first_uncovered(found)
    none = ("geen", "none")
    items: list[tuple[Words, Words]] = [
        (("Oordeel over 24/7", "24/7 test"), COVERAGE[found.verdict]),
        (("Berekend met", "Computed from"), BASIS[proof.basis]),
        (("Zeker gedekt", "Surely covered"), covered_share(found)),
        (("Vereist (voor- en achterwacht samen)", "Required (first line and backup together)"),
         hours_words(found.required_minutes)),
        (("Niet gedekt", "Uncovered"), hours_words(found.uncovered_minutes)),
        (("Niet vast te stellen", "Unknown"), hours_words(found.unknown_minutes)),
        (("Eerste onbedekte moment", "First uncovered moment"),
         moment_words(first) if first else none),
    ]  # fmt: skip
    if proof.cover is not None:
        asked = ("Bestaat er een rooster dat alles dekt?", "Does any roster cover everything?")
        items.append((asked, ANSWERED[proof.cover]))
    if any(each.care is Care.GENERAL for each in found.stretches):
        label = ("Algemene zorg, niet gedekt", "General care, uncovered")
        items.append((label, hours_words(found.uncovered_general_minutes)))
    return Facts(tuple(items))


def _notes(found: SiteCoverage, names: Names) -> Table:
    """What else decided the verdict, besides minutes."""
    return Table(
        caption=("Wat verder telt", "What else counts"),
        head=(("Bevinding", "Finding"),),
        rows=tuple(
            Row((cell(reason_words(each.code, each.text, names)),))
            for each in found.notes[:MOST_GAPS]
        ),
        widths=(100,),
    )


def _gaps(found: SiteCoverage, names: Names) -> list[Block]:
    if not found.stretches:
        if found.verdict is Coverage.COVERED:
            return [Text(("Er zijn geen dekkingsgaten.", "There are no gaps."))]
        return []
    shown = found.stretches[:MOST_GAPS]
    blocks: list[Block] = [
        Table(
            caption=("Dekkingsgaten, op volgorde van tijd", "Gaps, in order of time"),
            head=(
                ("Begin", "Start"),
                ("Einde", "End"),
                ("Duur", "Length"),
                ("Wat", "What"),
                ("Reden", "Reason"),
            ),
            rows=tuple(_gap(each, names) for each in shown),
            widths=(17, 17, 10, 21, 35),
        )
    ]
    rest = len(found.stretches) - len(shown)
    if rest:
        count = number(rest)
        blocks.append(
            Text(
                (
                    f"Nog {count[0]} andere staan in proof.json; hieronder alle, opgeteld.",
                    f"Another {count[1]} are in proof.json; below all of them, added up.",
                ),
                "note",
            )
        )
        blocks.append(_by_reason(found.stretches))
    return blocks


def _gap(stretch: Stretch, names: Names) -> Row:
    why = [line(reason_words(each.code, each.text, names)) for each in stretch.reasons]
    holders = [line(names.people(stretch.holders), small=True)] if stretch.holders else []
    return Row(
        (
            cell(moment_words(stretch.when.start)),
            cell(moment_words(stretch.when.end)),
            figure(hours_words(stretch.when.minutes)),
            cell(
                line(COVERAGE[stretch.coverage], sign=COVERAGE_SIGN[stretch.coverage]),
                line(PLACE[stretch.care, stretch.position], small=True),
            ),
            cell(*why, *holders),
        )
    )


def _by_reason(stretches: Sequence[Stretch]) -> Table:
    groups: dict[tuple[Words, Coverage, tuple[str, ...]], list[Stretch]] = defaultdict(list)
    for each in stretches:
        codes = tuple(dict.fromkeys(reason.code for reason in each.reasons))
        groups[PLACE[each.care, each.position], each.coverage, codes].append(each)
    return Table(
        caption=("Dekkingsgaten, opgeteld per reden", "Gaps, added up by reason"),
        head=(
            ("Reden", "Reason"),
            ("Wat", "What"),
            ("Aantal", "Number"),
            ("Duur", "Length"),
        ),
        rows=tuple(
            Row(
                (
                    cell(*(words_of(REASON, code) for code in codes)),
                    cell(line(COVERAGE[state], sign=COVERAGE_SIGN[state]), line(place, small=True)),
                    figure(number(len(found))),
                    figure(hours_words(sum(each.when.minutes for each in found))),
                )
            )
            for (place, state, codes), found in groups.items()
        ),
        widths=(46, 26, 12, 16),
    )


def _elsewhere(proof: Proof, names: Names) -> Block:
    """The other sites at which something is uncovered, or that there are none."""
    short = [(site, minutes) for site, minutes in proof.uncovered_elsewhere if minutes]
    if not short:
        count = number(len(proof.uncovered_elsewhere))
        return Text(
            (
                f"Op de andere locaties die al open zijn ({count[0]}) is geen minuut ongedekt.",
                f"At the other sites that are open already ({count[1]}) no minute is uncovered.",
            )
        )
    return Table(
        caption=(
            "Ongedekt op de andere locaties die al open zijn",
            "Uncovered at the other sites that are open already",
        ),
        head=(("Locatie", "Site"), ("Niet gedekt", "Uncovered")),
        rows=tuple(
            Row((cell(names.place(site)), figure(hours_words(minutes)))) for site, minutes in short
        ),
        widths=(70, 30),
    )


def timeline(proof: Proof) -> Section | None:
    """The weeks as a picture, and the same as a table for whoever does not see it."""
    found = weeks(proof)
    if not found:
        return None
    how = (
        "Elke balk is een week van maandag tot en met zondag, in plaatselijke tijd. "
        "Gestreept en met een driehoek: niet gedekt. Gestippeld: niet vast te stellen. Grijs: "
        "niet onderzocht, of niemand nodig.",
        "Each bar is a week from Monday to Sunday, in local time. Hatched and with a triangle: "
        "uncovered. Dotted: unknown. Grey: not examined, or nobody needed.",
    )
    blocks = (Text(how, "note"), Timeline(tuple(strip(week) for week in found)), _duties(found))
    title = ("Wie heeft wanneer dienst", "Who is on duty when")
    return Section("weken", title, blocks, RECOMPUTED)


def _duties(found: Sequence[Week]) -> Table:
    pieces = [
        (band, piece)
        for week in found
        for band in week.bands
        for piece in band.pieces
        if piece.state != "outside"
    ]
    pieces.sort(key=lambda each: each[1].when.start)
    return Table(
        caption=("Alle diensten als tabel", "All duties as a table"),
        head=(
            ("Begin", "Start"),
            ("Einde", "End"),
            ("Lijn", "Line"),
            ("Dienstdoende arts", "Holder"),
            ("Dekking", "Coverage"),
        ),
        rows=tuple(
            Row(
                (
                    cell(moment_words(piece.when.start)),
                    cell(moment_words(piece.when.end)),
                    cell(PLACE[band.care, band.position]),
                    cell(*piece.holders),
                    cell(state_line(piece.state)),
                )
            )
            for band, piece in pieces
        ),
        widths=(22, 22, 16, 22, 18),
        folded=True,
    )


def state_line(state: str) -> Line:
    """A piece's state as sign and word."""
    if state == "outside":
        return line(NOT_ASKED, sign="none")
    answer = Coverage(state)
    return line(COVERAGE[answer], sign=COVERAGE_SIGN[answer])
