"""``cover.*`` and ``time.*``: who holds what at the same moment."""

from __future__ import annotations

from so247.models.lines import Position
from so247.models.people import SO


def overlapping(world, duty):
    return [each for each in world.held if each is not duty and each.when.overlaps(duty.when)]


def second_holder(world, number):
    """Somebody else holds the same duty as well."""
    duty = world.pick(world.duties, number)
    other = next(p for p in world.region.physicians if p.id != duty.physician)
    contract = world.region.contracts_of(other.id)[0].id
    extra = type(duty)(**duty.model_dump() | {"physician": other.id, "contract": contract})
    return world.mutant(duty.target, [*world.held, extra])


def backups_of(world, duty):
    """Duties at the same time on backup lines of the same sites."""
    sites = set(world.line_of(duty).sites)
    return [
        each
        for each in overlapping(world, duty)
        if "@" in each.target
        and world.line_of(each).position is Position.BACKUP
        and sites & set(world.line_of(each).sites)
    ]


def backed(world):
    return [
        each
        for each in world.duties
        if world.line_of(each).position is Position.FIRST_LINE and backups_of(world, each)
    ]


def own_backup(world, number):
    """Who holds the first line holds its backup as well."""
    duty = world.pick(backed(world), number)
    return world.mutant(duty.target, world.given_to(duty.physician, backups_of(world, duty)))


def no_so_behind(world, number):
    """Somebody who is no SO on the first line, and the backup left empty."""
    duty = world.pick(backed(world), number)
    junior = next(p for p in world.region.physicians if p.role is not SO)
    empty = backups_of(world, duty)
    kept = [each for each in world.given_to(junior.id, [duty]) if each not in empty]
    return world.mutant(duty.target, kept)


def two_things(world, number):
    """Two overlapping things, on lines that do not combine, held by one person."""
    pairs = [
        (one, other)
        for one in world.duties
        for other in overlapping(world, one)
        if other.physician != one.physician and other in (world.duties, world.sessions)[number % 2]
    ]
    pairs = [
        (one, other)
        for one, other in pairs
        if "@" in other.target or not demand(world, other).on_call_allowed
    ]
    one, other = world.pick(pairs, number)
    return world.mutant(other.target, world.given_to(one.physician, [other]))


def demand(world, session):
    site, product = session.target.split(".")[:2]
    return next(e for e in world.region.sessions if (e.site, e.product.value) == (site, product))


def too_much(world, number):
    """The holder may carry fewer sites (residents) than the line has."""
    duty = world.pick(world.one_each(world.duties, lambda e: e.physician), number)
    sites = world.line_of(duty).sites
    residents = sum(world.region.residents_at(site) for site in sites)
    assert residents
    limit = ({"max_sites": len(sites) - 1}, {"max_residents": residents - 1})[number % 2]
    return world.mutant(duty.target, **world.changed("physicians", duty.physician, **limit))


MUTATIONS = {
    "cover.one_holder": second_holder,
    "cover.backup_differs": own_backup,
    "cover.backup_so": no_so_behind,
    "time.one_at_a_time": two_things,
    "time.capacity": too_much,
}
