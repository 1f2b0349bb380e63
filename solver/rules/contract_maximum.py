"""Contract maxima, prorated for joiners, leavers and long leave."""

from __future__ import annotations

from so247.models.norms import Work
from so247.solver.context import Context
from so247.solver.contracts import UNITS, booked, days_present, prorated
from so247.solver.instants import overlap

ID = "contract.maximum"
STATEMENT = "Duties, weekends, nights and hours booked on a contract are at most its maxima."
SOURCE = "the contract"


def build(context: Context) -> None:
    for index, contract in enumerate(context.region.contracts):
        person = context.index_of[contract.physician]
        with context.builder.naming(contract.id):
            _limit(context, index, person)


def _limit(context: Context, index: int, person: int) -> None:
    contract = context.region.contracts[index]
    for unit in UNITS:
        figure = getattr(contract, f"max_{unit}")
        if figure is not None:
            upper = prorated(context, contract, figure, up=True)
            terms = [(v, 1) for v in booked(context, index, unit)]
            context.builder.at_most(ID, person, terms, upper)
    if contract.hours_per_week is not None:
        _hours(context, index, person)


def _hours(context: Context, index: int, person: int) -> None:
    contract = context.region.contracts[index]
    assert contract.hours_per_week is not None
    allowed = -int(-contract.hours_per_week * 60 * days_present(context, contract) // 7)
    certain = sum(
        overlap((piece.start, piece.end), (context.facts.start, context.facts.end))
        for piece, _, paid_by, _ in context.commitments[contract.physician]
        if paid_by == contract.id
    )
    terms = [
        (variable, option.end - option.start)
        for variable in context.options_of_person[person]
        if (option := context.builder.options[variable]).contract == index
        and context.in_period(option.start)
        and context.items[variable].kind in (Work.SESSION, Work.PRESENCE_DUTY)
    ]
    context.builder.at_most(ID, person, terms, max(0, allowed - certain))
