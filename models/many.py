"""What rostering many regions together returns, and what it tells on the way."""

from __future__ import annotations

from enum import StrEnum

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.national import NationalReport
from so247.models.region import Region
from so247.models.result import Result
from so247.models.roster import Roster


class Stage(StrEnum):
    FIRST = "first"
    """Every region by itself, with people split as agreed."""
    REPAIR = "repair"
    """Work that only breaks a rule together with another region's is given up."""
    NEGOTIATE = "negotiate"
    """Time of shared people is handed to regions that come short."""


class Ended(StrEnum):
    COVERED = "covered"
    """No duty is without a holder."""
    SETTLED = "settled"
    """Nothing that could still be handed over is likely to help."""
    ROUNDS = "rounds"
    BUDGET = "budget"
    CANCEL = "cancel"


class Stay(Model):
    """A stretch in which a shared person is open to one region, and to no other."""

    person_key: str
    region: Id
    when: Interval


class HandOver(Model):
    """Time of a person that went, or was to go, to another region.

    ``target`` is the duty that nobody held. ``gained``: by how many site-minutes less is uncovered
    in the regions that were solved again for it; nothing was handed over unless ``accepted``.
    """

    round: Count
    person_key: str
    to_region: Id
    target: str
    when: Interval
    accepted: bool
    gained: int = 0


class RegionSolved(Model):
    """One region: its roster, and the region as it was solved.

    ``region`` is the given one with what other regions ask of shared people: absences where they
    are elsewhere, and their part of a common maximum. ``solves`` counts kept and discarded
    solves, ``lost`` those of which the worker died. ``failure`` says why there is no roster, if it
    was for want of a worker.
    """

    region: Region
    result: Result
    solves: Count = 0
    lost: Count = 0
    failure: str = ""

    @property
    def roster(self) -> Roster | None:
        return self.result.roster


class Many(Model):
    """Rosters of many regions, checked side by side.

    ``seconds``: of all solves together, as ``Limits`` measures them. ``rounds`` of negotiation.
    ``notes`` say what went wrong with the executor, if anything did.
    """

    regions: tuple[RegionSolved, ...]
    stays: tuple[Stay, ...] = ()
    handovers: tuple[HandOver, ...] = ()
    report: NationalReport
    ended: Ended
    rounds: Count = 0
    repairs: Count = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def of(self, region: str) -> RegionSolved:
        """Raises ``KeyError`` for a region that was not asked for."""
        for each in self.regions:
            if each.region.id == region:
                return each
        raise KeyError(region)

    @property
    def rosters(self) -> tuple[Roster, ...]:
        return tuple(each.roster for each in self.regions if each.roster is not None)

    @property
    def uncovered_site_minutes(self) -> int:
        """Over all regions that have a roster."""
        reports = (each.result.report for each in self.regions)
        return sum(report.uncovered_site_minutes for report in reports if report is not None)

    @property
    def lost(self) -> int:
        """Solves that had to be done again because a worker died."""
        return sum(each.lost for each in self.regions)


class ManyProgress(Model):
    """A sign of life: one more region of this round is done, or another round begins.

    ``gaps``: uncovered site-minutes of all regions that have a roster so far.
    """

    stage: Stage
    round: Count
    done: Count
    total: Count
    gaps: Count
    lost: Count = 0
    region: str = ""
