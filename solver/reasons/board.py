"""One roster on the table: as a choice of options, what it costs, and what a change would break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from so247.models.canonical import changed_sections, region_hash, section_hashes
from so247.models.explanation import TierChange
from so247.models.proof import Said
from so247.models.region import Region
from so247.models.result import TIERS
from so247.models.roster import Assignment, Roster
from so247.solver.chosen import Faults, choice_of
from so247.solver.context import Context, DutyTask, SessionTask
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.instants import span
from so247.solver.pinned import uncovered_by_pins
from so247.solver.problem import Clique, Problem, Row, Tier
from so247.solver.reasons.words import said
from so247.solver.rules import registry
from so247.solver.tasks import prepare


@dataclass(frozen=True)
class Broken:
    """A row or clique that a choice breaks, and the chosen options that stand in it themselves."""

    entry: Row | Clique
    chosen: tuple[int, ...]


class Board:
    """A roster that may be changed in thought. ``faults``: what of it no option expresses."""

    def __init__(self, region: Region, roster: Roster, history: Sequence[Roster]) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)
        self.context: Context = prepare(region, roster.period, history)
        for rule in registry.building(region):
            rule.build(self.context)
        self.context.builder.constant(Tier.COVERAGE, uncovered_by_pins(self.context))
        self.problem: Problem = self.context.builder.build()
        self.evaluator = Evaluator(self.problem)
        self.choice: Ints
        self.faults: Faults
        self.choice, self.faults = choice_of(self.context, self.problem, roster, strict=False)
        self.tiers = self.evaluator.tiers(self.choice)
        self.held: dict[str, list[Assignment]] = {}
        for each in roster.standing:
            self.held.setdefault(each.target, []).append(each)
        self._rows, self._cliques = self._sums(self.choice)

    def option_of(self, each: Assignment, task: int) -> int | None:
        """The chosen option that an assignment is; ``None`` where none expresses it."""
        for v in self.context.options_of_task[task]:
            option = self.problem.options[v]
            same = (option.start, option.end) == span(each.when)
            if self.choice[v] and same and self.problem.people[option.person] == each.physician:
                return v
        return None

    def replaced(self, task: DutyTask | SessionTask, target: str, option: int) -> Ints:
        """The choice in which the option takes the place of whoever holds the target."""
        choice = self.choice.copy()
        for each in self.held.get(target, ()):
            holder = self.option_of(each, task.index)
            if holder is not None:
                choice[holder] = 0
        choice[option] = 1
        return choice

    def changes(self, choice: Ints) -> tuple[TierChange, ...]:
        """Every tier, before and after."""
        after = self.evaluator.tiers(choice)
        return tuple(
            TierChange(name=TIERS[tier], before=self.tiers[tier], after=after[tier])
            for tier in Tier
        )

    def newly_broken(self, choice: Ints) -> list[Broken]:
        """Rows and cliques that the choice breaks, and the roster as it is does not so much."""
        rows, cliques = self._sums(choice)
        upper = self.evaluator.row_upper
        found = [
            self._broken(self.problem.rows[at], choice)
            for at in np.flatnonzero((rows > upper) & (rows > self._rows))
        ]
        found += [
            self._broken(self.problem.cliques[at], choice)
            for at in np.flatnonzero((cliques > 1) & (cliques > self._cliques))
        ]
        return found

    def _sums(self, choice: Ints) -> tuple[Ints, Ints]:
        values = self.evaluator.values(choice)
        return self.evaluator.rows.of(values), self.evaluator.cliques.of(values)

    def _broken(self, entry: Row | Clique, choice: Ints) -> Broken:
        variables = entry.members if isinstance(entry, Clique) else [v for v, _ in entry.terms]
        first = len(self.problem.options)
        return Broken(entry, tuple(v for v in variables if v < first and choice[v]))

    def pinned_choice(self) -> Ints:
        """The choice in which every pin stands, also those that the roster does not keep."""
        choice = self.choice.copy()
        options = self.problem.options
        for v, option in enumerate(options):
            if option.pinned and not choice[v]:
                rivals = self.context.options_of_task[option.task]
                if self.problem.tasks[option.task].need == 1:
                    choice[[other for other in rivals if not options[other].pinned]] = 0
                choice[v] = 1
        return choice

    def unheld(self, task: int) -> list[str]:
        """Ids of a task's duty or sessions, those first that nobody holds."""
        item = self.context.task_items[task]
        names = (item.duty.id,) if isinstance(item, DutyTask) else item.period.ids
        return sorted(names, key=lambda name: name in self.held)

    def target_of(self, option: int) -> str:
        """The duty of an option, or the session that the roster holds by it."""
        chosen = self.problem.options[option]
        task = self.context.task_items[chosen.task]
        if isinstance(task, DutyTask):
            return task.duty.id
        for name in task.period.ids:
            for each in self.held.get(name, ()):
                if self.option_of(each, task.index) == option:
                    return name
        return self.problem.tasks[chosen.task].id


def changes(region: Region, roster: Roster) -> tuple[Said, ...]:
    """That the region is another than when the roster was made, and in which parts."""
    if not roster.region_hash or roster.region_hash == region_hash(region):
        return ()
    parts = ", ".join(changed_sections(roster.region_sections, section_hashes(region)))
    where = f" ({parts})" if roster.region_sections and parts else ""
    nl = f"de regio is gewijzigd sinds dit rooster{where}; dit is gezegd van de regio zoals hij is"
    en = f"the region changed since this roster{where}; this is said of the region as it is"
    return (said("region_changed", nl, en),)
