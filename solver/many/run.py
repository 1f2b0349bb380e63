"""``solve_many``: many regions on any executor, with people who serve more than one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date

from so247.models.clock import Interval
from so247.models.clock import period as period_of
from so247.models.errors import InputError, Problem, RosterError
from so247.models.many import Many, ManyProgress
from so247.models.national import Sharing
from so247.models.region import Region
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits
from so247.solver.many.crew import Crew
from so247.solver.many.people import shared_people
from so247.solver.many.rounds import Rounds
from so247.solver.many.split import split
from so247.solver.many.state import Country, State
from so247.solver.many.sums import sums_of

DEFAULT_LIMITS = Limits(seconds=60.0, workers=1)


def solve_many(
    regions: Sequence[Region],
    start: date | None = None,
    weeks: int | None = None,
    *,
    executor: Executor | None = None,
    sharings: Sequence[Sharing] = (),
    history: Sequence[Roster] = (),
    limits: Limits = DEFAULT_LIMITS,
    again: Limits | None = None,
    rounds: int = 4,
    budget: float | None = None,
    seed: int = 1,
    on_progress: Callable[[ManyProgress], None] | None = None,
    cancel: Cancel | None = None,
) -> Many:
    """Roster regions side by side, nobody in two places (docs/SCALE_OUT.md).

    ``executor``: where the regions are solved; a process pool of our own, one process per core,
    where none is given (then the calling script needs ``if __name__ == "__main__":``). The same
    person is known by ``person_key``; ``sharings`` say how he is divided, by FTE where they do not.
    ``history``: earlier rosters of any of the regions. ``limits`` are per region, ``again`` per
    region that is solved again (half the seconds). At most ``rounds`` of negotiation, none begun
    once all solves together took ``budget`` seconds. ``cancel`` keeps what is done: tasks in our
    own pool and in threads stop early, those elsewhere run out by themselves, unheard.

    With ``Limits(reproducible=True)`` the same input gives the same rosters on any executor,
    whoever is ready first and whichever workers die.

    Raises ``InputError`` with every problem of regions, period and agreements, ``RosterError`` for
    history of an unknown region.
    """
    if rounds < 0:
        raise ValueError(f"rounds must be at least 0, not {rounds}")
    if budget is not None and not budget > 0:
        raise ValueError(f"budget must be more than 0, not {budget}")
    people = shared_people(regions, sharings)
    country = _country(regions, start, weeks, history, sharings)
    calendar = split(regions, country.periods, people, history)
    sums = sums_of(people, country.regions, country.periods)
    state = State(calendar, tuple((each, each.split()) for each in sums), {})
    halved = replace(limits, seconds=limits.seconds / 2)
    with Crew(executor, cancel) as crew:
        work = Rounds(country, state, crew, limits, again or halved, seed, on_progress)
        ended = work.run(start, weeks, rounds, budget)
    return work.many(ended)


def _country(
    regions: Sequence[Region],
    start: date | None,
    weeks: int | None,
    history: Sequence[Roster],
    sharings: Sequence[Sharing],
) -> Country:
    periods: dict[str, Interval] = {}
    problems = []
    for region in regions:
        first = start or region.planning_start
        if first is None:
            advice = "Maybe set planning_start there, or give a start for all."
            problems.append(Problem("a region has no start of the period", advice, region.id))
        else:
            periods[region.id] = period_of(first, weeks or region.planning_weeks)
    if problems:
        raise InputError(problems)
    past: dict[str, tuple[Roster, ...]] = {}
    for roster in history:
        past[roster.region_id] = (*past.get(roster.region_id, ()), roster)
    strangers = sorted(set(past) - set(periods))
    if strangers:
        advice = "Maybe its region was left out."
        raise RosterError(Problem("history of an unknown region", advice, e) for e in strangers)
    return Country({each.id: each for each in regions}, periods, past, tuple(sharings))
