"""The sections of a region report: sites, what is missing, capacity, dependence, employers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from so247.formats.dossier.assertions import assertion
from so247.formats.dossier.blocks import (
    Block,
    Bullets,
    Cell,
    Line,
    Row,
    Section,
    Table,
    Text,
    cell,
    figure,
    line,
)
from so247.formats.dossier.plain import Names, same
from so247.formats.dossier.words import STATUS, VERDICT_SIGN
from so247.formats.words import EMPLOYER, Words, hours
from so247.models.proof import Judgement, Status, Verdict
from so247.models.region_report import (
    EmployerRow,
    Funding,
    Leaning,
    LineRow,
    RegionReport,
    SiteRow,
)

WORST = (Status.NOT_MET, Status.EXPIRED, Status.UNKNOWN)
SHORT: dict[Verdict, Words] = {
    Verdict.MEETS: ("voldoet", "meets"),
    Verdict.COVERABLE: ("rooster mogelijk, nog niet toegezegd", "coverable, not yet promised"),
    Verdict.NOT_YET: ("voldoet nog niet", "not yet"),
    Verdict.UNKNOWN: ("niet vast te stellen", "unknown"),
    Verdict.IMPOSSIBLE: ("niet haalbaar", "impossible"),
}
"""Verdicts in a word or two, best first."""
ROW: dict[Verdict, Words] = {**SHORT, Verdict.COVERABLE: ("rooster mogelijk", "coverable")}
"""The same in a row of the table, whose note says the rest."""
WORST_FIRST = (*reversed(SHORT),)
MEANING: Words = (
    "Voldoet: aan de randvoorwaarden voor huisartsenzorg. Rooster mogelijk: nog niet toegezegd. "
    "Niet haalbaar: met de ingevoerde artsen en afspraken. Nummers zijn die van de acht "
    "randvoorwaarden.",
    "Meets: the preconditions for GP care. Coverable: not yet promised. Impossible: with the "
    "physicians and agreements entered. Numbers are those of the eight preconditions.",
)
LATER: Words = ("opent na deze periode", "opens after this period")


def sites(report: RegionReport) -> Section:
    head: tuple[Words, ...] = (
        ("Locatie", "Site"),
        ("Oordeel", "Verdict"),
        ("Tot en met", "Until"),
        ("Gat specifiek", "Gap, specific"),
        ("Gat algemeen", "Gap, general"),
        ("Onbekend", "Unknown"),
        ("Wat ontbreekt", "What is missing"),
    )
    table = Table(
        ("Per locatie; gaten in uren:minuten", "Per site; gaps in hours:minutes"),
        head,
        tuple(_site(each) for each in sorted(report.sites, key=_order)),
        (22, 18, 12, 9, 9, 9, 21),
    )
    return Section("locaties", ("Locaties", "Sites"), (table, Text(MEANING, "note")))


def _order(each: SiteRow) -> int:
    """The worst first; what opens later, last."""
    return WORST_FIRST.index(each.verdict) if each.verdict else len(WORST_FIRST)


def _site(each: SiteRow) -> Row:
    if each.verdict is None:
        empty = cell("")
        opening = _date(each.opening)
        blank = (figure(""), figure(""), figure(""))
        return Row((cell(each.name), cell(LATER), cell(opening), *blank, empty))
    gaps = (each.uncovered_minutes, each.uncovered_general_minutes, each.unknown_minutes)
    return Row(
        (
            cell(each.name),
            cell(line(ROW[each.verdict], sign=VERDICT_SIGN[each.verdict])),
            cell(_date(each.until)),
            *(figure(hours(minutes)) for minutes in gaps),
            cell(*_missing(each)) if each.failing else cell(""),
        )
    )


def _date(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day is not None else ""


def _worst(failing: tuple[Judgement, ...]) -> dict[str, Status]:
    """Each precondition or check once, with what is worst of all practices."""
    found: dict[str, Status] = {}
    for each in failing:
        known = found.get(each.key, each.status)
        found[each.key] = min(known, each.status, key=WORST.index)
    return found


def _missing(each: SiteRow) -> Iterator[Line]:
    """``niet voldaan: 1, 3``, per status."""
    worst = _worst(each.failing)
    for status in WORST:
        keys = ", ".join(key for key, found in worst.items() if found is status)
        if keys:
            nl, en = STATUS[status]
            yield line((f"{nl}: {keys}", f"{en}: {keys}"), sign=status.value)


def lacking(report: RegionReport) -> Section:
    counted: Counter[tuple[str, Status]] = Counter()
    for each in report.sites:
        counted.update(_worst(each.failing).items())
    keys = sorted({key for key, _ in counted}, key=lambda key: (not key.isdigit(), key))
    rows = tuple(
        Row(
            (
                cell(key),
                cell(assertion(key)),
                *(figure(counted[key, status] or "") for status in WORST),
            )
        )
        for key in keys
    )
    head = (("#", "#"), ("Wat gevraagd wordt", "What is asked"), *(STATUS[each] for each in WORST))
    caption = ("Aantal locaties waar dit tegenhoudt", "Number of sites where this blocks")
    title = ("Wat het vaakst ontbreekt", "What is missing most")
    return Section("ontbreekt", title, (Table(caption, head, rows, (8, 53, 13, 13, 13)),))


def capacity(report: RegionReport, names: Names) -> Section:
    short = report.capacity
    blocks: list[Block] = [Text(_fewest(report), "lead")]
    if short.short:
        rows = tuple(
            Row((cell(each.week), cell(names.line(each.line)), figure(each.duties)))
            for each in short.short
        )
        caption = (
            "Zo kunnen ze liggen; andere verdelingen kunnen ook",
            "This is one way in which they may lie",
        )
        head = (("Week", "Week"), ("Dienstlijn", "Line"), ("Onbezet", "Unfilled"))
        blocks.append(Table(caption, head, rows, (20, 60, 20)))
    why = tuple((each.nl, each.en) for each in report.notes[1:])
    if why:
        blocks.append(Bullets(why))
    return Section("capaciteit", ("Capaciteit", "Capacity"), tuple(blocks))


def _fewest(report: RegionReport) -> Words:
    short = report.capacity
    if short.fewest is None:
        return (
            "Hoeveel diensten minstens onbezet blijven is in de tijd niet gevonden",
            "How many duties at least stay unfilled was not found in the time",
        )
    if short.fewest == 0:
        return (
            f"Alle {short.needed} diensten kunnen bezet worden",
            f"All {short.needed} duties can be held",
        )
    nl = f"Van {short.needed} diensten blijven er {short.fewest} onbezet"
    en = f"Of {short.needed} duties {short.fewest} stay unfilled"
    if short.proven:
        return f"{nl}; minder kan niet (bewezen)", f"{en}; fewer is impossible (proven)"
    return (
        f"{nl}; of minder kan is niet bewezen (minstens {short.at_least})",
        f"{en}; whether fewer is possible is not proven (at least {short.at_least})",
    )


def lines(report: RegionReport, names: Names) -> Section:
    head: tuple[Words, ...] = (
        ("Dienstlijn", "Line"),
        ("Diensten", "Duties"),
        ("Niemand mag", "Nobody may"),
        ("Eén mag", "One may"),
        ("Twee mogen", "Two may"),
        ("Wie", "Who"),
        ("Grootste aandeel", "Largest share"),
    )
    caption = (
        "Wie een dienst mag houden, wat er verder ook in het rooster staat",
        "Who may hold a duty, whatever else is rostered",
    )
    rows = tuple(_line(each, names) for each in report.lines)
    blocks: list[Block] = [Table(caption, head, rows, (20, 9, 9, 9, 9, 24, 20))]
    leaning = [each for each in report.sites if each.alone]
    if leaning:
        people = [(each.name, names.people(each.alone)) for each in leaning]
        blocks.append(Text(("Locaties die op één arts leunen:", "Sites that lean on one person:")))
        blocks.append(Bullets(tuple(same(f"{site}: {who}") for site, who in people)))
    title = ("Afhankelijkheid van enkelen", "Dependence on single people")
    return Section("afhankelijkheid", title, tuple(blocks))


def _line(row: LineRow, names: Names) -> Row:
    if row.organisation is not None:
        blank = (figure(""), figure(""), figure(""))
        holder = cell(names.place(row.organisation))
        return Row((cell(row.name), figure(row.duties), *blank, holder, cell("")))
    alone, pairs = (sum(each.duties for each in group) for group in (row.alone, row.pairs))
    who = [_leaning(each, names) for each in (*row.alone, *row.pairs)][:4]
    share = f"{names.person(row.top)}: {row.top_duties} / {row.held}" if row.top else ""
    percent = f" ({100 * row.top_share:.0f} %)" if row.top else ""
    return Row(
        (
            cell(row.name),
            *map(figure, (row.duties, row.nobody, alone, pairs)),
            cell(*who) if who else cell(""),
            cell(share + percent),
        )
    )


def _leaning(each: Leaning, names: Names) -> str:
    return f"{names.people(each.physicians)}: {each.duties}"


def employers(report: RegionReport) -> Section:
    head: tuple[Words, ...] = (
        ("Werkgever", "Employer"),
        ("Artsen", "Physicians"),
        ("Fte", "FTE"),
        ("Contracten", "Contracts"),
        ("Uren afgesproken", "Hours agreed"),
        ("Uren ingeroosterd", "Hours rostered"),
        ("Weken eronder", "Weeks below"),
    )
    caption = (
        "Onder contract; uren zijn dagdelen op locatie in deze periode",
        "Under contract; hours are of sessions in this period",
    )
    rows = tuple(_employer(each) for each in report.employers)
    table = Table(caption, head, rows, (22, 9, 8, 28, 11, 11, 11))
    return Section("werkgevers", ("Werkgevers", "Employers"), (table,))


def _employer(each: EmployerRow) -> Row:
    agreed = each.agreed_minutes
    return Row(
        (
            cell(each.name, line(EMPLOYER[each.kind], small=True)),
            figure(len(each.physicians)),
            figure(f"{each.fte:.2f}".replace(".", ",")),
            _fundings(each.funding),
            figure("–" if agreed is None else hours(agreed)),
            figure(hours(each.rostered_minutes)),
            figure("–" if agreed is None else f"{each.weeks_below} / {each.weeks}"),
        )
    )


def _fundings(fundings: tuple[Funding, ...]) -> Cell:
    """``H335: Zorgkantoor``, with its last day where it ends within the period."""
    return cell(*(_funding(each) for each in fundings)) if fundings else cell("–")


def _funding(each: Funding) -> Words:
    text = f"{each.label}: {each.counterparty}"
    if each.throughout:
        return same(text)
    days = [
        (f"{word[0]} {day:%d-%m-%Y}", f"{word[1]} {day:%d-%m-%Y}")
        for word, day in (
            (("vanaf", "from"), each.valid_from),
            (("t/m", "until"), each.valid_until),
        )
        if day is not None
    ]
    return tuple(f"{text} ({', '.join(day[at] for day in days)})" for at in (0, 1))  # type: ignore[return-value]
