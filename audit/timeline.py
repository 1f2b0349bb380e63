"""Who holds a line from minute to minute, and the four lines that matter to a site at a moment.

The need comes from the windows, never from the duties: a minute that no duty was made for is there
as well. Sites with the same lines share one timeline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from so247.audit.conflicts import Conflicts
from so247.audit.eligibility import Eligibility, Fault
from so247.audit.holdings import Case, Holding
from so247.audit.instants import Spans, between, minute
from so247.models.calendar import window
from so247.models.lines import Care, Line, Position, Window
from so247.models.people import SO


@dataclass(frozen=True, eq=False)
class Holder:
    """Somebody on duty, with why he does not count (for one site, or for all)."""

    id: str
    person: bool
    so: bool
    pools: frozenset[str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, eq=False)
class Held:
    """A line with its holders at a moment; none when nobody is on duty. One object per content."""

    line: Line
    holders: tuple[Holder, ...]


State = tuple[Held | None, Held | None, Held | None, Held | None]
"""First line and backup for specific care, first line and backup for general care alone.

``None`` where no line serves. A line for both kinds stands with specific care."""

Row = tuple[int, int, Held]


def slot(line: Line) -> int:
    """Where the line stands in a ``State``."""
    general = 2 if line.care is Care.GENERAL else 0
    return general + (1 if line.position is Position.BACKUP else 0)


class Timelines:
    """Timelines of every line of a case, over the period."""

    def __init__(self, case: Case, eligibility: Eligibility, conflicts: Conflicts) -> None:
        self.case = case
        self.eligibility = eligibility
        self.conflicts = conflicts
        self._holders: dict[tuple[str, int], Holder] = {}
        self._held: dict[tuple[str, tuple[Holder, ...]], Held] = {}
        self._windows: dict[tuple[Window, date | None, date | None], list[tuple[int, int]]] = {}
        self._on_line: dict[str, list[Holding]] = {}
        for each in (*case.past, *case.holdings):
            if each.line is not None and each.end > case.start and each.start < case.end:
                self._on_line.setdefault(each.line.id, []).append(each)
        self._states: dict[tuple[str, ...], list[tuple[int, int, State]]] = {}
        self._rows = {line.id: self._timeline(line) for line in case.region.lines}

    def states(self, lines: tuple[str, ...]) -> list[tuple[int, int, State]]:
        """From the period's start to its end, the state of these lines; equal neighbours merged."""
        if lines not in self._states:
            self._states[lines] = list(self._merged(lines))
        return self._states[lines]

    def _merged(self, lines: tuple[str, ...]) -> Iterator[tuple[int, int, State]]:
        rows = [(slot(row[2].line), row) for line in lines for row in self._rows[line]]
        bounds = {self.case.start, self.case.end}
        for _, (start, end, _held) in rows:
            bounds.update((start, end))
        rows.sort(key=lambda each: each[1][0])
        state: list[Held | None] = [None] * 4
        until = [0] * 4
        at = 0
        for start, end in pairwise(sorted(bounds)):
            for place in range(4):
                if until[place] <= start:
                    state[place] = None
            while at < len(rows) and rows[at][1][0] <= start:
                place, (_, until[place], state[place]) = rows[at]
                at += 1
            yield start, end, (state[0], state[1], state[2], state[3])

    def _timeline(self, line: Line) -> list[Row]:
        spans = Spans(
            (start, end, holder)
            for holding in self._on_line.get(line.id, ())
            for start, end, holder in self._pieces(holding)
        )
        bounds = sorted({bound for row in spans.rows for bound in row[:2]})
        found: list[Row] = []
        for opens, closes in self._window(line):
            for start, end in pairwise([opens, *between(bounds, opens, closes), closes]):
                holders = tuple(dict.fromkeys(row[2] for row in spans.during(start, end)))
                held = self._held.setdefault((line.id, holders), Held(line, holders))
                joins = found and found[-1][2] is held and found[-1][1] == start
                found.append((found.pop()[0] if joins else start, end, held))
        return found

    def _window(self, line: Line) -> list[tuple[int, int]]:
        """The stretches of the period that the line answers for, in order."""
        key = (line.window, line.valid_from, line.valid_until)
        if key not in self._windows:
            stretches = window(self.case.region, line, self.case.period)
            self._windows[key] = [(minute(each.start), minute(each.end)) for each in stretches]
        return self._windows[key]

    def _pieces(self, holding: Holding) -> Iterator[tuple[int, int, Holder]]:
        """The assignment, cut where its holder begins or ceases to count."""
        clashes = self.conflicts.faults.get(holding.physician)
        for segment in self.eligibility.segments(holding):
            start, end = segment.start, segment.end
            rows = clashes.during(start, end) if clashes else []
            rows = [row for row in rows if row[2][0] in (None, holding)]
            bounds = {start, end}
            for row in rows:
                bounds.update(each for each in row[:2] if start < each < end)
            for at, until in pairwise(sorted(bounds)):
                extra = tuple(row[2][1] for row in rows if row[0] <= at < row[1])
                yield at, until, self._holder(holding.physician, segment.faults + extra)

    def _holder(self, name: str, faults: tuple[Fault, ...]) -> Holder:
        key = (name, id(faults))
        if key not in self._holders:
            person = self.case.region.physician_by_id.get(name)
            self._holders[key] = Holder(
                id=name,
                person=person is not None,
                so=person is not None and person.role is SO,
                pools=frozenset(person.pools if person else ()),
                faults=faults,
            )
        return self._holders[key]
