"""People and what binds them: pools, employers, contracts, absences, commitments, wishes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from so247.models.base import Count, Id, LocalTime, Model, Text, Valid, Weekday

Fte = Annotated[float, Field(gt=0, le=1.2)]


class Role(StrEnum):
    """What a person is registered as (DOMAIN C). Only the first counts as an SO."""

    ELDERLY_CARE_PHYSICIAN = "elderly_care_physician"
    TRAINEE = "trainee"
    NON_SPECIALIST_PHYSICIAN = "non_specialist_physician"
    NURSE_PRACTITIONER = "nurse_practitioner"
    PHYSICIAN_ASSISTANT = "physician_assistant"
    ID_PHYSICIAN = "id_physician"


SO = Role.ELDERLY_CARE_PHYSICIAN


class Pool(Model):
    """A regional pool (artsenpool): who may be asked for the sites linked to it."""

    id: Id
    name: Text


class FundingContract(Valid):
    """An employer's contract for a funding label (R19).

    The counterparty of ``H335`` is a zorgkantoor, that of ``GZSP`` a zorgverzekeraar.
    """

    label: Text
    counterparty: Text


class EmployerKind(StrEnum):
    CARE_GROUP = "care_group"
    PARTNERSHIP = "partnership"
    HOSPITAL = "hospital"
    SELF_EMPLOYED = "self_employed"


class Employer(Model):
    """Who employs or contracts physicians.

    ``extramural_hours_per_week`` are the agreed hours of sessions outside the nursing home: never
    more in an ISO week (cap), and repeated shortfall is signalled (floor, R18). ``None``: nothing
    agreed.
    """

    id: Id
    name: Text
    kind: EmployerKind = EmployerKind.CARE_GROUP
    funding_contracts: tuple[FundingContract, ...] = ()
    extramural_hours_per_week: Annotated[float, Field(ge=0)] | None = None


class PackBinding(Valid):
    """From when to when a rule pack binds a person."""

    pack: Id


class Physician(Model):
    """A person who can hold duties or sessions.

    ``registered_from`` / ``registered_until`` bound the registration for ``role`` (both included,
    open where ``None``). ``day_base`` is where the person is during office hours, ``night_base``
    outside them, unless a session or commitment says otherwise. ``max_residents`` and
    ``max_sites`` limit what is carried at the same moment; ``None`` is no limit. A day that no
    ``rule_packs`` entry covers is bound by the role's default pack. ``person_key`` names the same
    person across regions.
    """

    id: Id
    name: Text
    role: Role
    pools: tuple[Id, ...] = ()
    registered_from: date | None = None
    registered_until: date | None = None
    day_base: Id | None = None
    night_base: Id | None = None
    max_residents: Count | None = None
    max_sites: Count | None = None
    rule_packs: tuple[PackBinding, ...] = ()
    person_key: str | None = None

    def registered_on(self, day: date) -> bool:
        return (self.registered_from is None or self.registered_from <= day) and (
            self.registered_until is None or day <= self.registered_until
        )


class Contract(Valid):
    """One person at one employer.

    The figures hold per ``per_weeks`` weeks and are prorated once to the days of the planning
    period on which the contract is valid and the person is not on long leave: maxima rounded up,
    minima rounded down. They count blocks booked on this contract. ``hours_per_week`` is the mean
    number of session, presence and commitment hours per week that this contract pays for.
    ``free_weekdays``: nothing booked on this contract starts on such a day.
    """

    id: Id
    physician: Id
    employer: Id
    fte: Fte
    hours_per_week: Annotated[float, Field(ge=0, le=60)] | None = None
    per_weeks: Annotated[int, Field(ge=1, le=53)] = 4
    min_duties: Count | None = None
    max_duties: Count | None = None
    min_weekends: Count | None = None
    max_weekends: Count | None = None
    min_nights: Count | None = None
    max_nights: Count | None = None
    free_weekdays: tuple[Weekday, ...] = ()


class Absence(Model):
    """Leave or any other absence, without a reason.

    From ``from_time`` (default 00:00) on ``first_day`` to ``until_time`` (default 24:00) on
    ``last_day``, local time. An ``unforeseen`` one does not lower contract figures: what was held
    before was held under the figures as they were.
    """

    physician: Id
    first_day: date
    last_day: date
    from_time: LocalTime | None = None
    until_time: LocalTime | None = None
    unforeseen: bool = False


class Commitment(Valid):
    """Other work, not ours to roster: it blocks, counts for norms, and is where travel starts.

    Dated (``day``) or weekly (``weekday``, within the validity; not on the region's holidays).
    With ``on_call_allowed`` the person may hold a reachability duty meanwhile, starting from
    ``place``. ``contract`` says which contract pays for it.
    """

    physician: Id
    place: Id
    start_time: LocalTime
    end_time: LocalTime
    weekday: Weekday | None = None
    day: date | None = None
    contract: Id | None = None
    on_call_allowed: bool = False


class WishKind(StrEnum):
    WANTS = "wants"
    RATHER_NOT = "rather_not"


class Wish(Model):
    """A preference for duties and sessions that start on these days (and weekday, and line)."""

    physician: Id
    kind: WishKind
    first_day: date
    last_day: date
    weekday: Weekday | None = None
    line: Id | None = None
    weight: Annotated[int, Field(ge=1, le=10)] = 1


class Pin(Model):
    """An assignment that stands, whatever it breaches.

    ``target`` is a duty or session id; ``day`` is needed for a session, ``contract`` only where
    the person has several.
    """

    target: str
    physician: Id
    contract: Id | None = None
    day: date | None = None
