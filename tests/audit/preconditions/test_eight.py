"""Each of the eight preconditions: met, not met, unknown, expired; and what becomes of the verdict.

The facility meets everything (see conftest.py), and one thing is changed. Monday is the first day,
Sunday the last; "over" means valid up to and including Wednesday.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from so247.models.evidence import EvidenceKind, Task
from so247.models.proof import Status, Verdict

K = EvidenceKind
MET, NOT_MET, UNKNOWN, EXPIRED = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.EXPIRED
WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)
VERDICT = {
    MET: Verdict.MEETS,
    NOT_MET: Verdict.NOT_YET,
    EXPIRED: Verdict.NOT_YET,
    UNKNOWN: Verdict.UNKNOWN,
}

Change = Callable[[Any], dict[str, Any]]


def paper(kind: EvidenceKind, practice: str | None = None, **fields: Any) -> Change:
    """One document of the kind instead of those there were; the other practice keeps its own."""

    def change(sound: Any) -> dict[str, Any]:
        others = [
            each
            for each in sound.documents()
            if each.kind is kind and practice is not None and each.practice != practice
        ]
        mine = [] if fields.get("gone") else [sound.document(kind, practice, **fields)]
        return {"evidence": sound.replaced(kind, *others, *mine)}

    return change


def holder(task: Task, *who: str, **fields: Any) -> Change:
    return lambda sound: {
        "task_holders": sound.holders_but(
            task, *(sound.holder(task, each, **fields) for each in who)
        )
    }


def practice(**fields: Any) -> Change:
    def change(sound: Any) -> dict[str, Any]:
        group = sound.group()
        north = group.practices[0].model_copy(update=fields)
        return {"gp_groups": (sound.group(practices=(north, *group.practices[1:])),)}

    return change


def admitted(**fields: Any) -> Change:
    return lambda sound: {"admissions": (sound.admission(**fields), sound.admission(2))}


def away(**fields: Any) -> Change:
    from so247.models.evidence import PracticeAbsence

    base = {"practice": "north", "first_day": WEDNESDAY, "last_day": THURSDAY}
    return lambda _sound: {"practice_absences": (PracticeAbsence(**(base | fields)),)}


def nothing(_sound: Any) -> dict[str, Any]:
    return {}


OVER = {"valid_until": WEDNESDAY}
UNDATED = {"signed_on": None}
GONE = {"gone": True}

CASES = [
    ("1", MET, nothing),
    ("1", MET, practice(accepts_patients=True)),
    ("1", NOT_MET, paper(K.GP_STATEMENT, "north", **GONE)),
    ("1", NOT_MET, practice(accepts_patients=False)),
    ("1", UNKNOWN, paper(K.GP_STATEMENT, "north", **UNDATED)),
    ("1", EXPIRED, paper(K.GP_STATEMENT, "north", **OVER)),
    ("2", MET, nothing),
    ("2", MET, holder(Task.QUALITY_POLICY, "post")),
    ("2", NOT_MET, paper(K.SCOPE_ANNEX, **GONE)),
    ("2", NOT_MET, holder(Task.COMPLEX_CARE)),
    ("2", NOT_MET, holder(Task.COMPLEX_CARE, "ann", "bob")),
    ("2", NOT_MET, holder(Task.COERCION_POLICY, "north")),
    ("2", NOT_MET, holder(Task.TEAM_DIRECTION, "care")),
    ("2", NOT_MET, holder(Task.QUALITY_POLICY, "north")),
    ("2", NOT_MET, holder(Task.QUALITY_POLICY, "group")),
    ("2", NOT_MET, holder(Task.COMPLEX_CARE, "ann", valid_from=THURSDAY)),
    ("2", UNKNOWN, paper(K.SCOPE_ANNEX, **UNDATED)),
    ("2", EXPIRED, paper(K.SCOPE_ANNEX, **OVER)),
    ("2", EXPIRED, holder(Task.COMPLEX_CARE, "ann", **OVER)),
    ("3", MET, nothing),
    ("3", MET, admitted()),
    ("3", MET, away(locum="Praktijk Zuid")),
    # Saturday and Sunday have no office hours: nobody needs a locum.
    ("3", MET, away(first_day=date(2026, 11, 7), last_day=date(2026, 11, 8))),
    ("3", MET, away(first_day=date(2026, 11, 9), last_day=date(2026, 11, 13))),
    ("3", NOT_MET, away()),
    ("3", NOT_MET, paper(K.LOCUM_AGREEMENT, "north", **GONE)),
    ("3", NOT_MET, paper(K.HANDOVER_AGREEMENT, "north", **GONE)),
    ("3", NOT_MET, admitted(handover_consent=False)),
    ("3", UNKNOWN, admitted(handover_consent=None)),
    ("3", UNKNOWN, paper(K.HANDOVER_AGREEMENT, "north", **UNDATED)),
    ("3", EXPIRED, paper(K.LOCUM_AGREEMENT, "north", **OVER)),
    ("4", MET, nothing),
    ("4", MET, paper(K.OUT_OF_HOURS_AGREEMENT, partner="care")),
    ("4", NOT_MET, paper(K.OUT_OF_HOURS_AGREEMENT, **GONE)),
    ("4", UNKNOWN, paper(K.OUT_OF_HOURS_AGREEMENT, **UNDATED)),
    ("4", EXPIRED, paper(K.OUT_OF_HOURS_AGREEMENT, **OVER)),
    ("6", MET, nothing),
    ("6", NOT_MET, paper(K.STAFFING_PLAN, **GONE)),
    ("6", UNKNOWN, paper(K.STAFFING_PLAN, **UNDATED)),
    ("6", EXPIRED, paper(K.STAFFING_PLAN, **OVER)),
    ("7", MET, nothing),
    ("7", MET, admitted()),
    ("7", NOT_MET, paper(K.FINAL_RESPONSIBILITY, **GONE)),
    ("7", NOT_MET, admitted(arranged_on=date(2026, 11, 4))),
    # A resident came in 2025, before anybody signed (January 2026).
    ("7", NOT_MET, admitted(admitted_on=date(2025, 5, 1), arranged_on=date(2025, 4, 1))),
    ("7", UNKNOWN, admitted(arranged_on=None)),
    ("7", UNKNOWN, paper(K.FINAL_RESPONSIBILITY, **UNDATED)),
    ("7", EXPIRED, paper(K.FINAL_RESPONSIBILITY, **OVER)),
    ("8", MET, nothing),
    ("8", NOT_MET, paper(K.GP_CONTRACT, "north", **GONE)),
    ("8", NOT_MET, paper(K.GP_CONTRACT, "north", clauses=(1, 2, 3, 4, 6, 7))),
    ("8", NOT_MET, paper(K.GP_CONTRACT, "north", signed_on=date(2026, 11, 3))),
    ("8", UNKNOWN, paper(K.GP_CONTRACT, "north", **UNDATED)),
    ("8", EXPIRED, paper(K.GP_CONTRACT, "north", **OVER)),
]


@pytest.mark.parametrize(("key", "status", "change"), CASES)
def test_a_precondition(sound: Any, key: str, status: Status, change: Change) -> None:
    found = sound.assess(sound.region(**change(sound)))
    assert status in sound.statuses(found, key)
    # Only what was changed fails: every other judgement that counts is met. Consent of the GP post
    # goes with the agreement that names it, so 4 may take it along.
    others = {
        each.status
        for each in (*found.preconditions, *found.checks)
        if each.applies and each.blocks and each.key not in (key, "consent.gp_post")
    }
    assert others == {MET}
    assert found.verdict is VERDICT[status]


@pytest.mark.parametrize(("key", "status", "change"), CASES)
def test_what_is_not_met_has_a_reason_in_both_languages(
    sound: Any, key: str, status: Status, change: Change
) -> None:
    found = sound.assess(sound.region(**change(sound)))
    for each in found.preconditions:
        assert bool(each.reasons) == (each.status is not MET)
        assert all(reason.nl and reason.en for reason in each.reasons)
    told = [said.nl for said in found.summary if said.code == f"failing.{key}"]
    assert bool(told) == (status is not MET)


@pytest.mark.parametrize(
    ("key", "change"), [(key, change) for key, status, change in CASES if status is EXPIRED]
)
def test_what_expires_says_until_when(sound: Any, key: str, change: Change) -> None:
    found = sound.assess(sound.region(**change(sound)))
    assert EXPIRED in sound.statuses(found, key)
    (until,) = {each.until for each in found.preconditions if each.status is EXPIRED}
    assert until == WEDNESDAY
    assert found.until == WEDNESDAY


def test_all_eight_are_tried_with_every_status() -> None:
    tried = {(key, status) for key, status, _ in CASES}
    # The fifth is computed from rosters; test_so_day_and_night.py tries it.
    assert tried == {(key, status) for key in "1234678" for status in Status}


@pytest.mark.parametrize("kind", [K.GP_STATEMENT, K.LOCUM_AGREEMENT, K.GP_CONTRACT])
def test_each_practice_is_judged_and_the_worst_counts(sound: Any, kind: EvidenceKind) -> None:
    key = {K.GP_STATEMENT: "1", K.LOCUM_AGREEMENT: "3", K.GP_CONTRACT: "8"}[kind]
    south = sound.document(kind, "south")
    found = sound.assess(sound.region(evidence=sound.replaced(kind, south)))
    assert sound.judged(found, key, "north").status is NOT_MET
    assert sound.judged(found, key, "south").status is MET
    assert found.verdict is Verdict.NOT_YET
    (sentence,) = (each.nl for each in found.summary if each.code == f"failing.{key}")
    assert "(North)" in sentence


def test_a_document_without_practice_holds_for_all_of_them(sound: Any) -> None:
    for_all = sound.document(K.GP_STATEMENT)
    found = sound.assess(sound.region(evidence=sound.replaced(K.GP_STATEMENT, for_all)))
    assert sound.statuses(found, "1") == {MET}
    assert sound.judged(found, "1", "south").evidence == (for_all.id,)


def test_only_the_practices_that_take_residents_are_judged(sound: Any) -> None:
    papers = [each for each in sound.documents() if each.practice != "south"]
    region = sound.region(facility={"practices": ("north",)}, evidence=tuple(papers))
    found = sound.assess(region)
    assert [each.practice for each in found.preconditions if each.key == "8"] == ["north"]
    assert found.verdict is Verdict.MEETS


def test_an_earlier_contract_without_every_clause_is_named_beside_the_good_one(
    sound: Any,
) -> None:
    partial = sound.document(K.GP_CONTRACT, "north", id="old", clauses=(1,))
    over = sound.document(K.GP_CONTRACT, "north", valid_until=WEDNESDAY)
    south = sound.document(K.GP_CONTRACT, "south")
    region = sound.region(evidence=sound.replaced(K.GP_CONTRACT, partial, over, south))
    north = sound.judged(sound.assess(region), "8", "north")
    assert north.status is EXPIRED
    assert sound.codes(north.reasons) == {"evidence.expired", "evidence.incomplete"}


@pytest.mark.parametrize("linked", [{"gp_group": None}, {}])
def test_a_facility_without_gp_group_or_practices(sound: Any, linked: dict[str, Any]) -> None:
    groups = (sound.group(practices=()),)
    papers = tuple(each for each in sound.documents() if each.practice is None)
    tasks = sound.holders_but(Task.GENERAL_CARE)
    tasks = tuple(each for each in tasks if each.holder != "north")
    region = sound.region(facility=linked, gp_groups=groups, evidence=papers, task_holders=tasks)
    found = sound.assess(region)
    for key in "1348":
        assert sound.statuses(found, key) == {NOT_MET}
    for key in "2567":
        assert sound.statuses(found, key) == {MET}
    assert found.verdict is Verdict.NOT_YET


def test_an_so_whose_registration_ends_holds_no_task_after_it(sound: Any) -> None:
    ann = sound.toy.physician("ann", registered_until=WEDNESDAY)
    cas = sound.toy.physician("cas")
    region = sound.region(
        physicians=(ann, sound.toy.physician("bob"), cas),
        contracts=(sound.toy.contract("bob"), sound.toy.contract("cas")),
        facility={"function_holders": ()},
        agreements=(sound.agreement(functions=()), sound.toy.agreement("group")),
    )
    roster = sound.roster(sound.toy.whole("anw", "cas"), sound.toy.whole("day", "bob"))
    second = sound.judged(sound.assess(region, roster=roster), "2")
    assert (second.status, second.until) == (EXPIRED, WEDNESDAY)
    assert sound.codes(second.reasons) >= {"task.complex_care", "task.coercion_policy"}


def test_one_holder_may_follow_another(sound: Any) -> None:
    first = sound.holder(Task.COMPLEX_CARE, "ann", valid_until=WEDNESDAY)
    then = sound.holder(Task.COMPLEX_CARE, "bob", valid_from=THURSDAY)
    region = sound.region(task_holders=sound.holders_but(Task.COMPLEX_CARE, first, then))
    assert sound.statuses(sound.assess(region), "2") == {MET}


def test_an_unborn_site_is_judged_from_its_opening(sound: Any) -> None:
    # Signed on Tuesday, in time for an opening on Thursday.
    papers = sound.replaced(
        K.STAFFING_PLAN, sound.document(K.STAFFING_PLAN, signed_on=date(2026, 11, 3))
    )
    opens = sound.region(facility={"opening_date": THURSDAY}, evidence=papers)
    assert sound.statuses(sound.assess(opens), "6") == {MET}
    assert sound.statuses(sound.assess(sound.region(evidence=papers)), "6") == {NOT_MET}
