"""The region's requirements one by one: which duties are held, and which rules then bind whom.

The problem is built once, leniently: leave, travel and the like keep no option from being made, but
bar it. A question names the duties that must be held and the requirements that are in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from so247.models.clock import period as period_of
from so247.models.proof import Answered, RequirementKind
from so247.solver.context import Context
from so247.solver.limits import Cancel
from so247.solver.part import Part, part_of
from so247.solver.plan import Plan
from so247.solver.problem import NOBODY, AnyOf, Clique, Problem, Row
from so247.solver.rules import eligibility, registry
from so247.solver.search_feasible import ALONE, QUICK, Answer, Configuration, holdable
from so247.solver.tasks import prepare

LENIENT = {
    "eligible.absence": RequirementKind.LEAVE,
    "eligible.commitment": RequirementKind.COMMITMENT,
    "eligible.free_weekday": RequirementKind.FREE_WEEKDAY,
    "eligible.registration": RequirementKind.REGISTRATION,
    "eligible.contract": RequirementKind.CONTRACT_PERIOD,
    "eligible.travel": RequirementKind.TRAVEL,
}
"""Eligibility rules that are asked about for each person."""

HARD_RULES = ("cover.", "time.", "norm.", "contract.maximum", "session.weekday")
"""Rules that decide whether; the others decide how well."""

KINDS = {
    "cover.backup_differs": RequirementKind.BACKUP,
    "cover.backup_so": RequirementKind.BACKUP,
    "time.one_at_a_time": RequirementKind.ONE_AT_A_TIME,
    "time.capacity": RequirementKind.CAPACITY,
    "contract.maximum": RequirementKind.CONTRACT,
}

ALWAYS = ("cover.one_holder", "session.weekday")
"""What a duty is: one holder. No requirement that could be dropped."""


@dataclass(frozen=True, order=True)
class Key:
    """A requirement: a rule for a person, and the norm, contract or pin that it is about."""

    rule: str
    person: int = NOBODY
    about: str = ""

    @property
    def kind(self) -> RequirementKind:
        if self.rule == "pin.stands":
            return RequirementKind.PIN
        if self.rule.startswith("norm."):
            return RequirementKind.NORM
        return LENIENT.get(self.rule) or KINDS[self.rule]


class Questions:
    """A problem whose requirements can be dropped one by one.

    ``bars``: per option, the requirements that keep it out. ``pins``: pinned options, and the
    requirement that each is. ``quick``: how they are asked, unless told otherwise.
    """

    def __init__(
        self,
        problem: Problem,
        bars: Sequence[frozenset[Key]],
        pins: Mapping[int, Key],
        cancel: Cancel | None = None,
        quick: Configuration = QUICK,
    ) -> None:
        self.problem = problem
        self.bars = bars
        self.pins = pins
        self.cancel = cancel
        self.quick = quick

    @cached_property
    def options_of(self) -> Mapping[int, tuple[int, ...]]:
        """Task to its options, barred ones included."""
        found: dict[int, list[int]] = {}
        for variable, option in enumerate(self.problem.options):
            found.setdefault(option.task, []).append(variable)
        return {task: tuple(options) for task, options in found.items()}

    @cached_property
    def everything(self) -> frozenset[Key]:
        """Every requirement there is."""
        entries: tuple[Row | Clique, ...] = (*self.problem.rows, *self.problem.cliques)
        found = {key for entry in entries if (key := self.key_of(entry)) is not None}
        return frozenset({*found, *self.pins.values()}).union(*self.bars)

    def key_of(self, entry: Row | Clique) -> Key | None:
        """The requirement that a row or clique belongs to; ``None``: it always holds."""
        if entry.rule in ALWAYS:
            return None
        person = entry.person if isinstance(entry, Row) else self._person(entry.members[0])
        return Key(entry.rule, person, entry.about)

    def _person(self, variable: int) -> int:
        first = len(self.problem.options)
        while variable >= first:
            derived = self.problem.derived[variable - first]
            variable = derived.members[0] if isinstance(derived, AnyOf) else derived.terms[0][0]
        return self.problem.options[variable].person

    def spoilt(self, force: frozenset[Key]) -> set[int]:
        """Duties pinned to somebody who may not hold them: nobody else can have them."""
        return {
            self.problem.options[v].task
            for v, key in self.pins.items()
            if key in force and self.bars[v] & force
        }

    def narrowed(self, duties: Iterable[int]) -> Questions:
        """The same questions about these duties alone, quicker to ask."""
        asked = set(duties)
        kept = [
            variable
            for variable, option in enumerate(self.problem.options)
            if option.task in asked or option.pinned
        ]
        part = part_of(self.problem, kept, lambda _: True)
        return Questions(
            part.problem,
            [self.bars[old] for old in part.options],
            {new: self.pins[old] for new, old in enumerate(part.options) if old in self.pins},
            self.cancel,
            self.quick,
        )

    def part(self, duties: Iterable[int], force: frozenset[Key]) -> Part:
        """The problem of these duties under these requirements; other pins stand as they are."""
        asked = set(duties)
        unpinned = frozenset(v for v, key in self.pins.items() if key not in force)
        options = [
            variable
            for variable, option in enumerate(self.problem.options)
            if (option.task in asked and not self.bars[variable] & force)
            or (option.pinned and variable not in unpinned)
        ]

        def keeps(entry: Row | Clique) -> bool:
            key = self.key_of(entry)
            return key is None or key in force

        return part_of(self.problem, options, keeps, unpinned)

    def ask(
        self,
        duties: Iterable[int],
        force: frozenset[Key],
        seconds: float,
        configuration: Configuration | None = None,
    ) -> Answer:
        """Can all these duties be held under these requirements?"""
        duties = tuple(duties)
        if self.spoilt(force) & set(duties):
            return Answer(Answered.INFEASIBLE)
        part = self.part(duties, force)
        found = holdable(part.problem, duties, seconds, configuration or self.quick, self.cancel)
        chosen = tuple(part.options[v] for v in found.chosen)
        return replace(found, chosen=chosen)


def questions_of(plan: Plan, cancel: Cancel | None = None) -> tuple[Context, Questions]:
    """The questions about a plan, and the context that explains indices.

    Sessions are left aside, but for pinned ones: they never decide whether everyone is covered.
    """
    lenient = frozenset(LENIENT) - set(plan.region.settings.rules_off)
    period = period_of(plan.start, plan.weeks)
    context = prepare(plan.region, period, plan.history, lenient)
    for rule in registry.building(plan.region):
        if rule.ID.startswith(HARD_RULES):
            rule.build(context)
    problem = context.builder.build()
    pins = {
        variable: Key("pin.stands", option.person, problem.tasks[option.task].id)
        for variable, option in enumerate(problem.options)
        if option.pinned
    }
    quick = ALONE if plan.reproducible else QUICK
    whole = Questions(problem, _bars(context), pins, cancel, quick)
    return context, whole


def _bars(context: Context) -> list[frozenset[Key]]:
    """Who is kept from what by leave, travel and the like; a pin only by what uncovers a site."""
    found: list[frozenset[Key]] = []
    for variable, option in enumerate(context.builder.options):
        rules = eligibility.broken_by(context, variable) & context.lenient
        if option.pinned:
            rules -= eligibility.HARMLESS
        found.append(frozenset(Key(rule, option.person) for rule in rules))
    return found
