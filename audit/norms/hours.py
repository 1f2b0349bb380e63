"""``norm.hours``: counted hours per ISO week, on average over so many weeks in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from so247.audit.breach import Breach
from so247.audit.instants import midnight
from so247.audit.norms.subject import Stint, Subject, clock, number
from so247.models.clock import local_day, monday_of
from so247.models.norms import Work

WEEK = timedelta(days=7)
ON_CALL = frozenset({Work.OFFICE_DUTY, Work.REACHABILITY_DUTY})
"""Kinds of work of which ``on_call_percent`` counts."""


@dataclass
class Week:
    """What is worked in one ISO week. ``load``: counted minutes times a hundred."""

    first: date
    end: date
    load: int
    stints: list[Stint]


@dataclass
class Window:
    """Weeks in a row with their load."""

    weeks: list[Week]
    load: int

    @property
    def first(self) -> date:
        return self.weeks[0].first

    @property
    def end(self) -> date:
        return self.weeks[-1].end

    @property
    def stints(self) -> list[Stint]:
        return [stint for week in self.weeks for stint in week.stints]


def check(subject: Subject) -> list[Breach]:
    """The worst window of every run of windows in a row with too many hours."""
    found: list[Breach] = []
    run: list[Window] = []
    unknown_from: int | None = None
    most = floor(_limit(subject))
    for window in _windows(subject):
        if window.load > most and subject.judged(window.stints):
            run.append(window)
            continue
        start = midnight(window.first)
        if (
            unknown_from is None
            and subject.reaches_unknown(start)
            and subject.judged(window.stints)
        ):
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
    weeks: list[Week] = []
    while midnight(week) < case.end:
        weeks.append(_week(subject, week))
        week += WEEK
    size = subject.norm.window_weeks or 1
    windows = [weeks[at - size + 1 : at + 1] for at in range(size - 1, len(weeks))]
    return [Window(each, sum([week.load for week in each])) for each in windows]


def _week(subject: Subject, monday: date) -> Week:
    start, end = midnight(monday), midnight(monday + WEEK)
    stints = list(subject.overlapping(start, end))
    load = 0
    for each in stints:
        minutes = min(each.end, end) - max(each.start, start)
        load += minutes * (subject.norm.on_call_percent if each.kind in ON_CALL else 100)
    return Week(monday, monday + WEEK, load, stints)


def _limit(subject: Subject) -> Fraction:
    """What a window may hold, in minutes times a hundred."""
    return Fraction(subject.norm.limit) * 6000 * (subject.norm.window_weeks or 1)


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
    limit = _limit(subject)
    cost = sum(ceil((window.load - limit) / 100) for window in run)
    return [subject.breach(average, "h", when, worst.stints, text, cost)]
