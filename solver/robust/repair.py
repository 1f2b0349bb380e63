"""One absence: a repair, or the duties that nobody can hold, or neither in the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from so247.models.proof import Answered, Survival
from so247.solver.budget import Budget
from so247.solver.limits import Cancel
from so247.solver.robust.core import Core, Cores
from so247.solver.robust.loss import Away
from so247.solver.robust.standing import Standing
from so247.solver.robust.swap import swapped
from so247.solver.search_question import QUICK, Question

DAY = 24 * 60
REACHES = (3 * DAY, 10 * DAY, 1000 * DAY)
"""How far around what is lost others may change places: a little, more, everything."""
KEPT = 4
"""Changes that are rather made than that a session falls away."""


@dataclass(frozen=True)
class Attempt:
    """``held``: all options that are true after the repair. ``core``: what nobody can hold."""

    survival: Survival
    held: frozenset[int] = frozenset()
    core: Core | None = None


class Repairer:
    """Repairs one standing roster, absence after absence."""

    def __init__(self, standing: Standing, budget: Budget, cancel: Cancel | None) -> None:
        self.standing = standing
        self.budget = budget
        self.cancel = cancel
        self.cores = Cores(standing, budget, cancel)
        self._beyond: set[tuple[tuple[int, ...], int, int, int]] = set()

    @property
    def over(self) -> bool:
        return self.budget.left <= 0 or (self.cancel is not None and self.cancel.cancelled)

    def cheap(self, away: Away) -> Attempt | None:
        """Every lost duty to somebody who can take it as it is; ``None`` where that fails."""
        found = swapped(self.standing, away)
        self.budget.work(BOOKED)
        return None if found is None else self._survived(self._merged(away, (), found))

    def thorough(self, away: Away, each: float) -> Attempt:
        """Others may change places as well; or it is shown that nothing helps.

        ``each``: seconds for one question.
        """
        core = self.cores.known(away, each) or self.cores.found(away, *_bounds(away, 0), each)
        for reach in REACHES:
            if core is not None or self.over:
                break
            low, high = _bounds(away, reach)
            survived = self._rearranged(away, low, high, each)
            if survived is not None:
                return survived
            core = self.cores.found(away, low, high, each)
        if core is None:
            return Attempt(Survival.UNKNOWN)
        return Attempt(Survival.FAILED, core=core)

    def _rearranged(self, away: Away, low: int, high: int, each: float) -> Attempt | None:
        """A repair with the fewest changes of what starts between ``low`` and ``high``.

        Where there is none it is not looked for again.
        """
        asked = away.loss.people, away.begin, low, high
        if asked in self._beyond:
            return None
        free = self.standing.free(away, low, high)
        with self.standing.lost(away):
            question = Question(self.standing.hard, self.standing.state.values, free)
        question.prefer({v: self._weight(v) for v in free})
        answer = question.ask(QUICK, self.budget, each, self.cancel)
        if answer.answered is Answered.INFEASIBLE:
            self._beyond.add(asked)
        if answer.answered is not Answered.FEASIBLE:
            return None
        return self._survived(self._merged(away, free, answer.chosen))

    def _weight(self, option: int) -> int:
        kept = -1 if self.standing.choice[option] else 1
        task = self.standing.problem.options[option].task
        return kept if task in self.standing.hard.required else kept - KEPT

    def _merged(self, away: Away, free: Iterable[int], chosen: frozenset[int]) -> frozenset[int]:
        """Everything that is held then: what is chosen, and what did not change."""
        return (self.standing.held - set(free) - set(away.loss.options)) | chosen

    def _survived(self, held: frozenset[int]) -> Attempt | None:
        return Attempt(Survival.SURVIVED, held) if self.standing.keeps(held) else None


BOOKED = 0.001
"""Deterministic work booked for a cheap test."""


def _bounds(away: Away, reach: int) -> tuple[int, int]:
    """From when to when something may start that changes."""
    starts = away.loss.starts
    return max(away.begin, min(starts) - reach), max(starts) + reach
