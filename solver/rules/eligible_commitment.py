"""Other work blocks, unless a person may be on call from there."""

from __future__ import annotations

from so247.models.norms import Work
from so247.models.people import Contract, Physician
from so247.solver.context import Context, Item

ID = "eligible.commitment"
STATEMENT = "No commitment overlaps, except one that allows on call under a reachability duty."
SOURCE = "DESIGN 3; DOMAIN E, test 5 (4)"

ON_CALL = (Work.OFFICE_DUTY, Work.REACHABILITY_DUTY)


def forbids(context: Context, person: Physician, contract: Contract, item: Item) -> bool:
    return any(
        piece.start < item.end
        and item.start < piece.end
        and not (on_call_allowed and item.kind in ON_CALL)
        for piece, _, _, on_call_allowed in context.commitments_near(
            person.id, item.start, item.end
        )
    )
