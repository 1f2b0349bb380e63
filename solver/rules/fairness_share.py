"""Burdens are shared pro rata to FTE among those who could carry them (RULES, Fairness)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from so247.models.settings import Burden
from so247.solver.context import Context
from so247.solver.facts import Facts
from so247.solver.problem import Deviation, Peak, Tier
from so247.solver.rules.eligibility import may_hold
from so247.solver.rules.pair_holder import Side, sides

ID = "fairness.share"
STATEMENT = "Everybody carries a fair share of each burden, the ledger included."
SOURCE = "DESIGN 3, 4"

POINT = 1000
"""Thousandths in a point."""


def build(context: Context) -> None:
    ledger = {(row.physician, row.burden): row.balance for row in context.opening_ledger()}
    for burden in (Burden.WEEKNIGHT, Burden.WEEKEND, Burden.HOLIDAY):
        _share_duties(context, burden, ledger)
    _share_sessions(context, ledger)
    weight = context.region.settings.weight_largest_deviation
    if weight and context.builder.deviations:
        context.builder.peaks.append(Peak(ID, Tier.FAIRNESS, weight))


def half_up(exact: Fraction) -> int:
    return int((exact + Fraction(1, 2)) // 1)


def _share_duties(context: Context, burden: Burden, ledger: dict[tuple[str, Burden], int]) -> None:
    alike: dict[Parts, int] = {}
    carried: dict[int, list[tuple[int, int]]] = {}
    for task in context.duties:
        if task.duty.burden is not burden or not context.in_period(task.item.start):
            continue
        points = task.line.points * POINT
        takers = context.taken_by(task.index)
        able = [person for person, options in takers.items() if eligible(context, options)]
        parts = _parts(context, dict.fromkeys(able, task.item.start_day))
        alike[parts] = alike.get(parts, 0) + points
        for person, options in takers.items():
            carried.setdefault(person, []).extend((v, points) for v in options)
    fair = shares(alike)
    for person, terms in sorted(carried.items()):
        opening = ledger.get((context.people[person].id, burden), 0)
        target = half_up(fair.get(person, Fraction(0))) - opening
        _deviation(context, person, burden, terms, target)


def eligible(context: Context, options: Sequence[int]) -> bool:
    """Whether somebody may take these: a pin offers them to people who may not as well."""
    return any(
        not context.builder.options[v].pinned
        or any(
            may_hold(context, person, contract, context.items[v])
            for person in (context.people[context.builder.options[v].person],)
            for contract in context.contracts_of(person)
        )
        for v in options
    )


Parts = tuple[tuple[int, Fraction], ...]
"""(person, FTE) of everybody who could carry a task."""


def _parts(context: Context, people: Mapping[int, date]) -> Parts:
    """By FTE on the day given for each."""
    return tuple(
        (person, context.facts.remembered(_fte, context.people[person].id, day))
        for person, day in people.items()
    )


def _fte(facts: Facts, person: str, day: date) -> Fraction:
    return Fraction(str(round(facts.fte_on(person, day), 6)))


def shares(alike: Mapping[Parts, int]) -> dict[int, Fraction]:
    """Person to what is fair of so many points (tasks) for each group of people, by FTE."""
    found: dict[int, Fraction] = {}
    for parts, points in alike.items():
        total = sum((fte for _, fte in parts), Fraction(0))
        for person, fte in parts if total else ():
            found[person] = found.get(person, Fraction(0)) + points * fte / total
    return found


def _share_sessions(context: Context, ledger: dict[tuple[str, Burden], int]) -> None:
    """Sessions and office-hours duties held by neither pair nor deputy: one point each.

    Their number depends on the roster, so what is fair is a share of a variable total.
    """
    unpaired: dict[int, list[int]] = {}
    takers: dict[int, dict[int, date]] = {}
    """Task to who may hold it from outside, with the first day on which that is so."""
    nearest: dict[tuple[Side, ...], frozenset[int]] = {}
    for item, run in context.near_groups:
        known = sides(context, item)
        if known not in nearest:
            names = frozenset(name for side in known for group in side for name in group)
            nearest[known] = frozenset(
                index for index, person in enumerate(context.people) if person.id in names
            )
        near, day = nearest[known], item.start_day
        for variable in run:
            option = context.builder.options[variable]
            person = option.person
            if person in near:
                continue
            unpaired.setdefault(person, []).append(variable)
            if option.pinned and not eligible(context, (variable,)):
                continue
            days = takers.setdefault(option.task, {})
            days[person] = min(day, days.get(person, day))
    if not unpaired:
        return
    alike: dict[Parts, int] = {}
    for task, people in takers.items():
        parts = _parts(context, people)
        alike[parts] = alike.get(parts, 0) + context.builder.tasks[task].need
    exact = shares(alike)
    whole = sum(exact.values(), Fraction(0))
    total = context.builder.total((v, 1) for options in unpaired.values() for v in options)
    for person, options in sorted(unpaired.items()):
        part = half_up(exact.get(person, Fraction(0)) / whole * POINT) if whole else 0
        opening = ledger.get((context.people[person].id, Burden.UNPAIRED_SESSION), 0)
        terms = [(v, POINT) for v in options]
        if part:
            terms.append((total, -part))
        _deviation(context, person, Burden.UNPAIRED_SESSION, terms, -opening)


def _deviation(
    context: Context, person: int, burden: Burden, terms: list[tuple[int, int]], target: int
) -> None:
    weight = context.region.settings.burden_weight(burden)
    context.builder.deviations.append(
        Deviation(ID, Tier.FAIRNESS, person, tuple(terms), target, weight, burden.value)
    )
