"""What is judged per GP practice: each that takes the facility's residents must fulfil it."""

from __future__ import annotations

from collections.abc import Callable

from so247.audit.preconditions.documents import Found, failing
from so247.audit.preconditions.question import Question, judgement
from so247.models.proof import Judgement
from so247.models.sites import GpPractice

GROUP = ("huisartsengroep", "GP group")


def no_practice(question: Question) -> Found | None:
    """Why there is no practice to judge; ``None`` when there is one."""
    facility = question.facility
    if facility is not None and facility.gp_group is None:
        return failing("practice.no_group", GROUP, "geen gekoppeld", "none is linked")
    if not question.practices:
        return failing("practice.none", GROUP, "zonder huisartsenpraktijken", "without practices")
    return None


def per_practice(
    question: Question, key: str, judge: Callable[[Question, GpPractice], Found]
) -> tuple[Judgement, ...]:
    """One judgement per practice; a single one that fails where there is no practice."""
    missing = no_practice(question)
    if missing is not None:
        return (judgement(key, missing),)
    return tuple(
        judgement(key, judge(question, practice), practice.id) for practice in question.practices
    )
