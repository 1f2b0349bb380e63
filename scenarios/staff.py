"""The people of a generated region: roles, pools, employers, contracts, work elsewhere, pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from so247.models.base import Weekday
from so247.models.people import (
    SO,
    Commitment,
    Contract,
    Employer,
    EmployerKind,
    FundingContract,
    Physician,
    Role,
)
from so247.models.settings import WORKWEEK
from so247.models.sites import Pairing
from so247.scenarios import names
from so247.scenarios.landscape import Area, Landscape
from so247.scenarios.spec import Spec

FTE = (0.6, 0.7, 0.8, 0.8, 0.8, 0.9, 1.0)
"""0.6 to 1.0 with median 0.8 (DOMAIN B8, assumption)."""
FULL_WEEK_HOURS = 36
EXTRAMURAL_DAYS = 2
"""Working days per week that are left free for sessions and office-hours duties."""
WLZ, ZVW = "H335", "GZSP"
PREFIX = {SO: "so", Role.TRAINEE: "aios", Role.NURSE_PRACTITIONER: "vs"}


@dataclass
class Staff:
    employers: tuple[Employer, ...]
    physicians: list[Physician] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    """Of each person the main contract first."""
    commitments: list[Commitment] = field(default_factory=list)
    areas: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Id of a person -> the areas of the pools, the home area first."""

    def of_area(self, area: Area) -> list[Physician]:
        """The SOs at home in an area."""
        return [
            person
            for person in self.physicians
            if person.role is SO and self.areas[person.id][0] == area.index
        ]


def build(spec: Spec, land: Landscape, rng: Random) -> Staff:
    staff = Staff(_employers(spec))
    called = names.people(rng)
    seen: dict[Role, int] = {}
    for number, role in enumerate(_roles(spec)):
        seen[role] = seen.get(role, 0) + 1
        area = land.areas[(seen[role] - 1) % spec.areas]
        person = f"{PREFIX[role]}-{seen[role]:02d}"
        staff.areas[person] = _areas(spec, area.index, seen[role], role)
        home = rng.choice(area.towns).id
        last = spec.physicians - number
        if last <= spec.remote and role is SO:
            home = land.far[last - 1].id
        staff.physicians.append(
            Physician(
                id=person,
                name=next(called),
                role=role,
                pools=tuple(land.areas[index].pool for index in staff.areas[person]),
                day_base=rng.choice(area.homes).id,
                night_base=home,
            )
        )
        _contracts(spec, staff, number, rng)
    if spec.commitments:
        for physician in staff.physicians:
            _commitments(staff, physician, rng)
    return staff


def _roles(spec: Spec) -> Iterator[Role]:
    """Those who are no SO come first, so that the last ones (who may be remote) are SOs."""
    trainees = round(spec.physicians * spec.trainees)
    nurses = round(spec.physicians * spec.nurse_practitioners)
    yield from [Role.TRAINEE] * trainees
    yield from [Role.NURSE_PRACTITIONER] * nurses
    yield from [SO] * (spec.physicians - trainees - nurses)


def _areas(spec: Spec, home: int, number: int, role: Role) -> tuple[int, ...]:
    """Home area, and the neighbouring one for the share ``cross`` of the SOs, evenly spread."""
    neighbour = home ^ 1
    turn = (number - 1) // spec.areas
    crosses = int((turn + 1) * spec.cross) > int(turn * spec.cross)
    if role is not SO or neighbour >= spec.areas or not crosses:
        return (home,)
    return (home, neighbour)


def _employers(spec: Spec) -> tuple[Employer, ...]:
    """Care groups first, then a partnership, and last the self-employed; fewer where fewer fit."""
    wlz = FundingContract(label=WLZ, counterparty=f"Zorgkantoor {spec.name}")
    zvw = FundingContract(label=ZVW, counterparty="Zorgverzekeraar De Dageraad")
    found: list[Employer] = []
    for number in range(spec.employers):
        last = number == spec.employers - 1 and number > 0
        if last:
            kind, word = EmployerKind.SELF_EMPLOYED, "Zelfstandigen"
        elif number == 2:
            kind, word = EmployerKind.PARTNERSHIP, "Maatschap Ouderengeneeskunde"
        else:
            kind, word = (
                EmployerKind.CARE_GROUP,
                f"Zorggroep {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}",
            )
        found.append(
            Employer(
                id=f"werkgever-{number + 1}",
                name=f"{word} {spec.name}",
                kind=kind,
                funding_contracts=(wlz,) if number == 1 and not last else (wlz, zvw),
            )
        )
    return tuple(found)


