"""3: the GP answers for the daytime: a locum when away, information handed over (S2 #3)."""

from __future__ import annotations

from so247.audit.preconditions.documents import MET, Found, all_of, failing
from so247.audit.preconditions.practices import per_practice
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import dutch, listed
from so247.models.calendar import is_workday
from so247.models.clock import days
from so247.models.evidence import EvidenceKind, PracticeAbsence
from so247.models.proof import Judgement, Status
from so247.models.sites import GpPractice

KEY = "3"

LOCUM = ("waarneming overdag", "daytime locum")
CONSENT = (
    "toestemming voor informatieoverdracht",
    "consent to hand over information",
)


def judge(question: Question) -> tuple[Judgement, ...]:
    return per_practice(question, KEY, _practice)


def _practice(question: Question, practice: GpPractice) -> Found:
    return all_of(
        [
            question.on_paper(EvidenceKind.LOCUM_AGREEMENT, practice.id),
            question.on_paper(EvidenceKind.HANDOVER_AGREEMENT, practice.id),
            *(_locum(each) for each in _absences(question, practice)),
            _consent(question),
        ]
    )


def _absences(question: Question, practice: GpPractice) -> list[PracticeAbsence]:
    """Those with office hours in the period."""
    return [
        each
        for each in question.region.practice_absences
        if each.practice == practice.id
        and any(
            is_workday(question.region, day)
            for day in days(max(each.first_day, question.first), min(each.last_day, question.last))
        )
    ]


def _locum(absence: PracticeAbsence) -> Found:
    if absence.locum is not None:
        return MET
    first, last = absence.first_day, absence.last_day
    nl = f"niemand van {dutch(first)} tot en met {dutch(last)}"
    return failing("practice.no_locum", LOCUM, nl, f"nobody from {first} to {last}")


def _consent(question: Question) -> Found:
    """Of the admissions on record none lacks it; residents go by their numbers."""
    refused = [each.resident for each in question.admissions if each.handover_consent is False]
    if refused:
        nl, en = f"geweigerd door {listed(refused)}", f"refused by {listed(refused)}"
        return failing("admission.no_consent", CONSENT, nl, en)
    silent = [each.resident for each in question.admissions if each.handover_consent is None]
    if silent:
        nl = f"niet vastgelegd van {listed(silent)}"
        en = f"not on record of {listed(silent)}"
        return failing("admission.consent_unknown", CONSENT, nl, en, Status.UNKNOWN)
    return MET
