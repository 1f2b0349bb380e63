"""N-1 cases of a proof: what is lost is looked up again, and repairs are tried by the check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from random import Random

from so247.audit.absent import lost, repaired, without
from so247.audit.check import check
from so247.audit.verify.faults import MOST, Fault, fault
from so247.audit.verify.repairs import Repairs, bare
from so247.models.clock import days, local_day, subtract
from so247.models.proof import Case, Proof, Robustness, Survival
from so247.models.region import Region
from so247.models.report import Coverage, Report
from so247.models.roster import Roster

SAMPLE = 24
"""So many repairs are checked; where there are more, nobody knows beforehand which ones."""


def absence_faults(proof: Proof, random: Random) -> Iterator[Fault]:
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
    trial = _Trial(proof.slice, proof.roster, proof.history, random)
    for number, robustness in enumerate(proof.robustness):
        what = f"robustness.{number}"
        faults = list(trial.losses(what, robustness))
        yield from faults or trial.repairs(what, robustness)


class _Trial:
    """One roster, with people taken out of it."""

    def __init__(
        self, region: Region, roster: Roster, history: Sequence[Roster], random: Random
    ) -> None:
        self.region = region
        self.roster = roster
        self.history = tuple(history)
        self.random = random

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
        """Every repair by its form; a sample, and whatever leaves a duty empty, by the check."""
        survived = [
            (number, case)
            for number, case in enumerate(robustness.cases)
            if case.survival is Survival.SURVIVED
        ]
        form = Repairs(self.region, self.roster, robustness.absence_days)
        faults = [
            _unrepaired(what, number, case, why)
            for number, case in survived
            if (why := form.fault(case)) is not None
        ]
        yield from faults[:MOST]
        if not faults:
            yield from self._checked(what, robustness.absence_days, survived)

    def _checked(
        self, what: str, absence_days: int, survived: Sequence[tuple[int, Case]]
    ) -> Iterator[Fault]:
        pairs = [(number, case, day) for number, case in survived for day in case.days]
        drawn = self.random.sample(pairs, min(SAMPLE, len(pairs)))
        drawn += [
            (number, case, self.random.choice(case.days)) for number, case in survived if bare(case)
        ]
        found = 0
        for number, case, day in drawn:
            why = self._tried(case, day, absence_days)
            if why is not None and found < MOST:
                found += 1
                yield _unrepaired(what, number, case, f"{day}: {why}")

    def _tried(self, case: Case, day: date, absence_days: int) -> str | None:
        """Why the repair is none, applied and checked with the people away; ``None``: it is one."""
        after = repaired(self.roster, case)
        rosters = (self.roster, *self.history)
        region = without(self.region, case, day, absence_days, rosters)
        report = check(region, after, self.history)
        bared = _bared(self.before, report)
        if bared is not None:
            return f"{bared} is uncovered, and was not"
        breaches = len(report.hard_breaches) - len(self.before.hard_breaches)
        return f"{breaches} hard breaches more" if breaches > 0 else None


def _unrepaired(what: str, number: int, case: Case, why: str) -> Fault:
    who = ", ".join(case.physicians)
    return fault(
        f"{what}.cases.{number}",
        case.survival.value,
        why,
        f"{who}: de aanpassing vangt de uitval niet op ({why})",
        f"{who}: the repair does not make up for the absence ({why})",
    )


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
