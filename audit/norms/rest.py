"""``norm.rest``: hours of rest between stretches of work, as far as possible once shortened."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from so247.audit.breach import BROKEN, Breach
from so247.audit.norms.subject import Stint, Subject, clock, hours, number

DAY = 24 * 60


@dataclass
class Stretch:
    """Work without a rest in it. ``special``: of the kind that the norm is about (``around``)."""

    stints: list[Stint]
    special: bool
    end: int

    @property
    def start(self) -> int:
        return self.stints[0].start


def check(subject: Subject) -> list[Breach]:
    """One breach for every pair of neighbouring stretches with too little rest between them."""
    found: list[Breach] = []
    unknown_from: int | None = None
    last_short: int | None = None
    stretches = _stretches(subject)
    if stretches:
        unknown_from = _before_first(subject, stretches)
    for earlier, later in pairwise(stretches):
        rest = max(0, later.start - earlier.end)
        if rest >= subject.limit_minutes or not _relevant(subject, earlier, later, rest):
            continue
        forbidden = _forbidden(subject, rest, earlier.end, last_short)
        last_short = earlier.end
        if not subject.tested(later.stints[0]):
            continue
        if forbidden is not None:
            if any(each.ours for each in (*earlier.stints, *later.stints)):
                found.append(_breach(subject, earlier, later, rest, forbidden))
            continue
        since = earlier.end - (subject.norm.reduced_every_days or 0) * DAY
        if subject.reaches_unknown(since):
            unknown_from = min(since, since if unknown_from is None else unknown_from)
    return found if unknown_from is None else [*found, *subject.unknown(unknown_from, "h")]


def _stretches(subject: Subject) -> list[Stretch]:
    """Stretches by start. With ``around``, work of another kind never joins that kind's."""
    shortest = round(subject.norm.break_hours * 60)
    found: list[Stretch] = []
    for stint in subject.stints:
        special = stint.kind is subject.norm.around
        if found and found[-1].special is special and stint.start - found[-1].end <= shortest:
            found[-1].stints.append(stint)
            found[-1].end = max(found[-1].end, stint.end)
        else:
            found.append(Stretch([stint], special, stint.end))
    return found


def _relevant(subject: Subject, earlier: Stretch, later: Stretch, rest: int) -> bool:
    norm = subject.norm
    if norm.night_only and not any(each.night for each in earlier.stints):
        return False
    if norm.around is None:
        return True
    # A break joins work of two kinds into one stretch; touching, there is no rest at all.
    is_break = earlier.special is not later.special and 0 < rest <= norm.break_hours * 60
    return (earlier.special or later.special) and not is_break


def _forbidden(subject: Subject, rest: int, start: int, last_short: int | None) -> float | None:
    """The hours that this short rest should have had, or ``None`` when it may be this short."""
    norm = subject.norm
    if norm.reduced_limit is None:
        return norm.limit
    every = norm.reduced_every_days
    if every is not None and last_short is not None and start - last_short < every * DAY:
        return norm.limit
    return norm.reduced_limit if rest < norm.reduced_limit * 60 else None


def _before_first(subject: Subject, stretches: list[Stretch]) -> int | None:
    """From when on work before the first stretch of the period might be missing, if so."""
    at = next((i for i, each in enumerate(stretches) if each.stints[0].now), None)
    if at is None or not subject.tested(stretches[at].stints[0]):
        return None
    if at and stretches[at - 1].end >= subject.case.start:
        return None  # the work before it is this roster's own
    since = stretches[at].start - subject.limit_minutes
    return since if subject.reaches_unknown(since) else None


def _breach(subject: Subject, earlier: Stretch, later: Stretch, rest: int, limit: float) -> Breach:
    before = max(earlier.stints, key=lambda each: each.end)
    return subject.breach(
        rest / 60,
        "h",
        (later.start - rest, later.start),
        (before, later.stints[0]),
        f"{hours(rest)} hours of rest before {clock(later.start)}, at least {number(limit)}",
        BROKEN,
        limit,
    )
