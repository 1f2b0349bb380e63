"""Capacity short: the fewest duties that stay unfilled, whoever is rostered how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from so247.models.clock import Interval, local_day
from so247.models.proof import Answered
from so247.models.region_report import Capacity, Short
from so247.solver.context import DutyTask
from so247.solver.limits import Cancel
from so247.solver.reasons.board import Board
from so247.solver.search_feasible import fewest_empty


def capacity(board: Board, within: Interval, seconds: float, cancel: Cancel | None) -> Capacity:
    """Of the duties that sites lean on and that are not over when ``within`` begins.

    A roster that holds them all and breaks no rule is answer enough. Where rows are stricter than
    the rulebook nothing is proven.
    """
    needed = [
        task
        for task in board.context.duties
        if task.site_minutes and task.duty.when.overlaps(within)
    ]
    mine = _empty(board, needed, board.choice.nonzero()[0])
    if not mine and not board.faults and not board.evaluator.broken(board.choice):
        return Capacity(needed=len(needed), fewest=0)
    tasks = [task.index for task in needed]
    answer = fewest_empty(board.problem, tasks, seconds, cancel=cancel)
    if answer.answered is not Answered.FEASIBLE:
        return Capacity(needed=len(needed))
    empty = _empty(board, needed, answer.chosen)
    bound = 0 if board.problem.stricter else max(0, answer.bound or 0)
    return Capacity(
        needed=len(needed),
        fewest=len(empty),
        at_least=min(bound, len(empty)),
        short=_short(empty),
    )


def _empty(board: Board, needed: Iterable[DutyTask], chosen: Iterable[int]) -> list[DutyTask]:
    held = {board.problem.options[v].task for v in chosen}
    return [task for task in needed if task.index not in held]


def _short(empty: Iterable[DutyTask]) -> tuple[Short, ...]:
    """By ISO week (of the local day on which they start) and line."""
    counted: Counter[tuple[str, str]] = Counter()
    for task in empty:
        year, week, _ = local_day(task.duty.when.start).isocalendar()
        counted[f"{year}-W{week:02d}", task.line.id] += 1
    return tuple(
        Short(week=week, line=line, duties=duties)
        for (week, line), duties in sorted(counted.items())
    )
