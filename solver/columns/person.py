"""One person's columns: what the rules allow exactly, and what is only priced in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from so247.solver.columns.arrays import Floats
from so247.solver.columns.automaton import Compiler, CrowdedError, Layer
from so247.solver.columns.bargain import Bargain
from so247.solver.columns.blocks import Block, Coupling, NotSeparableError
from so247.solver.columns.layers import Counter, Layered
from so247.solver.columns.pricing import Pricer, Room
from so247.solver.columns.residual import FAILED, NONE
from so247.solver.problem import Problem

EFFORT = 1.5e6
"""Places times people times layers that one round of pricing may take: about a second's work."""

FEWEST, MOST = 60, 2_000
"""Places that the counters of one state may span together, whatever the effort."""

GROUPED, LONG = 5_000, 500_000
"""Places, and places times layers, up to which a counter of groups is kept exactly all the same."""

PLACE, LAYER, ONCE = 1.5e-10, 1e-6, 5e-5
"""Seconds that pricing takes for a place looked at, for a layer, and by itself (measured)."""

TRIES, BETTER = 24, 3
"""How often a column that breaks a priced-in counter is priced anew, at other prices, and how many
more legal ones are asked for once there is one."""

EVEN, GRAIN = 6, 1.0
"""After so many tries costs are taken to be so even that a price moves all of a kind at once; then
each differs by up to this share of the dearest."""

RAISE, NEARLY = 0.05, 0.01
"""What a broken counter costs at first, and how far from the best a legal column may stay, as
shares of the dearest option."""

Column = tuple[int, ...]
"""The options that one person takes."""


@dataclass(frozen=True)
class Priced:
    """The cheapest column found: its options, and a value that no column of the person is below."""

    column: Column | None
    least: float


@dataclass(frozen=True)
class Relaxed:
    """A counter that is only priced in, and its place among the person's couplings.

    ``tolled``: its groups are counted on the way and paid for by count, since what they count is
    no sum over options.
    """

    counter: Counter
    row: int
    tolled: bool


def affordable(shapes: Sequence[Layered]) -> int:
    """How many places counters may span, so that pricing everybody stays affordable."""
    layers = sum(len(shape.layers) for shape in shapes)
    return int(min(MOST, max(FEWEST, EFFORT / max(1, layers))))


