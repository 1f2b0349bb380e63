"""Small changes to a small region, and the duties at which they are tried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from so247.models.calendar import burden_of
from so247.models.clock import local_day, to_local
from so247.models.lines import Position
from so247.models.norms import RulePack
from so247.models.people import Absence, Contract, PackBinding, Physician
from so247.models.region import Region
from so247.models.roster import Assignment
from so247.scenarios.small import Small

WEEK = timedelta(days=7)
REST = timedelta(hours=11)
IN_A_WEEK = 5
UNITS = ("duties", "weekends", "nights")
NO_LIMITS = dict.fromkeys(
    ("hours_per_week", *(f"{bound}_{unit}" for bound in ("min", "max") for unit in UNITS))
)


def line_of(duty: Assignment) -> str:
    return duty.target.partition("@")[0]


def crew(region: Region, duty: Assignment) -> tuple[str, ...]:
    """Who may hold the duty's line by pool and role."""
    line = region.line_by_id[line_of(duty)]
    pools = [set(region.site_by_id[site].pools) for site in line.sites]
    return tuple(
        each.id
        for each in region.physicians
        if each.role in line.roles and all(some & set(each.pools) for some in pools)
    )


def eve(duty: Assignment) -> date:
    """The day before the duty starts."""
    return local_day(duty.when.start) - timedelta(days=1)


def away(people: Iterable[str], *duties: Assignment) -> tuple[Absence, ...]:
    """Leave of these people, from start to end of each duty to the minute."""
    return tuple(
        Absence(
            physician=each,
            first_day=start.date(),
            from_time=start.time(),
            last_day=end.date(),
            until_time=end.time(),
        )
        for each in people
        for duty in duties
        for start, end in [(to_local(duty.when.start), to_local(duty.when.end))]
    )


def others_away(small: Small, *duties: Assignment) -> Small:
    """With everybody on leave during the duties but those who hold one of them."""
    holders = {each.physician for each in duties}
    others = [each.id for each in small.region.physicians if each.id not in holders]
    return small.changed(absences=(*small.region.absences, *away(others, *duties)))


def updated(region: Region, people: Iterable[str], **update: Any) -> tuple[Physician, ...]:
    """The region's physicians, with these of them changed."""
    changing = set(people)
    return tuple(
        each.model_copy(update=update) if each.id in changing else each
        for each in region.physicians
    )


def unlimited(small: Small) -> Small:
    """Without figures in any contract."""
    free = tuple(each.model_copy(update=NO_LIMITS) for each in small.region.contracts)
    return small.changed(contracts=free)


def loosened(small: Small, person: str) -> Small:
    """With nothing that binds one person but norms and the clock."""

    def free(contract: Contract) -> Contract:
        mine = contract.physician == person
        update = {**NO_LIMITS, "free_weekdays": ()}
        return contract.model_copy(update=update) if mine else contract

    region = small.region
    return small.changed(
        contracts=tuple(map(free, region.contracts)),
        physicians=updated(region, [person], max_residents=None, max_sites=None),
        absences=tuple(each for each in region.absences if each.physician != person),
        commitments=tuple(each for each in region.commitments if each.physician != person),
    )


def agreed(small: Small, pack: RulePack) -> Small:
    """With everybody bound by the pack."""
    people = tuple(
        each.model_copy(update={"rule_packs": (PackBinding(pack=pack.id),)})
        for each in small.region.physicians
    )
    return small.changed(rule_packs=(pack,), physicians=people)


def nights(small: Small) -> tuple[Assignment, ...]:
    """The duties from 17:00 to 08:00: nobody is at a session or at other work then."""
    return tuple(
        each
        for each in small.duties
        if (to_local(each.when.start).hour, to_local(each.when.end).hour) == (17, 8)
    )


def slots(small: Small) -> tuple[tuple[Assignment, Assignment], ...]:
    """The nights' first line and backup, side by side."""
    backups = {
        each.when: each
        for each in nights(small)
        if small.region.line_by_id[line_of(each)].position is Position.BACKUP
    }
    return tuple((each, backups[each.when]) for each in nights(small) if each != backups[each.when])


def on_call(small: Small) -> tuple[Assignment, ...]:
    return tuple(each for each in small.duties if burden_of(small.region, each.when) is not None)


def busiest_week(small: Small) -> tuple[Assignment, ...]:
    """The most on-call duties that start within 7 x 24 hours."""
    duties = on_call(small)
    weeks = (
        tuple(
            each for each in duties if last.when.start - WEEK < each.when.start <= last.when.start
        )
        for last in duties
    )
    return max(weeks, key=len)


def close_pairs(small: Small) -> tuple[tuple[Assignment, Assignment], ...]:
    """Two on-call duties with less than 11 hours between, of which the holder of the first could
    hold both, were it not for that rest."""
    duties = on_call(small)
    return tuple(
        (first, second)
        for first, second in combinations(duties, 2)
        if timedelta() < second.when.start - first.when.end < REST
        and first.physician != second.physician
        and _fits(small, duties, first.physician, second)
    )


def _fits(small: Small, duties: Iterable[Assignment], person: str, duty: Assignment) -> bool:
    """Nothing that the person holds touches the duty, and no week has too many with it."""
    edges = {duty.when.start, duty.when.end}
    mine = [each.when for each in small.duties if each.physician == person]
    if any(edges & {when.start, when.end} for when in mine):
        return False
    starts = [duty.when.start]
    starts += [each.when.start for each in duties if each.physician == person]
    return all(sum(t - WEEK < start <= t for start in starts) <= IN_A_WEEK for t in starts)
