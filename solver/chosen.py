"""From a roster back to a choice: which option each of its assignments is."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np

from so247.models import errors
from so247.models.clock import local_day
from so247.models.errors import RosterError
from so247.models.roster import Assignment, Roster
from so247.solver.context import Context, DutyTask
from so247.solver.evaluate import Ints
from so247.solver.instants import span
from so247.solver.problem import Problem

Faults = tuple[errors.Problem, ...]


@overload
def choice_of(
    context: Context, problem: Problem, roster: Roster, *, strict: Literal[True] = True
) -> Ints: ...


@overload
def choice_of(
    context: Context, problem: Problem, roster: Roster, *, strict: Literal[False]
) -> tuple[Ints, Faults]: ...


def choice_of(
    context: Context, problem: Problem, roster: Roster, *, strict: bool = True
) -> Ints | tuple[Ints, Faults]:
    """One 0/1 value per option: the standing assignments of a roster of the context's period.

    What organisations hold, what lies wholly outside the period, and what history holds all the
    same is no choice and is left aside. An assignment that no option expresses raises
    ``RosterError`` with all such; with ``strict`` false it is left out and told beside the choice.
    A roster of another region or period always raises.
    """
    _same(context, roster)
    reader = _Reader(context, problem)
    for each in roster.standing:
        reader.take(each)
    if not strict:
        return reader.choice, tuple(reader.faults)
    if reader.faults:
        raise RosterError(reader.faults)
    return reader.choice


def _same(context: Context, roster: Roster) -> None:
    faults = []
    if roster.region_id != context.region.id:
        message = f"the roster is of another region than {context.region.id}"
        advice = "Maybe it belongs to another folder."
        faults.append(errors.Problem(message, advice, roster.region_id))
    if roster.period != context.period:
        first, last = (local_day(each) for each in (roster.period.start, roster.period.end))
        message = "the roster is of another period than the one that is looked at"
        advice = "Maybe give the roster's own period."
        faults.append(errors.Problem(message, advice, f"{first} to {last}"))
    if faults:
        raise RosterError(faults)


class _Reader:
    """Sets one option per assignment."""

    def __init__(self, context: Context, problem: Problem) -> None:
        self.context = context
        self.problem = problem
        self.choice: Ints = np.zeros(len(problem.options), dtype=np.int64)
        self.faults: list[errors.Problem] = []
        self.taken: set[str] = set()
        self.tasks: dict[str, int] = {each.duty.id: each.index for each in context.duties}
        for session in context.sessions:
            self.tasks.update(dict.fromkeys(session.period.ids, session.index))

    def take(self, each: Assignment) -> None:
        if self._no_choice(each):
            return
        found = self._options(each)
        if isinstance(found, errors.Problem):
            self.faults.append(found)
        else:
            self.choice[found] = 1
            self.taken.add(each.target)

    def _no_choice(self, each: Assignment) -> bool:
        if not each.when.overlaps(self.context.period):
            return True
        line = self.context.region.line_by_id.get(each.target.partition("@")[0])
        if line is not None and line.organisation is not None:
            return True
        begun = self.context.past.get(each.physician, ())
        return each.target not in self.tasks and any(
            (piece.start, piece.end) == span(each.when) for piece in begun
        )

    def _options(self, each: Assignment) -> int | errors.Problem:
        """The option that the assignment is, or why it is none."""
        task = self.tasks.get(each.target)
        if task is None:
            message = f"{each.target} is no duty or session of this region and period"
            return self._fault(message, "Maybe the region was changed since.", each)
        if each.target in self.taken:
            return self._fault(
                f"{each.target} has two holders", "Maybe one of them declined.", each
            )
        duty = self.context.task_items[task]
        if isinstance(duty, DutyTask) and duty.duty.when != each.when:
            message = f"{each.target} is held in part, or at other times than the line's"
            return self._fault(message, "Only whole duties can be weighed.", each)
        person = self.context.index_of.get(each.physician)
        mine = [
            v
            for v in self.context.options_of_task[task]
            if (option := self.problem.options[v]).person == person
            and (option.start, option.end) == span(each.when)
        ]
        return self._booked(each, mine)

    def _booked(self, each: Assignment, mine: list[int]) -> int | errors.Problem:
        """The one on the right contract: the only one possible where none is named."""
        if not mine:
            message = f"{each.physician} may not hold {each.target} then"
            return self._fault(message, "The check of the roster says which rule forbids it.", each)
        names = {self.problem.contracts[self.problem.options[v].contract]: v for v in mine}
        if each.contract is None and len(names) > 1:
            message = f"{each.target} is booked on none of {each.physician}'s contracts"
            return self._fault(message, f"Name one of {', '.join(sorted(names))}.", each)
        if each.contract is not None and each.contract not in names:
            message = f"{each.target} may not be booked on contract {each.contract}"
            return self._fault(message, f"Maybe {', '.join(sorted(names))}.", each)
        variable = names[each.contract] if each.contract is not None else mine[0]
        if self.choice[variable]:
            message = f"{each.physician} holds two sessions of one demand at the same time"
            return self._fault(message, "Maybe one of them is on another day.", each)
        return variable

    def _fault(self, message: str, advice: str, each: Assignment) -> errors.Problem:
        return errors.Problem(
            message, advice, f"{each.physician}, {each.when.start:%Y-%m-%dT%H:%MZ}"
        )
