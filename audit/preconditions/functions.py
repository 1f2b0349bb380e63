"""Functions promised of the SO (main practitioner, co-treatment, consultation): who holds them."""

from __future__ import annotations

from datetime import date

from so247.audit.preconditions.documents import (
    MET,
    Found,
    all_of,
    bounds_of,
    course,
    failing,
    registrations,
    told,
)
from so247.audit.preconditions.holders import SO_TASKS, holders_of
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import Words, dutch
from so247.models.people import SO, Physician
from so247.models.proof import Status
from so247.models.sites import Agreement, AgreementKind, CareFunction, Facility

FUNCTION: dict[CareFunction, Words] = {
    CareFunction.MAIN_PRACTITIONER: ("hoofdbehandelaar", "main practitioner"),
    CareFunction.CO_TREATMENT: ("medebehandeling", "co-treatment"),
    CareFunction.CONSULTATION: ("consultatie", "consultation"),
}
PROMISED: Words = ("toegezegde functie van de SO", "promised function of the SO")


def so_agreements(question: Question) -> tuple[Agreement, ...]:
    return tuple(
        each
        for each in question.region.agreements
        if each.site == question.name and each.kind is AgreementKind.SO_AVAILABILITY
    )


def functions_held(question: Question) -> Found:
    """Every function promised is held, on every day that it is promised, by a registered SO."""
    facility = question.facility
    found: list[Found] = []
    for agreement in so_agreements(question):
        first = max(question.first, agreement.valid_from or question.first)
        last = min(question.last, agreement.valid_until or question.last)
        if first > last:
            continue
        for function in agreement.functions:
            if facility is None:
                nl, en = "een huisartsengroep kan geen houder noemen", "a GP group names no holder"
                found.append(failing("function.group", FUNCTION[function], nl, en, Status.UNKNOWN))
            else:
                found.append(_held(question, facility, function, first, last))
    return all_of(found)


def _held(
    question: Question, facility: Facility, function: CareFunction, first: date, last: date
) -> Found:
    people = _holders(question, facility, function)

    def judge(day: date) -> Status:
        if any(person.registered_on(day) for person in people):
            return Status.MET
        ended = any(
            person.registered_until is not None and person.registered_until < day
            for person in people
        )
        return Status.EXPIRED if ended else Status.NOT_MET

    found = course(first, last, registrations(people), judge)
    day = found.day or first
    nl, en = f"geen geregistreerde SO op {dutch(day)}", f"no registered SO on {day}"
    return told(found, f"function.{function.value}", FUNCTION[function], nl, en)


def _holders(question: Question, facility: Facility, function: CareFunction) -> list[Physician]:
    people = question.region.physician_by_id
    named = [each.physician for each in facility.function_holders if each.function is function]
    return [people[name] for name in named if people[name].role is SO]


def more_than_consultation(question: Question) -> Found:
    """Where excluded tasks rest on an SO, more is promised than consultation alone.

    An agreement that names no function leaves it unknown. Days without any agreement fail anyway.
    """
    agreements = so_agreements(question)
    rows = [row for task in SO_TASKS for row in holders_of(question, task)]
    people = question.region.physician_by_id
    ours = [row for row in rows if row.holder in people and people[row.holder].role is SO]

    def valid(day: date) -> list[Agreement]:
        return [each for each in agreements if each.holds_on(day) and each.signed_by(day)]

    def promised(day: date) -> set[CareFunction]:
        return {function for each in valid(day) for function in each.functions}

    def judge(day: date) -> Status:
        rests = any(row.holds_on(day) for row in ours) and bool(valid(day))
        if not rests or promised(day) - {CareFunction.CONSULTATION}:
            return Status.MET
        return Status.NOT_MET if promised(day) else Status.UNKNOWN

    signed = {each.signed_on for each in agreements if each.signed_on is not None}
    bounds = bounds_of([*agreements, *ours]) | signed
    found = course(question.first, question.last, bounds, judge)
    if found.status is Status.MET:
        return MET
    only = bool(promised(found.day or question.first))
    nl = "alleen consultatie, terwijl taken van bijlage 1 bij de SO liggen"
    en = "consultation only, while tasks of annex 1 lie with the SO"
    if not only:
        nl = "geen genoemd, terwijl taken van bijlage 1 bij de SO liggen"
        en = "none named, while tasks of annex 1 lie with the SO"
    return told(found, "function.only_consultation", PROMISED, nl, en)
