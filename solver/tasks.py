"""From region and period to tasks and options: what is to be held, and who may hold it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from so247.models import calendar
from so247.models.clock import Interval
from so247.models.duty import Duty
from so247.models.lines import Line
from so247.models.norms import Work
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.solver.context import Context, DutyTask, Item, Piece, SessionTask
from so247.solver.coverage import coverable_minutes
from so247.solver.instants import span
from so247.solver.problem import Option, Task, Tier
from so247.solver.rules import eligibility, pin_stands
from so247.solver.rules.eligibility import may_hold

LOOK_BACK = timedelta(days=400)


def prepare(
    region: Region,
    period: Interval,
    history: Sequence[Roster],
    lenient: frozenset[str] = frozenset(),
) -> Context:
    """Everything but the rules: tasks, options, history and commitments.

    ``lenient``: eligibility rules by which nobody is kept from anything here.
    """
    context = Context(region, period, history, lenient)
    context.builder.people = [person.id for person in region.physicians]
    context.builder.contracts = [contract.id for contract in region.contracts]
    _add_commitments(context)
    held = _add_history(context)
    _add_duties(context, held)
    _add_sessions(context)
    _add_options(context)
    return context


def _add_commitments(context: Context) -> None:
    wide = Interval(
        start=context.period.start - LOOK_BACK, end=context.period.end + timedelta(days=2)
    )
    for row in context.region.commitments:
        for when in calendar.commitment_intervals(context.region, row, wide):
            start, end = span(when)
            night = context.facts.is_night(start, end)
            piece = Piece(start, end, Work.COMMITMENT, night, ours=False)
            context.commitments[row.physician].append(
                (piece, row.place, row.contract, row.on_call_allowed)
            )


def _add_history(context: Context) -> set[tuple[str, int]]:
    """Past work of everybody; returns (line, end) of duties that history holds."""
    held: set[tuple[str, int]] = set()
    blocks: dict[tuple[str, int, int, Work], None] = {}
    for each in _counted(context):
        start, end = span(each.when)
        kind, line = _past_kind(context, each)
        if line is not None:
            held.add((line.id, end))
        elif each.contract is not None:
            context.past_sessions.append((each.contract, start, end))
        if each.physician in context.past:
            blocks[(each.physician, start, end, kind)] = None
    for physician, start, end, kind in blocks:
        night = kind is not Work.SESSION and context.facts.is_night(start, end)
        context.past[physician].append(Piece(start, end, kind, night))
    return held


def _counted(context: Context) -> list[Assignment]:
    """Earlier assignments that stand and start before the period.

    A later roster overrules an earlier one for the same target at the same time, whatever the
    state: what somebody declined there no longer stands. A later revision of the same period
    replaces the earlier one as a whole.
    """
    found: list[Assignment] = []
    listed: dict[str, list[Interval]] = {}
    newest: dict[Interval, int] = {}
    for made in context.history:
        newest[made.period] = max(made.revision, newest.get(made.period, 0))
    latest_first = sorted(
        (made for made in context.history if made.revision == newest[made.period]),
        key=lambda made: made.period.start,
        reverse=True,
    )
    for roster in latest_first:
        found += [
            each
            for each in roster.standing
            if each.when.start < context.period.start
            and not any(each.when.overlaps(other) for other in listed.get(each.target, ()))
        ]
        for each in roster.assignments:
            listed.setdefault(each.target, []).append(each.when)
    return found


def _past_kind(context: Context, each: Assignment) -> tuple[Work, Line | None]:
    """What an earlier assignment was, and its line: a duty made by hand says which one."""
    lines = context.region.line_by_id
    line = lines.get(each.target.partition("@")[0])
    if line is None and each.line is not None:
        site, _, rest = each.target.partition(".")
        asked = any(
            (row.site, row.product.value) == (site, rest.partition(".")[0])
            for row in context.region.sessions
        )
        line = None if asked else lines.get(each.line)
    if line is None:
        return Work.SESSION, None
    return context.facts.kind_of(line, *span(each.when)), line


def _item_of(context: Context, duty: Duty, line: Line) -> Item:
    start, end = span(duty.when)
    return Item(
        start=start,
        end=end,
        days=context.facts.days_of(start, end),
        sites=context.facts.open_sites(line, end),
        line=line,
        kind=context.facts.kind_of(line, start, end),
    )


def _add_duties(context: Context, held: set[tuple[str, int]]) -> None:
    """Pieces of the period that history does not hold.

    A piece that began before it is history's wherever somebody there holds part of it, also under
    a pattern that has changed since: whoever is on duty is not given a second holder.
    """
    running = {line: max(end for other, end in held if other == line) for line, _ in held}
    for duty in context.pieces:
        line = context.region.line_by_id[duty.line]
        if line.organisation is not None:
            continue
        item = _item_of(context, duty, line)
        if item.start < running.get(line.id, item.start):
            continue
        minutes = sum(coverable_minutes(context.facts, line, item.start, item.end).values())
        context.builder.tasks.append(Task(duty.id, 1, minutes, Tier.COVERAGE))
        index = len(context.builder.tasks) - 1
        context.duties.append(DutyTask(index, duty, line, item, minutes))


def _add_sessions(context: Context) -> None:
    for period in calendar.session_periods(context.region, context.period):
        demand = context.region.sessions[period.demand]
        items = tuple(
            _session_item(context, demand.site, period.demand, day) for day in period.days
        )
        minutes = items[0].end - items[0].start
        name = f"{period.site}.{period.product.value}.{period.key}"
        context.builder.tasks.append(Task(name, period.count, minutes, Tier.SESSIONS))
        index = len(context.builder.tasks) - 1
        context.sessions.append(SessionTask(index, period, demand, items))


def _session_item(context: Context, site: str, demand: int, day: date) -> Item:
    row = context.region.sessions[demand]
    start, end = span(calendar.session_interval(row, day))
    return Item(start=start, end=end, days=(day,), sites=(site,), demand=row)


def _add_options(context: Context) -> None:
    order = {contract.id: index for index, contract in enumerate(context.region.contracts)}
    pinned: dict[tuple[int, int], dict[int, tuple[str, ...]]] = {}
    for (at, start, name), contracts in pin_stands.pins(context).items():
        pinned.setdefault((at, start), {})[context.index_of[name]] = contracts
    takers = _Takers(context, order)
    tasks: list[DutyTask | SessionTask] = [*context.duties, *context.sessions]
    for task in tasks:
        items = (task.item,) if isinstance(task, DutyTask) else task.items
        for item in items:
            held = pinned.get((task.index, item.start), {})
            stand = {(who, order[name]) for who, names in held.items() for name in names}
            able = takers.with_pins(item, held) if held else takers.of(item)
            at, start, end = task.index, item.start, item.end
            context.builder.options += [
                Option(at, who, contract, start, end, (who, contract) in stand)
                for who, contract in able
            ]
            context.items += [item] * len(able)


class _Takers:
    """(person, contract) pairs by which an item may be held, in order."""

    def __init__(self, context: Context, order: Mapping[str, int]) -> None:
        self.context = context
        self.order = order
        self.rules = eligibility.timeless(context.region)
        self.suited: dict[Hashable, tuple[int, ...]] = {}
        self.known: dict[Hashable, tuple[tuple[int, int], ...]] = {}

    def of(self, item: Item) -> tuple[tuple[int, int], ...]:
        key = eligibility.alike(self.context, item)
        if key not in self.known:
            self.known[key] = tuple(self._found(item, self._suited(item)))
        return self.known[key]

    def with_pins(
        self, item: Item, pinned: Mapping[int, Iterable[str]]
    ) -> Sequence[tuple[int, int]]:
        """Pinned ones stand whatever they breach, and are offered on no other contract as well."""
        others = {each for each in self.of(item) if each[0] not in pinned}
        for who, names in pinned.items():
            mine = [each.id for each in self.context.contracts_of(self.context.people[who])]
            stand = [(who, self.order[name]) for name in mine if name in names]
            others.update(stand or self._found(item, (who,)))
        return sorted(others)

    def _found(self, item: Item, people: Iterable[int]) -> Iterator[tuple[int, int]]:
        for who in people:
            person = self.context.people[who]
            for contract in self.context.contracts_of(person):
                if may_hold(self.context, person, contract, item):
                    yield who, self.order[contract.id]

    def _suited(self, item: Item) -> tuple[int, ...]:
        """Who may hold a line's duties (a demand's sessions) as far as time does not matter."""
        line = item.line.id if item.line is not None else None
        key = (line, id(item.demand), item.sites)
        if key not in self.suited:
            self.suited[key] = tuple(
                index
                for index, person in enumerate(self.context.people)
                if any(
                    not any(
                        rule.forbids(self.context, person, contract, item) for rule in self.rules
                    )
                    for contract in self.context.contracts_of(person)
                )
            )
        return self.suited[key]
