"""First line and backup of a site are different people."""

from __future__ import annotations

from so247.models.lines import Position
from so247.solver.context import Context
from so247.solver.rules import time_one_at_a_time

ID = "cover.backup_differs"
STATEMENT = "Nobody holds first line and backup of the same site and care at the same moment."
SOURCE = "DOMAIN E, test 5 (1); DESIGN 3"


def build(context: Context) -> None:
    """Only lines that combine need it, where nobody does two things at once anyway."""
    alone = time_one_at_a_time.ID not in context.region.settings.rules_off
    for first in context.duties:
        if first.line.position is Position.BACKUP:
            continue
        for backup in context.duties_between(first.item.start, first.item.end):
            if backup.line.position is not Position.BACKUP:
                continue
            if alone and (first.line.id, backup.line.id) not in context.facts.combining:
                continue
            shared = any(
                backup.line in context.facts.backups(first.line, site)
                for site in first.item.sites
                if site in backup.item.sites
            )
            if not shared:
                continue
            backed = context.taken_by(backup.index)
            for person, options in context.taken_by(first.index).items():
                if person in backed:
                    context.builder.at_most_one(ID, [*options, *backed[person]])
