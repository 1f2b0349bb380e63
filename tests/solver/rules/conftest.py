"""A region small enough to know its best roster beforehand, and what is asked of every solve.

One facility ``home`` (10 residents, pool ``pool``, signed agreement: 15 minutes by phone, 30 on
site). Unless told otherwise one line ``day``: office hours of Monday 2 November 2026 only, one duty
of 9 x 60 = 540 minutes, and one SO ``ann`` who lives 20 minutes away. No norm binds anybody, unless
a test gives some. One week has 7 x 24 x 60 = 10 080 minutes in which the facility needs a first
line: those of no line are uncovered whatever is rostered, so each duty held lowers that by its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.base import Weekday
from so247.models.clock import AMSTERDAM, UTC, Interval, period
from so247.models.duty import duty_id
from so247.models.lines import Line, Pattern, Per, Position, Product, SessionDemand, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.packs import SHIPPED_PACKS
from so247.models.people import (
    Absence,
    Commitment,
    Contract,
    Employer,
    PackBinding,
    Physician,
    Pin,
    Pool,
    Role,
)
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result, Status, StoppedBy
from so247.models.roster import Assignment, Roster
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
from so247.solver.solve import build, solve

MONDAY = date(2026, 11, 2)
WEEK = 7 * 24 * 60
OFFICE = 9 * 60
LIMITS = Limits(seconds=5, workers=1, reproducible=True)


def local(text: str) -> datetime:
    """``"2026-11-02 17:00"`` on a clock in Amsterdam, as an instant."""
    at = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)
    return at.astimezone(UTC)


def between(start: str, end: str) -> Interval:
    return Interval(start=local(start), end=local(end))


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


def residents(count: int) -> tuple[ResidentCount, ...]:
    setting = ResidenceSetting.FACILITY_WITHOUT_TREATMENT
    return (ResidentCount(setting=setting, indication=Indication.WLZ, count=count),)


def facility(name: str = "home", **fields: Any) -> Facility:
    setting = ResidenceSetting.FACILITY_WITHOUT_TREATMENT
    base: dict[str, Any] = {"id": name, "name": name.title(), "setting": setting}
    return Facility(**(base | {"pools": ("pool",), "residents": residents(10)} | fields))


def agreement(site: str = "home", **fields: Any) -> Agreement:
    base: dict[str, Any] = {"id": f"so-{site}", "kind": AgreementKind.SO_AVAILABILITY}
    base |= {"site": site, "partner": "pool", "signed_on": date(2026, 1, 1)}
    return Agreement(**(base | {"phone_minutes": 15, "on_site_minutes": 30} | fields))


def person(name: str, **fields: Any) -> Physician:
    base: dict[str, Any] = {"id": name, "name": name.title(), "pools": ("pool",)}
    base |= {"role": Role.ELDERLY_CARE_PHYSICIAN, "day_base": "base", "night_base": "base"}
    return Physician(**(base | fields))


def contract(who: str, **fields: Any) -> Contract:
    base: dict[str, Any] = {"id": f"{who}-c", "physician": who, "employer": "care", "fte": 1.0}
    return Contract(**(base | fields))


def line(name: str, first: date = MONDAY, last: date | None = None, **fields: Any) -> Line:
    """A line that exists from ``first`` to ``last`` (default: that one day), in office hours."""
    base: dict[str, Any] = {"id": name, "name": name, "sites": ("home",), "pattern": "daily"}
    base |= {"window": Window.OFFICE_HOURS, "phone": "0612345678", "escalation": (name,)}
    base |= {"phone_minutes": 15, "on_site_minutes": 30}
    return Line(**(base | {"valid_from": first, "valid_until": last or first} | fields))


def backup(name: str = "back", **fields: Any) -> Line:
    return line(name, position=Position.BACKUP, **fields)


def pattern(name: str, *cuts: int, sunday: tuple[int, ...] | None = None) -> Pattern:
    """Cuts at these whole hours of every day (of every day but Sunday, if ``sunday`` is given)."""
    times = tuple(time(cut) for cut in cuts)
    on_sunday = None if sunday is None else tuple(time(cut) for cut in sunday)
    return Pattern(id=name, workday=times, saturday=times, sunday=on_sunday)


def always(name: str, first: date = MONDAY, last: date | None = None, **fields: Any) -> Line:
    """The same around the clock, in whole local days."""
    return line(name, first, last, **({"window": Window.ALWAYS, "pattern": "midnight"} | fields))


def session(**fields: Any) -> SessionDemand:
    """One consultation of three hours a week at the facility, on any workday."""
    base: dict[str, Any] = {"site": "home", "product": Product.CONSULTATION, "count": 1}
    base |= {"per": Per.ISO_WEEK, "weekdays": tuple(Weekday)[:5]}
    return SessionDemand(**(base | {"start_time": time(9), "end_time": time(12)} | fields))


def employer(name: str, **fields: Any) -> Employer:
    return Employer(id=name, name=name.title(), **fields)


def travel(origin: str, destination: str, minutes: int) -> TravelTime:
    return TravelTime(origin=origin, destination=destination, minutes=minutes)


def pin(target: str, who: str = "ann", **fields: Any) -> Pin:
    return Pin(target=target, physician=who, **fields)


def absence(first: date, last: date | None = None, who: str = "ann", **fields: Any) -> Absence:
    return Absence(physician=who, first_day=first, last_day=last or first, **fields)


def commitment(on: date, start: int, end: int, who: str = "ann", **fields: Any) -> Commitment:
    base: dict[str, Any] = {"physician": who, "place": "base", "day": on}
    return Commitment(**(base | {"start_time": time(start), "end_time": time(end)} | fields))


def norm(kind: NormKind, limit: float, *counts: Work, **fields: Any) -> Norm:
    """A hard norm; it counts office duties unless told otherwise."""
    base: dict[str, Any] = {"id": "tried", "kind": kind, "text": "Tried", "limit": limit}
    base |= {"counts": counts or (Work.OFFICE_DUTY,), "severity": Severity.HARD}
    return Norm(**(base | {"basis": Basis.VOLUNTARY, "source": "test"} | fields))


def packs(*norms: Norm) -> tuple[RulePack, ...]:
    """Every shipped pack replaced by these norms alone."""
    return tuple(RulePack(id=pack.id, name=pack.name, norms=norms) for pack in SHIPPED_PACKS)


def region(*, norms: Sequence[Norm] = (), **overrides: Any) -> Region:
    people = overrides.get("physicians", (person("ann"),))
    parts: dict[str, Any] = {
        "id": "small",
        "name": "Small",
        "anchor_date": date(2026, 10, 5),
        "first_roster_on": MONDAY,  # so that no look-back is unknown
        "holiday_years": (2026, 2027),
        "pools": (Pool(id="pool", name="Pool"), Pool(id="other", name="Other")),
        "employers": (employer("care"),),
        "places": (Place(id="base", name="Base"), Place(id="far", name="Far")),
        "facilities": (facility(),),
        "agreements": (agreement(),),
        "patterns": (pattern("daily", 8, 17), pattern("midnight", 0)),
        "lines": (line("day"),),
        "physicians": people,
        "contracts": tuple(contract(each.id) for each in people),
        "rule_packs": packs(*norms),
        "travel_times": (
            travel("base", "home", 20),
            travel("far", "home", 31),
        ),
    }
    return Region(**(parts | overrides))


def bound_from(first: date, *norms: Norm) -> dict[str, Any]:
    """Parts of a region in which a pack of these norms binds Ann from that day on, none before."""
    bindings = (
        PackBinding(pack="free", valid_until=first - timedelta(days=1)),
        PackBinding(pack="tight", valid_from=first),
    )
    return {
        "physicians": (person("ann", rule_packs=bindings),),
        "rule_packs": (
            RulePack(id="free", name="Free", norms=()),
            RulePack(id="tight", name="Tight", norms=norms),
        ),
    }


def held(what: str, who: str, start: str, end: str, **fields: Any) -> Assignment:
    """``what`` is a session id, or a line: then the duty of it that starts then."""
    when = between(start, end)
    target = what if "." in what else duty_id(what, when)
    base: dict[str, Any] = {"target": target, "physician": who, "contract": f"{who}-c"}
    return Assignment(**(base | {"when": when} | fields))


def office(number: int, who: str = "ann", what: str = "day", **fields: Any) -> Assignment:
    """The office hours of that day in November."""
    return held(what, who, f"2026-11-{number:02} 08:00", f"2026-11-{number:02} 17:00", **fields)


def roster(*assignments: Assignment, first: date = MONDAY, weeks: int = 1, **fields: Any) -> Roster:
    return Roster(region_id="small", period=period(first, weeks), assignments=assignments, **fields)


def before(*assignments: Assignment, weeks: int = 4, first: date = MONDAY) -> tuple[Roster, ...]:
    """History: a roster of the weeks before the period."""
    return (roster(*assignments, first=first - timedelta(weeks=weeks), weeks=weeks),)


def rules(report: Report) -> set[str]:
    """Ids of the rules of which the report finds breaches, hard or soft."""
    return {f.rule for f in report.findings if f.outcome.value == "breach"}


@dataclass(frozen=True)
class Solved:
    """A result, as tests ask about it."""

    region: Region
    result: Result

    @property
    def held(self) -> dict[str, str]:
        """Who holds what."""
        assert self.result.roster is not None
        return {each.target: each.physician for each in self.result.roster.standing}

    @property
    def holders(self) -> list[str]:
        """Who holds something, in order of time."""
        assert self.result.roster is not None
        return [each.physician for each in self.result.roster.standing]

    @property
    def gaps(self) -> dict[str, int]:
        """Site-minutes of what nobody holds."""
        assert self.result.roster is not None
        return {gap.target: gap.site_minutes for gap in self.result.roster.gaps}

    def why(self, target: str) -> tuple[str, ...]:
        """Why nobody holds it, as "rule: people", without the words around it."""
        assert self.result.roster is not None
        (gap,) = (each for each in self.result.roster.gaps if each.target == target)
        rules = (re.search(r"([a-z]+\.[a-z_]+)\)?: (.*)", each) for each in gap.reasons)
        return tuple(f"{found[1]}: {found[2]}" for found in rules if found)

    def cost(self, tier: str) -> int:
        (found,) = (each.value for each in self.result.tiers if each.name == tier)
        return found

    @property
    def pinned_breaches(self) -> set[str]:
        assert self.result.report is not None
        return {each.rule for each in self.result.report.hard_breaches if each.pinned}


def solved(
    region: Region, *, first: date = MONDAY, weeks: int = 1, history: Sequence[Roster] = ()
) -> Solved:
    """Solve to proof; whatever the rule, the check must then agree in everything.

    No person breaks a hard rule but by a pin (an organisation holds its line whatever happens), and
    every tier that the check computes from the roster alone has the value that the solver says.
    """
    result = solve(region, first, weeks, history=history, limits=LIMITS)
    assert result.roster is not None
    # Rows that are stricter than the rulebook (several free periods) prove nothing by themselves.
    _, problem = build(region, first, weeks, history)
    assert result.status is (Status.FEASIBLE if problem.stricter else Status.OPTIMAL)
    assert result.stopped_by is StoppedBy.PROOF
    report = check(region, result.roster, history)
    people = region.physician_by_id
    chosen = [e for e in report.hard_breaches if not e.pinned and e.physician in (*people, None)]
    assert chosen == []
    assert {each.name: each.value for each in result.tiers} == {
        each.name: each.value for each in report.tiers
    }
    return Solved(region, result)


def by_hand(
    region: Region,
    *assignments: Assignment,
    first: date = MONDAY,
    weeks: int = 1,
    history: Sequence[Roster] = (),
) -> set[str]:
    """The rules that the check finds broken when this is rostered by hand."""
    made = roster(*assignments, first=first, weeks=weeks)
    return rules(check(region, made, history))


class Small:
    """What the tests use from this file (tests share it as a fixture, not as an import)."""

    MONDAY = MONDAY
    WEEK = WEEK
    OFFICE = OFFICE
    Weekday = Weekday
    time = time
    absence = staticmethod(absence)
    agreement = staticmethod(agreement)
    always = staticmethod(always)
    backup = staticmethod(backup)
    bound_from = staticmethod(bound_from)
    before = staticmethod(before)
    between = staticmethod(between)
    by_hand = staticmethod(by_hand)
    commitment = staticmethod(commitment)
    contract = staticmethod(contract)
    day = staticmethod(day)
    employer = staticmethod(employer)
    facility = staticmethod(facility)
    held = staticmethod(held)
    line = staticmethod(line)
    norm = staticmethod(norm)
    office = staticmethod(office)
    packs = staticmethod(packs)
    pattern = staticmethod(pattern)
    person = staticmethod(person)
    pin = staticmethod(pin)
    region = staticmethod(region)
    residents = staticmethod(residents)
    roster = staticmethod(roster)
    session = staticmethod(session)
    solved = staticmethod(solved)
    travel = staticmethod(travel)


@pytest.fixture(scope="session")
def small() -> type[Small]:
    return Small
