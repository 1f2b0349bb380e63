"""Greedy and local search, no solver: how one who thinks in spreadsheets would go about it.

Every task goes to whoever it costs least with what is rostered so far, tasks that few can take
first. Then shifts are handed over, exchanged and moved at random; a change stays if it is no worse
than what stood some thousand changes ago (late acceptance), so that small setbacks are allowed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable

from benchmarks.peers.answer import Answer, Seen
from benchmarks.peers.best import Best
from benchmarks.peers.cpu import Cpu
from benchmarks.peers.ledger import Ledger
from benchmarks.peers.reading import Reading
from benchmarks.peers.weights import weigh
from so247.solver.problem import Problem

NAME = "greedy"

MEMORY = 3000
"""A change is measured against the cost of so many changes ago."""
LONGEST = 7
"""Days in the longest stretch that a change touches."""
ROUND = 50
"""Changes between two looks at the clock."""

DAY = 24 * 60


def available() -> str | None:
    """Always."""
    return None


def run(problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
    """Construct, then improve until the time is spent."""
    cpu = Cpu(seconds)
    best = Best(problem, seen)
    search = _Local(problem, random.Random(seed), best)
    search.construct(cpu)
    while cpu.left > 0 and search.free:
        search.improve(ROUND)
    search.tell()
    return Answer(best.choice, None, f"{search.tried} changes tried, {search.kept} kept")


class _Local:
    """A choice and the changes that may be made to it."""

    def __init__(self, problem: Problem, chance: random.Random, best: Best) -> None:
        reading = Reading(problem)
        self.options = problem.options
        self.problem = problem
        self.chance = chance
        self.best = best
        weights = weigh(reading, None)
        # Whole numbers of any length: the tiers stay apart exactly, breaches above them all.
        self.legal = weights.most
        self.ledger = Ledger(reading, weights, weights.most - weights.least + 1)
        self.free = [
            v
            for v, option in enumerate(problem.options)
            if not option.pinned and v not in reading.out
        ]
        self.clash: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for group in reading.groups:
            for v in group:
                self.clash[v].append(group)
        self.of_task: dict[int, list[int]] = defaultdict(list)
        self.on_day: dict[tuple[int, int], list[int]] = defaultdict(list)
        for v in self.free:
            option = problem.options[v]
            self.of_task[option.task].append(v)
            self.on_day[option.person, option.start // DAY].append(v)
        self.people = sorted({problem.options[v].person for v in self.free})
        self.days = sorted({problem.options[v].start // DAY for v in self.free})
        self.changes: tuple[Callable[[], Iterable[int]], ...] = (
            self._hand_over,
            self._exchange,
            self._place,
            self._redo,
        )
        self.tried = self.kept = 0
        self.lowest = self.ledger.cost
        self.memory = [self.lowest] * MEMORY

    # -- construction -------------------------------------------------------------------------

    def construct(self, cpu: Cpu) -> None:
        """Each task to whom it costs least, as long as that is better than nobody."""
        for task in sorted(self.of_task, key=lambda each: len(self.of_task[each])):
            if cpu.left <= 0:
                break
            ranked = sorted((self._price(v), v) for v in self.of_task[task])
            for _, v in ranked[: max(1, self.problem.tasks[task].need)]:
                self._try({v}, self.ledger.cost - 1)
        self.memory = [self.ledger.cost] * MEMORY
        self.tell()

    def _price(self, v: int) -> int:
        before = self.ledger.cost
        self._flip((v,))
        price = self.ledger.cost - before
        self._flip((v,))
        return price

    # -- local search -------------------------------------------------------------------------

    def improve(self, times: int) -> None:
        """Try some changes."""
        for _ in range(times):
            self.tried += 1
            at = self.tried % MEMORY
            change = set(self.chance.choice(self.changes)())
            if change and self._try(change, max(self.memory[at], self.ledger.cost)):
                self.kept += 1
            self.memory[at] = self.ledger.cost
        self.tell()

    def tell(self) -> None:
        """Offer the choice if nothing in it is broken and it is the cheapest so far."""
        cost = self.ledger.cost
        if cost <= self.legal and (cost < self.lowest or self.best.choice is None):
            self.best.offer(self.ledger.values[: len(self.options)])
        self.lowest = min(self.lowest, cost)

    def _try(self, change: Iterable[int], most: int) -> bool:
        """Make a change, and take it back if the cost is then more than ``most``."""
        self._flip(change)
        if self.ledger.cost <= most:
            return True
        self._flip(change)
        return False

    def _flip(self, change: Iterable[int]) -> None:
        for v in change:
            self.ledger.flip(v)
        self.ledger.settle()

    # -- changes: which options to switch -----------------------------------------------------

    def _stretch(self) -> list[int]:
        """A few days in a row."""
        first = self.chance.randrange(len(self.days))
        return self.days[first : first + self.chance.randint(1, LONGEST)]

    def _held(self, person: int, days: Iterable[int]) -> list[int]:
        values = self.ledger.values
        return [v for day in days for v in self.on_day.get((person, day), ()) if values[v]]

    def _hand_over(self) -> Iterable[int]:
        """One task from its holder to somebody else."""
        v = self.chance.choice(self.free)
        mine = self.of_task[self.options[v].task]
        held = [u for u in mine if self.ledger.values[u]]
        return {v, self.chance.choice(held)} if held and not self.ledger.values[v] else {v}

    def _place(self) -> Iterable[int]:
        """One option, and away with what it excludes."""
        v = self.chance.choice(self.free)
        values, pinned = self.ledger.values, self.options
        if values[v]:
            return {v}
        first = len(self.options)
        others = {u for group in self.clash[v] for u in group if u < first and values[u]}
        return {v, *(u for u in others if not pinned[u].pinned)}

    def _exchange(self) -> Iterable[int]:
        """Two people swap what they hold during a few days, as far as the other may hold it."""
        one, other = self.chance.choice(self.people), self.chance.choice(self.people)
        days = self._stretch()
        change: set[int] = set()
        for giver, taker in ((one, other), (other, one)):
            for v in self._held(giver, days):
                task = self.options[v].task
                same = [
                    u
                    for u in self.on_day.get((taker, self.options[v].start // DAY), ())
                    if self.options[u].task == task and not self.ledger.values[u]
                ]
                if same:
                    change ^= {v, self.chance.choice(same)}
        return change

    def _redo(self) -> Iterable[int]:
        """One person's few days anew: every day something or nothing."""
        person = self.chance.choice(self.people)
        days = self._stretch()
        change = set(self._held(person, days))
        working = self.chance.random()
        for day in days:
            mine = self.on_day.get((person, day), ())
            if mine and self.chance.random() < working:
                change ^= {self.chance.choice(mine)}
        return change
