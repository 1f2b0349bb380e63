"""The check's sentences in Dutch; it writes English, and what is not found here goes by its code.

A template names its holes by what stands in them, so that ids become names and dates Dutch.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from so247.formats.dossier.plain import DAYS, ENGLISH_MONTHS, Names, day_words
from so247.formats.words import WEEKDAYS, Words

FUNCTION: dict[str, Words] = {
    "main_practitioner": ("hoofdbehandelaar", "main practitioner"),
    "co_treatment": ("medebehandeling", "co-treatment"),
    "consultation": ("consult", "consultation"),
}
HOLES = {
    "day": r"\d{4}-\d\d-\d\d",
    "when": r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d",
    "until": r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d",
    "rest": r".+",
    "norm": r".+",
    "unit": r"[a-z -]+?",
}
"""What may stand in a hole; elsewhere one word."""

SENTENCES: tuple[tuple[str, str], ...] = (
    ("no line serves {site}", "geen dienstlijn bedient {site}"),
    ("nobody holds line {line}", "niemand houdt dienstlijn {line}"),
    ("line {line} has no phone number", "dienstlijn {line} heeft geen telefoonnummer"),
    ("line {line} has no escalation order", "dienstlijn {line} heeft geen belvolgorde"),
    ("line {line} promises no phone time", "dienstlijn {line} zegt geen tijd aan de telefoon toe"),
    (
        "line {line} promises {a} minutes (phone), {site} requires {b}",
        "dienstlijn {line} zegt aan de telefoon {a} minuten toe, {site} vereist {b}",
    ),
    (
        "line {line} promises {a} minutes (on-site), {site} requires {b}",
        "dienstlijn {line} zegt ter plaatse {a} minuten toe, {site} vereist {b}",
    ),
    ("{site} has no pool", "{site} heeft geen artsenpool"),
    (
        "no pool of {site} has an agreement with it",
        "geen artsenpool van {site} heeft er een overeenkomst mee",
    ),
    (
        "{site} requires {a} minutes (phone) by default only",
        "de {a} minuten aan de telefoon voor {site} staan in geen overeenkomst",
    ),
    (
        "{site} requires {a} minutes (on_site) by default only",
        "de {a} minuten ter plaatse voor {site} staan in geen overeenkomst",
    ),
    (
        "the agreement of {site} with {party} is not signed",
        "de overeenkomst van {site} met {party} is niet getekend",
    ),
    (
        "{site} has no agreement with organisation {party}",
        "{site} heeft geen overeenkomst met {party}",
    ),
    (
        "{who} holds first line {line} as well as backup {backup}",
        "{who} houdt voorwacht {line} en ook achterwacht {backup}",
    ),
    ("{who} is no SO, and no backup line serves", "{who} is geen SO, en er is geen achterwacht"),
    (
        "{who} is no SO, and nobody holds backup {backup}",
        "{who} is geen SO, en niemand houdt achterwacht {backup}",
    ),
    ("{who} is absent", "{who} is afwezig"),
    ("{who} is not registered on {day}", "{who} is niet geregistreerd op {day}"),
    (
        "contract {contract} of {who} does not hold on {day}",
        "contract {contract} van {who} geldt niet op {day}",
    ),
    ("{who} holds it on no contract", "{who} houdt de dienst op geen contract"),
    ("{who} is committed elsewhere, at {place}", "{who} werkt dan elders: {place}"),
    ("{who} is in no pool of {site}", "{who} is in geen artsenpool van {site}"),
    (
        "{site} has no agreement with a pool of {who}",
        "{site} heeft geen overeenkomst met een artsenpool van {who}",
    ),
    ("it is not known where {who} is then", "het is niet bekend waar {who} dan is"),
    (
        "the travel time from {place} to {site} is not known",
        "de aanrijtijd van {place} naar {site} is niet bekend",
    ),
    (
        "{who} is at {place}, {a} minutes from {site}; at most {b} allowed",
        "{who} is op {place}, {a} minuten van {site}; hoogstens {b} mag",
    ),
    (
        "{who} is {role}, not a role for line {line}",
        "de functie van {who} past niet bij dienstlijn {line}",
    ),
    ("{who} also holds {target}", "{who} heeft dan ook {target}"),
    (
        "{who} carries {a} {unit}, at most {b}",
        "{who} heeft er {a} tegelijk (bewoners of locaties), hoogstens {b}",
    ),
    (
        "from {day} required minutes of {site} are defaults, which prove nothing",
        "vanaf {day} staan vereiste minuten van {site} in geen overeenkomst",
    ),
    (
        "{site} opens on {day}, after the period: nothing is examined",
        "{site} opent op {day}, na de periode: er is niets onderzocht",
    ),
    (
        "{function}, promised to {site} in {agreement}, has no SO on {a} days, first on {day}",
        "{function}, aan {site} toegezegd in {agreement}, heeft op {a} dagen geen SO, eerst {day}",
    ),
    (
        "{function}, promised to {site} in {agreement}, has no named holder: a GP group cannot "
        "name one",
        "{function}, aan {site} toegezegd in {agreement}, heeft geen houder bij name: een "
        "huisartsengroep kan er geen noemen",
    ),
    ("{who} breaks {rule}: {rest}", "{who} overtreedt {rule}: {rest}"),
    (
        "it is not known whether {who} keeps {rule}: {rest}",
        "het is niet bekend of {who} zich aan {rule} houdt: {rest}",
    ),
    (
        "{who}: cannot be judged, because the work from {when} to {until} is not all in the "
        "history {rest}",
        "het werk van {when} tot {until} staat niet geheel in de historie",
    ),
    (
        "{who}: {a} hours of rest before {when}, at least {b} {norm}",
        "{a} uur rust vóór {when}, minstens {b}",
    ),
    (
        "{who}: {a} hours on end from {when} to {until}, at most {b} {norm}",
        "{a} uur achtereen van {when} tot {until}, hoogstens {b}",
    ),
    (
        "{who}: {a} {unit} in {c} x 24 hours from {when}, at most {b} {norm}",
        "{a} in {c} x 24 uur vanaf {when}, hoogstens {b}",
    ),
    (
        "{who}: {a} hours per week in the {unit} from {when}, at most {b} {norm}",
        "{a} uur per week vanaf {when}, hoogstens {b}",
    ),
)
"""English and Dutch of what the check says about coverage. The first that fits holds."""


def in_dutch(text: str, names: Names) -> str:
    """The sentence in Dutch; empty where it is not known."""
    for pattern, dutch in _patterns():
        found = pattern.fullmatch(text)
        if found:
            told = {hole: _told(hole, part, names) for hole, part in found.groupdict().items()}
            return dutch.format(**told)
    return ""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(english), dutch) for english, dutch in SENTENCES)


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    written = [
        f"(?P<{part}>{HOLES.get(part, chr(92) + 'S+')})" if at % 2 else re.escape(part)
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(written))


def _told(hole: str, part: str, names: Names) -> str:
    """What stands in a hole, as a Dutch reader would have it."""
    if hole in ("site", "place", "party"):
        return names.place(part)
    if hole == "who":
        return names.person(part)
    if hole in ("line", "backup"):
        return names.line(part)
    if hole == "target":
        return names.target(part)[0]
    if hole == "function":
        return FUNCTION.get(part, (part, part))[0]
    if hole == "day":
        return day_words(date.fromisoformat(part))[0]
    if hole in ("when", "until"):
        return _moment(part)
    return in_dutch(part, names) or part if hole == "rest" else part


def _moment(text: str) -> str:
    """``Mon 5 Oct 2026 17:00`` as the Dutch write it."""
    weekday, day, month, year, clock = text.split()
    months = [each[:3] for each in ENGLISH_MONTHS]
    if weekday not in DAYS or month not in months:
        return text
    number = months.index(month) + 1
    return f"{WEEKDAYS[DAYS.index(weekday)]} {int(day):02d}-{number:02d}-{year} {clock}"
