"""A problem parted into people: what binds one person alone, and what couples people.

A *group* is a coefficient and options of one person: it counts once if any of them is taken. A
person's rule is a sum of groups with an upper limit. Coupling terms are plain options only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from so247.solver.problem import AnyOf, Problem, Tier, Total

Group = tuple[int, tuple[int, ...]]
"""(coefficient, options): counts once if any of the options is taken."""


INFINITE = float("inf")


class NotSeparableError(Exception):
    """Some rule or penalty cannot be said person by person; columns do not apply."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One person's own hard rule: the groups' sum is at most ``upper``."""

    groups: tuple[Group, ...]
    upper: int


@dataclass
class Block:
    """What one person may take, and the rules that are about nobody else."""

    person: int
    options: list[int] = field(default_factory=list)
    cliques: list[tuple[int, ...]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Coupling:
    """Options of several people whose sum is to lie between ``low`` and ``high``.

    Each unit below costs ``under``, each above ``over``; ``None`` where that may not be.
    """

    terms: tuple[tuple[int, int], ...]
    low: float
    high: float
    under: float | None
    over: float | None


@dataclass
class Parted:
    """Blocks by person, the rows that couple them, and what each option costs by itself."""

    blocks: list[Block]
    couplings: list[Coupling]
    cost: dict[int, int]
    constant: int


def part(problem: Problem, tier: Tier) -> Parted:
    """Part a problem for one tier's cost; raises ``NotSeparableError`` where that is impossible."""
    if any(each.tier is tier for each in problem.deviations) or any(
        each.tier is tier for each in problem.peaks
    ):
        raise NotSeparableError("deviations from a target")
    expand = _Expand(problem)
    blocks = {person: Block(person) for person in range(len(problem.people))}
    owner = [option.person for option in problem.options]
    for variable, option in enumerate(problem.options):
        blocks[option.person].options.append(variable)
    couplings = _Couplings()
    for clique in problem.cliques:
        standing = [v for v in clique.members if v < len(owner) and problem.options[v].pinned]
        if len(standing) > 1:
            raise NotSeparableError("pins that exclude each other, and stand")
        groups = expand.terms((v, 1) for v in clique.members)
        person = _owner(groups, owner)
        if person is None:
            couplings.add(_plain(groups), 1, None)
        elif all(len(members) == 1 for _, members in groups):
            blocks[person].cliques.append(tuple(members[0] for _, members in groups))
        else:
            blocks[person].rules.append(Rule(groups, 1))
    for row in problem.rows:
        groups = expand.terms(row.terms)
        person = _owner(groups, owner)
        if not groups and row.upper < 0:
            raise NotSeparableError("a rule that nothing can satisfy")
        if person is None:
            couplings.add(_plain(groups), row.upper, None)
        else:
            blocks[person].rules.append(Rule(groups, row.upper))
    for excess in problem.excesses:
        if excess.tier is tier:
            # A person's own excess is priced in the master too: the bound stays right.
            groups = expand.terms(excess.terms)
            if excess.weight < 0:
                raise NotSeparableError("a reward for an excess")
            couplings.add(_plain(groups), excess.upper, excess.weight)
    costs: dict[int, int] = defaultdict(int)
    for cost in problem.costs:
        if cost.tier is tier:
            groups = expand.terms(((cost.variable, 1),))
            if len(groups) != 1 or len(groups[0][1]) > 1 or groups[0][0] != 1:
                raise NotSeparableError("a cost of several options together")
            costs[groups[0][1][0]] += cost.weight
    return Parted(list(blocks.values()), couplings.all(), dict(costs), problem.constants[tier])


class _Couplings:
    """Upper limits as they come; one from below and one from above on a sum become one coupling."""

    def __init__(self) -> None:
        self._found: list[Coupling] = []
        self._open: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)

    def add(self, terms: tuple[tuple[int, int], ...], upper: int, weight: int | None) -> None:
        """The sum of terms above ``upper`` costs ``weight`` a unit."""
        key = tuple(sorted(terms))
        mirror = tuple((v, -c) for v, c in key)
        waiting = self._open.get(mirror)
        if waiting:
            at = waiting.pop()
            self._found[at] = self._joined(self._found[at], upper, weight)
            return
        if all(c < 0 for _, c in key):
            made = Coupling(mirror, -upper, INFINITE, weight, 0)
        else:
            made = Coupling(key, -INFINITE, upper, 0, weight)
        self._open[key].append(len(self._found))
        self._found.append(made)

    def _joined(self, one: Coupling, upper: int, weight: int | None) -> Coupling:
        if one.high == INFINITE and one.low <= upper:
            return Coupling(one.terms, one.low, upper, one.under, weight)
        if one.low == -INFINITE and -upper <= one.high:
            return Coupling(one.terms, -upper, one.high, weight, one.over)
        raise NotSeparableError("a sum that has to be above and below at once")

    def all(self) -> list[Coupling]:
        return self._found


def _owner(groups: Sequence[Group], owner: Sequence[int]) -> int | None:
    """The one person whom all groups are about, if there is one."""
    owners = {owner[v] for _, members in groups for v in members}
    return owners.pop() if len(owners) == 1 else None


def _plain(groups: Sequence[Group]) -> tuple[tuple[int, int], ...]:
    if any(len(members) > 1 for _, members in groups):
        raise NotSeparableError('an "any of" that couples people')
    return tuple((members[0], coefficient) for coefficient, members in groups)


class _Expand:
    """Terms over derived variables, said over options."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._first = len(problem.options)

    def terms(self, terms: Iterable[tuple[int, int]]) -> tuple[Group, ...]:
        """The same sum as groups of options."""
        found: dict[tuple[int, ...], int] = defaultdict(int)
        for coefficient, members in self._walk(terms):
            found[members] += coefficient
        return tuple((c, members) for members, c in found.items() if c)

    def _walk(self, terms: Iterable[tuple[int, int]]) -> Iterable[Group]:
        for variable, coefficient in terms:
            if variable < self._first:
                yield coefficient, (variable,)
                continue
            derived = self._problem.derived[variable - self._first]
            if isinstance(derived, Total):
                yield from self._walk((v, c * coefficient) for v, c in derived.terms)
            else:
                members = tuple(sorted(self._members(derived)))
                if members:  # nothing is never taken
                    yield coefficient, members

    def _members(self, derived: AnyOf) -> set[int]:
        found: set[int] = set()
        for variable in derived.members:
            if variable < self._first:
                found.add(variable)
                continue
            inner = self._problem.derived[variable - self._first]
            if not isinstance(inner, AnyOf):
                raise NotSeparableError('an "any of" over a sum')
            found |= self._members(inner)
        return found
