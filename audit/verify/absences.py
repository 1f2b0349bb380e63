"""N-1 cases of a proof: what is lost is looked up again, and repairs are tried by the check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import combinations
from random import Random

from so247.audit.absent import lost, repaired, without
from so247.audit.check import check
from so247.audit.verify.faults import Fault, fault
from so247.models.clock import day_start, days, local_day, subtract
from so247.models.proof import Case, Proof, Robustness, Survival
from so247.models.region import Region
from so247.models.report import Coverage, Report
from so247.models.roster import Roster

SAMPLE = 24
"""So many repairs are checked; where there are more, which ones follows from the proof itself."""


def absence_faults(proof: Proof) -> Iterator[Fault]:
    """Cases that lose something else than they say, and repairs that do not repair."""
    if not proof.robustness:
        return
    if proof.roster is None:
        yield fault(
            "robustness",
            len(proof.robustness),
            0,
            "uitval is doorgerekend zonder rooster",
            "absences are reckoned without a roster",
        )
        return
    trial = _Trial(proof.slice, proof.roster, proof.history)
    for number, robustness in enumerate(proof.robustness):
        what = f"robustness.{number}"
        faults = list(trial.losses(what, robustness))
        yield from faults or trial.repairs(what, robustness)


class _Trial:
    """One roster, with people taken out of it."""

    def __init__(self, region: Region, roster: Roster, history: Sequence[Roster]) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)

    @cached_property
    def before(self) -> Report:
        """The check with everybody there."""
        return check(self.region, self.roster, self.history)

    @cached_property
    def days(self) -> tuple[date, ...]:
        period = self.roster.period
        last = local_day(period.end - timedelta(minutes=1))
        return tuple(days(local_day(period.start), last))

    @cached_property
    def _held_by(self) -> dict[str, Roster]:
        """The roster per person, so that looking up what one loses is quick."""
        return {
            who: self.roster.model_copy(
                update={
                    "assignments": tuple(
                        each for each in self.roster.assignments if each.physician == who
                    )
                }
            )
            for who in self.region.physician_by_id
        }

    @cached_property
    def _starts(self) -> frozenset[tuple[str, datetime]]:
        """When each target begins, held or not."""
        held = {(each.target, each.when.start) for each in self.roster.assignments}
        return frozenset(held | {(e.target, e.when.start) for e in self.roster.gaps if e.when})

    def losses(self, what: str, robustness: Robustness) -> Iterator[Fault]:
        """Every person (or pair) and day loses what its one case says, or nothing."""
        listed = {
            (frozenset(case.physicians), day): case
            for case in robustness.cases
            for day in case.days
        }
        total = sum(len(case.days) for case in robustness.cases)
        tried = unaffected = 0
        for people in combinations(sorted(self.region.physician_by_id), robustness.absent):
            for day in self.days:
                tried += 1
                gone = {
                    target
                    for who in people
                    for target in lost(self._held_by[who], who, day, robustness.absence_days)
                }
                case = listed.pop((frozenset(people), day), None)
                unaffected += not gone
                said = set(case.lost) if case else set()
                if said != gone:
                    yield _not_lost(what, people, day, sorted(said), sorted(gone))
                    return
        found = (robustness.tried, robustness.unaffected, total)
        counted = (tried, unaffected, tried - unaffected)
        if listed or found != counted:
            yield fault(
                what,
                list(found),
                list(counted),
                "het aantal gevallen van uitval klopt niet",
                "the number of absences is not right",
            )

    def repairs(self, what: str, robustness: Robustness) -> Iterator[Fault]:
        """A sample of the repairs, each applied and checked with the people away."""
        pairs = [
            (number, case, day)
            for number, case in enumerate(robustness.cases)
            if case.survival is Survival.SURVIVED
            for day in case.days
        ]
        if len(pairs) > SAMPLE:
            seed = hashlib.sha256(robustness.model_dump_json().encode()).hexdigest()
            pairs = Random(seed).sample(pairs, SAMPLE)
        for number, case, day in pairs:
            why = self._unrepaired(case, day, robustness.absence_days)
            if why is not None:
                place = f"{what}.cases.{number}"
                who = ", ".join(case.physicians)
                yield fault(
                    place,
                    case.survival.value,
                    why,
                    f"{who} vanaf {day}: de aanpassing vangt de uitval niet op ({why})",
                    f"{who} from {day}: the repair does not make up for the absence ({why})",
                )

    def _unrepaired(self, case: Case, day: date, absence_days: int) -> str | None:
        """Why the repair is none; ``None``: it is one."""
        changed = {change.target for change in case.changes}
        early = sorted(changed & {name for name, at in self._starts if at < day_start(day)})
        if early:
            return f"{early[0]} begins before the absence"
        try:
            after = repaired(self.roster, case)
        except ValueError as error:
            return str(error)
        rosters = (self.roster, *self.history)
        region = without(self.region, case, day, absence_days, rosters)
        report = check(region, after, self.history)
        bared = _bared(self.before, report)
        if bared is not None:
            return f"{bared} is uncovered, and was not"
        breaches = len(report.hard_breaches) - len(self.before.hard_breaches)
        return f"{breaches} hard breaches more" if breaches > 0 else None


def _bared(before: Report, after: Report) -> str | None:
    """A site that is uncovered at some moment at which it was not: a gap may not move either."""
    was = {
        each.site: [row for row in each.stretches if row.coverage is Coverage.UNCOVERED]
        for each in before.sites
    }
    for site in after.sites:
        for row in site.stretches:
            if row.coverage is not Coverage.UNCOVERED:
                continue
            same = [
                each.when
                for each in was.get(site.site, ())
                if (each.care, each.position) == (row.care, row.position)
            ]
            if subtract(row.when, same):
                return site.site
    return None


def _not_lost(
    what: str, people: Sequence[str], day: date, said: Sequence[str], gone: Sequence[str]
) -> Fault:
    who = ", ".join(people)
    return fault(
        what,
        said,
        gone,
        f"{who} vanaf {day}: wat wegvalt, klopt niet",
        f"{who} from {day}: what is lost is not right",
    )
