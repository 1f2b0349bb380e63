"""One person's cheapest legal column: what the rules allow exactly, and what is bargained for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from so247.solver.columns.arrays import Floats
from so247.solver.columns.automaton import Compiler, CrowdedError, Layer
from so247.solver.columns.bargain import Bargain
from so247.solver.columns.blocks import Block, NotSeparableError
from so247.solver.columns.counters import Relaxed, Sums, chosen, in_units
from so247.solver.columns.layers import Counter, Layered
from so247.solver.columns.pricing import Pricer, Room
from so247.solver.columns.residual import FAILED, NONE
from so247.solver.problem import Problem

EFFORT = 1.5e6
"""Places times people times layers that one round of pricing may take: about a second's work."""

FEWEST, MOST = 60, 2_000
"""Places that the counters of one state may span together, whatever the effort."""

PLACE, LAYER, ONCE = 1.5e-10, 1e-6, 5e-5
"""Seconds that pricing takes for a place looked at, for a layer, and by itself (measured)."""

TRIES = 24
"""How often, at most, a column is priced anew at other prices of the counters it broke."""

EVEN, GRAIN = 6, 1.0
"""After so many tries costs are taken to be so even that a price moves all of a kind at once; then
each differs by up to this share of the dearest."""

RAISE = 0.05
"""What a broken counter costs at first: its largest unit this share of the dearest option."""

STALE = 4.0
"""More than so many times the dearest option no counter's largest unit costs at first: what was
paid before was at other costs."""

EPSILON = 1e-12
"""What a sum may have lost by rounding, as a share of what was added up."""

Column = tuple[int, ...]
"""The options that one person takes."""


@dataclass(frozen=True)
class Priced:
    """A cheap legal column, where one was found, and a value that no legal column is below."""

    column: Column | None
    least: float


def affordable(shapes: Sequence[Layered]) -> int:
    """How many places counters may span, so that pricing everybody stays affordable."""
    layers = sum(len(shape.layers) for shape in shapes)
    return int(min(MOST, max(FEWEST, EFFORT / max(1, layers))))


