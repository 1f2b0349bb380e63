"""The rounds: every region by itself, then repairs, then time handed from one to another.

What stands is only ever replaced by something that is better for all regions it touches, so that
whoever stops it, at whatever moment, has the best so far.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zlib import crc32

from so247.models.many import (
    Ended,
    HandOver,
    Many,
    ManyProgress,
    RegionSolved,
    Stage,
    Stay,
)
from so247.models.region import Region
from so247.models.result import Result, Status, StoppedBy
from so247.solver.limits import Limits
from so247.solver.many.crew import Answer, Crew, results
from so247.solver.many.job import Job
from so247.solver.many.negotiate import Offer, Tried, groups, offers
from so247.solver.many.repair import give_up
from so247.solver.many.state import Country, Solved, State
from so247.solver.many.sums import used

NOTHING = Result(status=Status.UNKNOWN, stopped_by=StoppedBy.CANCEL)


class Rounds:
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
            if self._covered():
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

    def _covered(self) -> bool:
        rosters = self.state.rosters
        return len(rosters) == len(self.country.regions) and not any(
            gap.when for each in rosters.values() for gap in each.gaps
        )

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
            accepted = complete and self._better(after, mine)
            if accepted:
                self.state = after
            self.handovers += [_handover(self.rounds, each, accepted, gained) for each in group]
            dearest = sorted(group, key=lambda each: -len(each.losers))
            dropped = dearest if accepted else dearest[: (len(group) + 1) // 2]
            tried |= {each.mark for each in dropped}
        return tried

    def _better(self, after: State, names: Collection[str]) -> bool:
        """Whether these regions come less short, at no hard breach more."""
        breaches, *short = self.state.value(self.country, names)
        breaches_then, *short_then = after.value(self.country, names)
        return breaches_then <= breaches and short_then < short

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

    def __init__(self, rounds: Rounds, stage: Stage, number: int, total: int) -> None:
        self.rounds = rounds
        self.stage = stage
        self.number = number
        self.total = total
        self.count = 0
        self.gaps = rounds.state.uncovered() if stage is not Stage.FIRST else 0

    def done(self, region: str, answer: Answer | None) -> None:
        self.count += 1
        if self.stage is Stage.FIRST and isinstance(answer, Result) and answer.report is not None:
            self.gaps += answer.report.uncovered_site_minutes
        self.tell(region)

    def tell(self, region: str) -> None:
        if self.rounds.on_progress is not None:
            self.rounds.on_progress(
                ManyProgress(
                    stage=self.stage,
                    round=self.number,
                    done=self.count,
                    total=self.total,
                    gaps=self.gaps,
                    lost=sum(self.rounds.crew.lost.values()),
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
