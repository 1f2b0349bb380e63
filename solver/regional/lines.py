"""How lines depend on single people: who may hold a duty at all, and who holds most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from so247.models import calendar
from so247.models.clock import Interval
from so247.models.lines import Line
from so247.models.region import Region
from so247.models.region_report import Leaning, LineRow
from so247.models.roster import Roster
from so247.solver.context import Context, DutyTask


def line_rows(context: Context, roster: Roster | None, within: Interval) -> tuple[LineRow, ...]:
    """Every line with duties ``within``; an organisation's has nobody to lean on.

    As capacity counts them: also the duty that began before, and is not over when it begins.
    """
    rows = (_row(context, line, roster, within) for line in context.region.lines)
    return tuple(each for each in rows if each.duties)


def _row(context: Context, line: Line, roster: Roster | None, within: Interval) -> LineRow:
    tasks = [
        each
        for each in context.duties
        if each.line.id == line.id and each.duty.when.overlaps(within)
    ]
    held = _holders(line, roster, within)
    (top, top_duties) = max(held.items(), key=lambda row: (row[1], row[0]), default=(None, 0))
    return LineRow(
        line=line.id,
        name=line.name,
        sites=line.sites,
        organisation=line.organisation,
        duties=len(tasks) if line.organisation is None else _planned(context, line, within),
        held=sum(held.values()),
        nobody=sum(not _possible(context, each) for each in tasks),
        alone=_leaning(context, tasks, 1),
        pairs=_leaning(context, tasks, 2),
        top=top,
        top_duties=top_duties,
    )


def _planned(context: Context, line: Line, within: Interval) -> int:
    duties = calendar.duties(context.region, within)
    return sum(each.line == line.id and each.when.overlaps(within) for each in duties)


def _holders(line: Line, roster: Roster | None, within: Interval) -> Counter[str]:
    """Whoever holds duties of the line; of a duty in parts, each of its holders."""
    pairs = {
        (each.target, each.physician)
        for each in (roster.standing if roster is not None else ())
        if line.id in (each.target.partition("@")[0], each.line) and each.when.overlaps(within)
    }
    return Counter(name for _, name in pairs)


def _possible(context: Context, task: DutyTask) -> tuple[str, ...]:
    """Who may hold the duty, as far as what else is rostered does not matter."""
    options = (context.builder.options[v] for v in context.options_of_task[task.index])
    return tuple(sorted({context.people[option.person].id for option in options}))


def _leaning(context: Context, tasks: Sequence[DutyTask], number: int) -> tuple[Leaning, ...]:
    """Duties with exactly so many possible holders, by whom, most duties first."""
    found = Counter(people for each in tasks if len(people := _possible(context, each)) == number)
    order = sorted(found.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Leaning(physicians=people, duties=duties) for people, duties in order)


def sites_leaning(region: Region, rows: Sequence[LineRow]) -> dict[str, tuple[str, ...]]:
    """Site to the people on whom alone some duty for it leans."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for each in row.alone:
            for site in row.sites:
                found.setdefault(site, {})[each.physicians[0]] = None
    return {site: tuple(found[site]) for site in region.site_by_id if site in found}
