"""A roster of the toy region by hand, and one question about it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.calendar import duties
from so247.models.clock import Interval, period
from so247.models.explanation import Candidate, Obstacle
from so247.models.lines import Per, Product, SessionDemand
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.solver.explain import explain
from so247.solver.limits import Limits

MONDAY = date(2026, 11, 2)
QUICK = Limits(seconds=3, reproducible=True)
DUTIES = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def planned(region: Region, weeks: int = 1) -> dict[str, Interval]:
    return {each.id: each.when for each in duties(region, period(MONDAY, weeks))}


def roster(region: Region, holders: dict[str, str], weeks: int = 1, **fields: Any) -> Roster:
    """The duties (sessions, with their times in ``extra``) that these people hold."""
    times = planned(region, weeks)
    rows = tuple(
        Assignment(target=name, physician=who, contract=f"{who}-c", when=times[name])
        for name, who in holders.items()
    )
    extra = fields.pop("extra", ())
    base: dict[str, Any] = {"region_id": "small", "period": period(MONDAY, weeks)}
    return Roster(**(base | {"assignments": (*rows, *extra)} | fields))


def asked(
    region: Region, duty: str, person: str, holders: dict[str, str] | None = None, **more: Any
) -> Candidate:
    made = roster(region, holders or {}, **more)
    explanation = explain(region, made, duty=duty, person=person, limits=QUICK)
    (explained,) = explanation.explained
    (found,) = explained.candidates
    return found


def only(obstacles: tuple[Obstacle, ...]) -> Obstacle:
    (found,) = obstacles
    return found


def norm(kind: NormKind, limit: float, **fields: Any) -> dict[str, Any]:
    """Parts of a region in which every pack holds this one hard norm."""
    base: dict[str, Any] = {"id": "tried", "kind": kind, "text": "Tried", "limit": limit}
    base |= {"counts": DUTIES, "severity": Severity.HARD, "basis": Basis.VOLUNTARY}
    rule = Norm(**(base | {"source": "test"} | fields))
    packs = tuple(RulePack(id=each.id, name=each.name, norms=(rule,)) for each in SHIPPED_PACKS)
    return {"rule_packs": packs}


def session(**fields: Any) -> SessionDemand:
    base: dict[str, Any] = {"site": "home", "product": Product.CONSULTATION, "count": 1}
    base |= {"per": Per.ISO_WEEK, "weekdays": (Weekday.MONDAY,)}
    return SessionDemand(**(base | {"start_time": time(9), "end_time": time(12)} | fields))


CONSULT = "home.consultation.2026w45.1"


class Asking:
    """What the tests use from this file (tests share it as a fixture, not as an import)."""

    CONSULT = CONSULT
    QUICK = QUICK
    planned = staticmethod(planned)
    roster = staticmethod(roster)
    one = staticmethod(asked)
    only = staticmethod(only)
    norm = staticmethod(norm)
    session = staticmethod(session)


@pytest.fixture(scope="session")
def ask() -> type[Asking]:
    return Asking


@pytest.fixture
def monday(toy: Any) -> str:
    """Office hours of Monday 2 November, 08:00 to 17:00: nine hours."""
    return str(toy.duty("day", "2026-11-02 08:00"))


@pytest.fixture
def night(toy: Any) -> str:
    """Monday 17:00 to Tuesday 08:00: fifteen hours."""
    return str(toy.duty("anw", "2026-11-02 17:00"))
