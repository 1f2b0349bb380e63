"""Could the person hold it if others' duties were moved as well, and what would that cost?

What lies around is set free, earlier tiers first, as the search itself does. That finds a good
roster, not surely the cheapest. "No" is only said of the whole problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ortools.sat.python import cp_model

from so247.models.explanation import Move, Possible, Rearranged
from so247.models.proof import Answered, Solve
from so247.solver.budget import Budget
from so247.solver.context import ONE_DAY
from so247.solver.evaluate import Ints
from so247.solver.instants import interval
from so247.solver.limits import Cancel, Limits
from so247.solver.model import Submodel, Translator
from so247.solver.part import part_of
from so247.solver.problem import Tier
from so247.solver.reasons.board import Board
from so247.solver.reasons.candidates import Wanted
from so247.solver.search_feasible import LIGHT, Configuration, holdable
from so247.solver.search_step import Step, run
from so247.solver.search_times import SHARE

SEED = 1
CONFIGURATIONS = (
    LIGHT,
    Configuration("full presolve, 2 workers", {"num_workers": 2, "random_seed": 29}),
)
"""Two that differ must agree before it is called impossible."""


class Rearranging:
    """One search: the person's options for what is wanted, in a roster that may change."""

    def __init__(
        self, board: Board, wanted: Wanted, person: int, limits: Limits, cancel: Cancel | None
    ) -> None:
        self.board = board
        self.wanted = wanted
        self.person = person
        self.limits = limits
        self.cancel = cancel
        self.budget = Budget(limits)
        self.translator = Translator(board.problem)
        self.mine = board.context.taken_by(wanted.task.index)[person]
        self.need = 1 + sum(int(board.choice[v]) for v in self.mine)
        """So many sessions of the demand and period (duties: one) the person then holds."""
        self.start = board.pinned_choice()
        self.most: list[int] = []
        """What each tier may cost from then on."""
        self.until = 0.0
        """When, on the budget's clock, the stage at work ends."""

    def look(self) -> Rearranged:
        best: Ints | None = None
        infeasible = False
        for share, free in self._stages():
            self.until = self.budget.spent + self.budget.left * share
            found, infeasible = self._improved(free)
            if found is not None and (best is None or self._worse(found) < self._worse(best)):
                best = found
            if best is not None and not any(self._worse(best)[: Tier.SOFT_NORMS]):
                break  # nobody is left without: looking further would only move more
        if best is not None:
            return Rearranged(
                possible=Possible.YES, tiers=self.board.changes(best), moves=self._moves(best)
            )
        solves = self._confirmed() if infeasible else ()
        proven = bool(solves) and all(e.answer is Answered.INFEASIBLE for e in solves)
        return Rearranged(possible=Possible.NO if proven else Possible.NOT_FOUND, solves=solves)

    def _worse(self, choice: Ints) -> tuple[int, ...]:
        """By how much each tier is worse than at present."""
        reached = self.board.evaluator.tiers(choice)
        return tuple(max(0, b - a) for a, b in zip(self.board.tiers, reached, strict=True))

    def _stages(self) -> Iterator[tuple[float, list[int]]]:
        """(share of the time left, options set free): the days around, weeks around and whatever
        the person holds elsewhere, everything."""
        options = self.board.problem.options
        whole = [v for v, option in enumerate(options) if not option.pinned]
        mine = self.board.context.options_of_person[self.person]
        held = {options[v].task for v in mine if self.board.choice[v]}
        days = self._around(whole, 4)
        weeks = self._around(whole, 14)
        more = [v for v in whole if v in weeks or options[v].task in held]
        last: list[int] = []
        for share, free in (0.5, sorted(days)), (0.6, more), (1.0, whole):
            if free != last:
                yield share, free
            last = free

    def _around(self, options: Sequence[int], days: int) -> set[int]:
        """Those of the options that start within so many days of the person's."""
        starts = {v: self.board.problem.options[v].start for v in options}
        moments = [self.board.problem.options[v].start for v in self.mine]
        low, high = min(moments) - days * ONE_DAY, max(moments) + days * ONE_DAY
        return {v for v, start in starts.items() if low <= start <= high}

    def _improved(self, free: Sequence[int]) -> tuple[Ints | None, bool]:
        """A choice with each tier as near to the present as was found, in order, and then as few
        changes as was found. Or none, and whether there surely is none."""
        choice: Ints | None = None
        self.most = []
        for tier in (*Tier, None):
            step = self._step(free, choice, tier)
            changed = self._changed(choice, step) if step is not None else None
            if changed is not None:
                choice = changed
            if choice is None:
                return None, step is not None and step.infeasible
            if tier is not None:
                reached = self.board.evaluator.tiers(choice)[tier]
                self.most.append(max(reached, self.board.tiers[tier]))
        return choice, False

    def _step(self, free: Sequence[int], choice: Ints | None, tier: Tier | None) -> Step | None:
        """One tier, with few changes, the earlier ones within bounds; ``None``: nothing to gain.

        A tier that is no worse than at present is good enough: this is about one duty. Without a
        tier it is about changes alone.
        """
        start = self.start if choice is None else choice
        values = self.board.evaluator.tiers(start)
        wanted = list(Tier) if tier is None else list(Tier)[: tier + 1]
        if choice is not None and tier is not None and values[tier] <= self.board.tiers[tier]:
            return None
        submodel = self.translator.submodel(free, self.board.evaluator.values(start), wanted)
        self._hold(submodel)
        terms = [(name, 1) for v, name in submodel.options.items() if not self.board.choice[v]]
        most, floor = len(submodel.options) + 1, 1
        for each in wanted:
            rest = values[each] - submodel.now.get(each, 0)
            if each is tier:
                floor = (self.board.tiers[each] - rest) * most + 1
                terms += [(cost, weight * most) for cost, weight in submodel.tiers.get(each, ())]
            elif submodel.tiers.get(each):
                submodel.model.add(submodel.cost(each) <= self.most[each] - rest)
        names, weights = [name for name, _ in terms], [weight for _, weight in terms]
        submodel.model.minimize(cp_model.LinearExpr.weighted_sum(names, weights))
        seconds = (self.until - self.budget.spent) * (1.0 if tier is None else SHARE[tier] / 2)
        return run(submodel, self.budget, seconds, SEED + len(wanted), self.cancel, floor)

    def _hold(self, submodel: Submodel) -> None:
        free = [submodel.options[v] for v in self.mine if v in submodel.options]
        pinned = sum(int(self.start[v]) for v in self.mine if v not in submodel.options)
        if pinned < self.need:
            submodel.model.add(cp_model.LinearExpr.sum(free) >= self.need - pinned)

    def _changed(self, choice: Ints | None, step: Step) -> Ints | None:
        """The choice that a step makes, if it is one that may stand."""
        if step.found is None:
            return None
        changed = (self.start if choice is None else choice).copy()
        for variable, value in step.found.items():
            changed[variable] = value
        evaluator = self.board.evaluator
        # A solver that returns what breaks a row has been seen (or-tools 5003).
        known = set(evaluator.broken(self.board.choice))
        reached = evaluator.tiers(changed)
        within = all(value <= most for value, most in zip(reached, self.most, strict=False))
        return changed if within and set(evaluator.broken(changed)) <= known else None

    def _confirmed(self) -> tuple[Solve, ...]:
        """The whole problem without anybody else for it, asked in two ways."""
        if self.need > 1:
            return ()
        task = self.wanted.task.index
        options = [
            v
            for v, option in enumerate(self.board.problem.options)
            if option.task != task or option.person == self.person
        ]
        part = part_of(self.board.problem, options, lambda _: True)
        name = self.board.problem.people[self.person]
        return tuple(
            Solve(
                question=f"{name} holds {self.wanted.target}, all rules kept",
                configuration=each.name,
                answer=holdable(
                    part.problem, [task], self.limits.seconds, each, self.cancel
                ).answered,
            )
            for each in CONFIGURATIONS
        )

    def _moves(self, choice: Ints) -> tuple[Move, ...]:
        """What passes to whom, by target. A session that stays keeps its own name."""
        found: list[Move] = []
        options = self.board.problem.options
        for task in sorted({options[v].task for v in (choice != self.board.choice).nonzero()[0]}):
            found += self._moves_of(task, choice)
        return tuple(found)

    def _moves_of(self, task: int, choice: Ints) -> list[Move]:
        board = self.board
        mine = board.context.options_of_task[task]
        gone = [v for v in mine if board.choice[v] and not choice[v]]
        new = [v for v in mine if choice[v] and not board.choice[v]]
        names = [*(board.target_of(v) for v in gone), *board.unheld(task)]
        moves: list[Move] = []
        for at in range(max(len(gone), len(new))):
            before = board.problem.options[gone[at]] if at < len(gone) else None
            after = board.problem.options[new[at]] if at < len(new) else None
            moves.append(
                Move(
                    target=names[at],
                    before=board.problem.people[before.person] if before else None,
                    after=board.problem.people[after.person] if after else None,
                    contract=board.problem.contracts[after.contract] if after else None,
                    when=interval(after.start, after.end) if after else None,
                )
            )
        return moves
