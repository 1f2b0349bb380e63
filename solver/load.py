"""What people on a line carry at once, and how much more they could: plain arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from so247.solver.context import Context, Item
from so247.solver.problem import Problem


@dataclass(frozen=True)
class More:
    """So many residents and sites more, for whoever holds one of the lines from ``start`` on.

    They are carried once, also by somebody who holds several of the lines at the same time.
    """

    lines: frozenset[str]
    start: int
    residents: int = 0
    sites: int = 0

    def times(self, number: int) -> More:
        return More(self.lines, self.start, self.residents * number, self.sites * number)


@dataclass(frozen=True)
class Room:
    """How many times ``More`` fits for who holds ``option``; ``None``: as often as one likes."""

    option: int
    times: int | None


class Loads:
    """Loads of one problem's options. A site that opens during a duty counts for all of it."""

    def __init__(self, context: Context, problem: Problem) -> None:
        self.context = context
        self.problem = problem

    def concerned(self, more: More) -> tuple[int, ...]:
        """The options whose holder would carry more."""
        return tuple(
            v
            for v, item in enumerate(self.context.items)
            if item.line is not None and item.line.id in more.lines and item.end > more.start
        )

    def room(self, options: Iterable[int], more: More) -> Room:
        """For a person who holds all these at once; the first is the one that is asked about."""
        held = tuple(options)
        person = self.context.people[self.problem.options[held[0]].person]
        sites = {site for v in held for site in self._open(self.context.items[v])}
        residents = sum(self.context.region.residents_at(site) for site in sites)
        rows = (
            (person.max_residents, residents, more.residents),
            (person.max_sites, len(sites), more.sites),
        )
        fits = [
            max(0, limit - carried) // each
            for limit, carried, each in rows
            if limit is not None and each
        ]
        return Room(held[0], min(fits) if fits else None)

    def least(self, held: Collection[int], more: More) -> Room | None:
        """Where it is tightest when these are held; ``None`` where nobody would carry more."""
        return min(self._rooms(held, more), key=tightness, default=None)

    def over(self, held: Collection[int], extra: More) -> tuple[int, ...]:
        """Of what is held, that whose holder cannot carry the extra."""
        return tuple(each.option for each in self._rooms(held, extra) if each.times == 0)

    def _rooms(self, held: Collection[int], more: More) -> list[Room]:
        concerned = set(self.concerned(more))
        return [self.room(self._together(v, held), more) for v in sorted(held) if v in concerned]

    def _together(self, option: int, held: Collection[int]) -> Iterator[int]:
        """The option, and what the same person holds at the same time."""
        yield option
        mine = self.problem.options[option]
        for v in self._duties_of[mine.person]:
            other = self.problem.options[v]
            if v in held and v != option and other.start < mine.end and mine.start < other.end:
                yield v

    @cached_property
    def _duties_of(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.context.people]
        for v, item in enumerate(self.context.items):
            if item.line is not None:
                found[self.problem.options[v].person].append(v)
        return found

    def pairs(self, more: More) -> Iterator[tuple[int, int]]:
        """Options of one person at the same time on lines that combine, one of them concerned."""
        slots: dict[tuple[int, int, int], list[int]] = {}
        concerned = set(self.concerned(more))
        for members in self._duties_of:
            for v in members:
                option = self.problem.options[v]
                slots.setdefault((option.person, option.start, option.end), []).append(v)
        for members in slots.values():
            for v in members:
                for other in members if v in concerned else ():
                    if other != v and (other not in concerned or other > v):
                        yield v, other

    def _open(self, item: Item) -> Iterator[str]:
        return (site for site in item.sites if self.context.facts.open_from(site) < item.end)


def tightness(room: Room) -> float:
    """Smaller is tighter."""
    return float("inf") if room.times is None else room.times
