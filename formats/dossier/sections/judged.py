"""The eight preconditions, the checks beside them, and the documents that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from so247.audit.preconditions.words import EVIDENCE
from so247.formats.dossier.assertions import assertion
from so247.formats.dossier.blocks import (
    NOTHING,
    Block,
    Cell,
    Line,
    Row,
    Section,
    Table,
    Text,
    cell,
    line,
)
from so247.formats.dossier.plain import Names, day_words, same
from so247.formats.dossier.words import AGREEMENT, BANNER, NOT_ASKED, RECOMPUTED, STATUS
from so247.formats.words import Words
from so247.models.base import Valid
from so247.models.evidence import Evidence
from so247.models.proof import Judgement, Proof, Status
from so247.models.sites import Agreement

WORST = (Status.NOT_MET, Status.EXPIRED, Status.UNKNOWN, Status.MET)
"""What one practice lacks counts for all: worst first."""
HEAD: tuple[Words, ...] = (
    ("Randvoorwaarde", "Precondition"),
    ("Oordeel", "Status"),
    ("Tot en met", "Until"),
    ("Waarom, en waarop het rust", "Why, and what it rests on"),
)
WIDTHS = (34, 16, 14, 36)
ON_A_ROSTER = "5"
"""The precondition that a roster decides: an SO day and night."""
SIGNALLED: Words = ("telt niet mee in het eindoordeel", "not part of the verdict")


@dataclass(frozen=True)
class _Marks:
    """``known``: documents with a row of their own. ``banner``: the roster is not all promised."""

    known: frozenset[str]
    banner: Words | None

    def promised(self, key: str, status: Status | None) -> tuple[Line, ...]:
        """Beside "met" what is not: that somebody promised it."""
        if self.banner is None or key != ON_A_ROSTER or status is not Status.MET:
            return ()
        return (line(self.banner, sign="open", small=True),)


def _marks(proof: Proof) -> _Marks:
    return _Marks(_known(proof), BANNER.get(proof.basis))


def preconditions(proof: Proof, names: Names) -> Section:
    blocks: tuple[Block, ...] = (
        Text(
            (
                "Elk oordeel geldt voor elk moment van de opening tot het eind van de periode. "
                "Per praktijk waar dat zo hoort; de slechtste telt.",
                "Each holds at every moment from the opening to the end of the period. Per "
                "practice where it should be; the worst counts.",
            ),
            "note",
        ),
        Table(
            caption=("Oordeel per randvoorwaarde", "Status of each precondition"),
            head=HEAD,
            rows=tuple(_rows(proof.preconditions, names, _marks(proof), numbered=True)),
            widths=WIDTHS,
        ),
    )
    title = ("De acht randvoorwaarden", "The eight preconditions")
    return Section("randvoorwaarden", title, blocks, RECOMPUTED)


def checks(proof: Proof, names: Names) -> Section:
    """Labelled apart: what is not one of the eight."""
    return Section(
        "toetsen",
        ("Overige toetsen, los van de acht", "Other checks, apart from the eight"),
        (
            Table(
                caption=("Oordeel per toets", "Status of each check"),
                head=(("Toets", "Check"), *HEAD[1:]),
                rows=tuple(_rows(proof.checks, names, _marks(proof), numbered=False)),
                widths=WIDTHS,
            ),
        ),
        RECOMPUTED,
    )


def _rows(
    judgements: Iterable[Judgement], names: Names, marks: _Marks, *, numbered: bool
) -> Iterator[Row]:
    """One row for each key; under it one for each practice, where it is judged per practice."""
    by_key: dict[str, list[Judgement]] = {}
    for each in judgements:
        by_key.setdefault(each.key, []).append(each)
    for key, found in by_key.items():
        dutch, english = assertion(key)
        title = (f"{key}. {dutch}", f"{key}. {english}") if numbered else (dutch, english)
        heading = [line(title)]
        if not any(each.blocks for each in found):
            heading.append(line(SIGNALLED, small=True))
        groups = _alike(found)
        if len(groups) == 1:
            yield _row((*heading, *_who(groups[0], names)), groups[0], marks)
            continue
        yield _worst(tuple(heading), found, marks)
        for group in groups:
            yield _row(tuple(_who(group, names)), group, marks, part=True)


def _alike(judgements: Iterable[Judgement]) -> list[list[Judgement]]:
    """Judgements that say the same of several practices, together."""
    groups: dict[Judgement, list[Judgement]] = {}
    for each in judgements:
        said = each.model_copy(update={"practice": None, "evidence": ()})
        groups.setdefault(said, []).append(each)
    return list(groups.values())


def _who(group: Iterable[Judgement], names: Names) -> Iterator[Line]:
    """The practices that it is about."""
    practices = [names.place(each.practice) for each in group if each.practice]
    if practices:
        yield line(", ".join(practices), small=True)


def _worst(heading: tuple[Line, ...], found: list[Judgement], marks: _Marks) -> Row:
    asked = [each for each in found if each.applies]
    status = min((each.status for each in asked), key=WORST.index, default=None)
    ends = [each.until for each in asked if each.until]
    return Row(
        (
            Cell(heading),
            cell(status_line(status), *marks.promised(found[0].key, status)),
            cell(_until(min(ends, default=None))),
            cell(("verschilt per praktijk", "differs by practice")),
        )
    )


def _row(
    heading: tuple[Line, ...],
    group: list[Judgement],
    marks: _Marks,
    *,
    part: bool = False,
) -> Row:
    judged = group[0]
    status = judged.status if judged.applies else None
    why = [line((each.nl, each.en)) for each in judged.reasons]
    used = dict.fromkeys(name for each in group for name in each.evidence)
    rests = [_rests_on(each, marks.known) for each in used]
    return Row(
        (
            Cell(heading),
            cell(status_line(status), *marks.promised(judged.key, status)),
            cell(_until(judged.until if judged.applies else None)),
            cell(*why, *rests),
        ),
        part=part,
    )


def status_line(status: Status | None) -> Line:
    """A status as sign and word; ``None``: it is not asked for."""
    if status is None:
        return line(NOT_ASKED, sign="none")
    return line(STATUS[status], sign=status.value)


def _until(day: date | None) -> Words:
    return day_words(day) if day else NOTHING


def _rests_on(evidence: str, known: frozenset[str]) -> Line:
    anchor = f"bewijs-{evidence}" if evidence in known else ""
    return Line(same(evidence), small=True, anchor=anchor, inline=True)


def _known(proof: Proof) -> frozenset[str]:
    """Ids of the documents that have a row of their own."""
    documents = {each.id for each in _documents(proof)}
    return frozenset(documents | {each.id for each in _agreements(proof)})


def _documents(proof: Proof) -> tuple[Evidence, ...]:
    used = {name for each in (*proof.preconditions, *proof.checks) for name in each.evidence}
    found = proof.slice.evidence
    return tuple(each for each in found if each.site == proof.site or each.id in used)


def _agreements(proof: Proof) -> tuple[Agreement, ...]:
    """Those of the site whose id no document has."""
    taken = {each.id for each in _documents(proof)}
    ours = (each for each in proof.slice.agreements if each.site == proof.site)
    return tuple(each for each in ours if each.id not in taken)


def evidence(proof: Proof, names: Names) -> Section:
    rows = [_document(each, names) for each in _documents(proof)]
    rows += [_agreement(each, names) for each in _agreements(proof)]
    none = Text(("Er zijn geen bewijsstukken ingevoerd.", "No evidence was entered."), "warning")
    table = Table(
        caption=("Bewijsstukken en overeenkomsten", "Evidence and agreements"),
        head=(
            ("Bewijsstuk", "Evidence"),
            ("Soort", "Kind"),
            ("Van", "By"),
            ("Getekend", "Signed"),
            ("Geldig", "Valid"),
        ),
        rows=tuple(rows),
        widths=(28, 24, 18, 14, 16),
    )
    return Section("bewijs", ("Bewijsstukken", "Evidence"), (table,) if rows else (none,))


def _document(found: Evidence, names: Names) -> Row:
    by = [line(found.signer)] if found.signer else []
    by += [line(names.place(each), small=True) for each in (found.practice, found.partner) if each]
    kind = [line(EVIDENCE[found.kind])]
    if not found.agrees:
        kind.append(line(("stemt niet in", "does not agree"), sign=Status.NOT_MET.value))
    if found.clauses:
        listed = ", ".join(str(each) for each in found.clauses)
        kind.append(line((f"onderdelen {listed}", f"clauses {listed}"), small=True))
    return _paper(found.id, found.document, kind, by, found.signed_on, found)


def _agreement(found: Agreement, names: Names) -> Row:
    kind = [line(AGREEMENT[found.kind])]
    limits = [
        (found.phone_minutes, ("aan de telefoon", "by phone")),
        (found.on_site_minutes, ("ter plaatse", "on site")),
    ]
    for minutes, (dutch, english) in limits:
        if minutes is not None:
            words = (f"{dutch} binnen {minutes} min", f"{english} within {minutes} min")
            kind.append(line(words, small=True))
    by = [line(names.place(found.partner))]
    return _paper(found.id, found.id, kind, by, found.signed_on, found)


def _paper(
    name: str, title: str, kind: list[Line], by: list[Line], signed: date | None, valid: Valid
) -> Row:
    unsigned = line(("geen datum", "no date"), sign=Status.UNKNOWN.value)
    heading = [line(title)] + ([line(name, small=True)] if name != title else [])
    return Row(
        (
            Cell(tuple(heading)),
            cell(*kind),
            cell(*by),
            cell(line(day_words(signed)) if signed else unsigned),
            cell(*_validity(valid)),
        ),
        anchor=f"bewijs-{name}",
    )


def _validity(valid: Valid) -> Iterator[Words]:
    """Its first and last day, as far as there are any."""
    if valid.valid_from:
        dutch, english = day_words(valid.valid_from)
        yield f"vanaf {dutch}", f"from {english}"
    if valid.valid_until:
        dutch, english = day_words(valid.valid_until)
        yield f"t/m {dutch}", f"to {english}"
    else:
        yield "zonder einddatum", "no end date"
