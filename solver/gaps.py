"""Why a duty or session stays empty: per rule, whom it keeps away. Facts, not a proof."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from so247.models.people import Physician
from so247.solver.context import Context, Item
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.incidence import Incidence, touched
from so247.solver.problem import AnyOf
from so247.solver.rules import eligibility

WORDS = {
    "cover.backup_differs": "already holds the other of first line and backup",
    "cover.backup_so": "no SO, and no SO on the backup",
    "eligible.role": "other role",
    "eligible.pool": "not in the site's pool",
    "eligible.contract": "no valid contract",
    "eligible.registration": "not registered then",
    "eligible.absence": "away",
    "eligible.free_weekday": "free weekday",
    "eligible.commitment": "other work",
    "eligible.agreement": "no valid agreement with the site",
    "eligible.funding": "employer without the funding contract",
    "eligible.travel": "too far away",
    "time.one_at_a_time": "busy with something else",
    "time.capacity": "too many residents or sites at once",
    "norm.rest": "too little rest",
    "norm.continuous": "too long on end",
    "norm.rolling_count": "too many duties in the norm's window",
    "norm.consecutive": "too many days in a row",
    "norm.weekends": "too many weekends",
    "norm.hours": "too many hours",
    "norm.free_periods": "too little free time",
    "contract.maximum": "contract maximum reached",
    "contract.extramural_cap": "employer's extramural hours used up",
    "session.weekday": "another session of this kind that day",
    "search.unfinished": "could hold it: the search has not ended",
}

AT_ONCE = ("time.one_at_a_time", "cover.backup_differs")
"""Rules about what is held at the same time. The rows of norms count that as well: these say it."""


def telling(rules: Sequence[str]) -> str:
    """The one of the broken rules to name: the first, or what the person does at that time."""
    return next((each for each in AT_ONCE if each in rules), rules[0])


class Reasons:
    """Gives reasons for the gaps of one choice."""

    def __init__(self, context: Context, evaluator: Evaluator, choice: Ints) -> None:
        self.context = context
        self.evaluator = evaluator
        self.incidence = Incidence(evaluator.problem)
        self.made_of = self.incidence.derived.runs()
        values = evaluator.values(choice)
        self.values = values
        self.rows = evaluator.rows.of(values)
        self.cliques = evaluator.cliques.of(values)

    def of(self, task: int, items: tuple[Item, ...]) -> tuple[str, ...]:
        """Sentences such as ``away (eligible.absence): so-02, so-05``, most people first."""
        keeping: dict[str, list[str]] = {}
        open_to = self.context.taken_by(task)
        for index, person in enumerate(self.context.people):
            if index in open_to:
                rule = min((self._broken_by(v) for v in open_to[index]), key=len)
            else:
                rule = self._barred(person, items)
            keeping.setdefault(rule, []).append(person.id)
        order = sorted(keeping.items(), key=lambda entry: (-len(entry[1]), entry[0]))
        return tuple(
            f"{WORDS.get(rule, rule)} ({rule}): {', '.join(people)}" for rule, people in order
        )

    def _broken_by(self, option: int) -> str:
        """The rule that would break if the option were added to the roster as it is."""
        problem = self.evaluator.problem
        change = self._change(option)
        broken: list[str] = []
        for at in touched(self.incidence.cliques, change):
            clique = problem.cliques[at]
            if self.cliques[at] + sum(change.get(v, 0) for v in clique.members) > 1:
                broken.append(clique.rule)
        for at in touched(self.incidence.rows, change):
            row = problem.rows[at]
            more = sum(coefficient * change.get(v, 0) for v, coefficient in row.terms)
            if self.rows[at] + more > row.upper:
                broken.append(row.rule)
        return telling(broken or ["search.unfinished"])

    def _change(self, option: int) -> dict[int, int]:
        """By how much every variable changes when the option becomes true.

        What derives from others comes after them, so the lowest that is left is always settled.
        Sums can be long (all sessions of a year): only what changes in them is added up.
        """
        problem = self.evaluator.problem
        first = len(problem.options)
        change: dict[int, int] = {}
        more = {option: 1}
        queue = [option]
        while queue:
            variable = heappop(queue)
            by = more[variable]
            if variable >= first and isinstance(problem.derived[variable - first], AnyOf):
                by = 1 - int(self.values[variable])
            if not by:
                continue
            change[variable] = by
            for index, weight in self.made_of.run(variable):
                if first + index not in more:
                    heappush(queue, first + index)
                more[first + index] = more.get(first + index, 0) + weight * by
        return change

    def _barred(self, person: Physician, items: tuple[Item, ...]) -> str:
        """The rule that keeps the person away on the item and contract where fewest do."""
        rules = eligibility.in_use(self.context.region)
        contracts = self.context.contracts_of(person)
        if not contracts:
            return "eligible.contract"
        broken = [
            [rule.ID for rule in rules if rule.forbids(self.context, person, contract, item)]
            for item in items
            for contract in contracts
            if contract.max_duties != 0 or item.line is None
        ]
        if not broken:
            return "contract.maximum"
        return (min(broken, key=len) or ["cover.backup_so"])[0]
