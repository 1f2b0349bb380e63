"""The static part of ``cover.backup_so``: is there a backup line behind a first line?"""

from __future__ import annotations

from so247.models.calendar import open_interval, window
from so247.models.clock import Interval, subtract
from so247.models.lines import Care, Line, Position
from so247.models.people import SO
from so247.models.region import Region


def backed(region: Region, line: Line, when: Interval) -> bool:
    """Whether every open site of the line has a callable SO backup line at every moment."""
    kinds = (Care.GENERAL, Care.SPECIFIC) if line.care is Care.BOTH else (line.care,)
    return all(
        _site_backed(region, line, site, kind, when) for site in line.sites for kind in kinds
    )


def _site_backed(region: Region, line: Line, site: str, kind: Care, when: Interval) -> bool:
    opened = open_interval(region, site, when)
    if opened is None:
        return True
    behind = (
        each
        for each in region.lines
        if each.position is Position.BACKUP
        and site in each.sites
        and each.care in (kind, Care.BOTH)
        and each.phone is not None
        and each.id in line.escalation
        and SO in each.roles
    )
    served = [part for each in behind for part in window(region, each, opened)]
    return not subtract(opened, served)
