"""The verdict in sentences, Dutch and English: what it is, until when, and what is missing.

Never that a facility may open: it meets the preconditions for GP care, or it does not yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from so247.audit.preconditions.words import STATUS, dutch, listed, said
from so247.audit.verdict import FAILING, Grounds
from so247.models.clock import local_day
from so247.models.proof import Answered, CoverageBasis, Said, Status, Verdict

REFER = said(
    "refer",
    "Wordt niet aan alle randvoorwaarden voldaan, zie dan de KNMG-richtlijn over het niet-aangaan "
    "of beëindigen van de geneeskundige behandelingsovereenkomst.",
    "Where not all preconditions hold, see the KNMG guideline on not entering into, or ending, "
    "a treatment agreement.",
)


def summarise(grounds: Grounds, verdict: Verdict, until: date) -> tuple[Said, ...]:
    found = [_headline(grounds, verdict, until)]
    if verdict in (Verdict.IMPOSSIBLE, Verdict.NOT_YET):
        found += _missing(grounds)
        found += _failing(grounds, FAILING)
        found += _failing(grounds, (Status.UNKNOWN,))
        if grounds.question.facility is not None:
            found.append(REFER)
    elif verdict is Verdict.UNKNOWN:
        found += _failing(grounds, (Status.UNKNOWN,))
        found += _undecided(grounds)
    return tuple(found)


def _headline(grounds: Grounds, verdict: Verdict, until: date) -> Said:
    question = grounds.question
    name, care = question.site.name, ("de randvoorwaarden", "the preconditions")
    if question.facility is not None:
        care = ("de randvoorwaarden voor huisartsenzorg", "the preconditions for GP care")
    till = (f"tot en met {dutch(until)}", f"until {until}")
    ends = (
        f"Het eerste waarop dit oordeel rust, eindigt op {dutch(until)}; daarna wordt het oordeel "
        "niet vanzelf beter.",
        f"The first thing that this verdict rests on ends on {until}; after that it does not "
        "become better by itself.",
    )
    from_day = question.first
    texts: dict[Verdict, tuple[str, str]] = {
        Verdict.MEETS: (
            f"{name} voldoet aan {care[0]}, van {dutch(from_day)} {till[0]}.",
            f"{name} meets {care[1]}, from {from_day} {till[1]}.",
        ),
        Verdict.COVERABLE: _coverable(grounds, care, till),
        Verdict.NOT_YET: (
            f"{name} voldoet nog niet aan {care[0]}. {ends[0]}",
            f"{name} does not yet meet {care[1]}. {ends[1]}",
        ),
        Verdict.IMPOSSIBLE: (
            f"Dekking van {name} is niet haalbaar met de ingevoerde artsen en afspraken, met elke "
            f"dienst in zijn geheel bij één arts. {ends[0]}",
            f"Covering {name} is not possible with the doctors and agreements that were given, "
            f"each duty held whole by one of them. {ends[1]}",
        ),
        Verdict.UNKNOWN: (
            f"Niet vast te stellen of {name} voldoet aan {care[0]}. {ends[0]}",
            f"It cannot be established whether {name} meets {care[1]}. {ends[1]}",
        ),
    }
    return said(f"verdict.{verdict.value}", *texts[verdict])


def _coverable(grounds: Grounds, care: tuple[str, str], till: tuple[str, str]) -> tuple[str, str]:
    """A roster that exists, which is no promise."""
    name = grounds.question.site.name
    if grounds.witness:
        return (
            f"Voor {name} is een rooster mogelijk, nog door niemand toegezegd. Met zo'n rooster "
            f"voldoet {name} aan {care[0]}, {till[0]}.",
            f"A roster for {name} is possible, not yet promised by anyone. With such a roster "
            f"{name} meets {care[1]}, {till[1]}.",
        )
    return (
        f"Voor {name} is er een rooster, nog niet geheel gepubliceerd en toegezegd. Met dit "
        f"rooster voldoet {name} aan {care[0]}, {till[0]}.",
        f"There is a roster for {name}, not yet wholly published and accepted. With this roster "
        f"{name} meets {care[1]}, {till[1]}.",
    )


def _missing(grounds: Grounds) -> Iterator[Said]:
    """What stands in the way besides the judgements."""
    norms = grounds.question.voluntary_norms
    if norms:
        names = listed(norms)
        yield said(
            "voluntary_norms",
            f"Volledige dekking is alleen strijdig met vrijwillige norm {names}.",
            f"Full cover conflicts with voluntary norm {names} only.",
        )
    if grounds.lacking_elsewhere:
        sites = _names(grounds, grounds.lacking_elsewhere)
        yield said(
            "elsewhere.lacking",
            f"Wie er ook wordt ingeroosterd, er blijven gaten bij wat al open is: {sites}.",
            f"Whoever is rostered, gaps remain at what is open already: {sites}.",
        )
    elif grounds.witness and grounds.question.cover is Answered.INFEASIBLE:
        yield from _elsewhere(grounds)


def _elsewhere(grounds: Grounds) -> Iterator[Said]:
    """Where else the roster that was made leaves gaps: what is open already must be covered too."""
    sites = _names(grounds, [site for site, _ in grounds.examined.elsewhere])
    if sites:
        yield said(
            "witness.elsewhere",
            f"Het gemaakte rooster laat gaten bij wat al open is: {sites}.",
            f"The roster that was made leaves gaps at what is open already: {sites}.",
        )


def _failing(grounds: Grounds, statuses: Iterable[Status]) -> Iterator[Said]:
    """One sentence per assertion and reason; practices of which the same is said stand together."""
    wanted = tuple(statuses)
    same: dict[tuple[str, Status, tuple[Said, ...]], list[str]] = {}
    group = grounds.question.group
    names = {each.id: each.name for each in (group.practices if group is not None else ())}
    for each in grounds.counting:
        if each.status in wanted:
            practices = same.setdefault((each.key, each.status, each.reasons), [])
            practices += [names.get(each.practice, each.practice)] if each.practice else []
    for (key, status, reasons), practices in same.items():
        yield _sentence(key, status, reasons, practices)


def _sentence(key: str, status: Status, reasons: Sequence[Said], practices: Sequence[str]) -> Said:
    """Like: Randvoorwaarde 3 (Praktijk Zuid) niet voldaan: waarneemregeling overdag: ontbreekt."""
    nl, en = (
        (f"Randvoorwaarde {key}", f"Precondition {key}")
        if key.isdigit()
        else (f"Toets {key}", f"Check {key}")
    )
    who = f" ({listed(practices)})" if practices else ""
    why_nl = "; ".join(reason.nl for reason in reasons)
    why_en = "; ".join(reason.en for reason in reasons)
    return said(
        f"failing.{key}",
        f"{nl}{who} {STATUS[status][0]}: {why_nl}.",
        f"{en}{who} {STATUS[status][1]}: {why_en}.",
    )


def _undecided(grounds: Grounds) -> Iterator[Said]:
    """What leaves the answer open besides the judgements."""
    if grounds.question.cover is Answered.UNKNOWN:
        yield said(
            "search.unknown",
            "Het zoeken naar een rooster is gestopt zonder antwoord.",
            "The search for a roster ended without an answer.",
        )
    if grounds.no_witness:
        yield from _elsewhere(grounds)
        if grounds.examined.breaches:
            yield said(
                "witness.breach",
                "Het gemaakte rooster overtreedt een harde regel.",
                "The roster that was made breaks a hard rule.",
            )
    if grounds.examined.basis is CoverageBasis.NONE:
        yield said("roster.none", "Er is geen rooster.", "There is no roster.")
    yield from _outside(grounds)


def _outside(grounds: Grounds) -> Iterator[Said]:
    """The roster does not reach from the first day to the last."""
    period, asked = grounds.roster_period, grounds.question.period
    if period is None or (period.start <= asked.start and asked.end <= period.end):
        return
    first, last = local_day(period.start), local_day(period.end)
    yield said(
        "roster.outside",
        f"Het rooster loopt van {dutch(first)} tot {dutch(last)}; gevraagd is de periode van "
        f"{dutch(grounds.question.first)} tot en met {dutch(grounds.question.last)}.",
        f"The roster runs from {first} to before {last}; asked is the period from "
        f"{grounds.question.first} until {grounds.question.last}.",
    )


def _names(grounds: Grounds, sites: Iterable[str]) -> str:
    return listed(grounds.question.region.site_by_id[site].name for site in sites)
