"""One person and one duty: what forbids it, what it would break, what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from so247.models.explanation import Candidate, Obstacle, TierChange
from so247.models.people import Contract
from so247.models.result import TIERS
from so247.models.roster import Assignment, State
from so247.solver.context import DutyTask, Item, SessionTask
from so247.solver.evaluate import Ints
from so247.solver.instants import interval
from so247.solver.problem import Tier
from so247.solver.reasons.board import Board, Broken
from so247.solver.reasons.broken import Breaches
from so247.solver.reasons.covered import Covered
from so247.solver.reasons.eligible import forbidden
from so247.solver.reasons.findings import obstacle, target_name
from so247.solver.reasons.words import rule_words, said
from so247.solver.rules import pin_stands


@dataclass(frozen=True)
class Wanted:
    """What is asked about: one target, or the missing sessions of one demand and period."""

    task: DutyTask | SessionTask
    targets: tuple[str, ...]

    @property
    def target(self) -> str:
        return self.targets[0]

    @property
    def items(self) -> tuple[Item, ...]:
        return (self.task.item,) if isinstance(self.task, DutyTask) else self.task.items


@dataclass(frozen=True)
class Way:
    """One option by which a person could hold it: what breaks, and the choice that it makes."""

    option: int
    broken: tuple[Obstacle, ...]
    booked: Assignment
    choice: Ints


class Candidates:
    """Looks at one person after another, against one roster.

    ``sparing``: where the rows break nothing, the check is not asked whether it agrees. It does,
    and over a whole roster asking takes too long.
    """

    def __init__(self, board: Board, *, sparing: bool = False) -> None:
        self.board = board
        self.sparing = sparing and not board.faults
        self.breaches = Breaches(board.region, board.roster, board.history)
        self.covered = Covered(board.region, board.roster, board.history)

    def look(self, wanted: Wanted, person: int) -> Candidate:
        name = self.board.problem.people[person]
        holding = [e for e in self._standing(wanted) if e.physician == name]
        if holding:
            (first, *_) = holding
            return Candidate(physician=name, holds=True, contract=first.contract, when=first.when)
        declined = any(
            each.target in wanted.targets
            and each.physician == name
            and each.state is State.DECLINED
            for each in self.board.roster.assignments
        )
        barred = self._forbidden(wanted, person)
        if barred:
            return Candidate(physician=name, declined=declined, forbidden=barred)
        way = self._best(wanted, person)
        option = self.board.problem.options[way.option]
        return Candidate(
            physician=name,
            declined=declined,
            contract=self.board.problem.contracts[option.contract],
            when=interval(option.start, option.end),
            broken=way.broken,
            replaced=() if way.broken else self._costs(way),
        )

    def _costs(self, way: Way) -> tuple[TierChange, ...]:
        """Every tier, before and after: what sites miss as the check counts it."""
        before, after = self.covered.before, self.covered.after(way.booked)
        told = list(self.board.changes(way.choice))
        told[Tier.COVERAGE] = TierChange(name=TIERS[Tier.COVERAGE], before=before, after=after)
        return tuple(told)

    def _standing(self, wanted: Wanted) -> list[Assignment]:
        return [each for name in wanted.targets for each in self.board.held.get(name, ())]

    def _forbidden(self, wanted: Wanted, person: int) -> tuple[Obstacle, ...]:
        """What holds whatever else is rostered; with a pin that is somebody else's."""
        board = self.board
        physician = board.context.people[person]
        found = forbidden(board.context, physician, wanted.items)
        pinned = [pin.physician for pin in board.region.pins if pin.target in wanted.targets]
        for other in (each for each in pinned if each != physician.id):
            name = board.region.physician_by_id[other].name
            text = said(pin_stands.ID, f"vastgezet op {name}", f"pinned to {name}")
            found = (*found, Obstacle(rule=pin_stands.ID, text=text))
        return found

    def _best(self, wanted: Wanted, person: int) -> Way:
        """The day and contract on which the fewest rules break, and then costs least."""
        board = self.board
        mine = board.context.taken_by(wanted.task.index)[person]
        ranked = []
        for option in mine if len(mine) > 1 else ():
            choice = board.replaced(wanted.task, wanted.target, option)
            rules = {each.entry.rule for each in board.newly_broken(choice)}
            ranked.append((len(rules), board.evaluator.tiers(choice), option))
        return self._way(wanted, min(ranked)[2] if ranked else mine[0])

    def _way(self, wanted: Wanted, option: int) -> Way:
        board = self.board
        chosen = board.problem.options[option]
        contract = board.region.contract_by_id[board.problem.contracts[chosen.contract]]
        choice = board.replaced(wanted.task, wanted.target, option)
        rows = board.newly_broken(choice)
        assignment = Assignment(
            target=wanted.target,
            physician=board.problem.people[chosen.person],
            contract=contract.id,
            when=interval(chosen.start, chosen.end),
        )
        if self.sparing and not rows:
            return Way(option, (), assignment, choice)
        findings = self.breaches.added(assignment.physician, assignment)
        told = [
            obstacle(board.context, each, wanted.target, chosen.person, contract)
            for each in findings
        ]
        known = {each.rule for each in told}
        for broken in _untold(rows, bool(told)):
            if broken.entry.rule not in known:
                told.append(self._from_rows(broken, option, contract))
                known.add(broken.entry.rule)
        return Way(option, tuple(told), assignment, choice)

    def _from_rows(self, broken: Broken, option: int, contract: Contract) -> Obstacle:
        """What involves others, or is stated more strictly than the rulebook."""
        rule = broken.entry.rule
        others = tuple(self.board.target_of(v) for v in broken.chosen if v != option)
        words = rule_words(rule)
        names = [target_name(self.board.context, each) for each in others]
        nl, en = ("; ".join(each[at] for each in names) for at in (0, 1))
        if names:
            words = said(rule, f"{words.nl} ({nl})", f"{words.en} ({en})")
        about = broken.entry.about or None
        return Obstacle(
            rule=rule,
            text=words,
            norm=about if rule.startswith("norm.") else None,
            contract=contract.id if rule.startswith("contract.") else None,
            targets=others,
        )


def _untold(rows: Sequence[Broken], told: bool) -> list[Broken]:
    """Without the norms where anything else is in the way: the check knows all that norms forbid.

    Their rows also count work at the same hours, which another rule forbids.
    """
    others = [each for each in rows if not each.entry.rule.startswith("norm.")]
    return others if told or others else list(rows)
