"""Duties that cannot all be held while somebody is away: the proof that nothing helps.

The duties are asked for alone. What else starts after the absence began is left out of the
question, so the answer no holds whatever is done with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from so247.models.proof import Answered
from so247.solver.budget import Budget
from so247.solver.limits import Cancel
from so247.solver.robust.loss import Away
from so247.solver.robust.standing import Standing
from so247.solver.search_feasible import Configuration
from so247.solver.search_question import OTHER, QUICK, Question
from so247.solver.whynot.conflict import without

SURER = 5
"""Times as long for the second opinion on what one solve already showed."""
SHRINKING = 2.0
"""Seconds to make one core smaller: it is shorter to read then, and tells of more absences."""


@dataclass(frozen=True)
class Core:
    """Tasks that cannot all be held without these people, by changes from ``begin`` on."""

    people: frozenset[int]
    tasks: tuple[int, ...]
    begin: int


class Cores:
    """Finds cores, and remembers them: one tells of many absences."""

    def __init__(self, standing: Standing, budget: Budget, cancel: Cancel | None) -> None:
        self.standing = standing
        self.budget = budget
        self.cancel = cancel
        self._known: list[Core] = []
        self._feasible: set[tuple[Away, tuple[int, ...]]] = set()
        self._start = {task.index: task.item.start for task in standing.context.duties}

    def known(self, away: Away, each: float) -> Core | None:
        """A core that shows the same here: they are away then, and no more can be changed."""
        near = [core for core in self._known if self._within(core.tasks, away)]
        for core in near:
            if core.people <= frozenset(away.loss.people) and core.begin <= away.begin:
                return core
        # One that was shown for a later day often holds here too.
        for core in near[:-4:-1]:
            if core.people <= frozenset(away.loss.people) and self._agreed(away, core.tasks, each):
                return self._kept(away, core.tasks)
        return None

    def found(self, away: Away, low: int, high: int, each: float) -> Core | None:
        """A small part of what must be held between ``low`` and ``high``, and cannot.

        ``each``: seconds for one question. What can be held is not asked a second time.
        """
        tasks = self.standing.to_hold(low, high, away.loss.options)
        if not any(self._impossible(away, tasks, by, each) for by in (QUICK, OTHER)):
            return None
        tasks = tuple(self._shrunk(away, tasks))
        if not self._agreed(away, tasks, each):
            return None
        for person in away.loss.people if len(away.loss.people) > 1 else ():
            alone = replace(away, loss=replace(away.loss, people=(person,)))
            if self._agreed(alone, tasks, each):
                return self._kept(alone, tasks)
        return self._kept(away, tasks)

    def _shrunk(self, away: Away, tasks: Sequence[int]) -> Sequence[int]:
        """Without what is not needed for it, as far as that is quickly seen."""
        until = self.budget.spent + SHRINKING

        def impossible(some: Sequence[int]) -> bool:
            left = min(until - self.budget.spent, SHRINKING / 4)
            return left > 0 and self._impossible(away, some, QUICK, left)

        return without(tasks, impossible)

    def _within(self, tasks: Sequence[int], away: Away) -> bool:
        return all(away.begin <= self._start[task] < away.end for task in tasks)

    def _agreed(self, away: Away, tasks: Sequence[int], each: float) -> bool:
        """Whether two differently configured solves say that it is impossible."""
        return all(self._impossible(away, tasks, by, SURER * each) for by in (QUICK, OTHER))

    def _kept(self, away: Away, tasks: Sequence[int]) -> Core:
        core = Core(frozenset(away.loss.people), tuple(tasks), away.begin)
        if self._within(tasks, away):
            self._known.append(core)
        return core

    def _impossible(
        self, away: Away, tasks: Sequence[int], configuration: Configuration, seconds: float
    ) -> bool:
        """Whether that is surely so: no answer in the time is not a no."""
        options = [self.standing.open_to(task, away) for task in tasks]
        if not all(options):
            return True  # nobody at all may hold one of them: no solver is needed for that
        if not tasks or self.budget.left <= 0:
            return False
        asked = replace(away, loss=away.loss.on(())), tuple(sorted(tasks))
        if asked in self._feasible:
            return False
        question = relaxed(self.standing, away, [v for each in options for v in each])
        found = question.ask(configuration, self.budget, seconds, self.cancel)
        if found.answered is Answered.FEASIBLE:
            self._feasible.add(asked)
        return found.answered is Answered.INFEASIBLE


def relaxed(standing: Standing, away: Away, free: Sequence[int]) -> Question:
    """Can these be chosen, given what started before the absence and is pinned, and no more?"""
    with standing.nothing_since(away) as loose:
        return Question(standing.hard, standing.state.values, free, loose - set(free))
