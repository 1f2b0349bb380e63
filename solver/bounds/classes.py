"""Tasks that carry the same burdens, counted per person instead of one by one.

Who shares burdens fairly is decided by how many of each kind people hold, hardly by when. So tasks
of one line that weigh the same for everybody form a class; of a person only the number of tasks in
it is left. Whatever a roster does stands in these numbers, and rows are kept as far as numbers
tell: what is least under them, no roster is below.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from so247.solver.problem import AnyOf, Deviation, Option, Problem, Row, Terms, Tier

Weighs = tuple[tuple[int, int], ...]
"""(deviation, points) of an option."""


@dataclass(frozen=True)
class Pile:
    """How many tasks of a class a person holds: up to ``most``, each adding ``weighs``."""

    kind: int
    person: int
    weighs: Weighs
    most: int
    least: int


@dataclass
class Kind:
    """A class of tasks. ``exact``: each has one holder or none, which costs ``minutes`` at least.

    Where it is not exact, nothing is known of how many hold its tasks.
    """

    tier: Tier
    exact: bool
    minutes: int
    tasks: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Limit:
    """A row of a person in numbers: of each pile all but ``free`` tasks count ``points``.

    ``elsewhere``: what it limits besides, of tasks in no class.
    """

    person: int
    counted: tuple[tuple[int, int, int], ...]
    """(pile, free, points)."""
    upper: int
    elsewhere: Terms


class Classes:
    """The classes of a problem, everybody's piles, and what limits these."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        first = len(problem.options)
        self.deviations = [
            at
            for at, each in enumerate(problem.deviations)
            if all(v < first for v, _ in each.terms) and each.tier is Tier.FAIRNESS
        ]
        """Those whose points are all fixed: only these are counted here."""
        self.weighs = self._weighs()
        self.kinds: list[Kind] = []
        self.kind_of = self._kinds()
        self.piles: list[Pile] = []
        self.open: list[list[list[int]]] = []
        """Of each pile the options of each task."""
        self.single: dict[int, Terms] = {}
        self.pile_of: dict[int, int] = {}
        """Option to its pile; only options of tasks in a class."""
        self.options_of = _Options(problem)
        self.cliques: dict[int, set[int]] = defaultdict(set)
        """Option to the cliques that it is in."""
        for at, clique in enumerate(problem.cliques):
            for v in clique.members:
                self.cliques[v].add(at)
        self._pile()
        self.size = [sum(map(len, tasks)) for tasks in self.open]
        self.exact = [self.kinds[pile.kind].exact for pile in self.piles]
        self.held_by = Counter(problem.options[v].person for v in self.pile_of)
        """Person to options in piles."""
        self.inside = self._inside()
        """How many options in piles a variable stands for: at most, where its members overlap."""

    def others(self) -> dict[str, list[Deviation]]:
        """Deviations that are not counted here, by burden."""
        mine = set(self.deviations)
        found: dict[str, list[Deviation]] = defaultdict(list)
        for at, each in enumerate(self.problem.deviations):
            if at not in mine:
                found[each.group].append(each)
        return found

    def _weighs(self) -> dict[int, Weighs]:
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for at in self.deviations:
            for v, points in self.problem.deviations[at].terms:
                found[v][at] = found[v].get(at, 0) + points
        return {v: tuple(sorted(points.items())) for v, points in found.items()}

    def _kinds(self) -> dict[int, int]:
        """Task to its class."""
        problem = self.problem
        options: dict[int, list[int]] = defaultdict(list)
        for v, option in enumerate(problem.options):
            options[option.task].append(v)
        exact = self._exact(options)
        groups = [each.group for each in problem.deviations]
        numbers: dict[object, int] = {}
        found: dict[int, int] = {}
        for index in sorted({problem.options[v].task for v in self.weighs}):
            task = problem.tasks[index]
            weights = {
                tuple((groups[at], points) for at, points in self.weighs[v])
                for v in options[index]
                if v in self.weighs
            }
            line = task.id.partition("@")[0]
            key = (line, frozenset(weights), task.tier if index in exact else None)
            at = found[index] = numbers.setdefault(key, len(numbers))
            if at == len(self.kinds):
                self.kinds.append(Kind(task.tier, index in exact, exact.get(index, 0)))
            kind = self.kinds[at]
            kind.tasks.add(index)
            kind.minutes = min(kind.minutes, exact.get(index, 0))
        return found

    def _exact(self, options: dict[int, list[int]]) -> dict[int, int]:
        """Tasks that one option holds or none, which is then paid for: what that costs."""
        found: dict[int, int] = {}
        for each in self.problem.excesses:
            held = [v for v, c in each.terms if c == -1 and v < len(self.problem.options)]
            if not each.linear or each.upper != -1 or not 0 < len(held) == len(each.terms):
                continue
            index = self.problem.options[held[0]].task
            if sorted(held) == options[index] and each.tier is self.problem.tasks[index].tier:
                found[index] = each.weight
        return found

    def _pile(self) -> None:
        """Piles, with as many tasks at most as are open to the person; pinned ones at least."""
        members: dict[tuple[int, int, Weighs], list[int]] = defaultdict(list)
        options = self.problem.options
        for v, option in enumerate(options):
            kind = self.kind_of.get(option.task)
            if kind is not None:
                members[kind, option.person, self.weighs.get(v, ())].append(v)
        for (kind, person, weighs), mine in members.items():
            self.pile_of.update(dict.fromkeys(mine, len(self.piles)))
            most = len({options[v].task for v in mine}) if self.kinds[kind].exact else len(mine)
            least = sum(options[v].pinned for v in mine)
            self.piles.append(Pile(kind, person, weighs, max(most, least), least))
            self.open.append(list(_by_task(mine, options).values()))

    def limits(self) -> list[Limit]:
        """Rows about at least half of a person's tasks; others say little in numbers."""
        found = (self._limit(row) for row in self.problem.rows if self._wide(row))
        return list(dict.fromkeys(each for each in found if each is not None))

    def _wide(self, row: Row) -> bool:
        half = max(1, self.held_by[row.person])
        # Most rows are about a few days: their length says so, unless they hold totals.
        if 2 * len(row.terms) < half and max(row.terms)[0] < len(self.problem.options):
            return False
        return 2 * sum([self.inside[v] for v, _ in row.terms]) >= half

    def _limit(self, row: Row) -> Limit | None:
        terms = [(w, c * d) for v, c in row.terms for w, d in self._single(v)]
        if min([c for _, c in terms], default=0) < 0:
            return None
        points: Counter[int] = Counter()
        elsewhere: list[tuple[int, int]] = []
        for v, c in terms:
            if v in self.pile_of:  # nearly all terms are options, and each is apart from itself
                if self.exact[self.pile_of[v]]:
                    points[v] += c
                continue
            if v < len(self.problem.options):
                elsewhere.append((v, c))
                continue
            options = self.options_of.variable(v)
            here = options & self.pile_of.keys()
            if not here:
                # One by one they are of one part of the problem each, where the sum may not be.
                parts = sorted(options) if self._apart(options) else [v]
                elsewhere += [(part, c) for part in parts]
            elif self._apart(here):
                points.update(dict.fromkeys(here, c))
        counted = tuple(self._counted(points))
        worth = sum((self.piles[pile].most - free) * c for pile, free, c in counted)
        if not worth or worth + sum(c for _, c in elsewhere) <= row.upper:
            return None
        return Limit(row.person, counted, row.upper, tuple(elsewhere))

    def _inside(self) -> list[int]:
        found = [int(v in self.pile_of) for v in range(len(self.problem.options))]
        for entry in self.problem.derived:
            members = entry.members if isinstance(entry, AnyOf) else [v for v, _ in entry.terms]
            found.append(sum([found[v] for v in members]))
        return found

    def _apart(self, options: frozenset[int]) -> bool:
        """Whether no two of the options are ever held together: then each counts by itself."""
        tasks = {self.problem.options[v].task for v in options}
        kinds = {self.kind_of.get(task) for task in tasks}
        if len(tasks) == 1 and None not in kinds:
            return all(self.kinds[at].exact for at in kinds if at is not None)
        return all(self.cliques[a] & self.cliques[b] for a, b in combinations(options, 2))

    def _counted(self, points: Counter[int]) -> Iterator[tuple[int, int, int]]:
        """(pile, tasks of it that may count nothing, points of each of the others).

        One option at most is held of such a task, so what counts once counts for one pile only.
        """
        of_pile: dict[int, list[int]] = defaultdict(list)
        for v, c in points.items():
            of_pile[self.pile_of[v]].append(c)
        for pile, told in sorted(of_pile.items()):
            tasks = self.open[pile]
            if self.exact[pile]:
                counting = [c for c in told if c]
                if len(tasks) < self.size[pile]:  # some task can be held in several ways
                    least = [min([points.get(v, 0) for v in mine]) for mine in tasks]
                    counting = [c for c in least if c]
                if counting:
                    yield pile, len(tasks) - len(counting), min(counting)

    def _single(self, variable: int) -> Terms:
        """A total's terms one by one; anything else is a term itself."""
        first = len(self.problem.options)
        entry = self.problem.derived[variable - first] if variable >= first else None
        if entry is None or isinstance(entry, AnyOf):
            return ((variable, 1),)
        if variable not in self.single:  # windows that move over the period share totals
            self.single[variable] = tuple(
                (w, c * d) for v, c in entry.terms for w, d in self._single(v)
            )
        return self.single[variable]


class _Options:
    """The options that a variable stands for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[int, frozenset[int]] = {}

    def variable(self, variable: int) -> frozenset[int]:
        first = len(self.problem.options)
        if variable < first:
            return frozenset((variable,))
        if variable not in self.known:
            entry = self.problem.derived[variable - first]
            members = entry.members if isinstance(entry, AnyOf) else [v for v, _ in entry.terms]
            self.known[variable] = frozenset(o for v in members for o in self.variable(v))
        return self.known[variable]


def _by_task(mine: list[int], options: Sequence[Option]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for v in mine:
        found.setdefault(options[v].task, []).append(v)
    return found
