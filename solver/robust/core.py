"""Duties that cannot all be held while somebody is away: the proof that nothing helps.

The duties are asked for alone. What else starts after the absence began is left out of the
question, so the answer no holds whatever is done with the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from so247.models.proof import Answered
from so247.solver.budget import Budget
from so247.solver.feasible import BARE, FULL, LIGHT, Configuration
from so247.solver.limits import Cancel
from so247.solver.robust.loss import Away
from so247.solver.robust.question import Question
from so247.solver.robust.standing import Standing
from so247.solver.whynot.conflict import without

EACH = 15.0
"""Most seconds for one question."""


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
        self._start = {task.index: task.item.start for task in standing.context.duties}

    def known(self, away: Away) -> Core | None:
        """A core that shows the same here: they are away then, and no more can be changed."""
        people = frozenset(away.loss.people)
        for core in self._known:
            here = all(away.begin <= self._start[task] < away.end for task in core.tasks)
            if here and core.people <= people and core.begin <= away.begin:
                return core
        return None

    def found(self, away: Away, low: int, high: int) -> Core | None:
        """A smallest part of what must be held between ``low`` and ``high``, and cannot.

        Two differently configured solves must say so of that part.
        """
        tasks = self.standing.to_hold(low, high)
        if not self._impossible(away, tasks, LIGHT):
            return None
        tasks = without(tasks, lambda some: self._impossible(away, some, LIGHT))
        if not all(self._impossible(away, tasks, each) for each in (FULL, BARE)):
            return None
        core = Core(frozenset(away.loss.people), tasks, away.begin)
        if all(away.begin <= self._start[task] < away.end for task in tasks):
            self._known.append(core)
        return core

    def _impossible(self, away: Away, tasks: Sequence[int], configuration: Configuration) -> bool:
        """Whether that is surely so: no answer in the time is not a no."""
        options = [self.standing.open_to(task, away) for task in tasks]
        if not all(options):
            return True  # nobody at all may hold one of them: no solver is needed for that
        if not tasks or self.budget.left <= 0:
            return False
        question = relaxed(self.standing, away, [v for each in options for v in each])
        found = question.ask(configuration, self.budget, EACH, self.cancel)
        return found.answered is Answered.INFEASIBLE


def relaxed(standing: Standing, away: Away, free: Sequence[int]) -> Question:
    """Can these be chosen, given what started before the absence and is pinned, and no more?"""
    with standing.nothing_since(away) as loose:
        return Question(standing.hard, standing.state.values, free, loose - set(free))
