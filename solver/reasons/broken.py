"""What a person would break with one more duty: the check's findings with it, less those without.

The check knows every figure; the rows of the problem know only that something is full.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from so247.audit.conflicts import Conflicts, check_conflicts
from so247.audit.contracts import check_contracts
from so247.audit.holdings import Case
from so247.audit.norms import norm_breaches
from so247.audit.sites import Sites
from so247.models.norms import Severity
from so247.models.region import Region
from so247.models.report import Finding, Outcome
from so247.models.roster import Assignment, Roster
from so247.solver.rules import contract_extramural_cap

Rosters = tuple[Roster, tuple[Roster, ...]]
"""A roster and its history."""


class Breaches:
    """Hard breaches of one person after another, in one roster."""

    def __init__(self, region: Region, roster: Roster, history: Sequence[Roster]) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)
        self.sites = Sites(region)
        self._own: dict[str, Rosters] = {}
        self._before: dict[str, frozenset[Finding]] = {}

    def added(self, person: str, assignment: Assignment) -> tuple[Finding, ...]:
        """What is broken with the assignment and not without it, in the rulebook's order."""
        roster, history = self._of(person)
        if person not in self._before:
            self._before[person] = frozenset(self._found(person, roster, history))
        found = self._found(person, _with(roster, assignment), history)
        new = [each for each in found if each not in self._before[person]]
        return (*new, *(self._beyond_hours(assignment) if "@" not in assignment.target else ()))

    def _of(self, person: str) -> Rosters:
        """The roster and history as far as they are about the person: quicker to check."""
        if person not in self._own:
            everything = (self.roster, *self.history)
            mine = {e.target for r in everything for e in r.assignments if e.physician == person}
            small = [_kept(each, mine) for each in everything]
            self._own[person] = small[0], tuple(small[1:])
        return self._own[person]

    def _region(self, person: str, rosters: Sequence[Roster]) -> Region:
        """The region as far as what the person holds is judged by it."""
        targets = {e.target for r in rosters for e in r.assignments}
        lines = {each.partition("@")[0] for each in targets}
        lines |= {each.line for r in rosters for each in r.assignments if each.line is not None}
        region = self.region
        return region.model_copy(
            update={
                "lines": tuple(each for each in region.lines if each.id in lines),
                "physicians": (region.physician_by_id[person],),
                "contracts": region.contracts_of(person),
                "commitments": tuple(e for e in region.commitments if e.physician == person),
                "absences": tuple(e for e in region.absences if e.physician == person),
            }
        )

    def _found(self, person: str, roster: Roster, history: Sequence[Roster]) -> list[Finding]:
        case = Case(self._region(person, (roster, *history)), roster, history)
        findings = (
            *check_conflicts(case, Conflicts(case, self.sites)),
            *(each.finding for each in norm_breaches(case)),
            *check_contracts(case),
        )
        return [each for each in findings if each.physician == person and self._counts(each)]

    def _counts(self, each: Finding) -> bool:
        hard = each.severity is Severity.HARD and each.outcome is Outcome.BREACH
        return hard and each.rule not in self.region.settings.rules_off

    def _beyond_hours(self, assignment: Assignment) -> list[Finding]:
        """An employer's agreed hours for sessions, which colleagues' sessions use too."""
        before, after = (
            [
                each
                for each in check_contracts(Case(self.region, roster, self.history))
                if each.rule == contract_extramural_cap.ID and self._counts(each)
            ]
            for roster in (self.roster, _with(self.roster, assignment))
        )
        return [each for each in after if each not in before]


def _with(roster: Roster, assignment: Assignment) -> Roster:
    """The roster with the assignment in the place of whatever was assigned for its target."""
    rest = [each for each in roster.assignments if each.target != assignment.target]
    return roster.model_copy(update={"assignments": (*rest, assignment)})


def _kept(roster: Roster, targets: Container[str]) -> Roster:
    kept = tuple(each for each in roster.assignments if each.target in targets)
    return roster.model_copy(update={"assignments": kept, "gaps": ()})
