"""Which options to set free together: weeks, people, one line, the worst off with donors."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable

from so247.solver.evaluate import Evaluator, Ints
from so247.solver.problem import Problem, Tier

WEEK = 7 * 24 * 60
START, SMALLEST = 1500, 300
"""Options in a neighbourhood: at first, and at least."""
GROW, EASE, SHRINK = 1.25, 0.95, 0.75
"""What becomes of the size: solved to the end, improved only, neither."""


class Neighbourhoods:
    """Draws neighbourhoods of an adaptive size, those that helped lately more often."""

    def __init__(self, problem: Problem, evaluator: Evaluator, seed: int) -> None:
        self.problem = problem
        self.evaluator = evaluator
        self.random = random.Random(seed)
        self.free = [v for v, option in enumerate(problem.options) if not option.pinned]
        self.tier = Tier.COVERAGE
        self.sizes = dict.fromkeys(Tier, min(len(self.free), START))
        self.by_start = sorted(self.free, key=lambda v: problem.options[v].start)
        self.starts = sorted({problem.options[v].start for v in self.free})
        self.by_task: dict[int, list[int]] = defaultdict(list)
        self.by_person: dict[int, list[int]] = defaultdict(list)
        self.by_line: dict[str, list[int]] = defaultdict(list)
        for v in self.free:
            option = problem.options[v]
            self.by_task[option.task].append(v)
            self.by_person[option.person].append(v)
            line, duty, _ = problem.tasks[option.task].id.partition("@")
            self.by_line[line if duty else "sessions"].append(v)
        self.kinds: dict[str, Callable[[Ints, Tier], list[int]]] = {
            "weeks": self._weeks,
            "people": self._people,
            "line": self._line,
            "costly": self._costly,
            "uneven": self._uneven,
        }
        self.credit = dict.fromkeys(self.kinds, 1.0)

    @property
    def size(self) -> int:
        """How many options a neighbourhood may hold: what suits the tier at work."""
        return self.sizes[self.tier]

    def draw(self, values: Ints, tier: Tier) -> tuple[str, list[int]]:
        """(kind, options to set free) for improving a tier."""
        self.tier = tier
        kinds = [k for k in self.kinds if k != "uneven" or tier is Tier.FAIRNESS]
        kind = self.random.choices(kinds, [self.credit[k] for k in kinds])[0]
        return kind, self.kinds[kind](values, tier)

    def learn(self, kind: str, *, improved: bool, proven: bool) -> None:
        """Kinds that help are drawn more; the size settles where solves just end in time."""
        self.credit[kind] = max(0.1, 0.85 * self.credit[kind] + (0.6 if improved else 0.0))
        factor = GROW if proven else EASE if improved else SHRINK
        size = max(SMALLEST, int(self.size * factor) + 1)
        self.sizes[self.tier] = min(len(self.free), size)

    def _take(self, ordered: list[int]) -> list[int]:
        return ordered[: self.size]

    def _weeks(self, values: Ints, tier: Tier) -> list[int]:
        """Everybody, around a random moment."""
        centre = self.random.choice(self.starts)
        jitter = self.random.randrange(WEEK)
        near = sorted(
            self.free, key=lambda v: abs(self.problem.options[v].start - centre - jitter // 2)
        )
        return self._take(near)

    def _of_people(self, people: list[int], values: Ints) -> list[int]:
        """Options of some people on tasks that one of them holds, or that lack a holder."""
        chosen = set(people)
        found: list[int] = []
        for person in people:
            for v in self.by_person[person]:
                task = self.problem.options[v].task
                if self._open_to(task, chosen, values):
                    found.append(v)
        return found

    def _open_to(self, task: int, people: set[int], values: Ints) -> bool:
        held = [v for v in self.by_task[task] if values[v]]
        if len(held) < self.problem.tasks[task].need:
            return True
        return any(self.problem.options[v].person in people for v in held)

    def _people(self, values: Ints, tier: Tier) -> list[int]:
        """A few people over the whole period."""
        order = list(self.by_person)
        self.random.shuffle(order)
        return self._grow(order, values)

    def _grow(self, order: list[int], values: Ints) -> list[int]:
        """As many people, in order, as fit the size."""
        low, high = 2, len(order)
        best = self._of_people(order[:2], values)
        while low < high:
            middle = min(high, low + max(1, (high - low) // 2))
            found = self._of_people(order[:middle], values)
            if len(found) > self.size:
                if middle == high:
                    high = middle - 1
                else:
                    high = middle
                if high <= low:
                    break
                continue
            best, low = found, middle
        return best

    def _line(self, values: Ints, tier: Tier) -> list[int]:
        """One line (or the sessions) over as long a time as fits."""
        name = self.random.choice(sorted(self.by_line))
        options = sorted(self.by_line[name], key=lambda v: self.problem.options[v].start)
        if len(options) <= self.size:
            return options
        at = self.random.randrange(len(options) - self.size)
        return options[at : at + self.size]

    def _costly(self, values: Ints, tier: Tier) -> list[int]:
        """Days around something that costs in this tier."""
        moments = self._moments(values, tier)
        if not moments:
            return self._weeks(values, tier)
        centre = self.random.choice(moments)
        near = sorted(self.free, key=lambda v: abs(self.problem.options[v].start - centre))
        return self._take(near)

    def _moments(self, values: Ints, tier: Tier) -> list[int]:
        """When options start that stand in a penalty that is being paid."""
        first = len(self.problem.options)
        found: list[int] = []
        for entry, _ in self.evaluator.paid(values):
            if entry.tier is not tier:
                continue
            terms = getattr(entry, "terms", None) or ((getattr(entry, "variable", 0), 1),)
            found += [self.problem.options[v].start for v, _ in terms if v < first][:3]
        return found

    def _uneven(self, values: Ints, tier: Tier) -> list[int]:
        """Those furthest above and below their fair share of one burden, and a few others."""
        groups = sorted({each.group for each in self.problem.deviations})
        if not groups:
            return self._weeks(values, tier)
        group = self.random.choice(groups)
        off = self.evaluator.off_target(values)
        ranked = sorted(
            (int(off[at]), each.person)
            for at, each in enumerate(self.problem.deviations)
            if each.group == group
        )
        spread = self.random.randint(1, 3)
        extremes = [person for _, person in (*ranked[:spread], *ranked[-spread:])]
        others = list(self.by_person)
        self.random.shuffle(others)
        order = list(dict.fromkeys([p for p in extremes if p in self.by_person] + others))
        return self._grow(order, values)
