"""The eight preconditions for GP care in a small-scale facility (S2), one file each; and checks.

``documents`` judges evidence; ``question`` is what every judge gets.
"""

from __future__ import annotations

from so247.audit.preconditions import (
    p1_existing_patients,
    p2_general_care_only,
    p3_daytime,
    p4_out_of_hours,
    p5_so_day_and_night,
    p6_staffing,
    p7_final_responsibility,
    p8_written_agreement,
)
from so247.audit.preconditions.checks import checks
from so247.audit.preconditions.question import Question
from so247.models.proof import Judgement, Status

__all__ = ["Question", "checks", "preconditions"]

_EIGHT = (
    p1_existing_patients,
    p2_general_care_only,
    p3_daytime,
    p4_out_of_hours,
    p5_so_day_and_night,
    p6_staffing,
    p7_final_responsibility,
    p8_written_agreement,
)


def preconditions(question: Question) -> tuple[Judgement, ...]:
    """The eight, in order; 1, 3 and 8 once per GP practice.

    For a GP group only the fifth applies: at home a GP asks what is possible (R8).
    """
    if question.facility is not None:
        return tuple(found for each in _EIGHT for found in each.judge(question))
    return tuple(
        found
        for each in _EIGHT
        for found in (each.judge(question) if each is p5_so_day_and_night else (_apart(each.KEY),))
    )


def _apart(key: str) -> Judgement:
    return Judgement(key=key, status=Status.UNKNOWN, applies=False)
