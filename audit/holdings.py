"""What the check works on: every standing assignment resolved once, and the blocks they form.

``RULES`` ("Words", "History") is the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from so247.audit.history import LOOK_BACK, History
from so247.audit.instants import instant, is_night, minute, occurrences
from so247.models.calendar import duties, office_hours, session_periods
from so247.models.clock import Interval, local_day
from so247.models.duty import Duty, SessionPeriod
from so247.models.lines import Form, Line, SessionDemand
from so247.models.norms import Norm, RulePack, Severity, Work
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import Commitment
from so247.models.region import Region
from so247.models.report import Finding, Outcome
from so247.models.roster import Assignment, Roster

LOOK_AHEAD = timedelta(days=2)
"""How far beyond the period commitments count as work."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holding:
    """One standing assignment, resolved. ``physician`` may name an organisation.

    ``duty`` is the planned duty of the period with that id, if there is one; ``line`` is known also
    for a duty made by hand that matches no pattern. A session has no ``line``; its ``demand`` is
    ``None`` when nobody asked for it. ``past``: it comes from history, or ended before the period.
    """

    assignment: Assignment
    physician: str
    contract: str | None
    when: Interval
    line: Line | None
    demand: SessionDemand | None
    duty: Duty | None
    past: bool
    start: int
    end: int

    @property
    def target(self) -> str:
        return self.assignment.target

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites (for home visits: the practice) that it is for."""
        if self.line is not None:
            return self.line.sites
        if self.demand is not None:
            return (self.demand.site,)
        return () if self.assignment.site is None else (self.assignment.site,)


@dataclass(frozen=True)
class Block:
    """Duties of one person that combine, or one session, or one commitment (then no holdings)."""

    physician: str
    when: Interval
    kind: Work
    night: bool
    holdings: tuple[Holding, ...]
    past: bool
    contracts: frozenset[str]
    ours: bool
    start: int
    end: int


class Case:
    """A region, a roster and its history, prepared once; every check reads from here."""

    def __init__(self, region: Region, roster: Roster, history: Sequence[Roster] = ()) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)
        self.period = roster.period
        self.start = minute(self.period.start)
        self.end = minute(self.period.end)
        self._history = History(region, roster, history)
        self._blocks: dict[str, tuple[Block, ...]] = {}
        self._packs: dict[tuple[str, date], RulePack] = {}

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The planned duties that overlap the period."""
        return duties(self.region, self.period)

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def session_periods(self) -> tuple[SessionPeriod, ...]:
        return session_periods(self.region, self.period)

    @cached_property
    def _demands(self) -> dict[tuple[str, str], SessionDemand]:
        return {(each.site, each.product.value): each for each in self.region.sessions}

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The roster's own standing assignments that overlap the period, by start."""
        found = [each for each in self.roster.standing if each.when.overlaps(self.period)]
        return tuple(sorted((self._resolve(each, False) for each in found), key=_order))

    @cached_property
    def past(self) -> tuple[Holding, ...]:
        """What was held before the period: from history, or listed by the roster itself."""
        before = Interval(start=self.period.start - LOOK_BACK, end=self.period.start)
        own = [
            each
            for each in self.roster.standing
            if each.when.end <= before.end and each.when.start >= before.start
        ]
        found = [self._resolve(each, True) for each in (*own, *self._history.counted())]
        return tuple(sorted(found, key=_order))

    def _resolve(self, assignment: Assignment, past: bool) -> Holding:
        lines = self.region.line_by_id
        line = lines.get(assignment.target.partition("@")[0])
        demand = None
        if line is None:
            parts = assignment.target.split(".")
            demand = self._demands.get((parts[0], parts[1])) if len(parts) == 4 else None
        if line is None and demand is None and assignment.line is not None:
            line = lines.get(assignment.line)
        return Holding(
            assignment=assignment,
            physician=assignment.physician,
            contract=assignment.contract,
            when=assignment.when,
            line=line,
            demand=demand,
            duty=self.duty_by_id.get(assignment.target),
            past=past,
            start=minute(assignment.when.start),
            end=minute(assignment.when.end),
        )

    @cached_property
    def of_person(self) -> dict[str, tuple[Holding, ...]]:
        """Everything that stands, past and present, per person (and organisation), by start."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for holding in sorted((*self.past, *self.holdings), key=_order):
            found[holding.physician].append(holding)
        return {physician: tuple(held) for physician, held in found.items()}

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Ids of the region's physicians who hold or held something, in order."""
        return tuple(sorted(set(self.of_person) & set(self.region.physician_by_id)))

    def blocks(self, physician: str) -> tuple[Block, ...]:
        """Everything the person does, past and present, by start (see ``Block``).

        Commitments count from ``LOOK_BACK`` before the period to ``LOOK_AHEAD`` after it.
        """
        if physician not in self._blocks:
            found = [*self._held_blocks(physician), *self._commitment_blocks(physician)]
            self._blocks[physician] = tuple(sorted(found, key=lambda each: (each.start, each.end)))
        return self._blocks[physician]

    def _held_blocks(self, physician: str) -> Iterator[Block]:
        together: dict[tuple[int, int], list[list[Holding]]] = defaultdict(list)
        for holding in self.of_person.get(physician, ()):
            groups = together[holding.start, holding.end]
            mine = [group for group in groups if any(combine(holding, other) for other in group)]
            groups[:] = [group for group in groups if group not in mine]
            groups.append([*(other for group in mine for other in group), holding])
        for groups in together.values():
            for group in groups:
                yield self._block(tuple(group))

    def _block(self, pieces: tuple[Holding, ...]) -> Block:
        first = pieces[0]
        lines = [piece.line for piece in pieces if piece.line is not None]
        if not lines:
            kind = Work.SESSION
        elif any(line.form is Form.PRESENCE for line in lines):
            kind = Work.PRESENCE_DUTY
        elif self.in_office_hours(first.start, first.end):
            kind = Work.OFFICE_DUTY
        else:
            kind = Work.REACHABILITY_DUTY
        return Block(
            physician=first.physician,
            when=first.when,
            kind=kind,
            night=is_night(first.when),
            holdings=pieces,
            past=all(piece.past for piece in pieces),
            contracts=frozenset(piece.contract for piece in pieces if piece.contract),
            ours=True,
            start=first.start,
            end=first.end,
        )

    def _commitment_blocks(self, physician: str) -> Iterator[Block]:
        beyond = minute(self.period.end + LOOK_AHEAD)
        for when, commitment in self.commitments(physician):
            start = minute(when.start)
            if start >= beyond:
                continue
            yield Block(
                physician=physician,
                when=when,
                kind=Work.COMMITMENT,
                night=is_night(when),
                holdings=(),
                past=start < self.start,
                contracts=frozenset({commitment.contract} if commitment.contract else ()),
                ours=False,
                start=start,
                end=minute(when.end),
            )

    def commitments(self, physician: str) -> tuple[tuple[Interval, Commitment], ...]:
        """The person's commitments with when they take place, by start, until all is over."""
        return self._commitments.get(physician, ())

    @cached_property
    def _commitments(self) -> dict[str, tuple[tuple[Interval, Commitment], ...]]:
        found: dict[str, list[tuple[Interval, Commitment]]] = defaultdict(list)
        first = local_day(self.period.start - LOOK_BACK)
        ends = [each.when.end for each in self.holdings]
        last = local_day(max([self.period.end + LOOK_AHEAD, *ends]))
        for each in self.region.commitments:
            found[each.physician] += [
                (when, each) for when in occurrences(self.region, each, first, last)
            ]
        return {
            physician: tuple(sorted(rows, key=lambda row: row[0].start))
            for physician, rows in found.items()
        }

    @cached_property
    def office_spans(self) -> tuple[tuple[int, int], ...]:
        """Office hours from the earliest to the latest thing held, in minutes."""
        starts = [each.when.start for each in (*self.past, *self.holdings)]
        ends = [each.when.end for each in (*self.past, *self.holdings)]
        whole = Interval(
            start=min([self.period.start, *starts]) - ONE_DAY,
            end=max([self.period.end, *ends]) + ONE_DAY,
        )
        return tuple((minute(e.start), minute(e.end)) for e in office_hours(self.region, whole))

    @cached_property
    def _office_by_start_day(self) -> dict[date, tuple[int, int]]:
        return {local_day(instant(start)): (start, end) for start, end in self.office_spans}

    def in_office_hours(self, start: int, end: int) -> bool:
        """Whether every minute from ``start`` to ``end`` lies within office hours."""
        opens, closes = self._office_by_start_day.get(local_day(instant(start)), (end, start))
        return opens <= start and end <= closes

    def known(self, physician: str, since: datetime) -> bool:
        """Whether all time from ``since`` to the period's start is known for the person."""
        return self._history.known(physician, since)

    def pack_on(self, physician: str, day: date) -> RulePack:
        """The rule pack that binds the person on that day: a dated one, else the role's."""
        key = (physician, day)
        if key not in self._packs:
            person = self.region.physician_by_id[physician]
            bound = [each.pack for each in person.rule_packs if each.holds_on(day)]
            self._packs[key] = self.region.pack_by_id[(*bound, DEFAULT_PACKS[person.role])[0]]
        return self._packs[key]

    @cached_property
    def _pinned(self) -> frozenset[tuple[str, str]]:
        by_roster = {(e.target, e.physician) for e in self.roster.standing if e.pinned}
        return frozenset(by_roster | {(e.target, e.physician) for e in self.region.pins})

    def finding(
        self,
        rule: str,
        severity: Severity,
        text: str,
        *,
        outcome: Outcome = Outcome.BREACH,
        physician: str | None = None,
        norm: Norm | None = None,
        figure: float | None = None,
        limit: float | None = None,
        unit: str = "",
        when: Interval | None = None,
        targets: Iterable[str] = (),
    ) -> Finding:
        """A finding; basis and source come from the norm, ``pinned`` from the targets' pins."""
        named = tuple(targets)
        pinned = any(
            target in named and physician in (None, person) for target, person in self._pinned
        )
        return Finding(
            rule=rule,
            outcome=outcome,
            severity=severity,
            basis=norm.basis if norm else None,
            source=norm.source if norm else "",
            physician=physician,
            norm=norm.id if norm else None,
            figure=figure,
            limit=limit,
            unit=unit,
            when=when,
            targets=named,
            pinned=pinned,
            text=text,
        )


def lines_combine(one: Line, other: Line) -> bool:
    return other.id in one.combinable_with and one.id in other.combinable_with


def combine(one: Holding, other: Holding) -> bool:
    """Whether two duties are held as one: lines that name each other, same start and end."""
    return (
        one.line is not None
        and other.line is not None
        and (one.start, one.end) == (other.start, other.end)
        and lines_combine(one.line, other.line)
    )


def _order(holding: Holding) -> tuple[int, int, str, str]:
    return holding.start, holding.end, holding.target, holding.physician
