"""Who is no SO holds a first line only with an SO on the backup, at every moment."""

from __future__ import annotations

from so247.models.lines import Position
from so247.models.people import SO
from so247.solver.context import Context, DutyTask
from so247.solver.problem import NOBODY, Tier
from so247.solver.rules.eligibility import stands

ID = "cover.backup_so"
STATEMENT = "A first line held by somebody who is no SO has a callable SO backup at every moment."
SOURCE = "DOMAIN E, test 5 (1), assumption from S3 and S4"


def build(context: Context) -> None:
    """That a callable backup line exists at all is settled when options are made."""
    for first in context.duties:
        if first.line.position is Position.BACKUP:
            continue
        juniors = [
            variable
            for variable in context.options_of_task[first.index]
            if context.people[context.builder.options[variable].person].role is not SO
            and stands(context, variable)
        ]
        if not juniors:
            continue
        backups = _backups(context, first)
        alone = first.site_minutes - sum(_common(first, backup) for backup in backups)
        for variable in juniors:
            if context.builder.options[variable].pinned:
                context.builder.cost(ID, Tier.COVERAGE, NOBODY, variable, max(0, alone))
        for backup in backups:
            seniors = [
                variable
                for variable in context.options_of_task[backup.index]
                if context.people[context.builder.options[variable].person].role is SO
                and stands(context, variable)
            ]
            terms = [(v, 1) for v in juniors] + [(v, -1) for v in seniors]
            if any(context.builder.options[v].pinned for v in juniors):
                context.builder.penalise(
                    ID, Tier.COVERAGE, NOBODY, terms, 0, _common(first, backup)
                )
            else:
                context.builder.at_most(ID, NOBODY, terms, 0)


def _backups(context: Context, first: DutyTask) -> list[DutyTask]:
    return [
        task
        for task in context.duties_between(first.item.start, first.item.end)
        if task.line.id in first.line.escalation
        and any(
            task.line.id in {line.id for line in context.facts.so_backups(first.line, site)}
            for site in first.item.sites
            if site in task.item.sites
        )
    ]


def _common(first: DutyTask, backup: DutyTask) -> int:
    """Site-minutes of the first line that lean on this backup."""
    minutes = min(first.item.end, backup.item.end) - max(first.item.start, backup.item.start)
    return minutes * len(set(first.item.sites) & set(backup.item.sites))
