"""How many site-minutes a duty covers, and how many nobody could cover (RULES, Coverage)."""

from __future__ import annotations

from datetime import date

from so247.models.calendar import window
from so247.models.clock import union
from so247.models.lines import Care, Line, Position
from so247.solver.facts import Facts
from so247.solver.instants import overlap, span


def coverable_minutes(facts: Facts, line: Line, site: str, start: int, end: int) -> int:
    """Minutes of a duty at one open site, in the period, on days on which a holder may count.

    None count while the site has no pool with an agreement (an organisation: no agreement with
    it), or while the line promises less than the site requires.
    """
    begin = max(start, facts.start, facts.open_from(site))
    stop = min(end, facts.end)
    if begin >= stop:
        return 0
    return sum(
        overlap((begin, stop), facts.day_bounds(day))
        for day in facts.days_of(begin, stop)
        if _agreed(facts, line, site, day) and facts.promises_enough(line, site, day)
    )


def _agreed(facts: Facts, line: Line, site: str, day: date) -> bool:
    if line.organisation is not None:
        return facts.organisation_on(site, line.organisation, day)
    return bool(facts.pools_on(site, day))


def required_minutes(facts: Facts) -> int:
    """Site-minutes at which a position must be filled, over all sites in the period."""
    return sum(_required_at(facts, site) for site in facts.region.site_by_id)


def _required_at(facts: Facts, site: str) -> int:
    """First line for specific care always; any other position where a line serves it."""
    begin = max(facts.start, facts.open_from(site))
    if begin >= facts.end:
        return 0
    total = facts.end - begin
    for position, general in (
        (Position.BACKUP, False),
        (Position.FIRST_LINE, True),
        (Position.BACKUP, True),
    ):
        served = union(
            stretch
            for line in facts.region.lines
            if line.position is position
            and (line.care is Care.GENERAL) == general
            and site in line.sites
            for stretch in window(facts.region, line, facts.period)
        )
        total += sum(overlap(span(each), (begin, facts.end)) for each in served)
    return total
