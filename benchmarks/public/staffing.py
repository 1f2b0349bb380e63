"""The 24-instance staff scheduling set (Curtois & Qu 2014) as a ``Problem``, and back as rosters.

All cost stands in one tier, so that one number is compared with what others published: unmet
requests, and 100 or 1 (as the file says) for each person too few or too many on a shift.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy.typing as npt

from benchmarks.public.staffing_file import Employee, Instance, read
from benchmarks.public.trouble import Trouble, text_of
from so247.models.errors import Problem as Wrong
from so247.models.errors import RosterError
from so247.solver.problem import NOBODY, Builder, Option, Problem, Task, Tier, ones, scaled
from so247.solver.problem import Row as Limit

__all__ = ["RULES", "Instance", "Row", "best_known", "choice_of", "problem_of", "read", "rows_of"]

Row = tuple[str, int, str]
"""(employee, day, shift) of one worked shift; what is not there is a day off."""

DAY = 24 * 60
TIER = Tier.COVERAGE

RULES = {
    "one shift a day": "H1",
    "rotation": "H2",
    "most shifts of a type": "H3",
    "most minutes": "H4",
    "least minutes": "H4",
    "most consecutive shifts": "H5",
    "least consecutive shifts": "H6",
    "least consecutive days off": "H7",
    "most weekends": "H8",
}
"""Hard rules by name, with their number. H9, days off, has no options and so no rule."""


def problem_of(instance: Instance) -> Problem:
    """The instance as a ``Problem``; its options are ``instance.slots`` in order."""
    return _Statement(instance).build()


class _Statement:
    """Writes one instance down, person by person."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.kinds = len(instance.shifts)
        self.follows = [
            frozenset(at for at, other in enumerate(instance.shifts) if other.id in each.forbidden)
            for each in instance.shifts
        ]
        self.blocks: dict[tuple[tuple[int, ...], tuple[int, ...]], list[_Block]] = {}
        self.builder = Builder(
            people=[each.id for each in instance.staff],
            contracts=[each.id for each in instance.staff],
        )
        self.index = {slot: at for at, slot in enumerate(instance.slots)}

    def build(self) -> Problem:
        self._tasks()
        for person, employee in enumerate(self.instance.staff):
            _Person(self, person, employee).state()
        self._cover()
        self._requests()
        return self.builder.build()

    def _tasks(self) -> None:
        need = {(each.day, each.shift): each.need for each in self.instance.cover}
        for day in range(self.instance.horizon):
            for at, shift in enumerate(self.instance.shifts):
                task = Task(f"{day}:{shift.id}", need.get((day, at), 0), shift.minutes, TIER)
                self.builder.tasks.append(task)
        for person, day, at in self.instance.slots:
            start = day * DAY + at
            # Within its day: the rules are about days, and no shift may look like clashing.
            end = min(start + self.instance.shifts[at].minutes, (day + 1) * DAY)
            self.builder.options.append(Option(day * self.kinds + at, person, person, start, end))

    def rotation(self, today: tuple[int, ...], tomorrow: tuple[int, ...]) -> list[_Block]:
        """(shifts of today, shifts of tomorrow) of which at most one in all can be worked.

        Every shift and all that may not follow it, with the other shifts that those may not follow:
        together these blocks hold every forbidden pair, in as few cliques as easily found.
        """
        key = (today, tomorrow)
        if key not in self.blocks:
            found = dict.fromkeys(self.follows[each].intersection(tomorrow) for each in today)
            self.blocks[key] = [
                (tuple(each for each in today if later <= self.follows[each]), tuple(sorted(later)))
                for later in found
                if later
            ]
        return self.blocks[key]

    def _cover(self) -> None:
        able: dict[tuple[int, int], list[int]] = {}
        for at, (_, day, shift) in enumerate(self.instance.slots):
            able.setdefault((day, shift), []).append(at)
        for each in self.instance.cover:
            mine = able.get((each.day, each.shift), [])
            missing = (scaled(mine, -1), -each.need, each.under)
            spare = (ones(mine), each.need, each.over)
            self.builder.penalise("too few", TIER, NOBODY, *missing)
            self.builder.penalise("too many", TIER, NOBODY, *spare)

    def _requests(self) -> None:
        for each in self.instance.requests:
            option = self.index.get((each.employee, each.day, each.shift))
            if each.on:
                self.builder.constant(TIER, each.weight)
            if option is not None:
                rule = "shift on request" if each.on else "shift off request"
                weight = -each.weight if each.on else each.weight
                self.builder.cost(rule, TIER, each.employee, option, weight)


_Block = tuple[tuple[int, ...], tuple[int, ...]]


