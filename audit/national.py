"""``check_national``: rosters of several regions side by side, for people who serve more than one.

Each region's own check knows only its own roster. Here one person's work in all regions is laid on
one line of time. The rules (docs/SCALE_OUT.md): nobody in two places at the same moment, nobody at
work where another region has him absent, the norms of his rule packs over everything he does, and
maxima that hold for all regions together. What one region breaks by itself is left to its check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import ceil

from so247.audit.holdings import Block, Case
from so247.audit.instants import span
from so247.audit.norms import KINDS
from so247.audit.norms.subject import Stint, Subject, timeline
from so247.models.calendar import absence_interval, long_leave
from so247.models.clock import days, days_touched, local_day, monday_of
from so247.models.errors import Problem, RosterError
from so247.models.national import Held, NationalFinding, NationalReport, Sharing
from so247.models.norms import RulePack, Severity, Work
from so247.models.people import Contract
from so247.models.region import Region
from so247.models.report import Outcome
from so247.models.roster import Roster

ONE_PLACE = "national.one_place"
ABSENCE = "national.absence"
MAXIMUM = "national.maximum"
UNITS = ("duties", "weekends", "nights")


def check_national(
    regions: Sequence[Region],
    rosters: Sequence[Roster],
    *,
    history: Sequence[Roster] = (),
    sharings: Sequence[Sharing] = (),
    only: frozenset[str] | None = None,
) -> NationalReport:
    """Whether shared people can do everything that the rosters ask of them.

    ``regions``: as they were before anybody was divided. A region without a roster counts with its
    commitments and absences alone. ``only``: look at these person keys. Raises ``RosterError`` for
    a roster of an unknown region, or two of one.
    """
    _admit(regions, rosters)
    found = {each.region_id: each for each in rosters}
    past = {each.id: [row for row in history if row.region_id == each.id] for each in regions}
    cases = {
        region.id: Case(region, found[region.id], past[region.id])
        for region in regions
        if region.id in found
    }
    people = [each for each in _people(regions, cases) if only is None or each.key in only]
    agreed = {each.person_key: each for each in sharings}
    return NationalReport(
        regions=len(regions),
        shared=len(people),
        findings=tuple(row for person in people for row in person.findings(agreed.get(person.key))),
    )


def _admit(regions: Sequence[Region], rosters: Sequence[Roster]) -> None:
    known = {region.id for region in regions}
    seen: set[str] = set()
    problems = []
    for roster in rosters:
        if roster.region_id not in known:
            advice = "Maybe its region was left out."
            problems.append(Problem("a roster of an unknown region", advice, roster.region_id))
        if roster.region_id in seen:
            advice = "Give the latest revision of each."
            problems.append(Problem("two rosters of one region", advice, roster.region_id))
        seen.add(roster.region_id)
    if problems:
        raise RosterError(problems)


def _people(regions: Sequence[Region], cases: Mapping[str, Case]) -> list[_Person]:
    """Everybody who stands in more than one region, by key."""
    places: dict[str, dict[str, tuple[Region, list[str]]]] = {}
    for region in regions:
        for physician in region.physicians:
            if physician.person_key is not None:
                mine = places.setdefault(physician.person_key, {})
                mine.setdefault(region.id, (region, []))[1].append(physician.id)
    return [
        _Person(key, [_Place(region, cases.get(name), ids) for name, (region, ids) in rows.items()])
        for key, rows in sorted(places.items())
        if len(rows) > 1
    ]


@dataclass
class _Place:
    """One region, and who the person is there."""

    region: Region
    case: Case | None
    physicians: list[str]

    def blocks(self) -> Iterator[Block]:
        for physician in self.physicians if self.case else ():
            yield from self.case.blocks(physician) if self.case else ()

    def held(self, block: Block) -> tuple[Held, ...]:
        if not block.holdings:
            return (Held(region=self.region.id, target="commitment", when=block.when),)
        return tuple(
            Held(region=self.region.id, target=each.target, when=each.when)
            for each in block.holdings
        )


@dataclass(frozen=True)
class _Work:
    """A block of work, and where it is done."""

    place: _Place
    block: Block

    @property
    def held(self) -> tuple[Held, ...]:
        return self.place.held(self.block)


class _Person:
    def __init__(self, key: str, places: Sequence[_Place]) -> None:
        self.key = key
        self.places = places

    def findings(self, sharing: Sharing | None) -> Iterator[NationalFinding]:
        yield from self._two_places()
        yield from self._absent()
        yield from self._norms()
        yield from self._maxima(sharing)

    def _found(self, rule: str, held: Sequence[Held], text: str, **more: float) -> NationalFinding:
        return NationalFinding(
            rule=rule,
            severity=Severity.HARD,
            person_key=self.key,
            held=tuple(held),
            text=f"{self.key}: {text}",
            **more,
        )

    @cached_property
    def work(self) -> list[_Work]:
        """Everything he does in all regions, by start; a commitment that two regions list, once."""
        found: list[_Work] = []
        elsewhere: set[tuple[int, int]] = set()
        for place in self.places:
            mine = list(place.blocks())
            found += [
                _Work(place, block)
                for block in mine
                if block.ours or (block.start, block.end) not in elsewhere
            ]
            elsewhere |= {(block.start, block.end) for block in mine if not block.ours}
        return sorted(found, key=lambda each: (each.block.start, each.block.end))

    def _two_places(self) -> Iterator[NationalFinding]:
        """Pairs that overlap, in different regions; what is over before the period is past."""
        active: list[_Work] = []
        for later in self.work:
            active = [each for each in active if each.block.end > later.block.start]
            for each in active:
                if each.place is not later.place and _ours_now(each, later):
                    held = (*each.held, *later.held)
                    text = f"in two places: {_listed(held)}"
                    yield self._found(ONE_PLACE, held, text)
            active.append(later)

    def _absent(self) -> Iterator[NationalFinding]:
        for home, other in combinations(self.places, 2):
            for place, elsewhere in ((home, other), (other, home)):
                away = [
                    absence_interval(each)
                    for each in elsewhere.region.absences
                    if each.physician in elsewhere.physicians
                ]
                for block in place.blocks():
                    ours = block.ours and not block.past
                    if ours and any(block.when.overlaps(each) for each in away):
                        held = place.held(block)
                        text = f"absent in {elsewhere.region.id}: {_listed(held)}"
                        yield self._found(ABSENCE, held, text)

    # -- norms --------------------------------------------------------------------------------

    def _norms(self) -> Iterator[NationalFinding]:
        """Every norm that binds him somewhere, over the work of all regions."""
        targets: dict[str, tuple[Held, ...]] = {}
        work = sorted(self._stints(targets), key=lambda each: (each.start, each.end))
        seen: set[tuple[str, tuple[Held, ...]]] = set()
        for place in self.places:
            for physician in place.physicians if place.case else ():
                for each in self._broken(place, physician, work, targets):
                    mark = (each.text, each.held)
                    if len(each.regions) > 1 and mark not in seen:
                        seen.add(mark)
                        yield each

    def _stints(self, targets: dict[str, tuple[Held, ...]]) -> Iterator[Stint]:
        """The work as norms see it. ``targets`` learns what each stint's name stands for."""
        kept = {(id(each.place), each.block.start, each.block.end) for each in self.work}
        for place in self.places:
            for physician in place.physicians if place.case else ():
                assert place.case is not None
                for stint in timeline(place.case, physician):
                    if (id(place), stint.start, stint.end) not in kept:
                        continue
                    name = f"{place.region.id}/{stint.start}/{stint.end}/{len(targets)}"
                    names = stint.targets or ("commitment",)
                    when = span(stint.start, stint.end)
                    targets[name] = tuple(
                        Held(region=place.region.id, target=target, when=when) for target in names
                    )
                    yield replace(stint, targets=(name,))

    def _broken(
        self,
        place: _Place,
        physician: str,
        work: Sequence[Stint],
        targets: Mapping[str, tuple[Held, ...]],
    ) -> Iterator[NationalFinding]:
        case = place.case
        assert case is not None
        packs: dict[str, RulePack] = {}
        for day in dict.fromkeys(stint.day for stint in work if stint.now):
            pack = case.pack_on(physician, day)
            packs[pack.id] = pack
        for pack in packs.values():
            for norm in pack.norms:
                if f"norm.{norm.kind.value}" in place.region.settings.rules_off:
                    continue
                for breach in KINDS[norm.kind](Subject(case, physician, pack, norm, work)):
                    finding = breach.finding
                    if finding.outcome is Outcome.BREACH:
                        yield NationalFinding(
                            rule=finding.rule,
                            severity=finding.severity,
                            person_key=self.key,
                            held=tuple(row for name in finding.targets for row in targets[name]),
                            figure=finding.figure,
                            limit=finding.limit,
                            text=f"{self.key}: {finding.text.partition(': ')[2]}",
                        )

    # -- maxima -------------------------------------------------------------------------------

    def _maxima(self, sharing: Sharing | None) -> Iterator[NationalFinding]:
        for unit in UNITS:
            if sharing is not None and getattr(sharing, f"max_{unit}") is not None:
                whole = self._longest_weeks() * getattr(sharing, f"max_{unit}")
                most = ceil(Fraction(whole, sharing.per_weeks))
                yield from self._above(unit, most, None, "of the agreement")
        for name, rows in self._same_contracts().items():
            for unit in UNITS:
                figures = [
                    ceil(Fraction(limit * _present(place, contract), 7 * contract.per_weeks))
                    for place, contract in rows
                    if (limit := getattr(contract, f"max_{unit}")) is not None
                ]
                if figures:
                    yield from self._above(unit, min(figures), name, f"of contract {name}")

    def _longest_weeks(self) -> Fraction:
        spans = [place.case.period for place in self.places if place.case]
        if not spans:
            return Fraction(0)
        first = min(local_day(each.start) for each in spans)
        return Fraction((max(local_day(each.end) for each in spans) - first).days, 7)

    def _same_contracts(self) -> dict[str, list[tuple[_Place, Contract]]]:
        """Contracts with one id and one employer in several regions."""
        rows: dict[tuple[str, str], list[tuple[_Place, Contract]]] = {}
        for place in self.places:
            for contract in place.region.contracts:
                if contract.physician in place.physicians and place.case:
                    rows.setdefault((contract.id, contract.employer), []).append((place, contract))
        return {name: found for (name, _), found in rows.items() if len(found) > 1}

    def _above(
        self, unit: str, most: int, contract: str | None, whose: str
    ) -> Iterator[NationalFinding]:
        """More blocks (or weekends) in the period than the maximum allows."""
        counted = [
            each
            for each in self.work
            if each.block.ours
            and each.block.kind is not Work.SESSION
            and each.place.case is not None
            and each.place.case.start <= each.block.start < each.place.case.end
            and (contract is None or contract in each.block.contracts)
            and (unit != "nights" or each.block.night)
            and (unit != "weekends" or _weekends(each))
        ]
        number = len(counted)
        if unit == "weekends":
            number = len({week for each in counted for week in _weekends(each)})
        if number > most:
            held = [row for each in counted for row in each.held]
            text = f"{number} {unit} over all regions, at most {most} {whose}"
            yield self._found(MAXIMUM, held, text, figure=number, limit=most)


def _ours_now(*pair: _Work) -> bool:
    """Whether a pair holds something to roster, and not only what is past."""
    return any(each.block.ours for each in pair) and not all(each.block.past for each in pair)


def _listed(held: Sequence[Held]) -> str:
    return ", ".join(f"{each.target} in {each.region}" for each in held)


def _weekends(work: _Work) -> set[object]:
    """Mondays of the weeks in whose Saturday or Sunday it lies, of Saturdays in the period."""
    case = work.place.case
    assert case is not None
    first, last = local_day(case.period.start), local_day(case.period.end)
    mondays = {monday_of(day) for day in days_touched(work.block.when) if day.weekday() >= 5}
    return {each for each in mondays if first <= each + timedelta(days=5) < last}


def _present(place: _Place, contract: Contract) -> int:
    """Days of the period on which the contract holds and he is not on long leave there."""
    assert place.case is not None
    first = local_day(place.case.period.start)
    last = local_day(place.case.period.end - timedelta(minutes=1))
    away = long_leave(place.region, contract.physician)
    return sum(
        contract.holds_on(day)
        and not any(local_day(each.start) <= day < local_day(each.end) for each in away)
        for day in days(first, last)
    )
