"""An employer's agreed extramural hours are never exceeded in a week."""

from __future__ import annotations

from datetime import date
from functools import cache

from so247.models.clock import monday_of
from so247.models.norms import Work
from so247.solver.context import Context
from so247.solver.problem import NOBODY

ID = "contract.extramural_cap"
STATEMENT = "Sessions booked with an employer stay within its agreed hours per ISO week."
SOURCE = "R18"


def build(context: Context) -> None:
    employer_of = {contract.id: contract.employer for contract in context.region.contracts}
    past: dict[tuple[str, date], int] = {}
    for contract, start, end in context.past_sessions:
        key = (employer_of.get(contract, ""), monday_of(context.facts.start_day(start)))
        past[key] = past.get(key, 0) + end - start
    rows: dict[tuple[str, date], list[tuple[int, int]]] = {}
    employers = [contract.employer for contract in context.region.contracts]
    week_of = cache(monday_of)
    for variable, (option, item) in enumerate(
        zip(context.builder.options, context.items, strict=True)
    ):
        if item.kind is Work.SESSION:
            key = (employers[option.contract], week_of(item.start_day))
            rows.setdefault(key, []).append((variable, option.end - option.start))
    for (employer, week), terms in rows.items():
        hours = context.region.employer_by_id[employer].extramural_hours_per_week
        if hours is not None:
            upper = int(hours * 60) - past.get((employer, week), 0)
            context.builder.at_most(ID, NOBODY, terms, max(0, upper))
