"""Every assignment is booked on a contract that is valid throughout."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.contract"
STATEMENT = "The contract is valid on every day of the duty or session."
SOURCE = "DOMAIN E, test 5 (2)"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return not all(contract.holds_on(day) for day in item.days)
