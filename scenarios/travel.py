"""Agreed minutes that everybody in a pool can keep, and the travel times that show it."""

from __future__ import annotations

from datetime import date, timedelta

from so247.models.lines import Line
from so247.models.region import Region
from so247.models.sites import (
    Agreement,
    AgreementKind,
    CareFunction,
    Facility,
    FunctionHolder,
    TravelTime,
)
from so247.scenarios.geography import rounded_up
from so247.scenarios.landscape import Area, Landscape
from so247.scenarios.lines import PHONE_MINUTES

SHORTEST_LIMIT = 30
FUNCTIONS = (CareFunction.CO_TREATMENT, CareFunction.CONSULTATION)


def origins(region: Region, land: Landscape, area: Area) -> tuple[str, ...]:
    """Where the people of the area's pool may be when they are called: bases, work, sessions."""
    people = [person for person in region.physicians if area.pool in person.pools]
    pools = {pool for person in people for pool in person.pools}
    names = {person.id for person in people}
    found = {base for person in people for base in (person.day_base, person.night_base) if base}
    found |= {
        row.place for row in region.commitments if row.physician in names and row.on_call_allowed
    }
    for demand in region.sessions:
        group = region.group_of_practice.get(demand.site)
        site = region.site_by_id[group.id if group else demand.site]
        if demand.on_call_allowed and pools & set(site.pools):
            found.add(demand.site)
    return tuple(place for place in land.spots if place in found)


def limits(region: Region, land: Landscape) -> dict[str, int]:
    """Site -> on-site minutes: the longest drive in its area, rounded up to five minutes.

    Those who live too far away (``land.far``) do not count: they cannot be on site at night.
    """
    far = {place.id for place in land.far}
    found: dict[str, int] = {}
    for area in land.areas:
        near = [origin for origin in origins(region, land, area) if origin not in far]
        longest = max(land.minutes(origin, site) for origin in near for site in area.sites)
        found |= dict.fromkeys(area.sites, max(SHORTEST_LIMIT, rounded_up(longest)))
    return found


def travel_times(region: Region, land: Landscape) -> tuple[TravelTime, ...]:
    """What coverage and sessions need to know, each way once."""
    pairs: set[tuple[str, str]] = set()
    for area in land.areas:
        for origin in origins(region, land, area):
            pairs |= {(origin, site) for site in area.sites}
    for person in region.physicians:
        for demand in region.sessions:
            group = region.group_of_practice.get(demand.site)
            site = region.site_by_id[group.id if group else demand.site]
            if person.day_base and set(site.pools) & set(person.pools):
                pairs.add((person.day_base, demand.site))
    order = {name: at for at, name in enumerate(land.spots)}
    once = {(a, b) for a, b in pairs if a != b and ((b, a) not in pairs or order[a] < order[b])}
    return tuple(
        TravelTime(origin=a, destination=b, minutes=land.minutes(a, b))
        for a, b in sorted(once, key=lambda pair: (order[pair[0]], order[pair[1]]))
    )


def agreements(region: Region, signed_before: date, limit: dict[str, int]) -> tuple[Agreement, ...]:
    """Every site with its pool, signed well before the period, with minutes."""
    return tuple(
        Agreement(
            id=f"so-{site.id}"[:40],
            kind=AgreementKind.SO_AVAILABILITY,
            site=site.id,
            partner=site.pools[0],
            signed_on=signed_before - timedelta(days=20 + 7 * (number % 8)),
            phone_minutes=PHONE_MINUTES,
            on_site_minutes=limit[site.id],
            functions=FUNCTIONS if isinstance(site, Facility) else (),
        )
        for number, site in enumerate(region.site_by_id.values())
    )


def facilities(region: Region) -> tuple[Facility, ...]:
    """The promised functions are with the SO paired to the facility's GP group."""
    pair = {row.site: row.physician for row in region.pairings}
    return tuple(
        facility.model_copy(
            update={
                "function_holders": tuple(
                    FunctionHolder(function=function, physician=pair[facility.gp_group or ""])
                    for function in FUNCTIONS
                )
            }
        )
        for facility in region.facilities
    )


def lines(region: Region, limit: dict[str, int]) -> tuple[Line, ...]:
    """A line promises what the strictest of its sites requires."""
    return tuple(
        line.model_copy(update={"on_site_minutes": min(limit[site] for site in line.sites)})
        for line in region.lines
    )
