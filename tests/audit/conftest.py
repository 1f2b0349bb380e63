"""A region small enough to check by hand, and rosters for it.

One facility ``home`` (10 residents) and one GP group ``group`` (5 residents), one pool ``pool``,
two signed agreements, minutes proven: 15 by phone, 30 on site. Two lines serve both: ``anw``
outside office hours, ``day`` within. The SOs ``ann`` and ``bob`` live 20 minutes from both sites.
No norm binds anybody, unless a test says so. The period is Monday 2 to Sunday 8 November 2026: no
holiday, no clock change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import pytest

from so247.models.calendar import duties
from so247.models.clock import AMSTERDAM, UTC, Interval, period
from so247.models.lines import Line, Pattern, Position, Window
from so247.models.norms import RulePack
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import Contract, Employer, Physician, Pool, Role
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.sites import (
    Agreement,
    AgreementKind,
    Facility,
    GpGroup,
    Indication,
    Place,
    ResidenceSetting,
    ResidentCount,
    TravelTime,
)

MONDAY = date(2026, 11, 2)
WEEK = period(MONDAY, 1)
SITES = ("home", "group")


def local(text: str) -> datetime:
    """``"2026-11-02 17:00"`` on a clock in Amsterdam, as an instant."""
    at = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)
    return at.astimezone(UTC)


def between(start: str, end: str) -> Interval:
    return Interval(start=local(start), end=local(end))


def residents(count: int) -> tuple[ResidentCount, ...]:
    setting = ResidenceSetting.FACILITY_WITHOUT_TREATMENT
    return (ResidentCount(setting=setting, indication=Indication.WLZ, count=count),)


def physician(name: str, **fields: Any) -> Physician:
    base = {"role": Role.ELDERLY_CARE_PHYSICIAN, "pools": ("pool",)}
    base |= {"day_base": "base", "night_base": "base"}
    return Physician(**({"id": name, "name": name.title()} | base | fields))


def contract(who: str, **fields: Any) -> Contract:
    plain = {"id": f"{who}-c", "physician": who, "employer": "care", "fte": 0.8}
    return Contract(**(plain | fields))


def line(name: str, window: Window, **fields: Any) -> Line:
    base: dict[str, Any] = {"id": name, "name": name, "sites": SITES, "window": window}
    base |= {"pattern": "daily", "phone": "0612345678", "escalation": (name,)}
    base |= {"phone_minutes": 15, "on_site_minutes": 30}
    return Line(**(base | fields))


def agreement(site: str, **fields: Any) -> Agreement:
    base: dict[str, Any] = {"id": f"so-{site}", "kind": AgreementKind.SO_AVAILABILITY}
    base |= {"site": site, "partner": "pool", "signed_on": date(2026, 1, 1)}
    base |= {"phone_minutes": 15, "on_site_minutes": 30}
    return Agreement(**(base | fields))


def facility(name: str = "home", **fields: Any) -> Facility:
    setting = ResidenceSetting.FACILITY_WITHOUT_TREATMENT
    base: dict[str, Any] = {"id": name, "name": name.title(), "setting": setting}
    base |= {"pools": ("pool",), "residents": residents(10)}
    return Facility(**(base | fields))


NO_NORMS = tuple(RulePack(id=pack.id, name=pack.name, norms=()) for pack in SHIPPED_PACKS)


def toy_region(**overrides: Any) -> Region:
    """The region above; any part of it may be replaced."""
    parts: dict[str, Any] = {
        "id": "toy",
        "name": "Toy",
        "anchor_date": MONDAY,
        "first_roster_on": MONDAY,  # so that no look-back is unknown
        "holiday_years": (2026, 2027),
        "pools": (Pool(id="pool", name="Pool"), Pool(id="other", name="Other")),
        "employers": (Employer(id="care", name="Care"),),
        "places": (Place(id="base", name="Base"), Place(id="far", name="Far")),
        "gp_groups": (GpGroup(id="group", name="Group", pools=("pool",), residents=residents(5)),),
        "facilities": (facility(),),
        "agreements": (agreement("home"), agreement("group")),
        "patterns": (
            Pattern(
                id="daily",
                workday=(time(8), time(17)),
                saturday=(time(8), time(20)),
            ),
        ),
        "lines": (line("anw", Window.OUT_OF_HOURS), line("day", Window.OFFICE_HOURS)),
        "physicians": (physician("ann"), physician("bob")),
        "contracts": (contract("ann"), contract("bob")),
        "rule_packs": NO_NORMS,
        "travel_times": tuple(
            TravelTime(origin=origin, destination=site, minutes=minutes)
            for site in SITES
            for origin, minutes in (("base", 20), ("far", 70))
        ),
    }
    return Region(**(parts | overrides))


def backup_line(name: str = "back", **fields: Any) -> Line:
    return line(name, Window.ALWAYS, position=Position.BACKUP, **fields)


def held(target: str, who: str, when: Interval, **fields: Any) -> Assignment:
    base: dict[str, Any] = {"target": target, "physician": who, "when": when}
    return Assignment(**(base | {"contract": f"{who}-c"} | fields))


def whole(line_id: str, who: str, **fields: Any) -> Assignment:
    """A hand-made duty over the whole period: only the line's window counts."""
    return held(f"{line_id}@by-hand", who, WEEK, **fields)


def roster(*assignments: Assignment, **fields: Any) -> Roster:
    base: dict[str, Any] = {"region_id": "toy", "period": WEEK, "assignments": assignments}
    return Roster(**(base | fields))


def planned(region: Region, holders: Mapping[str, str], **fields: Any) -> Roster:
    """Every planned duty of the period, held by whom ``holders`` names for its line."""
    pieces = duties(region, fields.get("period", WEEK))
    kept = [held(e.id, holders[e.line], e.when) for e in pieces if e.line in holders]
    return roster(*kept, **fields)


class Toy:
    """What the tests use from this file (tests share it as a fixture, not as an import)."""

    WEEK = WEEK
    MONDAY = MONDAY
    local = staticmethod(local)
    between = staticmethod(between)
    residents = staticmethod(residents)
    physician = staticmethod(physician)
    contract = staticmethod(contract)
    line = staticmethod(line)
    backup_line = staticmethod(backup_line)
    agreement = staticmethod(agreement)
    facility = staticmethod(facility)
    region = staticmethod(toy_region)
    held = staticmethod(held)
    whole = staticmethod(whole)
    roster = staticmethod(roster)
    planned = staticmethod(planned)


@pytest.fixture(scope="session")
def toy() -> type[Toy]:
    return Toy


@pytest.fixture(scope="session")
def rules_of() -> Callable[[Any], set[str]]:
    """Ids of the rules that a report finds hard breaches of."""
    return lambda report: {finding.rule for finding in report.hard_breaches}
