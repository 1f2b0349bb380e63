"""6: enough competent carers and, where needed, nurses (S2 #6). No roster of SOs can show it."""

from __future__ import annotations

from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import said
from so247.models.evidence import EvidenceKind
from so247.models.proof import Judgement

SAYS = said(
    "6",
    "De instelling zorgt voor voldoende competent verzorgend en waar nodig verplegend personeel",
    "The facility provides enough competent carers and, where needed, nurses",
)


def judge(question: Question) -> tuple[Judgement, ...]:
    return (judgement(SAYS.code, question.on_paper(EvidenceKind.STAFFING_PLAN)),)
