"""Moments, durations, shares and names, in both languages, as the dossier writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from so247.formats.entries import holder_name, site_name
from so247.formats.plain_names import namer
from so247.formats.vtimezone import shown_twice
from so247.formats.words import PRODUCT, WEEKDAYS, Words
from so247.models.clock import Interval, to_local
from so247.models.lines import Product
from so247.models.proof import Said
from so247.models.region import Region

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that turn the direction of writing: with them a name is read as another."""


def straight(text: str) -> str:
    """The text without what turns its direction."""
    return text.translate(TURNING)


def same(text: str) -> Words:
    """Text that is the same in both languages: a name, a number, a code."""
    return text, text


def weekday(day: date) -> Words:
    return WEEKDAYS[day.weekday()], DAYS[day.weekday()]


def day_words(day: date) -> Words:
    """``vr 25-12-2026``."""
    dutch, english = weekday(day)
    return f"{dutch} {day:%d-%m-%Y}", f"{english} {day:%d-%m-%Y}"


def long_day(day: date) -> Words:
    """``25 december 2026``."""
    month = day.month - 1
    return f"{day.day} {MONTHS[month]} {day.year}", f"{day.day} {ENGLISH_MONTHS[month]} {day.year}"


def moment_words(instant: datetime) -> Words:
    """Local time, ``vr 25-12-2026 17:00``; with its offset where the clock shows it twice."""
    local = to_local(instant)
    offset = f" ({local.isoformat()[-6:]})" if shown_twice(local) else ""
    dutch, english = day_words(local.date())
    return f"{dutch} {local:%H:%M}{offset}", f"{english} {local:%H:%M}{offset}"


def span_words(when: Interval) -> Words:
    """From its first moment to its last."""
    start, end = moment_words(when.start), moment_words(when.end)
    return f"{start[0]} – {end[0]}", f"{start[1]} – {end[1]}"


def hours_words(minutes: int) -> Words:
    """``63:00 uur``, also beyond a day; whole numbers with a point or comma for thousands."""
    hours, rest = divmod(minutes, 60)
    dutch, english = number(hours)
    return f"{dutch}:{rest:02d} uur", f"{english}:{rest:02d} h"


def number(count: int) -> Words:
    """``1.234`` and ``1,234``."""
    english = f"{count:,}"
    return english.replace(",", "."), english


def share_words(part: int, whole: int) -> Words:
    """``99,98 %``, rounded down: short of everything is never a hundred per cent."""
    hundredths = part * 10_000 // whole if whole else 0
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{text.replace('.', ',')} %", f"{text} %"


def amount_words(value: float) -> Words:
    """A figure without decimals that say nothing."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ","), text


def sentence(said: Said) -> Words:
    """What was said, as a sentence that stands by itself."""
    return said.nl[:1].upper() + said.nl[1:], said.en[:1].upper() + said.en[1:]


def joined(items: tuple[Words, ...], separator: str = ", ") -> Words:
    return separator.join(nl for nl, _ in items), separator.join(en for _, en in items)


class Names:
    """Names for the ids of a region: whatever has none goes by its id."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.told = namer(region)
        """Puts names in an English sentence of the check."""
        self._parts = {each.id: each.name for each in region.employers}
        self._parts |= {each.id: each.name for each in region.pools}
        self._parts |= {each.id: each.name for each in region.gp_posts}
        self._parts |= {each.id: each.name for each in region.organisations}

    def person(self, name: str) -> str:
        """A physician, or an organisation that holds a line."""
        return " ".join(holder_name(self.region, name).split())

    def people(self, names: tuple[str, ...]) -> str:
        return ", ".join(self.person(each) for each in names)

    def place(self, name: str) -> str:
        """A site, practice, place, GP post, organisation, employer or pool."""
        return self._parts.get(name) or site_name(self.region, name)

    def line(self, name: str) -> str:
        line = self.region.line_by_id.get(name)
        return line.name if line else name

    def target(self, target: str) -> Words:
        """A duty by its line and start, a session by its product and site."""
        name, _, start = target.partition("@")
        try:
            instant = datetime.strptime(start, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
        except ValueError:
            return self._session(target)
        dutch, english = moment_words(instant)
        return f"{self.line(name)}, {dutch}", f"{self.line(name)}, {english}"

    def _session(self, target: str) -> Words:
        site, product, key, *_ = (*target.split("."), "", "", "")
        if product not in set(Product):
            return same(target)
        dutch, english = PRODUCT[Product(product)]
        where = f"{self.place(site)}, {key}"
        return f"{dutch}, {where}", f"{english}, {where}"
