"""What each eligibility rule has to say about one person and item: its figure, and the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from so247.models import calendar
from so247.models.base import Valid
from so247.models.clock import days_interval
from so247.models.explanation import Obstacle
from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item
from so247.solver.instants import interval
from so247.solver.reasons.words import Words, day, said, since, stretch, until
from so247.solver.rules import (
    eligible_absence,
    eligible_agreement,
    eligible_commitment,
    eligible_contract,
    eligible_free_weekday,
    eligible_funding,
    eligible_pool,
    eligible_registration,
    eligible_role,
    eligible_travel,
)


@dataclass(frozen=True)
class Asked:
    """May the person hold the item, booked on the contract?"""

    context: Context
    person: Physician
    contract: Contract
    item: Item


def _role(asked: Asked) -> Iterator[Obstacle]:
    what = (
        ("de dienstlijn", "the line")
        if asked.item.line is not None
        else ("het dagdeel", "the session")
    )
    text = said(
        eligible_role.ID,
        f"heeft geen rol die {what[0]} vraagt",
        f"is in no role that {what[1]} asks for",
    )
    yield Obstacle(rule=eligible_role.ID, text=text)


def _pool(asked: Asked) -> Iterator[Obstacle]:
    region = asked.context.region
    kept = []
    for site in asked.item.sites:
        group = region.group_of_practice.get(site)
        pools = group.pools if group is not None else region.site_by_id[site].pools
        if pools and set(pools).isdisjoint(asked.person.pools):
            kept.append(site)
    if kept:
        nl, en = _among(asked.context, kept)
        text = said(eligible_pool.ID, f"is in geen artsenpool van {nl}", f"is in no pool of {en}")
        yield Obstacle(rule=eligible_pool.ID, text=text, site=kept[0])


def _among(context: Context, sites: Sequence[str]) -> Words:
    """The first of some sites by name, and how many more there are."""
    name, more = place_name(context, sites[0]), len(sites) - 1
    return (f"{name} (en {more} meer)", f"{name} (and {more} more)") if more else (name, name)


def _registration(asked: Asked) -> Iterator[Obstacle]:
    on = next(each for each in asked.item.days if not asked.person.registered_on(each))
    bounds = _bounds(
        Valid(valid_from=asked.person.registered_from, valid_until=asked.person.registered_until)
    )
    text = said(
        eligible_registration.ID,
        f"is op {day(on)[0]} niet geregistreerd (wel{bounds[0]})",
        f"is not registered on {day(on)[1]} (but{bounds[1]})",
    )
    yield Obstacle(rule=eligible_registration.ID, text=text, when=days_interval(on, on))


def _contract(asked: Asked) -> Iterator[Obstacle]:
    on = next(each for each in asked.item.days if not asked.contract.holds_on(each))
    bounds = _bounds(asked.contract)
    text = said(
        eligible_contract.ID,
        f"contract {asked.contract.id} geldt niet op {day(on)[0]} (wel{bounds[0]})",
        f"contract {asked.contract.id} does not hold on {day(on)[1]} (but{bounds[1]})",
    )
    yield Obstacle(
        rule=eligible_contract.ID, text=text, contract=asked.contract.id, when=days_interval(on, on)
    )


def _bounds(valid: Valid) -> Words:
    (from_nl, from_en), (to_nl, to_en) = since(valid.valid_from), until(valid.valid_until)
    return from_nl + to_nl, from_en + to_en


def _absence(asked: Asked) -> Iterator[Obstacle]:
    whole = interval(asked.item.start, asked.item.end)
    for absence in asked.context.region.absences:
        when = calendar.absence_interval(absence)
        if absence.physician == asked.person.id and when.overlaps(whole):
            nl, en = stretch(when)
            text = said(eligible_absence.ID, f"afwezig {nl}", f"away {en}")
            yield Obstacle(rule=eligible_absence.ID, text=text, when=when)


def _free_weekday(asked: Asked) -> Iterator[Obstacle]:
    nl, en = day(asked.item.start_day)
    text = said(
        eligible_free_weekday.ID,
        f"{nl} is een vrije dag van contract {asked.contract.id}",
        f"{en} is a free weekday of contract {asked.contract.id}",
    )
    when = days_interval(asked.item.start_day, asked.item.start_day)
    yield Obstacle(rule=eligible_free_weekday.ID, text=text, contract=asked.contract.id, when=when)


def _commitment(asked: Asked) -> Iterator[Obstacle]:
    for piece, place, _, on_call in asked.context.commitments_near(
        asked.person.id, asked.item.start, asked.item.end
    ):
        overlaps = piece.start < asked.item.end and asked.item.start < piece.end
        if overlaps and not (on_call and asked.item.kind in eligible_commitment.ON_CALL):
            when, name = interval(piece.start, piece.end), place_name(asked.context, place)
            nl, en = stretch(when)
            text = said(
                eligible_commitment.ID, f"ander werk, {name}, {nl}", f"other work, {name}, {en}"
            )
            yield Obstacle(rule=eligible_commitment.ID, text=text, when=when)


def _agreement(asked: Asked) -> Iterator[Obstacle]:
    """One for each day on which some site has agreements, and none with a pool of the person."""
    for on in asked.item.days:
        kept = [
            site
            for site in asked.item.sites
            if (agreed := asked.context.facts.pools_on(site, on))
            and agreed.isdisjoint(asked.person.pools)
        ]
        if kept:
            names, (nl, en) = _among(asked.context, kept), day(on)
            text = said(
                eligible_agreement.ID,
                f"{names[0]}: op {nl} geen afspraak met een artsenpool van deze arts",
                f"{names[1]}: on {en} no agreement with a pool of this person",
            )
            when = days_interval(on, on)
            yield Obstacle(rule=eligible_agreement.ID, text=text, site=kept[0], when=when)


def _funding(asked: Asked) -> Iterator[Obstacle]:
    assert asked.item.demand is not None
    employer = asked.context.region.employer_by_id[asked.contract.employer]
    label = asked.item.demand.funding
    nl, en = day(asked.item.start_day)
    text = said(
        eligible_funding.ID,
        f"{employer.name} heeft op {nl} geen contract voor {label}",
        f"{employer.name} has no contract for {label} on {en}",
    )
    yield Obstacle(rule=eligible_funding.ID, text=text, contract=asked.contract.id)


def _travel(asked: Asked) -> Iterator[Obstacle]:
    """From each place where the person then is: the site that is furthest beyond its limit."""
    context, item = asked.context, asked.item
    limits = context.facts.required(item.sites, item.days)
    for position in eligible_travel.positions(context, asked.person, item):
        ways = [
            (context.region.travel(position, site), limit, site)
            for site, limit in zip(item.sites, limits, strict=True)
        ]
        far = [
            (m - limit, m, limit, site) for m, limit, site in ways if m is not None and m > limit
        ]
        far.sort(reverse=True)
        unknown = [site for minutes, _, site in ways if minutes is None]
        if far:
            _, minutes, limit, _ = far[0]
            sites = [site for *_, site in far]
            yield _too_far(context, str(position), sites, minutes, limit)
        elif unknown and not eligible_travel.allowed(context, None):
            yield _unknown_way(context, position, unknown[0])


def _too_far(
    context: Context, position: str, sites: Sequence[str], minutes: int, limit: int
) -> Obstacle:
    here, (nl, en) = place_name(context, position), _among(context, sites)
    text = said(
        eligible_travel.ID,
        f"{minutes} min van {here} naar {nl}, hoogstens {limit}",
        f"{minutes} min from {here} to {en}, at most {limit}",
    )
    return Obstacle(
        rule=eligible_travel.ID,
        text=text,
        site=sites[0],
        figure=minutes,
        limit=limit,
        unit="minutes",
    )


def _unknown_way(context: Context, position: str | None, site: str) -> Obstacle:
    there = place_name(context, site)
    here = ("", "")
    if position is not None:
        name = place_name(context, position)
        here = (f" van {name}", f" from {name}")
    text = said(
        eligible_travel.ID,
        f"reistijd{here[0]} naar {there} onbekend",
        f"travel time{here[1]} to {there} unknown",
    )
    return Obstacle(rule=eligible_travel.ID, text=text, site=site, unit="minutes")


def place_name(context: Context, place: str) -> str:
    """Name of a site, practice or other place; the id of what has none."""
    region = context.region
    if place in region.site_by_id:
        return region.site_by_id[place].name
    names = {each.id: each.name for each in region.places}
    names |= {each.id: each.name for each in region.gp_posts}
    names |= {each.id: each.name for group in region.gp_groups for each in group.practices}
    return names.get(place, place)


DETAILS: dict[str, Callable[[Asked], Iterator[Obstacle]]] = {
    eligible_role.ID: _role,
    eligible_pool.ID: _pool,
    eligible_contract.ID: _contract,
    eligible_registration.ID: _registration,
    eligible_absence.ID: _absence,
    eligible_free_weekday.ID: _free_weekday,
    eligible_commitment.ID: _commitment,
    eligible_agreement.ID: _agreement,
    eligible_funding.ID: _funding,
    eligible_travel.ID: _travel,
}
