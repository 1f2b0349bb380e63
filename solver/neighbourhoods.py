"""Which options to set free together: weeks, people, one line, the worst off with donors."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import AnyOf, Cost, Problem, Tier


@dataclass(frozen=True)
class Goal:
    """So many of these options, all of one kind, a person would hold in a better roster."""

    kind: int
    person: int
    options: tuple[int, ...]
    count: int


ONE_DAY = 24 * 60

START, SMALLEST = 1500, 300
"""Options in a neighbourhood: at first, and at least."""
GROW, KEEP, EASE, SHRINK = 1.25, 1.0, 0.95, 0.75
"""What becomes of the size: solved to the end for nothing, or with gain; gain only; neither."""

SHARES = ("uneven", "burden", "donors", "goals")
FAIR = ("people", "costly", *SHARES)
"""Kinds that are about shares, and those that may better them."""


class Neighbourhoods:
    """Draws neighbourhoods of an adaptive size, those that helped lately more often."""

    def __init__(self, problem: Problem, evaluator: Evaluator, seed: int) -> None:
        self.problem = problem
        self.evaluator = evaluator
        self.random = random.Random(seed)
        options = problem.options
        unpinned = (v for v, option in enumerate(options) if not option.pinned)
        self.free = sorted(unpinned, key=lambda v: options[v].start)
        """Options that are not pinned, by start."""
        self.starts = [options[v].start for v in self.free]
        self.by_task: dict[int, list[int]] = defaultdict(list)
        self.by_person: dict[int, list[int]] = defaultdict(list)
        self.by_line: dict[str, list[int]] = defaultdict(list)
        for v in self.free:
            self.by_task[options[v].task].append(v)
            self.by_person[options[v].person].append(v)
            line, duty, _ = problem.tasks[options[v].task].id.partition("@")
            self.by_line[line if duty else "sessions"].append(v)
        self.burdens: dict[str, set[int]] = defaultdict(set)
        """Burden to the options that carry it."""
        for each in problem.deviations:
            self.burdens[each.group] |= {v for v, _ in each.terms if v < len(options)}
        self.tier, self.kind = Tier.COVERAGE, "weeks"
        self.values: Ints = evaluator.values([option.pinned for option in options])
        self.sizes: dict[tuple[Tier, str], int] = {}
        self.kinds: dict[str, Callable[[], list[int]]] = {
            "weeks": self._weeks,
            "people": self._people,
            "line": self._line,
            "costly": self._costly,
            "uneven": self._uneven,
            "burden": self._burden,
            "donors": self._donors,
            "goals": self._goals,
        }
        self.goals: list[Goal] = []
        """Where the best shares differ from those of a roster, once that is known."""
        self.credit = dict.fromkeys(self.kinds, 1.0)

    @property
    def size(self) -> int:
        """How many options a neighbourhood may hold: what suits its kind and the tier at work."""
        return self.sizes.get((self.tier, self.kind), min(len(self.free), START))

    def draw(self, values: Ints, tier: Tier) -> tuple[str, list[int]]:
        """(kind, options to set free) for improving a tier; ``values`` of all variables."""
        self.tier, self.values = tier, values
        fair = tier is Tier.FAIRNESS
        kinds = [k for k in self.kinds if (k in FAIR if fair else k not in SHARES)]
        self.kind = self.random.choices(kinds, [self.credit[k] for k in kinds])[0]
        return self.kind, self.kinds[self.kind]()

    def learn(self, kind: str, *, improved: bool, proven: bool) -> None:
        """Kinds that help are drawn more; the size settles where solves just end in time."""
        self.credit[kind] = max(0.1, 0.85 * self.credit[kind] + (0.6 if improved else 0.0))
        factor = (KEEP if improved else GROW) if proven else EASE if improved else SHRINK
        size = max(SMALLEST, int(self.size * factor) + 1)
        self.sizes[self.tier, kind] = min(len(self.free), size)

    def _around(self, moment: int) -> list[int]:
        """Everybody's options that start nearest to a moment."""
        low = max(0, bisect_left(self.starts, moment) - self.size // 2)
        return self.free[low : low + self.size]

    def _weeks(self) -> list[int]:
        """Everybody, around a random moment."""
        return self._around(self.random.randint(self.starts[0], self.starts[-1]))

    def _costly(self) -> list[int]:
        """Everybody, around something that costs in this tier."""
        moments = self._moments()
        return self._around(self.random.choice(moments)) if moments else self._weeks()

    def _moments(self) -> list[int]:
        """When options start that stand in a penalty that is being paid."""
        found: list[int] = []
        for entry, _ in self.evaluator.paid(self.values):
            if entry.tier is self.tier:
                terms = ((entry.variable, 1),) if isinstance(entry, Cost) else entry.terms
                options = [v for term, _ in terms[:3] for v in self._options_of(term)]
                self.random.shuffle(options)
                found += [self.problem.options[v].start for v in options[:3]]
        return found

    def _options_of(self, variable: int) -> list[int]:
        """The options that a variable stands for."""
        derived = variable - len(self.problem.options)
        if derived < 0:
            return [variable]
        entry = self.problem.derived[derived]
        members = entry.members if isinstance(entry, AnyOf) else [v for v, _ in entry.terms]
        return [v for member in members for v in self._options_of(member)]

    def _line(self) -> list[int]:
        """One line (or the sessions) over as long a time as fits."""
        options = self.by_line[self.random.choice(sorted(self.by_line))]
        low = self.random.randrange(max(1, len(options) - self.size + 1))
        return options[low : low + self.size]

    def _people(self) -> list[int]:
        """A few people over the whole period."""
        return self._few(self._shuffled())

    def _uneven(self) -> list[int]:
        """Those furthest above and below their fair share of one burden, and a few others."""
        groups = sorted(self.burdens)
        return self._few(self._furthest(self.random.choice(groups))) if groups else self._weeks()

    def _donors(self) -> list[int]:
        """The same for one burden or all of them over the whole period; other tasks stay."""
        groups = sorted(self.burdens)
        if not groups:
            return self._weeks()
        group = self.random.choice(groups)
        wanted = [group] if self.random.random() < 0.5 else groups
        tasks = {self.problem.options[v].task for each in wanted for v in self.burdens[each]}
        others = frozenset(self.by_task.keys() - tasks)
        return self._few(self._furthest(group), without=others)

    def _goals(self) -> list[int]:
        """Those who hold too many or too few of a kind for the best shares; other tasks may stay.

        Then those who do so of other kinds.
        """
        off = {
            goal: now - goal.count
            for goal in self.goals
            if (now := int(self.values[list(goal.options)].sum())) != goal.count
        }
        if not off:
            return self._uneven()
        goals = self.random.sample(list(off), len(off))
        kind = self.random.choices(goals, [abs(off[goal]) for goal in goals])[0].kind
        goals.sort(key=lambda goal: goal.kind != kind)
        tasks = {self.problem.options[v].task for goal in self.goals for v in goal.options}
        only = self.random.random() < 0.5
        others = frozenset(self.by_task.keys() - tasks) if only else frozenset[int]()
        return self._few([goal.person for goal in goals] + self._shuffled(), without=others)

    def _furthest(self, group: str) -> list[int]:
        """People in the order in which their share of a burden should change, then all others."""
        off = self.evaluator.off_target(self.values)
        ranked = sorted(
            (int(off[at]), each.person)
            for at, each in enumerate(self.problem.deviations)
            if each.group == group
        )
        spread = self.random.randint(1, 3)
        extremes = [person for _, person in (*ranked[:spread], *ranked[-spread:])]
        return [p for p in extremes if p in self.by_person] + self._shuffled()

    def _burden(self) -> list[int]:
        """Whatever carries one burden, as far as fits, and what lies around it."""
        if not self.burdens:
            return self._weeks()
        carrying = self.burdens[self.random.choice(sorted(self.burdens))]
        options = [v for v in self.free if v in carrying]
        low = self.random.randrange(max(1, len(options) - self.size + 1))
        chosen = options[low : low + self.size]
        starts = sorted({self.problem.options[v].start for v in chosen})
        near = [v for v in self.free if v not in carrying and self._close(v, starts)]
        return chosen + near[: self.size - len(chosen)]

    def _close(self, option: int, starts: list[int]) -> bool:
        """Whether it starts within a day of one of the moments."""
        start = self.problem.options[option].start
        at = bisect_left(starts, start - ONE_DAY)
        return at < len(starts) and starts[at] <= start + ONE_DAY

    def _shuffled(self) -> list[int]:
        people = list(self.by_person)
        self.random.shuffle(people)
        return people

    def along(self, guide: dict[int, int], values: Ints, most: int) -> list[int]:
        """Where a guide and the roster differ: about ``most`` options, to go from one to the other.

        Of the guide's tasks, the options of those who hold them in either; of the other tasks, what
        those who change most there hold among themselves.
        """
        self.values = values
        options = self.problem.options
        holds = {
            (options[v].task, options[v].person) for v, value in guide.items() if value or values[v]
        }
        mine = [v for v in guide if (options[v].task, options[v].person) in holds]
        changing = Counter(options[v].person for v, value in guide.items() if value != values[v])
        order = [person for person, _ in changing.most_common()]
        guided = frozenset(options[v].task for v in guide)
        return mine + (self._few(order, most - len(mine), guided) if order else [])

    def _few(
        self, people: list[int], size: int | None = None, without: frozenset[int] = frozenset()
    ) -> list[int]:
        """As many of the people, in order, as fit the size; at least two. ``without``: tasks."""
        size = self.size if size is None else size
        order = list(dict.fromkeys(people))
        low, high = min(2, len(order)), len(order)
        while low < high:
            middle = (low + high + 1) // 2
            if len(self._among(order[:middle], without)) <= size:
                low = middle
            else:
                high = middle - 1
        return self._among(order[:low], without)

    def _among(self, people: list[int], without: frozenset[int]) -> list[int]:
        """Options of some people on tasks that one of them holds, or that lack a holder."""
        chosen = set(people)
        open_to: dict[int, bool] = dict.fromkeys(without, False)
        found: list[int] = []
        for person in people:
            for v in self.by_person[person]:
                task = self.problem.options[v].task
                if task not in open_to:
                    open_to[task] = self._open_to(task, chosen)
                if open_to[task]:
                    found.append(v)
        return found

    def _open_to(self, task: int, people: set[int]) -> bool:
        held = [v for v in self.by_task[task] if self.values[v]]
        if len(held) < self.problem.tasks[task].need:
            return True
        return any(self.problem.options[v].person in people for v in held)
