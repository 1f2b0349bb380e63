"""The form of a repair, cheap enough to look at in each of them: who takes over what is lost."""

from __future__ import annotations

from datetime import timedelta

from so247.audit.absent import repaired
from so247.models.calendar import absence_interval
from so247.models.clock import Interval, day_start
from so247.models.proof import Case, Change
from so247.models.region import Region
from so247.models.roster import Roster


def bare(case: Case) -> bool:
    """Whether a duty is left without a holder; sessions may be."""
    return any(each.after is None and "@" in each.target for each in case.changes)


class Repairs:
    """Looks at repairs of one roster. Rest, travel and the like are for the check."""

    def __init__(self, region: Region, roster: Roster, absence_days: int) -> None:
        self.region = region
        self.absence_days = absence_days
        self.roster = roster
        self.held = {(each.target, each.physician) for each in roster.standing}
        self.when: dict[str, Interval] = {each.target: each.when for each in roster.standing}
        self.when |= {each.target: each.when for each in roster.gaps if each.when is not None}
        self.away: dict[str, list[Interval]] = {}
        for each in region.absences:
            self.away.setdefault(each.physician, []).append(absence_interval(each))

    def fault(self, case: Case) -> str | None:
        """Why the changes of a case cannot be its repair; ``None``: they may be."""
        dropped = {each.target for each in case.changes if each.before in case.physicians}
        kept = [target for target in case.lost if target not in dropped]
        if kept:
            return f"nobody takes over {kept[0]}"
        slots = [(each.target, each.before) for each in case.changes]
        if len(set(slots)) < len(slots):
            return "one thing changes hands twice"
        last = max(case.days)
        back = day_start(last + timedelta(days=self.absence_days))
        gone = Interval(start=day_start(last), end=back)
        for change in case.changes:
            why = self._change(case, change, gone)
            if why is not None:
                return why
        try:
            repaired(self.roster, case)
        except ValueError as error:
            return str(error)
        return None

    def _change(self, case: Case, change: Change, gone: Interval) -> str | None:
        target, after = change.target, change.after
        when = self.when.get(target)
        if when is None:
            return f"{target} is neither held nor a gap at a known time"
        if when.start < gone.start:
            return f"{target} begins before the absence"
        if change.before is not None and (target, change.before) not in self.held:
            return f"{change.before} does not hold {target}"
        if after is None:
            return None
        contract = self.region.contract_by_id.get(change.contract or "")
        if after not in self.region.physician_by_id:
            return f"the region knows nobody called {after}"
        if contract is None or contract.physician != after:
            return f"{after} has no contract {change.contract}"
        if after in case.physicians and when.start < gone.end:
            return f"{after} is away, and would hold {target}"
        if any(each.overlaps(when) for each in self.away.get(after, ())):
            return f"{after} is absent during {target}"
        return None
