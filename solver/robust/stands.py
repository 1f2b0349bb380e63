"""The roster that stands, and what of it stands where a pin of somebody who is away gives way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from so247.audit.check import check
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.budget import Budget
from so247.solver.chosen import choice_of
from so247.solver.limits import Cancel
from so247.solver.robust.loss import Away, Loss
from so247.solver.robust.repair import Repairer
from so247.solver.robust.standing import Standing, legal_problem, stand


class Stands:
    """One repairer for most absences, and one more for every set of pins that gives way.

    A pin stands whatever it breaches, so limits were widened for it; without it they are not. Pins
    of a roster that breaches nothing widened nothing: there one repairer does.
    """

    def __init__(
        self,
        region: Region,
        roster: Roster,
        history: Sequence[Roster],
        budget: Budget,
        cancel: Cancel | None,
    ) -> None:
        self.region = region
        self.roster = roster
        self.history = history
        self.budget = budget
        self.cancel = cancel
        self.main = stand(region, roster, history)
        self._repairers = {frozenset[int](): Repairer(self.main, budget, cancel)}

    def repairer(self, loss: Loss) -> Repairer:
        options = self.main.problem.options
        pins = frozenset(v for v in loss.options if options[v].pinned)
        if pins and not self._breached:
            pins = frozenset()
        if pins not in self._repairers:
            self._repairers[pins] = Repairer(self._unpinned(pins), self.budget, self.cancel)
        return self._repairers[pins]

    @cached_property
    def _breached(self) -> bool:
        return bool(check(self.region, self.roster, self.history).hard_breaches)

    def seen(self, away: Away, repairer: Repairer) -> Away:
        """The absence in terms of the repairer's own options."""
        if repairer.standing is self.main:
            return away
        table = self.main.problem.options
        slots = repairer.standing.slots
        options = repairer.standing.problem.options
        mine = tuple(
            v
            for lost in away.loss.options
            for v in slots.get((table[lost].task, table[lost].start), ())
            if v in repairer.standing.held and options[v].person == table[lost].person
        )
        return replace(away, loss=replace(away.loss, options=mine))

    def _unpinned(self, pins: frozenset[int]) -> Standing:
        """Without these pins; what somebody held who may not, is to be held by another."""
        table, people = self.main.problem.options, self.main.problem.people
        dropped = {(self._target(v), people[table[v].person]) for v in pins}
        kept = tuple(e for e in self.region.pins if (e.target, e.physician) not in dropped)
        region = self.region.model_copy(update={"pins": kept})
        context, problem = legal_problem(region, self.roster, self.history)
        choice, _ = choice_of(context, problem, self.roster, strict=False)
        held = {problem.options[v].task for v in choice.nonzero()[0]}
        must = [
            task.index
            for task in context.duties
            if task.site_minutes
            and task.index in {table[v].task for v in pins}
            and task.index not in held
        ]
        return Standing(context, problem, choice, self.roster, must)

    def _target(self, option: int) -> str:
        return self.main.target_of[self.main.slot(option)]