class Person:
    """Prices columns of one block. ``cells``: places that the counters may span."""

    def __init__(
        self,
        problem: Problem,
        block: Block,
        shape: Layered,
        compiler: Compiler,
        cells: int,
        room: Room,
    ) -> None:
        self.block = block
        self._room = room
        self.shape = shape
        self._compiler = compiler
        self._pinned = {v for v in block.options if problem.options[v].pinned}
        widths = [len(layer) for layer in shape.layers]
        begins = np.concatenate(([0], np.cumsum([w + 1 for w in widths])))
        self.options = np.array([v for layer in shape.layers for v in layer], dtype=np.intp)
        """Options in order of layer; costs are given in this order."""
        self._at = {int(v): place for place, v in enumerate(self.options)}
        self._grain = GRAIN * np.random.default_rng(block.person).random(len(self.options))
        self._places = np.array(
            [begins[at] + c for at, w in enumerate(widths) for c in range(w)], dtype=np.intp
        )
        self._exact, relaxed = _chosen(shape.counters, cells, len(shape.layers))
        self._relaxed = [
            Relaxed(counter, row, tolled=self._reaches(counter))
            for row, counter in enumerate(relaxed)
        ]
        self.tolls = [each for each in self._relaxed if each.tolled]
        """Those whose groups have options in several layers; also once they are kept exactly, since
        the master goes on paying for them."""
        self.couplings = [
            Coupling(self._terms(each), -np.inf, each.counter.high, 0, None)
            for each in self._relaxed
        ]
        """The counters that were only priced in at first, as rows for the master; where there is a
        toll, the terms are what an option may add, and ``counts`` says what a column adds."""
        self.priced = 0
        """How often the cheapest column was asked for."""
        self._compile()

    def _compile(self) -> None:
        """The pricer for what is kept exactly, and the weights and tolls of what is not."""
        self._tolled = [at for at, each in enumerate(self._relaxed) if each.tolled]
        counters = [*self._exact, *(each.counter for each in self.tolls)]
        tables = self._compiler.compile(self._layers(counters, self._compiler), len(counters))
        widths = [len(layer) for layer in self.shape.layers]
        ends = [(each.low, each.high) for each in self._exact]
        self._pricer = Pricer(tables, widths, ends, self._room)
        self._weights = np.zeros((len(self._relaxed), len(self.options)))
        self._paid = np.zeros(len(self._relaxed))
        """Prices at which the last legal column was found: the next needs about the same."""
        for at, each in enumerate(self._relaxed):
            if not each.tolled:
                for v, weight in self._terms(each):
                    self._weights[at, self._at[v]] += weight

    @property
    def effort(self) -> float:
        """Seconds that pricing once takes on an ordinary machine."""
        return PLACE * self._pricer.places + LAYER * len(self.shape.layers) + ONCE

    def price(self, costs: Floats, rates: Floats | None = None) -> Priced:
        """The cheapest column for these costs of ``options``; priced-in counters may be broken.

        ``rates``: for each of ``couplings`` what a unit costs where it is a toll; else nothing.
        """
        base = np.zeros(self._pricer.size)
        base[self._places] = costs
        self.priced += 1
        found = self._pricer.cheapest(base, self._rates(rates)[[each.row for each in self.tolls]])
        if found is None:
            return Priced(None, np.inf)
        value, choices = found
        return Priced(self._options(choices), value)

    def _rates(self, rates: Floats | None) -> Floats:
        return np.zeros(len(self.couplings)) if rates is None else rates

    def counts(self, column: Column) -> list[tuple[int, int]]:
        """(which of ``couplings``, what a column adds to it) of every toll that it pays."""
        taken = set(column)
        counted = ((each.row, _sum(each.counter, taken)) for each in self.tolls)
        return [(row, count) for row, count in counted if count]

    def price_legal(self, costs: Floats, rates: Floats | None = None) -> Column | None:
        """A cheap column that breaks no rule at all, or ``None`` where none was found."""
        while True:
            column, broken = self._bargained(costs, self._rates(rates))
            if column is not None or broken is None or not self._keep(broken):
                return column

    def _bargained(self, costs: Floats, rates: Floats) -> tuple[Column | None, int | None]:
        """(a cheap legal column, or else the counter that is broken most)."""
        dearest = max(1.0, float(np.abs(costs).max(initial=0.0)))
        bargain = Bargain(self._paid, RAISE * dearest)
        ceilings = np.array([each.counter.high for each in self._relaxed], dtype=np.float64)
        best, cheapest, least = None, np.inf, -np.inf
        broken: int | None = None
        asked, better = costs, 0
        for attempt in range(TRIES):
            if attempt == EVEN and best is None:
                asked = costs + self._grain * dearest
            tolled = rates.copy()
            tolled[[self._relaxed[at].row for at in self._tolled]] += bargain.prices[self._tolled]
            found = self.price(asked + bargain.prices @ self._weights, tolled)
            if found.column is None:
                break
            least = max(least, found.least - float(bargain.prices @ ceilings))
            over = self._over(found.column)
            if (over > 0).any():
                broken = int(over.argmax())
            else:
                cost = self._cost(found.column, costs, rates)
                if cost < cheapest:
                    best, cheapest = found.column, cost
                    self._paid = bargain.prices
                better += 1
            if best is not None and (better > BETTER or cheapest - least <= NEARLY * dearest):
                break
            if best is None and attempt >= EVEN:
                bargain.rise(over > 0)
            else:
                bargain.learn(over > 0)
        return best, broken

    def _cost(self, column: Column, costs: Floats, rates: Floats) -> float:
        tolls = sum(rates[row] * count for row, count in self.counts(column))
        return float(costs[[self._at[v] for v in column]].sum() + tolls)

    def _keep(self, at: int) -> bool:
        """From now on keep a counter exactly: pricing it in leads nowhere for this person.

        False where that takes too many states; then everything stays as it was.
        """
        kept = self._relaxed.pop(at)
        self._exact.append(_units(kept.counter))
        try:
            self._compile()
        except CrowdedError:
            self._exact.pop()
            self._relaxed.insert(at, kept)
            self._compile()
            return False
        return True

    def legal(self, column: Column) -> bool:
        """Whether a column breaks none of the counters that are only priced in."""
        return not (self._over(column) > 0).any()

    def _over(self, column: Column) -> npt.NDArray[np.int64]:
        taken = set(column)
        over = (_sum(each.counter, taken) - each.counter.high for each in self._relaxed)
        return np.fromiter(over, dtype=np.int64)

    def _terms(self, relaxed: Relaxed) -> tuple[tuple[int, float], ...]:
        """What each option adds to a counter: together, where there is no toll, never too much.

        A group counts once: what it adds is shared by its layers, what it takes off is not.
        """
        where = self.shape.where
        return tuple(
            (v, c if relaxed.tolled or c < 0 else c / len({where[u][0] for u in members}))
            for c, members in relaxed.counter.groups
            for v in members
        )

    def _reaches(self, counter: Counter) -> bool:
        """Whether groups that count once have options in several layers, and none takes off."""
        where = self.shape.where
        spans = any(len({where[v][0] for v in members}) > 1 for _, members in counter.groups)
        return spans and all(c > 0 for c, _ in counter.groups)

    def _options(self, choices: Sequence[int]) -> tuple[int, ...]:
        layers = self.shape.layers
        return tuple(layers[at][c] for at, c in enumerate(choices) if c != NONE)

    def _layers(self, counters: Sequence[Counter], compiler: Compiler) -> list[Layer]:
        """What begins and what counts, layer by layer."""
        where = self.shape.where
        begins: dict[int, set[int]] = defaultdict(set)
        adds: dict[tuple[int, int], list[int]] = {}
        for rule in self.shape.near:
            first = min(where[v][0] for _, members in rule.groups for v in members)
            terms = [(c, _relative(where, members, first)) for c, members in rule.groups]
            number = compiler.residuals.rule(terms, rule.upper)
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
                    begins[first].add(compiler.residuals.count(k, coefficient, relative))
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


