"""A minimal conflict: duties and rules that cannot hold together, found by leaving out.

First a stretch of time around an empty duty that is impossible by itself, then its duties and its
requirements are dropped in halves and one by one, whatever is not needed. Every step asks the
solver outright; nothing rests on assumption cores, which may be wrong or far too large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from so247.models.proof import Answered, RequirementKind, Solve
from so247.solver.clock import Clock
from so247.solver.search_feasible import BARE, DEEP, LIGHT
from so247.solver.whynot.question import Key, Questions

T = TypeVar("T")

DAY = 24 * 60

FIRST_DROPPED = (
    RequirementKind.BACKUP,
    RequirementKind.TRAVEL,
    RequirementKind.CAPACITY,
    RequirementKind.REGISTRATION,
    RequirementKind.CONTRACT_PERIOD,
    RequirementKind.COMMITMENT,
    RequirementKind.FREE_WEEKDAY,
    RequirementKind.PIN,
    RequirementKind.LEAVE,
    RequirementKind.CONTRACT,
    RequirementKind.NORM,
    RequirementKind.ONE_AT_A_TIME,
)
"""What is tried to do without first: so it is named only where it truly binds.

Being in two places comes last: norms count duties that overlap as well, and would be blamed for it.
"""

EACH = 10.0
"""Most seconds for one small question."""


@dataclass(frozen=True)
class Found:
    """Duties and requirements that cannot hold together, and how that was shown."""

    duties: tuple[int, ...]
    keys: tuple[Key, ...]
    minimal: bool
    solves: tuple[Solve, ...]


def find_conflict(
    questions: Questions,
    duties: Sequence[int],
    empty: Sequence[int],
    counted: Sequence[int],
    seconds: float,
) -> Found | None:
    """A conflict among ``duties``: in those ``counted`` to be too many, where there are such, else
    sought around those that a best roster leaves ``empty``.

    ``None`` where no part was shown to be impossible in the time.
    """
    clock = Clock(seconds)
    start = tuple(counted) or _stretch(questions, duties, empty, clock)
    if not start:
        return None
    work = Clock(clock.left * 0.7)
    near = questions.narrowed(start)
    everything = near.everything
    kept = without(start, lambda some: _impossible(near, some, everything, work))
    near = near.narrowed(kept)
    force = _needed(near, kept, work)
    # With fewer requirements fewer duties may do.
    kept = without(kept, lambda some: _impossible(near, some, force, work))
    solves = tuple(
        Solve(
            question="conflict set alone",
            configuration=each.name,
            answer=near.ask(kept, force, max(1.0, clock.left / 3), each).answered,
        )
        for each in (LIGHT, DEEP, BARE)
    )
    answers = [each.answer for each in solves]
    if Answered.FEASIBLE in answers or answers.count(Answered.INFEASIBLE) < 2:
        return None
    keys = tuple(sorted(force, key=_dropped))
    return Found(kept, keys, _is_minimal(near, kept, keys, clock), solves)


def _needed(questions: Questions, duties: Sequence[int], clock: Clock) -> frozenset[Key]:
    """The requirements that the impossibility needs, one kind after another."""
    force = questions.everything
    for kind in FIRST_DROPPED:
        mine = tuple(sorted(key for key in force if key.kind is kind))
        others = force - set(mine)

        def impossible(some: Sequence[Key], others: frozenset[Key] = others) -> bool:
            return _impossible(questions, duties, others | set(some), clock)

        force = others | set(without(mine, impossible))
    return force


def _stretch(
    questions: Questions, duties: Sequence[int], empty: Sequence[int], clock: Clock
) -> tuple[int, ...] | None:
    """The duties of the shortest stretch of time, around an empty one, that cannot all be held."""
    asked = set(duties)
    when = {
        option.task: (option.start, option.end)
        for option in questions.problem.options
        if option.task in asked
    }
    for task in duties:
        if task not in when:
            return (task,)  # nobody at all may be asked
    longest = max(end for _, end in when.values()) - min(start for start, _ in when.values())
    reach = 0
    while not clock.over:
        for task in empty:
            low, high = when[task][0] - reach, when[task][1] + reach
            around = tuple(each for each in duties if low < when[each][1] and when[each][0] < high)
            near = questions.narrowed(around)
            if _impossible(near, around, near.everything, clock):
                return around
        if reach > longest:
            return None
        reach = max(DAY, 2 * reach)
    return None


def _impossible(
    questions: Questions, duties: Sequence[int], force: frozenset[Key], clock: Clock
) -> bool:
    """Whether that is surely impossible: no answer in time is not a no."""
    if clock.over:
        return False
    answer = questions.ask(duties, force, min(EACH, clock.left), LIGHT)
    return answer.answered is Answered.INFEASIBLE


def without(items: Sequence[T], impossible: Callable[[Sequence[T]], bool]) -> tuple[T, ...]:
    """What is left when everything that is not needed for the impossibility is dropped.

    Tried in halves, quarters and so on, the first ones first, and at last one by one.
    """
    kept = list(items)
    size = max(1, len(kept))
    while kept:
        at = 0
        while at < len(kept):
            trial = kept[:at] + kept[at + size :]
            if impossible(trial):
                kept = trial
            else:
                at += size
        if size == 1:
            break
        size = (size + 1) // 2
    return tuple(kept)


def _dropped(key: Key) -> tuple[int, Key]:
    return FIRST_DROPPED.index(key.kind), key


def _is_minimal(
    questions: Questions, duties: Sequence[int], keys: Sequence[Key], clock: Clock
) -> bool:
    """Whether each member dropped alone makes the rest possible: tried, one by one."""
    force = frozenset(keys)
    trials = [(tuple(each for each in duties if each != one), force) for one in duties]
    trials += [(tuple(duties), force - {key}) for key in keys]
    for some, rest in trials:
        if clock.over:
            return False
        if questions.ask(some, rest, min(EACH, clock.left)).answered is not Answered.FEASIBLE:
            return False
    return True
