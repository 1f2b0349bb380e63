"""``pin.*``, ``session.*`` and ``roster.*``: what was decided, what was asked, what is known."""

from __future__ import annotations

from datetime import timedelta

from so247.models.clock import Interval, local_day
from so247.models.people import Pin

DAY = timedelta(days=1)


def pinned_to_another(world, number):
    """The region pins it to somebody who does not hold it."""
    held = world.pick(world.held, number)
    other = [p.id for p in world.region.physicians if p.id != held.physician][number]
    day = None if "@" in held.target else local_day(held.when.start)
    pin = Pin(target=held.target, physician=other, day=day)
    return world.mutant(other, pins=(*world.region.pins, pin))


def shifted(held, by):
    return Interval(start=held.when.start + by, end=held.when.end + by)


def one_too_many(world, number):
    """A session that nobody asked for, or one held twice."""
    held = world.pick(world.sessions, number)
    if number % 2:
        site, product, key, _ = held.target.split(".")
        name = f"{site}.{product}.{key}.99"
        return world.mutant(name, world.instead(held, target=name))
    again = type(held)(**held.model_dump() | {"when": shifted(held, DAY)})
    return world.mutant(held.target, [*world.held, again])


def wrong_day(world, number):
    """On a Sunday, which no demand allows, or half an hour late."""
    held = world.pick(world.sessions, number)
    sunday = timedelta(days=6 - local_day(held.when.start).weekday())
    by = (sunday, timedelta(minutes=30))[number % 2]
    return world.mutant(held.target, world.instead(held, when=shifted(held, by)))


def unknown(world, number):
    """A line, or a site, that the region does not have."""
    held = world.pick(world.held, number)
    name = f"nowhere-{number}" + ("@" if "@" in held.target else ".consultation.2026w41.1")
    return world.mutant(name, world.instead(held, target=name))


def too_late(world, number):
    """It begins after the period."""
    starting = [e for e in world.held if e.when.start >= world.roster.period.start]
    held = world.pick(starting, number)
    return world.mutant(held.target, world.instead(held, when=shifted(held, 28 * DAY)))


MUTATIONS = {
    "pin.stands": pinned_to_another,
    "session.count": one_too_many,
    "session.weekday": wrong_day,
    "roster.unknown_target": unknown,
    "roster.outside_period": too_late,
}
