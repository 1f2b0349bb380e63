"""Contradictions among evidence, named holders and practices: another's practice, two readings.

Two holders of one task at the same time are no contradiction here: the proof reports them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from so247.models.errors import Problem
from so247.models.names import Path, problem
from so247.models.sites import Facility

if TYPE_CHECKING:
    from so247.models.region import Region


def evidence(region: Region) -> Iterator[Problem]:
    """Practices outside the site's GP group, and holders that may be read in two ways."""
    for i, facility in enumerate(region.facilities):
        for at, practice in enumerate(facility.practices):
            yield from _foreign(region, ("facilities", i, "practices", at), facility.id, practice)
        if len(set(facility.practices)) < len(facility.practices):
            path: Path = ("facilities", i, "practices")
            practices = ", ".join(facility.practices)
            yield problem(path, "a practice is listed twice", practices, "Name each once.")
    for i, document in enumerate(region.evidence):
        if document.practice is not None:
            path = ("evidence", i, "practice")
            yield from _foreign(region, path, document.site, document.practice)
    yield from _holders(region)


def _foreign(region: Region, path: Path, site: str, practice: str) -> Iterator[Problem]:
    """A practice that is known, in another GP group than the site's."""
    group = region.group_of_practice.get(practice)
    found = region.site_by_id.get(site)
    if group is None or found is None:
        return
    linked = found.gp_group if isinstance(found, Facility) else found.id
    if linked is None:
        advice = f"Maybe fill in {group.id} as the gp_group of {site}."
        yield problem(path, f"{site} has no GP group, so no practice of one", practice, advice)
    elif linked in region.site_by_id and linked != group.id:
        known = ", ".join(each.id for each in region.practices_of(linked)) or "none"
        advice = f"Maybe you meant one of {linked}: {known}."
        yield problem(path, f"is a practice of {group.id}, not of {linked}", practice, advice)


def _holders(region: Region) -> Iterator[Problem]:
    """A task is held by the facility itself, never by another; and by a physician or something
    else, never by an id that may be read as both."""
    facilities = {each.id for each in region.facilities}
    others = {
        *(each.id for each in region.employers),
        *(each.id for each in region.organisations),
        *(each.id for each in region.gp_posts),
        *region.site_by_id,
        *region.group_of_practice,
    }
    for i, row in enumerate(region.task_holders):
        path: Path = ("task_holders", i, "holder")
        if row.holder in region.physician_by_id and row.holder in others:
            advice = "Give one of the two another id."
            yield problem(path, "names a physician and something else", row.holder, advice)
        elif row.holder in region.group_of_practice:
            yield from _foreign(region, path, row.site, row.holder)
        elif row.holder in facilities and row.holder != row.site:
            advice = f"Maybe {row.site} itself, or the organisation behind both."
            yield problem(path, f"another facility holds no task at {row.site}", row.holder, advice)
