"""Makes fictional regions of any size, on request around a legal roster without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from so247.formats.region_holidays import usual_days
from so247.models.calendar import duties, session_periods
from so247.models.canonical import region_hash
from so247.models.clock import Interval, day_start, period
from so247.models.errors import InputError, Problem
from so247.models.people import Absence, Pool
from so247.models.region import Region
from so247.models.roster import Assignment, LedgerEntry, Roster, State
from so247.models.settings import Burden
from so247.scenarios import attendance, demands, derive, landscape, lines, staff, travel, witness
from so247.scenarios.landscape import Landscape
from so247.scenarios.papers import everywhere
from so247.scenarios.spec import Spec, verify

HISTORY_WEEKS = 4
"""Length of one earlier roster."""
SHARED = (Burden.WEEKNIGHT, Burden.WEEKEND, Burden.HOLIDAY)
CROWD = 0.33
"""Share of the people who are away at once in a region that need not be feasible."""


@dataclass(frozen=True)
class Generated:
    """A region, the legal roster it was built around (if it was), and the rosters before it."""

    region: Region
    witness: Roster | None
    history: tuple[Roster, ...]


@dataclass
class Rotation:
    """What the rotation gave, from the first history week to the end of the period."""

    duties: list[Assignment]
    sessions: list[Assignment]
    ledgers: list[tuple[LedgerEntry, ...]]
    """Closing ledger of each history roster."""


def generate(spec: Spec, seed: int) -> Region:
    """A region as the spec says. Raises ``InputError`` if there is no such region."""
    return build(spec, seed).region


def generate_with_witness(spec: Spec, seed: int) -> tuple[Region, Roster]:
    """A feasible region with a legal roster of its period that leaves no gap.

    Raises ``InputError`` if the spec cannot be built or does not ask for a feasible region.
    """
    made = build(spec, seed)
    if made.witness is None:
        problem = Problem(
            "there is no witness without feasible", value="False", advice="Maybe feasible=True."
        )
        raise InputError([problem])
    return made.region, made.witness


def build(spec: Spec, seed: int) -> Generated:
    """Region, witness and history. Equal specs and seeds give equal results."""
    verify(spec)
    draft, land = _draft(spec, seed)
    remote = [p.id for p in draft.physicians if p.night_base in {far.id for far in land.far}]
    if not spec.feasible:
        return Generated(_crowded(_finish(draft, land, spec, seed, []), spec, seed), None, ())
    region, turns = _agreeable(_absences(draft, land, spec, seed), spec, remote)
    finished = _finish(region, land, spec, seed, [*turns.duties, *turns.sessions])
    return Generated(finished, _witness(finished, spec, turns), _history(finished, spec, turns))


def _agreeable(region: Region, spec: Spec, remote: list[str]) -> tuple[Region, Rotation]:
    """The region with as much leave and other work as lets every duty and session be held.

    Raises ``InputError`` if there are too few people even when everybody is always there.
    """
    while True:
        try:
            return region, _rotate(region, spec, remote)
        except witness.StuckError as stuck:
            fewer = _without_one_leave(region, stuck) or _without_ties(region)
            if fewer is None:
                problem = Problem(
                    "too few people to hold every duty legally",
                    value=str(stuck),
                    advice="Maybe more physicians, fewer lines or fewer sessions.",
                )
                raise InputError([problem]) from None
            region = fewer


def _without_one_leave(region: Region, stuck: witness.StuckError) -> Region | None:
    """The region in which somebody who was missed stays; ``None`` if nobody was on leave."""
    for at, row in enumerate(region.absences):
        if row.physician in stuck.people and any(
            row.first_day <= day <= row.last_day for day in stuck.days
        ):
            kept = (*region.absences[:at], *region.absences[at + 1 :])
            return changed(region, {"absences": kept})
    return None


def _without_ties(region: Region) -> Region | None:
    """The region without work elsewhere and free weekdays; ``None`` if it has none."""
    if not region.commitments:
        return None
    contracts = tuple(each.model_copy(update={"free_weekdays": ()}) for each in region.contracts)
    return changed(region, {"commitments": (), "contracts": contracts})


def changed(region: Region, update: Mapping[str, Any]) -> Region:
    """The region with some parts replaced, checked anew.

    Not ``model_copy``: that would keep what the old region had looked up.
    """
    kept = {name: getattr(region, name) for name in Region.model_fields}
    return Region.model_validate({**kept, **update})


def _rng(seed: int, part: str) -> Random:
    """Each part has its own dice, so that a change in one leaves the others as they were."""
    return Random(f"{seed}/{part}")


def _draft(spec: Spec, seed: int) -> tuple[Region, Landscape]:
    """Everything that the rotation needs to know."""
    land = landscape.build(spec, _rng(seed, "landscape"))
    people = staff.build(spec, land, _rng(seed, "staff"))
    staff.free_weekdays(people, land)
    pairings = staff.pairings(people, land)
    first = spec.start - timedelta(weeks=spec.history_weeks)
    last = spec.start + timedelta(weeks=spec.weeks)
    years = tuple(range(first.year, last.year + 1))
    region = Region(
        id=spec.id,
        name=spec.name,
        anchor_date=spec.start,
        holidays=usual_days(years, good_friday=False, liberation_day=False),
        holiday_years=years,
        first_roster_on=first,
        planning_start=spec.start,
        planning_weeks=spec.weeks,
        pools=tuple(Pool(id=area.pool, name=f"Artsenpool {area.word}") for area in land.areas),
        employers=people.employers,
        places=land.places,
        gp_posts=tuple(land.gp_posts),
        gp_groups=land.groups,
        facilities=land.facilities,
        patterns=(lines.PATTERN,),
        lines=lines.build(spec, land),
        sessions=demands.build(spec, land, people, pairings, _rng(seed, "sessions")),
        pairings=pairings,
        physicians=tuple(people.physicians),
        contracts=tuple(people.contracts),
        commitments=tuple(people.commitments),
    )
    return region, land


def _absences(region: Region, land: Landscape, spec: Spec, seed: int) -> Region:
    rows = staff.leaves(spec, region.physicians, land, _rng(seed, "leave"))
    absences = tuple(Absence(physician=who, first_day=a, last_day=b) for who, a, b in rows)
    return changed(region, {"absences": absences})


def _crowded(region: Region, spec: Spec, seed: int) -> Region:
    """Nobody looked whether these people can be missed."""
    rng = _rng(seed, "crowd")
    away = rng.sample(region.physicians, max(1, round(len(region.physicians) * CROWD)))
    first = spec.start + timedelta(days=rng.randrange(7))
    rows = tuple(
        Absence(physician=each.id, first_day=first, last_day=first + timedelta(days=6))
        for each in away
    )
    return changed(region, {"absences": rows})


def _rotate(region: Region, spec: Spec, remote: list[str]) -> Rotation:
    """History first, four weeks at a time, then the period."""
    people = witness.members(region, remote)
    history = spec.history_weeks
    start = spec.start - timedelta(weeks=history)
    spans = [
        period(start + timedelta(weeks=at), HISTORY_WEEKS)
        for at in range(0, history, HISTORY_WEEKS)
    ]
    turns = Rotation([], [], [])
    seen: set[str] = set()
    for span in [*spans, period(spec.start, spec.weeks)]:
        due = [
            duty
            for duty in duties(region, span)
            if duty.id not in seen and (not history or duty.when.start >= day_start(start))
        ]
        seen |= {duty.id for duty in due}
        turns.duties += witness.rotate(region, due, people)
        turns.sessions += attendance.hold_sessions(region, session_periods(region, span), people)
        turns.ledgers.append(_ledger(people))
    return turns


def _ledger(people: list[witness.Member]) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(
            physician=member.physician.id,
            burden=burden,
            balance=round(member.balance[burden] / 1000),
        )
        for member in people
        for burden in SHARED
        if member.balance.get(burden)
    )


def _finish(
    region: Region, land: Landscape, spec: Spec, seed: int, held: list[Assignment]
) -> Region:
    """The region with everything that follows from the witness, checked once more."""
    span = period(spec.start, spec.weeks)
    now = [each for each in held if each.when.overlaps(span)]
    sessions = [each for each in held if "@" not in each.target]
    limit = travel.limits(region, land)
    update = {
        "physicians": derive.capacities(region),
        "contracts": derive.contracts(region, spec, span, now),
        "employers": derive.employers(region, sessions),
        "facilities": travel.facilities(region),
        "agreements": travel.agreements(
            region, spec.start - timedelta(weeks=spec.history_weeks), limit
        ),
        "lines": travel.lines(region, limit),
        "travel_times": travel.travel_times(region, land),
        "wishes": derive.wishes(region, spec, _rng(seed, "wishes")),
        "pins": derive.pins(
            region, spec, [e for e in now if e.when.start >= span.start], _rng(seed, "pins")
        ),
    }
    if not spec.feasible:
        update["contracts"] = region.contracts
    finished = changed(region, update)
    return changed(finished, everywhere(finished, spec.start)) if spec.evidence else finished


def _witness(region: Region, spec: Spec, turns: Rotation) -> Roster:
    span = period(spec.start, spec.weeks)
    first = span.start if spec.history_weeks else min(each.when.start for each in turns.duties)
    return Roster(
        region_id=region.id,
        region_hash=region_hash(region),
        period=span,
        assignments=_between(turns, Interval(start=first, end=span.end), State.PROPOSED),
        opening_ledger=turns.ledgers[-2] if len(turns.ledgers) > 1 else (),
        closing_ledger=turns.ledgers[-1],
    )


def _history(region: Region, spec: Spec, turns: Rotation) -> tuple[Roster, ...]:
    start = spec.start - timedelta(weeks=spec.history_weeks)
    found: list[Roster] = []
    for at, closing in enumerate(turns.ledgers[:-1]):
        span = period(start + timedelta(weeks=HISTORY_WEEKS * at), HISTORY_WEEKS)
        found.append(
            Roster(
                region_id=region.id,
                period=span,
                assignments=_between(turns, span, State.ACCEPTED),
                opening_ledger=turns.ledgers[at - 1] if at else (),
                closing_ledger=closing,
            )
        )
    return tuple(found)


def _between(turns: Rotation, span: Interval, state: State) -> tuple[Assignment, ...]:
    """What starts in the span, by start."""
    found = [
        each.model_copy(update={"state": state})
        for each in (*turns.duties, *turns.sessions)
        if span.start <= each.when.start < span.end
    ]
    return tuple(sorted(found, key=lambda each: (each.when.start, each.target)))
