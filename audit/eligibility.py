"""``eligible.*``: who may hold what, minute by minute and site by site.

Every assignment is cut where an answer changes: at local midnight around registration, contract,
agreement and opening; at absences, commitments and sessions; at the bounds of office hours. What is
wrong on a piece is a ``Fault``. Findings gather faults per assignment; coverage asks for those of a
site at a minute.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from so247.audit.holdings import Case, Holding
from so247.audit.instants import ONE_DAY, Spans, between, day_of, midnight, minute, span
from so247.audit.sites import Sites
from so247.models.base import Valid, Weekday
from so247.models.calendar import absence_interval
from so247.models.clock import local_day
from so247.models.lines import Form
from so247.models.norms import Severity
from so247.models.people import Commitment
from so247.models.report import Finding, Outcome

Places = list[tuple[int, int, str]]
NOTHING: Spans[str] = Spans()
NOBODY: Spans[Commitment] = Spans()


@dataclass(frozen=True)
class Fault:
    """Why somebody does not count. ``site`` is ``None`` when it holds for every site."""

    rule: str
    text: str
    site: str | None = None
    outcome: Outcome = Outcome.BREACH
    figure: float | None = None
    limit: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Segment:
    """A piece of an assignment with one and the same answer throughout."""

    start: int
    end: int
    faults: tuple[Fault, ...]


class Eligibility:
    """Segments of every assignment of a case, worked out once."""

    def __init__(self, case: Case, sites: Sites) -> None:
        self.case = case
        self.region = case.region
        self.sites = sites
        self._segments: dict[int, tuple[Segment, ...]] = {}
        self._at_sites: dict[tuple[str, str, tuple[str | None, ...], int], tuple[Fault, ...]] = {}
        self._personal: dict[tuple[str, str | None, str], tuple[Fault, ...]] = {}

    def segments(self, holding: Holding) -> tuple[Segment, ...]:
        """The assignment from start to end, cut where an answer changes."""
        if id(holding) not in self._segments:
            self._segments[id(holding)] = tuple(self._cut(holding))
        return self._segments[id(holding)]

    def _cut(self, holding: Holding) -> Iterator[Segment]:
        start, end = holding.start, holding.end
        standing = self._standing(holding)
        if holding.physician not in self.region.physician_by_id:
            yield Segment(start, end, standing)
            return
        absences = self._absences.get(holding.physician, NOTHING).during(start, end)
        commitments = self._commitments.get(holding.physician, NOBODY).during(start, end)
        places = self._presences.get(holding.physician, NOTHING).during(start, end)
        places += self._sessions.get(holding.physician, NOTHING).during(start, end)
        cuts = {start, end, *between(self.sites.cuts, start, end)}
        cuts.update(between(self._office_bounds, start, end))
        cuts.update(between(self._validity_bounds(holding), start, end))
        for row in (*absences, *places, *commitments):
            cuts.update((row[0], row[1]))
        ordered = sorted(cut for cut in cuts if start <= cut <= end)
        for at, until in pairwise(ordered):
            faults = standing + self._dated(holding, at)
            if any(opens <= at < closes for opens, closes, _ in absences):
                faults += (Fault("eligible.absence", f"{holding.physician} is absent"),)
            here = [each for opens, closes, each in commitments if opens <= at < closes]
            faults += tuple(self._commitment_faults(holding, here))
            positions = self._positions(holding, at, places, here)
            yield Segment(at, until, faults + self._site_faults(holding, positions, at))

    def _standing(self, holding: Holding) -> tuple[Fault, ...]:
        """What is wrong from start to end: an unknown person, role or contract."""
        key = (holding.physician, holding.contract, _what(holding))
        if key not in self._personal:
            self._personal[key] = tuple(self._standing_faults(holding))
        return self._personal[key]

    def _standing_faults(self, holding: Holding) -> Iterator[Fault]:
        who = holding.physician
        person = self.region.physician_by_id.get(who)
        line, demand = holding.line, holding.demand
        if person is None:
            if line is not None and line.organisation == who:
                return
            if who in self._organisations:
                what = f"line {line.id}" if line else "a session"
                yield Fault("eligible.role", f"organisation {who} may not hold {what}")
            else:
                yield Fault("eligible.contract", f"the region knows nobody called {who}")
            return
        wanted = line.roles if line else demand.roles if demand else None
        if wanted is not None and person.role not in wanted:
            what = f"line {line.id}" if line else "this session"
            yield Fault("eligible.role", f"{who} is {person.role.value}, not a role for {what}")
        contract = self.region.contract_by_id.get(holding.contract or "")
        if holding.contract is None:
            yield Fault("eligible.contract", f"{who} holds it on no contract")
        elif contract is None:
            yield Fault("eligible.contract", f"there is no contract {holding.contract}")
        elif contract.physician != who:
            yield Fault("eligible.contract", f"contract {contract.id} is not one of {who}")

    def _dated(self, holding: Holding, at: int) -> tuple[Fault, ...]:
        """Registration and contract on the local day of the minute."""
        day = day_of(at)
        found: tuple[Fault, ...] = ()
        if not self.region.physician_by_id[holding.physician].registered_on(day):
            text = f"{holding.physician} is not registered on {day}"
            found += (Fault("eligible.registration", text),)
        contract = self.region.contract_by_id.get(holding.contract or "")
        if contract is not None and not contract.holds_on(day):
            text = f"contract {contract.id} of {holding.physician} does not hold on {day}"
            found += (Fault("eligible.contract", text),)
        return found

    def _validity_bounds(self, holding: Holding) -> list[int]:
        person = self.region.physician_by_id[holding.physician]
        registered = Valid(valid_from=person.registered_from, valid_until=person.registered_until)
        dated: list[Valid] = [registered]
        contract = self.region.contract_by_id.get(holding.contract or "")
        if contract is not None:
            dated.append(contract)
        bounds = [midnight(each.valid_from) for each in dated if each.valid_from]
        bounds += [midnight(each.valid_until + ONE_DAY) for each in dated if each.valid_until]
        return sorted(bounds)

    def _commitment_faults(self, holding: Holding, here: list[Commitment]) -> Iterator[Fault]:
        on_call = holding.line is not None and holding.line.form is Form.REACHABILITY
        for each in here:
            if not (on_call and each.on_call_allowed):
                text = f"{holding.physician} is committed elsewhere, at {each.place}"
                yield Fault("eligible.commitment", text)

    def _positions(
        self, holding: Holding, at: int, places: Places, here: list[Commitment]
    ) -> tuple[str | None, ...]:
        """Where the person is: presence duty, session, commitment, else the base.

        Of several at once all must do: nobody knows at which of them the person is.
        """
        if holding.line is None:
            return ()
        if holding.line.form is Form.PRESENCE:
            return (holding.line.place,)
        now = [place for opens, closes, place in places if opens <= at < closes]
        found = tuple(dict.fromkeys(now or [each.place for each in here]))
        if found:
            return found
        person = self.region.physician_by_id[holding.physician]
        at_work = bisect_right(self._office_bounds, at) % 2 == 1
        return (person.day_base if at_work else person.night_base,)

    def _site_faults(
        self, holding: Holding, positions: tuple[str | None, ...], at: int
    ) -> tuple[Fault, ...]:
        era = self.sites.era(at)
        key = (_what(holding), holding.physician, positions, era)
        if key not in self._at_sites:
            self._at_sites[key] = tuple(self._faults_at_sites(holding, positions, era))
        return self._at_sites[key]

    def _faults_at_sites(
        self, holding: Holding, positions: tuple[str | None, ...], era: int
    ) -> Iterator[Fault]:
        who, line = holding.physician, holding.line
        mine = frozenset(self.region.physician_by_id[who].pools)
        for site in holding.sites:
            if site not in self.region.site_by_id and site not in self.region.group_of_practice:
                continue
            facts = self.sites.facts(site, era)
            if not facts.open:
                continue
            if facts.pools and not facts.pools & mine:
                yield Fault("eligible.pool", f"{who} is in no pool of {site}", site)
            if line is None:
                continue
            if facts.agreed and not facts.agreed & mine:
                text = f"{site} has no agreement with a pool of {who}"
                yield Fault("eligible.agreement", text, site)
            for position in positions:
                yield from self._travel(who, position, site, facts.on_site.minutes)

    def _travel(self, who: str, position: str | None, site: str, limit: int) -> Iterator[Fault]:
        rule, unknown = "eligible.travel", Outcome.UNKNOWN
        if position is None:
            yield Fault(rule, f"it is not known where {who} is then", site, unknown)
            return
        minutes = self.region.travel(position, site)
        if minutes is None:
            text = f"the travel time from {position} to {site} is not known"
            yield Fault(rule, text, site, unknown)
        elif minutes > limit:
            text = f"{who} is at {position}, {minutes} minutes from {site}; at most {limit} allowed"
            yield Fault(rule, text, site, Outcome.BREACH, minutes, limit, "minutes")

    def start_faults(self, holding: Holding) -> Iterator[Fault]:
        """What depends on the starting day alone, and does not make care less available."""
        contract = self.region.contract_by_id.get(holding.contract or "")
        if contract is None:
            return
        day = local_day(holding.when.start)
        if Weekday.of(day) in contract.free_weekdays:
            text = f"{day} is a free weekday ({Weekday.of(day).value}) of contract {contract.id}"
            yield Fault("eligible.free_weekday", text)
        label = holding.demand.funding if holding.demand else None
        if label is not None:
            employer = self.region.employer_by_id[contract.employer]
            funded = any(e.label == label and e.holds_on(day) for e in employer.funding_contracts)
            if not funded:
                text = f"{employer.id} has no funding contract for {label} on {day}"
                yield Fault("eligible.funding", text)

    @cached_property
    def _commitments(self) -> dict[str, Spans[Commitment]]:
        return {
            who: Spans((minute(w.start), minute(w.end), e) for w, e in self.case.commitments(who))
            for who in self.case.people
        }

    @cached_property
    def _absences(self) -> dict[str, Spans[str]]:
        found: dict[str, list[tuple[int, int, str]]] = {}
        for absence in self.region.absences:
            when = absence_interval(absence)
            row = (minute(when.start), minute(when.end), "")
            found.setdefault(absence.physician, []).append(row)
        return {who: Spans(rows) for who, rows in found.items()}

    @cached_property
    def _presences(self) -> dict[str, Spans[str]]:
        """Per person: presence duties held, with the line's place."""
        return {
            who: Spans(
                (each.start, each.end, each.line.place)
                for each in self.case.of_person[who]
                if each.line and each.line.form is Form.PRESENCE and each.line.place
            )
            for who in self.case.people
        }

    @cached_property
    def _sessions(self) -> dict[str, Spans[str]]:
        """Per person: sessions held, with their site."""
        return {
            who: Spans(
                (each.start, each.end, each.sites[0])
                for each in self.case.of_person[who]
                if each.line is None and each.sites
            )
            for who in self.case.people
        }

    @cached_property
    def _office_bounds(self) -> list[int]:
        return [bound for opened in self.case.office_spans for bound in opened]

    @cached_property
    def _organisations(self) -> frozenset[str]:
        others = {each.id for each in self.region.organisations}
        return frozenset(others | {each.id for each in self.region.gp_posts})


