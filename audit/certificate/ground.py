"""What a counting certificate is checked against: duties, sites, and what is certain already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from so247.audit.holdings import Case, lines_combine
from so247.audit.instants import minute
from so247.audit.norms.subject import Stint, timeline
from so247.models.calendar import open_interval, session_interval
from so247.models.clock import Interval, days, local_day
from so247.models.duty import Duty
from so247.models.lines import Form, Line
from so247.models.norms import Norm, Severity, Work
from so247.models.region import Region
from so247.models.roster import Roster


class Ground:
    """A region and period in which nothing is rostered; ``sites`` are those that must be covered.

    What is *certain* is held by history, or is a commitment.
    """

    def __init__(
        self,
        region: Region,
        period: Interval,
        history: Sequence[Roster],
        sites: Iterable[str] | None,
    ) -> None:
        self.region = region
        self.period = period
        self.case = Case(region, Roster(region_id=region.id, period=period), history)
        self.sites = frozenset(region.site_by_id if sites is None else sites)
        self.off = frozenset(region.settings.rules_off)
        self._certain: dict[str, tuple[Stint, ...]] = {}

    def line(self, duty: Duty) -> Line:
        return self.region.line_by_id[duty.line]

    def starts_inside(self, duty: Duty) -> bool:
        """Norms and contracts test only what starts in the period."""
        return duty.when.start >= self.period.start

    def needed(self, duty: Duty) -> bool:
        """Whether a site that must be covered is open while the duty lasts, within the period."""
        when = duty.when.intersect(self.period)
        return when is not None and any(
            site in self.sites and open_interval(self.region, site, when) is not None
            for site in self.line(duty).sites
        )

    @cached_property
    def held_before(self) -> frozenset[str]:
        """Duties that history holds, in whole or in part."""
        return frozenset(each.target for each in self.case.past if each.end > self.case.start)

    def kinds(self, duty: Duty) -> frozenset[Work]:
        """The kinds of work that a block with this duty may be."""
        line = self.line(duty)
        if line.form is Form.PRESENCE:
            return frozenset({Work.PRESENCE_DUTY})
        in_office = self.case.in_office_hours(minute(duty.when.start), minute(duty.when.end))
        own = Work.OFFICE_DUTY if in_office else Work.REACHABILITY_DUTY
        others = (self.region.line_by_id[name] for name in line.combinable_with)
        on_site = any(each.form is Form.PRESENCE and lines_combine(line, each) for each in others)
        return frozenset({own, Work.PRESENCE_DUTY}) if on_site else frozenset({own})

    def certain(self, person: str) -> tuple[Stint, ...]:
        """What the person does whatever is rostered, by start."""
        if person not in self._certain:
            self._certain[person] = timeline(self.case, person)
        return self._certain[person]

    def binding(self, person: str, first: date, last: date) -> list[Norm]:
        """The hard norms that bind the person unchanged on every day from first to last."""
        packs = {self.case.pack_on(person, day).id: day for day in days(first, last)}
        found = [self.case.pack_on(person, day).norms for day in packs.values()]
        return [
            norm
            for norm in (found[0] if found else ())
            if norm.severity is Severity.HARD
            and f"norm.{norm.kind.value}" not in self.off
            and all(norm in norms for norms in found)
        ]

    @cached_property
    def sessions(self) -> tuple[tuple[Interval, bool], ...]:
        """When a session may be held, and whether on call meanwhile."""
        return tuple(
            (session_interval(demand, day), demand.on_call_allowed)
            for each in self.case.session_periods
            for demand in (self.region.sessions[each.demand],)
            for day in each.days
        )


def day_of(duty: Duty) -> date:
    return local_day(duty.when.start)
