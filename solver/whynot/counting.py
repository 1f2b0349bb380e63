"""A counting certificate: a set of duties for which there are too few holders (Hall).

Found by looking: for sets of neighbouring duties, what each person can hold of them is bounded with
rules that a pencil can follow (two duties that exclude each other, a norm's count in one window, a
contract's maximum). No solver is asked, and the check re-computes all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from so247.solver.context import Context
from so247.solver.problem import AnyOf, Row
from so247.solver.rules import eligibility
from so247.solver.whynot.question import Questions

EXCLUDING = ("norm.rest", "norm.continuous", "time.one_at_a_time", "cover.backup_differs")
CONTRACT = "contract.maximum"
COUNTING = ("norm.rolling_count", CONTRACT)
LONGEST = 14
"""Sets of up to so many neighbouring duties are all tried; longer ones by whole weeks."""


@dataclass(frozen=True)
class Bound:
    """Of these duties (tasks) the person holds at most ``most``."""

    duties: frozenset[int]
    most: int
    rule: str
    about: str
    blocks: tuple[frozenset[int], ...] = ()
    """Duties that count once together, since they combine: of a set at most one may be in each."""


@dataclass(frozen=True)
class Count:
    """An over-full set: the bounds of each person add up to less than the need.

    ``bounds``: person to parts that hold every duty of the set that the person may hold.
    ``barred``: person to one rule per duty.
    """

    duties: tuple[int, ...]
    bounds: dict[int, tuple[Bound, ...]]
    barred: dict[int, tuple[str, ...]]

    @property
    def most(self) -> int:
        return sum(bound.most for parts in self.bounds.values() for bound in parts)


def find_count(context: Context, questions: Questions, empty: Iterable[int]) -> Count | None:
    """The smallest over-full set found around the empty duties; ``None`` where there is none."""
    counter = _Counter(context, questions)
    best: Count | None = None
    for duties in _sets(context, empty):
        if best is not None and len(duties) >= len(best.duties):
            continue
        found = counter.count(duties)
        if found is not None:
            best = found
    return best


def _sets(context: Context, empty: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Neighbouring duties of one line around an empty one, then of all lines; short ones first."""
    tasks = {task.index: task for task in context.duties}
    # Norms are tested on what starts in the period; what began before it is not counted either.
    needed = [
        task for task in context.duties if task.site_minutes and context.in_period(task.item.start)
    ]
    for gap in empty:
        line = tasks[gap].line.id
        for row in (
            [task.index for task in needed if task.line.id == line],
            [task.index for task in needed],
        ):
            row.sort(key=lambda index: tasks[index].item.start)
            if gap not in row:
                continue
            at = row.index(gap)
            for size in _sizes(len(row)):
                for first in range(max(0, at - size + 1), min(at, len(row) - size) + 1):
                    yield tuple(row[first : first + size])


