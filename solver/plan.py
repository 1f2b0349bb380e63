"""What is to be rostered, and from when it matters to a proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from so247.models.clock import day_start
from so247.models.lines import Care
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.context import Context
from so247.solver.instants import minute, overlap


@dataclass(frozen=True)
class Plan:
    """``weeks`` weeks of a region from ``start``, with the rosters before it.

    ``since``: first day on which everyone must be covered, ``until``: first day on which that no
    longer matters (``None``: from beginning to end). What comes before is rostered as well as can
    be, so that norms can look back on it; what comes after only fills the last week.
    ``reproducible``: asked with one worker, so that the same plan gets the same answer.
    """

    region: Region
    start: date
    weeks: int
    history: tuple[Roster, ...] = ()
    since: date | None = None
    until: date | None = None
    reproducible: bool = False

    @property
    def sites(self) -> frozenset[str]:
        """The sites that are open on the day from which everyone must be covered."""
        day = self.since or self.start
        openings = {name: self.region.opening_of(name) for name in self.region.site_by_id}
        return frozenset(name for name, opens in openings.items() if opens is None or opens <= day)

    def within(self, region: Region) -> Plan:
        """The same in another region."""
        return replace(self, region=region)

    def required(self, context: Context) -> tuple[int, ...]:
        """The tasks whose emptiness leaves a site without an SO between ``since`` and ``until``.

        Duties for general care alone are wanted, not required: an agreement may take their place.
        """
        until = self.until or self.start + timedelta(weeks=self.weeks)
        asked = minute(day_start(self.since or self.start)), minute(day_start(until))
        return tuple(
            task.index
            for task in context.duties
            if task.site_minutes
            and task.line.care is not Care.GENERAL
            and overlap((task.item.start, task.item.end), asked)
        )
