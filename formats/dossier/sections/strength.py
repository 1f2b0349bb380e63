"""How robust it is: the loss of one physician (or two), and how much more each line can carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from so247.formats.dossier.blocks import (
    NOTHING,
    Block,
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
from so247.formats.dossier.plain import Names, day_words, number, share_words
from so247.formats.dossier.words import ATTESTED, SURVIVAL, SURVIVAL_SIGN
from so247.formats.words import Words
from so247.models.proof import Case, LineRoom, Proof, Robustness, Survival

BAD = (Survival.FAILED, Survival.UNKNOWN)
"""Worst first."""
MOST_PEOPLE = 30
MOST_CASES = 12
MOST_LOST = 6


def absences(proof: Proof, names: Names) -> Section | None:
    if not proof.robustness:
        return None
    blocks = [block for each in proof.robustness for block in _absence(each, names)]
    title = ("Bestand tegen uitval van één arts", "Robust against the loss of one physician")
    return Section("uitval", title, tuple(blocks), ATTESTED)


def survived_share(found: Robustness) -> Words:
    return share_words(found.survived, found.tried)


def _absence(found: Robustness, names: Names) -> list[Block]:
    days = found.absence_days
    who = ("één arts", "one physician") if found.absent == 1 else ("twee artsen", "two physicians")
    length = (
        "1 dag" if days == 1 else f"{days} dagen",
        "1 day" if days == 1 else f"{days} days",
    )
    blocks: list[Block] = [
        Heading((f"Uitval van {who[0]}, {length[0]}", f"Loss of {who[1]}, {length[1]}")),
        Text(_told(found), "lead"),
        Facts(_counts(found)),
    ]
    people = _people(found.cases)
    if people:
        blocks.append(_by_person(people, names))
        if len(people) > MOST_PEOPLE:
            blocks.append(_more(len(people) - MOST_PEOPLE))
    blocks.extend(_worst(found.cases, names))
    return blocks


def _told(found: Robustness) -> Words:
    share = survived_share(found)
    count = len(found.indispensable)
    if not count:
        missed = ("Niemand is onmisbaar gebleken.", "Nobody was found indispensable.")
    else:
        missed = (
            f"Op ten minste één dag onmisbaar: {count}.",
            f"Indispensable on at least one day: {count}.",
        )
    return (
        f"{share[0]} van de gevallen is zeker op te vangen. {missed[0]}",
        f"{share[1]} of the cases can surely be repaired. {missed[1]}",
    )


def _counts(found: Robustness) -> tuple[tuple[Words, Words], ...]:
    rows: list[tuple[Words, Words]] = [
        (("Onderzochte gevallen (wie, vanaf welke dag)", "Cases tried (who, from which day)"),
         number(found.tried)),
        (("Geen dienst geraakt", "No duty lost"), number(found.unaffected)),
    ]  # fmt: skip
    counted = ((SURVIVAL[each], number(found.count(each))) for each in Survival)
    return (*rows, *counted)


@dataclass
class _Person:
    """Days on which the loss of somebody (or of two) ends in this way."""

    who: tuple[str, ...]
    days: dict[Survival, int]
    changes: int = 0

    @property
    def rank(self) -> tuple[object, ...]:
        days = self.days
        return -days[Survival.FAILED], -days[Survival.UNKNOWN], -self.changes, self.who


def _people(cases: Iterable[Case]) -> list[_Person]:
    """Everybody whose loss costs a duty, worst first."""
    found: dict[tuple[str, ...], _Person] = {}
    for case in cases:
        nobody = _Person(case.physicians, dict.fromkeys(Survival, 0))
        person = found.setdefault(case.physicians, nobody)
        person.days[case.survival] += len(case.days)
        person.changes = max(person.changes, len(case.changes))
    return sorted(found.values(), key=lambda each: each.rank)


def _by_person(people: Sequence[_Person], names: Names) -> Table:
    def days(person: _Person, survival: Survival) -> Words:
        count = person.days[survival]
        return number(count) if count else NOTHING

    return Table(
        caption=(
            "Per arts: aantal eerste dagen waarop uitval een dienst raakt, naar afloop",
            "By physician: number of first days on which the loss costs a duty, by outcome",
        ),
        head=(
            ("Arts", "Physician"),
            SURVIVAL[Survival.FAILED],
            SURVIVAL[Survival.UNKNOWN],
            SURVIVAL[Survival.SURVIVED],
            ("Meeste wijzigingen", "Most changes"),
        ),
        rows=tuple(
            Row(
                (
                    cell(names.people(each.who)),
                    figure(days(each, Survival.FAILED)),
                    figure(days(each, Survival.UNKNOWN)),
                    figure(days(each, Survival.SURVIVED)),
                    figure(number(each.changes)),
                )
            )
            for each in people[:MOST_PEOPLE]
        ),
        widths=(32, 17, 18, 16, 17),
        folded=not any(each.days[e] for each in people for e in BAD),
    )


def _worst(cases: Sequence[Case], names: Names) -> list[Block]:
    """The cases that were not survived, those that touch most first."""
    bad = [each for each in cases if each.survival is not Survival.SURVIVED]
    bad.sort(key=lambda e: (BAD.index(e.survival), -len(e.days), -len(e.lost), e.days))
    if not bad:
        return []
    table = Table(
        caption=("De zwaarste gevallen", "The worst cases"),
        head=(
            ("Wie", "Who"),
            ("Vanaf", "From"),
            ("Afloop", "Outcome"),
            ("Geraakte diensten", "Duties lost"),
            ("Waarom", "Why"),
        ),
        rows=tuple(_case(each, names) for each in bad[:MOST_CASES]),
        widths=(16, 18, 16, 26, 24),
    )
    return [table, *([_more(len(bad) - MOST_CASES)] if len(bad) > MOST_CASES else [])]


def _case(case: Case, names: Names) -> Row:
    lost = [line(names.target(each), small=True) for each in case.lost[:MOST_LOST]]
    if len(case.lost) > MOST_LOST:
        more = len(case.lost) - MOST_LOST
        lost.append(line((f"en nog {more}", f"and {more} more"), small=True))
    return Row(
        (
            cell(names.people(case.physicians)),
            cell(*_days(case)),
            cell(line(SURVIVAL[case.survival], sign=SURVIVAL_SIGN[case.survival])),
            cell(*lost),
            cell(*((each.nl, each.en) for each in case.reasons)),
        )
    )


def _days(case: Case) -> Iterator[Line]:
    """The first days of such an absence."""
    first, last = day_words(min(case.days)), day_words(max(case.days))
    yield line(first)
    if len(case.days) > 1:
        yield line((f"t/m {last[0]}", f"to {last[1]}"))
        yield line((f"{len(case.days)} dagen", f"{len(case.days)} days"), small=True)


def _more(count: int) -> Text:
    more = number(count)
    words = (f"En nog {more[0]}; zie proof.json.", f"And {more[1]} more; see proof.json.")
    return Text(words, "note")


def headroom(proof: Proof, names: Names) -> Section | None:
    if not proof.headroom:
        return None
    table = Table(
        caption=("Ruimte per dienstlijn", "Room on each line"),
        head=(
            ("Dienstlijn", "Line"),
            ("Bewoners erbij", "More residents"),
            ("Locaties als deze erbij", "More sites like this one"),
            ("Wat dan knelt", "What then binds"),
        ),
        rows=tuple(_room(each, names) for each in proof.headroom),
        widths=(24, 19, 21, 36),
    )
    how = (
        "Zoveel kan erbij met een rooster dat is gevonden; daaronder waar het zeker misgaat.",
        "So many more with a roster that was found; below it where it surely fails.",
    )
    title = ("Ruimte voor meer", "Headroom")
    return Section("ruimte", title, (Text(how, "note"), table), ATTESTED)


def _room(found: LineRoom, names: Names) -> Row:
    binds = (found.binds.nl, found.binds.en) if found.binds else NOTHING
    return Row(
        (
            cell(names.line(found.line)),
            cell(*_up_to(found.residents, found.residents_fail_at)),
            cell(*_up_to(found.facilities, found.facilities_fail_at)),
            cell(binds),
        )
    )


def _up_to(count: int | None, fails_at: int | None) -> list[Line | Words]:
    unlimited = ("geen grens ingesteld", "no limit is set")
    found = unlimited if count is None else number(count)
    if fails_at is not None:
        at = number(fails_at)
        return [found, line((f"bij {at[0]} niet meer", f"not at {at[1]}"), small=True)]
    if count is None:
        return [unlimited]
    return [(f"ten minste {found[0]}", f"at least {found[1]}")]
