"""Places where care is needed, and what was agreed about it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from so247.models.base import Count, Id, Minutes, Model, Text, Valid


class ResidenceSetting(StrEnum):
    """The living situations of DOMAIN D, by name."""

    HOME = "home"
    HOME_WLZ = "home_wlz"
    FACILITY_WITHOUT_TREATMENT = "facility_without_treatment"
    ADMITTED_NOT_CONTRACTED = "admitted_not_contracted"
    ADMITTED_NOT_DELIVERED = "admitted_not_delivered"
    ADMITTED_PACKAGE_WITHOUT_TREATMENT = "admitted_package_without_treatment"
    WLZ_INSTITUTION_WITH_TREATMENT = "wlz_institution_with_treatment"
    SHORT_STAY_LOW = "short_stay_low"
    SHORT_STAY_HIGH = "short_stay_high"
    SHORT_STAY_PALLIATIVE = "short_stay_palliative"
    RESPITE = "respite"
    GUEST_STAY_CONVERTED = "guest_stay_converted"
    GERIATRIC_REHAB = "geriatric_rehab"


class Indication(StrEnum):
    WLZ = "wlz"
    NONE = "none"


class CareFunction(StrEnum):
    """What an SO may be promised for (S2 #5)."""

    MAIN_PRACTITIONER = "main_practitioner"
    CO_TREATMENT = "co_treatment"
    CONSULTATION = "consultation"


class Place(Model):
    """A point that travel starts from or goes to: a base, a nursing home. Every site is one too."""

    id: Id
    name: Text


class TravelTime(Model):
    """Minutes by car. Holds both ways unless a row for the way back says otherwise."""

    origin: Id
    destination: Id
    minutes: Minutes


class GpPost(Model):
    """Huisartsenpost (HAP), or a small-scale duty structure."""

    id: Id
    name: Text


class GpPractice(Model):
    """``accepts_patients``: the practice is "open"; ``gps``: how many GPs work there."""

    id: Id
    name: Text
    accepts_patients: bool | None = None
    gps: Count | None = None


class ResidentCount(Model):
    """How many residents, never who."""

    setting: ResidenceSetting
    indication: Indication
    count: Count


class GpGroup(Model):
    """Huisartsengroep: a site that lines serve. ``residents``: frail patients in its area."""

    id: Id
    name: Text
    practices: tuple[GpPractice, ...] = ()
    gp_post: Id | None = None
    pools: tuple[Id, ...] = ()
    residents: tuple[ResidentCount, ...] = ()
    phone_minutes: Minutes | None = None
    on_site_minutes: Minutes | None = None


class FunctionHolder(Model):
    function: CareFunction
    physician: Id


class Facility(Model):
    """Small-scale care facility. Open from ``opening_date``; ``None``: open already.

    ``phone_minutes`` / ``on_site_minutes`` are what the site requires; where they are ``None``
    the signed agreement's hold, and without one the region's defaults, which prove nothing.
    ``practices``: the GP practices that take its residents; none named: all of the GP group.
    The three facts about Wlz treatment (R21) are apart from the setting, which they may contradict.
    """

    id: Id
    name: Text
    setting: ResidenceSetting
    residents: tuple[ResidentCount, ...] = ()
    opening_date: date | None = None
    gp_group: Id | None = None
    practices: tuple[Id, ...] = ()
    pools: tuple[Id, ...] = ()
    phone_minutes: Minutes | None = None
    on_site_minutes: Minutes | None = None
    function_holders: tuple[FunctionHolder, ...] = ()
    admitted_for_treatment: bool | None = None
    treatment_contracted: bool | None = None
    treatment_delivered: bool | None = None


class AgreementKind(StrEnum):
    SO_AVAILABILITY = "so_availability"
    """A site and a pool: the pool's SOs are called, within these minutes, for these functions."""
    ORGANISATION_COVER = "organisation_cover"
    """A site and an organisation (HAP, coordination centre) that holds a first line."""


class Agreement(Valid):
    """What was agreed between a site and a pool or organisation.

    It counts as signed from ``signed_on`` on. Minutes that it leaves open come from defaults,
    which prove nothing.
    """

    id: Id
    kind: AgreementKind
    site: Id
    partner: Id
    signed_on: date | None = None
    phone_minutes: Minutes | None = None
    on_site_minutes: Minutes | None = None
    functions: tuple[CareFunction, ...] = ()

    def signed_by(self, day: date) -> bool:
        """Whether it is signed on that day: a signature to come proves nothing yet."""
        return self.signed_on is not None and self.signed_on <= day


class Pairing(Valid):
    """Vast HA/SO-koppel: the fixed SO of a GP practice or GP group, with a named deputy."""

    site: Id
    physician: Id
    deputy: Id | None = None
