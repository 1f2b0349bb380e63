"""What a requirement is relaxed to: ever looser regions, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from so247.models.calendar import absence_interval, commitment_intervals
from so247.models.norms import Norm, NormKind
from so247.models.packs import DEFAULT_PACKS
from so247.models.people import PackBinding
from so247.models.proof import RequirementKind
from so247.models.region import Region
from so247.models.sites import Place, TravelTime
from so247.solver.context import Context
from so247.solver.instants import interval, overlap, span
from so247.solver.whynot.conflict import Found
from so247.solver.whynot.extra import nearest
from so247.solver.whynot.question import Key
from so247.solver.whynot.words import FIGURES, Words

UP_TO = 5
"""Units by which a count is raised before giving up."""

NEARBY = "nearby"

LOOSER = "-relaxed"
"""What the id of a pack with a relaxed norm ends in."""


@dataclass(frozen=True)
class Proposal:
    """A changed region, by how much it was changed, and what that is called."""

    region: Region
    amount: float | None
    unit: tuple[str, str]


def proposals(context: Context, key: Key, found: Found) -> Iterator[Proposal]:
    """Ever larger relaxations of one requirement; none for what no agreement can change."""
    if key.kind is RequirementKind.NORM:
        yield from _norms(context, key)
    elif key.kind is RequirementKind.CONTRACT:
        yield from _contracts(context.region, key)
    elif key.kind in _DROPPED:
        changed = _DROPPED[key.kind](context, key, found)
        yield Proposal(context.region.model_copy(update=changed), None, ("", ""))


def _norms(context: Context, key: Key) -> Iterator[Proposal]:
    norm = Words(context).norm(key.person, key.about)
    for limit, amount in _limits(context, key, norm):
        reduced = norm.reduced_limit
        if reduced is not None and reduced >= limit:
            reduced = None
        looser = norm.model_copy(update={"limit": limit, "reduced_limit": reduced})
        unit = _UNITS[norm.kind]
        yield Proposal(with_norm(context.region, key, norm, looser), amount, unit)


def _limits(context: Context, key: Key, norm: Norm) -> Iterator[tuple[float, float]]:
    """(limit, how far from the norm's): by one, or to the next figure that duties can have."""
    work = context.work(key.person, norm.counts)
    if norm.kind is NormKind.REST:
        gaps = {
            (later.start - earlier.end) / 60
            for at, earlier in enumerate(work)
            for later in work[at + 1 : at + 12]
            if 0 < later.start - earlier.end < norm.limit * 60
        }
        yield from ((gap, norm.limit - gap) for gap in sorted(gaps, reverse=True))
    elif norm.kind is NormKind.CONTINUOUS:
        lengths = {
            (later.end - earlier.start) / 60
            for at, earlier in enumerate(work)
            for later in work[at + 1 : at + 12]
            if later.start == earlier.end and later.end - earlier.start > norm.limit * 60
        }
        yield from ((length, length - norm.limit) for length in sorted(lengths))
    elif norm.kind is NormKind.FREE_PERIODS:
        yield from ((norm.limit - n, float(n)) for n in range(1, int(norm.limit) + 1))
    else:
        yield from ((norm.limit + n, float(n)) for n in range(1, UP_TO + 1))


_UNITS: dict[NormKind, tuple[str, str]] = {
    NormKind.REST: ("uur", "hours"),
    NormKind.CONTINUOUS: ("uur", "hours"),
    NormKind.ROLLING_COUNT: ("diensten", "duties"),
    NormKind.CONSECUTIVE: ("dagen", "days"),
    NormKind.WEEKENDS: ("weekenden", "weekends"),
    NormKind.HOURS: ("uur per week", "hours a week"),
    NormKind.FREE_PERIODS: ("perioden", "stretches"),
}


def with_norm(region: Region, key: Key, norm: Norm, looser: Norm) -> Region:
    """The region in which one person's norm is looser: that person gets packs of his own."""
    person = region.physicians[key.person]
    packs = [
        pack.model_copy(
            update={
                "id": f"{pack.id}{LOOSER}",
                "norms": tuple(looser if each == norm else each for each in pack.norms),
            }
        )
        for pack in region.pack_by_id.values()
        if norm in pack.norms
    ]
    changed = {pack.id.removesuffix(LOOSER) for pack in packs}
    # The first binding that holds on a day counts; the default comes after all of them.
    bound = (*person.rule_packs, PackBinding(pack=DEFAULT_PACKS[person.role]))
    bindings = tuple(
        each.model_copy(update={"pack": f"{each.pack}{LOOSER}"}) if each.pack in changed else each
        for each in bound
    )
    physicians = tuple(
        each.model_copy(update={"rule_packs": bindings}) if each is person else each
        for each in region.physicians
    )
    return region.model_copy(
        update={"physicians": physicians, "rule_packs": (*region.rule_packs, *packs)}
    )


def _contracts(region: Region, key: Key) -> Iterator[Proposal]:
    contract = region.contract_by_id[key.about]
    for amount in range(1, UP_TO + 1):
        for figure in FIGURES:
            most = getattr(contract, f"max_{figure}")
            if most is None:
                continue
            wider = contract.model_copy(update={f"max_{figure}": most + amount})
            contracts = tuple(wider if each is contract else each for each in region.contracts)
            changed = region.model_copy(update={"contracts": contracts})
            yield Proposal(changed, float(amount), FIGURES[figure])


Changed = dict[str, Any]
"""Fields of a region with their new values."""


def _span(context: Context, found: Found) -> tuple[int, int]:
    items = [task.item for task in context.duties if task.index in found.duties]
    return min(item.start for item in items), max(item.end for item in items)


def _leave(context: Context, key: Key, found: Found) -> Changed:
    low, high = _span(context, found)
    name = context.people[key.person].id
    region = context.region
    return {
        "absences": tuple(
            each
            for each in region.absences
            if each.physician != name or not overlap(span(absence_interval(each)), (low, high))
        )
    }


def _commitment(context: Context, key: Key, found: Found) -> Changed:
    when = interval(*_span(context, found))
    name = context.people[key.person].id
    region = context.region
    return {
        "commitments": tuple(
            each
            for each in region.commitments
            if each.physician != name or not any(commitment_intervals(region, each, when))
        )
    }


def _free_weekday(context: Context, key: Key, _: Found) -> Changed:
    return _contracts_with(context, key, {"free_weekdays": ()})


def _contract_period(context: Context, key: Key, _: Found) -> Changed:
    return _contracts_with(context, key, {"valid_from": None, "valid_until": None})


def _contracts_with(context: Context, key: Key, fields: Changed) -> Changed:
    name = context.people[key.person].id
    return {
        "contracts": tuple(
            each.model_copy(update=fields) if each.physician == name else each
            for each in context.region.contracts
        )
    }


def _registration(context: Context, key: Key, _: Found) -> Changed:
    return _person_with(context, key, {"registered_from": None, "registered_until": None})


def _capacity(context: Context, key: Key, _: Found) -> Changed:
    return _person_with(context, key, {"max_residents": None, "max_sites": None})


def _person_with(context: Context, key: Key, fields: Changed) -> Changed:
    return {
        "physicians": tuple(
            each.model_copy(update=fields) if at == key.person else each
            for at, each in enumerate(context.people)
        )
    }


def _travel(context: Context, key: Key, found: Found) -> Changed:
    """Based, day and night, just near enough to every site of the duties."""
    region = context.region
    sites = {
        site for task in context.duties if task.index in found.duties for site in task.item.sites
    }
    nearby = tuple(
        TravelTime(origin=NEARBY, destination=site, minutes=nearest(region, site))
        for site in region.site_by_id
        if site in sites
    )
    return {
        "places": (*region.places, Place(id=NEARBY, name=NEARBY)),
        "travel_times": (*region.travel_times, *nearby),
        **_person_with(context, key, {"day_base": NEARBY, "night_base": NEARBY}),
    }


def _pin(context: Context, key: Key, _: Found) -> Changed:
    name = context.people[key.person].id
    region = context.region
    return {
        "pins": tuple(
            each for each in region.pins if (each.target, each.physician) != (key.about, name)
        )
    }


_DROPPED: dict[RequirementKind, Callable[[Context, Key, Found], Changed]] = {
    RequirementKind.LEAVE: _leave,
    RequirementKind.COMMITMENT: _commitment,
    RequirementKind.FREE_WEEKDAY: _free_weekday,
    RequirementKind.CONTRACT_PERIOD: _contract_period,
    RequirementKind.REGISTRATION: _registration,
    RequirementKind.CAPACITY: _capacity,
    RequirementKind.TRAVEL: _travel,
    RequirementKind.PIN: _pin,
}
