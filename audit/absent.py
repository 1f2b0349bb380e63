"""A person who drops out: what is lost, the region without him, and the roster once repaired.

docs/PROOF.md, "Absences (N-1)", is the source. Whoever re-checks a case of ``models.proof`` needs
no more than this and ``check``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from so247.models.clock import Interval, days_interval, local_day, to_local
from so247.models.people import Absence
from so247.models.proof import Case, Change
from so247.models.region import Region
from so247.models.roster import Assignment, Gap, Roster, State


def lost(roster: Roster, physician: str, day: date, absence_days: int) -> tuple[str, ...]:
    """What a person who is away from local midnight on ``day`` holds and will not begin."""
    away = days_interval(day, day + timedelta(days=absence_days - 1))
    return tuple(
        each.target
        for each in roster.standing
        if each.physician == physician
        and away.start <= each.when.start < away.end
        and each.when.start < roster.period.end
    )


def absence(
    rosters: Sequence[Roster], physician: str, day: date, absence_days: int
) -> Absence | None:
    """The absence itself: it begins when the duty that runs at midnight is over.

    ``None`` when that duty outlasts it. ``rosters``: the roster first, then history.
    """
    away = days_interval(day, day + timedelta(days=absence_days - 1))
    ends = [
        each.when.end
        for roster in rosters
        for each in roster.standing
        if each.physician == physician and each.when.start < away.start < each.when.end
    ]
    start = max([away.start, *ends])
    if start >= away.end:
        return None
    return Absence(
        physician=physician,
        first_day=local_day(start),
        last_day=local_day(away.end - timedelta(minutes=1)),
        from_time=to_local(start).time() if ends else None,
        unforeseen=True,
    )


def without(
    region: Region, case: Case, day: date, absence_days: int, rosters: Sequence[Roster]
) -> Region:
    """The region in which the people of a case are away from ``day`` on. Their pins give way."""
    found = [absence(rosters, who, day, absence_days) for who in case.physicians]
    pins = tuple(
        pin
        for pin in region.pins
        if not (pin.physician in case.physicians and pin.target in case.lost)
    )
    absences = (*region.absences, *(each for each in found if each is not None))
    return region.model_copy(update={"absences": absences, "pins": pins})


def repaired(roster: Roster, case: Case) -> Roster:
    """The roster with the changes of a case, as its next revision; nobody has promised them.

    Its ledger is still that of the roster before.

    Raises ``ValueError`` for a change of something that the roster neither holds nor names as a
    gap at a known time.
    """
    changes = {(each.target, each.before): each for each in case.changes}
    revision = roster.revision + 1
    rows: list[Assignment] = []
    gaps = {gap.target: gap for gap in roster.gaps}
    for each in roster.assignments:
        declined = each.state is State.DECLINED
        change = None if declined else changes.pop((each.target, each.physician), None)
        if change is None:
            rows.append(each)
        elif change.after is None:
            when = each.when if "@" in each.target else None
            gaps[each.target] = Gap(target=each.target, when=when, revision=revision)
        else:
            rows.append(_taken(each.target, change, each.when, revision))
    for (target, _), change in changes.items():
        rows.append(_taken(target, change, _gap(gaps.pop(target, None), target), revision))
    return roster.model_copy(
        update={
            "assignments": tuple(sorted(rows, key=lambda e: (e.when.start, e.target, e.physician))),
            "gaps": tuple(gaps.values()),
            "revision": revision,
        }
    )


def _gap(gap: Gap | None, target: str) -> Interval:
    if gap is None or gap.when is None:
        raise ValueError(f"{target} is neither held nor a gap at a known time")
    return gap.when


def _taken(target: str, change: Change, when: Interval, revision: int) -> Assignment:
    """Somebody new holds it."""
    if change.after is None:
        raise ValueError(f"{target} is held by nobody, and so it stays")
    return Assignment(
        target=target,
        physician=change.after,
        contract=change.contract,
        when=when,
        revision=revision,
    )
