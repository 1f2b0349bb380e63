"""``norm.*``: somebody who is bound by the default pack of SOs gets more than it allows."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import pairwise

from so247.models.clock import local_day, monday_of
from so247.models.lines import Window
from so247.models.people import SO, Commitment

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def sos(world):
    """People bound by ``so_voluntary_norm``: SOs without a pack of their own."""
    return [p.id for p in world.region.physicians if p.role is SO and not p.rule_packs]


def on_call(world):
    """Duties out of office hours of each line, in order of time."""
    lines = [line for line in world.region.lines if line.window is Window.OUT_OF_HOURS]
    return [
        sorted((e for e in world.duties if world.line_of(e) is line), key=lambda e: e.when.start)
        for line in lines
    ]


def chosen(world, runs, number):
    """A run of duties, and an SO who gets all of it."""
    run = world.pick(runs, number)
    who = sos(world)[number % len(sos(world))]
    return world.mutant(who, world.given_to(who, run))


def little_rest(world, number):
    """Two weeknights in a row: 08:00 to 17:00 is 9 hours of rest, where 11 are asked."""
    runs = [
        [one, other]
        for duties in on_call(world)
        for one, other in pairwise(duties)
        if timedelta() < other.when.start - one.when.end < 11 * HOUR
    ]
    return chosen(world, runs, number)


def long_stretches(world):
    """Touching duties that last more than 24 hours together."""
    return [
        [one, other]
        for duties in on_call(world)
        for one, other in pairwise(duties)
        if one.when.end == other.when.start and other.when.end - one.when.start > 24 * HOUR
    ]


def too_long(world, number):
    """A Saturday and the Sunday that touches it, more than 24 hours on end."""
    runs = long_stretches(world)
    # Ten different ones: each stretch goes to several people.
    run = runs[number % len(runs)]
    who = sos(world)[number % len(sos(world))]
    return world.mutant(who, world.given_to(who, run))


def too_many(world, number):
    """Six duties that start within 7 x 24 hours, where five are allowed."""
    runs = []
    for duties in on_call(world):
        for at in range(len(duties) - 5):
            run = duties[at : at + 6]
            if run[-1].when.start - run[0].when.start < WEEK:
                runs.append(run)
    return chosen(world, runs, number)


def in_a_row(world, number):
    """Duties that start on six local days in a row, where five are asked."""
    runs = []
    for duties in on_call(world):
        by_day = {local_day(each.when.start): each for each in duties}
        for first in by_day:
            days = [first + timedelta(days=ahead) for ahead in range(6)]
            if all(day in by_day for day in days):
                runs.append([by_day[day] for day in days])
    return chosen(world, runs, number)


def many_weekends(world, number):
    """A duty on the Saturday of three weeks out of four, where two are asked."""
    runs = []
    for duties in on_call(world):
        saturdays = [e for e in duties if local_day(e.when.start).weekday() == 5]
        assert len(saturdays) == 4
        runs += [[e for e in saturdays if e is not out] for out in saturdays]
        runs.append(saturdays)
    return chosen(world, runs, number)


def busy_week(world, number, start, end, days):
    """A session, given to an SO who works elsewhere at these hours on so many days of its week."""
    held = world.pick(world.sessions, number)
    who = sos(world)[number % len(sos(world))]
    monday = monday_of(local_day(held.when.start))
    work = tuple(
        Commitment(
            physician=who,
            place=world.region.places[0].id,
            day=monday + timedelta(days=ahead),
            start_time=time(start),
            end_time=time(end),
            on_call_allowed=True,
        )
        for ahead in range(days)
    )
    commitments = (*world.region.commitments, *work)
    return world.mutant(who, world.given_to(who, [held]), commitments=commitments)


def many_hours(world, number):
    """Thirteen hours of other work on five days, 65, beside a session, where 60 are asked."""
    return busy_week(world, number, 7, 20, days=5)


def never_free(world, number):
    """Work from 10:00 to 14:00 on all seven days leaves at most 20 hours free, not 36."""
    return busy_week(world, number, 10, 14, days=7)


MUTATIONS = {
    "norm.rest": little_rest,
    "norm.continuous": too_long,
    "norm.rolling_count": too_many,
    "norm.consecutive": in_a_row,
    "norm.weekends": many_weekends,
    "norm.hours": many_hours,
    "norm.free_periods": never_free,
}
