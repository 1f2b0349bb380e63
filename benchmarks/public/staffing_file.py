"""Reads an instance of the 24-instance staff scheduling set (Curtois & Qu 2014).

The format has seven sections of comma-separated rows; ``#`` begins a comment. Days count from 0 and
day 0 is a Monday.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from benchmarks.public.trouble import Trouble, text_of


@dataclass(frozen=True)
class Shift:
    """``forbidden``: ids of the shifts that may not be worked the day after it."""

    id: str
    minutes: int
    forbidden: frozenset[str]


@dataclass(frozen=True)
class Employee:
    """``most``: at most so many shifts of each type; a type not named is not allowed."""

    id: str
    most: dict[str, int]
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_off: int
    max_weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Request:
    """Employee (by index), day, shift (by index); ``on``: wants to work it, else wants not to."""

    employee: int
    day: int
    shift: int
    weight: int
    on: bool


@dataclass(frozen=True)
class Cover:
    """What a shift (by index) needs on a day, and what one too few or too many costs."""

    day: int
    shift: int
    need: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """One instance. ``name``: its file's name without the ending."""

    name: str
    horizon: int
    shifts: tuple[Shift, ...]
    staff: tuple[Employee, ...]
    requests: tuple[Request, ...]
    cover: tuple[Cover, ...]

    @cached_property
    def slots(self) -> tuple[tuple[int, int, int], ...]:
        """(employee, day, shift) of everything that somebody may work, in that order."""
        return tuple(
            (at, day, shift)
            for at, employee in enumerate(self.staff)
            for allowed in [self.allowed(employee)]
            for day in range(self.horizon)
            if day not in employee.days_off
            for shift in allowed
        )

    def allowed(self, employee: Employee) -> list[int]:
        """Indices of the shifts that an employee may work at all."""
        return [at for at, each in enumerate(self.shifts) if employee.most.get(each.id, 0) > 0]


NUMBERS = (
    "MaxTotalMinutes",
    "MinTotalMinutes",
    "MaxConsecutiveShifts",
    "MinConsecutiveShifts",
    "MinConsecutiveDaysOff",
    "MaxWeekends",
)


