"""A region small enough to work out by hand, for the soft tiers.

One week from Monday 5 October 2026 unless told otherwise. Facility oak belongs to GP group north,
facility elm to none. Ann works full time, Bob and Cas half; all three are in the pool and near.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import pytest

from so247.audit.holdings import Case
from so247.models.base import Weekday
from so247.models.clock import Interval, period, to_utc
from so247.models.lines import Line, Pattern, Per, Product, SessionDemand, Window
from so247.models.people import Contract, Employer, Physician, Pool, Role
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.sites import (
    Facility,
    GpGroup,
    GpPractice,
    Pairing,
    Place,
    ResidenceSetting,
    TravelTime,
)

SO = Role.ELDERLY_CARE_PHYSICIAN
MONDAY = date(2026, 10, 5)
Held = tuple[str, str, str, str]
"""(who, line or session id, start, end)"""


def at(text: str) -> datetime:
    local = datetime.strptime(text, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    return to_utc(local.date(), local.time())


def person(name: str, **more: Any) -> Physician:
    values = {"role": SO, "pools": ("pool",), "day_base": "town", "night_base": "town", **more}
    return Physician(id=name, name=name.title(), **values)


def contract(name: str, fte: float, **more: Any) -> Contract:
    return Contract(id=f"{name}-care", physician=name, employer="care", fte=fte, **more)


def line(name: str, **more: Any) -> Line:
    values = {"sites": ("oak",), "window": Window.OUT_OF_HOURS, "pattern": "nights", **more}
    return Line(id=name, name=name, **values)


def weekly(**more: Any) -> SessionDemand:
    values: dict[str, Any] = {
        "site": "north",
        "product": Product.CONSULTATION,
        "count": 1,
        "per": Per.ISO_WEEK,
        "weekdays": tuple(Weekday)[:5],
        "start_time": time(9),
        "end_time": time(12),
        **more,
    }
    return SessionDemand(**values)


def pair(site: str, physician: str, deputy: str | None = None, **more: Any) -> Pairing:
    return Pairing(site=site, physician=physician, deputy=deputy, **more)


class Toy:
    person = staticmethod(person)
    contract = staticmethod(contract)
    line = staticmethod(line)
    weekly = staticmethod(weekly)
    pair = staticmethod(pair)

    def region(self, **more: Any) -> Region:
        values: dict[str, Any] = {
            "id": "toy",
            "name": "Toy",
            "anchor_date": MONDAY,
            "first_roster_on": MONDAY,
            "pools": (Pool(id="pool", name="Pool"), Pool(id="other", name="Other")),
            "employers": (Employer(id="care", name="Care"),),
            "places": (Place(id="town", name="Town"), Place(id="far", name="Far")),
            "gp_groups": (
                GpGroup(
                    id="north",
                    name="North",
                    pools=("pool",),
                    practices=(
                        GpPractice(id="mill", name="Mill"),
                        GpPractice(id="dam", name="Dam"),
                    ),
                ),
            ),
            "facilities": (
                Facility(
                    id="oak",
                    name="Oak",
                    setting=ResidenceSetting.HOME_WLZ,
                    gp_group="north",
                    pools=("pool",),
                    on_site_minutes=30,
                ),
                Facility(id="elm", name="Elm", setting=ResidenceSetting.HOME_WLZ, pools=("pool",)),
            ),
            "patterns": (
                Pattern(id="nights", workday=(time(8), time(17)), saturday=(time(8), time(17))),
            ),
            "lines": (line("night"), line("office", window=Window.OFFICE_HOURS)),
            "physicians": (person("ann"), person("bob"), person("cas")),
            "contracts": (contract("ann", 1.0), contract("bob", 0.5), contract("cas", 0.5)),
            "travel_times": (
                TravelTime(origin="town", destination="oak", minutes=20),
                TravelTime(origin="town", destination="north", minutes=15),
                TravelTime(origin="far", destination="oak", minutes=31),
            ),
        }
        return Region(**{**values, **more})

    def roster(
        self, held: Iterable[Held], weeks: int = 1, first: date = MONDAY, **more: Any
    ) -> Roster:
        assignments = tuple(
            Assignment(
                target=what if "." in what else f"{what}@{at(start):%Y-%m-%dT%H:%MZ}",
                physician=who,
                contract=f"{who}-care",
                when=Interval(start=at(start), end=at(end)),
            )
            for who, what, start, end in held
        )
        return Roster(region_id="toy", period=period(first, weeks), assignments=assignments, **more)

    def case(self, region: Region, *held: Held, **more: Any) -> Case:
        return Case(region, self.roster(held, **more))

    def night(self, who: str, day: int, what: str = "night") -> Held:
        """17:00 to 08:00, from that day in October."""
        return (who, what, f"2026-10-{day:02} 17:00", f"2026-10-{day + 1:02} 08:00")

    def office(self, who: str, day: int) -> Held:
        return (who, "office", f"2026-10-{day:02} 08:00", f"2026-10-{day:02} 17:00")

    def session(self, who: str, day: int, name: str = "north.consultation.2026w41.1") -> Held:
        return (who, name, f"2026-10-{day:02} 09:00", f"2026-10-{day:02} 12:00")


@pytest.fixture
def toy() -> Toy:
    return Toy()
