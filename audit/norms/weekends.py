"""``norm.weekends``: weekends with counted work among so many ISO weeks in a row."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil

from so247.audit.breach import BROKEN, Breach
from so247.audit.instants import midnight
from so247.audit.norms.subject import Stint, Subject, clock, number
from so247.models.clock import local_day, monday_of

SATURDAY = timedelta(days=5)
WEEK = timedelta(days=7)

Window = tuple[date, list[list[Stint]]]
"""Monday of its last ISO week, and what is worked in each of its weekends that has work."""


def check(subject: Subject) -> list[Breach]:
    """The worst window of every run of windows in a row with too many worked weekends."""
    found: list[Breach] = []
    run: list[Window] = []
    unknown_from: int | None = None
    for window in _windows(subject):
        last, worked = window
        if len(worked) > subject.norm.limit and _judged(subject, worked):
            run.append(window)
            continue
        start = midnight(_first(subject, last) + SATURDAY)
        if unknown_from is None and subject.reaches_unknown(start) and _judged(subject, worked):
            unknown_from = start
        found += _worst(subject, run)
        run = []
    found += _worst(subject, run)
    return found if unknown_from is None else [*found, *subject.unknown(unknown_from, "weekends")]


def _judged(subject: Subject, worked: list[list[Stint]]) -> bool:
    return subject.judged([stint for weekend in worked for stint in weekend])


def _first(subject: Subject, last: date) -> date:
    """Monday of the first week of the window that ends with the week of ``last``."""
    return last - ((subject.norm.window_weeks or 1) - 1) * WEEK


def _windows(subject: Subject) -> list[Window]:
    """One for every ISO week whose Saturday lies in the period."""
    case = subject.case
    monday = monday_of(local_day(case.period.start))
    found: list[Window] = []
    weekends: dict[date, list[Stint]] = {}
    while midnight(monday + SATURDAY) < case.end:
        if midnight(monday + SATURDAY) >= case.start:
            week, worked = _first(subject, monday), []
            while week <= monday:
                if week not in weekends:
                    bounds = midnight(week + SATURDAY), midnight(week + WEEK)
                    weekends[week] = list(subject.overlapping(*bounds))
                if weekends[week]:
                    worked.append(weekends[week])
                week += WEEK
            found.append((monday, worked))
        monday += WEEK
    return found


def _worst(subject: Subject, run: list[Window]) -> list[Breach]:
    if not run:
        return []
    norm = subject.norm
    last, worked = max(run, key=lambda window: len(window[1]))
    when = (midnight(_first(subject, last)), midnight(last + WEEK))
    text = (
        f"work in {len(worked)} weekends in the {norm.window_weeks} weeks from {clock(when[0])}, "
        f"at most {number(norm.limit)}"
    )
    cost = sum(ceil(BROKEN * (len(weekends) - norm.limit)) for _, weekends in run)
    stints = [stint for weekend in worked for stint in weekend]
    return [subject.breach(len(worked), "weekends", when, stints, text, cost)]
