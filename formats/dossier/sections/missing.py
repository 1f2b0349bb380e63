"""Why not: what cannot hold together, the sum that shows it, and what would be enough."""

from __future__ import annotations

from collections.abc import Sequence

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
from so247.formats.dossier.plain import (
    Names,
    amount_words,
    joined,
    number,
    same,
    sentence,
    span_words,
)
from so247.formats.dossier.rules import RULE
from so247.formats.dossier.sections.solves import solve_table
from so247.formats.dossier.words import ATTESTED, RECOMPUTED, REQUIREMENT, words_of
from so247.formats.words import ROLE, Words
from so247.models.people import Role
from so247.models.proof import (
    Barred,
    Conflict,
    Counting,
    Extra,
    Proof,
    Relaxation,
    Requirement,
    RequirementKind,
    Share,
    Solve,
)

MOST_LISTED = 60
"""So many are listed; the others are in proof.json."""


def why_not(proof: Proof, names: Names) -> Section | None:
    found = proof.why_not
    blocks: list[Block] = []
    if proof.voluntary_norms:
        blocks.append(_voluntary(proof.voluntary_norms))
    if found is not None:
        if found.conflict is not None:
            blocks.extend(_conflict(found.conflict, names))
        if found.counting is not None:
            blocks.extend(_counting(found.counting, names))
        if found.extra is not None:
            blocks.extend(_extra(found.extra, names))
        if found.relaxations:
            blocks.extend(_relaxations(found.relaxations))
    if not blocks:
        return None
    title = ("Waarom niet, en wat wel", "Why not, and what would do")
    return Section("waarom-niet", title, tuple(blocks), ATTESTED)


def _voluntary(norms: Sequence[str]) -> Text:
    listed = ", ".join(norms)
    return Text(
        (
            f"Strijdig met vrijwillige norm {listed}: zonder deze is er een volledige dekking.",
            f"Contrary to voluntary norm {listed}: without it a full cover exists.",
        ),
        "warning",
    )


def _conflict(conflict: Conflict, names: Names) -> list[Block]:
    minimal = (
        (
            "Minimaal: laat één van deze weg, welke ook, en de rest kan samen. Dat is per stuk "
            "geprobeerd.",
            "Minimal: leave out any one of these and the others can hold together. Each was tried.",
        )
        if conflict.minimal
        else (
            "Niet bewezen minimaal: misschien is een deel ervan al onverenigbaar.",
            "Not proven minimal: perhaps a part of these is already incompatible.",
        )
    )
    return [
        Heading(("Wat niet samengaat", "What cannot hold together")),
        Text(sentence(conflict.text), "lead"),
        _requirements(conflict.members, names),
        *_rest(len(conflict.members) - MOST_LISTED),
        Text(minimal),
        *_solves(conflict.solves),
    ]


def _requirements(members: Sequence[Requirement], names: Names) -> Table:
    return Table(
        caption=("Eisen die niet samengaan", "Requirements that cannot hold together"),
        head=(("Soort", "Kind"), ("Wie of wat", "Who or what"), ("Eis", "Requirement")),
        rows=tuple(_requirement(each, names) for each in members[:MOST_LISTED]),
        widths=(20, 24, 56),
    )


def _requirement(found: Requirement, names: Names) -> Row:
    who = [line(names.person(found.physician))] if found.physician else []
    what = [line(names.line(found.name))] if found.name else []
    dated = found.kind is not RequirementKind.DUTY  # a duty says itself when it is
    when = [line(span_words(found.when), small=True)] if found.when and dated else []
    return Row(
        (
            cell(REQUIREMENT[found.kind]),
            cell(*who, *what),
            cell((found.text.nl, found.text.en), *when),
        )
    )


def _rest(count: int) -> list[Block]:
    """What was left out of a list, if anything was."""
    if count <= 0:
        return []
    more = number(count)
    words = (f"En nog {more[0]}; zie proof.json.", f"And {more[1]} more; see proof.json.")
    return [Text(words, "note")]


def _counting(counting: Counting, names: Names) -> list[Block]:
    need, most = number(counting.need), number(counting.most)
    left = counting.need - counting.most
    told = (
        f"Nodig {need[0]}, hoogstens {most[0]}: er {'blijft' if left == 1 else 'blijven'} er "
        f"minstens {left} over.",
        f"Need {need[1]}, at most {most[1]}: at least {left} {'is' if left == 1 else 'are'} left.",
    )
    shares = sorted(counting.shares, key=lambda share: (-share.most, share.physician))
    blocks: list[Block] = [
        Heading(("Na te tellen met een potlood", "Counted with a pencil"), RECOMPUTED),
        Text(sentence(counting.text), "lead"),
        Table(
            caption=("Wie kan er hoogstens hoeveel van houden", "Who can hold at most how many"),
            head=(
                ("Arts", "Physician"),
                ("Waardoor", "Because of"),
                ("Hoogstens", "At most"),
            ),
            rows=(*(_share(each, names) for each in shares), *_sums(counting)),
            widths=(24, 60, 16),
        ),
        Text(told),
        Text(("Het gaat om deze diensten:", "The duties counted:"), "note"),
        Bullets(tuple(names.target(each) for each in counting.duties[:MOST_LISTED])),
        *_rest(counting.need - MOST_LISTED),
    ]
    if counting.barred:
        blocks.append(_barred(counting.barred, names))
    return blocks


