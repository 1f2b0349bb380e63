"""Pinned assignments stand, whatever they breach.

There is nothing to add to the problem: a pin is an option that is true from the start
(``solver.tasks``), and whatever it breaks allows no more than it already takes (``Builder``). The
check reports those breaches by name.
"""

from __future__ import annotations

from so247.solver.context import Context, DutyTask, Item, SessionTask
from so247.solver.rules.eligibility import may_hold

ID = "pin.stands"
STATEMENT = "Every pin whose target belongs to the period is assigned as it says."
SOURCE = "the coordinator; DESIGN 3"


def pins(context: Context) -> dict[tuple[int, int, str], tuple[str, ...]]:
    """(task, start, person) to the contracts on which a pin books it."""
    tasks: dict[str, DutyTask | SessionTask] = {task.duty.id: task for task in context.duties}
    for session in context.sessions:
        tasks.update(dict.fromkeys(session.period.ids, session))
    found: dict[tuple[int, int, str], tuple[str, ...]] = {}
    for pin in context.region.pins:
        task = tasks.get(pin.target)
        if task is None:
            continue
        if isinstance(task, DutyTask):
            item = task.item
        else:
            matching = [item for item in task.items if item.start_day == pin.day]
            if not matching:
                continue
            item = matching[0]
        contract = pin.contract or _likely_contract(context, pin.physician, item)
        if contract is not None:
            found[(task.index, item.start, pin.physician)] = (contract,)
    return found


def _likely_contract(context: Context, physician: str, item: Item) -> str | None:
    """The contract for a pin that names none: one that may hold it, else any valid, else any."""
    person = context.region.physician_by_id[physician]
    contracts = context.contracts_of(person)
    legal = [each for each in contracts if may_hold(context, person, each, item)]
    valid = [each for each in contracts if each.holds_on(item.start_day)]
    chosen = (legal or valid or list(contracts))[:1]
    return chosen[0].id if chosen else None
