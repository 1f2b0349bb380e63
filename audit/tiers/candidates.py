"""Who may hold a duty or session, for people who do not hold it: the static part of ``eligible.*``.

Sessions held meanwhile are left aside: what is fair may not depend on what was dealt out.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from so247.audit.holdings import Case
from so247.audit.instants import Spans, instant, minute
from so247.audit.sites import SiteFacts, Sites
from so247.audit.tiers.backed import always_backed, backed
from so247.models.base import Weekday
from so247.models.calendar import absence_interval, office_hours
from so247.models.clock import Interval, local_day
from so247.models.duty import Duty
from so247.models.lines import Form, Line, Position, SessionDemand
from so247.models.people import SO, Commitment, Contract, Physician
from so247.models.report import Answer
from so247.models.settings import UnknownTravel

Busy = tuple[int, int, Commitment]


@dataclass(frozen=True)
class Stretch:
    """A piece of time, and who is absent or has commitments in it.

    ``hours``: whether it holds office hours (``True``), other hours (``False``), or both.
    """

    start: int
    end: int
    first: date
    last: date
    eras: range
    hours: frozenset[bool]
    absent: frozenset[str]
    busy: Mapping[str, Sequence[Busy]]


class Candidates:
    """Answers for one case, each worked out once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.region = case.region
        self.off = frozenset(case.region.settings.rules_off)
        self.sites = Sites(case.region)
        self._placed: dict[tuple[str, tuple[str, ...], int], tuple[Physician, ...]] = {}
        self._usable: dict[tuple[str, date, date], tuple[Contract, ...]] = {}
        self._backed: dict[str, bool] = {}
        self._stretches: dict[tuple[int, int], Stretch] = {}
        self._bases: dict[tuple[str, frozenset[bool]], frozenset[str | None]] = {}
        self._near: dict[tuple[str, int, frozenset[str | None]], Answer] = {}

    def for_duty(self, duty: Duty) -> tuple[str, ...]:
        """Ids of the people who may hold the duty on a contract that allows duties."""
        line = self.region.line_by_id[duty.line]
        stretch = self._stretch(minute(duty.when.start), minute(duty.when.end))
        people = self._everywhere(line, stretch.eras)
        first_line = line.position is Position.FIRST_LINE and "cover.backup_so" not in self.off
        mixed = first_line and any(person.role is not SO for person in people)
        if mixed and not self._any_role(line, duty.when):
            people = tuple(person for person in people if person.role is SO)
        on_call = line.form is Form.REACHABILITY
        return tuple(
            person.id
            for person in people
            if any(each.max_duties != 0 for each in self._contracts(person, stretch, on_call))
            and self._close_enough(person, line, stretch)
        )

    def _any_role(self, line: Line, when: Interval) -> bool:
        if line.id not in self._backed:
            self._backed[line.id] = always_backed(self.region, line)
        return self._backed[line.id] or backed(self.region, line, when)

    def for_session(
        self, demand: SessionDemand, when: Interval, skip: Container[str] = ()
    ) -> tuple[str, ...]:
        """Ids of the people who may hold the session at that time, but for those to ``skip``."""
        stretch = self._stretch(minute(when.start), minute(when.end))
        return tuple(
            person.id
            for person in self._here(demand, stretch.eras[0])
            if person.id not in skip
            and any(
                self._funded(contract, demand, stretch.first)
                for contract in self._contracts(person, stretch, False)
            )
        )

    def travel(self, person: Physician, line: Line, start: int, end: int) -> Answer:
        """Whether the person is near enough to every open site from start to end."""
        return self._travel(person, line, self._stretch(start, end))

    def _travel(self, person: Physician, line: Line, stretch: Stretch) -> Answer:
        if line.form is Form.PRESENCE:
            origins: frozenset[str | None] = frozenset({line.place})
        else:
            origins = self._origins(person, stretch)
        worst = Answer.YES
        for era in stretch.eras:
            answer = self._reach(line, era, origins)
            if answer is Answer.NO:
                return answer
            worst = worst if answer is Answer.YES else answer
        return worst

    def _reach(self, line: Line, era: int, origins: frozenset[str | None]) -> Answer:
        key = (line.id, era, origins)
        if key not in self._near:
            self._near[key] = self._worst_way(line.sites, era, origins)
        return self._near[key]

    def _worst_way(
        self, sites: tuple[str, ...], era: int, origins: frozenset[str | None]
    ) -> Answer:
        answer = Answer.YES
        for site in sites:
            facts = self.sites.facts(site, era)
            for origin in origins if facts.open else ():
                minutes = self.region.travel(origin, site)
                if minutes is None:
                    answer = Answer.UNKNOWN
                elif minutes > facts.on_site.minutes:
                    return Answer.NO
        return answer

    def _everywhere(self, line: Line, eras: range) -> tuple[Physician, ...]:
        found = self._here(line, eras[0])
        for era in eras[1:]:
            also = self._here(line, era)
            found = tuple(person for person in found if person in also)
        return found

    def _here(self, what: Line | SessionDemand, era: int) -> tuple[Physician, ...]:
        """People with the role, in a pool, and for duties in an agreed pool, of every open site."""
        duty = isinstance(what, Line)
        sites = what.sites if isinstance(what, Line) else (what.site,)
        name = what.id if isinstance(what, Line) else f".{what.product.value}"
        key = (name, sites, era)
        if key not in self._placed:
            facts = [each for each in (self.sites.facts(s, era) for s in sites) if each.open]
            self._placed[key] = tuple(
                person
                for person in self.region.physicians
                if ("eligible.role" in self.off or person.role in what.roles)
                and self._in_pools(person, facts, duty)
            )
        return self._placed[key]

    def _in_pools(self, person: Physician, facts: list[SiteFacts], duty: bool) -> bool:
        mine = frozenset(person.pools)
        pools = "eligible.pool" in self.off or all(
            not each.pools or each.pools & mine for each in facts
        )
        agreed = not duty or "eligible.agreement" in self.off
        return pools and (agreed or all(not e.agreed or e.agreed & mine for e in facts))

    def _close_enough(self, person: Physician, line: Line, stretch: Stretch) -> bool:
        if "eligible.travel" in self.off:
            return True
        answer = self._travel(person, line, stretch)
        allowed = self.region.settings.unknown_travel is UnknownTravel.ALLOW
        return answer is Answer.YES or (answer is Answer.UNKNOWN and allowed)

    def _funded(self, contract: Contract, demand: SessionDemand, day: date) -> bool:
        if demand.funding is None or "eligible.funding" in self.off:
            return True
        held = self.region.employer_by_id[contract.employer].funding_contracts
        return any(each.label == demand.funding and each.holds_on(day) for each in held)

    def _contracts(
        self, person: Physician, stretch: Stretch, on_call: bool
    ) -> tuple[Contract, ...]:
        """What the person may book work on that lies in the stretch."""
        if person.id in stretch.absent:
            return ()
        if person.id in stretch.busy and "eligible.commitment" not in self.off:
            rows = stretch.busy[person.id]
            if not (on_call and all(row[2].on_call_allowed for row in rows)):
                return ()
        key = (person.id, stretch.first, stretch.last)
        if key not in self._usable:
            self._usable[key] = self._valid(person, stretch.first, stretch.last)
        return self._usable[key]

    def _valid(self, person: Physician, first: date, last: date) -> tuple[Contract, ...]:
        registered = person.registered_on(first) and person.registered_on(last)
        if not registered and "eligible.registration" not in self.off:
            return ()
        weekday = Weekday.of(first)
        return tuple(
            each
            for each in self.region.contracts_of(person.id)
            if ("eligible.contract" in self.off or (each.holds_on(first) and each.holds_on(last)))
            and ("eligible.free_weekday" in self.off or weekday not in each.free_weekdays)
        )

    def _stretch(self, start: int, end: int) -> Stretch:
        if (start, end) not in self._stretches:
            off = "eligible.absence" in self.off
            busy: dict[str, list[Busy]] = {}
            for row in self._commitments.during(start, end):
                busy.setdefault(row[2].physician, []).append(row)
            self._stretches[start, end] = Stretch(
                start=start,
                end=end,
                eras=range(self.sites.era(start), self.sites.era(end - 1) + 1),
                first=local_day(instant(start)),
                last=local_day(instant(end - 1)),
                hours=self._hours(start, end),
                absent=frozenset(
                    row[2] for row in (() if off else self._absences.during(start, end))
                ),
                busy=busy,
            )
        return self._stretches[start, end]

    def _hours(self, start: int, end: int) -> frozenset[bool]:
        rows = self._office.during(start, end)
        at_work = sum(min(closes, end) - max(opens, start) for opens, closes, _ in rows)
        found = {True: at_work > 0, False: at_work < end - start}
        return frozenset(office for office, present in found.items() if present)

    def _origins(self, person: Physician, stretch: Stretch) -> frozenset[str | None]:
        """Where the person is at some moment: places of commitments, and the bases in between."""
        if person.id not in stretch.busy:
            return self._at_base(person, stretch.hours)
        busy = stretch.busy[person.id]
        origins: set[str | None] = {row[2].place for row in busy}
        at, end = stretch.start, stretch.end
        for opens, closes in (*((row[0], row[1]) for row in busy), (end, end)):
            if opens > at:
                origins |= self._at_base(person, self._hours(at, opens))
            at = max(at, closes)
        return frozenset(origins)

    def _at_base(self, person: Physician, hours: frozenset[bool]) -> frozenset[str | None]:
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
