"""The words that judgements are made of, Dutch and English (DOMAIN C)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from so247.models.evidence import EvidenceKind, Task
from so247.models.proof import Said, Status

Words = tuple[str, str]
"""(Dutch, English)."""

EVIDENCE: dict[EvidenceKind, Words] = {
    EvidenceKind.GP_STATEMENT: ("verklaring van de huisarts", "statement of the GP"),
    EvidenceKind.SCOPE_ANNEX: ("bijlage taakverdeling", "annex on who does what"),
    EvidenceKind.LOCUM_AGREEMENT: ("waarneemregeling overdag", "daytime locum agreement"),
    EvidenceKind.HANDOVER_AGREEMENT: (
        "afspraak over informatieoverdracht voor de ANW-uren",
        "agreement on handing over information for out of hours",
    ),
    EvidenceKind.OUT_OF_HOURS_AGREEMENT: (
        "overeenkomst over acute zorg in de ANW-uren",
        "agreement on acute care out of hours",
    ),
    EvidenceKind.STAFFING_PLAN: ("formatieplan", "staffing plan"),
    EvidenceKind.FINAL_RESPONSIBILITY: (
        "verklaring eindverantwoordelijkheid",
        "statement of final responsibility",
    ),
    EvidenceKind.GP_CONTRACT: (
        "overeenkomst tussen huisarts en instelling",
        "contract between GP and facility",
    ),
    EvidenceKind.GP_CONSENT: ("instemming van de huisarts", "consent of the GP"),
    EvidenceKind.GP_POST_CONSENT: ("instemming van de huisartsenpost", "consent of the GP post"),
    EvidenceKind.GP_POST_SEEN: (
        "'gezien' door de huisartsenpost",
        "'seen' by the GP post",
    ),
    EvidenceKind.AVAILABILITY_AGREEMENT: (
        "samenwerkingsafspraken over beschikbaarheid van de SO 24/7",
        "agreement on 24/7 availability of the SO",
    ),
    EvidenceKind.WTZA_NOTIFICATION: ("melding Wtza", "Wtza notification"),
    EvidenceKind.SHORT_STAY_AGREEMENT: (
        "regionale afspraak over eerstelijnsverblijf",
        "regional agreement on short stay",
    ),
    EvidenceKind.GP_INSTITUTION_CONTRACT: (
        "contract tussen huisarts en Wlz-instelling",
        "contract between GP and Wlz institution",
    ),
    EvidenceKind.SPECIAL_OFFER: ("bijzonder aanbod", "special offer of the GP"),
}

TASK: dict[Task, Words] = {
    Task.GENERAL_CARE: ("algemene geneeskundige zorg", "general care"),
    Task.SPECIFIC_CARE: ("specifieke zorg", "specific care"),
    Task.MEDICAL_RECORD: ("dossier", "medical record"),
    Task.MEDICATION: ("medicatie", "medication"),
    Task.FIRST_CONTACT: ("eerste aanspreekpunt", "first contact"),
    Task.TEAM_MEETING: ("multidisciplinair overleg (MDO)", "team meeting"),
    Task.ADMISSION: ("regelen van opname", "arranging admission"),
    Task.COERCION_POLICY: ("beleid onvrijwillige zorg (Wzd)", "coercion policy (Wzd)"),
    Task.COMPLEX_CARE: (
        "regie bij dementie en complexe multiproblematiek",
        "direction of complex dementia and multi-problem care",
    ),
    Task.TEAM_DIRECTION: ("aansturing van het zorgteam", "direction of the care team"),
    Task.QUALITY_POLICY: ("instellingsbreed kwaliteitsbeleid", "institution-wide quality policy"),
}

STATUS: dict[Status, Words] = {
    Status.MET: ("voldaan", "met"),
    Status.NOT_MET: ("niet voldaan", "not met"),
    Status.UNKNOWN: ("niet vast te stellen", "unknown"),
    Status.EXPIRED: ("verlopen", "expired"),
}


def said(code: str, nl: str, en: str) -> Said:
    return Said(code=code, nl=nl, en=en)


def about(code: str, what: Words, nl: str, en: str) -> Said:
    """``nl`` and ``en`` with the thing's name in front."""
    return said(code, f"{what[0]}: {nl}", f"{what[1]}: {en}")


def dutch(day: date) -> str:
    """A day as a Dutch reader writes it: 31-12-2026. In English texts days are ISO dates."""
    return f"{day:%d-%m-%Y}"


def listed(items: Iterable[str]) -> str:
    return ", ".join(items)
