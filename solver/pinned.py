"""What pins leave uncovered although somebody holds the duty: known before anything is chosen.

Nothing that the solver adds joins a conflict (its cliques and rows see to that), so this depends
on the pins alone. It is asked of the check, on a roster of just the pins: their breaches are judged
per site and minute, and nobody else does that.
"""

from __future__ import annotations

from itertools import pairwise

from so247.audit.check import check
from so247.models.roster import Assignment, Roster
from so247.solver.context import Context, DutyTask
from so247.solver.instants import interval
from so247.solver.rules.eligibility import broken_by


def uncovered_by_pins(context: Context) -> int:
    """Site-minutes of pinned duties that do not count there. Whether a backup stands behind a
    first line is left aside: that is chosen, and priced by ``cover.backup_so``."""
    pinned = [v for v, option in enumerate(context.builder.options) if option.pinned]
    if not any(_doubtful(context, v) for v in pinned) and not _meet(context, pinned):
        return 0
    tasks = {context.builder.options[v].task for v in pinned}
    held = sum(task.site_minutes for task in context.duties if task.index in tasks)
    return held - (_uncovered(context, []) - _uncovered(context, pinned))


def _doubtful(context: Context, variable: int) -> bool:
    """A breach of its own, or a load that may be too much."""
    person = context.people[context.builder.options[variable].person]
    limited = (person.max_residents, person.max_sites) != (None, None)
    on_duty = context.items[variable].line is not None
    return (limited and on_duty) or bool(broken_by(context, variable))


def _meet(context: Context, pinned: list[int]) -> bool:
    """Whether somebody is pinned twice at the same time."""
    table = context.builder.options
    order = sorted(pinned, key=lambda v: (table[v].person, table[v].start))
    return any(
        table[one].person == table[other].person and table[other].start < table[one].end
        for one, other in pairwise(order)
    )


def _uncovered(context: Context, chosen: list[int]) -> int:
    """What the check calls uncovered when only these are held."""
    region = context.region
    off = {*region.settings.rules_off, "cover.backup_so"}
    settings = region.settings.model_copy(update={"rules_off": tuple(sorted(off))})
    roster = Roster(
        region_id=region.id,
        period=context.period,
        assignments=tuple(_assignment(context, v, at) for at, v in enumerate(chosen)),
    )
    changed = region.model_copy(update={"settings": settings})
    return check(changed, roster, context.history).uncovered_site_minutes


def _assignment(context: Context, variable: int, number: int) -> Assignment:
    option = context.builder.options[variable]
    task = context.task_items[option.task]
    if isinstance(task, DutyTask):
        target = task.duty.id
    else:
        target = task.period.ids[number % task.period.count]
    return Assignment(
        target=target,
        physician=context.people[option.person].id,
        contract=context.region.contracts[option.contract].id,
        when=interval(option.start, option.end),
        pinned=True,
    )
