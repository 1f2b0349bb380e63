"""8: adequate written agreement between GP and facility that secures 1 to 7 (S2 #8)."""

from __future__ import annotations

from so247.audit.preconditions.documents import Found
from so247.audit.preconditions.practices import per_practice
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import Words, listed, said
from so247.models.evidence import Evidence, EvidenceKind
from so247.models.proof import Judgement
from so247.models.sites import GpPractice

SAYS = said(
    "8",
    "Huisarts en instelling hebben adequate schriftelijke afspraken over de punten 1 tot en met 7",
    "GP and facility have adequate written agreements on points 1 to 7",
)

CLAUSES = frozenset(range(1, 8))


def judge(question: Question) -> tuple[Judgement, ...]:
    return per_practice(question, SAYS.code, _practice)


def _practice(question: Question, practice: GpPractice) -> Found:
    return question.if_whole(EvidenceKind.GP_CONTRACT, _lacks, practice.id)


def _lacks(document: Evidence) -> Words | None:
    """The points that a contract says nothing about."""
    missing = sorted(CLAUSES - set(document.clauses))
    if not missing:
        return None
    points = listed(str(clause) for clause in missing)
    return f"zonder punt {points}", f"without point {points}"
