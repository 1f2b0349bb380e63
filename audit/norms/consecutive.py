"""``norm.consecutive``: local days in a row on which counted work starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from so247.audit.breach import BROKEN, Breach
from so247.audit.instants import midnight
from so247.audit.norms.subject import Stint, Subject, clock, number

ONE_DAY = timedelta(days=1)


def check(subject: Subject) -> list[Breach]:
    """One breach for every run of days that is too long, with the cost of each day too many."""
    found: list[Breach] = []
    limit = int(subject.norm.limit)
    for run in _runs(subject.stints):
        over = [
            at
            for at in range(limit, len(run))
            if subject.judged([stint for day in run[at - limit : at + 1] for stint in day])
        ]
        if over:
            found.append(_breach(subject, run, BROKEN * len(over)))
        found += _unknown(subject, run, limit)
    return found


def _runs(stints: Sequence[Stint]) -> list[list[list[Stint]]]:
    """Runs of days in a row; per day what starts on it."""
    runs: list[list[list[Stint]]] = []
    last: date | None = None
    for stint in stints:
        if last is not None and stint.day == last:
            runs[-1][-1].append(stint)
        elif last is not None and stint.day == last + ONE_DAY:
            runs[-1].append([stint])
        else:
            runs.append([[stint]])
        last = stint.day
    return runs


def _breach(subject: Subject, run: list[list[Stint]], cost: int) -> Breach:
    first, last = run[0][0].day, run[-1][0].day
    when = (midnight(first), midnight(last + ONE_DAY))
    what = "nights" if subject.norm.night_only else "days"
    text = (
        f"{len(run)} {what} in a row from {clock(run[0][0].start)}, "
        f"at most {number(subject.norm.limit)}"
    )
    stints = [stint for day in run for stint in day]
    return subject.breach(len(run), "days", when, stints, text, cost)


def _unknown(subject: Subject, run: list[list[Stint]], limit: int) -> list[Breach]:
    """A run that begins on the period's first day may go on before it."""
    before = midnight(run[0][0].day - ONE_DAY)
    # Within the first ``limit`` days of the run the days before it decide.
    open_days = [day for day in run[:limit] if any(subject.tested(stint) for stint in day)]
    if not open_days or midnight(run[0][0].day) > subject.case.start:
        return []
    since = midnight(open_days[0][0].day - timedelta(days=limit))
    return subject.unknown(since, "days") if subject.reaches_unknown(before) else []