def _contracts(spec: Spec, staff: Staff, number: int, rng: Random) -> None:
    """One main contract each; for some a second one, with another employer."""
    person = staff.physicians[-1]
    many = spec.employers > 1
    employed = staff.employers[:-1] if many else staff.employers
    employer = employed[number % len(employed)]
    turn = sum(each.role is SO for each in staff.physicians)
    own_boss = int(turn * spec.self_employed) > int((turn - 1) * spec.self_employed)
    if many and person.role is SO and own_boss:
        employer = staff.employers[-1]
    elif person.role is not SO and employer.kind is not EmployerKind.CARE_GROUP:
        employer = staff.employers[0]
    fte = rng.choice(FTE)
    second = many and person.role is SO and rng.random() < spec.two_contracts
    share = round(fte * 0.7, 2) if second else fte
    main = Contract(
        id=f"c-{person.id}",
        physician=person.id,
        employer=employer.id,
        fte=share,
        hours_per_week=_hours(share),
    )
    joins = spec.physicians - spec.remote - number
    if 0 < joins <= spec.joiners:
        halfway = spec.start + timedelta(weeks=spec.weeks // 2)
        main = main.model_copy(update={"valid_from": halfway})
    staff.contracts.append(main)
    if second:
        others = [each for each in employed if each.id != employer.id] or staff.employers[-1:]
        rest = round(fte - share, 2)
        staff.contracts.append(
            Contract(
                id=f"c-{person.id}-2",
                physician=person.id,
                employer=rng.choice(others).id,
                fte=rest,
                hours_per_week=_hours(rest),
                max_duties=0 if number % 2 else None,
                valid_from=main.valid_from,
            )
        )


def _hours(fte: float) -> float:
    return round(FULL_WEEK_HOURS * fte, 1)


def _commitments(staff: Staff, person: Physician, rng: Random) -> None:
    """Days in the nursing home; on half of them the person may be called away."""
    mine = [contract for contract in staff.contracts if contract.physician == person.id]
    fte = sum(contract.fte for contract in mine)
    number = max(0, min(int(fte * 5 + 0.5) - EXTRAMURAL_DAYS, int(mine[0].fte * 5)))
    for day in sorted(rng.sample(range(5), number)):
        staff.commitments.append(
            Commitment(
                physician=person.id,
                place=person.day_base or "",
                start_time=time(8, 30),
                end_time=time(16, 30),
                weekday=WORKWEEK[day],
                contract=mine[0].id,
                on_call_allowed=rng.random() < 0.5,
                valid_from=mine[0].valid_from,
            )
        )


def free_weekdays(staff: Staff, land: Landscape) -> None:
    """In each area one part-timer at most per weekday has that day off."""
    busy = {(row.physician, row.weekday) for row in staff.commitments}
    for area in land.areas:
        left: list[Weekday] = list(WORKWEEK)
        people = staff.of_area(area)
        for person in people if len(people) >= 6 else ():
            at = next(i for i, row in enumerate(staff.contracts) if row.physician == person.id)
            choice = next((day for day in left if (person.id, day) not in busy), None)
            if staff.contracts[at].fte <= 0.7 and choice is not None:
                left.remove(choice)
                staff.contracts[at] = staff.contracts[at].model_copy(
                    update={"free_weekdays": (choice,)}
                )


def pairings(staff: Staff, land: Landscape) -> tuple[Pairing, ...]:
    """Each GP group has an SO of its area, and the next one as deputy.

    Where it can be they are there all the time, and work for somebody whom insurers pay.
    """
    paid = {
        employer.id
        for employer in staff.employers
        if any(funding.label == ZVW for funding in employer.funding_contracts)
    }
    fit = {row.physician for row in staff.contracts if row.employer in paid and not row.valid_from}
    found: list[Pairing] = []
    for area in land.areas:
        everybody = [person.id for person in staff.of_area(area)]
        near = [person for person in everybody if person in fit] or everybody
        for number, group in enumerate(area.groups):
            physician, deputy = (near[(number + step) % len(near)] for step in (0, 1))
            found.append(
                Pairing(
                    site=group.id,
                    physician=physician,
                    deputy=None if deputy == physician else deputy,
                )
            )
    return tuple(found)


def leaves(
    spec: Spec, people: Iterable[Physician], land: Landscape, rng: Random
) -> list[tuple[str, date, date]]:
    """(person, first day, last day): one stretch each, a quarter of an area away at most."""
    everybody = tuple(people)
    found: list[tuple[str, date, date]] = []
    for area in land.areas:
        near = [each.id for each in everybody if each.pools[0] == area.pool]
        away: dict[date, int] = {}
        for person in near:
            length = rng.choice((3, 5, 7, 9, 9) if spec.weeks < 8 else (5, 7, 9, 9, 12, 16))
            first = spec.start + timedelta(days=rng.randrange(spec.weeks * 7))
            stretch = [first + timedelta(days=at) for at in range(length)]
            full = any(away.get(day, 0) >= max(1, len(near) // 4) for day in stretch)
            if rng.random() >= spec.leave or full:
                continue
            for day in stretch:
                away[day] = away.get(day, 0) + 1
            found.append((person, first, stretch[-1]))
    return found