def _sum(counter: Counter, column: set[int]) -> int:
    return sum(c for c, members in counter.groups if any(v in column for v in members))


def _chosen(
    counters: Sequence[Counter], cells: int, layers: int
) -> tuple[list[Counter], list[Counter]]:
    """(kept exactly, priced in): those with a lower limit first, those of groups, the tightest."""

    def urgency(counter: Counter) -> tuple[bool, bool, float]:
        least, most = _reach(counter)
        looseness = (counter.high - least) / max(1, most - least)
        return not _floored(counter), not _grouped(counter), looseness

    # Groups have states of their own whether they are priced in or not.
    grouped = max(cells, min(GROUPED, LONG // max(1, layers)))
    exact: list[Counter] = []
    relaxed: list[Counter] = []
    spanned = 1
    for counter in sorted(counters, key=urgency):
        units = _units(counter)
        width = units.high - _reach(units)[0] + 1
        # A sum with both limits stays near the straight line between them.
        if _floored(counter):
            width = width // 3 + 1
        if _floored(counter) or spanned * width <= (grouped if _grouped(counter) else cells):
            exact.append(units)
            spanned *= width
        else:
            relaxed.append(counter)
    return exact, relaxed


def _floored(counter: Counter) -> bool:
    """Whether it has to come to more than it does by itself."""
    return counter.low > _reach(counter)[0]


def _grouped(counter: Counter) -> bool:
    """Whether some of its groups have several options, of which only one counts."""
    return any(len(members) > 1 for _, members in counter.groups)


def _reach(counter: Counter) -> tuple[int, int]:
    """The least and the most that a counter could come to."""
    least = sum(c for c, _ in counter.groups if c < 0)
    return least, sum(c for c, _ in counter.groups if c > 0)


def _units(counter: Counter) -> Counter:
    """The same counter in units of its coefficients' greatest common divisor."""
    unit = int(np.gcd.reduce([c for c, _ in counter.groups]))
    groups = tuple((c // unit, members) for c, members in counter.groups)
    return Counter(groups, -(-counter.low // unit), counter.high // unit)
