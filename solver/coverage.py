"""How many site-minutes a duty covers, and how many nobody could cover (RULES, Coverage)."""

from __future__ import annotations

from datetime import date

from so247.models.calendar import window
from so247.models.clock import union
from so247.models.lines import Care, Line, Position
from so247.solver.facts import Facts
from so247.solver.instants import overlap, span


def coverable_minutes(facts: Facts, line: Line, start: int, end: int) -> dict[str, int]:
    """Minutes of a duty at each open site, in the period, on days on which a holder may count.

    None count while the site has no pool with an agreement (an organisation: no agreement with
    it), or while the line promises less than the site requires.
    """
    begin, stop = max(start, facts.start), min(end, facts.end)
    found: dict[str, int] = {}
    for day in facts.days_of(begin, stop) if begin < stop else ():
        minutes = overlap((begin, stop), facts.day_bounds(day))
        for site in facts.remembered(_counting, line.id, facts.spell(day)):
            found[site] = found.get(site, 0) + minutes
    return found


def _counting(facts: Facts, name: str, day: date) -> tuple[str, ...]:
    """Sites of a line that are open on a day (they open as days begin) and may count then."""
    line = facts.region.line_by_id[name]
    return tuple(
        site
        for site in facts.opened(line.sites, facts.day_bounds(day)[0])
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
        lines = tuple(
            line.id
            for line in facts.region.lines
            if line.position is position
            and (line.care is Care.GENERAL) == general
            and site in line.sites
        )
        total += facts.remembered(_served, lines, begin)
    return total


def _served(facts: Facts, names: tuple[str, ...], begin: int) -> int:
    """Minutes from ``begin`` to the period's end in the windows of these lines together."""
    lines = [facts.region.line_by_id[name] for name in names]
    windows = [each for line in lines for each in window(facts.region, line, facts.period)]
    return sum(overlap(span(each), (begin, facts.end)) for each in union(windows))
