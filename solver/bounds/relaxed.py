"""A problem cut down to some of its tasks: whatever is legal in the whole is legal in the part.

A choice of the whole, cut to the part's options, breaks nothing there and costs no more in any
tier. So what the part costs at least, the whole costs at least, and the part is small enough to
be solved to the end. Sums are cut where that can only make them smaller, and dropped elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from so247.solver.incidence import Incidence, touched
from so247.solver.problem import AnyOf, Clique, Cost, Excess, Problem, Row, Terms, Tier, Total


@dataclass(frozen=True)
class Relaxed:
    """``options[i]`` is the whole problem's index of the part's option ``i``."""

    problem: Problem
    options: tuple[int, ...]


def relaxed(
    problem: Problem, tasks: Collection[int], incidence: Incidence | None = None
) -> Relaxed:
    """The problem of these tasks alone. Costs below zero of other tasks are in its constants.

    ``incidence``: of a problem with the same options, cliques and rows, whose derived variables are
    the first of this one; with it, only what touches the tasks is looked at.
    """
    return _Cutter(problem, tasks, incidence).cut()


class _Cutter:
    def __init__(
        self, problem: Problem, tasks: Collection[int], incidence: Incidence | None
    ) -> None:
        kept = frozenset(tasks)
        self.problem = problem
        self.options = tuple(v for v, each in enumerate(problem.options) if each.task in kept)
        self.new = {old: at for at, old in enumerate(self.options)}
        self.derived: list[AnyOf | Total] = []
        self.exact = set(self.options)
        """Variables of the whole whose value in the part is the same, not just at most that."""
        near = _near(problem, self.options, incidence)
        self.cliques = [problem.cliques[at] for at in near.cliques]
        self.rows = [problem.rows[at] for at in near.rows]
        for at in near.derived:
            self._derive(len(problem.options) + at, problem.derived[at])

    def _derive(self, old: int, entry: AnyOf | Total) -> None:
        members = entry.members if isinstance(entry, AnyOf) else [v for v, _ in entry.terms]
        if all(v in self.exact for v in members):
            self.exact.add(old)
        if isinstance(entry, Total):
            terms = self._terms(entry.terms)
            if terms:
                self._add(old, Total(terms))
            return
        left = tuple(dict.fromkeys(self.new[v] for v in members if v in self.new))
        if len(left) == 1:
            self.new[old] = left[0]
        elif left:
            self._add(old, AnyOf(left))

    def _add(self, old: int, entry: AnyOf | Total) -> None:
        self.new[old] = len(self.options) + len(self.derived)
        self.derived.append(entry)

    def _terms(self, terms: Terms) -> Terms:
        """What is left of a sum, where that is at most the sum; else nothing."""
        if any(c < 0 and v not in self.exact for v, c in terms):
            return ()
        return tuple((self.new[v], c) for v, c in terms if v in self.new)

    def _whole(self, terms: Terms) -> bool:
        return all(v in self.exact for v, _ in terms)

    def cut(self) -> Relaxed:
        whole = self.problem
        deviations = tuple(
            replace(each, terms=self._terms(each.terms))
            for each in whole.deviations
            if self._whole(each.terms)
        )
        costs, constants = self._costs()
        part = replace(
            whole,
            options=tuple(whole.options[v] for v in self.options),
            derived=tuple(self.derived),
            cliques=tuple(dict.fromkeys(self._cliques())),
            rows=tuple(dict.fromkeys(self._rows())),
            excesses=tuple(self._excesses()),
            deviations=deviations,
            peaks=whole.peaks if deviations else (),
            costs=costs,
            constants=constants,
        )
        return Relaxed(part, self.options)

    def _cliques(self) -> Iterator[Clique]:
        for each in self.cliques:
            left = tuple(dict.fromkeys(self.new[v] for v in each.members if v in self.new))
            if len(left) > 1:
                yield replace(each, members=left)

    def _rows(self) -> Iterator[Row]:
        for each in self.rows:
            terms = self._terms(each.terms)
            if terms and self._most(terms) > each.upper:
                yield replace(each, terms=terms)

    def _excesses(self) -> Iterator[Excess]:
        for each in self.problem.excesses:
            terms = self._terms(each.terms)
            # A linear excess is the difference itself: of a cut sum that would be too little.
            usable = self._whole(each.terms) if each.linear else bool(terms)
            if usable and each.weight > 0:
                yield replace(each, terms=terms)

    def _costs(self) -> tuple[tuple[Cost, ...], tuple[int, ...]]:
        constants = list(self.problem.constants)
        costs: list[Cost] = []
        for each in self.problem.costs:
            same = each.weight > 0 or each.variable in self.exact
            if same and each.variable in self.new:
                costs.append(replace(each, variable=self.new[each.variable]))
            elif each.weight < 0:
                constants[each.tier] += each.weight
        return tuple(costs), tuple(constants)

    def _most(self, terms: Terms) -> int:
        """The largest value that a sum of the part can have."""
        total = 0
        for variable, coefficient in terms:
            entry = None
            if variable >= len(self.options):
                entry = self.derived[variable - len(self.options)]
            if not isinstance(entry, Total):
                total += max(0, coefficient)
            elif coefficient > 0:
                total += coefficient * self._most(entry.terms)
            else:
                total -= coefficient * self._most(tuple((v, -c) for v, c in entry.terms))
        return total


@dataclass(frozen=True)
class _Near:
    """Which derived variables, cliques and rows have to be looked at, in order."""

    derived: Sequence[int]
    cliques: Sequence[int]
    rows: Sequence[int]


def _near(problem: Problem, options: Sequence[int], incidence: Incidence | None) -> _Near:
    """Whatever the options touch, directly or through derived variables."""
    if incidence is None:
        return _Near(*(range(len(of)) for of in (problem.derived, problem.cliques, problem.rows)))
    first = len(problem.options)
    known = incidence.derived.size - first
    derived = set[int]()
    fresh = list(options)
    while fresh:
        found = set(touched(incidence.derived, fresh)) - derived
        derived |= found
        fresh = [first + at for at in found]
    everything = [*options, *(first + at for at in derived)]
    return _Near(
        [*sorted(derived), *range(known, len(problem.derived))],
        touched(incidence.cliques, everything),
        touched(incidence.rows, everything),
    )


def components(
    problem: Problem, tiers: Iterable[Tier], tasks_of: TasksOf | None = None
) -> list[frozenset[int]]:
    """Tasks that penalties of these tiers join, the largest set first: no penalty stands in two.

    Their bounds add up, because each penalty is counted in one of them only.
    """
    wanted = frozenset(tiers)
    root: dict[int, int] = {}

    def find(task: int) -> int:
        while root.setdefault(task, task) != task:
            root[task] = root[root[task]]
            task = root[task]
        return task

    tasks_of = tasks_of or TasksOf(problem)
    priced: list[Cost | Excess] = [*problem.costs, *problem.excesses]
    for entry in priced:
        if entry.tier in wanted:
            tasks = tasks_of.penalty(entry)
            for task in tasks:
                root[find(task)] = find(tasks[0])
    found: dict[int, set[int]] = {}
    for task in sorted(root):
        found.setdefault(find(task), set()).add(task)
    return sorted(map(frozenset, found.values()), key=lambda each: (-len(each), min(each)))


class TasksOf:
    """The tasks whose options a variable stands for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: list[tuple[int, ...]] = []
        for entry in problem.derived:
            members = entry.members if isinstance(entry, AnyOf) else [v for v, _ in entry.terms]
            self.known.append(self.terms((v, 1) for v in members))

    def penalty(self, entry: Cost | Excess) -> tuple[int, ...]:
        return self.terms(((entry.variable, 1),) if isinstance(entry, Cost) else entry.terms)

    def terms(self, terms: Iterable[tuple[int, int]]) -> tuple[int, ...]:
        first = len(self.problem.options)
        found: dict[int, None] = {}
        for variable, _ in terms:
            if variable < first:
                found[self.problem.options[variable].task] = None
            else:
                found.update(dict.fromkeys(self.known[variable - first]))
        return tuple(found)
