"""2: the GP limits himself to general care; the excluded tasks lie elsewhere (S2 #2, Bijlage 1)."""

from __future__ import annotations

from so247.audit.preconditions.documents import all_of
from so247.audit.preconditions.holders import SO_TASKS, no_gp, one_holder, registered_so
from so247.audit.preconditions.question import Question, judgement
from so247.models.evidence import EXCLUDED_TASKS, EvidenceKind
from so247.models.proof import Judgement

KEY = "2"


def judge(question: Question) -> tuple[Judgement, ...]:
    tasks = [
        one_holder(question, task, registered_so if task in SO_TASKS else no_gp)
        for task in EXCLUDED_TASKS
    ]
    found = all_of([question.on_paper(EvidenceKind.SCOPE_ANNEX), *tasks])
    return (judgement(KEY, found),)