@dataclass
class _Reader:
    """Collects one file section by section; references are looked up as they come."""

    path: Path
    trouble: Trouble = field(init=False)
    horizon: int = 0
    shifts: dict[str, Shift] = field(default_factory=dict)
    staff: dict[str, Employee] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    cover: list[Cover] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.trouble = Trouble(self.path)
        self.shift_at: dict[str, int] = {}
        self.employee_at: dict[str, int] = {}
        self.off: dict[str, set[int]] = {}
        self.later: list[tuple[int, str]] = []
        self.sections: dict[str, tuple[int, Callable[[int, list[str]], None]]] = {
            "SECTION_HORIZON": (1, self._horizon),
            "SECTION_SHIFTS": (2, self._shift),
            "SECTION_STAFF": (8, self._employee),
            "SECTION_DAYS_OFF": (1, self._days_off),
            "SECTION_SHIFT_ON_REQUESTS": (4, partial(self._request, True)),
            "SECTION_SHIFT_OFF_REQUESTS": (4, partial(self._request, False)),
            "SECTION_COVER": (5, self._cover),
        }

    def read(self) -> Instance:
        seen: set[str] = set()
        section = ""
        for line, raw in enumerate(text_of(self.path).splitlines(), 1):
            text = raw.strip()
            if not text or text.startswith("#"):
                continue
            if text.startswith("SECTION_"):
                section = text
                seen.add(section)
                if section not in self.sections:
                    self.trouble.add(line, "unknown section", section, "Maybe another format")
            elif section in self.sections:
                least, take = self.sections[section]
                cells = [cell.strip() for cell in text.split(",")]
                if len(cells) < least:
                    told = f"a row of {section} has {len(cells)} of {least} fields"
                    self.trouble.add(line, told, repr(text), "Maybe the file was cut off")
                else:
                    take(line, cells)
            elif not section:
                self.trouble.add(line, "stands before the first section", repr(text))
        for missing in self.sections.keys() - seen:
            self.trouble.add(0, "section is missing", missing, "Maybe the file was cut off")
        return self._finish()

    def _finish(self) -> Instance:
        for line, shift in self.later:
            if shift not in self.shifts:
                self._unknown(line, "shift", shift)
        if not self.trouble.found and not (self.horizon and self.shifts and self.staff):
            self.trouble.add(0, "has no days, no shifts or no staff", "", "Maybe it was cut off")
        self.trouble.stop()
        staff = (
            replace(each, days_off=frozenset(self.off.get(name, ())))
            for name, each in self.staff.items()
        )
        return Instance(
            self.path.stem,
            self.horizon,
            tuple(self.shifts.values()),
            tuple(staff),
            tuple(self.requests),
            tuple(self.cover),
        )

    # -- rows ---------------------------------------------------------------------------------

    def _horizon(self, line: int, cells: list[str]) -> None:
        self.horizon = self.trouble.number(line, "horizon", cells[0])

    def _shift(self, line: int, cells: list[str]) -> None:
        name = cells[0]
        if name in self.shifts:
            self.trouble.add(line, "shift stands there twice", name)
        following = [each for each in (cells[2] if len(cells) > 2 else "").split("|") if each]
        self.later += [(line, each) for each in following]
        minutes = self.trouble.number(line, "length of a shift", cells[1])
        self.shift_at[name] = len(self.shifts)
        self.shifts[name] = Shift(name, minutes, frozenset(following))

    def _employee(self, line: int, cells: list[str]) -> None:
        name = cells[0]
        if name in self.staff:
            self.trouble.add(line, "employee stands there twice", name)
        most: dict[str, int] = {}
        for each in filter(None, cells[1].split("|")):
            shift, _, count = each.partition("=")
            self._at(line, "shift", shift, self.shift_at)
            most[shift] = self.trouble.number(line, f"most shifts {shift}", count)
        a, b, c, d, e, f = (
            self.trouble.number(line, what, cell)
            for what, cell in zip(NUMBERS, cells[2:8], strict=True)
        )
        self.employee_at[name] = len(self.staff)
        self.staff[name] = Employee(name, most, a, b, c, d, e, f)

    def _days_off(self, line: int, cells: list[str]) -> None:
        self._at(line, "employee", cells[0], self.employee_at)
        days = [self._day(line, cell) for cell in cells[1:] if cell]
        self.off.setdefault(cells[0], set()).update(days)

    def _request(self, on: bool, line: int, cells: list[str]) -> None:
        self.requests.append(
            Request(
                self._at(line, "employee", cells[0], self.employee_at),
                self._day(line, cells[1]),
                self._at(line, "shift", cells[2], self.shift_at),
                self.trouble.number(line, "weight", cells[3]),
                on,
            )
        )

    def _cover(self, line: int, cells: list[str]) -> None:
        need, under, over = (
            self.trouble.number(line, what, cell)
            for what, cell in zip(
                ("requirement", "weight for under", "weight for over"), cells[2:5], strict=True
            )
        )
        shift = self._at(line, "shift", cells[1], self.shift_at)
        self.cover.append(Cover(self._day(line, cells[0]), shift, need, under, over))

    def _day(self, line: int, text: str) -> int:
        return self.trouble.number(line, "day", text, self.horizon)

    def _at(self, line: int, kind: str, name: str, places: dict[str, int]) -> int:
        if name not in places:
            self._unknown(line, kind, name)
        return places.get(name, 0)

    def _unknown(self, line: int, kind: str, name: str) -> None:
        self.trouble.add(line, f"unknown {kind}", repr(name), "Maybe a typing error")


def read(path: Path | str) -> Instance:
    """The instance in a file. Raises ``InputError`` with everything that is wrong in it."""
    return _Reader(Path(path)).read()