class _Person:
    """The rules of one employee."""

    def __init__(self, statement: _Statement, person: int, employee: Employee) -> None:
        self.statement = statement
        self.builder = statement.builder
        self.horizon = statement.instance.horizon
        self.person = person
        self.employee = employee
        self.days: list[dict[int, int]] = []
        """For each day: shift to option."""
        self.works: list[int | None] = []
        """For each day: the variable that is true when any shift is worked."""

    def state(self) -> None:
        allowed = self.statement.instance.allowed(self.employee)
        for day in range(self.horizon):
            off = day in self.employee.days_off
            mine = {} if off else {s: self.statement.index[self.person, day, s] for s in allowed}
            self.days.append(mine)
            self.works.append(self.builder.any_of(mine.values()) if mine else None)
        self._single()
        self._counts()
        self._runs()
        self._weekends()

    def _single(self) -> None:
        for today in self.days:
            self.builder.at_most_one("one shift a day", today.values())
        for today, tomorrow in zip(self.days, self.days[1:], strict=False):
            for before, after in self.statement.rotation(tuple(today), tuple(tomorrow)):
                members = [today[each] for each in before] + [tomorrow[each] for each in after]
                self.builder.at_most_one("rotation", members)

    def _counts(self) -> None:
        shifts = self.statement.instance.shifts
        for at, shift in enumerate(shifts):
            mine = [day[at] for day in self.days if at in day]
            upper = self.employee.most.get(shift.id, 0)
            self.builder.at_most("most shifts of a type", self.person, ones(mine), upper)
        length = [(option, shifts[at].minutes) for day in self.days for at, option in day.items()]
        self.builder.at_most("most minutes", self.person, length, self.employee.max_minutes)
        if self.employee.min_minutes:
            lacking = tuple((option, -minutes) for option, minutes in length)
            least = self.employee.min_minutes
            # Not by at_most, which drops what has no terms: with no option at all this is broken.
            self.builder.rows.append(Limit("least minutes", self.person, lacking, -least))

    def _runs(self) -> None:
        longest = self.employee.max_run + 1
        for first in range(self.horizon - longest + 1):
            window = range(first, first + longest)
            self._clause("most consecutive shifts", window, (), longest - 1)
        for length in range(1, self.employee.min_run):
            for first, last in self._inside(length):
                run, around = range(first, last), (first - 1, last)
                self._clause("least consecutive shifts", run, around, length - 1)
        for length in range(1, self.employee.min_off):
            for first, last in self._inside(length):
                gap, around = range(first, last), (first - 1, last)
                self._clause("least consecutive days off", around, gap, 1)

    def _inside(self, length: int) -> Iterable[tuple[int, int]]:
        """(first day, day after) of runs that touch neither end: only those can be too short."""
        return ((first, first + length) for first in range(1, self.horizon - length))

    def _clause(self, rule: str, more: Iterable[int], less: Iterable[int], upper: int) -> None:
        """Not: all days of ``more`` worked and all days of ``less`` off."""
        plus = [v for day in more if (v := self.works[day]) is not None]
        minus = [v for day in less if (v := self.works[day]) is not None]
        self.builder.at_most(rule, self.person, ones(plus) + scaled(minus, -1), upper)

    def _weekends(self) -> None:
        worked = []
        for saturday in range(5, self.horizon, 7):
            both = [v for day in self.days[saturday : saturday + 2] for v in day.values()]
            if both:
                worked.append(self.builder.any_of(both))
        self.builder.at_most("most weekends", self.person, ones(worked), self.employee.max_weekends)


def rows_of(instance: Instance, choice: npt.ArrayLike) -> list[Row]:
    """The roster of a choice, as a checker reads it."""
    import numpy as np

    chosen = np.flatnonzero(np.asarray(choice))
    return [
        (instance.staff[person].id, day, instance.shifts[shift].id)
        for person, day, shift in (instance.slots[at] for at in chosen)
    ]


def choice_of(instance: Instance, rows: Iterable[Row]) -> list[int]:
    """The choice that a roster is: 0 or 1 for each option.

    Raises ``RosterError`` with every row that nobody could ever work: an unknown name, a shift not
    allowed, a day off.
    """
    people = {each.id: at for at, each in enumerate(instance.staff)}
    shifts = {each.id: at for at, each in enumerate(instance.shifts)}
    index = {slot: at for at, slot in enumerate(instance.slots)}
    choice = [0] * len(index)
    wrong = []
    for line, (employee, day, shift) in enumerate(rows, 1):
        at = index.get((people.get(employee, -1), day, shifts.get(shift, -1)))
        if at is None:
            value = f"{employee}, {day}, {shift}"
            advice = "Maybe it is a day off, or a shift that this employee is not allowed"
            wrong.append(Wrong("no such option", advice, value, line=line))
        else:
            choice[at] = 1
    if wrong:
        raise RosterError(wrong)
    return choice


def best_known(folder: Path | str) -> dict[str, int]:
    """Instance name to its best published cost, from ``bks.csv`` (columns instance, ub)."""
    return {name: upper for name, (_, upper) in bounds_known(folder).items()}


def bounds_known(folder: Path | str) -> dict[str, tuple[int | None, int]]:
    """Instance name to (published lower bound where there is one, best published cost)."""
    path = Path(folder) / "bks.csv"
    trouble = Trouble(path)
    table: Sequence[dict[str, str]] = list(csv.DictReader(text_of(path).splitlines()))
    found = {}
    for line, row in enumerate(table, 2):
        name, lower, upper = (row.get(each) or "" for each in ("instance", "lb", "ub"))
        least = trouble.number(line, "lb", lower) if lower else None
        found[name] = (least, trouble.number(line, "ub", upper))
    trouble.stop()
    return found
