"""What a failure becomes where only inferred cells of the table ask for the thing."""

from __future__ import annotations

from so247.audit.preconditions.documents import Found
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import said
from so247.audit.responsibility import COLUMNS, Column
from so247.models.proof import Status


def doubted(found: Found, column: Column) -> Found:
    """The same failure, unknown: another reading of the table would not ask for it."""
    if found.status is Status.MET:
        return found
    name = COLUMNS[column]
    reason = said(
        f"inferred.{column.value}",
        f"de tabel is hier afgeleid (†), en een andere lezing vraagt dit niet: {name.nl}",
        f"the table is inferred here (†), and another reading does not ask for this: {name.en}",
    )
    return Found(Status.UNKNOWN, found.until, (*found.reasons, reason), found.used)


def if_inferred(question: Question, found: Found, column: Column) -> Found:
    """``doubted`` where no row of the site is sure of the column."""
    sure = any(resident.sure(column) for resident in question.population)
    return found if sure else doubted(found, column)
