"""``contract.*``: figures that what is held does not keep."""

from __future__ import annotations

from collections import Counter

from so247.models.clock import local_day, monday_of
from so247.models.lines import Window

WEEKS = 4
"""Of the roster; figures per so many weeks are not prorated then."""
UNBOUND = {
    f"{end}_{unit}": None for end in ("min", "max") for unit in ("duties", "weekends", "nights")
}


def booked(world):
    """Contract to how many duties start in the period on it; blocks are single here."""
    start, end = world.roster.period.start, world.roster.period.end
    return Counter(e.contract for e in world.duties if start <= e.when.start < end)


def nights(world):
    """The same, of duties out of hours on weekdays: 17:00 to 08:00 holds all six small hours."""
    start, end = world.roster.period.start, world.roster.period.end
    return Counter(
        e.contract
        for e in world.duties
        if world.line_of(e).window is Window.OUT_OF_HOURS
        and start <= e.when.start < end
        and local_day(e.when.start).weekday() < 4
    )


def whole_time(world, names):
    """Contracts of people who are there all the time, so that nothing is prorated."""
    away = {each.physician for each in world.region.absences}
    found = []
    for name in sorted(names):
        contract = world.region.contract_by_id[name]
        if contract.physician not in away and contract.valid_from is None is contract.valid_until:
            found.append(contract)
    return found


def cases(world):
    """(contract, unit, count) of everything that is booked at least once."""
    return [
        (contract, unit, counted[contract.id])
        for unit, counted in (("duties", booked(world)), ("nights", nights(world)))
        for contract in whole_time(world, counted)
    ]


def over_the_maximum(world, number):
    """One less is allowed than is booked at least."""
    contract, unit, count = world.pick(cases(world), number)
    figures = UNBOUND | {f"max_{unit}": count - 1, "per_weeks": WEEKS}
    return world.mutant(contract.physician, **world.changed("contracts", contract.id, **figures))


def below_the_minimum(world, number):
    """One more duty is due than is booked."""
    counted = booked(world)
    contract = world.pick(whole_time(world, {c.id for c in world.region.contracts}), number)
    figures = UNBOUND | {"min_duties": counted[contract.id] + 1, "per_weeks": WEEKS}
    return world.mutant(contract.physician, **world.changed("contracts", contract.id, **figures))


def over_the_cap(world, number):
    """Quarters of an hour less are agreed than the employer's sessions of that week take."""
    held = world.pick(world.sessions, number)
    employer = world.region.contract_by_id[held.contract].employer
    week = monday_of(local_day(held.when.start))
    minutes = sum(
        each.when.minutes
        for each in world.sessions
        if world.region.contract_by_id[each.contract].employer == employer
        and monday_of(local_day(each.when.start)) == week
    )
    agreed = max(0, minutes - 15 * (number + 1)) / 60
    return world.mutant(
        held.target,
        **world.changed("employers", employer, extramural_hours_per_week=agreed),
    )


def below_the_floor(world, number):
    """More hours are agreed than anybody could hold; three weeks in a row are signalled."""
    employer = world.region.employers[number % len(world.region.employers)].id
    kept = world.held if number < 5 else [e for e in world.held if e in world.duties]
    return world.mutant(
        employer,
        kept,
        **world.changed("employers", employer, extramural_hours_per_week=200.0 + number),
    )


MUTATIONS = {
    "contract.maximum": over_the_maximum,
    "contract.minimum": below_the_minimum,
    "contract.extramural_cap": over_the_cap,
    "contract.extramural_floor": below_the_floor,
}
