"""What a generated region should look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from so247.models.errors import InputError, Problem


class Backups(StrEnum):
    NONE = "none"
    """No backup lines; only SOs hold first lines."""
    OWN = "own"
    """Each area has its own backup."""
    SHARED = "shared"
    """Two neighbouring areas share one backup."""


@dataclass(frozen=True)
class Spec:
    """Size and features of a generated region. The same spec and seed give the same region.

    ``physicians`` counts everybody who can hold duties, trainees and nurse practitioners included.
    An area has a pool, sites, and lines of its own; areas 0 and 1, 2 and 3, … are neighbours, and
    ``cross`` of their SOs belong to both pools. Shares lie between 0 and 1. ``slack`` is how many
    duties per four weeks a contract allows beyond what the witness needs. ``remote`` people live
    too far away to be on call at night. ``joiners`` start halfway, ``openings`` facilities
    open after a third of the period. ``history_weeks`` is a multiple
    of four. With ``feasible`` the region is built around a legal roster without gaps (the
    witness); without it a third of the people is away at the same time, and nothing is promised.
    """

    id: str = "voorbeeld"
    name: str = "Voorbeeld"
    physicians: int = 8
    gp_groups: int = 4
    facilities: int = 6
    start: date = field(default=date(2026, 10, 5))
    weeks: int = 4
    areas: int = 1
    employers: int = 2
    backups: Backups = Backups.NONE
    split_office: bool = False
    """Office hours and out of hours are separate lines; otherwise one line is always on."""
    combinable: bool = False
    """Neighbouring out-of-hours backups (first lines where there is no backup) combine."""
    cross: float = 0.5
    trainees: float = 0.0
    nurse_practitioners: float = 0.0
    self_employed: float = 0.15
    two_contracts: float = 0.1
    sessions_per_group: int = 4
    """Consultation sessions per GP group and four weeks; 0: no sessions at all."""
    facility_sessions: float = 0.5
    """Share of the facilities with a team meeting every four weeks."""
    commitments: bool = True
    leave: float = 0.4
    """Share of the people with leave in the period."""
    wishes: float = 0.5
    pins: int = 0
    remote: int = 0
    joiners: int = 0
    openings: int = 0
    slack: int = 3
    history_weeks: int = 0
    feasible: bool = True
    evidence: bool = False
    """Every facility has the documents and holders that its preconditions ask for."""

    @property
    def backed(self) -> bool:
        return self.backups is not Backups.NONE


def verify(spec: Spec) -> None:
    """Raise ``InputError`` with everything about the spec that cannot be built."""
    shares = (
        "cross",
        "trainees",
        "nurse_practitioners",
        "self_employed",
        "two_contracts",
        "facility_sessions",
        "leave",
        "wishes",
    )
    found = [
        Problem(f"{name} is a share", value=str(value), advice="Maybe a number from 0 to 1.")
        for name in shares
        if not 0 <= (value := getattr(spec, name)) <= 1
    ]
    at_least = {"physicians": 3, "gp_groups": 1, "facilities": 0, "weeks": 1, "employers": 1}
    at_least |= {
        "areas": 1,
        "sessions_per_group": 0,
        "pins": 0,
        "remote": 0,
        "joiners": 0,
        "openings": 0,
    }
    found += [
        Problem(f"{name} is too small", value=str(value), advice=f"Maybe {low}.")
        for name, low in at_least.items()
        if (value := getattr(spec, name)) < low
    ]
    rules = (
        (spec.start.weekday() == 0, "start is not a Monday", str(spec.start)),
        (spec.history_weeks % 4 == 0, "history_weeks is no multiple of 4", str(spec.history_weeks)),
        (spec.areas <= spec.gp_groups, "there are more areas than GP groups", str(spec.areas)),
        (
            spec.backed or not (spec.trainees or spec.nurse_practitioners),
            "trainees and nurse practitioners need backups",
            "none",
        ),
        (
            spec.backups is not Backups.SHARED or spec.areas == 1 or spec.cross > 0,
            "a shared backup needs SOs in both pools (cross)",
            str(spec.cross),
        ),
        (
            spec.trainees + spec.nurse_practitioners <= 0.5,
            "more than half of the people would be no SO",
            f"{spec.trainees + spec.nurse_practitioners:g}",
        ),
        (
            spec.physicians * (1 - spec.trainees - spec.nurse_practitioners) >= 2 * spec.areas,
            "fewer than two SOs per area",
            str(spec.physicians),
        ),
        (spec.sessions_per_group <= 12, "more than 12 sessions per group", ""),
    )
    found += [Problem(message, value=value) for holds, message, value in rules if not holds]
    if found:
        raise InputError(found)
