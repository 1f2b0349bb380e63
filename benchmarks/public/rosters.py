"""Rosters of a staff scheduling instance made by hand, as it were: no solver, no ``Problem``.

They need not be good. They are there to be judged twice, by two who share no code.
"""

from __future__ import annotations

from random import Random

from benchmarks.public.staffing import Row
from benchmarks.public.staffing_file import Employee, Instance, Shift

TRIES = 1000
"""Rows tried for one employee before the fullest is taken as it is."""


def plausible(instance: Instance, seed: int) -> list[Row]:
    """A roster that keeps every rule, unless an employee's minutes cannot be reached by chance."""
    chance = Random(seed)
    return [
        (employee.id, day, shift)
        for employee in instance.staff
        for day, shift in sorted(_fullest(instance, employee, chance).items())
    ]


def changed(instance: Instance, rows: list[Row], seed: int, times: int) -> list[Row]:
    """The roster with shifts added, dropped and replaced at random: most likely against the rules.

    Nobody gets two shifts on one day: which of the two would then count is not agreed upon.
    """
    chance = Random(seed)
    plan = {(employee, day): shift for employee, day, shift in rows}
    for _ in range(times):
        person, day, shift = chance.choice(instance.slots)
        key = instance.staff[person].id, day
        if key in plan and chance.random() < 0.5:
            del plan[key]
        else:
            plan[key] = instance.shifts[shift].id
    return [(employee, day, shift) for (employee, day), shift in sorted(plan.items())]


def _fullest(instance: Instance, employee: Employee, chance: Random) -> dict[int, str]:
    best: dict[int, str] = {}
    left = employee.max_minutes + 1
    for _ in range(TRIES):
        walk = _Walk(instance, employee, chance)
        walk.go()
        if walk.minutes < left:
            best, left = walk.worked, walk.minutes
        if employee.max_minutes - left >= employee.min_minutes:
            break
    return best


class _Walk:
    """One employee's days from first to last: a run of work, a run of days off, and so on."""

    def __init__(self, instance: Instance, employee: Employee, chance: Random) -> None:
        self.instance = instance
        self.employee = employee
        self.chance = chance
        self.worked: dict[int, str] = {}
        self.left = dict(employee.most)
        self.minutes = employee.max_minutes
        self.weekends = employee.max_weekends
        self.restful = chance.random()
        """How often a run of work ends before a weekend."""

    def go(self) -> None:
        day = self.chance.choice((0, 0, 1, 2))
        while day < self.instance.horizon:
            run = self._run(day)
            if len(run) < self.employee.min_run:
                day += 1
                continue
            self._take(day, run)
            day += len(run) + max(1, self.employee.min_off + (self.chance.random() < 0.1))

    def _run(self, first: int) -> list[Shift]:
        """Shifts from a day on: mostly as many as may be, sometimes fewer."""
        most = self.employee.max_run
        if self.chance.random() < 0.2:
            most = self.chance.randint(min(self.employee.min_run, most), most)
        rests = self.chance.random() < self.restful
        run: list[Shift] = []
        left, minutes = dict(self.left), self.minutes
        end = min(first + most, self._end(first))
        for day in range(first, end):
            if rests and day % 7 == 5 and len(run) >= self.employee.min_run:
                break
            able = [
                shift
                for shift in self.instance.shifts
                if left.get(shift.id, 0) and shift.minutes <= minutes
                if not run or shift.id not in run[-1].forbidden
            ]
            if not able or self._weekends(first, day) > self.weekends:
                break
            on = [each for each in able if any(other.id not in each.forbidden for other in able)]
            run.append(self.chance.choice(on if on and day + 1 < end else able))
            left[run[-1].id] -= 1
            minutes -= run[-1].minutes
        return run

    def _end(self, first: int) -> int:
        """The first day from here that is off or beyond the horizon."""
        off = [day for day in self.employee.days_off if day >= first]
        return min([self.instance.horizon, *off])

    def _weekends(self, first: int, last: int) -> int:
        return len({day // 7 for day in range(first, last + 1) if day % 7 > 4})

    def _take(self, first: int, run: list[Shift]) -> None:
        self.weekends -= self._weekends(first, first + len(run) - 1)
        for day, shift in enumerate(run, first):
            self.worked[day] = shift.id
            self.left[shift.id] -= 1
            self.minutes -= shift.minutes
