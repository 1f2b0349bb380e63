"""``norm.free_periods``: long stretches without work in every ISO week or four-week block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil

from so247.audit.breach import BROKEN, Breach
from so247.audit.instants import midnight
from so247.audit.norms.subject import Stint, Subject, clock, number
from so247.models.calendar import block_start
from so247.models.clock import local_day, monday_of


def check(subject: Subject) -> list[Breach]:
    """One breach for every week or block with too few. Never unknown: it looks back nowhere."""
    found: list[Breach] = []
    norm = subject.norm
    length = round((norm.stretch_hours or 0) * 60)
    for start, end in _windows(subject):
        stints = list(subject.overlapping(start, end))
        free = sum(gap // length for gap in _gaps(stints, start, end))
        if free < norm.limit and subject.judged(stints):
            text = (
                f"{free} free periods of {number(norm.stretch_hours or 0)} hours in the "
                f"{_name(subject)} from {clock(start)}, at least {number(norm.limit)}"
            )
            cost = ceil(BROKEN * (norm.limit - free))
            found.append(subject.breach(free, "periods", (start, end), stints, text, cost))
    return found


def _name(subject: Subject) -> str:
    return "week" if subject.norm.window_weeks == 1 else f"{subject.norm.window_weeks} weeks"


def _windows(subject: Subject) -> Iterator[tuple[int, int]]:
    """Every ISO week, or four-week block from the anchor, that lies wholly in the period."""
    case = subject.case
    first: date = local_day(case.period.start)
    if subject.norm.window_weeks == 1:
        at, step = monday_of(first), timedelta(days=7)
    else:
        at, step = block_start(case.region, first), timedelta(days=28)
    while midnight(at + step) <= case.end:
        if midnight(at) >= case.start:
            yield midnight(at), midnight(at + step)
        at += step


def _gaps(stints: Sequence[Stint], start: int, end: int) -> Iterator[int]:
    """Minutes of every stretch between ``start`` and ``end`` without work."""
    at = start
    for stint in stints:
        if stint.start > at:
            yield stint.start - at
        at = max(at, stint.end)
    if at < end:
        yield end - at
