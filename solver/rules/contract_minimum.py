"""Contract minima, prorated alike: soft, since nobody can be made to find work."""

from __future__ import annotations

from so247.models.norms import Severity
from so247.solver.context import Context
from so247.solver.contracts import UNITS, booked, prorated
from so247.solver.limiting import limit

ID = "contract.minimum"
STATEMENT = "Duties, weekends and nights booked on a contract are at least its minima."
SOURCE = "the contract; DESIGN 3"


def build(context: Context) -> None:
    for index, contract in enumerate(context.region.contracts):
        person = context.index_of[contract.physician]
        for unit in UNITS:
            figure = getattr(contract, f"min_{unit}")
            if not figure:
                continue
            lower = prorated(context, contract, figure, up=False)
            members = booked(context, index, unit)
            limit(context, ID, Severity.SOFT, person, [(v, -1) for v in members], -lower)
