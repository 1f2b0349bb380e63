"""The question in the slice: what everything is computed from, and what a proof embeds."""

from __future__ import annotations

from collections.abc import Sequence

from so247.audit.slice import Slice, slice_of
from so247.models.clock import local_day
from so247.models.roster import Roster
from so247.solver.plan import Plan
from so247.solver.prover.asked import Asked, later_sites, postponed


class Case:
    """One question. ``history``: as the slice has it; ``left_out``: sites that open later."""

    def __init__(
        self, asked: Asked, history: Sequence[Roster], *, names: bool, left_out: Sequence[str] = ()
    ) -> None:
        self.asked = asked
        self.names = names
        self.whole_history = tuple(history)
        self.left_out = tuple(left_out)
        self.slice: Slice = slice_of(asked.region, asked.site, names=names)
        self.history = tuple(self.slice.roster(each) for each in history)

    @property
    def plan(self) -> Plan:
        asked = self.asked
        end = local_day(asked.period.end)
        return Plan(self.slice.region, asked.first, asked.weeks, self.history, asked.start, end)

    def without_later_sites(self) -> Case:
        """The same in a region where what opens later opens only after the period."""
        later = later_sites(self.asked)
        fewer = postponed(self.asked, later)
        return Case(fewer, self.whole_history, names=self.names, left_out=later)
