"""What the dossier rests on: readings of documents, assumptions, solves, norms; what it is."""

from __future__ import annotations

from collections.abc import Iterator

from so247.audit.responsibility import COLUMNS, Column, rows, sources
from so247.formats.dossier.blocks import (
    Block,
    Bullets,
    Cell,
    Facts,
    Heading,
    Line,
    Row,
    Section,
    Table,
    Text,
    cell,
    figure,
    line,
)
from so247.formats.dossier.norm_words import SEVERITY, norm_words
from so247.formats.dossier.plain import number, same
from so247.formats.dossier.sections.solves import solve_table
from so247.formats.dossier.words import (
    INFERRED,
    RECOMPUTED,
    SOURCES_DIFFER,
)
from so247.formats.words import Words
from so247.models.clock import Interval, days_touched
from so247.models.norms import Basis, Norm, RulePack
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import Physician
from so247.models.proof import CellReading, CoverageBasis, Proof, Said

DAGGER = "†"


def responsibility(proof: Proof) -> Section | None:
    """One row for each setting; documents that differ stand under each other in one cell."""
    if not proof.readings:
        return None
    columns = tuple(dict.fromkeys(each.column for each in proof.readings))
    kinds = dict.fromkeys((each.setting, each.indication) for each in proof.readings)
    table = Table(
        caption=("Wie waarvoor verantwoordelijk is", "Who answers for what"),
        head=(("Verblijfssituatie", "Setting"), *(_column(each) for each in columns)),
        rows=tuple(_setting(proof.readings, kind, columns) for kind in kinds),
        widths=(20, *(80 // len(columns) for _ in columns)),
    )
    blocks: list[Block] = [table]
    if any(each.inferred for each in proof.readings):
        blocks.append(Text(INFERRED, "note"))
    blocks.append(Bullets(tuple(same(f"{each.id}: {each.title}") for each in sources())))
    blocks.extend(Text((each.nl, each.en), "warning") for each in proof.warnings)
    title = ("Verantwoordelijkheden", "Responsibilities")
    return Section("verantwoordelijk", title, tuple(blocks), RECOMPUTED)


def _column(column: str) -> Words:
    if column not in set(Column):
        return same(column)
    said = COLUMNS[Column(column)]
    return said.nl, said.en


def _setting(
    readings: tuple[CellReading, ...], kind: tuple[str, str], columns: tuple[str, ...]
) -> Row:
    named = {(each.setting, each.indication): each.name for each in rows(kind[0])}
    title = named.get(kind)
    cells = [cell((title.nl, title.en) if title else " ".join(kind))]
    mine = [each for each in readings if (each.setting, each.indication) == kind]
    for column in columns:
        found = [each for each in mine if each.column == column]
        cells.append(Cell(tuple(_readings(found)) or cell().lines))
    return Row(tuple(cells))


def _readings(found: list[CellReading]) -> Iterator[Line]:
    """What each document says, under each other; an inferred one with its other reading."""
    if len({each.value for each in found}) > 1:
        yield line(SOURCES_DIFFER, sign="differ", small=True)
    for each in found:
        mark = f" {DAGGER}" if each.inferred else ""
        yield line((each.value.nl + mark, each.value.en + mark))
        for other in _other_readings(each):
            words = (f"of: {other.nl}", f"or: {other.en}")
            yield line(words, small=True)
        yield line(each.source, small=True)


def _other_readings(reading: CellReading) -> list[Said]:
    if not reading.inferred:
        return []
    return [
        found.other
        for row in rows(reading.setting)
        for found in row.cells
        if found.value == reading.value and found.column == reading.column and found.other
    ]


def assumptions(proof: Proof) -> Section:
    items = tuple((each.nl, each.en) for each in proof.assumptions)
    none = Text(("Geen.", "None."))
    blocks: list[Block] = [Bullets(items) if items else none]
    if proof.warnings and not proof.readings:
        blocks.extend(Text((each.nl, each.en), "warning") for each in proof.warnings)
    return Section("aannames", ("Aannames", "Assumptions"), tuple(blocks))


def trust(proof: Proof) -> Section:
    """What anybody can compute again, and what rests on the solver's word."""
    blocks: list[Block] = [
        Heading(("Na te rekenen", "What can be recomputed")),
        Text(
            (
                "Met so247 verify, zonder de zoekmotor, uit de gegevens in proof.json:",
                "With so247 verify, without the solver, from the data in proof.json:",
            )
        ),
        Bullets(tuple(_recomputable(proof))),
        Heading(("Berust op de zoekmotor (solver-attested)", "Rests on the solver")),
    ]
    attested = tuple((each.nl, each.en) for each in proof.attested)
    nothing: Words = ("Niets in dit dossier.", "Nothing in this dossier.")
    blocks.append(Bullets(attested) if attested else Text(nothing))
    if proof.solves:
        caption = ("Alle vragen aan de zoekmotor", "All questions to the solver")
        blocks.append(solve_table(proof.solves, caption))
    title = ("Waarom u dit kunt geloven", "Why you can believe this")
    return Section("narekenen", title, tuple(blocks))


def _recomputable(proof: Proof) -> Iterator[Words]:
    yield (
        "de randvoorwaarden en de overige toetsen, uit bewijsstukken en rooster",
        "the preconditions and the other checks, from evidence and roster",
    )
    if proof.coverage is not None:
        yield "de dekking, minuut voor minuut", "coverage, minute by minute"
    if proof.basis is CoverageBasis.WITNESS:
        yield (
            "dat het voorbeeldrooster alle harde regels haalt",
            "that the example roster keeps every hard rule",
        )
    if proof.why_not is not None and proof.why_not.counting is not None:
        yield "de telling met een potlood", "the count with a pencil"
    yield (
        "dat geen byte van dit dossier is gewijzigd",
        "that no byte of this dossier was changed",
    )


def norms(proof: Proof) -> Section:
    """The voluntary norms that bind somebody here, and how many people each binds."""
    bound = _bound(proof)
    listed = tuple(_norm(norm, pack, count) for pack, norm, count in bound)
    blocks: list[Block] = [
        Text(
            (
                "Deze normen zijn beleid, geen wet. Een geregistreerde SO valt zeer waarschijnlijk "
                "niet onder de wettelijke grenzen (Arbeidstijdenbesluit 2.1:2).",
                "These norms are policy, not law. A registered SO is very likely exempt from the "
                "statutory limits (Arbeidstijdenbesluit 2.1:2).",
            ),
            "note",
        )
    ]
    if listed:
        blocks.append(
            Table(
                caption=("Vrijwillige normen", "Voluntary norms"),
                head=(
                    ("Norm", "Norm"),
                    ("Hoe hard", "Severity"),
                    ("Ontleend aan", "Taken from"),
                    ("Bindt", "Binds"),
                ),
                rows=listed,
                widths=(46, 22, 20, 12),
            )
        )
    else:
        none: Words = ("Er bindt hier geen vrijwillige norm.", "No voluntary norm binds here.")
        blocks.append(Text(none))
    title = ("Welke normen vrijwillig zijn", "Which norms are voluntary")
    return Section("normen", title, tuple(blocks))


def _bound(proof: Proof) -> Iterator[tuple[RulePack, Norm, int]]:
    region = proof.slice
    counts: dict[str, int] = {}
    for person in region.physicians:
        for name in _packs(person, proof.period):
            counts[name] = counts.get(name, 0) + 1
    for name, count in sorted(counts.items()):
        pack = region.pack_by_id[name]
        for norm in pack.norms:
            if norm.basis is Basis.VOLUNTARY:
                yield pack, norm, count


def _packs(person: Physician, period: Interval) -> set[str]:
    """Packs that bind the person on some day: those given, and the role's default on the others."""
    found: set[str] = set()
    for day in days_touched(period):
        given = {each.pack for each in person.rule_packs if each.holds_on(day)}
        found |= given or {DEFAULT_PACKS[person.role]}
    return found


def _norm(norm: Norm, pack: RulePack, count: int) -> Row:
    people = number(count)
    return Row(
        (
            cell(norm_words(norm), line(f"{norm.id}, {pack.id}", small=True)),
            cell(SEVERITY[norm.severity]),
            cell(norm.source),
            figure((f"{people[0]} pers.", f"{people[1]} people")),
        )
    )


def about(proof: Proof) -> Section:
    """What the dossier is and is not, and what it was made from."""
    people: Words = (
        (
            "met namen van artsen: exemplaar voor de coördinator",
            "with names: the coordinator's copy",
        )
        if proof.named
        else (
            "artsen onder nummer, bewoners als aantal of onder een nummer",
            "physicians by number, residents as a count or by number",
        )
    )
    facts: list[tuple[Words, Words]] = [
        (("Regio", "Region"), same(f"{proof.slice.name} ({proof.region_id})")),
        (("Vingerafdruk van de regio", "Fingerprint of the region"), same(proof.region_hash)),
        (("Personen", "People"), people),
        (("Gemaakt met", "Made with"),
         same(f"{f'so247 {proof.version}'.strip()}, proof.json {proof.schema_version}")),
    ]  # fmt: skip
    title = ("Wat dit dossier wel en niet is", "What this dossier is and is not")
    blocks: list[Block] = [Bullets(STANDING), Facts(tuple(facts))]
    if not proof.named:
        blocks.append(Text(NUMBERS, "note"))
    return Section("over", title, tuple(blocks))


NUMBERS: Words = (
    "Nummers maken niemand anoniem: wie de regio kent, kan mensen herkennen. In elk dossier van "
    "deze regio zijn de nummers dezelfde.",
    "Numbers make nobody anonymous: whoever knows the region can recognise people. In every "
    "dossier of this region the numbers are the same.",
)


STANDING: tuple[Words, ...] = (
    (
        "Het meldt; mensen beslissen.",
        "It reports; people decide.",
    ),
    (
        "Het toont geplande dekking: wat is afgesproken en ingeroosterd, niet wat er op een dag "
        "gebeurt.",
        "It proves planned coverage: what is agreed and rostered, not what happens on a day.",
    ),
    ("Het is geen juridisch advies.", "It is no legal advice."),
    (
        "Zolang niet aan alle acht randvoorwaarden is voldaan, is voor de huisarts de "
        "KNMG-richtlijn over het niet aangaan of beëindigen van de behandeling van toepassing.",
        "As long as not all eight preconditions are met, the GP uses the KNMG guideline on "
        "refusing or ending treatment.",
    ),
    (
        "Een oordeel geldt tot en met de genoemde dag, en alleen zolang de gegevens kloppen.",
        "A verdict holds until the day that is named, and only as long as the data are right.",
    ),
)
"""Words that stand in every dossier."""
