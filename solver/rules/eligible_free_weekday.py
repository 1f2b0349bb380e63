"""Nothing booked on a contract starts on its free weekdays."""

from __future__ import annotations

from so247.models.base import Weekday
from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.free_weekday"
STATEMENT = "The duty or session does not start on a free weekday of its contract."
SOURCE = "the contract"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return Weekday.of(item.start_day) in contract.free_weekdays
