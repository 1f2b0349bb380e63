"""Where a variable stands: what changes, and what could break, when it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from so247.solver.problem import AnyOf, Problem


class Incidence:
    """Which derived variables, cliques, rows and penalties each variable stands in."""

    def __init__(self, problem: Problem) -> None:
        size = problem.size
        self.derived = _index(
            size,
            (
                each.members if isinstance(each, AnyOf) else tuple(v for v, _ in each.terms)
                for each in problem.derived
            ),
        )
        self.cliques = _index(size, (each.members for each in problem.cliques))
        self.rows = _index(size, (tuple(v for v, _ in each.terms) for each in problem.rows))
        self.excesses = _index(size, (tuple(v for v, _ in each.terms) for each in problem.excesses))
        self.deviations = _index(
            size, (tuple(v for v, _ in each.terms) for each in problem.deviations)
        )
        self.costs = _index(size, ((each.variable,) for each in problem.costs))


def _index(size: int, members: Iterable[Sequence[int]]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for at, variables in enumerate(members):
        for variable in variables:
            found[variable].append(at)
    return found


def touched(index: list[list[int]], variables: Iterable[int]) -> list[int]:
    """What the variables stand in, in order, each once."""
    return sorted({at for variable in variables for at in index[variable]})
