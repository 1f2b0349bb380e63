"""What sites miss, in the roster's own truth: counted by the check, not by the rows.

The rows count every duty by itself. In the check a first line may count only with its backup.
"""

from __future__ import annotations

from collections.abc import Sequence

from so247.audit.conflicts import Conflicts
from so247.audit.coverage import SiteCheck
from so247.audit.eligibility import Eligibility
from so247.audit.holdings import Case
from so247.audit.sites import Sites
from so247.audit.timeline import Timelines
from so247.models.clock import Interval
from so247.models.region import Region
from so247.models.roster import Assignment, Roster


class Covered:
    """Uncovered minutes of all sites, in one roster and with one assignment changed."""

    def __init__(self, region: Region, roster: Roster, history: Sequence[Roster]) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)
        self.sites = Sites(region)
        self.before = self._uncovered(roster, roster.period)
        self._within: dict[Interval, int] = {}

    def after(self, assignment: Assignment) -> int:
        """With it in the place of whatever is assigned for its target.

        Only what lies at the same time can come to count, or count no more.
        """
        rows = self.roster.assignments
        near = [each.when for each in rows if each.when.overlaps(assignment.when)]
        near = [assignment.when, *near, *(e.when for e in rows if e.target == assignment.target)]
        period = self.roster.period
        start = max(period.start, min(each.start for each in near))
        end = min(period.end, max(each.end for each in near))
        within = Interval(start=start, end=end)
        if within not in self._within:
            self._within[within] = self._uncovered(self.roster, within)
        rest = (each for each in rows if each.target != assignment.target)
        changed = self.roster.model_copy(update={"assignments": (*rest, assignment)})
        return self.before - self._within[within] + self._uncovered(changed, within)

    def _uncovered(self, roster: Roster, within: Interval) -> int:
        case = Case(self.region, roster, self.history)
        timelines = Timelines(case, Eligibility(case, self.sites), Conflicts(case, self.sites))
        tallies = SiteCheck(case, self.sites, timelines, within).tallies.values()
        return sum(each.uncovered + each.general for each in tallies)
