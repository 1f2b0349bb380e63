"""Which absences lose what: one loss for every run of days that lose the same.

A repair for the last of those days is one for all of them: it changes nothing that an earlier
absence may not change, and whoever is away holds nothing from the first to the last of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, groupby

from so247.models.clock import day_start
from so247.solver.context import Context
from so247.solver.instants import minute


@dataclass(frozen=True)
class Loss:
    """``people`` are away from any of ``days`` on; ``options`` are what they no longer hold.

    ``starts``: when that begins.
    """

    people: tuple[int, ...]
    days: tuple[date, ...]
    options: tuple[int, ...]
    starts: tuple[int, ...]

    def on(self, days: Sequence[date]) -> Loss:
        """The same, for some of the days."""
        return replace(self, days=tuple(days))


@dataclass(frozen=True)
class Away:
    """A loss as seen from one day: nothing changes before ``begin``, they are back at ``end``."""

    loss: Loss
    begin: int
    end: int


def away_from(loss: Loss, day: date, absence_days: int) -> Away:
    return Away(loss, *_span(day, absence_days))


def _span(day: date, absence_days: int) -> tuple[int, int]:
    return minute(day_start(day)), minute(day_start(day + timedelta(days=absence_days)))


class Losses:
    """All absences of one length."""

    def __init__(self, context: Context, held: Collection[int], absence_days: int) -> None:
        self.days = context.facts.days_of(context.facts.start, context.facts.end)
        self._spans = [_span(day, absence_days) for day in self.days]
        self._options = context.builder.options
        self._held: list[list[tuple[int, int]]] = [[] for _ in context.people]
        for variable in sorted(held):
            option = self._options[variable]
            self._held[option.person].append((option.start, variable))
        self._lost = [self._of_person(held) for held in self._held]

    def _of_person(self, held: list[tuple[int, int]]) -> list[tuple[int, ...]]:
        return [
            tuple(variable for start, variable in held if begin <= start < end)
            for begin, end in self._spans
        ]

    def of(self, absent: int) -> Iterator[Loss]:
        """Every run of days, of every person or pair, that loses something."""
        for people in combinations(range(len(self._held)), absent):
            both = zip(*(self._lost[person] for person in people), strict=True)
            joined = [tuple(v for part in each for v in part) for each in both]
            for options, run in groupby(zip(joined, self.days, strict=True), lambda row: row[0]):
                if options:
                    days = tuple(day for _, day in run)
                    starts = tuple(self._options[v].start for v in options)
                    yield Loss(people, days, options, starts)

    def tried(self, absent: int) -> int:
        people = len(self._held)
        pairs = people if absent == 1 else people * (people - 1) // 2
        return pairs * len(self.days)
