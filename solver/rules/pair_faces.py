"""As few different faces per GP group as possible."""

from __future__ import annotations

from so247.solver.context import Context
from so247.solver.problem import Tier

ID = "pair.faces"
STATEMENT = "Each person who holds a session or office-hours duty for a GP group is one face."
SOURCE = "R18"


def build(context: Context) -> None:
    weight = context.region.settings.weight_face
    faces: dict[tuple[str, int], list[int]] = {}
    for item, run in context.near_groups:
        groups = context.facts.groups_served(item.sites)
        for variable in run:
            person = context.builder.options[variable].person
            for group in groups:
                faces.setdefault((group, person), []).append(variable)
    for (_, person), options in faces.items():
        context.builder.cost(ID, Tier.PAIRS, person, context.builder.any_of(options), weight)
