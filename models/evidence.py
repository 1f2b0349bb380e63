"""Evidence: documents, named holders and records that preconditions are judged by (DOMAIN E).

Only references are kept, never a document itself, and residents only under numbers.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from so247.models.base import Id, Model, Text, Valid


class RuleSet(StrEnum):
    """Which document decides where the documents differ (DOMAIN A3)."""

    HANDREIKING_2016 = "handreiking_2016"
    """All GPs of the group and the GP post must consent (S0 2.1)."""
    LEIDRAAD_2018 = "leidraad_2018"
    """The facility organises ANW care; the GP post agrees where it provides that care (S2 #4)."""
    MODEL_AGREEMENT = "model_agreement"
    """The GP post knows, and signs "seen", where residents are registered by name."""


class EvidenceKind(StrEnum):
    """What a document states. The number is that of the precondition it serves."""

    GP_STATEMENT = "gp_statement"
    """1: existing patients keep their care; the practice has extra time, room and competence."""
    SCOPE_ANNEX = "scope_annex"
    """2: the GP limits himself to general care; who does what else."""
    LOCUM_AGREEMENT = "locum_agreement"
    """3: a locum takes over in the daytime when the GP is away."""
    HANDOVER_AGREEMENT = "handover_agreement"
    """3: information is handed over for ANW hours, with the patient's consent."""
    OUT_OF_HOURS_AGREEMENT = "out_of_hours_agreement"
    """4: who provides acute care in ANW hours (``partner``: a GP post, say)."""
    STAFFING_PLAN = "staffing_plan"
    """6: enough competent carers and, where needed, nurses."""
    FINAL_RESPONSIBILITY = "final_responsibility"
    """7: the facility organises medical care before it admits anybody."""
    GP_CONTRACT = "gp_contract"
    """8: the agreement between a GP practice and the facility (``clauses``: 1 to 7)."""
    GP_CONSENT = "gp_consent"
    """A practice of the GP group consents (R2)."""
    GP_POST_CONSENT = "gp_post_consent"
    """The GP post consents (R2)."""
    GP_POST_SEEN = "gp_post_seen"
    """The GP post knows and signed "seen" (A3.2)."""
    AVAILABILITY_AGREEMENT = "availability_agreement"
    """GP group, GP post and SO provider on 24/7 availability (R3; ``headings``: R15)."""
    WTZA_NOTIFICATION = "wtza_notification"
    """The facility notified the minister before it starts (Wtza art. 2)."""
    SHORT_STAY_AGREEMENT = "short_stay_agreement"
    """Regional agreement on which doctor answers for short stay (ELV; S0 2.3)."""
    GP_INSTITUTION_CONTRACT = "gp_institution_contract"
    """A GP gives general care in an institution with treatment (R5)."""
    SPECIAL_OFFER = "special_offer"
    """Bijzonder aanbod: a GP with proven extra expertise (R13). Never fulfils 5."""


class Heading(StrEnum):
    """The nine headings of an agreement between GP and SO (S0 Bijlage 3, R15)."""

    PURPOSE = "purpose"
    FORMS = "forms"
    LOCATION = "location"
    WORKING_METHOD = "working_method"
    INFORMATION = "information"
    REACHABILITY = "reachability"
    FEEDBACK = "feedback"
    FUNDING = "funding"
    EVALUATION = "evaluation"


class Party(StrEnum):
    """Who signs an agreement on availability (R3)."""

    GP_GROUP = "gp_group"
    GP_POST = "gp_post"
    SO_PROVIDER = "so_provider"


class Evidence(Valid):
    """A document about a site (and practice): who signed it, when, and from when to when it holds.

    Without ``signed_on`` nothing is known. ``agrees`` is false for a document that says no.
    """

    id: Id
    kind: EvidenceKind
    site: Id
    practice: Id | None = None
    partner: Id | None = None
    document: Text
    signer: Text | None = None
    signed_on: date | None = None
    agrees: bool = True
    clauses: tuple[Annotated[int, Field(ge=1, le=8)], ...] = ()
    headings: tuple[Heading, ...] = ()
    parties: tuple[Party, ...] = ()


class Task(StrEnum):
    """Responsibilities that each have one named holder (R20; S2 Bijlage 1)."""

    GENERAL_CARE = "general_care"
    SPECIFIC_CARE = "specific_care"
    MEDICAL_RECORD = "medical_record"
    MEDICATION = "medication"
    FIRST_CONTACT = "first_contact"
    TEAM_MEETING = "team_meeting"
    ADMISSION = "admission"
    COERCION_POLICY = "coercion_policy"
    """Wzd. No GP task (Bijlage 1)."""
    COMPLEX_CARE = "complex_care"
    """Direction of complex dementia and multi-problem care. No GP task (Bijlage 1)."""
    TEAM_DIRECTION = "team_direction"
    """Steering a care team. No GP task (Bijlage 1)."""
    QUALITY_POLICY = "quality_policy"
    """Institution-wide quality policy, a medical director's. No GP task (Bijlage 1)."""


EXCLUDED_TASKS = (Task.COMPLEX_CARE, Task.COERCION_POLICY, Task.TEAM_DIRECTION, Task.QUALITY_POLICY)
"""What S2 Bijlage 1 takes off the GP. The first three are an SO's."""


class TaskHolder(Valid):
    """Who holds a task at a site: a physician, a practice, GP post, organisation, employer, or the
    facility itself, by id."""

    site: Id
    task: Task
    holder: Id


RESIDENT_PATTERN = r"^[a-z]{0,3}-?[0-9]{1,6}$"
ResidentNumber = Annotated[str, StringConstraints(pattern=RESIDENT_PATTERN)]
"""A number that says nothing about who it is: ``r-017``."""


class Admission(Model):
    """One resident's admission, under a number: the arrangement of care, and the consent."""

    site: Id
    resident: ResidentNumber
    admitted_on: date
    arranged_on: date | None = None
    """When it was recorded who gives this resident medical care."""
    handover_consent: bool | None = None
    """Consent to hand information over for ANW hours; ``None``: not asked or not recorded."""


class PracticeAbsence(Model):
    """Office hours in which a practice's GP is away, and who takes over (``None``: nobody)."""

    practice: Id
    first_day: date
    last_day: date
    locum: Text | None = None
