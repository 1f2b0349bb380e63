"""Names of fictional people and places: Dutch in sound, put together from parts.

Any likeness to somebody or somewhere is chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Aafke Arjen Berber Bram Carlijn Daan Doortje Eelco Femke Fokke Gerben Greetje Hanneke Hidde "
    "Ineke Jelle Jorrit Katelijne Klaas Liesbeth Maarten Marijke Menno Nynke Okke Pleun Quirine "
    "Reinout Roelien Sanne Sietse Tjitske Ubbo Veerle Wiebe Willemijn Yme Zwaantje Imane Soufiane "
    "Aylin Emre Priya Ravi Noor Samir"
)
LAST_HEAD = _words(
    "Bremmer Doorn Elzen Gagel Halm Iepen Jenever Kamper Lisse Meidoorn Nachtegaal Otter Pluim "
    "Reiger Snippe Torenvalk Uiver Vlier Wulpen Zegge"
)
LAST_TAIL = _words("brink donk gaarde hoorn kamp laar man rade stein veste")
PARTICLE = ("", "", "", "van ", "de ", "ter ", "van der ")

TOWN_HEAD = _words(
    "Aalscholver Brem Dodaars Esker Fluiter Gors Hulster IJsvogel Kiekendief Lepelaar Morre Nevel "
    "Otter Pluim Reiger Snippe Tureluur Wulpen Zegge Biezen"
)
TOWN_TAIL = _words("wolde moer zijl hoek kerke drecht laar donk waard rade")

HOUSE_HEAD = ("Huize", "Hof", "Woonhuis", "Erf", "Villa")
HOUSE_TAIL = _words(
    "Akelei Boterbloem Dovenetel Ereprijs Fluitenkruid Guldenroede Hondsdraf IJzerhard Kamille "
    "Lisdodde Maagdenpalm Nagelkruid Ooievaarsbek Pinksterbloem Ratelaar Salomonszegel Teunisbloem "
    "Veenpluis Wederik Zonnedauw"
)
HOME_TAIL = _words("Beukenhage Esdoorn Hazelaar Kastanje Linde Meidoorn Notelaar Populier Taxus")

COMPASS = ("noord", "oost", "zuid", "west")


def _shuffled(rng: Random, names: list[str]) -> Iterator[str]:
    """Each name once in random order, then each again with a number behind it."""
    order = list(names)
    rng.shuffle(order)
    for round_ in count(1):
        for name in order:
            yield name if round_ == 1 else f"{name} {round_}"


def people(rng: Random) -> Iterator[str]:
    """Full names: first names come round before they repeat, last names do not repeat soon."""
    last = _shuffled(rng, [head + tail for head in LAST_HEAD for tail in LAST_TAIL])
    first = list(FIRST)
    rng.shuffle(first)
    for number in count():
        yield f"{first[number % len(first)]} {rng.choice(PARTICLE)}{next(last)}"


def towns(rng: Random) -> Iterator[str]:
    return _shuffled(rng, [head + tail for head in TOWN_HEAD for tail in TOWN_TAIL])


def facilities(rng: Random) -> Iterator[str]:
    return _shuffled(rng, [f"{head} {tail}" for head in HOUSE_HEAD for tail in HOUSE_TAIL])


def nursing_homes(rng: Random) -> Iterator[str]:
    return _shuffled(rng, [f"Verpleeghuis De {tail}" for tail in HOME_TAIL])


def area(index: int, total: int) -> str:
    """Word for an area: ``centraal`` when there is one, else a compass point, else a number."""
    if total == 1:
        return "centraal"
    return COMPASS[index] if total <= len(COMPASS) else f"gebied-{index + 1:02d}"


def slug(name: str) -> str:
    """An id made from a name."""
    return name.lower().replace(" ", "-")
