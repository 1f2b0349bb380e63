"""Rosters made illegal on purpose: the check names the rule that was broken, ten times each.

A legal roster (of a generated region, by construction) is the start. Each mutation in
``mutations/`` breaks one rule at one place; it says how, and whom or what the finding must name.
That it is illegal follows from the change itself, never from asking the check.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest

from so247.audit.check import check
from so247.audit.registry import RULES
from so247.models.duty import Duty
from so247.models.people import Employer
from so247.models.region import Region
from so247.models.report import Finding, Outcome, Report
from so247.models.roster import Assignment, Roster
from so247.scenarios.generator import build, changed
from so247.scenarios.spec import Backups, Spec

TIMES = 10
COSTS_ONLY = {
    "session.spread",
    "pair.holder",
    "pair.faces",
    "continuity.handover",
    "fairness.share",
    "wish.met",
    "travel.minutes",
}
"""Rules that cost something, and that no roster can break."""
SPEC = Spec(
    physicians=12,
    gp_groups=2,
    facilities=3,
    employers=2,
    backups=Backups.OWN,
    split_office=True,
    trainees=0.1,
    nurse_practitioners=0.1,
    two_contracts=0.3,
    sessions_per_group=8,
    leave=0.2,
)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Mutant:
    """A region and a roster of which one is not as it was, and what the finding must name.

    ``about`` is a target or a person.
    """

    region: Region
    roster: Roster
    about: str


class World:
    """The legal roster, and how to change a piece of it."""

    def __init__(self, region: Region, roster: Roster) -> None:
        self.region = region
        self.roster = roster

    def pick(self, candidates: Sequence[Item], number: int) -> Item:
        """The ``number``-th of ten that are spread evenly over the candidates."""
        assert len(candidates) >= TIMES, f"only {len(candidates)} places to break the rule"
        return candidates[number * len(candidates) // TIMES]

    def one_each(self, candidates: Iterable[Item], key: Callable[[Item], Hashable]) -> list[Item]:
        """The first candidate of each kind, where breaking the rule at two is the same."""
        return list({key(each): each for each in reversed([*candidates])}.values())

    @property
    def held(self) -> tuple[Assignment, ...]:
        return self.roster.assignments

    @property
    def duties(self) -> list[Assignment]:
        return [each for each in self.held if "@" in each.target]

    @property
    def sessions(self) -> list[Assignment]:
        return [each for each in self.held if "@" not in each.target]

    def line_of(self, duty: Assignment | Duty) -> Any:
        name = duty.line if isinstance(duty, Duty) else duty.target.partition("@")[0]
        return self.region.line_by_id[name]

    def mutant(
        self,
        about: str,
        assignments: Sequence[Assignment] | None = None,
        **parts: Any,
    ) -> Mutant:
        """With these assignments, and these parts of the region."""
        region = self.region
        if parts:  # built anew: a copy would keep what was looked up in the original
            kept = {name: getattr(region, name) for name in Region.model_fields}
            region = Region.model_construct(**kept | parts)
        kept = {name: getattr(self.roster, name) for name in Roster.model_fields}
        held = self.held if assignments is None else tuple(assignments)
        return Mutant(region, Roster(**kept | {"assignments": held}), about)

    def instead(self, old: Assignment, **fields: Any) -> list[Assignment]:
        """All assignments, with one of them changed."""
        new = Assignment(**old.model_dump() | fields)
        return [new if each is old else each for each in self.held]

    def given_to(self, who: str, taken: Sequence[Assignment]) -> list[Assignment]:
        """All assignments, with these ones held by somebody else on a contract of his own."""
        contract = self.region.contracts_of(who)[0].id
        return [
            Assignment(**each.model_dump() | {"physician": who, "contract": contract})
            if each in taken
            else each
            for each in self.held
        ]

    def changed(self, kind: str, name: str, **fields: Any) -> dict[str, tuple[Any, ...]]:
        """A part of the region in which the one with this id is different."""
        rows = getattr(self.region, kind)
        assert any(row.id == name for row in rows)
        return {
            kind: tuple(
                type(row).model_construct(
                    **{f: getattr(row, f) for f in row.model_fields_set} | fields
                )
                if row.id == name
                else row
                for row in rows
            )
        }


def load() -> dict[str, Callable[[World, int], Mutant]]:
    """Rule id to its mutation, from every file in ``mutations/``."""
    found: dict[str, Callable[[World, int], Mutant]] = {}
    for path in sorted((Path(__file__).parent / "mutations").glob("*.py")):
        module = _module(path)
        assert not set(found) & set(module.MUTATIONS)
        found |= module.MUTATIONS
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"mutations_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MUTATIONS = load()
CASES = [(rule, number) for rule in MUTATIONS for number in range(TIMES)]


@pytest.fixture(scope="session")
def world() -> World:
    """Nobody agreed on extramural hours, so that no shortfall is signalled to begin with."""
    made = build(SPEC, 3)
    assert made.witness is not None
    silent = tuple(
        Employer(**each.model_dump() | {"extramural_hours_per_week": None})
        for each in made.region.employers
    )
    return World(changed(made.region, {"employers": silent}), made.witness)


@pytest.fixture(scope="session")
def start(world) -> Report:
    return check(world.region, world.roster)


def broken(report: Report, rule: str, about: str) -> list[Finding]:
    """Breaches of the rule that name the target, person or employer."""
    return [
        each
        for each in report.findings
        if each.rule == rule
        and each.outcome is Outcome.BREACH
        and (about in (each.physician, *each.targets) or each.text.startswith(f"{about}:"))
    ]


def test_the_start_is_legal(start):
    assert start.hard_breaches == ()


def test_every_rule_that_can_be_broken_is():
    assert set(MUTATIONS) == {rule.id for rule in RULES} - COSTS_ONLY


def test_at_least_ten_times_each():
    counted = {rule: sum(name == rule for name, _ in CASES) for rule in MUTATIONS}
    assert min(counted.values()) >= 10


@pytest.mark.parametrize("rule", MUTATIONS)
def test_ten_different_ones(world, rule):
    mutants = [MUTATIONS[rule](world, number) for number in range(TIMES)]
    assert len({(mutant.region, mutant.roster) for mutant in mutants}) == TIMES


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_rejected_with_that_rule(world, start, rule, number):
    mutant = MUTATIONS[rule](world, number)
    assert broken(start, rule, mutant.about) == []
    assert broken(check(mutant.region, mutant.roster), rule, mutant.about)
