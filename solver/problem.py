"""The problem as plain frozen arrays: options, cliques, rows and penalties. No solver in here.

A variable is an index. First come the *options* (person p takes task t then, on contract c), each
true or false; then the *derived* variables, each the "any of" or the weighted sum of earlier ones.
Everything a rule demands is a clique (at most one), a row (sum at most), or a penalty in one of
the objective tiers. Whoever reads a ``Problem`` can solve it, fix any part of it, or evaluate a
given choice without knowing a single rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

Terms = tuple[tuple[int, int], ...]
"""(variable, coefficient) pairs."""


class Tier(IntEnum):
    """Objective tiers in order; names as in ``models.result.TIERS``."""

    COVERAGE = 0
    SESSIONS = 1
    SOFT_NORMS = 2
    PAIRS = 3
    FAIRNESS = 4
    WISHES = 5
    TRAVEL = 6


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be held: a duty, or the sessions of one demand and period.

    ``need`` holders at most; each missing one costs ``minutes`` in ``tier``.
    """

    id: str
    need: int
    minutes: int
    tier: Tier


@dataclass(frozen=True, slots=True)
class Option:
    """Person holds task from ``start`` to ``end`` (minutes since 1970, UTC) on a contract."""

    task: int
    person: int
    contract: int
    start: int
    end: int
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Total:
    terms: Terms


