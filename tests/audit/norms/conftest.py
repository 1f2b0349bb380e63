"""A small ward to try norms and contracts on: one facility, one GP group, a few lines.

The period is four weeks from Monday 5 October 2026; it holds the change to winter time on Sunday
25 October. Times are local, written as "2026-10-05 17:00".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import pytest

from so247.audit.breach import Breach
from so247.audit.holdings import Case
from so247.audit.norms import norm_breaches
from so247.models.base import Weekday
from so247.models.clock import Interval, period, to_utc
from so247.models.lines import (
    Form,
    Line,
    Pattern,
    Per,
    Position,
    Product,
    SessionDemand,
    Window,
)
from so247.models.norms import Norm, RulePack
from so247.models.people import Contract, Employer, PackBinding, Physician, Role
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.sites import Facility, GpGroup, ResidenceSetting

Work = tuple[str, str, str]
"""(target or line, start, end)"""

SESSION = "north.consultation.2026w41.1"


def at(text: str) -> datetime:
    local = datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    return to_utc(local.date(), local.time())


def interval(start: str, end: str) -> Interval:
    return Interval(start=at(start), end=at(end))


def _line(name: str, **more: Any) -> Line:
    window = more.pop("window", Window.OUT_OF_HOURS)
    return Line(id=name, name=name, sites=("oak",), window=window, pattern="nights", **more)


LINES = (
    _line("call", combinable_with=("also",)),
    _line("also", position=Position.BACKUP, combinable_with=("call",)),
    _line("office", window=Window.OFFICE_HOURS),
)
WATCH = Line(
    id="watch",
    name="Watch",
    sites=("elm",),
    window=Window.ALWAYS,
    pattern="days",
    form=Form.PRESENCE,
    place="elm",
)


class Ward:
    """Builds cases around Ann, an SO unless told otherwise."""

    first = date(2026, 10, 5)

    def region(self, *norms: Norm, role: Role = Role.ELDERLY_CARE_PHYSICIAN, **more: Any) -> Region:
        """With norms given, a pack of these alone binds Ann; else her role's own."""
        packs = (PackBinding(pack="tried"),) if norms else ()
        values: dict[str, Any] = {
            "id": "ward",
            "name": "Ward",
            "anchor_date": date(2026, 10, 5),
            "first_roster_on": self.first,
            "employers": (Employer(id="care", name="Care"),),
            "facilities": tuple(
                Facility(id=each, name=each, setting=ResidenceSetting.HOME_WLZ)
                for each in ("oak", "elm")
            ),
            "gp_groups": (GpGroup(id="north", name="North"),),
            "patterns": (
                Pattern(
                    id="nights",
                    workday=(time(8), time(17)),
                    saturday=(time(8), time(17)),
                    holiday=(time(8), time(17)),
                ),
                Pattern(id="days", workday=(time(8),), saturday=(time(8),), holiday=(time(8),)),
            ),
            "lines": (*LINES, WATCH),
            "sessions": (
                SessionDemand(
                    site="north",
                    product=Product.CONSULTATION,
                    count=1,
                    per=Per.ISO_WEEK,
                    weekdays=tuple(Weekday)[:5],
                    start_time=time(9),
                    end_time=time(12),
                ),
            ),
            "physicians": (Physician(id="ann", name="Ann", role=role, rule_packs=packs),),
            "contracts": (Contract(id="ann-care", physician="ann", employer="care", fte=0.8),),
            "rule_packs": (RulePack(id="tried", name="Tried", norms=norms),) if norms else (),
        }
        return Region(**{**values, **more})

    def roster(
        self, work: Iterable[Work], first: date | None = None, weeks: int = 4, **more: Any
    ) -> Roster:
        assignments = tuple(
            Assignment(
                target=target if "." in target else f"{target}@{at(start):%Y-%m-%dT%H:%MZ}",
                physician="ann",
                contract="ann-care",
                when=interval(start, end),
            )
            for target, start, end in work
        )
        return Roster(
            region_id="ward",
            period=period(first or self.first, weeks),
            assignments=assignments,
            **more,
        )

    def case(
        self,
        region: Region,
        *work: Work,
        before: Sequence[Work] | None = None,
        first: date | None = None,
        weeks: int = 4,
    ) -> Case:
        """``before``: what a history roster of the four weeks before says."""
        start = first or self.first
        past: tuple[Roster, ...] = ()
        if before is not None:
            past = (self.roster(before, date.fromordinal(start.toordinal() - 28)),)
        return Case(region, self.roster(work, start, weeks), past)

    def breaches(self, case: Case, norm: str) -> list[Breach]:
        return [each for each in norm_breaches(case) if each.finding.norm == norm]

    def shown(self, case: Case, norm: str) -> list[tuple[str, float | None, int]]:
        """(outcome, figure, cost) of every finding about one norm."""
        return [
            (each.finding.outcome.value, each.finding.figure, each.cost)
            for each in self.breaches(case, norm)
        ]


@pytest.fixture
def ward() -> Ward:
    return Ward()
