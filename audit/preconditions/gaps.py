"""Stretches without coverage, told per reason: how long in all, and when first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from so247.audit.preconditions.words import Words, dutch, said
from so247.models.clock import local_day, minutes_between
from so247.models.proof import Said
from so247.models.report import Coverage, Reason, Stretch

REASONS: dict[str, Words] = {
    "no_line": ("geen dienstlijn bedient de locatie", "no line serves the site"),
    "no_holder": ("onbezette dienst", "nobody holds the duty"),
    "no_phone": ("dienstlijn zonder telefoonnummer", "line without phone number"),
    "no_escalation": ("dienstlijn zonder belvolgorde", "line without escalation order"),
    "no_phone_minutes": ("dienstlijn zonder telefonische norm", "line promises no phone time"),
    "phone_minutes": (
        "dienstlijn belooft later telefonisch bereikbaar te zijn dan is afgesproken",
        "line promises to answer later than was agreed",
    ),
    "on_site_minutes": (
        "dienstlijn belooft later ter plaatse te zijn dan is afgesproken",
        "line promises to be on site later than was agreed",
    ),
    "no_pool": ("locatie zonder artsenpool", "site without pool"),
    "no_agreement": ("geen overeenkomst met een artsenpool", "no agreement with a pool"),
    "agreement_unsigned": ("overeenkomst niet ondertekend", "agreement not signed"),
    "no_organisation_agreement": (
        "geen overeenkomst met de organisatie die dienst heeft",
        "no agreement with the organisation on duty",
    ),
    "default_phone_minutes": (
        "telefonische norm is een standaardwaarde, geen afspraak",
        "the phone limit is a default, not agreed",
    ),
    "default_on_site_minutes": (
        "norm ter plaatse is een standaardwaarde, geen afspraak",
        "the on-site limit is a default, not agreed",
    ),
    "default_minutes": (
        "normen zijn standaardwaarden, geen afspraak",
        "limits are defaults, not agreed",
    ),
    "cover.backup_so": (
        "voorwacht is geen SO en heeft geen SO als achterwacht",
        "first line is no SO and has no SO as backup",
    ),
    "cover.backup_differs": (
        "dezelfde arts is voorwacht en achterwacht",
        "the same doctor is first line and backup",
    ),
    "eligible.travel": ("reistijd te lang of onbekend", "travel too long, or unknown"),
    "eligible.agreement": (
        "dienstdoende arts uit een pool zonder overeenkomst",
        "holder from a pool without agreement",
    ),
    "eligible.registration": (
        "dienstdoende arts niet geregistreerd",
        "holder not registered",
    ),
    "eligible.contract": (
        "dienstdoende arts zonder geldig contract",
        "holder without valid contract",
    ),
    "eligible.absence": ("dienstdoende arts is afwezig", "holder is absent"),
    "holder_breach": (
        "een dienstdoende arts overtreedt een harde regel",
        "a holder breaks a hard rule",
    ),
    "norm_unknown": (
        "niet bekend of een dienstdoende arts een norm haalt",
        "not known whether a holder keeps a norm",
    ),
    "function_unassigned": (
        "een toegezegde functie heeft geen SO",
        "a promised function has no SO",
    ),
    "outside_roster": ("buiten de periode van het rooster", "outside the roster's period"),
    "opens_later": ("er is niets te toetsen", "there is nothing to examine"),
}
"""Words for the reason codes of the check."""


@dataclass(frozen=True)
class Sum:
    """Minutes with a reason, and when first."""

    minutes: int
    first: datetime


def told_gaps(stretches: Iterable[Stretch]) -> tuple[Said, ...]:
    """Per reason one sentence: uncovered before unknown, the longest first."""
    sums: dict[tuple[bool, str], Sum] = {}
    for stretch in stretches:
        for code in dict.fromkeys(reason.code for reason in stretch.reasons):
            key = (stretch.coverage is Coverage.UNKNOWN, code)
            before = sums.get(key, Sum(0, stretch.when.start))
            sums[key] = Sum(
                before.minutes + minutes_between(stretch.when.start, stretch.when.end),
                min(before.first, stretch.when.start),
            )
    ordered = sorted(sums.items(), key=lambda row: (row[0][0], -row[1].minutes, row[0][1]))
    return tuple(_sentence(code, total) for (_, code), total in ordered)


def _sentence(code: str, total: Sum) -> Said:
    nl, en = phrase(code)
    length = f"{total.minutes // 60}:{total.minutes % 60:02d}"
    day = local_day(total.first)
    return said(
        f"coverage.{code}",
        f"{nl}: {length} uur, voor het eerst op {dutch(day)}",
        f"{en}: {length} hours, first on {day}",
    )


def told_notes(notes: Iterable[Reason], told: Iterable[Said]) -> tuple[Said, ...]:
    """What decides about a site as a whole, each code once, unless its stretches were told."""
    known = {each.code for each in told}
    codes = dict.fromkeys(f"coverage.{note.code}" for note in notes)
    return tuple(
        said(code, *phrase(code.removeprefix("coverage."))) for code in codes if code not in known
    )


def phrase(code: str) -> Words:
    """Words for a reason; one that has none is told by its rule."""
    return REASONS.get(code, (f"regel {code}", f"rule {code}"))


def day_before(at: datetime, first: date) -> date | None:
    """The last whole day before a moment; ``None`` when that lies before the first day."""
    day = local_day(at) - timedelta(days=1)
    return day if day >= first else None
