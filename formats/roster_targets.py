"""Which duty or session a row of a hand-made roster is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from so247.models.calendar import block_start, session_key, tile
from so247.models.clock import Interval, local_day, monday_of
from so247.models.duty import duty_id
from so247.models.lines import Per, Product
from so247.models.region import Region
from so247.models.roster import Assignment

MARGIN = timedelta(days=31)


def add_targets(
    region: Region, period: Interval, assignments: Sequence[Assignment]
) -> tuple[Assignment, ...]:
    """The assignments with targets, by start.

    A row on a line is for the piece that has its bounds, else (a part) for the piece that contains
    it, else for nothing that the line knows: the line's name and its own start. A row at a site is
    for the next session of its product in its week or block, in order of their starts.
    """
    pieces = _pieces(region, period, assignments)
    ordinals: dict[str, int] = defaultdict(int)
    taken = {each.target for each in assignments}
    found: list[Assignment] = []
    for each in sorted(assignments, key=lambda each: (each.when.start, each.when.end)):
        target = each.target
        if each.line is not None and not target:
            target = _duty(each.line, each.when, pieces[each.line])
        elif each.site is not None and target == _bare(target):
            stem = _session_stem(region, target, each)
            ordinals[stem] += 1
            while f"{stem}.{ordinals[stem]}" in taken:
                ordinals[stem] += 1
            target = f"{stem}.{ordinals[stem]}"
        found.append(each.model_copy(update={"target": target}))
    return tuple(found)


def _pieces(
    region: Region, period: Interval, assignments: Sequence[Assignment]
) -> dict[str, tuple[Interval, ...]]:
    wide = Interval(start=period.start - MARGIN, end=period.end + MARGIN)
    lines = {each.line for each in assignments if each.line is not None and not each.target}
    return {line: tile(region, region.line_by_id[line], wide)[0] for line in lines}


def _duty(line: str, when: Interval, pieces: Sequence[Interval]) -> str:
    for piece in pieces:
        if piece.start <= when.start and when.end <= piece.end:
            return duty_id(line, piece)
    return duty_id(line, when)


def _bare(target: str) -> str:
    """The target if it is ``site.product`` only, as a row without target gives it."""
    site, dot, product = target.partition(".")
    return target if dot and product in {each.value for each in Product} and site else ""


def _session_stem(region: Region, target: str, each: Assignment) -> str:
    """Session id without its ordinal; with the day where no demand asks for such a session."""
    day = local_day(each.when.start)
    site, _, product = target.partition(".")
    for demand in region.sessions:
        if (demand.site, demand.product.value) == (site, product):
            start = monday_of(day) if demand.per is Per.ISO_WEEK else block_start(region, day)
            return f"{target}.{session_key(region, demand.per, start)}"
    return f"{target}.{day.isoformat()}"