def _share(share: Share, names: Names) -> Row:
    parts: list[Line] = []
    for part in share.parts:
        count = len(part.duties)
        parts.append(line((part.text.nl, part.text.en)))
        sums = (f"{part.most} van {count}", f"{part.most} of {count}")
        if sums[0] not in part.text.nl:
            parts.append(line(sums, small=True))
    return Row((cell(names.person(share.physician)), Cell(tuple(parts)), figure(share.most)))


def _sums(counting: Counting) -> tuple[Row, ...]:
    """The two lines under the sum: what there is, and what is needed."""
    return (
        Row((cell(("Samen hoogstens", "Together at most")), cell(""), figure(counting.most)),
            total=True),
        Row((cell(("Nodig", "Needed")), cell(""), figure(counting.need)), total=True),
    )  # fmt: skip


def _barred(barred: Sequence[Barred], names: Names) -> Table:
    """Who may hold none of them, by why."""
    return Table(
        caption=("Wie er geen van mag houden", "Who may hold none of them"),
        head=(("Arts", "Physician"), ("Waarom", "Why")),
        rows=tuple(
            Row((cell(names.person(each.physician)), cell(_why_barred(each)))) for each in barred
        ),
        widths=(30, 70),
    )


def _why_barred(barred: Barred) -> Words:
    codes = tuple(dict.fromkeys(barred.rules))
    return joined(tuple(words_of(RULE, code) for code in codes))


def _extra(extra: Extra, names: Names) -> list[Block]:
    role = ROLE[Role(extra.role)] if extra.role in set(Role) else same(extra.role)
    items: list[tuple[Words, Words]] = [
        (("Extra diensten", "Extra duties"), number(extra.duties)),
        (("Door ten minste zoveel mensen", "By at least so many people"), number(extra.people)),
        (("Functie", "Role"), role),
        (("Weken", "Weeks"), same(", ".join(extra.weeks))),
    ]
    if extra.on_site_minutes is not None:
        sites = ", ".join(names.place(each) for each in extra.sites)
        minutes = extra.on_site_minutes
        near = (f"binnen {minutes} min van {sites}", f"within {minutes} min of {sites}")
        items.append((("Standplaats", "Based"), near))
    return [
        Heading(("Minimaal benodigde extra inzet", "Least extra capacity")),
        Text(sentence(extra.text), "lead"),
        Facts(tuple(items)),
        _confirmed(extra.suffices, extra.least),
        Text(("Eén keuze van zulke diensten:", "One choice of such duties:"), "note"),
        Bullets(tuple(names.target(each) for each in extra.targets[:MOST_LISTED])),
        *_rest(len(extra.targets) - MOST_LISTED),
        *_solves(extra.solves),
    ]


def _confirmed(suffices: bool, least: bool) -> Bullets:
    enough = (
        ("Genoeg: opnieuw doorgerekend en getoetst.", "Enough: solved again, and checked.")
        if suffices
        else ("Of het genoeg is, is niet bevestigd.", "That it is enough is not confirmed.")
    )
    fewest = (
        ("Eén minder is niet genoeg: dat is bewezen.", "One less is not enough: that was proven.")
        if least
        else ("Of minder ook kan, is niet uitgesloten.", "That less would do is not ruled out.")
    )
    return Bullets((enough, fewest))


def _relaxations(found: Sequence[Relaxation]) -> list[Block]:
    return [
        Heading(("Wat alleen al genoeg zou zijn", "What alone would be enough")),
        Table(
            caption=("Eén eis verruimd", "One requirement relaxed"),
            head=(
                ("Eis", "Requirement"),
                ("Zoveel ruimer", "By how much"),
                ("Bevestigd", "Confirmed"),
            ),
            rows=tuple(_relaxation(each) for each in found[:MOST_LISTED]),
            widths=(56, 18, 26),
        ),
        *_rest(len(found) - MOST_LISTED),
    ]


def _relaxation(found: Relaxation) -> Row:
    amount = cell()
    if found.amount is not None:
        dutch, english = amount_words(found.amount)
        amount = figure((f"{dutch} {found.unit}".rstrip(), f"{english} {found.unit}".rstrip()))
    kind = line(REQUIREMENT[found.requirement.kind], small=True)
    confirmed = _confirmed(found.suffices, bool(found.least)).items
    told = confirmed if found.least is not None else confirmed[:1]
    return Row((cell((found.text.nl, found.text.en), kind), amount, cell(*told)))


def _solves(solves: Sequence[Solve]) -> list[Block]:
    """How a statement was solved for, if it was."""
    if not solves:
        return []
    return [solve_table(solves, ("Zo is het doorgerekend", "How it was solved for"))]
