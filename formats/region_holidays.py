"""The ``holidays`` part of region.yaml: the usual Dutch days with two switches, or an own list.

The days come from the ``holidays`` package, but what counts as ANW does not: it lists Good Friday
as public and 5 May once in five years, while for a region both are agreements (DOMAIN B6).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import Annotated

from pydantic import Field

from so247.formats.plain_errors import Path, Plain
from so247.models.base import Model
from so247.models.settings import Holiday

Year = Annotated[int, Field(ge=1990, le=2199)]

GOOD_FRIDAY, LIBERATION_DAY = "Good Friday", "Liberation Day"

NAMES = {
    "New Year's Day": "Nieuwjaarsdag",
    GOOD_FRIDAY: "Goede Vrijdag",
    "Easter Sunday": "Eerste paasdag",
    "Easter Monday": "Tweede paasdag",
    "King's Day": "Koningsdag",
    LIBERATION_DAY: "Bevrijdingsdag",
    "Ascension Day": "Hemelvaartsdag",
    "Pentecost": "Eerste pinksterdag",
    "Pentecost Monday": "Tweede pinksterdag",
    "Christmas Day": "Eerste kerstdag",
    "Second Day of Christmas": "Tweede kerstdag",
}
"""Ours, so that an update of the package renames nothing. Days that are not here are not ANW."""


class HolidayRules(Model):
    """Which days are holidays, and so ANW, in which years.

    The usual days of each year, with ``good_friday`` and ``liberation_day`` (5 May) if switched on,
    and ``also`` what is added, without those in ``not``. Or ``dates``: the full list instead.
    """

    years: tuple[Year, ...]
    good_friday: bool = False
    liberation_day: bool = False
    also: tuple[Holiday, ...] = ()
    not_: Annotated[tuple[date, ...], Field(alias="not")] = ()
    dates: tuple[Holiday, ...] | None = None


def usual_days(
    years: Iterable[int], good_friday: bool, liberation_day: bool
) -> tuple[Holiday, ...]:
    """The Dutch holidays of DOMAIN B6 in these years, by date."""
    from holidays import country_holidays

    wanted = set(NAMES) - {GOOD_FRIDAY, LIBERATION_DAY} | ({GOOD_FRIDAY} if good_friday else set())
    found: list[Holiday] = []
    for year in sorted(set(years)):
        for day, names in country_holidays("NL", years=year, language="en_US").items():
            # Two on one day (Ascension on 5 May, say) come as one text.
            name = next((each for each in names.split("; ") if each in wanted), None)
            if name is not None:
                found.append(Holiday(date=day, name=NAMES[name]))
        day = date(year, 5, 5)
        if liberation_day and all(holiday.date != day for holiday in found):
            found.append(Holiday(date=day, name=NAMES[LIBERATION_DAY]))
    return tuple(sorted(found, key=lambda holiday: holiday.date))


def expand(rules: HolidayRules) -> tuple[list[tuple[Holiday, Path]], list[Plain]]:
    """Every holiday with the place in the rules that it comes from; and what is wrong with them."""
    if rules.dates is not None:
        others = ("good_friday", "liberation_day", "also", "not")
        mixed = [
            Plain((name,), "cannot stand next to dates", "Keep one of the two.", "", True)
            for name in others
            if getattr(rules, "not_" if name == "not" else name)
        ]
        return [(holiday, ("dates", at)) for at, holiday in enumerate(rules.dates)], mixed
    usual = usual_days(rules.years, rules.good_friday, rules.liberation_day)
    found: list[tuple[Holiday, Path]] = [(holiday, ("years",)) for holiday in usual]
    found += [(holiday, ("also", at)) for at, holiday in enumerate(rules.also)]
    dates = {holiday.date for holiday, _ in found}
    faults = [
        Plain(("not", at), "is no holiday anyway", "Maybe another date is meant.", str(day))
        for at, day in enumerate(rules.not_)
        if day not in dates
    ]
    kept = [(holiday, path) for holiday, path in found if holiday.date not in rules.not_]
    return sorted(kept, key=lambda each: each[0].date), faults


def describe(holidays: Sequence[Holiday], years: Sequence[int]) -> dict[str, object]:
    """The shortest rules that give exactly these holidays."""
    for good_friday, liberation_day in product((False, True), repeat=2):
        if tuple(holidays) == usual_days(years, good_friday, liberation_day):
            return {
                "years": list(years),
                "good_friday": good_friday,
                "liberation_day": liberation_day,
            }
    return {
        "years": list(years),
        "dates": [{"date": each.date.isoformat(), "name": each.name} for each in holidays],
    }
