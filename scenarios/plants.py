"""Makers of regions that cannot be covered: each plants one cause in a small region.

A maker first loosens the region, or sends people on leave at times at which the roster does not
need them: the roster stays legal, and that is the region before. Then it plants. Where no duty fits
it raises ``IndexError``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from random import Random

from so247.models.base import Weekday
from so247.models.clock import Interval, local_day
from so247.models.packs import SO_VOLUNTARY_NORM
from so247.models.people import SO, Commitment, Pin
from so247.models.proof import RequirementKind
from so247.models.region import Region
from so247.models.roster import Assignment
from so247.models.sites import Place, TravelTime
from so247.scenarios.causes import Broken, Cause, Planted
from so247.scenarios.changes import (
    agreed,
    away,
    busiest_week,
    close_pairs,
    crew,
    eve,
    line_of,
    loosened,
    nights,
    others_away,
    slots,
    unlimited,
    updated,
)
from so247.scenarios.generator import changed
from so247.scenarios.packs import binding
from so247.scenarios.small import Shape, Small, small

SO_ONLY = (Shape.ALWAYS, Shape.SPLIT)
REST_NORM = "rest_11h_between_duties"
WEEK_NORM = "duties_5_per_7_days"
PACK = binding(SO_VOLUNTARY_NORM, "cao-klein", "Collective agreement of Klein")
FAR = Place(id="ver-weg", name="Ver weg")
FAR_MINUTES = 240
EVENING = (time(18), time(22))


def leave(seed: int, rng: Random) -> Broken:
    """Nobody is left for the duty: an absence bars whoever may hold its line."""
    before = small(seed)
    duty = rng.choice(before.duties)
    people = crew(before.region, duty)
    after = changed(before.region, {"absences": (*before.region.absences, *away(people, duty))})
    return _broken(
        Cause.LEAVE, before, after, RequirementKind.LEAVE, "eligible.absence", people, [duty]
    )


def travel(seed: int, rng: Random) -> Broken:
    """Nobody is left for the night: one is on leave (before too), the others start too far away."""
    before = small(seed)
    duty = rng.choice(nights(before))
    people = crew(before.region, duty)
    busy = {each.physician for each in before.duties if each.when.overlaps(duty.when)}
    near = rng.choice([each for each in people if each not in busy])
    before = before.changed(absences=(*before.region.absences, *away([near], duty)))
    far = [each for each in people if each != near]
    roads = (
        TravelTime(origin=FAR.id, destination=site, minutes=FAR_MINUTES)
        for site in before.region.site_by_id
    )
    after = changed(
        before.region,
        {
            "places": (*before.region.places, FAR),
            "travel_times": (*before.region.travel_times, *roads),
            "physicians": updated(before.region, far, night_base=FAR.id),
        },
    )
    return _broken(
        Cause.TRAVEL, before, after, RequirementKind.TRAVEL, "eligible.travel", far, [duty]
    )


def commitment(seed: int, rng: Random) -> Broken:
    """Nobody is left for the night: work from which nobody may be called away bars everybody.

    Only SOs, whose hard norms count no such work; so nothing but the work itself is new.
    """
    before = small(seed, rng.choice(SO_ONLY))
    duty = rng.choice(nights(before))
    people = crew(before.region, duty)
    rows = (
        Commitment(
            physician=each.id,
            place=each.day_base or "",
            start_time=EVENING[0],
            end_time=EVENING[1],
            day=local_day(duty.when.start),
        )
        for each in before.region.physicians
        if each.id in people
    )
    after = changed(before.region, {"commitments": (*before.region.commitments, *rows)})
    kind = RequirementKind.COMMITMENT
    return _broken(Cause.COMMITMENT, before, after, kind, "eligible.commitment", people, [duty])


def registration(seed: int, rng: Random) -> Broken:
    """Nobody is left for the duty, nor for any after it: nobody is registered then."""
    before = small(seed)
    duty = rng.choice(before.duties)
    people = tuple(each.id for each in before.region.physicians)
    physicians = updated(before.region, people, registered_until=eve(duty))
    after = changed(before.region, {"physicians": physicians})
    kind = RequirementKind.REGISTRATION
    return _broken(Cause.REGISTRATION, before, after, kind, "eligible.registration", people, [duty])


def contract_period(seed: int, rng: Random) -> Broken:
    """Nobody is left for the duty, nor for any after it: nobody has a contract then.

    The contracts have no maxima, which would shrink with their days.
    """
    before = unlimited(small(seed))
    duty = rng.choice(before.duties)
    ending = tuple(
        each.model_copy(update={"valid_until": eve(duty)}) for each in before.region.contracts
    )
    after = changed(before.region, {"contracts": ending})
    people = tuple(each.id for each in before.region.physicians)
    kind = RequirementKind.CONTRACT_PERIOD
    return _broken(Cause.CONTRACT_PERIOD, before, after, kind, "eligible.contract", people, [duty])


def free_weekday(seed: int, rng: Random) -> Broken:
    """Nobody is left for the duty: it starts on a day that every contract has off."""
    before = small(seed)
    duty = rng.choice(before.duties)
    day = Weekday.of(local_day(duty.when.start))
    off = tuple(
        each.model_copy(update={"free_weekdays": (*each.free_weekdays, day)})
        if day not in each.free_weekdays
        else each
        for each in before.region.contracts
    )
    after = changed(before.region, {"contracts": off})
    people = tuple(each.id for each in before.region.physicians)
    kind = RequirementKind.FREE_WEEKDAY
    return _broken(Cause.FREE_WEEKDAY, before, after, kind, "eligible.free_weekday", people, [duty])


def capacity(seed: int, rng: Random) -> Broken:
    """Nobody is left for any duty of the line: it alone is more than anybody may carry."""
    before = small(seed)
    duty = rng.choice(before.duties)
    people = crew(before.region, duty)
    sites = before.region.line_by_id[line_of(duty)].sites
    room = sum(before.region.residents_at(site) for site in sites) - 1
    physicians = updated(before.region, people, max_residents=room)
    after = changed(before.region, {"physicians": physicians})
    kind = RequirementKind.CAPACITY
    return _broken(Cause.CAPACITY, before, after, kind, "time.capacity", people, [duty])


def contracts(seed: int, rng: Random) -> Broken:
    """Every duty of the period is booked on some contract. Each allows one in the whole period, two
    of them perhaps two, which proration never raises: that is less than there are."""
    before = unlimited(small(seed, rng.choice(SO_ONLY), most=6))
    rows = before.region.contracts
    lucky = {each.id for each in rng.sample(rows, rng.randint(0, 2))}
    limited = tuple(
        each.model_copy(update={"max_duties": 1 + (each.id in lucky), "per_weeks": before.weeks})
        for each in rows
    )
    after = changed(before.region, {"contracts": limited})
    people = tuple(each.id for each in before.region.physicians)
    duties = before.duties[: len(rows) + len(lucky) + 1]
    kind, names = RequirementKind.CONTRACT, tuple(each.id for each in rows)
    return _broken(Cause.CONTRACTS, before, after, kind, "contract.maximum", people, duties, names)


def count(seed: int, rng: Random) -> Broken:
    """A week has seven on-call duties and six people at most, who may each hold one of them."""
    before = small(seed, rng.choice(SO_ONLY), most=6)
    people = tuple(each.id for each in before.region.physicians)
    before = agreed(before, PACK)
    stricter = PACK.model_copy(
        update={
            "norms": tuple(
                norm.model_copy(update={"limit": 1}) if norm.id == WEEK_NORM else norm
                for norm in PACK.norms
            )
        }
    )
    after = changed(before.region, {"rule_packs": (stricter,)})
    week = busiest_week(before)
    kind = RequirementKind.NORM
    return _broken(
        Cause.COUNT, before, after, kind, "norm.rolling_count", people, week, (WEEK_NORM,)
    )


def rest(seed: int, rng: Random) -> Broken:
    """Both duties fall to one person, and the rest between them is agreed collectively.

    Without it that person could hold both, and everybody else what the roster says.
    """
    return _rest(Cause.REST, agreed(small(seed, rng.choice(SO_ONLY)), PACK), rng)


def voluntary(seed: int, rng: Random) -> Broken:
    """The same, but for a norm that is voluntary."""
    return _rest(Cause.VOLUNTARY, small(seed, rng.choice(SO_ONLY)), rng)


def _rest(cause: Cause, before: Small, rng: Random) -> Broken:
    first, second = rng.choice(close_pairs(before))
    stays, leaves = first.physician, second.physician
    before = others_away(loosened(before, stays), first, second)
    before = before.changed(absences=(*before.region.absences, *away([leaves], first)))
    leaving = (*before.region.absences, *away([leaves], second))
    after = changed(before.region, {"absences": leaving})
    kind = RequirementKind.NORM
    duties, names = (first, second), (REST_NORM,)
    return _broken(cause, before, after, kind, "norm.rest", [stays], duties, names)


def backup(seed: int, rng: Random) -> Broken:
    """Both positions fall to one SO. The lines combine, so nothing but the backup rule forbids that
    one person holds both."""
    before = small(seed, Shape.BACKED)
    first, second = rng.choice(slots(before))
    partner = {line_of(first): line_of(second), line_of(second): line_of(first)}
    before = loosened(before, second.physician).changed(
        lines=tuple(
            each.model_copy(update={"combinable_with": (partner[each.id],)})
            for each in before.region.lines
        )
    )
    before = others_away(before, first, second)
    leaving = (*before.region.absences, *away([first.physician], first))
    after = changed(before.region, {"absences": leaving})
    kind, rule, people = RequirementKind.BACKUP, "cover.backup_differs", [second.physician]
    return _broken(Cause.BACKUP, before, after, kind, rule, people, [first, second])


def pin(seed: int, rng: Random) -> Broken:
    """The one SO who is there holds the first line, for so it is pinned; the other is no SO and may
    not be the backup."""
    before = small(seed, Shape.BACKED)
    roles = {each.id: each.role for each in before.region.physicians}
    first, second = rng.choice(
        [pair for pair in slots(before) if roles[pair[0].physician] is not SO]
    )
    before = others_away(before, first, second)
    pinned = Pin(target=first.target, physician=second.physician, contract=second.contract)
    after = changed(before.region, {"pins": (pinned,)})
    kind, people, names = RequirementKind.PIN, [second.physician], (first.target,)
    return _broken(Cause.PIN, before, after, kind, "pin.stands", people, [first, second], names)


def _broken(
    cause: Cause,
    before: Small,
    region: Region,
    kind: RequirementKind,
    rule: str,
    physicians: Iterable[str],
    duties: Sequence[Assignment],
    names: tuple[str, ...] = (),
) -> Broken:
    when = Interval(
        start=min(each.when.start for each in duties), end=max(each.when.end for each in duties)
    )
    planted = Planted(kind, rule, tuple(physicians), when, names)
    return Broken(cause, before, region, planted, tuple(each.target for each in duties))
