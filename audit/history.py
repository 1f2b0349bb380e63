"""Look-back: which earlier assignments count, and which time before the period is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from so247.models.clock import Interval, day_start, union
from so247.models.region import Region
from so247.models.roster import Assignment, Roster

LOOK_BACK = timedelta(days=400)
"""How far back anything is looked at: longer than the longest window of a norm (52 weeks)."""


class History:
    """Earlier rosters as one (``RULES``, "History")."""

    def __init__(self, region: Region, roster: Roster, earlier: Sequence[Roster]) -> None:
        self.region = region
        self.roster = roster
        self.earlier = tuple(earlier)

    def counted(self) -> list[Assignment]:
        """Earlier assignments that stand and start before the period.

        A later roster overrules an earlier one for the same target at the same time, whatever the
        state: what somebody declined there no longer stands here. A later revision of the same
        period replaces the earlier one as a whole: what it leaves out is held by nobody.
        """
        listed: dict[str, list[Interval]] = defaultdict(list)
        found: list[Assignment] = []
        since, until = self.roster.period.start - LOOK_BACK, self.roster.period.start
        for each in self.roster.assignments:
            listed[each.target].append(each.when)
        for roster in sorted(_current(self.earlier), key=_begin, reverse=True):
            found += [
                each
                for each in roster.standing
                if since <= each.when.start < until
                and not any(each.when.overlaps(other) for other in listed[each.target])
            ]
            for each in roster.assignments:
                listed[each.target].append(each.when)
        return found

    def known(self, physician: str, since: datetime) -> bool:
        """Whether all time from ``since`` to the period's start is known for the person.

        Known is what an earlier roster's period covers, what lies before the region's first roster,
        and what lies before the person's first contract.
        """
        at = max([since, *self._begins(physician)])
        for covered in self._covers:
            if covered.start <= at < covered.end:
                at = covered.end
        return at >= self.roster.period.start

    def _begins(self, physician: str) -> list[datetime]:
        """Moments before which nothing can have been held."""
        firsts = [contract.valid_from for contract in self.region.contracts_of(physician)]
        dated: list[date] = [first for first in firsts if first is not None]
        days = [min(dated)] if dated and len(dated) == len(firsts) else []
        if self.region.first_roster_on is not None:
            days.append(self.region.first_roster_on)
        return [day_start(day) for day in days]

    @cached_property
    def _covers(self) -> tuple[Interval, ...]:
        return union(roster.period for roster in self.earlier)


def _begin(roster: Roster) -> datetime:
    return roster.period.start


def _current(rosters: Sequence[Roster]) -> list[Roster]:
    """Those of which there is no later revision for the same period."""
    newest: dict[Interval, int] = {}
    for each in rosters:
        newest[each.period] = max(each.revision, newest.get(each.period, 0))
    return [each for each in rosters if each.revision == newest[each.period]]