class Person:
    """Prices columns of one block. ``cells``: places that the counters may span.

    Counters that do not fit are only priced in: what breaks one gets a price (a multiplier of
    Lagrange), so that the least that such a column costs is a bound for the legal ones.
    """

    def __init__(
        self,
        problem: Problem,
        block: Block,
        shape: Layered,
        compiler: Compiler,
        cells: int,
        room: Room,
    ) -> None:
        self.shape = shape
        self.options = np.array([v for layer in shape.layers for v in layer], dtype=np.intp)
        """Options in order of layer; costs are given in this order."""
        self.spent = 0.0
        """Seconds that all pricing so far took, on an ordinary machine."""
        self._crowded = False
        self._room = room
        self._compiler = compiler
        self._pinned = {v for v in block.options if problem.options[v].pinned}
        self._at = {int(v): place for place, v in enumerate(self.options)}
        self._grain = GRAIN * np.random.default_rng(block.person).random(len(self.options))
        self._exact, relaxed = chosen(shape.counters, cells, len(shape.layers))
        self._relaxed = [Relaxed(each, tolled=self._reaches(each)) for each in relaxed]
        self._compile()

    def _compile(self) -> None:
        """The pricer for what is kept exactly, and the weights and tolls of what is not."""
        self._tolled = [at for at, each in enumerate(self._relaxed) if each.tolled]
        counters = [*self._exact, *(self._relaxed[at].counter for at in self._tolled)]
        tables = self._compiler.compile(self._layers(counters), len(counters))
        widths = [len(layer) for layer in self.shape.layers]
        ends = [(each.low, each.high) for each in self._exact]
        self._pricer = Pricer(tables, widths, ends, self._room)
        self._sums = Sums([each.counter for each in self._relaxed], self._at)
        self._ceilings = np.array([each.counter.high for each in self._relaxed], dtype=np.float64)
        self._units = np.array(
            [max(abs(c) for c, _ in each.counter.groups) for each in self._relaxed],
            dtype=np.float64,
        )
        """The most that a group adds to each: a price moves by what is like for all of them."""
        self._paid = np.zeros(len(self._relaxed))
        """Prices at which the last legal column was found: the next needs about the same."""
        self._weights = np.zeros((len(self._relaxed), len(self.options)))
        for at, each in enumerate(self._relaxed):
            if not each.tolled:
                self._weigh(each.counter, self._weights[at])

    @property
    def effort(self) -> float:
        """Seconds that pricing once takes on an ordinary machine."""
        return PLACE * self._pricer.places + LAYER * len(self.shape.layers) + ONCE

    def price(self, costs: Floats, near: float) -> Priced:
        """A cheap legal column for these costs of ``options``, and what none is below.

        ``near``: how far apart the two may stay, as a share of the dearest option, where some
        counters are only priced in. No column: there is none, or none was found.
        """
        while True:
            priced, broken = self._bargained(costs, near)
            if priced.column is not None or broken is None or not self._keep(broken):
                return priced

    def _bargained(self, costs: Floats, near: float) -> tuple[Priced, int | None]:
        """(a cheap legal column and the bound, the counter broken most where none was found)."""
        dearest = max(1.0, float(np.abs(costs).max(initial=0.0)))
        unit = dearest / self._units
        bargain = Bargain(np.minimum(self._paid, STALE * unit), RAISE * unit)
        best, cheapest, least = None, np.inf, -np.inf
        broken: int | None = None
        asked = costs
        for attempt in range(TRIES):
            if attempt == EVEN and best is None:
                asked = costs + self._grain * dearest
            self.spent += self.effort
            prices = bargain.prices
            found = self._pricer.cheapest(asked + prices @ self._weights, prices[self._tolled])
            if found is None:
                return Priced(None, np.inf), None
            value, places = found
            # What grains cost says nothing about costs without.
            if asked is costs:
                least = max(least, value - self._worth(prices, value))
            excess = (self._sums.of(places) - self._ceilings) / self._units
            over = excess > 0
            if over.any():
                broken = int(excess.argmax())
            elif (cost := float(costs[places].sum())) < cheapest:
                best, cheapest = places, cost
                self._paid = prices
            if best is not None and cheapest - least <= near * dearest:
                break
            if best is None and attempt >= EVEN:
                bargain.rise(over)
            else:
                bargain.learn(over)
        if best is None:
            return Priced(None, least), broken
        return Priced(tuple(self.options[best].tolist()), least), None

    def _worth(self, prices: Floats, value: float) -> float:
        """What the ceilings are worth at these prices, and what adding up to ``value`` may lose."""
        if not prices.any():
            return 0.0
        lost = EPSILON * (abs(value) + float(prices @ np.abs(self._ceilings)))
        return float(prices @ self._ceilings) + lost

    def _keep(self, at: int) -> bool:
        """From now on keep a counter exactly: pricing it in leads nowhere for this person.

        False where that takes too many states; then everything stays as it was, for good.
        """
        if self._crowded:
            return False
        kept = self._relaxed.pop(at)
        self._exact.append(in_units(kept.counter))
        try:
            self._compile()
        except CrowdedError:
            self._exact.pop()
            self._relaxed.insert(at, kept)
            self._compile()
            self._crowded = True
        return not self._crowded

    def _weigh(self, counter: Counter, weights: Floats) -> None:
        """What each option adds to a counter: together never more than the counter comes to.

        A group counts once: what it adds is shared by its layers, what it takes off is not.
        """
        where = self.shape.where
        for c, members in counter.groups:
            share = c if c < 0 else c / len({where[v][0] for v in members})
            for v in members:
                weights[self._at[v]] += share

    def _reaches(self, counter: Counter) -> bool:
        """Whether groups that count once have options in several layers, and none takes off."""
        where = self.shape.where
        spans = any(len({where[v][0] for v in members}) > 1 for _, members in counter.groups)
        return spans and all(c > 0 for c, _ in counter.groups)

    def _layers(self, counters: Sequence[Counter]) -> list[Layer]:
        """What begins and what counts, layer by layer."""
        where, residuals = self.shape.where, self._compiler.residuals
        begins: dict[int, set[int]] = defaultdict(set)
        adds: dict[tuple[int, int], list[int]] = {}
        for rule in self.shape.near:
            first = min(where[v][0] for _, members in rule.groups for v in members)
            terms = [(c, _relative(where, members, first)) for c, members in rule.groups]
            number = residuals.rule(terms, rule.upper)
            if number == FAILED:
                raise NotSeparableError("a rule that nothing can satisfy")
            if number >= 0:
                begins[first].add(number)
        for k, counter in enumerate(counters):
            for coefficient, members in counter.groups:
                layers = {where[v][0] for v in members}
                if len(layers) == 1:
                    for v in members:
                        adds.setdefault(where[v], [0] * len(counters))[k] += coefficient
                else:
                    first = min(layers)
                    relative = _relative(where, members, first)
                    begins[first].add(residuals.count(k, coefficient, relative))
        nothing = (0,) * len(counters)
        return [
            Layer(
                tuple(sorted(begins[at])),
                tuple(tuple(adds.get((at, c), nothing)) for c in range(len(layer))),
                self._allowed(layer),
            )
            for at, layer in enumerate(self.shape.layers)
        ]

    def _allowed(self, layer: Sequence[int]) -> tuple[int, ...]:
        pinned = tuple(c for c, v in enumerate(layer) if v in self._pinned)
        return pinned[:1] or (*range(len(layer)), NONE)


def _relative(
    where: dict[int, tuple[int, int]], members: Sequence[int], first: int
) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((where[v][0] - first, where[v][1]) for v in members))