@dataclass(frozen=True, slots=True)
class Clique:
    """At most one of the members. ``about``: the norm that says so, where a rule has several."""

    rule: str
    members: tuple[int, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Sum of terms at most ``upper``. ``about``: the norm or contract that says so."""

    rule: str
    person: int
    terms: Terms
    upper: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Excess:
    """Costs ``weight`` for every unit by which the sum of terms is above ``upper``.

    ``linear``: other rules keep the sum at or above ``upper``, so the excess is the difference.
    """

    rule: str
    tier: Tier
    person: int
    terms: Terms
    upper: int
    weight: int
    linear: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """Costs ``weight`` for every unit by which the sum of terms is off ``target``.

    ``group`` names the burden; deviations of one group share its points among people.
    """

    rule: str
    tier: Tier
    person: int
    terms: Terms
    target: int
    weight: int
    group: str


@dataclass(frozen=True, slots=True)
class Peak:
    """Costs ``weight`` times the largest of all deviations."""

    rule: str
    tier: Tier
    weight: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Costs ``weight`` when the variable is true (may be negative)."""

    rule: str
    tier: Tier
    person: int
    variable: int
    weight: int


NOBODY = -1


@dataclass(frozen=True)
class Problem:
    """All of it. ``constants``: what each tier costs whatever is chosen."""

    people: tuple[str, ...]
    contracts: tuple[str, ...]
    tasks: tuple[Task, ...]
    options: tuple[Option, ...]
    derived: tuple[AnyOf | Total, ...]
    cliques: tuple[Clique, ...]
    rows: tuple[Row, ...]
    excesses: tuple[Excess, ...]
    deviations: tuple[Deviation, ...]
    peaks: tuple[Peak, ...]
    costs: tuple[Cost, ...]
    constants: tuple[int, ...] = (0,) * len(Tier)
    stricter: frozenset[str] = frozenset()
    """Rules that the rows state more strictly than the rulebook: bounds then prove nothing."""

    @property
    def size(self) -> int:
        return len(self.options) + len(self.derived)


@dataclass
class Builder:
    """Collects a ``Problem``; rules call it."""

    people: list[str] = field(default_factory=list)
    contracts: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    derived: list[AnyOf | Total] = field(default_factory=list)
    cliques: list[Clique] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    excesses: list[Excess] = field(default_factory=list)
    deviations: list[Deviation] = field(default_factory=list)
    peaks: list[Peak] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    stricter: set[str] = field(default_factory=set)
    constants: list[int] = field(default_factory=lambda: [0] * len(Tier))
    about: str = ""
    """The norm or contract that what is added now belongs to (``naming``)."""
    _any: dict[tuple[int, ...], int] = field(default_factory=dict)
    _most: dict[int, int] = field(default_factory=dict)
    """Total to the largest value that it could have; every other variable is at most 1."""

    @contextmanager
    def naming(self, about: str) -> Iterator[None]:
        """Hard rows and cliques added within are about this norm or contract."""
        self.about, before = about, self.about
        try:
            yield
        finally:
            self.about = before

    def any_of(self, members: Iterable[int]) -> int:
        """A variable that is true when at least one member is."""
        key = tuple(sorted(set(members)))
        if len(key) == 1:
            return key[0]
        if key not in self._any:
            stands = not self._standing.keys().isdisjoint(key)
            self._any[key] = self._derive(AnyOf(key), int(stands))
        return self._any[key]

    def most(self, terms: Iterable[tuple[int, int]]) -> int:
        """The largest value that a sum of terms could have."""
        known = self._most
        return sum([c * known.get(variable, 1) for variable, c in terms if c > 0])

    @cached_property
    def _standing(self) -> dict[int, int]:
        """Each variable that pins make true to what it is at least; all others are at least 0."""
        return {v: 1 for v, option in enumerate(self.options) if option.pinned}

    def standing(self, terms: Iterable[tuple[int, int]]) -> int:
        """What the positive part of a sum of terms is at least, given the pins."""
        known = self._standing
        if not known:
            return 0
        return sum([c * known[variable] for variable, c in terms if variable in known and c > 0])

    def parts(self, terms: Iterable[tuple[int, int]]) -> Iterator[int]:
        """The true-or-false variables of terms, those of totals one by one."""
        for variable, _ in terms:
            derived = variable - len(self.options)
            entry = self.derived[derived] if derived >= 0 else None
            if isinstance(entry, Total):
                yield from self.parts(entry.terms)
            else:
                yield variable

    def total(self, terms: Iterable[tuple[int, int]]) -> int:
        """A variable that equals the sum of terms."""
        kept = tuple(terms)
        index = self._derive(Total(kept), self.standing(kept))
        self._most[index] = self.most(kept)
        return index

    def _derive(self, variable: AnyOf | Total, standing: int) -> int:
        # Options are complete before the first rule derives anything, so indices never shift.
        self.derived.append(variable)
        index = len(self.options) + len(self.derived) - 1
        if standing:
            self._standing[index] = standing
        return index

    def at_most_one(self, rule: str, members: Iterable[int]) -> None:
        unique = tuple(sorted(set(members)))
        if len(unique) > 1:
            self.cliques.append(Clique(rule, unique, self.about))

    def at_most(self, rule: str, person: int, terms: Iterable[tuple[int, int]], upper: int) -> None:
        """A hard row. What stands already (pins, history) never makes it infeasible.

        All coefficients negative and ``upper`` below zero: at least.
        """
        kept = tuple(terms)
        pinned = self.standing(kept)
        upper = max(upper, pinned, 0) if min([c for _, c in kept], default=1) > 0 else upper
        if self.most(kept) > upper and not pinned > max(upper, 0):
            self.rows.append(Row(rule, person, kept, upper, self.about))

    def penalise(
        self,
        rule: str,
        tier: Tier,
        person: int,
        terms: Iterable[tuple[int, int]],
        upper: int,
        weight: int,
        *,
        linear: bool = False,
    ) -> None:
        """A soft row: ``weight`` for each unit above ``upper``."""
        kept = tuple(terms)
        if not kept:
            self.constant(tier, max(0, -upper) * weight)
        elif self.most(kept) > upper and weight:
            self.excesses.append(Excess(rule, tier, person, kept, upper, weight, linear))

    def cost(self, rule: str, tier: Tier, person: int, variable: int, weight: int) -> None:
        if weight:
            self.costs.append(Cost(rule, tier, person, variable, weight))

    def constant(self, tier: Tier, value: int) -> None:
        self.constants[tier] += value

    def build(self) -> Problem:
        return Problem(
            people=tuple(self.people),
            contracts=tuple(self.contracts),
            tasks=tuple(self.tasks),
            options=tuple(self.options),
            derived=tuple(self.derived),
            cliques=tuple(dict.fromkeys(self.cliques)),
            rows=tuple(self.rows),
            excesses=tuple(self.excesses),
            deviations=tuple(self.deviations),
            peaks=tuple(self.peaks),
            costs=tuple(self.costs),
            constants=tuple(self.constants),
            stricter=frozenset(self.stricter),
        )


def ones(variables: Iterable[int]) -> list[tuple[int, int]]:
    """Terms with coefficient 1."""
    return [(variable, 1) for variable in variables]


def scaled(variables: Sequence[int], coefficient: int) -> list[tuple[int, int]]:
    return [(variable, coefficient) for variable in variables]
