"""``solve_many``: many regions on any executor, with people who serve more than one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from zlib import crc32

from so247.models.clock import Interval
from so247.models.clock import period as period_of
from so247.models.errors import InputError, Problem, RosterError
from so247.models.many import (
    Ended,
    HandOver,
    Many,
    ManyProgress,
    RegionSolved,
    Stage,
    Stay,
)
from so247.models.national import Sharing
from so247.models.region import Region
from so247.models.result import Result, Status, StoppedBy
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits
from so247.solver.many.crew import Answer, Crew, results
from so247.solver.many.job import Job
from so247.solver.many.negotiate import Offer, Tried, groups, offers
from so247.solver.many.people import shared_people
from so247.solver.many.repair import give_up
from so247.solver.many.split import split
from so247.solver.many.state import Country, Solved, State
from so247.solver.many.sums import sums_of, used

DEFAULT_LIMITS = Limits(seconds=60.0, workers=1)
NOTHING = Result(status=Status.UNKNOWN, stopped_by=StoppedBy.CANCEL)


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
        work = _Work(country, state, crew, limits, again or halved, seed, on_progress)
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


class _Work:
    """The state, and the rounds that change it: first each by itself, then repairs and offers."""

    def __init__(
        self,
        country: Country,
        state: State,
        crew: Crew,
        limits: Limits,
        again: Limits,
        seed: int,
        on_progress: Callable[[ManyProgress], None] | None,
    ) -> None:
        self.country = country
        self.state = state
        self.crew = crew
        self.limits = limits
        self.again = again
        self.seed = seed
        self.on_progress = on_progress
        self.handovers: list[HandOver] = []
        self.solves: dict[str, int] = {}
        self.seconds = 0.0
        self.rounds = 0
        self.repairs = 0
        self._asked: tuple[date | None, int | None] = (None, None)

    def run(
        self, start: date | None, weeks: int | None, rounds: int, budget: float | None
    ) -> Ended:
        self._asked = start, weeks
        self.state = self.state.with_solved(self._solve(self.state, list(self.country.regions)))
        self._repair()
        tried: set[Tried] = set()
        while True:
            if self.crew.cancelled:
                return Ended.CANCEL
            if all(not any(gap.when for gap in each.gaps) for each in self.state.rosters.values()):
                return Ended.COVERED
            found = offers(
                list(self.country.regions.values()), self.state.calendar, self.state.rosters, tried
            )
            if not found:
                return Ended.SETTLED
            if self.rounds >= rounds:
                return Ended.ROUNDS
            if budget is not None and self.seconds >= budget:
                return Ended.BUDGET
            self.rounds += 1
            tried |= self._negotiate(found)

    # -- rounds -------------------------------------------------------------------------------

    def _repair(self) -> None:
        """Until no hard rule is broken between regions, or only pins and commitments break it."""
        while not self.crew.cancelled:
            hard = self.country.check(self.state.rosters).hard_breaches
            calendar, names = give_up(self.state, hard)
            if not names:
                return
            self.repairs += 1
            trial = replace(self.state, calendar=calendar)
            solved = self._solve(trial, sorted(names), Stage.REPAIR, self.repairs)
            if not self._complete(solved, names):
                return
            self.state = trial.with_solved(solved)

    def _negotiate(self, found: Sequence[Offer]) -> set[Tried]:
        """Solve with all offers at once; then keep those groups of regions that are better off.

        Returns what need not be offered again: of a group that is worse off only the half that
        costs others most, since one bad offer may have spoilt the rest.
        """
        tried: set[Tried] = set()
        trial = self._granted(found)
        names = {name for each in found for name in (each.region, *each.losers)}
        solved = self._solve(trial, sorted(names), Stage.NEGOTIATE, self.rounds)
        for group in groups(found):
            mine = {name for each in group for name in (each.region, *each.losers)}
            after = self._granted(group)
            complete = self._complete(solved, mine)
            if complete:
                after = after.with_solved({name: solved[name] for name in mine})
            gained = self.state.uncovered(mine) - after.uncovered(mine)
            accepted = complete and after.value(self.country, mine) < self.state.value(
                self.country, mine
            )
            if accepted:
                self.state = after
            self.handovers += [_handover(self.rounds, each, accepted, gained) for each in group]
            dearest = sorted(group, key=lambda each: -len(each.losers))
            dropped = dearest if accepted else dearest[: (len(group) + 1) // 2]
            tried |= {each.mark for each in dropped}
        return tried

    def _granted(self, found: Iterable[Offer]) -> State:
        """The state with the time handed over, and what is left of common maxima as well."""
        calendar = self.state.calendar
        needy: dict[str, list[str]] = {}
        for each in found:
            calendar = calendar.granted(each.key, each.region, each.when)
            needy.setdefault(each.key, []).append(each.region)
        allowed = tuple(
            (row, row.handed(used(row, calendar.people[row.key], self.state.rosters), asked))
            if (asked := needy.get(row.key))
            else (row, parts)
            for row, parts in self.state.allowed
        )
        return replace(self.state, calendar=calendar, allowed=allowed)

    def _complete(self, solved: Mapping[str, Solved], names: Collection[str]) -> bool:
        return all(name in solved and solved[name].result.roster is not None for name in names)

    # -- solving ------------------------------------------------------------------------------

    def _solve(
        self, state: State, names: Sequence[str], stage: Stage = Stage.FIRST, number: int = 0
    ) -> dict[str, Solved]:
        """Solve these regions as the state has them. What was cancelled or given up is missing."""
        copies = {
            name: state.copy_of(self.country.regions[name], self.country.periods[name])
            for name in names
        }
        jobs = [self._job(copies[name], stage, number) for name in names]
        heard = _Heard(self, stage, number, len(jobs))
        heard.tell("")
        found = results(self.crew.run(jobs, heard.done))
        for name, result in sorted(found.items()):
            self.solves[name] = self.solves.get(name, 0) + 1
            self.seconds += result.seconds
        return {name: Solved(copies[name], found[name]) for name in names if name in found}

    def _job(self, region: Region, stage: Stage, number: int) -> Job:
        start, weeks = self._asked
        first = stage is Stage.FIRST
        return Job(
            region=region,
            start=start,
            weeks=weeks,
            history=self.country.history.get(region.id, ()),
            begin=self.state.rosters.get(region.id),
            limits=self.limits if first else self.again,
            seed=crc32(f"{self.seed}/{region.id}/{stage}/{number}".encode()) % 2**31,
        )

    # -- result -------------------------------------------------------------------------------

    def many(self, ended: Ended) -> Many:
        calendar = self.state.calendar
        stays = [
            Stay(person_key=key, region=region, when=when)
            for key, person in calendar.people.items()
            for region in person.places
            for when in calendar.free(key, region)
        ]
        return Many(
            regions=tuple(self._outcome(name) for name in self.country.regions),
            stays=tuple(sorted(stays, key=lambda each: (each.person_key, each.when.start))),
            handovers=tuple(self.handovers),
            report=self.country.check(self.state.rosters),
            ended=ended,
            rounds=self.rounds,
            repairs=self.repairs,
            seconds=self.seconds,
            notes=tuple(self.crew.notes),
        )

    def _outcome(self, name: str) -> RegionSolved:
        region = self.country.regions[name]
        solved = self.state.solved.get(name) or Solved(region, NOTHING)
        return RegionSolved(
            region=solved.region,
            result=solved.result,
            solves=self.solves.get(name, 0),
            lost=self.crew.lost.get(name, 0),
            failure=self.crew.failures.get(name, ""),
        )


class _Heard:
    """Tells a host how far a round is."""

    def __init__(self, work: _Work, stage: Stage, number: int, total: int) -> None:
        self.work = work
        self.stage = stage
        self.number = number
        self.total = total
        self.count = 0
        self.gaps = work.state.uncovered() if stage is not Stage.FIRST else 0

    def done(self, region: str, answer: Answer | None) -> None:
        self.count += 1
        if self.stage is Stage.FIRST and isinstance(answer, Result) and answer.report is not None:
            self.gaps += answer.report.uncovered_site_minutes
        self.tell(region)

    def tell(self, region: str) -> None:
        if self.work.on_progress is not None:
            self.work.on_progress(
                ManyProgress(
                    stage=self.stage,
                    round=self.number,
                    done=self.count,
                    total=self.total,
                    gaps=self.gaps,
                    lost=sum(self.work.crew.lost.values()),
                    region=region,
                )
            )


def _handover(number: int, offer: Offer, accepted: bool, gained: int) -> HandOver:
    return HandOver(
        round=number,
        person_key=offer.key,
        to_region=offer.region,
        target=offer.gap.target,
        when=offer.when,
        accepted=accepted,
        gained=gained if accepted else 0,
    )
