"""The static part of ``cover.backup_so``: is there a backup line behind a first line?"""

from __future__ import annotations

from so247.models.calendar import open_interval, window
from so247.models.clock import Interval, subtract
from so247.models.lines import Care, Line, Position, Window
from so247.models.people import SO
from so247.models.region import Region


def always_backed(region: Region, line: Line) -> bool:
    """Whether one undated backup line per site covers the line's whole window: no need to look."""
    return all(
        any(
            each.valid_from is None
            and each.valid_until is None
            and each.window in (line.window, Window.ALWAYS)
            for each in _behind(region, line, site)
        )
        for site in line.sites
    )


def backed(region: Region, line: Line, when: Interval) -> bool:
    """Whether every open site of the line has a callable SO backup line at every moment."""
    return all(_site_backed(region, line, site, when) for site in line.sites)


def _site_backed(region: Region, line: Line, site: str, when: Interval) -> bool:
    opened = open_interval(region, site, when)
    if opened is None:
        return True
    served = (part for each in _behind(region, line, site) for part in window(region, each, opened))
    return not subtract(opened, served)


def _behind(region: Region, line: Line, site: str) -> tuple[Line, ...]:
    """The backup lines that the first line's holder may call for the site."""
    # A first line for both kinds of care needs its SO for specific care.
    kind = Care.SPECIFIC if line.care is Care.BOTH else line.care
    return tuple(
        each
        for each in region.lines
        if each.position is Position.BACKUP
        and site in each.sites
        and each.care in (kind, Care.BOTH)
        and each.phone is not None
        and each.id in line.escalation
        and SO in each.roles
    )
