"""The check's sweeps against the plainest reading there is: ask every half hour anew.

Everything in these weeks begins and ends on a half hour, so that half hours are enough. Rosters are
random heaps of parts: with holes, overlaps, absent and unregistered people.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from so247.audit.check import check
from so247.models.clock import AMSTERDAM
from so247.models.lines import Line, Window
from so247.models.people import Absence
from so247.models.region import Region
from so247.models.roster import Roster

STEP = timedelta(minutes=30)
PEOPLE = ("ann", "bob", "cas", "dan")


def messy_region(toy: Any, rng: Random) -> Region:
    """Two lines and a backup; cas lives far away by night, dan's registration ends on Friday."""
    day = date(2026, 11, rng.randint(2, 8))
    absences = tuple(
        Absence(physician=who, first_day=day, last_day=day, from_time=time(rng.randint(0, 20), 30))
        for who in rng.sample(PEOPLE, 2)
    )
    ends = date(2026, 11, rng.randint(3, 8))
    return toy.region(
        facilities=(toy.facility(opening_date=date(2026, 11, rng.randint(1, 7))),),
        agreements=(toy.agreement("home"), toy.agreement("group", valid_until=ends)),
        physicians=(
            toy.physician("ann", max_residents=10),
            toy.physician("bob"),
            toy.physician("cas", night_base="far"),
            toy.physician("dan", registered_until=date(2026, 11, 6)),
        ),
        contracts=tuple(toy.contract(who) for who in PEOPLE),
        lines=(
            toy.line("anw", Window.OUT_OF_HOURS),
            toy.line("day", Window.OFFICE_HOURS),
            toy.backup_line(),
        ),
        absences=absences,
    )


def messy_roster(toy: Any, rng: Random) -> Roster:
    assignments = []
    for line in ("anw", "day", "back"):
        at = toy.WEEK.start - timedelta(hours=3)
        number = 0
        while at < toy.WEEK.end:
            end = at + STEP * rng.randint(1, 40)
            if rng.random() < 0.85:
                when = toy.WEEK.model_copy(update={"start": at, "end": end})
                assignments.append(toy.held(f"{line}@part-{number}", rng.choice(PEOPLE), when))
            at = end + STEP * rng.choice((0, 0, 0, 1, -1))
            number += 1
    return toy.roster(*assignments)


class Plain:
    """Whether a site is covered at one moment, looked up from scratch."""

    def __init__(self, region: Region, roster: Roster, at: datetime) -> None:
        self.region = region
        self.local = at.astimezone(AMSTERDAM)
        self.day = self.local.date()
        self.active = [e for e in roster.assignments if e.when.start <= at < e.when.end]
        self.office = self.local.weekday() < 5 and time(8) <= self.local.time() < time(17)

    def opened(self, site: str) -> bool:
        opening = self.region.opening_of(site)
        return opening is None or opening <= self.day

    def serves(self, line: Line) -> bool:
        if line.window is Window.ALWAYS:
            return True
        return self.office is (line.window is Window.OFFICE_HOURS)

    def counts(self, who: str) -> bool:
        person = self.region.physician_by_id[who]
        held = [each for each in self.active if each.physician == who]
        absent = any(
            each.physician == who
            and each.first_day == self.day
            and each.from_time is not None
            and each.from_time <= self.local.time()
            for each in self.region.absences
        )
        load = sum(self.region.residents_at(e) for e in ("home", "group") if self.opened(e))
        heavy = person.max_residents is not None and load > person.max_residents
        base = person.day_base if self.office else person.night_base
        registered = person.registered_on(self.day)
        # No two lines combine here, so holding two parts at once is always wrong.
        return len(held) == 1 and not absent and not heavy and registered and base == "base"

    def covered(self, line: str, site: str) -> bool:
        agreed = any(e.site == site and e.holds_on(self.day) for e in self.region.agreements)
        holders = {e.physician for e in self.active if e.target.startswith(f"{line}@")}
        good = all(self.counts(who) for who in holders)
        return bool(holders) and good and agreed


@pytest.mark.parametrize("seed", range(12))
def test_sweeps_agree_with_asking_every_half_hour(toy: Any, seed: int) -> None:
    rng = Random(seed)
    region, roster = messy_region(toy, rng), messy_roster(toy, rng)
    uncovered = dict.fromkeys(("home", "group"), 0)
    required = dict.fromkeys(("home", "group"), 0)
    at = toy.WEEK.start
    while at < toy.WEEK.end:
        plain = Plain(region, roster, at)
        for site in filter(plain.opened, uncovered):
            for line in filter(plain.serves, region.lines):
                required[site] += 30
                uncovered[site] += 0 if plain.covered(line.id, site) else 30
        at += STEP
    report = check(region, roster)
    assert {each.site: each.required_minutes for each in report.sites} == required
    assert {each.site: each.uncovered_minutes for each in report.sites} == uncovered
    for each in report.sites:
        # The stretches tell the same minutes as the sum.
        assert sum(stretch.when.minutes for stretch in each.stretches) == each.uncovered_minutes
