"""Sessions under a funding label need an employer with a contract for that label."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.funding"
STATEMENT = "The contract's employer has a funding contract for the session's label that day."
SOURCE = "R19; DOMAIN B7"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    if item.demand is None or item.demand.funding is None:
        return False
    employer = context.region.employer_by_id[contract.employer]
    return not any(
        funding.label == item.demand.funding and funding.holds_on(item.start_day)
        for funding in employer.funding_contracts
    )
