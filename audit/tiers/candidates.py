"""Who may hold a duty or session, for people who do not hold it: the static part of ``eligible.*``.

Sessions held meanwhile are left aside: what is fair may not depend on what was dealt out.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from so247.audit.holdings import Case
from so247.audit.instants import clock_time, minute
from so247.audit.sites import SiteFacts, Sites
from so247.audit.tiers.backed import always_backed, backed
from so247.audit.tiers.stretches import Stretch, Stretches, Term
from so247.models.base import Weekday
from so247.models.clock import Interval
from so247.models.duty import Duty
from so247.models.lines import Form, Line, Position, Product, SessionDemand
from so247.models.people import SO, Contract, Physician
from so247.models.report import Answer
from so247.models.settings import UnknownTravel


class Candidates:
    """Answers for one case, each worked out once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.region = case.region
        self.off = frozenset(case.region.settings.rules_off)
        self.sites = Sites(case.region)
        self._stretches = Stretches(case, self.sites)
        self._placed: dict[tuple[str, tuple[str, ...], int], tuple[Physician, ...]] = {}
        self._usable: dict[tuple[str, Term], tuple[Contract, ...]] = {}
        self._ready: dict[tuple[str, range, frozenset[bool], Term], frozenset[str]] = {}
        self._bookable: dict[tuple[str, Product, int, Term], tuple[str, ...]] = {}
        self._backed: dict[str, bool] = {}
        self._near: dict[tuple[str, int, frozenset[str | None]], Answer] = {}

    def for_duty(self, duty: Duty) -> tuple[str, ...]:
        """Ids of the people who may hold the duty on a contract that allows duties."""
        line = self.region.line_by_id[duty.line]
        stretch = self._stretches.between(minute(duty.when.start), minute(duty.when.end))
        people = self._everywhere(line, stretch.eras)
        first_line = line.position is Position.FIRST_LINE and "cover.backup_so" not in self.off
        mixed = first_line and any(person.role is not SO for person in people)
        if mixed and not self._any_role(line, duty.when):
            people = tuple(person for person in people if person.role is SO)
        ready, absent, busy = self._at_leisure(line, stretch), stretch.absent, stretch.busy
        return tuple(
            [
                person.id
                for person in people
                if person.id not in absent
                and (
                    person.id in ready
                    if person.id not in busy
                    else self._at_work(person, line, stretch)
                )
            ]
        )

    def _at_leisure(self, line: Line, stretch: Stretch) -> frozenset[str]:
        """Who may hold a duty of the line then, unless absent, if nothing else keeps them busy."""
        key = (line.id, stretch.eras, stretch.hours, stretch.term)
        if key not in self._ready:
            self._ready[key] = frozenset(
                person.id
                for person in self._everywhere(line, stretch.eras)
                if self._allows_duties(person, stretch)
                and self._close_enough(
                    line, stretch, self._stretches.at_base(person, stretch.hours)
                )
            )
        return self._ready[key]

    def _at_work(self, person: Physician, line: Line, stretch: Stretch) -> bool:
        """Whether who has commitments in the stretch may hold the duty beside them."""
        on_call = line.form is Form.REACHABILITY
        allowed = on_call and all(row[2].on_call_allowed for row in stretch.busy[person.id])
        return (
            (allowed or "eligible.commitment" in self.off)
            and self._allows_duties(person, stretch)
            and self._close_enough(line, stretch, self._stretches.origins(person, stretch))
        )

    def _allows_duties(self, person: Physician, stretch: Stretch) -> bool:
        return any(each.max_duties != 0 for each in self._contracts(person, stretch))

    def _any_role(self, line: Line, when: Interval) -> bool:
        if line.id not in self._backed:
            self._backed[line.id] = always_backed(self.region, line)
        return self._backed[line.id] or backed(self.region, line, when)

    def for_session(
        self, demand: SessionDemand, day: date, skip: Container[str] = ()
    ) -> tuple[str, ...]:
        """Ids of the people who may hold the session on that day, but for those to ``skip``."""
        start, end = clock_time(day, demand.start_time), clock_time(day, demand.end_time)
        stretch = self._stretches.between(start, end)
        absent = stretch.absent
        busy = () if "eligible.commitment" in self.off else stretch.busy
        return tuple(
            [
                who
                for who in self._may_book(demand, stretch)
                if who not in skip and who not in absent and who not in busy
            ]
        )

    def _may_book(self, demand: SessionDemand, stretch: Stretch) -> tuple[str, ...]:
        """Who may hold a session of the demand then, unless absent or committed."""
        key = (demand.site, demand.product, stretch.eras[0], stretch.term)
        if key not in self._bookable:
            self._bookable[key] = tuple(
                person.id
                for person in self._here(demand, stretch.eras[0])
                if any(
                    self._funded(contract, demand, stretch.first)
                    for contract in self._contracts(person, stretch)
                )
            )
        return self._bookable[key]

    def travel(self, person: Physician, line: Line, start: int, end: int) -> Answer:
        """Whether the person is near enough to every open site from start to end."""
        stretch = self._stretches.between(start, end)
        return self._travel(line, stretch, self._stretches.origins(person, stretch))

    def _travel(self, line: Line, stretch: Stretch, origins: frozenset[str | None]) -> Answer:
        if line.form is Form.PRESENCE:
            origins = frozenset({line.place})
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

    def _close_enough(self, line: Line, stretch: Stretch, origins: frozenset[str | None]) -> bool:
        if "eligible.travel" in self.off:
            return True
        answer = self._travel(line, stretch, origins)
        allowed = self.region.settings.unknown_travel is UnknownTravel.ALLOW
        return answer is Answer.YES or (answer is Answer.UNKNOWN and allowed)

    def _funded(self, contract: Contract, demand: SessionDemand, day: date) -> bool:
        if demand.funding is None or "eligible.funding" in self.off:
            return True
        held = self.region.employer_by_id[contract.employer].funding_contracts
        return any(each.label == demand.funding and each.holds_on(day) for each in held)

    def _contracts(self, person: Physician, stretch: Stretch) -> tuple[Contract, ...]:
        """What the person may book work on that lies in the stretch, if free then."""
        key = (person.id, stretch.term)
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
