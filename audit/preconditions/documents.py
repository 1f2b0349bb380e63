"""How evidence is judged: which documents hold on which day, and what that makes of an assertion.

docs/PROOF.md ("Judgements") has the table that this file follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from so247.audit.preconditions.words import Words, about, dutch
from so247.models.base import Valid
from so247.models.evidence import Evidence
from so247.models.people import Physician
from so247.models.proof import Said, Status

ONE_DAY = timedelta(days=1)
WORST = (Status.NOT_MET, Status.EXPIRED, Status.UNKNOWN, Status.MET)
"""Of several things that all must hold, the first of these counts."""
BEST = (Status.MET, Status.EXPIRED, Status.UNKNOWN, Status.NOT_MET)
"""Of several things of which one suffices, the first of these counts."""


@dataclass(frozen=True)
class Found:
    """What was found about a part of an assertion. ``until``: last day on which it surely holds;
    ``None``: no end is known, or there is no such day."""

    status: Status
    until: date | None = None
    reasons: tuple[Said, ...] = ()
    used: tuple[str, ...] = ()


MET = Found(Status.MET)


def all_of(parts: Iterable[Found]) -> Found:
    """Everything must hold: the worst status, the first end, the reasons of what fails."""
    found = tuple(parts)
    if not found:
        return MET
    ends = [part.until for part in found if part.until is not None]
    return Found(
        status=min((part.status for part in found), key=WORST.index),
        until=min(ends, default=None),
        reasons=tuple(dict.fromkeys(said for part in found for said in part.reasons)),
        used=tuple(dict.fromkeys(name for part in found for name in part.used)),
    )


def best_of(parts: Sequence[Found]) -> Found:
    """One suffices: the best, of equals the one that holds longest; where none is met, all reasons.

    A part that is met and has no end holds longest; one that is not and has none never held.
    """

    def rank(part: Found) -> tuple[int, date]:
        endless = date.max if part.status is Status.MET else date.min
        return -BEST.index(part.status), part.until or endless

    best = max(parts, key=rank)
    if best.status is Status.MET:
        return best
    reasons = tuple(dict.fromkeys(said for part in parts for said in part.reasons))
    return Found(best.status, best.until, reasons, best.used)


def failing(code: str, what: Words, nl: str, en: str, status: Status = Status.NOT_MET) -> Found:
    """A part that fails for one reason."""
    return Found(status, reasons=(about(code, what, nl, en),))


@dataclass(frozen=True)
class Course:
    """From the first day on: how long something holds, and what it becomes then.

    ``day`` is the first on which it does not; ``None`` when there is none.
    """

    status: Status
    until: date | None
    day: date | None


def course(
    first: date, last: date, bounds: Iterable[date], judge: Callable[[date], Status]
) -> Course:
    """Judges the first day and every later one on which the answer may change.

    The first status that is not met counts; what lies after ``last`` only ends ``until``.
    """
    for day in sorted({first, *(bound for bound in bounds if bound > first)}):
        status = judge(day)
        if status is not Status.MET:
            until = day - ONE_DAY if day > first else None
            return Course(status if day <= last else Status.MET, until, day)
    return Course(Status.MET, None, None)


def told(found: Course, code: str, what: Words, nl: str, en: str) -> Found:
    """What a course found, with the sentence for the day on which it fails."""
    reasons = () if found.status is Status.MET else (about(code, what, nl, en),)
    return Found(found.status, found.until, reasons)


def registrations(people: Iterable[Physician]) -> set[date]:
    """The days on which a registration begins, or is over."""
    found: set[date] = set()
    for person in people:
        if person.registered_from is not None:
            found.add(person.registered_from)
        if person.registered_until is not None:
            found.add(person.registered_until + ONE_DAY)
    return found


def bounds_of(items: Iterable[Valid]) -> set[date]:
    """The days on which the validity of one of them begins, or is over."""
    found: set[date] = set()
    for item in items:
        if item.valid_from is not None:
            found.add(item.valid_from)
        if item.valid_until is not None:
            found.add(item.valid_until + ONE_DAY)
    return found


def on_paper(documents: Sequence[Evidence], first: date, last: date, what: Words) -> Found:
    """What the documents of one kind say together, from the first day to the last."""
    agreeing = [each for each in documents if each.agrees]
    refusing = [each for each in documents if not each.agrees]
    if not documents:
        return failing("evidence.missing", what, "ontbreekt", "missing")
    bounds = bounds_of(documents)
    bounds |= {each.signed_on for each in refusing if each.signed_on is not None}
    kept = [each for each in agreeing if not _withdrawn(each, refusing, first)]

    def judge(day: date) -> Status:
        states = {_on(each, refusing, first, day) for each in agreeing}
        if Status.MET in states:
            return Status.MET
        if day > first:
            return Status.EXPIRED
        return Status.UNKNOWN if Status.UNKNOWN in states else _before_or_after(kept, day)

    found = course(first, last, bounds, judge)
    days = {first, *(bound for bound in bounds if first < bound <= last)}
    used = [
        each.id
        for each in agreeing
        if any(_on(each, refusing, first, day) is Status.MET for day in days)
    ]
    return Found(
        status=found.status,
        until=_until(found, kept, first),
        reasons=_why(found, what, agreeing, kept, first),
        used=tuple(used or (each.id for each in documents)),
    )


def _on(document: Evidence, refusing: Sequence[Evidence], first: date, day: date) -> Status:
    """Whether the document surely holds on a day. A signature after the first day is to come."""
    if not document.holds_on(day):
        return Status.NOT_MET
    if document.signed_on is None:
        return Status.UNKNOWN
    if document.signed_on > first or _withdrawn(document, refusing, day):
        return Status.NOT_MET
    doubts = [each for each in refusing if each.holds_on(day)]
    unsure = any(each.signed_on in (None, document.signed_on) for each in doubts)
    return Status.UNKNOWN if unsure else Status.MET


def _withdrawn(document: Evidence, refusing: Sequence[Evidence], day: date) -> bool:
    """Whether a document that says no, signed later and valid on the day, has taken its place."""
    signed = document.signed_on
    return signed is not None and any(
        each.holds_on(day) and each.signed_on is not None and signed < each.signed_on <= day
        for each in refusing
    )


def _before_or_after(kept: Sequence[Evidence], day: date) -> Status:
    """Nothing holds on the first day: expired if something did before, else not yet or refused."""
    over = any(each.valid_until is not None and each.valid_until < day for each in kept)
    return Status.EXPIRED if over else Status.NOT_MET


def _until(found: Course, kept: Sequence[Evidence], first: date) -> date | None:
    """The last day on which it held, also where that lies before the first day."""
    if found.until is not None or found.status is not Status.EXPIRED:
        return found.until
    ends = [each.valid_until for each in kept if each.valid_until is not None]
    return max(end for end in ends if end < first)


def _why(
    found: Course, what: Words, agreeing: Sequence[Evidence], kept: Sequence[Evidence], first: date
) -> tuple[Said, ...]:
    """One sentence on what is wrong; none where the assertion is met."""
    if found.status is Status.MET:
        return ()
    if found.status is Status.EXPIRED:
        until = _until(found, kept, first) or first
        nl, en = f"geldig tot en met {dutch(until)}", f"valid up to and including {until}"
        return (about("evidence.expired", what, nl, en),)
    if found.status is Status.UNKNOWN:
        if any(each.signed_on is None and each.holds_on(first) for each in agreeing):
            nl, en = "datum van ondertekening onbekend", "date of signature unknown"
            return (about("evidence.undated", what, nl, en),)
        nl, en = "niet duidelijk of het is ingetrokken", "not clear whether it was withdrawn"
        return (about("evidence.doubted", what, nl, en),)
    if not kept:
        return (
            about("evidence.refused", what, "geweigerd of ingetrokken", "refused or withdrawn"),
        )
    nl, en = "nog niet getekend of nog niet geldig", "not yet signed, or not yet valid"
    return (about("evidence.not_yet", what, nl, en),)
