"""8: adequate written agreement between GP and facility that secures 1 to 7 (S2 #8)."""

from __future__ import annotations

from so247.audit.preconditions.documents import Found
from so247.audit.preconditions.practices import per_practice
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import Words, listed
from so247.models.evidence import Evidence, EvidenceKind
from so247.models.proof import Judgement
from so247.models.sites import GpPractice

KEY = "8"

CLAUSES = frozenset(range(1, 8))


def judge(question: Question) -> tuple[Judgement, ...]:
    return per_practice(question, KEY, _practice)


def _practice(question: Question, practice: GpPractice) -> Found:
    return question.if_whole(EvidenceKind.GP_CONTRACT, _lacks, practice.id)


def _lacks(document: Evidence) -> Words | None:
    """The points that a contract says nothing about."""
    missing = sorted(CLAUSES - set(document.clauses))
    if not missing:
        return None
    points = listed(str(clause) for clause in missing)
    return f"zonder punt {points}", f"without point {points}"
