"""1: existing patients keep their care; the GP has extra time, room and competence (S2 #1)."""

from __future__ import annotations

from so247.audit.preconditions.documents import MET, Found, all_of, failing
from so247.audit.preconditions.practices import per_practice
from so247.audit.preconditions.question import Question
from so247.models.evidence import EvidenceKind
from so247.models.proof import Judgement
from so247.models.sites import GpPractice

KEY = "1"


def judge(question: Question) -> tuple[Judgement, ...]:
    return per_practice(question, KEY, _practice)


def _practice(question: Question, practice: GpPractice) -> Found:
    """A practice that is closed says no, whatever the statement says."""
    return all_of([question.on_paper(EvidenceKind.GP_STATEMENT, practice.id), _open(practice)])


def _open(practice: GpPractice) -> Found:
    if practice.accepts_patients is not False:
        return MET
    what = (practice.name, practice.name)
    nl, en = "neemt geen nieuwe patiënten aan", "takes no new patients"
    return failing("practice.closed", what, nl, en)
