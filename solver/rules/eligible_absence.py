"""Who is away holds nothing."""

from __future__ import annotations

from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.absence"
STATEMENT = "No absence of the holder overlaps the duty or session."
SOURCE = "DOMAIN E, test 5 (4)"


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return any(
        start < item.end and item.start < end
        for start, end in context.facts.absences.get(person.id, ())
    )