def _what(holding: Holding) -> str:
    """One name for everything that is held under the same conditions."""
    if holding.line is not None:
        return holding.line.id
    demand = holding.demand
    return f"{demand.site}.{demand.product.value}" if demand else f".{holding.sites}"


def check_eligibility(case: Case, eligibility: Eligibility) -> Iterator[Finding]:
    """One finding per assignment, rule and outcome; the largest figure speaks for it."""
    for holding in case.holdings:
        found: dict[tuple[str, Outcome], list[tuple[int, int, Fault]]] = {}
        for segment in eligibility.segments(holding):
            for fault in segment.faults:
                row = (segment.start, segment.end, fault)
                found.setdefault((fault.rule, fault.outcome), []).append(row)
        for fault in eligibility.start_faults(holding):
            row = (holding.start, holding.end, fault)
            found.setdefault((fault.rule, fault.outcome), []).append(row)
        for (rule, outcome), rows in found.items():
            worst = max((row[2] for row in rows), key=lambda each: each.figure or 0)
            yield case.finding(
                rule,
                Severity.HARD,
                f"{holding.target}: {worst.text}",
                outcome=outcome,
                physician=holding.physician,
                figure=worst.figure,
                limit=worst.limit,
                unit=worst.unit,
                when=span(min(row[0] for row in rows), max(row[1] for row in rows)),
                targets=(holding.target,),
            )
