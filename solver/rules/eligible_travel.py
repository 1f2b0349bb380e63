"""On call, every site is within reach from wherever the person is at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from so247.models.norms import Work
from so247.models.people import Contract, Physician
from so247.models.settings import UnknownTravel
from so247.solver.context import Context, Item
from so247.solver.facts import Facts, Stretch
from so247.solver.instants import overlap, without
from so247.solver.limiting import SOFT_UNIT
from so247.solver.problem import Tier

ID = "eligible.travel"
STATEMENT = "From where the holder is, every open site is within its required on-site minutes."
SOURCE = "DOMAIN E, test 5 (3); R8"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return not allowed(context, within_reach(context, person, item))


def allowed(context: Context, answer: bool | None) -> bool:
    """Whether this may be rostered: what is not known, as the region decides."""
    if answer is None:
        return context.region.settings.unknown_travel is UnknownTravel.ALLOW
    return answer


def within_reach(context: Context, person: Physician, item: Item) -> bool | None:
    """Yes, no, or ``None`` where a base or travel time is missing."""
    if item.line is None:
        return True
    where = positions(context, person, item)
    return context.facts.remembered(_reached, where, item.sites, context.facts.spells(item.days))


def reaches(context: Context, position: str | None, item: Item) -> bool | None:
    """Whether all open sites of the item are within reach from one position."""
    days = context.facts.spells(item.days)
    return context.facts.remembered(_reached, (position,), item.sites, days)


def _reached(
    facts: Facts, positions: Sequence[str | None], sites: tuple[str, ...], days: tuple[date, ...]
) -> bool | None:
    limits = facts.required(sites, days)
    answers = {facts.within(position, sites, limits) for position in positions}
    return False if False in answers else None if None in answers else True


def positions(context: Context, person: Physician, item: Item) -> tuple[str | None, ...]:
    """Where the person is during a duty: line's place, commitments, day base, night base."""
    assert item.line is not None
    if item.kind is Work.PRESENCE_DUTY:
        return (item.line.place,)
    key = (person.id, item.start, item.end)
    if key not in context.positions:
        context.positions[key] = _on_call(context, person, (item.start, item.end))
    return context.positions[key]


def _on_call(context: Context, person: Physician, duty: Stretch) -> tuple[str | None, ...]:
    elsewhere = context.commitment_places(person.id, duty)
    found: list[str | None] = [place for _, place in elsewhere]
    left = without(duty, [stretch for stretch, _ in elsewhere])
    at_work = sum(
        overlap(rest, office) for rest in left for office in context.facts.office_minutes(*duty)
    )
    if at_work:
        found.append(person.day_base)
    if sum(end - start for start, end in left) > at_work:
        found.append(person.night_base)
    return tuple(dict.fromkeys(found))


def unknown(context: Context, person: Physician, item: Item) -> bool:
    """Whether a way is missing: to a duty's sites, or from the day base to a session's."""
    if item.demand is not None:
        return context.region.travel(person.day_base, item.demand.site) is None
    return within_reach(context, person, item) is None


def build(context: Context) -> None:
    """Missing travel data: allowed at a price, so that a known answer is preferred."""
    known: dict[tuple[int, int], bool] = {}
    for variable, option in enumerate(context.builder.options):
        item = context.items[variable]
        if not context.in_period(item.start):
            continue
        key = (option.task, option.person)
        if key not in known:
            known[key] = not unknown(context, context.people[option.person], item)
        if not known[key]:
            context.builder.cost(ID, Tier.SOFT_NORMS, option.person, variable, SOFT_UNIT)
