"""What may not break: rows, cliques and the cover that there is, as one list of limits.

A repair is judged on legality and cover alone, so the other tiers are left out. What the roster
that is given breaks already, it may go on breaking as much, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import AnyOf, Problem, Terms, Tier


@dataclass(frozen=True, slots=True)
class Limit:
    """Sum of terms at most ``upper``.

    ``sure``: the rulebook asks no less. ``whole``: the roster that is given keeps it.
    """

    rule: str
    terms: Terms
    upper: int
    sure: bool = True
    whole: bool = True


class Hard:
    """Limits of one problem, and where every variable stands in them.

    ``choice`` is the roster that is given; ``must`` are tasks to be held whatever it does.
    """

    def __init__(self, problem: Problem, choice: Ints, must: Iterable[int] = ()) -> None:
        self.problem = problem
        self.first = len(problem.options)
        values = Evaluator(problem).values(choice)
        self.limits = [*_legal(problem, values), *_covering(problem, values, frozenset(must))]
        self.limits_of: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
        for at, limit in enumerate(self.limits):
            for variable, coefficient in limit.terms:
                self.limits_of[variable].append((at, coefficient))
        self.derived_of: list[list[tuple[int, int]]] = [[] for _ in range(problem.size)]
        self.any = [isinstance(each, AnyOf) for each in problem.derived]
        for index in range(len(problem.derived)):
            for variable, coefficient in self.parts(index):
                self.derived_of[variable].append((index, coefficient))

    def parts(self, index: int) -> Terms:
        """What a derived variable is made from."""
        derived = self.problem.derived[index]
        if isinstance(derived, AnyOf):
            return tuple((member, 1) for member in derived.members)
        return derived.terms

    @cached_property
    def tainted(self) -> frozenset[int]:
        """People in a limit that is broken already: they are given nothing more."""
        options = self._beneath(
            v for limit in self.limits if not limit.whole for v, c in limit.terms if c > 0
        )
        return frozenset(self.problem.options[v].person for v in options)

    @cached_property
    def leaning(self) -> list[tuple[int, ...]]:
        """Per limit the options that relieve it: it stands on somebody holding them."""
        return [tuple(sorted(self._relieving(limit.terms, 1))) for limit in self.limits]

    @cached_property
    def required(self) -> frozenset[int]:
        """The tasks that cannot stay without a holder."""
        return frozenset(
            self.problem.options[v].task
            for limit in self.limits
            if limit.upper < 0 and all(v < self.first and c < 0 for v, c in limit.terms)
            for v, _ in limit.terms
        )

    def _relieving(self, terms: Terms, sign: int) -> Iterator[int]:
        for variable, coefficient in terms:
            if variable >= self.first:
                yield from self._relieving(self.parts(variable - self.first), sign * coefficient)
            elif sign * coefficient < 0:
                yield variable

    def _beneath(self, variables: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for variable in variables:
            if variable < self.first:
                found.add(variable)
            else:
                found |= self._beneath(v for v, _ in self.parts(variable - self.first))
        return found


def _legal(problem: Problem, values: Ints) -> list[Limit]:
    rows = [(row.rule, row.terms, row.upper) for row in problem.rows]
    rows += [(each.rule, tuple((v, 1) for v in each.members), 1) for each in problem.cliques]
    return [
        Limit(rule, terms, max(upper, now), rule not in problem.stricter, now <= upper)
        for rule, terms, upper in rows
        for now in (_sum(terms, values),)
    ]


def _covering(problem: Problem, values: Ints, must: frozenset[int]) -> list[Limit]:
    """What is covered stays covered; what nobody pays for may change."""
    found = [
        Limit(each.rule, each.terms, max(each.upper, _sum(each.terms, values)))
        for each in problem.excesses
        if each.tier is Tier.COVERAGE
    ]
    found += [
        Limit(each.rule, ((each.variable, 1),), 0)
        for each in problem.costs
        if each.tier is Tier.COVERAGE and each.weight > 0 and not values[each.variable]
    ]
    options: dict[int, list[tuple[int, int]]] = {task: [] for task in must}
    for variable, option in enumerate(problem.options):
        if option.task in options:
            options[option.task].append((variable, -1))
    found += [Limit("cover.one_holder", tuple(terms), -1) for terms in options.values()]
    return found


def _sum(terms: Sequence[tuple[int, int]], values: Ints) -> int:
    return sum(int(values[v]) * c for v, c in terms)


class State:
    """One choice, changed option by option; knows which limits are broken at any time."""

    def __init__(self, hard: Hard, choice: Ints) -> None:
        self.hard = hard
        values = Evaluator(hard.problem).values(choice)
        self.values: list[int] = [int(each) for each in values]
        self.raw = [
            sum(self.values[v] * c for v, c in hard.parts(at)) for at in range(len(hard.any))
        ]
        self.sums = [_sum(limit.terms, values) for limit in hard.limits]
        self.broken = {at for at, limit in enumerate(hard.limits) if self.sums[at] > limit.upper}

    def flip(self, option: int) -> set[int]:
        """Choose the option, or no longer; gives the limits that were whole and no longer are."""
        hard, values = self.hard, self.values
        change = 1 - 2 * values[option]
        values[option] += change
        fresh: set[int] = set()
        queue = [(option, change)]
        for variable, change in queue:
            for at, coefficient in hard.limits_of[variable]:
                self._add(at, coefficient * change, fresh)
            for index, coefficient in hard.derived_of[variable]:
                self.raw[index] += coefficient * change
                now = min(self.raw[index], 1) if hard.any[index] else self.raw[index]
                derived = hard.first + index
                if now != values[derived]:
                    queue.append((derived, now - values[derived]))
                    values[derived] = now
        return fresh & self.broken

    def _add(self, at: int, change: int, fresh: set[int]) -> None:
        self.sums[at] += change
        if self.sums[at] <= self.hard.limits[at].upper:
            self.broken.discard(at)
        elif at not in self.broken:
            self.broken.add(at)
            fresh.add(at)
