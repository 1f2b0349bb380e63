"""Stretches of time in which something is to be held: who is absent, busy, and where people are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from so247.audit.holdings import Case
from so247.audit.instants import Spans, day_of, minute
from so247.audit.sites import Sites
from so247.audit.tiers.terms import Terms
from so247.models.calendar import absence_interval, office_hours
from so247.models.clock import Interval
from so247.models.people import Commitment, Physician

Busy = tuple[int, int, Commitment]
Term = tuple[int, int, int]


@dataclass(frozen=True)
class Stretch:
    """A piece of time, and who is absent or has commitments in it.

    ``term``: the terms of its first and last day, and the first one's weekday: all that decides
    which contracts may be booked. ``hours``: whether it holds office hours (``True``), other hours
    (``False``), or both.
    """

    start: int
    end: int
    first: date
    last: date
    term: Term
    eras: range
    hours: frozenset[bool]
    absent: frozenset[str]
    busy: Mapping[str, Sequence[Busy]]


class Stretches:
    """Those of one case, each worked out once."""

    def __init__(self, case: Case, sites: Sites) -> None:
        self.case = case
        self.region = case.region
        self.sites = sites
        self._absence_counts = "eligible.absence" not in case.region.settings.rules_off
        self._terms = Terms(case.region)
        self._known: dict[tuple[int, int], Stretch] = {}
        self._bases: dict[tuple[str, frozenset[bool]], frozenset[str | None]] = {}

    def between(self, start: int, end: int) -> Stretch:
        """From one minute to before the other."""
        if (start, end) not in self._known:
            first, last = day_of(start), day_of(end - 1)
            away = self._absences.during(start, end) if self._absence_counts else []
            busy: dict[str, list[Busy]] = {}
            for row in self._commitments.during(start, end):
                busy.setdefault(row[2].physician, []).append(row)
            self._known[start, end] = Stretch(
                start=start,
                end=end,
                eras=range(self.sites.era(start), self.sites.era(end - 1) + 1),
                first=first,
                last=last,
                term=(self._terms.of(first), self._terms.of(last), first.weekday()),
                hours=self._hours(start, end),
                absent=frozenset(row[2] for row in away),
                busy=busy,
            )
        return self._known[start, end]

    def _hours(self, start: int, end: int) -> frozenset[bool]:
        rows = self._office.during(start, end)
        at_work = sum(min(closes, end) - max(opens, start) for opens, closes, _ in rows)
        found = {True: at_work > 0, False: at_work < end - start}
        return frozenset(office for office, present in found.items() if present)

    def origins(self, person: Physician, stretch: Stretch) -> frozenset[str | None]:
        """Where the person is at some moment: places of commitments, and the bases in between."""
        if person.id not in stretch.busy:
            return self.at_base(person, stretch.hours)
        busy = stretch.busy[person.id]
        origins: set[str | None] = {row[2].place for row in busy}
        at, end = stretch.start, stretch.end
        for opens, closes in (*((row[0], row[1]) for row in busy), (end, end)):
            if opens > at:
                origins |= self.at_base(person, self._hours(at, opens))
            at = max(at, closes)
        return frozenset(origins)

    def at_base(self, person: Physician, hours: frozenset[bool]) -> frozenset[str | None]:
        """Where who has no commitments is, in hours as a stretch has them."""
        key = (person.id, hours)
        if key not in self._bases:
            self._bases[key] = frozenset(
                person.day_base if office else person.night_base for office in hours
            )
        return self._bases[key]

    @cached_property
    def _office(self) -> Spans[None]:
        margin = timedelta(days=40)
        whole = Interval(start=self.case.period.start - margin, end=self.case.period.end + margin)
        opened = office_hours(self.region, whole)
        return Spans((minute(each.start), minute(each.end), None) for each in opened)

    @cached_property
    def _commitments(self) -> Spans[Commitment]:
        return Spans(
            (minute(when.start), minute(when.end), each)
            for person in self.region.physicians
            for when, each in self.case.commitments(person.id)
        )

    @cached_property
    def _absences(self) -> Spans[str]:
        intervals = ((absence_interval(each), each.physician) for each in self.region.absences)
        return Spans((minute(when.start), minute(when.end), who) for when, who in intervals)
