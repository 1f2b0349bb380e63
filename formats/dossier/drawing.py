"""The weeks as they are drawn: where along the bar, with labels that fit. A unit is ten minutes."""

from __future__ import annotations

from dataclasses import dataclass

from so247.formats.dossier.plain import hours_words, joined, same, weekday
from so247.formats.dossier.timeline import Band, Day, Piece, Shift, Week
from so247.formats.dossier.words import COVERAGE, COVERAGE_SIGN, NOT_ASKED, PLACE
from so247.formats.words import Words, moment
from so247.models.report import Coverage

UNIT = 10
"""Minutes."""
CHARACTER = 6.2
"""Units that a character of a label takes; a little wide, so that labels stay within."""
BOLD = 0.85
"""How much less of a label fits in bold."""
PADDING = 4.0
GAP: Words = ("GAT", "GAP")


@dataclass(frozen=True)
class Box:
    """A piece of a band. ``title`` tells all of it; ``label`` what fits, in the two languages."""

    x: float
    width: float
    state: str
    label: Words
    title: str


@dataclass(frozen=True)
class Lane:
    name: Words
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Tick:
    """A local day above the bars: ``label`` as much of ``title`` as fits."""

    x: float
    width: float
    label: Words
    title: Words
    holiday: bool
    free: bool


@dataclass(frozen=True)
class Mark:
    """A clock change."""

    x: float
    label: Words


@dataclass(frozen=True)
class Strip:
    """One week. ``sign`` and ``told`` say in words what the bars show."""

    key: str
    title: Words
    sign: str
    told: Words
    width: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    lanes: tuple[Lane, ...]


def strip(week: Week) -> Strip:
    state = _state(week)
    return Strip(
        key=week.key,
        title=_title(week),
        sign=COVERAGE_SIGN[state],
        told=_told(week, state),
        width=week.minutes / UNIT,
        ticks=tuple(_tick(day) for day in week.days),
        marks=tuple(_mark(shift) for shift in week.shifts),
        lanes=tuple(_lane(band) for band in week.bands),
    )


def _state(week: Week) -> Coverage:
    """The worst of the week."""
    for state in (Coverage.UNCOVERED, Coverage.UNKNOWN):
        if week.total(state):
            return state
    return Coverage.COVERED


def _title(week: Week) -> Words:
    number = week.key.split("-W")[1].lstrip("0")
    span = f"{week.first:%d-%m} – {week.last:%d-%m-%Y}"
    return f"Week {number}, {span}", f"Week {number}, {span}"


def _told(week: Week, worst: Coverage) -> Words:
    """What is not covered in the week, in words; and that it is covered, where all of it is."""
    if worst is Coverage.COVERED:
        told: tuple[Words, ...] = (COVERAGE[worst],)
    else:
        states = [e for e in (Coverage.UNCOVERED, Coverage.UNKNOWN) if week.total(e)]
        told = tuple(joined((COVERAGE[e], hours_words(week.total(e))), " ") for e in states)
    if week.shifts:
        hours = week.minutes // 60
        told = (*told, (f"week van {hours} uur", f"a week of {hours} hours"))
    return joined(told)


def _tick(day: Day) -> Tick:
    dutch, english = weekday(day.day)
    date = f"{day.day.day}"
    name = f" {day.holiday}" if day.holiday else ""
    width = (day.end - day.start) / UNIT
    title = (f"{dutch} {date}{name}", f"{english} {date}{name}")
    room = width * BOLD if day.holiday else width
    return Tick(
        x=day.start / UNIT,
        width=width,
        label=(_fitting(title[0], room), _fitting(title[1], room)),
        title=title,
        holiday=bool(day.holiday),
        free=day.free,
    )


def _mark(shift: Shift) -> Mark:
    hours = f"{abs(shift.minutes) // 60}"
    label: Words = (
        (f"klok {hours} u vooruit", f"clock {hours} h forward")
        if shift.minutes > 0
        else (f"klok {hours} u terug", f"clock {hours} h back")
    )
    return Mark(x=shift.at / UNIT, label=label)


def _lane(band: Band) -> Lane:
    return Lane(PLACE[band.care, band.position], tuple(_box(piece) for piece in band.pieces))


def _box(piece: Piece) -> Box:
    width = (piece.end - piece.start) / UNIT
    names = ", ".join(piece.holders)
    label = same(_fitting(names, width))
    if piece.state == Coverage.UNCOVERED.value:
        label = (_fitting(GAP[0], width), _fitting(GAP[1], width))
    elif piece.state == Coverage.UNKNOWN.value:
        label = same(_fitting(f"? {names}".rstrip(), width))
    return Box(piece.start / UNIT, width, piece.state, label, _whole(piece, names))


def _whole(piece: Piece, names: str) -> str:
    """Everything about a piece, in a line."""
    known = set(Coverage)
    words = COVERAGE[Coverage(piece.state)] if piece.state in known else NOT_ASKED
    when = f"{moment(piece.when.start)} – {moment(piece.when.end)}"
    return " · ".join(each for each in (when, names, " / ".join(words)) if each)


def _fitting(text: str, width: float) -> str:
    """As much of the text as fits; nothing where hardly a letter would."""
    room = int((width - PADDING) / CHARACTER)
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rstrip()}…" if room > 2 else ""
