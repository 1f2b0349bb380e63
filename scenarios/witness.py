"""The hidden legal roster that a feasible region is built around.

Duties go in order of time to whoever is furthest behind a fair share, among those who may hold
them at all. Touching duties, less than 11 hours between on-call duties, more than 5 (nurse
practitioners: 3) per 7 x 24 hours and more than 32 per 16 weeks never happen, so no piece and no
chain is longer than 24 hours. Sessions come after the duties (``attendance.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from so247.models.base import Weekday
from so247.models.clock import Interval, days, days_touched, local_day, monday_of
from so247.models.duty import Duty
from so247.models.lines import Line
from so247.models.people import Contract, Physician, Role
from so247.models.region import Region
from so247.models.roster import Assignment
from so247.models.settings import Burden

REST = timedelta(hours=11)
WEEK = timedelta(days=7)
SIXTEEN_WEEKS = timedelta(days=112)
IN_SIXTEEN_WEEKS = 32
IN_A_WEEK = 5
IN_A_WEEK_NURSING = 3
POINT = 1_000_000
"""Fair shares are counted in millionths of a point, so that all arithmetic is on integers."""
NEVER = datetime(1990, 1, 1, tzinfo=UTC)


class StuckError(Exception):
    """Nobody may hold ``target``, on none of these days; these people could, were they there."""

    def __init__(self, target: str, days: Iterable[date], people: Iterable[Member]) -> None:
        super().__init__(target)
        self.days = frozenset(days)
        self.people = frozenset(member.physician.id for member in people)


@dataclass(eq=False)
class Member:
    """A person during the rotation."""

    physician: Physician
    contracts: tuple[Contract, ...]
    order: int
    away: frozenset[date]
    elsewhere: frozenset[Weekday]
    """Weekdays with work that one cannot be called away from."""
    committed: frozenset[Weekday]
    remote: bool
    combines: bool
    busy_until: datetime = NEVER
    on_call_until: datetime = NEVER
    starts: list[datetime] = field(default_factory=list)
    weekends: set[int] = field(default_factory=set)
    """Ordinals of the Mondays of weeks in whose weekend a duty lies."""
    office_days: set[date] = field(default_factory=set)
    sessions: list[Interval] = field(default_factory=list)
    balance: dict[Burden | None, int] = field(default_factory=dict)

    def contract_for(self, duty: Duty) -> Contract | None:
        """The contract that a duty is booked on: the first that allows it."""
        touched = list(days_touched(duty.when))
        for contract in self.contracts:
            if (
                contract.max_duties != 0
                and Weekday.of(touched[0]) not in contract.free_weekdays
                and all(contract.holds_on(day) for day in touched)
            ):
                return contract
        return None

    @property
    def weight(self) -> int:
        return round(100 * sum(contract.fte for contract in self.contracts))

    def may_take(self, duty: Duty) -> bool:
        """Everything that does not depend on what else is held."""
        touched = list(days_touched(duty.when))
        first = touched[0]
        return (
            self.contract_for(duty) is not None
            and not any(day in self.away for day in touched)
            and not (self.remote and duty.burden is not None)
            and not (duty.burden is None and Weekday.of(first) in self.elsewhere)
        )

    def has_room(self, duty: Duty) -> bool:
        """Everything that does."""
        start = duty.when.start
        if self.busy_until >= start or (duty.burden is not None and self._resting(start)):
            return False
        nursing = self.physician.role is Role.NURSE_PRACTITIONER
        return duty.burden is None or not (
            self._full(start, IN_A_WEEK_NURSING if nursing else IN_A_WEEK, WEEK)
            or self._full(start, IN_SIXTEEN_WEEKS, SIXTEEN_WEEKS)
        )

    def _resting(self, start: datetime) -> bool:
        return self.on_call_until + REST > start

    def _full(self, start: datetime, limit: int, window: timedelta) -> bool:
        return len(self.starts) >= limit and self.starts[-limit] > start - window

    def rank(self, duty: Duty) -> tuple[int, int, int]:
        """Who goes first: furthest behind the fair share. But before them who is behind and on duty
        that weekend already; and after them who is behind with weekends on a Thursday (there is no
        Friday after it), and for whom it would be the third weekend in four."""
        week = _weekend(duty)
        thursday = duty.burden is Burden.WEEKNIGHT and local_day(duty.when.start).weekday() == 3
        behind_on_weekends = self.balance.get(Burden.WEEKEND, 0) < -POINT // 2
        turn = 1
        if week is not None and len(self.weekends & {week - 7 * n for n in (1, 2, 3)}) >= 2:
            turn = 2
        elif behind_on_weekends and week in self.weekends:
            turn = 0
        elif behind_on_weekends and thursday:
            turn = 2
        return (turn, self.balance[duty.burden], self.order)

    def take(self, duty: Duty) -> None:
        self.busy_until = max(self.busy_until, duty.when.end)
        if duty.burden is None:
            self.office_days.add(local_day(duty.when.start))
        else:
            self.on_call_until = duty.when.end
            self.starts.append(duty.when.start)
            week = _weekend(duty)
            if week is not None:
                self.weekends.add(week)


def _weekend(duty: Duty) -> int | None:
    """Ordinal of the Monday of the week in whose weekend an on-call duty lies."""
    weekends = [day for day in days_touched(duty.when) if day.weekday() >= 5]
    return monday_of(weekends[0]).toordinal() if weekends and duty.burden is not None else None


def may_combine(contracts: Iterable[Contract]) -> bool:
    """Whether the person has room for two combining lines: from 0.8 FTE on."""
    return sum(contract.fte for contract in contracts) > 0.75


def members(region: Region, remote: Iterable[str]) -> list[Member]:
    """Everybody at the start of the rotation."""
    far = set(remote)
    away: dict[str, set[date]] = {}
    for absence in region.absences:
        away.setdefault(absence.physician, set()).update(days(absence.first_day, absence.last_day))
    found: list[Member] = []
    for order, person in enumerate(region.physicians):
        mine = [row for row in region.commitments if row.physician == person.id]
        found.append(
            Member(
                physician=person,
                contracts=region.contracts_of(person.id),
                order=order,
                away=frozenset(away.get(person.id, ())),
                elsewhere=frozenset(
                    row.weekday for row in mine if row.weekday and not row.on_call_allowed
                ),
                committed=frozenset(row.weekday for row in mine if row.weekday),
                remote=person.id in far,
                combines=may_combine(region.contracts_of(person.id)),
            )
        )
    return found


def crew(region: Region, line: Line, people: Sequence[Member]) -> list[Member]:
    """Those whose pools and role fit every site of the line."""
    pools = [set(region.site_by_id[site].pools) for site in line.sites]
    return [
        member
        for member in people
        if member.physician.role in line.roles
        and all(site & set(member.physician.pools) for site in pools)
    ]


def rotate(region: Region, duties: Sequence[Duty], people: Sequence[Member]) -> list[Assignment]:
    """Every duty held by one person. Raises ``StuckError`` when nobody may hold one.

    Of duties that start together the one with the smallest crew goes first.
    """
    crews = {line.id: crew(region, line, people) for line in region.lines}
    at_work: dict[str, tuple[Interval, Member]] = {}
    held: list[Assignment] = []
    for duty in sorted(duties, key=lambda each: (each.when.start, len(crews[each.line]))):
        able = [member for member in crews[duty.line] if member.may_take(duty)]
        total = sum(member.weight for member in able)
        points = region.line_by_id[duty.line].points
        for member in able:
            fair = points * POINT * member.weight // total
            member.balance[duty.burden] = member.balance.get(duty.burden, 0) - fair
        chosen = _combining(region, duty, able, at_work)
        if chosen is None:
            free = [member for member in able if member.has_room(duty)]
            if not free:
                raise StuckError(duty.id, days_touched(duty.when), crews[duty.line])
            chosen = min(free, key=lambda each: each.rank(duty))
            chosen.take(duty)
        chosen.balance[duty.burden] += points * POINT
        at_work[duty.line] = (duty.when, chosen)
        contract = chosen.contract_for(duty)
        held.append(
            Assignment(
                target=duty.id,
                physician=chosen.physician.id,
                contract=contract.id if contract else None,
                when=duty.when,
            )
        )
    return held


def _combining(
    region: Region,
    duty: Duty,
    able: Sequence[Member],
    at_work: Mapping[str, tuple[Interval, Member]],
) -> Member | None:
    """Who holds a combining line at that time, and is behind enough to hold this one too."""
    for line in region.line_by_id[duty.line].combinable_with:
        when, member = at_work.get(line, (None, None))
        if member is not None and when == duty.when and member in able and member.combines:
            behind = member.balance[duty.burden]
            return member if behind < -POINT // 2 else None
    return None
