"""What stands at any moment: the calendar, everybody's part of common maxima, and the rosters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from so247.audit.national import check_national
from so247.models.clock import Interval
from so247.models.national import NationalReport, Sharing
from so247.models.region import Region
from so247.models.result import Result
from so247.models.roster import Roster
from so247.solver.many.calendar import Calendar
from so247.solver.many.sums import Sum, limited

Allowed = tuple[tuple[Sum, Mapping[str, int]], ...]


@dataclass(frozen=True)
class Country:
    """What was asked, and never changes. ``periods``, ``history``: by region."""

    regions: Mapping[str, Region]
    periods: Mapping[str, Interval]
    history: Mapping[str, tuple[Roster, ...]]
    sharings: tuple[Sharing, ...]

    def check(
        self, rosters: Mapping[str, Roster], only: frozenset[str] | None = None
    ) -> NationalReport:
        """All rosters side by side; or those of the regions in which these people stand."""
        names = [name for name in self.regions if only is None or self._stand(name, only)]
        return check_national(
            [self.regions[name] for name in names],
            [rosters[name] for name in names if name in rosters],
            history=[row for name in names for row in self.history.get(name, ())],
            sharings=self.sharings,
            only=only,
        )

    def _stand(self, name: str, keys: frozenset[str]) -> bool:
        return any(each.person_key in keys for each in self.regions[name].physicians)


@dataclass(frozen=True)
class Solved:
    """A region as it was solved, and what came of it."""

    region: Region
    result: Result


@dataclass(frozen=True)
class State:
    calendar: Calendar
    allowed: Allowed
    solved: Mapping[str, Solved]

    @property
    def rosters(self) -> dict[str, Roster]:
        return {
            name: each.result.roster
            for name, each in self.solved.items()
            if each.result.roster is not None
        }

    def copy_of(self, region: Region, period: Interval) -> Region:
        """The region with what the others ask of shared people; itself, where they ask nothing."""
        absences = tuple(self.calendar.absences(region.id))
        contracts = limited(region, period, self.allowed)
        if not absences and contracts == region.contracts:
            return region
        return region.model_copy(
            update={"absences": (*region.absences, *absences), "contracts": contracts}
        )

    def with_solved(self, solved: Mapping[str, Solved]) -> State:
        return replace(self, solved={**self.solved, **solved})

    def uncovered(self, names: Iterable[str] | None = None) -> int:
        """Uncovered site-minutes of these regions (all), as far as they have a roster."""
        reports = (
            self.solved[name].result.report
            for name in (self.solved if names is None else names)
            if name in self.solved
        )
        return sum(each.uncovered_site_minutes for each in reports if each is not None)

    def missing(self, names: Iterable[str]) -> int:
        """Session-minutes that these regions miss."""
        return sum(
            tier.value
            for name in names
            for tier in self.solved[name].result.tiers
            if tier.name == "sessions"
        )

    def value(self, country: Country, names: Collection[str]) -> tuple[int, int, int]:
        """Hard breaches between regions, uncovered site-minutes, missing session-minutes."""
        keys = frozenset(
            key for key, person in self.calendar.people.items() if set(person.places) & set(names)
        )
        breaches = country.check(self.rosters, keys).hard_breaches
        return len(breaches), self.uncovered(names), self.missing(names)
