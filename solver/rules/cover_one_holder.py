"""Every duty has one holder, or is a named gap that costs its site-minutes."""

from __future__ import annotations

from so247.models.lines import Line, Position
from so247.models.people import SO
from so247.solver.context import Context, DutyTask
from so247.solver.coverage import coverable_minutes, required_minutes
from so247.solver.instants import overlap, span
from so247.solver.problem import NOBODY, Tier
from so247.solver.rules.eligibility import stands

ID = "cover.one_holder"
STATEMENT = "Every moment of a duty has at most one holder; without one it is a gap."
SOURCE = "R1, R8; DOMAIN E, test 5 (1)"


def build(context: Context) -> None:
    covered = 0
    for task in context.duties:
        members = context.options_of_task[task.index]
        context.builder.at_most_one(ID, members)
        minutes = task.site_minutes
        covered += minutes
        context.builder.penalise(
            ID, Tier.COVERAGE, NOBODY, [(v, -1) for v in members], -1, minutes, linear=True
        )
    covered += _held_by_history(context) + _held_by_organisations(context)
    context.builder.constant(Tier.COVERAGE, required_minutes(context.facts) - covered)


def _held_by_history(context: Context) -> int:
    """Site-minutes in the period of duties that began before it and history holds."""
    known = {task.duty.id for task in context.duties}
    total = 0
    for duty in context.pieces:
        line = context.region.line_by_id[duty.line]
        if duty.id in known or line.organisation is not None:
            continue
        total += _minutes(context, line, *span(duty.when))
    return total


def _minutes(context: Context, line: Line, start: int, end: int) -> int:
    return sum(coverable_minutes(context.facts, line, start, end).values())


def _held_by_organisations(context: Context) -> int:
    """Site-minutes that organisations cover, given an SO on the backup line (else they do not).

    Each minute without such a backup is uncovered twice: that is priced on the backup's duty.
    """
    total = 0
    for duty in context.pieces:
        line = context.region.line_by_id[duty.line]
        if line.organisation is None:
            continue
        start, end = span(duty.when)
        if line.position is Position.BACKUP:
            continue
        for site in context.facts.open_sites(line, end):
            for task in context.duties:
                minutes = _shared(context, line, site, (start, end), task)
                if minutes:
                    total += minutes
                    _price(context, task, minutes)
    return total


def _shared(context: Context, line: Line, site: str, when: tuple[int, int], task: DutyTask) -> int:
    """Minutes of an organisation's duty at a site during which ``task`` is its backup."""
    if task.line.id not in line.escalation or task.line.phone is None:
        return 0
    if task.line not in context.facts.so_backups(line, site):
        return 0
    both = (max(when[0], task.item.start), min(when[1], task.item.end))
    return coverable_minutes(context.facts, line, *both).get(site, 0) if overlap(when, both) else 0


def _price(context: Context, task: DutyTask, minutes: int) -> None:
    """Without an SO on the backup, the organisation's first line does not count either."""
    backing = [
        variable
        for variable in context.options_of_task[task.index]
        if context.people[context.builder.options[variable].person].role is SO
        and stands(context, variable)
    ]
    context.builder.penalise(ID, Tier.COVERAGE, NOBODY, [(v, -1) for v in backing], -1, minutes)
