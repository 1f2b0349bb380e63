"""A ``Problem`` as every peer reads it: what stands, what is ruled out, and how far sums reach.

Nothing here is clever; it saves each peer from reading pins and cliques in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable

from so247.solver.problem import AnyOf, Problem, Terms, Tier


class Reading:
    """``stands``: variables that the pins make true. ``out``: those that a clique then forbids.

    ``groups``: the cliques in which nothing stands, without what is out. ``reach``: the least and
    greatest value of every variable, rows left aside.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.first = len(problem.options)
        self.stands = self._standing()
        self.out: set[int] = set()
        for clique in problem.cliques:
            if not self.stands.isdisjoint(clique.members):
                self.out |= set(clique.members) - self.stands
        self._close()
        found = (tuple(v for v in each.members if v not in self.out) for each in self._open())
        self.groups = tuple(dict.fromkeys(group for group in found if len(group) > 1))
        self.reach = self._reach()
        self._within: dict[int, set[int]] = {}
        for at, group in enumerate(self.groups):
            for v in group:
                self._within.setdefault(v, set()).add(at)

    def _standing(self) -> set[int]:
        found = {v for v, option in enumerate(self.problem.options) if option.pinned}
        for index, derived in enumerate(self.problem.derived, self.first):
            if isinstance(derived, AnyOf) and not found.isdisjoint(derived.members):
                found.add(index)
        return found

    def _close(self) -> None:
        """An "any of" that is out takes its members along, and without members it is out."""
        derived = list(enumerate(self.problem.derived, self.first))
        for index, each in reversed(derived):
            if isinstance(each, AnyOf) and index in self.out:
                self.out |= set(each.members)
        for index, each in derived:
            if isinstance(each, AnyOf) and self.out.issuperset(each.members):
                self.out.add(index)

    def _open(self) -> Iterable[AnyOf]:
        """Cliques in which nothing stands yet."""
        for clique in self.problem.cliques:
            if self.stands.isdisjoint(clique.members):
                yield AnyOf(clique.members)

    def _reach(self) -> list[tuple[int, int]]:
        found = [(int(v in self.stands), int(v not in self.out)) for v in range(self.problem.size)]
        self.reach = found
        for index, derived in enumerate(self.problem.derived, self.first):
            if not isinstance(derived, AnyOf):
                found[index] = self.span(derived.terms)
        return found

    def span(self, terms: Terms) -> tuple[int, int]:
        """The least and greatest value of a sum."""
        low = high = 0
        for variable, coefficient in terms:
            ends = [coefficient * value for value in self.reach[variable]]
            low, high = low + min(ends), high + max(ends)
        return low, high

    def exclusive(self, members: Iterable[int]) -> bool:
        """Whether at most one of the members is true, because some clique holds them all."""
        shared: set[int] | None = None
        for v in members:
            mine = self._within.get(v, set())
            shared = mine if shared is None else shared & mine
        return bool(shared)

    def least(self, tier: Tier) -> int:
        """What a tier costs at least, each penalty looked at alone."""
        return self.problem.constants[tier] + self._ends(tier)[0]

    def room(self, tier: Tier) -> int:
        """Between the least and the most that a tier could cost, each penalty looked at alone."""
        low, high = self._ends(tier)
        return high - low

    def _ends(self, tier: Tier) -> tuple[int, int]:
        low, high = self._cost_ends(tier)
        for excess in self.problem.excesses:
            if excess.tier is tier:
                least, most = self.span(excess.terms)
                low += excess.weight * max(0, least - excess.upper)
                high += excess.weight * max(0, most - excess.upper)
        farthest = 0
        for deviation in self.problem.deviations:
            least, most = self.span(deviation.terms)
            off = max(abs(least - deviation.target), abs(most - deviation.target))
            farthest = max(farthest, off)
            if deviation.tier is tier:
                high += deviation.weight * off
        return low, high + sum(p.weight * farthest for p in self.problem.peaks if p.tier is tier)

    def _cost_ends(self, tier: Tier) -> tuple[int, int]:
        """Of the costs alone; of a group at most one is paid, here in the first group of each."""
        prices: dict[int, int] = {}
        for cost in self.problem.costs:
            if cost.tier is tier:
                prices[cost.variable] = prices.get(cost.variable, 0) + cost.weight
        low = high = 0
        shared: dict[int, list[int]] = {}
        for v, price in prices.items():
            if v in self.stands or v not in self._within:
                ends = [price * value for value in self.reach[v]]
                low, high = low + min(ends), high + max(ends)
            else:
                shared.setdefault(min(self._within[v]), []).append(price)
        for each in shared.values():
            low, high = low + min(0, *each), high + max(0, *each)
        return low, high
