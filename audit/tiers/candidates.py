"""Who may hold a duty or session, for people who do not hold it: the static part of ``eligible.*``.

Sessions held meanwhile are left aside: what is fair may not depend on what was dealt out.
"""

from __future__ import annotations

from collections.abc import Container
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


@dataclass(frozen=True)
class Stretch:
    """Time from a first to a last local day, in and out of office hours."""

    first: date
    last: date
    in_office: bool
    out_of_office: bool


@dataclass(frozen=True)
class Freedom:
    """A person during a stretch of time: usable contracts, and the places to travel from."""

    contracts: tuple[Contract, ...]
    origins: frozenset[str | None]


class Candidates:
    """Answers for one case, each worked out once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.region = case.region
        self.off = frozenset(case.region.settings.rules_off)
        self.sites = Sites(case.region)
        self._placed: dict[tuple[str, tuple[str, ...], int], tuple[Physician, ...]] = {}
        self._free: dict[tuple[str, int, int, bool], Freedom] = {}
        self._backed: dict[str, bool] = {}
        self._stretches: dict[tuple[int, int], Stretch] = {}
        self._near: dict[tuple[tuple[str, ...], int, frozenset[str | None]], Answer] = {}

    def for_duty(self, duty: Duty) -> tuple[str, ...]:
        """Ids of the people who may hold the duty on a contract that allows duties."""
        line = self.region.line_by_id[duty.line]
        start, end = minute(duty.when.start), minute(duty.when.end)
        eras = range(self.sites.era(start), self.sites.era(end - 1) + 1)
        people = self._everywhere(line, eras)
        first_line = line.position is Position.FIRST_LINE and "cover.backup_so" not in self.off
        mixed = first_line and any(person.role is not SO for person in people)
        if mixed and not self._any_role(line, duty.when):
            people = tuple(person for person in people if person.role is SO)
        return tuple(
            person.id
            for person in people
            if any(each.max_duties != 0 for each in self._contracts(person, line, start, end))
            and self._close_enough(person, line, start, end)
        )

    def _any_role(self, line: Line, when: Interval) -> bool:
        if line.id not in self._backed:
            self._backed[line.id] = always_backed(self.region, line)
        return self._backed[line.id] or backed(self.region, line, when)

    def for_session(
        self, demand: SessionDemand, when: Interval, skip: Container[str] = ()
    ) -> tuple[str, ...]:
        """Ids of the people who may hold the session at that time, but for those to ``skip``."""
        start, end = minute(when.start), minute(when.end)
        day = local_day(when.start)
        return tuple(
            person.id
            for person in self._here(demand, self.sites.era(start))
            if person.id not in skip
            and any(
                self._funded(contract, demand, day)
                for contract in self._freedom(person, start, end, False).contracts
            )
        )

    def travel(self, person: Physician, line: Line, start: int, end: int) -> Answer:
        """Whether the person is near enough to every open site from start to end."""
        if line.form is Form.PRESENCE:
            origins: frozenset[str | None] = frozenset({line.place})
        else:
            origins = self._freedom(person, start, end, True).origins
        answers = {
            self._reach(line.sites, era, origins)
            for era in range(self.sites.era(start), self.sites.era(end - 1) + 1)
        }
        return next(a for a in (Answer.NO, Answer.UNKNOWN, Answer.YES) if a in answers)

    def _reach(self, sites: tuple[str, ...], era: int, origins: frozenset[str | None]) -> Answer:
        key = (sites, era, origins)
        if key not in self._near:
            self._near[key] = self._worst_way(sites, era, origins)
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

    def _contracts(
        self, person: Physician, line: Line, start: int, end: int
    ) -> tuple[Contract, ...]:
        reachability = line.form is Form.REACHABILITY
        return self._freedom(person, start, end, reachability).contracts

    def _close_enough(self, person: Physician, line: Line, start: int, end: int) -> bool:
        if "eligible.travel" in self.off:
            return True
        answer = self.travel(person, line, start, end)
        allowed = self.region.settings.unknown_travel is UnknownTravel.ALLOW
        return answer is Answer.YES or (answer is Answer.UNKNOWN and allowed)

    def _funded(self, contract: Contract, demand: SessionDemand, day: date) -> bool:
        if demand.funding is None or "eligible.funding" in self.off:
            return True
        held = self.region.employer_by_id[contract.employer].funding_contracts
        return any(each.label == demand.funding and each.holds_on(day) for each in held)

    def _freedom(self, person: Physician, start: int, end: int, on_call: bool) -> Freedom:
        key = (person.id, start, end, on_call)
        if key not in self._free:
            self._free[key] = self._work_out(person, start, end, on_call)
        return self._free[key]

    def _work_out(self, person: Physician, start: int, end: int, on_call: bool) -> Freedom:
        busy = self._commitments[person.id].during(start, end)
        contracts: tuple[Contract, ...] = ()
        absent = self._absences[person.id].during(start, end)
        blocked = [row for row in busy if not (on_call and row[2].on_call_allowed)]
        stretch = self._stretch(start, end)
        first, last = stretch.first, stretch.last
        registered = person.registered_on(first) and person.registered_on(last)
        if (
            (not absent or "eligible.absence" in self.off)
            and (not blocked or "eligible.commitment" in self.off)
            and (registered or "eligible.registration" in self.off)
        ):
            contracts = tuple(
                each
                for each in self.region.contracts_of(person.id)
                if self._usable(each, first, last)
            )
        return Freedom(contracts, self._origins(person, start, end, busy))

    def _stretch(self, start: int, end: int) -> Stretch:
        if (start, end) not in self._stretches:
            rows = self._office.during(start, end)
            at_work = sum(min(closes, end) - max(opens, start) for opens, closes, _ in rows)
            first, last = local_day(instant(start)), local_day(instant(end - 1))
            self._stretches[start, end] = Stretch(first, last, at_work > 0, at_work < end - start)
        return self._stretches[start, end]

    def _usable(self, contract: Contract, first: date, last: date) -> bool:
        valid = contract.holds_on(first) and contract.holds_on(last)
        free_day = contract.free_weekdays and Weekday.of(first) in contract.free_weekdays
        return (valid or "eligible.contract" in self.off) and (
            not free_day or "eligible.free_weekday" in self.off
        )

    def _origins(
        self, person: Physician, start: int, end: int, busy: list[tuple[int, int, Commitment]]
    ) -> frozenset[str | None]:
        """Where the person is at some moment: places of commitments, and the bases in between."""
        origins: set[str | None] = {row[2].place for row in busy}
        at = start
        for opens, closes, _ in (*busy, (end, end, None)):
            if opens > at:
                between = self._stretch(at, opens)
                origins |= {person.day_base} if between.in_office else set()
                origins |= {person.night_base} if between.out_of_office else set()
            at = max(at, closes)
        return frozenset(origins)

    @cached_property
    def _office(self) -> Spans[None]:
        margin = timedelta(days=40)
        whole = Interval(start=self.case.period.start - margin, end=self.case.period.end + margin)
        opened = office_hours(self.region, whole)
        return Spans((minute(each.start), minute(each.end), None) for each in opened)

    @cached_property
    def _commitments(self) -> dict[str, Spans[Commitment]]:
        return {
            person.id: Spans(
                (minute(when.start), minute(when.end), each)
                for when, each in self.case.commitments(person.id)
            )
            for person in self.region.physicians
        }

    @cached_property
    def _absences(self) -> dict[str, Spans[None]]:
        found: dict[str, list[tuple[int, int, None]]] = {p.id: [] for p in self.region.physicians}
        for absence in self.region.absences:
            when = absence_interval(absence)
            row = (minute(when.start), minute(when.end), None)
            found[absence.physician].append(row)
        return {person: Spans(rows) for person, rows in found.items()}
