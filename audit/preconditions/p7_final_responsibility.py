"""7: the facility organises medical care before it admits anybody (S2 #7)."""

from __future__ import annotations

from so247.audit.preconditions.documents import MET, Found, all_of, failing
from so247.audit.preconditions.question import Question, judgement
from so247.audit.preconditions.words import EVIDENCE, dutch, listed
from so247.models.evidence import EvidenceKind
from so247.models.proof import Judgement, Status

KEY = "7"

ARRANGED = ("medische zorg geregeld", "medical care arranged")


def judge(question: Question) -> tuple[Judgement, ...]:
    found = all_of(
        [
            question.on_paper(EvidenceKind.FINAL_RESPONSIBILITY),
            _before_the_first(question),
            _arranged(question),
        ]
    )
    return (judgement(KEY, found),)


def _before_the_first(question: Question) -> Found:
    """A statement that was signed, and held, when the first resident on record came."""
    documents = [
        each for each in question.documents(EvidenceKind.FINAL_RESPONSIBILITY) if each.agrees
    ]
    admitted = min((each.admitted_on for each in question.admissions), default=None)
    if admitted is None or not documents:
        return MET
    if any(
        each.signed_on is not None and each.signed_on <= admitted and each.holds_on(admitted)
        for each in documents
    ):
        return MET
    what = EVIDENCE[EvidenceKind.FINAL_RESPONSIBILITY]
    nl = f"gold niet bij de eerste opname op {dutch(admitted)}"
    en = f"did not hold at the first admission on {admitted}"
    undated = any(each.signed_on is None and each.holds_on(admitted) for each in documents)
    status = Status.UNKNOWN if undated else Status.NOT_MET
    return failing("admission.before_statement", what, nl, en, status)


def _arranged(question: Question) -> Found:
    """Each admission was arranged on or before its day; residents go by their numbers."""
    rows = [(each.resident, each.arranged_on, each.admitted_on) for each in question.admissions]
    late = [number for number, arranged, admitted in rows if arranged and arranged > admitted]
    if late:
        nl, en = f"na de opname van {listed(late)}", f"after the admission of {listed(late)}"
        return failing("admission.arranged_late", ARRANGED, nl, en)
    silent = [number for number, arranged, _ in rows if arranged is None]
    if silent:
        nl, en = f"niet vastgelegd voor {listed(silent)}", f"not on record for {listed(silent)}"
        return failing("admission.arranged_unknown", ARRANGED, nl, en, Status.UNKNOWN)
    return MET
