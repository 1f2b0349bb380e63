"""6: enough competent carers and, where needed, nurses (S2 #6). No roster of SOs can show it."""

from __future__ import annotations

from so247.audit.preconditions.question import Question, judgement
from so247.models.evidence import EvidenceKind
from so247.models.proof import Judgement

KEY = "6"


def judge(question: Question) -> tuple[Judgement, ...]:
    return (judgement(KEY, question.on_paper(EvidenceKind.STAFFING_PLAN)),)
