"""Reasons in Dutch and English: rules by name, moments, figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from so247.models.clock import Interval, local_day, to_local
from so247.models.proof import Said
from so247.solver.gaps import WORDS

Words = tuple[str, str]
"""(Dutch, English)."""

DUTCH = {
    "cover.backup_differs": "houdt dan al de andere van voorwacht en achterwacht",
    "cover.backup_so": "geen SO, en geen SO op de achterwacht",
    "eligible.role": "andere rol",
    "eligible.pool": "niet in de artsenpool van de locatie",
    "eligible.contract": "geen geldig contract",
    "eligible.registration": "dan niet geregistreerd",
    "eligible.absence": "afwezig",
    "eligible.free_weekday": "vrije dag",
    "eligible.commitment": "ander werk",
    "eligible.agreement": "geen geldige afspraak met de locatie",
    "eligible.funding": "werkgever zonder financieringscontract",
    "eligible.travel": "te ver weg",
    "time.one_at_a_time": "dan al bezet",
    "time.capacity": "te veel bewoners of locaties tegelijk",
    "norm.rest": "te weinig rust",
    "norm.continuous": "te lang achtereen",
    "norm.rolling_count": "te veel diensten in het venster van de norm",
    "norm.consecutive": "te veel dagen op rij",
    "norm.weekends": "te veel weekenden",
    "norm.hours": "te veel uren",
    "norm.free_periods": "te weinig vrije tijd",
    "contract.maximum": "contractmaximum bereikt",
    "contract.extramural_cap": "extramurale uren van de werkgever op",
    "session.weekday": "die dag al zo'n dagdeel",
    "search.unfinished": "zou het kunnen: de zoektocht was niet af",
    "pin.stands": "vastgezet op een ander",
}
ENGLISH = {**WORDS, "pin.stands": "pinned to somebody else"}
WEEKDAYS = (
    *(("ma", "Mon"), ("di", "Tue"), ("wo", "Wed"), ("do", "Thu"), ("vr", "Fri")),
    *(("za", "Sat"), ("zo", "Sun")),
)


def said(code: str, nl: str, en: str) -> Said:
    return Said(code=code, nl=nl, en=en)


def rule_words(rule: str) -> Said:
    """A rule in a few words; one that a host added goes by its id."""
    return Said(code=rule, nl=DUTCH.get(rule, rule), en=ENGLISH.get(rule, rule))


def moment(at: datetime) -> Words:
    """Local time: ``ma 02-11-2026 17:00``."""
    local = to_local(at)
    nl, en = WEEKDAYS[local.weekday()]
    rest = f"{local:%d-%m-%Y %H:%M}"
    return f"{nl} {rest}", f"{en} {rest}"


def day(on: date) -> Words:
    nl, en = WEEKDAYS[on.weekday()]
    return f"{nl} {on:%d-%m-%Y}", f"{en} {on:%d-%m-%Y}"


def stretch(when: Interval) -> Words:
    """``van ma 02-11-2026 17:00 tot di 03-11-2026 08:00``; whole local days by their dates, and
    within one day ``op ma 02-11-2026 van 08:00 tot 17:00``."""
    begin, end = to_local(when.start), to_local(when.end)
    first, last = day(begin.date()), day(local_day(when.end - timedelta(minutes=1)))
    if (begin.hour, begin.minute, end.hour, end.minute) == (0, 0, 0, 0):
        if first == last:
            return f"op {first[0]}", f"on {first[1]}"
        return f"van {first[0]} t/m {last[0]}", f"from {first[1]} to {last[1]}"
    if begin.date() == end.date():
        clock = f"{begin:%H:%M}", f"{end:%H:%M}"
        return (
            f"op {first[0]} van {clock[0]} tot {clock[1]}",
            f"on {first[1]} from {clock[0]} to {clock[1]}",
        )
    (start_nl, start_en), (end_nl, end_en) = moment(when.start), moment(when.end)
    return f"van {start_nl} tot {end_nl}", f"from {start_en} to {end_en}"


def figure(value: float) -> Words:
    """At most two decimals, none where there is nothing to show; a comma in Dutch."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ","), text


def duration(minutes: int) -> Words:
    """``9 uur``, ``9 hours``."""
    nl, en = figure(minutes / 60)
    return f"{nl} uur", f"{en} hours"


def until(last: date | None) -> Words:
    """The last day of something that ends; empty where it does not."""
    return ("", "") if last is None else (f" t/m {last:%d-%m-%Y}", f" to {last:%d-%m-%Y}")


def since(first: date | None) -> Words:
    return ("", "") if first is None else (f" vanaf {first:%d-%m-%Y}", f" from {first:%d-%m-%Y}")
