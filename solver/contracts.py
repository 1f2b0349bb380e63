"""What contract limits count, and how they are prorated (RULES, Contracts)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from so247.models.calendar import long_leave
from so247.models.clock import monday_of
from so247.models.people import Contract
from so247.solver.context import Context
from so247.solver.facts import Facts
from so247.solver.instants import overlap, span

UNITS = ("duties", "weekends", "nights")


def days_present(context: Context, contract: Contract) -> int:
    """Days of the period on which the contract is valid and the person at no time on long leave."""
    return context.facts.remembered(_present, contract.id)


def _present(facts: Facts, name: str) -> int:
    contract = facts.region.contract_by_id[name]
    away = [span(each) for each in long_leave(facts.region, contract.physician)]
    return sum(
        contract.holds_on(day) and not any(overlap(facts.day_bounds(day), leave) for leave in away)
        for day in facts.days_of(facts.start, facts.end)
    )


def prorated(context: Context, contract: Contract, figure: int, *, up: bool) -> int:
    """A figure per ``per_weeks`` weeks for the days present, rounded once."""
    exact = Fraction(figure * days_present(context, contract), 7 * contract.per_weeks)
    return -int(-exact // 1) if up else int(exact // 1)


def booked(context: Context, contract: int, unit: str) -> list[int]:
    """One variable for each block (or weekend) that may be booked on the contract."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for variable in context.duties_on[contract]:
        option = context.builder.options[variable]
        item = context.items[variable]
        if unit == "weekends":
            for day in item.days:
                if day.weekday() >= 5 and _saturday_in_period(context, day):
                    groups.setdefault((monday_of(day),), []).append(variable)
        elif unit == "duties" or context.facts.is_night(option.start, option.end):
            groups.setdefault((option.start, option.end, item.kind), []).append(variable)
    return [context.builder.any_of(members) for members in groups.values()]


def _saturday_in_period(context: Context, day: date) -> bool:
    saturday = monday_of(day) + timedelta(days=5)
    return context.in_period(context.facts.day_bounds(saturday)[0])
