"""``norm.hours``: counted hours per ISO week, on average over so many weeks in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from so247.audit.breach import Breach
from so247.audit.instants import midnight
from so247.audit.norms.subject import Stint, Subject, clock, number
from so247.models.clock import local_day, monday_of
from so247.models.norms import Work

WEEK = timedelta(days=7)
ON_CALL = frozenset({Work.OFFICE_DUTY, Work.REACHABILITY_DUTY})
"""Kinds of work of which ``on_call_percent`` counts."""


@dataclass
class Window:
    """``load``: counted minutes times a hundred, in the weeks from ``first`` to before ``end``."""

    first: date
    end: date
    load: int
    stints: list[Stint]


def check(subject: Subject) -> list[Breach]:
    """The worst window of every run of windows in a row with too many hours."""
    found: list[Breach] = []
    run: list[Window] = []
    unknown_from: int | None = None
    for window in _windows(subject):
        judged = subject.judged(window.stints)
        if judged and _excess(subject, window) > 0:
            run.append(window)
            continue
        start = midnight(window.first)
        if judged and unknown_from is None and subject.reaches_unknown(start):
            unknown_from = start
        found += _worst(subject, run)
        run = []
    found += _worst(subject, run)
    return found if unknown_from is None else [*found, *subject.unknown(unknown_from, "h")]


def _windows(subject: Subject) -> list[Window]:
    """One ending with every ISO week that overlaps the period."""
    case = subject.case
    reach = ((subject.norm.window_weeks or 1) - 1) * WEEK
    first_end = monday_of(local_day(case.period.start))
    week = first_end - reach
    weeks: list[Window] = []
    while midnight(week) < case.end:
        weeks.append(_week(subject, week))
        week += WEEK
    size = subject.norm.window_weeks or 1
    return [
        Window(
            first=weeks[at - size + 1].first,
            end=weeks[at].end,
            load=sum(each.load for each in weeks[at - size + 1 : at + 1]),
            stints=[stint for each in weeks[at - size + 1 : at + 1] for stint in each.stints],
        )
        for at in range(size - 1, len(weeks))
    ]


def _week(subject: Subject, monday: date) -> Window:
    start, end = midnight(monday), midnight(monday + WEEK)
    stints = list(subject.overlapping(start, end))
    load = 0
    for each in stints:
        minutes = min(each.end, end) - max(each.start, start)
        load += minutes * (subject.norm.on_call_percent if each.kind in ON_CALL else 100)
    return Window(monday, monday + WEEK, load, stints)


def _excess(subject: Subject, window: Window) -> Fraction:
    """Minutes over the limit; below zero when there is room."""
    weeks = subject.norm.window_weeks or 1
    return Fraction(window.load, 100) - Fraction(subject.norm.limit) * 60 * weeks


def _worst(subject: Subject, run: list[Window]) -> list[Breach]:
    if not run:
        return []
    norm = subject.norm
    worst = max(run, key=lambda window: window.load)
    when = (midnight(worst.first), midnight(worst.end))
    average = worst.load / 6000 / (norm.window_weeks or 1)
    weeks = f"{norm.window_weeks} weeks" if (norm.window_weeks or 1) > 1 else "week"
    text = (
        f"{number(average)} hours per week in the {weeks} from {clock(when[0])}, "
        f"at most {number(norm.limit)}"
    )
    cost = sum(ceil(_excess(subject, window)) for window in run)
    return [subject.breach(average, "h", when, worst.stints, text, cost)]
