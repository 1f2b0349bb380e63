"""What rules build on: facts, tasks, who may take them, and every person's possible work.

``Context`` is made once per solve. Its builder first gets all options (tasks x eligible people x
contracts), then every rule adds its cliques, rows and penalties.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from so247.models import calendar
from so247.models.clock import Interval
from so247.models.duty import Duty, SessionPeriod
from so247.models.lines import Line, SessionDemand
from so247.models.norms import Work
from so247.models.people import Contract, Physician
from so247.models.region import Region
from so247.models.roster import LedgerEntry, Roster
from so247.solver.facts import Facts, Stretch
from so247.solver.problem import Builder

ONE_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be judged for eligibility: a duty, or a session on one day."""

    start: int
    end: int
    days: tuple[date, ...]
    sites: tuple[str, ...]
    line: Line | None = None
    demand: SessionDemand | None = None
    kind: Work = Work.SESSION

    @property
    def start_day(self) -> date:
        return self.days[0]


@dataclass(frozen=True)
class DutyTask:
    """A duty to be held by a person. ``site_minutes`` is what it costs to leave it empty."""

    index: int
    duty: Duty
    line: Line
    item: Item
    site_minutes: int


@dataclass(frozen=True)
class SessionTask:
    """The sessions of one demand and period; one item per allowed day."""

    index: int
    period: SessionPeriod
    demand: SessionDemand
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Possible or certain work of one person.

    The piece is worked when the sum of its ``variables`` is 1; certain work (history, commitments)
    has none. ``ours`` is what a roster may hold, commitments are not.
    """

    start: int
    end: int
    kind: Work
    night: bool
    variables: tuple[int, ...] = ()
    ours: bool = True

    @property
    def certain(self) -> bool:
        return not self.variables


class Context:
    """Everything a rule may look at, and the builder it writes to."""

    def __init__(
        self,
        region: Region,
        period: Interval,
        history: Sequence[Roster],
        lenient: frozenset[str] = frozenset(),
    ) -> None:
        self.region = region
        self.period = period
        self.history = tuple(history)
        self.lenient = lenient
        """Eligibility rules that keep no option from being made: asked about one by one."""
        self.facts = Facts(region, period)
        self.builder = Builder()
        self.people: tuple[Physician, ...] = region.physicians
        self.index_of = {person.id: index for index, person in enumerate(self.people)}
        self.duties: list[DutyTask] = []
        self.sessions: list[SessionTask] = []
        self.items: list[Item] = []
        """The item of each option, in step with ``builder.options``."""
        self.past: dict[str, list[Piece]] = {person.id: [] for person in self.people}
        self.past_sessions: list[tuple[str, int, int]] = []
        """(contract, start, end) of sessions that history holds."""
        self.commitments: dict[str, list[tuple[Piece, str, str | None, bool]]] = {
            person.id: [] for person in self.people
        }
        """(piece, place, contract, on call allowed)."""
        self.backed: dict[tuple[str, int, int], bool] = {}
        """Remembers ``rules.eligibility.backed`` by line, start and end."""
        self.free: dict[tuple[str, int, int, Work], bool] = {}
        """Remembers by contract, start, end and kind whether no rule forbids work of that kind."""
        self._of_kinds: dict[tuple[int, frozenset[Work]], tuple[Piece, ...]] = {}
        self.positions: dict[tuple[str, int, int], tuple[str | None, ...]] = {}
        """Remembers where a person on call is, by start and end."""

    # -- options ------------------------------------------------------------------------------

    @cached_property
    def options_of_task(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.builder.tasks]
        for variable, option in enumerate(self.builder.options):
            found[option.task].append(variable)
        return tuple(tuple(each) for each in found)

    @cached_property
    def options_of_person(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.people]
        for variable, option in enumerate(self.builder.options):
            found[option.person].append(variable)
        return tuple(tuple(each) for each in found)

    @cached_property
    def duties_on(self) -> tuple[tuple[int, ...], ...]:
        """Contract to the options that book a duty of the period on it."""
        found: list[list[int]] = [[] for _ in self.region.contracts]
        for variable, (option, item) in enumerate(
            zip(self.builder.options, self.items, strict=True)
        ):
            if item.kind is not Work.SESSION and self.in_period(option.start):
                found[option.contract].append(variable)
        return tuple(tuple(each) for each in found)

    def in_period(self, start: int) -> bool:
        return self.facts.start <= start < self.facts.end

    def taken_by(self, task: int) -> dict[int, list[int]]:
        """Person to the options by which that person may take the task."""
        found: dict[int, list[int]] = {}
        for variable in self.options_of_task[task]:
            found.setdefault(self.builder.options[variable].person, []).append(variable)
        return found

    @cached_property
    def task_items(self) -> dict[int, DutyTask | SessionTask]:
        tasks: list[DutyTask | SessionTask] = [*self.duties, *self.sessions]
        return {task.index: task for task in tasks}

    @cached_property
    def pieces(self) -> tuple[Duty, ...]:
        """All duties of the period, those held by history or by organisations included."""
        return calendar.duties(self.region, self.period)

    def duties_between(self, start: int, end: int) -> list[DutyTask]:
        """The duties that overlap a stretch, in order."""
        starts, longest = self._duty_starts
        low, high = bisect_left(starts, start - longest), bisect_left(starts, end)
        return [task for task in self.duties[low:high] if task.item.end > start]

    @cached_property
    def _duty_starts(self) -> tuple[list[int], int]:
        """Starts of the duties (they come in order of time), and how long the longest lasts."""
        longest = max((task.item.end - task.item.start for task in self.duties), default=0)
        return [task.item.start for task in self.duties], longest

    @cached_property
    def near_groups(self) -> tuple[tuple[Item, tuple[int, ...]], ...]:
        """Sessions and office-hours duties in the period, which is what pairs are for, each with
        its options."""
        office = {task.index for task in self.duties if task.duty.burden is None}
        options = self.builder.options
        # The options of an item were made one after another.
        runs = groupby(range(len(options)), key=lambda v: (id(self.items[v]), options[v].task))
        found = [(self.items[run[0]], run) for _, each in runs for run in (tuple(each),)]
        return tuple(
            (item, run)
            for item, run in found
            if (item.line is None or options[run[0]].task in office) and self.in_period(item.start)
        )

    # -- a person's work ----------------------------------------------------------------------

    @cached_property
    def _work(self) -> tuple[tuple[Piece, ...], ...]:
        return tuple(self._work_of(index) for index in range(len(self.people)))

    def work(self, person: int, kinds: Iterable[Work] | None = None) -> tuple[Piece, ...]:
        """Blocks, sessions, commitments and history of one person, by start."""
        everything = self._work[person]
        if kinds is None:
            return everything
        key = (person, frozenset(kinds))
        if key not in self._of_kinds:
            self._of_kinds[key] = tuple([piece for piece in everything if piece.kind in key[1]])
        return self._of_kinds[key]

    def _work_of(self, person: int) -> tuple[Piece, ...]:
        slots: dict[tuple[int, int, Work], list[int]] = {}
        for variable in self.options_of_person[person]:
            option = self.builder.options[variable]
            slots.setdefault((option.start, option.end, self.items[variable].kind), []).append(
                variable
            )
        pieces = [self._block(slot, options) for slot, options in slots.items()]
        name = self.people[person].id
        pieces += self.past[name]
        pieces += [piece for piece, *_ in self.commitments[name]]
        return tuple(sorted(pieces, key=lambda piece: (piece.start, piece.end)))

    def _block(self, slot: tuple[int, int, Work], options: list[int]) -> Piece:
        """One block: a single variable where its duties may combine, else the exclusive options."""
        start, end, kind = slot
        lines = {line.id for v in options if (line := self.items[v].line) is not None}
        combine = any((a, b) in self.facts.combining for a in lines for b in lines)
        variables = (self.builder.any_of(options),) if combine else tuple(options)
        night = kind is not Work.SESSION and self.facts.is_night(start, end)
        return Piece(start, end, kind, night, variables)

    def opening_ledger(self) -> tuple[LedgerEntry, ...]:
        """The closing ledger of the latest roster in history that begins before the period."""
        earlier = [each for each in self.history if each.period.start < self.period.start]
        if not earlier:
            return ()
        return max(earlier, key=lambda roster: roster.period.end).closing_ledger

    # -- commitments and positions ------------------------------------------------------------

    def commitment_places(self, person: str, stretch: Stretch) -> list[tuple[Stretch, str]]:
        return [
            ((piece.start, piece.end), place)
            for piece, place, _, _ in self.commitments_near(person, *stretch)
            if piece.start < stretch[1] and stretch[0] < piece.end
        ]

    def commitments_near(
        self, person: str, start: int, end: int
    ) -> list[tuple[Piece, str, str | None, bool]]:
        """Commitments that may overlap a stretch (none lasts longer than a day)."""
        starts = self._commitment_starts[person]
        low, high = bisect_left(starts, start - ONE_DAY), bisect_left(starts, end)
        return self.commitments[person][low:high]

    @cached_property
    def _commitment_starts(self) -> dict[str, list[int]]:
        for rows in self.commitments.values():
            rows.sort(key=lambda row: row[0].start)
        return {name: [row[0].start for row in rows] for name, rows in self.commitments.items()}

    def contracts_of(self, person: Physician) -> tuple[Contract, ...]:
        return self.region.contracts_of(person.id)
