"""``norm.rolling_count``: duties that start within a rolling number of days of 24 hours."""

from __future__ import annotations

from math import ceil

from so247.audit.breach import BROKEN, Breach
from so247.audit.norms.subject import DUTY_KINDS, Stint, Subject, clock, number

DAY = 24 * 60


def check(subject: Subject) -> list[Breach]:
    """The worst window of every run of windows in a row with too many."""
    found: list[Breach] = []
    run: list[tuple[Stint, ...]] = []
    unknown_from: int | None = None
    for window, start in _windows(subject):
        if len(window) > subject.norm.limit and subject.judged(window):
            run.append(window)
            continue
        if unknown_from is None and subject.reaches_unknown(start) and subject.judged(window):
            unknown_from = start
        found += _worst(subject, run)
        run = []
    found += _worst(subject, run)
    return (
        found if unknown_from is None else [*found, *subject.unknown(unknown_from, _unit(subject))]
    )


def _windows(subject: Subject) -> list[tuple[tuple[Stint, ...], int]]:
    """For every distinct start in the period: what starts in ``(start - window, start]``."""
    reach = (subject.norm.window_days or 0) * DAY
    stints = subject.stints
    found: list[tuple[tuple[Stint, ...], int]] = []
    first = 0
    for at, stint in enumerate(stints):
        if at + 1 < len(stints) and stints[at + 1].start == stint.start:
            continue
        while stints[first].start <= stint.start - reach:
            first += 1
        if stint.now:
            found.append((stints[first : at + 1], stint.start - reach))
    return found


def _worst(subject: Subject, run: list[tuple[Stint, ...]]) -> list[Breach]:
    if not run:
        return []
    norm = subject.norm
    worst = max(run, key=len)
    start = worst[0].start
    text = (
        f"{len(worst)} {_unit(subject)} in {norm.window_days} x 24 hours from {clock(start)}, "
        f"at most {number(norm.limit)}"
    )
    cost = sum(ceil(BROKEN * (len(window) - norm.limit)) for window in run)
    when = (start, start + (norm.window_days or 0) * DAY)
    return [subject.breach(len(worst), _unit(subject), when, worst, text, cost)]


def _unit(subject: Subject) -> str:
    return "duties" if set(subject.norm.counts) <= DUTY_KINDS else "items"
