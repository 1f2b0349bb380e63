"""What a norm asks, in Dutch and English, from its figures."""

from __future__ import annotations

from so247.formats.dossier.plain import amount_words
from so247.formats.words import Words
from so247.models.norms import Norm, NormKind, Severity, Work

WORK: dict[Work, str] = {
    Work.OFFICE_DUTY: "kantoordiensten",
    Work.REACHABILITY_DUTY: "bereikbaarheidsdiensten",
    Work.PRESENCE_DUTY: "aanwezigheidsdiensten",
    Work.SESSION: "dagdelen",
    Work.COMMITMENT: "ander werk",
}
SEVERITY: dict[Severity, Words] = {
    Severity.HARD: ("hard: het rooster houdt zich eraan", "hard: the roster keeps it"),
    Severity.SOFT: ("zacht: afwijken mag, en wordt gemeld", "soft: broken at a cost, reported"),
    Severity.SIGNAL: ("signaal: alleen gemeld", "signal: only reported"),
}


def norm_words(norm: Norm) -> Words:
    """The norm in Dutch, made from its figures, and in its own (English) words."""
    return f"{_ASKS[norm.kind](norm)}{_of(norm)}", norm.text


def _limit(norm: Norm) -> str:
    return amount_words(norm.limit)[0]


def _of(norm: Norm) -> str:
    """What it counts."""
    counted = ", ".join(WORK[each] for each in norm.counts)
    return f" (telt: {counted}{'; alleen nachten' if norm.night_only else ''})"


def _rest(norm: Norm) -> str:
    text = f"minstens {_limit(norm)} uur rust"
    if norm.reduced_limit is not None and norm.reduced_every_days is not None:
        less = amount_words(norm.reduced_limit)[0]
        text += f", eens per {norm.reduced_every_days} x 24 uur {less} uur"
    return text


def _continuous(norm: Norm) -> str:
    return f"hoogstens {_limit(norm)} uur achtereen"


def _rolling(norm: Norm) -> str:
    return f"hoogstens {_limit(norm)} per {norm.window_days} x 24 uur"


def _consecutive(norm: Norm) -> str:
    return f"hoogstens {_limit(norm)} dagen achtereen"


def _weekends(norm: Norm) -> str:
    return f"hoogstens {_limit(norm)} weekenden in {norm.window_weeks} weken"


def _hours(norm: Norm) -> str:
    weeks = norm.window_weeks or 1
    if weeks == 1:
        return f"hoogstens {_limit(norm)} uur per week"
    return f"gemiddeld hoogstens {_limit(norm)} uur per week over {weeks} weken"


def _free(norm: Norm) -> str:
    stretch = amount_words(norm.stretch_hours or 0)[0]
    weeks = norm.window_weeks or 1
    return f"{_limit(norm)} vrije perioden van {stretch} uur per {weeks} weken"


_ASKS = {
    NormKind.REST: _rest,
    NormKind.CONTINUOUS: _continuous,
    NormKind.ROLLING_COUNT: _rolling,
    NormKind.CONSECUTIVE: _consecutive,
    NormKind.WEEKENDS: _weekends,
    NormKind.HOURS: _hours,
    NormKind.FREE_PERIODS: _free,
}
