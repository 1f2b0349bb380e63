"""The sessions that a generated region asks for."""

from __future__ import annotations

from datetime import time
from random import Random

from so247.models.base import Weekday
from so247.models.lines import Per, Product, SessionDemand
from so247.models.settings import WORKWEEK
from so247.models.sites import Pairing
from so247.scenarios.landscape import Landscape
from so247.scenarios.spec import Spec
from so247.scenarios.staff import WLZ, ZVW, Staff

MORNING = (time(9), time(12))
AFTERNOON = (time(13, 30), time(16, 30))


def build(
    spec: Spec, land: Landscape, staff: Staff, pairings: tuple[Pairing, ...], rng: Random
) -> tuple[SessionDemand, ...]:
    """Consultations per GP group, team meetings in facilities, home visits in a few practices."""
    if not spec.sessions_per_group:
        return ()
    pair = {row.site: row for row in pairings}
    weekly = spec.sessions_per_group % 4 == 0
    found: list[SessionDemand] = []
    for number, group in enumerate(land.groups):
        days = _weekdays(staff, pair[group.id], rng)
        found.append(
            SessionDemand(
                site=group.id,
                product=Product.CONSULTATION,
                count=spec.sessions_per_group // 4 if weekly else spec.sessions_per_group,
                per=Per.ISO_WEEK if weekly else Per.FOUR_WEEKS,
                weekdays=days,
                start_time=MORNING[0],
                end_time=MORNING[1],
                funding=ZVW,
                on_call_allowed=number % 3 == 0,
            )
        )
        if number % 5 == 0:
            found.append(_four_weekly(group.practices[0].id, Product.HOME_VISITS, days, None))
    for number, facility in enumerate(land.facilities):
        share = spec.facility_sessions
        if int((number + 1) * share) > int(number * share):
            days = _weekdays(staff, pair[facility.gp_group or ""], rng)
            found.append(_four_weekly(facility.id, Product.TEAM_MEETING, days, WLZ))
    return tuple(found)


def _four_weekly(
    site: str, product: Product, days: tuple[Weekday, ...], funding: str | None
) -> SessionDemand:
    return SessionDemand(
        site=site,
        product=product,
        count=1,
        per=Per.FOUR_WEEKS,
        weekdays=days,
        start_time=AFTERNOON[0],
        end_time=AFTERNOON[1],
        funding=funding,
    )


def _weekdays(staff: Staff, pair: Pairing, rng: Random) -> tuple[Weekday, ...]:
    """Three or more weekdays, those on which the paired SO or the deputy is free among them."""
    free: set[Weekday] = set()
    for person in {pair.physician, pair.deputy} - {None}:
        busy = {row.weekday for row in staff.commitments if row.physician == person}
        free |= set(WORKWEEK) - busy
    others = rng.sample(sorted(set(WORKWEEK) - free), max(0, 3 - len(free)))
    return tuple(day for day in WORKWEEK if day in free or day in others)
