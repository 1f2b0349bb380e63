"""A small region that two SOs can cover, and what is asked of solves of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from so247.models.clock import AMSTERDAM, UTC
from so247.models.lines import Line, Pattern, Window
from so247.models.norms import RulePack
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Contract, Employer, Physician, Pool, Role
from so247.models.region import Region
from so247.models.result import Result
from so247.models.sites import (
    Agreement,
    AgreementKind,
    Facility,
    Indication,
    Place,
    ResidenceSetting,
    ResidentCount,
    TravelTime,
)
from so247.solver.limits import Limits
from so247.solver.solve import solve

MONDAY = date(2026, 11, 2)
WEEK = 7 * 24 * 60
"""Minutes of a week; 2 to 8 November 2026 has no clock change."""
OFFICE = 5 * 9 * 60
REPEATED = Limits(seconds=5, reproducible=True)
SETTING = ResidenceSetting.FACILITY_WITHOUT_TREATMENT


def physician(name: str, **fields: Any) -> Physician:
    base: dict[str, Any] = {"role": Role.ELDERLY_CARE_PHYSICIAN, "pools": ("pool",)}
    base |= {"day_base": "base", "night_base": "base"}
    return Physician(**({"id": name, "name": name.title()} | base | fields))


def contract(who: str, **fields: Any) -> Contract:
    return Contract(**({"id": f"{who}-c", "physician": who, "employer": "care", "fte": 1} | fields))


def line(name: str, window: Window, **fields: Any) -> Line:
    base: dict[str, Any] = {"id": name, "name": name, "sites": ("home",), "window": window}
    base |= {"pattern": "daily", "phone": "0612345678", "escalation": (name,)}
    return Line(**(base | {"phone_minutes": 15, "on_site_minutes": 30} | fields))


def facility(name: str = "home", **fields: Any) -> Facility:
    rows = (ResidentCount(setting=SETTING, indication=Indication.WLZ, count=10),)
    base: dict[str, Any] = {"id": name, "name": name, "setting": SETTING, "pools": ("pool",)}
    return Facility(**(base | {"residents": rows} | fields))


def agreement(name: str, kind: AgreementKind, partner: str, site: str = "home") -> Agreement:
    return Agreement(
        id=name,
        kind=kind,
        site=site,
        partner=partner,
        signed_on=date(2026, 1, 1),
        phone_minutes=15,
        on_site_minutes=30,
    )


def small(**overrides: Any) -> Region:
    """One facility, a line for nights and weekends and one for office hours, two SOs nearby.

    No norm binds anybody, so each may hold everything and the week can be covered.
    """
    parts: dict[str, Any] = {
        "id": "small",
        "name": "Small",
        "anchor_date": MONDAY,
        "first_roster_on": MONDAY,
        "planning_start": MONDAY,
        "planning_weeks": 1,
        "holiday_years": (2026,),
        "pools": (Pool(id="pool", name="Pool"),),
        "employers": (Employer(id="care", name="Care"),),
        "places": (Place(id="base", name="Base"),),
        "facilities": (facility(),),
        "agreements": (agreement("so", AgreementKind.SO_AVAILABILITY, "pool"),),
        "patterns": (Pattern(id="daily", workday=(time(8), time(17)), saturday=(time(8),)),),
        "lines": (line("anw", Window.OUT_OF_HOURS), line("day", Window.OFFICE_HOURS)),
        "physicians": (physician("ann"), physician("bob")),
        "contracts": (contract("ann"), contract("bob")),
        "rule_packs": tuple(RulePack(id=p.id, name=p.name, norms=()) for p in SHIPPED_PACKS),
        "travel_times": (TravelTime(origin="base", destination="home", minutes=20),),
    }
    return Region(**(parts | overrides))


def quick(region: Region, **more: Any) -> Result:
    return solve(region, **{"limits": REPEATED, **more})


def coverage(result: Result) -> int:
    """Value of the first tier, which must be what the check counts."""
    assert result.report is not None
    assert result.tiers[0].value == result.report.uncovered_site_minutes
    return result.tiers[0].value


def at(text: str) -> datetime:
    local = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)
    return local.astimezone(UTC)


def duty(name: str, text: str) -> str:
    return f"{name}@{at(text):%Y-%m-%dT%H:%MZ}"


class Small:
    """What the tests use from this file (tests share it as a fixture, not as an import)."""

    MONDAY = MONDAY
    WEEK = WEEK
    OFFICE = OFFICE
    LIMITS = REPEATED
    region = staticmethod(small)
    physician = staticmethod(physician)
    contract = staticmethod(contract)
    line = staticmethod(line)
    facility = staticmethod(facility)
    agreement = staticmethod(agreement)
    solve = staticmethod(quick)
    coverage = staticmethod(coverage)
    duty = staticmethod(duty)


@pytest.fixture(scope="session")
def toy() -> type[Small]:
    return Small
