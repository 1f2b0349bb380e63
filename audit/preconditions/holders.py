"""Named holders of tasks (R20): exactly one on every day, and one who may hold it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from so247.audit.preconditions.documents import Found, bounds_of, course, registrations, told
from so247.audit.preconditions.question import Question
from so247.audit.preconditions.words import TASK, dutch
from so247.models.evidence import EXCLUDED_TASKS, Task, TaskHolder
from so247.models.people import SO
from so247.models.proof import Status

SO_TASKS = EXCLUDED_TASKS[:3]
"""What S2 Bijlage 1 gives to the SO."""

Fit = Callable[[Question, str, date], tuple[Status, str, str]]
"""Whether somebody may hold a task that day, and the words (Dutch, English) where not."""

FITS = (Status.MET, "", "")


def anybody(_question: Question, _holder: str, _day: date) -> tuple[Status, str, str]:
    return FITS


def registered_so(question: Question, holder: str, day: date) -> tuple[Status, str, str]:
    person = question.region.physician_by_id.get(holder)
    if person is None or person.role is not SO:
        return Status.NOT_MET, f"{holder} is geen SO", f"{holder} is no SO"
    if person.registered_on(day):
        return FITS
    over = person.registered_until is not None and person.registered_until < day
    return (
        Status.EXPIRED if over else Status.NOT_MET,
        f"{holder} is op {dutch(day)} niet geregistreerd",
        f"{holder} is not registered on {day}",
    )


def no_gp(question: Question, holder: str, _day: date) -> tuple[Status, str, str]:
    groups = {group.id for group in question.region.gp_groups}
    if holder in question.region.group_of_practice or holder in groups:
        return Status.NOT_MET, f"{holder} is een huisarts", f"{holder} is a GP"
    return FITS


def holders_of(question: Question, task: Task) -> tuple[TaskHolder, ...]:
    return tuple(
        each
        for each in question.region.task_holders
        if each.site == question.name and each.task is task
    )


def one_holder(question: Question, task: Task, fit: Fit = anybody) -> Found:
    """Exactly one holder on every day of the period, who is fit for it."""
    rows = holders_of(question, task)

    def judge(day: date) -> tuple[Status, str, str]:
        names = sorted({row.holder for row in rows if row.holds_on(day)})
        if len(names) == 1:
            return fit(question, names[0], day)
        if names:
            who = ", ".join(names)
            return Status.NOT_MET, f"meer dan één ({who})", f"more than one ({who})"
        over = any(row.valid_until is not None and row.valid_until < day for row in rows)
        status = Status.EXPIRED if over else Status.NOT_MET
        return status, f"niemand op {dutch(day)}", f"nobody on {day}"

    people = question.region.physician_by_id
    named = [people[row.holder] for row in rows if row.holder in people]
    bounds = bounds_of(rows) | registrations(named)
    found = course(question.first, question.last, bounds, lambda day: judge(day)[0])
    _, nl, en = judge(found.day or question.first)
    return told(found, f"task.{task.value}", TASK[task], nl, en)
