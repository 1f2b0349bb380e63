"""``eligible.*``: the holder becomes somebody who may not hold it."""

from __future__ import annotations

from datetime import timedelta

from so247.models.base import Weekday
from so247.models.clock import local_day, to_local
from so247.models.lines import Form
from so247.models.people import Absence, Commitment, Pool, Role
from so247.models.sites import AgreementKind

DAY = timedelta(days=1)
STRANGER = "elsewhere"


def holder(held):
    return held.physician


def start_day(held):
    return local_day(held.when.start)


def no_pool(world, number):
    """In another pool only."""
    held = world.pick(world.one_each(world.held, holder), number)
    return world.mutant(
        held.target,
        pools=(*world.region.pools, Pool(id=STRANGER, name="Elsewhere")),
        **world.changed("physicians", held.physician, pools=(STRANGER,)),
    )


def other_role(world, number):
    """A role that no line and no demand names."""
    held = world.pick(world.one_each(world.held, holder), number)
    named = {role for each in (*world.region.lines, *world.region.sessions) for role in each.roles}
    role = next(role for role in Role if role not in named)
    return world.mutant(held.target, **world.changed("physicians", held.physician, role=role))


def lapsed(world, number):
    """Registered until the day before it starts, or from the day after."""
    held = world.pick(world.held, number)
    day = start_day(held)
    dates = ({"registered_until": day - DAY}, {"registered_from": day + DAY})[number % 2]
    return world.mutant(held.target, **world.changed("physicians", held.physician, **dates))


def no_contract(world, number):
    """Ended, not begun, none named, or somebody else's."""
    held = world.pick(world.held, number)
    day = start_day(held)
    if number % 4 == 0:
        return world.mutant(
            held.target, **world.changed("contracts", held.contract, valid_until=day - DAY)
        )
    if number % 4 == 1:
        return world.mutant(
            held.target, **world.changed("contracts", held.contract, valid_from=day + DAY)
        )
    if number % 4 == 2:
        return world.mutant(held.target, world.instead(held, contract=None))
    other = next(e for e in world.region.contracts if e.physician != held.physician)
    return world.mutant(held.target, world.instead(held, contract=other.id))


def agreed_with_others(world, number):
    """A site of the line agrees with a second pool that day, the day after its own one ended."""
    duty = world.pick(world.one_each(world.duties, start_day), number)
    site = world.line_of(duty).sites[number % len(world.line_of(duty).sites)]
    kind = "gp_groups" if any(each.id == site for each in world.region.gp_groups) else "facilities"
    agreed, day = [], start_day(duty)
    for each in world.region.agreements:
        if each.site != site or each.kind is not AgreementKind.SO_AVAILABILITY:
            agreed.append(each)
            continue
        dates = {"id": f"{each.id}-other", "partner": STRANGER, "valid_from": day}
        agreed.append(type(each)(**each.model_dump() | {"valid_until": day - DAY}))
        agreed.append(type(each)(**each.model_dump() | dates))
    pools = (*world.region.site_by_id[site].pools, STRANGER)
    return world.mutant(
        duty.target,
        pools=(*world.region.pools, Pool(id=STRANGER, name="Elsewhere")),
        agreements=tuple(agreed),
        **world.changed(kind, site, pools=pools),
    )


def unfunded(world, number):
    """The employer's contract for the label ended the day before."""
    labels = {
        (each.site, each.product.value): each.funding
        for each in world.region.sessions
        if each.funding
    }
    funded = [e for e in world.sessions if tuple(e.target.split(".")[:2]) in labels]
    held = world.pick(world.one_each(funded, lambda e: (start_day(e), e.contract)), number)
    employer = world.region.contract_by_id[held.contract].employer
    ended = tuple(
        type(each)(**each.model_dump() | {"valid_until": start_day(held) - DAY})
        for each in world.region.employer_by_id[employer].funding_contracts
    )
    assert ended
    return world.mutant(
        held.target, **world.changed("employers", employer, funding_contracts=ended)
    )


def too_far(world, number):
    """From both of the holder's bases one site of the line is farther than anybody accepts."""
    on_call = [e for e in world.duties if world.line_of(e).form is Form.REACHABILITY]
    duty = world.pick(world.one_each(on_call, holder), number)
    person = world.region.physician_by_id[duty.physician]
    bases = {person.day_base, person.night_base}
    sites = [site for site in world.line_of(duty).sites if site not in bases]
    site = sites[number % len(sites)]
    slow = tuple(
        type(row)(**row.model_dump() | {"minutes": 240})
        if site in (row.origin, row.destination) and bases & {row.origin, row.destination}
        else row
        for row in world.region.travel_times
    )
    return world.mutant(duty.target, travel_times=slow)


def away(world, number):
    """Absent on the day of it, or only for its first or last minute."""
    held = world.pick(world.held, number)
    start, end = to_local(held.when.start), to_local(held.when.end - timedelta(minutes=1))
    days = {"first_day": start.date(), "last_day": start.date()}
    if number % 3 == 1:
        early = (start + timedelta(minutes=1)).time()
        days = {"first_day": start.date() - DAY, "last_day": start.date(), "until_time": early}
    if number % 3 == 2:
        days = {"first_day": end.date(), "last_day": end.date() + DAY, "from_time": end.time()}
    leave = Absence(physician=held.physician, **days)
    return world.mutant(held.target, absences=(*world.region.absences, leave))


def on_a_free_day(world, number):
    """Its contract is free on the weekday on which it starts."""
    different = world.one_each(world.held, lambda e: (e.contract, start_day(e).weekday()))
    held = world.pick(different, number)
    weekday = Weekday.of(start_day(held))
    return world.mutant(
        held.target, **world.changed("contracts", held.contract, free_weekdays=(weekday,))
    )


def committed(world, number):
    """Other work in its first hour (first half-hour of a session)."""
    held = world.pick(world.held, number)
    start = to_local(held.when.start)
    end = start + timedelta(minutes=60 if "@" in held.target else 30)
    work = Commitment(
        physician=held.physician,
        place=world.region.places[0].id,
        day=start.date(),
        start_time=start.time(),
        end_time=end.time(),
        # A session is never held during other work; a duty is, where that is allowed.
        on_call_allowed="@" not in held.target,
    )
    return world.mutant(held.target, commitments=(*world.region.commitments, work))


MUTATIONS = {
    "eligible.pool": no_pool,
    "eligible.role": other_role,
    "eligible.registration": lapsed,
    "eligible.contract": no_contract,
    "eligible.agreement": agreed_with_others,
    "eligible.funding": unfunded,
    "eligible.travel": too_far,
    "eligible.absence": away,
    "eligible.free_weekday": on_a_free_day,
    "eligible.commitment": committed,
}
