"""What the soft tiers count: items of the roster that start in the period, held by people.

``RULES`` ("Pairs, continuity, fairness, wishes, travel") is the source.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from so247.audit.holdings import Case, Holding
from so247.audit.instants import ONE_DAY
from so247.models.calendar import burden_of
from so247.models.clock import local_day
from so247.models.settings import Burden
from so247.models.sites import Facility, Pairing


@dataclass(frozen=True)
class Item:
    """A duty or session (or a part of one). ``day`` is the local day on which it starts.

    ``burden`` is ``None`` for sessions and for duties in office hours.
    """

    holding: Holding
    day: date
    burden: Burden | None

    @property
    def physician(self) -> str:
        return self.holding.physician

    @property
    def session(self) -> bool:
        return self.holding.line is None

    @property
    def paired(self) -> bool:
        """Whether pairs matter for it: a session, or a duty in office hours."""
        return self.burden is None


def items(case: Case) -> tuple[Item, ...]:
    """The roster's items that start in the period and that a person of the region holds."""
    return tuple(
        Item(holding, local_day(holding.when.start), _burden(case, holding))
        for holding in case.holdings
        if case.start <= holding.start < case.end
        and holding.physician in case.region.physician_by_id
    )


def _burden(case: Case, holding: Holding) -> Burden | None:
    if holding.line is None:
        return None
    if holding.duty is not None:
        return holding.duty.burden
    return burden_of(case.region, holding.when)


class Groups:
    """The GP groups that an item is for, and who is paired with them."""

    def __init__(self, case: Case) -> None:
        self.region = case.region
        days = {each.opening_date for each in self.region.facilities if each.opening_date}
        days |= {each.valid_from for each in self.region.pairings if each.valid_from}
        days |= {each.valid_until + ONE_DAY for each in self.region.pairings if each.valid_until}
        self._changes = sorted(days)
        self._insiders: dict[tuple[tuple[str, ...], int], frozenset[str]] = {}

    def of_sites(self, sites: tuple[str, ...], day: date) -> tuple[str, ...]:
        """The groups among open sites, of their facilities and of practices, each once."""
        found: dict[str, None] = {}
        for site in sites:
            group = self._group(site, day)
            if group is not None:
                found[group] = None
        return tuple(found)

    def _group(self, site: str, day: date) -> str | None:
        practice_of = self.region.group_of_practice.get(site)
        if practice_of is not None:
            return practice_of.id
        place = self.region.site_by_id.get(site)
        if isinstance(place, Facility):
            closed = place.opening_date is not None and day < place.opening_date
            return None if closed else place.gp_group
        return None if place is None else place.id

    def pairings(self, group: str, sites: tuple[str, ...], day: date) -> tuple[Pairing, ...]:
        """Every pairing of that day with the group or one of its practices.

        For home visits the practice's own come first, and then alone.
        """
        valid = [each for each in self._pairings.get(group, ()) if each.holds_on(day)]
        own = [each for each in valid if each.site in sites and each.site != group]
        return tuple(own or valid)

    @cached_property
    def _pairings(self) -> dict[str, tuple[Pairing, ...]]:
        found: dict[str, tuple[Pairing, ...]] = {}
        for each in self.region.pairings:
            practice_of = self.region.group_of_practice.get(each.site)
            group = practice_of.id if practice_of is not None else each.site
            found[group] = (*found.get(group, ()), each)
        return found

    def insiders(self, sites: tuple[str, ...], day: date) -> frozenset[str]:
        """Paired SOs and deputies of any group of an item for these sites."""
        key = (sites, bisect_right(self._changes, day))
        if key not in self._insiders:
            self._insiders[key] = frozenset(
                person
                for group in self.of_sites(sites, day)
                for each in self.pairings(group, sites, day)
                for person in (each.physician, each.deputy)
                if person is not None
            )
        return self._insiders[key]
