"""Evidence, row by row of the table in docs/PROOF.md. The period is 1 to 31 March 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.audit.preconditions.documents import Found, all_of, best_of, on_paper
from so247.models.evidence import Evidence, EvidenceKind
from so247.models.proof import Said, Status

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
BEFORE, DURING = date(2026, 2, 1), date(2026, 3, 10)
WHAT = ("formatieplan", "staffing plan")
MET, NOT_MET, UNKNOWN, EXPIRED = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.EXPIRED


def paper(name: str = "a", **fields: Any) -> Evidence:
    base: dict[str, Any] = {"id": name, "kind": EvidenceKind.STAFFING_PLAN, "site": "home"}
    return Evidence(**(base | {"document": name, "signed_on": BEFORE} | fields))


def refusal(name: str = "no", **fields: Any) -> Evidence:
    return paper(name, agrees=False, **fields)


def judged(*documents: Evidence) -> Found:
    return on_paper(documents, FIRST, LAST, WHAT)


def code(found: Found) -> str:
    return ",".join(said.code for said in found.reasons)


SINGLE = [
    pytest.param((), NOT_MET, None, "evidence.missing", id="none"),
    pytest.param((paper(),), MET, None, "", id="signed before, no end"),
    pytest.param((paper(signed_on=FIRST),), MET, None, "", id="signed on the first day"),
    pytest.param((paper(valid_until=LAST),), MET, LAST, "", id="until the last day"),
    pytest.param(
        (paper(valid_until=date(2026, 3, 30)),),
        EXPIRED,
        date(2026, 3, 30),
        "evidence.expired",
        id="a day short",
    ),
    pytest.param(
        (paper(valid_until=date(2026, 2, 28)),),
        EXPIRED,
        date(2026, 2, 28),
        "evidence.expired",
        id="over before the first day",
    ),
    pytest.param((paper(signed_on=None),), UNKNOWN, None, "evidence.undated", id="undated"),
    pytest.param(
        (paper(signed_on=None, valid_until=BEFORE),),
        EXPIRED,  # whenever it was signed, it surely does not hold any more
        BEFORE,
        "evidence.expired",
        id="undated, and over",
    ),
    pytest.param((paper(signed_on=DURING),), NOT_MET, None, "evidence.not_yet", id="signed later"),
    pytest.param((paper(valid_from=DURING),), NOT_MET, None, "evidence.not_yet", id="valid later"),
    pytest.param((refusal(),), NOT_MET, None, "evidence.refused", id="refused"),
]


@pytest.mark.parametrize(("documents", "status", "until", "why"), SINGLE)
def test_one_document(documents: Any, status: Status, until: date | None, why: str) -> None:
    found = judged(*documents)
    assert (found.status, found.until, code(found)) == (status, until, why)


def test_documents_that_follow_each_other_span_the_period_together() -> None:
    early = paper("a", valid_until=date(2026, 3, 15))
    late = paper("b", valid_from=date(2026, 3, 16), valid_until=date(2026, 12, 31))
    found = judged(late, early)
    assert (found.status, found.until) == (MET, date(2026, 12, 31))
    assert set(found.used) == {"a", "b"}


def test_a_day_between_them_is_a_gap() -> None:
    early = paper("a", valid_until=date(2026, 3, 15))
    late = paper("b", valid_from=date(2026, 3, 17))
    found = judged(early, late)
    assert (found.status, found.until) == (EXPIRED, date(2026, 3, 15))


def test_one_that_is_still_to_be_signed_carries_nothing_on() -> None:
    # The second is dated within the period: on the first day nobody has signed it.
    early = paper("a", valid_until=date(2026, 3, 15))
    late = paper("b", valid_from=date(2026, 3, 16), signed_on=DURING)
    found = judged(early, late)
    assert (found.status, found.until) == (EXPIRED, date(2026, 3, 15))


def test_one_without_a_date_carries_nothing_on() -> None:
    early = paper("a", valid_until=date(2026, 3, 15))
    late = paper("b", valid_from=date(2026, 3, 16), signed_on=None)
    assert judged(early, late).status is EXPIRED  # the better of expired and unknown


def test_the_best_counts() -> None:
    assert judged(paper("a", signed_on=None), paper("b")).status is MET
    assert judged(paper("a", valid_until=DURING), paper("b")).until is None
    over, undated = paper("a", valid_until=BEFORE), paper("b", signed_on=None)
    assert judged(over, undated).status is UNKNOWN  # the undated one may hold on the first day
    assert judged(over, paper("b", valid_from=DURING)).status is EXPIRED


REFUSALS = [
    pytest.param({"signed_on": date(2026, 2, 15)}, NOT_MET, None, id="signed later: withdrawn"),
    pytest.param({"signed_on": date(2026, 1, 1)}, MET, None, id="signed earlier: overtaken"),
    pytest.param({"signed_on": BEFORE}, UNKNOWN, None, id="the same day: which was last?"),
    pytest.param({"signed_on": None}, UNKNOWN, None, id="undated"),
    pytest.param(
        {"signed_on": date(2026, 2, 15), "valid_until": date(2026, 2, 20)},
        MET,
        None,
        id="no longer valid",
    ),
    pytest.param(
        {"signed_on": date(2026, 2, 15), "valid_from": DURING},
        EXPIRED,
        date(2026, 3, 9),
        id="from a day in the period",
    ),
    pytest.param({"signed_on": DURING}, EXPIRED, date(2026, 3, 9), id="signed in the period"),
    pytest.param(
        {"signed_on": date(2026, 2, 15), "valid_from": date(2026, 4, 10)},
        MET,
        date(2026, 4, 9),
        id="after the period: only the end",
    ),
]


@pytest.mark.parametrize(("refused", "status", "until"), REFUSALS)
def test_a_document_that_says_no(refused: Any, status: Status, until: date | None) -> None:
    found = judged(paper(), refusal(**refused))
    assert (found.status, found.until) == (status, until)


def test_agreeing_again_after_a_refusal_counts() -> None:
    again = paper("b", signed_on=date(2026, 2, 20))
    assert judged(paper("a"), refusal(signed_on=date(2026, 2, 15)), again).status is MET


def said(name: str) -> tuple[Said, ...]:
    return (Said(code=name, nl=name, en=name),)


def test_where_all_must_hold_the_worst_counts() -> None:
    order = [NOT_MET, EXPIRED, UNKNOWN, MET]
    for at, status in enumerate(order):
        assert all_of([Found(each) for each in reversed(order[at:])]).status is status


def test_where_all_must_hold_the_first_end_counts() -> None:
    parts = [Found(MET, LAST), Found(MET, DURING), Found(MET)]
    assert all_of(parts).until == DURING
    assert all_of([]) == Found(MET)


def test_where_one_suffices_the_best_counts_and_else_all_reasons() -> None:
    refused = Found(NOT_MET, reasons=said("no"))
    assert best_of([refused, Found(MET, LAST)]) == Found(MET, LAST)
    assert best_of([Found(MET, LAST), Found(MET)]).until is None
    assert best_of([refused, Found(NOT_MET, DURING)]).until == DURING
    found = best_of([refused, Found(UNKNOWN, reasons=said("maybe"))])
    assert (found.status, code(found)) == (UNKNOWN, "no,maybe")
