"""The roster that stands, ready to be changed: its problem, its limits, and who could take what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from so247.models.proof import Change
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.chosen import choice_of
from so247.solver.context import Context
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.hard import Hard, State
from so247.solver.instants import minute
from so247.solver.problem import Option, Problem, Tier
from so247.solver.robust.loss import Away
from so247.solver.rules import cover_one_holder, registry
from so247.solver.rules.eligible_travel import within_reach
from so247.solver.tasks import prepare

LEGAL = (
    "cover.one_holder",
    "cover.backup_differs",
    "cover.backup_so",
    "time.one_at_a_time",
    "time.capacity",
    "norm.rest",
    "norm.continuous",
    "norm.rolling_count",
    "norm.consecutive",
    "norm.weekends",
    "norm.hours",
    "norm.free_periods",
    "contract.maximum",
    "contract.extramural_cap",
    "session.count",
    "session.weekday",
)
"""Rules that say what is legal and covered; the others say how well."""


Slot = tuple[int, int]
"""A task and when it starts: a duty, or a session on its day."""


class Standing:
    """One roster of one region, as a choice that can be changed and put back."""

    def __init__(
        self,
        context: Context,
        problem: Problem,
        choice: Ints,
        roster: Roster,
        must: Collection[int] = (),
    ) -> None:
        """``choice`` is the roster's. ``must``: tasks that may not stay empty all the same."""
        self.context = context
        self.problem = problem
        self.choice = choice
        self.held = frozenset(int(v) for v in np.flatnonzero(choice))
        self.hard = Hard(problem, choice, must)
        self.state = State(self.hard, choice)
        self.evaluator = Evaluator(problem)
        self._before = self._figures(choice)
        self.slots: dict[Slot, list[int]] = {}
        for variable in range(len(problem.options)):
            self.slots.setdefault(self.slot(variable), []).append(variable)
        self.target_of = _targets(context, roster)
        self._counts: dict[tuple[int, int], bool] = {}
        self.changeable = tuple(
            (slot[1], tuple(v for v in members if not problem.options[v].pinned))
            for slot, members in self.slots.items()
            if slot in self.target_of
        )
        """Start and options of what has, or may get, another holder. Sessions keep their day."""
        self._pinned = {problem.options[v].task for v in self.held if problem.options[v].pinned}
        self._to_hold = sorted(
            (task.item.start, task.index)
            for task in context.duties
            if task.index in self.hard.required
        )

    @contextmanager
    def lost(self, away: Away) -> Iterator[tuple[int, ...]]:
        """The state without what is lost; gives what cannot stay without a holder."""
        with self.dropped(away.loss.options) as fresh:
            yield tuple(v for v, broken in fresh.items() if broken)

    @contextmanager
    def nothing_since(self, away: Away) -> Iterator[frozenset[int]]:
        """The state in which of what starts in the absence or later only pins stand.

        Gives the options that are left aside so.
        """
        table = self.problem.options
        loose = frozenset(
            v
            for v, option in enumerate(table)
            if option.start >= away.begin and not option.pinned and not absent(option, away)
        )
        dropped = [v for v in self.held if v in loose or v in away.loss.options]
        with self.dropped(dropped):
            yield loose

    @contextmanager
    def dropped(self, options: Iterable[int]) -> Iterator[dict[int, set[int]]]:
        """The state without these options; gives what breaks by dropping each, in turn."""
        dropped = sorted(options)
        fresh = {v: self.state.flip(v) for v in dropped}
        try:
            yield fresh
        finally:
            for variable in dropped:
                self.state.flip(variable)

    def substitutes(self, option: int, away: Away) -> tuple[int, ...]:
        """The options by which somebody else takes over what an option holds."""
        return tuple(v for v in self.slots[self.slot(option)] if self._may_gain(v, away))

    def free(self, away: Away, low: int, high: int) -> list[int]:
        """What may be chosen anew of all that starts between ``low`` and ``high``."""
        lost = set(away.loss.options)
        return [
            v
            for start, members in self.changeable
            if low <= start <= high
            for v in members
            if (self.choice[v] and v not in lost) or self._may_gain(v, away)
        ]

    def keeps(self, held: frozenset[int]) -> bool:
        """Whether as much is covered, and no other rule broken: asked of the evaluator.

        It knows nothing of limits, so it would find what they overlook.
        """
        choice = np.zeros_like(self.choice)
        choice[sorted(held)] = 1
        broken, uncovered = self._figures(choice)
        return broken <= self._before[0] and uncovered <= self._before[1]

    def _figures(self, choice: Ints) -> tuple[frozenset[str], int]:
        uncovered = self.evaluator.tiers(choice)[Tier.COVERAGE]
        return frozenset(self.evaluator.broken(choice)), uncovered

    def slot(self, option: int) -> Slot:
        return self.problem.options[option].task, self.problem.options[option].start

    def changes(self, after: Standing, held: frozenset[int]) -> tuple[Change, ...]:
        """From this roster to what is held in terms of another (or the same) problem of it."""
        before = {self.slot(v): self.problem.options[v] for v in self.held}
        then = {after.slot(v): after.problem.options[v] for v in held}
        found = []
        for slot in sorted({*before, *then}, key=lambda slot: (slot[1], slot[0])):
            one, other = before.get(slot), then.get(slot)
            if (one and (one.person, one.contract)) != (other and (other.person, other.contract)):
                people, contracts = self.problem.people, self.problem.contracts
                found.append(
                    Change(
                        target=self.target_of[slot],
                        before=people[one.person] if one else None,
                        after=people[other.person] if other else None,
                        contract=contracts[other.contract] if other else None,
                    )
                )
        return tuple(found)

    def to_hold(self, low: int, high: int, lost: Collection[int] = ()) -> tuple[int, ...]:
        """Tasks that start between ``low`` and ``high`` and cannot stay without a holder.

        Not those that a pin holds, unless that is ``lost``.
        """
        held = self._pinned - {self.problem.options[v].task for v in lost}
        return tuple(t for start, t in self._to_hold if low <= start <= high and t not in held)

    def open_to(self, task: int, away: Away) -> list[int]:
        """The options by which those who are there may hold a task."""
        return [
            v
            for v in self.context.options_of_task[task]
            if not absent(self.problem.options[v], away)
        ]

    def _may_gain(self, option: int, away: Away) -> bool:
        """Whether the option may become true: not in the absence, and no worse a breach."""
        mine = self.problem.options[option]
        kept = self.choice[option] or mine.person in self.hard.tainted
        return not (kept or absent(mine, away)) and self.counts(option)

    def counts(self, option: int) -> bool:
        """Whether the holder surely counts: a way that nobody knows makes covered unknown."""
        key = self.problem.options[option].task, self.problem.options[option].person
        if key not in self._counts:
            person = self.context.people[key[1]]
            reached = within_reach(self.context, person, self.context.items[option])
            self._counts[key] = reached is not None
        return self._counts[key]


