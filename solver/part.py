"""A part of a problem as a problem of its own: fewer options, and only the rules that are kept.

Options left out are never chosen. Penalties stay behind: a part is asked whether, not how well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from so247.solver.problem import AnyOf, Clique, Problem, Row, Terms, Total

Kept = Callable[[Row | Clique], bool]


@dataclass(frozen=True)
class Part:
    """``options[i]`` is the whole problem's index of the part's option ``i``."""

    problem: Problem
    options: tuple[int, ...]


def part_of(
    problem: Problem, options: Iterable[int], keeps: Kept, unpinned: frozenset[int] = frozenset()
) -> Part:
    """The problem in which only these options exist, with the rows and cliques that are kept.

    ``unpinned``: pinned options that are free here.
    """
    chosen = tuple(sorted(set(options)))
    first = len(problem.options)
    new: dict[int, int] = {old: at for at, old in enumerate(chosen)}
    derived: list[AnyOf | Total] = []
    for index, entry in enumerate(problem.derived):
        made = _derived(entry, new)
        if isinstance(made, int):
            new[first + index] = made
        elif made is not None:
            new[first + index] = len(chosen) + len(derived)
            derived.append(made)
    return Part(
        Problem(
            people=problem.people,
            contracts=problem.contracts,
            tasks=problem.tasks,
            options=tuple(
                replace(problem.options[old], pinned=False)
                if old in unpinned
                else problem.options[old]
                for old in chosen
            ),
            derived=tuple(derived),
            cliques=tuple(_cliques(problem, new, keeps)),
            rows=tuple(_rows(problem, new, keeps)),
            excesses=(),
            deviations=(),
            peaks=(),
            costs=(),
            stricter=problem.stricter,
        ),
        chosen,
    )


def _derived(entry: AnyOf | Total, new: dict[int, int]) -> AnyOf | Total | int | None:
    """The derived variable over what is left; an index where it is one variable, or nothing."""
    if isinstance(entry, AnyOf):
        members = tuple(dict.fromkeys(new[v] for v in entry.members if v in new))
        if len(members) <= 1:
            return members[0] if members else None
        return AnyOf(members)
    terms = _terms(entry.terms, new)
    return Total(terms) if terms else None


def _terms(terms: Terms, new: dict[int, int]) -> Terms:
    return tuple((new[v], c) for v, c in terms if v in new)


def _cliques(problem: Problem, new: dict[int, int], keeps: Kept) -> Iterable[Clique]:
    for clique in problem.cliques:
        members = tuple(dict.fromkeys(new[v] for v in clique.members if v in new))
        if len(members) > 1 and keeps(clique):
            yield replace(clique, members=members)


def _rows(problem: Problem, new: dict[int, int], keeps: Kept) -> Iterable[Row]:
    for row in problem.rows:
        terms = _terms(row.terms, new)
        if terms and keeps(row):
            yield replace(row, terms=terms)
