"""Physician duty rosters (Gross, long-term-workload) as a ``Problem``, and back as rosters.

Costs are in millionths, as whole numbers, and all in one tier: an uncovered duty costs 100, and
each physician has a convex cost of unmet requests and, in the ``equal`` model, of duties. A convex
cost is a penalty for each slope. Slopes, not costs, are rounded: that keeps them convex, and makes
a cost at most half a millionth wrong for each request or duty. All weights are below 2**31.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy.typing as npt

from benchmarks.public.duties_file import WEEK, Instance, read
from benchmarks.public.trouble import Trouble, text_of
from so247.models.errors import Problem as Wrong
from so247.models.errors import RosterError
from so247.solver.problem import NOBODY, Builder, Option, Problem, Task, Tier, ones, scaled

__all__ = ["SCALE", "Instance", "Row", "best_known", "choice_of", "problem_of", "read", "rows_of"]

Row = tuple[int, int, int]
"""(physician, day, duty), numbered as in the file; days count from 0."""

SCALE = 10**6
UNCOVERED = 100 * SCALE
DAY = 24 * 60
TIER = Tier.COVERAGE


def problem_of(instance: Instance) -> Problem:
    """The instance as a ``Problem``; its options are ``instance.slots`` in order."""
    builder = Builder(
        people=[str(each) for each in instance.physicians],
        contracts=[str(each) for each in instance.physicians],
    )
    _duties(instance, builder)
    for person, physician in enumerate(instance.physicians):
        _rules(instance, builder, physician)
        _requests(instance, builder, person, physician)
        if instance.load:
            mine = [at for at, slot in enumerate(instance.slots) if slot[0] == physician]
            _convex(builder, "duties", person, ones(mine), 0, instance.load[physician])
    return builder.build()


def _duties(instance: Instance, builder: Builder) -> None:
    """Tasks, options and cover: a duty needs so many, no more, and lacks whom it does not have."""
    places = {each: at for at, each in enumerate(instance.duties)}
    people = {each: at for at, each in enumerate(instance.physicians)}
    holders: list[list[int]] = [[] for _ in range(instance.days * len(places))]
    for day in range(instance.days):
        for duty in instance.duties:
            need = instance.need.get((duty, day % WEEK + 1), 0)
            builder.tasks.append(Task(f"{day}:{duty}", need, DAY, TIER))
    for option, (physician, day, duty) in enumerate(instance.slots):
        at = day * len(places) + places[duty]
        person = people[physician]
        start = day * DAY + places[duty]
        builder.options.append(Option(at, person, person, start, (day + 1) * DAY))
        holders[at].append(option)
    for task, mine in zip(builder.tasks, holders, strict=True):
        if task.need == 1:
            builder.at_most_one("one physician", mine)
        else:
            builder.at_most("most physicians", NOBODY, ones(mine), task.need)
        # Never more than needed, so what is missing is exactly the difference.
        missing = (scaled(mine, -1), -task.need, UNCOVERED)
        builder.penalise("uncovered", TIER, NOBODY, *missing, linear=True)


def _rules(instance: Instance, builder: Builder, physician: int) -> None:
    """No duties on adjacent days; not on two weekends in a row."""
    days: list[list[int]] = [[] for _ in range(instance.days)]
    for option, (who, day, _) in enumerate(instance.slots):
        if who == physician:
            days[day].append(option)
    for today, tomorrow in pairwise(days):
        builder.at_most_one("free day after a duty", today + tomorrow)
    # Saturday and Sunday are adjacent, so that a weekend has one duty at most.
    weekends = [days[at] + days[at + 1] for at in range(WEEK - 2, instance.days, WEEK)]
    for this, following in pairwise(weekends):
        builder.at_most_one("free weekend after a weekend", this + following)


def _requests(instance: Instance, builder: Builder, person: int, physician: int) -> None:
    """Unmet: wanted and not held, or held on a day on which none was wanted."""
    index = {slot: at for at, slot in enumerate(instance.slots) if slot[0] == physician}
    wanted = [slot for slot in instance.wants if slot[0] == physician]
    avoided = {day for who, day in instance.avoids if who == physician}
    terms = scaled([index[slot] for slot in wanted if slot in index], -1)
    terms += ones([at for slot, at in index.items() if slot[1] in avoided])
    _convex(builder, "unmet requests", person, terms, len(wanted), instance.unmet[physician])


def _convex(
    builder: Builder,
    rule: str,
    person: int,
    terms: list[tuple[int, int]],
    plus: int,
    costs: Sequence[float],
) -> None:
    """The cost of (sum of terms + plus), as a penalty where the slope rises."""
    builder.constant(TIER, round(costs[0] * SCALE))
    slopes = [0, *(round((after - before) * SCALE) for before, after in pairwise(costs))]
    for count, (before, after) in enumerate(pairwise(slopes)):
        builder.penalise(rule, TIER, person, terms, count - plus, after - before)


def rows_of(instance: Instance, choice: npt.ArrayLike) -> list[Row]:
    """The roster of a choice."""
    import numpy as np

    return [instance.slots[at] for at in np.flatnonzero(np.asarray(choice))]


def choice_of(instance: Instance, rows: Iterable[Row]) -> list[int]:
    """The choice that a roster is; ``RosterError`` with every row that nobody could ever do."""
    index = {slot: at for at, slot in enumerate(instance.slots)}
    choice = [0] * len(index)
    wrong = []
    for line, row in enumerate(rows, 1):
        if row in index:
            choice[index[row]] = 1
        else:
            advice = "Maybe this physician is away, or not qualified for this duty"
            wrong.append(Wrong("no such option", advice, ", ".join(map(str, row)), line=line))
    if wrong:
        raise RosterError(wrong)
    return choice


def best_known(folder: Path | str) -> dict[str, int]:
    """Instance name to its published cost in millionths, from ``published.csv``."""
    path = Path(folder) / "published.csv"
    trouble = Trouble(path)
    found = {}
    for line, row in enumerate(csv.DictReader(text_of(path).splitlines()), 2):
        name = "/".join(row.get(each) or "" for each in ("set", "month", "model"))
        try:
            found[name] = round(float(row.get("objective") or "") * SCALE)
        except ValueError:
            trouble.add(line, "objective is not a number", repr(row.get("objective")))
    trouble.stop()
    return found