def absent(option: Option, away: Away) -> bool:
    return option.person in away.loss.people and away.begin <= option.start < away.end


def stand(region: Region, roster: Roster, history: Sequence[Roster] = ()) -> Standing:
    """Raises ``RosterError`` for a roster that holds what cannot be weighed (``choice_of``)."""
    context, problem = legal_problem(region, roster, history)
    return Standing(context, problem, choice_of(context, problem, roster), roster)


def _targets(context: Context, roster: Roster) -> dict[Slot, str]:
    """What is held, and the duties that the roster itself says nobody holds, by slot."""
    tasks = {task.duty.id: task.index for task in context.duties}
    for session in context.sessions:
        tasks.update(dict.fromkeys(session.period.ids, session.index))
    rows = [(each.target, each.when) for each in roster.standing]
    rows += [(gap.target, gap.when) for gap in roster.gaps if gap.when is not None]
    return {(tasks[target], minute(when.start)): target for target, when in rows if target in tasks}


def legal_problem(
    region: Region, roster: Roster, history: Sequence[Roster]
) -> tuple[Context, Problem]:
    """The region's rules, and always what is covered: no setting makes that not matter."""
    context = prepare(region, roster.period, history)
    if cover_one_holder.ID in region.settings.rules_off:
        cover_one_holder.build(context)
    for rule in registry.building(region):
        if rule.ID in LEGAL:
            rule.build(context)
    return context, context.builder.build()
