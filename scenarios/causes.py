"""Why a small region cannot be covered: one cause, planted on purpose, and what it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from so247.models.clock import Interval
from so247.models.proof import Requirement, RequirementKind, Verdict
from so247.models.region import Region
from so247.scenarios.small import Small


class Cause(StrEnum):
    """What was planted, and why no roster covers the region with it.

    Whatever cannot hold together contains a planted requirement: without any of them the region is
    the one before, or looser, and that has a legal roster without gaps.
    """

    LEAVE = "leave"
    """One duty is left over, for everybody who may hold its line is on leave throughout it."""
    TRAVEL = "travel"
    """One night all but one are too far away to be on site in time, and that one is on leave."""
    COMMITMENT = "commitment"
    """In one evening everybody has other work from which nobody may be called away."""
    REGISTRATION = "registration"
    """Everybody's registration ends before the last duty of the period."""
    CONTRACT_PERIOD = "contract_period"
    """Everybody's contracts end before the last duty of the period."""
    FREE_WEEKDAY = "free_weekday"
    """All contracts have the same weekday off, and a duty starts on it."""
    CAPACITY = "capacity"
    """The sites of a line have one resident more than anybody may carry."""
    CONTRACTS = "contracts"
    """The contracts' maxima together are less than the duties of the period."""
    COUNT = "count"
    """In some 7 x 24 hours more on-call duties start than people times what each may hold then."""
    REST = "rest"
    """Two duties with 9 hours between are left to one person, and 11 hours of rest are agreed."""
    VOLUNTARY = "voluntary"
    """As with rest, but the norm is voluntary: without it that person holds both."""
    BACKUP = "backup"
    """One SO alone is there for first line and backup, which are two people."""
    PIN = "pin"
    """The only SO who is there is pinned to the first line, and nobody else may be the backup."""


@dataclass(frozen=True)
class Planted:
    """What was planted: requirements of one kind, for these people (and norms, contracts or pinned
    duties, where ``names`` says so), about the stretch ``when``."""

    kind: RequirementKind
    rule: str
    physicians: tuple[str, ...]
    when: Interval
    names: tuple[str, ...] = ()

    def matches(self, requirement: Requirement) -> bool:
        """Whether a requirement is one of those that were planted."""
        return (
            (requirement.kind, requirement.rule) == (self.kind, self.rule)
            and requirement.physician in self.physicians
            and (not self.names or requirement.name in self.names)
        )


@dataclass(frozen=True)
class Broken:
    """A region that cannot be covered, what was planted in it, and what it was ``before``.

    ``duties`` are those that are counted in the argument: they cannot all be held.
    """

    cause: Cause
    before: Small
    region: Region
    planted: Planted
    duties: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """What a proof of ``before.site`` must say."""
        return Verdict.NOT_YET if self.cause is Cause.VOLUNTARY else Verdict.IMPOSSIBLE
