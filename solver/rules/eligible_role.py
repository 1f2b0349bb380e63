"""A line (or session demand) says which roles may hold it."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.role"
STATEMENT = "The holder's role is among those of the line or session demand."
SOURCE = "DOMAIN E, test 5 (1); S4 1.4"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    asked = item.line if item.line is not None else item.demand
    return asked is None or person.role not in asked.roles