def _sizes(most: int) -> list[int]:
    short = list(range(1, min(most, LONGEST) + 1))
    return [*short, *range(LONGEST + 7, most, 7 * max(1, most // 70)), most]


class _Counter:
    """Bounds what each person can hold of a set of duties."""

    def __init__(self, context: Context, questions: Questions) -> None:
        self.context = context
        self.questions = questions
        self.problem = questions.problem
        self.needed = {task.index: task for task in context.duties}

    @cached_property
    def open_to(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """(task, person) to the options that nothing bars."""
        found: dict[tuple[int, int], list[int]] = {}
        for variable, option in enumerate(self.problem.options):
            if not self.questions.bars[variable]:
                found.setdefault((option.task, option.person), []).append(variable)
        return {key: tuple(options) for key, options in found.items()}

    @cached_property
    def bounds(self) -> dict[int, list[Bound]]:
        """Per person, what rows and cliques say about whole duties: at most so many of these."""
        found: dict[int, list[Bound]] = {}
        for clique in self.problem.cliques:
            if clique.rule in EXCLUDING:
                self._add(found, clique.rule, clique.about, clique.members, 1)
        for row in self.problem.rows:
            if any(coefficient != 1 for _, coefficient in row.terms):
                continue
            if row.rule in COUNTING or (row.rule in EXCLUDING and row.upper == 1):
                members = [v for v, _ in row.terms]
                self._add(found, row.rule, row.about, members, row.upper)
        for rows in self._maxima.values():
            members = [v for row in rows for v, _ in row.terms]
            most = sum(row.upper for row in rows)
            self._add(found, CONTRACT, rows[0].about, members, most)
        return found

    @cached_property
    def _maxima(self) -> dict[int, list[Row]]:
        """Per person with several contracts, the tightest count of each: together they bind."""
        tightest: dict[tuple[int, str], Row] = {}
        for row in self.problem.rows:
            if row.rule != CONTRACT or any(coefficient != 1 for _, coefficient in row.terms):
                continue
            key = (row.person, row.about)
            if key not in tightest or row.upper < tightest[key].upper:
                tightest[key] = row
        found: dict[int, list[Row]] = {}
        for (person, _), row in tightest.items():
            found.setdefault(person, []).append(row)
        return {person: rows for person, rows in found.items() if len(rows) > 1}

    def _add(
        self,
        found: dict[int, list[Bound]],
        rule: str,
        about: str,
        members: Sequence[int],
        most: int,
    ) -> None:
        """A bound on the tasks all of whose open options, for that person, it counts."""
        blocks = [block for member in members if (block := self._blocks(member)) is not None]
        parts = [options for block in blocks for options in block]
        inside = {v for options in parts for v in options}
        if not inside or len(inside) < sum(map(len, parts)):
            return
        person = self.problem.options[min(inside)].person
        tasks = {self.problem.options[v].task for v in inside} & self.needed.keys()
        whole = frozenset(
            task for task in tasks if set(self.open_to.get((task, person), ())) <= inside
        )
        if len(whole) > most:
            together = (
                frozenset(self.problem.options[v].task for v in options) for options in parts
            )
            several = tuple(each for each in together if len(each) > 1)
            found.setdefault(person, []).append(Bound(whole, most, rule, about, several))

    def _blocks(self, variable: int) -> list[tuple[int, ...]] | None:
        """A variable's options, those together that it counts once; ``None``: it weighs them."""
        first = len(self.problem.options)
        if variable < first:
            return [(variable,)]
        derived = self.problem.derived[variable - first]
        if isinstance(derived, AnyOf):
            inside = [block for member in derived.members for block in self._blocks(member) or ()]
            return [tuple(v for block in inside for v in block)]
        found: list[tuple[int, ...]] = []
        for member, coefficient in derived.terms:
            blocks = self._blocks(member)
            if coefficient != 1 or blocks is None:
                return None
            found += blocks
        return found

    def count(self, duties: Sequence[int]) -> Count | None:
        """The certificate for exactly this set, if it is one."""
        bounds: dict[int, tuple[Bound, ...]] = {}
        barred: dict[int, tuple[str, ...]] = {}
        total = 0
        for person in range(len(self.problem.people)):
            mine = frozenset(task for task in duties if (task, person) in self.open_to)
            if not mine:
                continue
            bounds[person] = self._parts(person, mine)
            total += sum(bound.most for bound in bounds[person])
            if total >= len(duties):
                return None
        for person in range(len(self.problem.people)):
            if person not in bounds:
                rules = tuple(self._barring(person, task) for task in duties)
                if not all(rules):
                    return None
                barred[person] = rules
        return Count(tuple(duties), bounds, barred)

    def _parts(self, person: int, mine: frozenset[int]) -> tuple[Bound, ...]:
        """Parts of what the person may hold, greedily those that say most."""
        left = set(mine)
        parts: list[Bound] = []
        known = [
            (bound.duties & mine, bound)
            for bound in self.bounds.get(person, ())
            if all(len(block & mine) <= 1 for block in bound.blocks)
        ]
        while left:
            saving, chosen, bound = max(
                ((len(inside & left) - b.most, sorted(inside & left), b) for inside, b in known),
                key=lambda entry: (entry[0], -len(entry[1])),
                default=(0, [], None),
            )
            if bound is None or saving <= 0:
                break
            parts.append(Bound(frozenset(chosen), bound.most, bound.rule, bound.about))
            left -= set(chosen)
        parts += [Bound(frozenset({task}), 1, "cover.one_holder", "") for task in sorted(left)]
        return tuple(sorted(parts, key=lambda part: min(part.duties)))

    def _barring(self, person: int, task: int) -> str:
        """One rule that keeps the person from the duty on every contract; empty: there is none."""
        someone, item = self.context.people[person], self.needed[task].item
        contracts = self.context.contracts_of(someone)
        if not contracts:
            return "eligible.contract"
        for rule in eligibility.in_use(self.context.region):
            if all(rule.forbids(self.context, someone, each, item) for each in contracts):
                return rule.ID
        if all(each.max_duties == 0 for each in contracts):
            return "contract.maximum"
        return "" if eligibility.backed(self.context, item) else "cover.backup_so"
