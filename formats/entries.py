"""A roster as people read it: each held part and each hole, with its line, site and holder's name.

Everything that is written out (calendars, spreadsheets, tables) starts here, so that all of them
say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from so247.models.calendar import duties, open_interval
from so247.models.clock import Interval, subtract
from so247.models.errors import Problem, RosterError
from so247.models.lines import Line, Product
from so247.models.region import Region
from so247.models.roster import Assignment, Roster, State


@dataclass(frozen=True)
class Entry:
    """A part of a duty or session that somebody holds, or that nobody holds (``holder`` is None).

    ``line`` is None for a session and for a duty of which the roster does not say what it is for.
    ``site`` is where a session takes place: a GP group, practice or facility. ``part`` counts the
    parts of one target by start, from 1. ``revision`` is the one in which any part of the target
    last changed. ``reasons`` say why nobody holds it.
    """

    target: str
    part: int
    revision: int
    when: Interval
    holder: str | None
    name: str
    line: Line | None
    site: str | None
    product: Product | None
    state: State
    contract: str | None = None
    pinned: bool = False
    reasons: tuple[str, ...] = ()


def entries(region: Region, roster: Roster, history: Sequence[Roster] = ()) -> tuple[Entry, ...]:
    """Every standing part and every hole of the roster, by start, end, target and holder.

    What history holds of duties that run into the period is included. Holes are found from the
    lines themselves, not from the gaps that the roster names: one made by hand names none.

    Raises ``RosterError`` for a roster of another region.
    """
    if roster.region_id != region.id:
        raise RosterError(
            [
                Problem(
                    message=f'this roster was made for another region than "{region.id}"',
                    value=roster.region_id,
                    advice="Maybe the wrong folder or the wrong roster file was given.",
                )
            ]
        )
    assignments = (*roster.standing, *_running_in(roster, history))
    found = [_held(region, each) for each in assignments]
    found.extend(_holes(region, roster, found))
    return _numbered(found)


def sites_of(region: Region, entry: Entry) -> tuple[str, ...]:
    """GP groups and facilities that the entry is for, as far as they are open during it."""
    named = entry.line.sites if entry.line else (entry.site,) if entry.site else ()
    groups = region.group_of_practice
    sites = dict.fromkeys(groups[each].id if each in groups else each for each in named)
    return tuple(
        site
        for site in sites
        if site in region.site_by_id and open_interval(region, site, entry.when)
    )


def holder_name(region: Region, holder: str) -> str:
    """Name of a physician, organisation or GP post; the id where the region has none."""
    if holder in region.physician_by_id:
        return region.physician_by_id[holder].name
    names = {each.id: each.name for each in region.gp_posts}
    names.update({each.id: each.name for each in region.organisations})
    return names.get(holder, holder)


def site_name(region: Region, site: str) -> str:
    """Name of a site, practice or place; the id where the region has none."""
    if site in region.site_by_id:
        return region.site_by_id[site].name
    names = {each.id: each.name for each in region.places}
    names.update({each.id: each.name for group in region.gp_groups for each in group.practices})
    return names.get(site, site)


def _running_in(roster: Roster, history: Sequence[Roster]) -> list[Assignment]:
    """What history holds of targets that run into the period and that the roster does not list."""
    before = [each for earlier in history for each in earlier.standing]
    start = roster.period.start
    running = {each.target for each in before if each.when.start < start < each.when.end}
    running -= {each.target for each in roster.assignments}
    return [each for each in before if each.target in running]


def _held(region: Region, assignment: Assignment) -> Entry:
    line = region.line_by_id.get(assignment.target.split("@")[0])
    if line is None and assignment.line is not None:
        line = region.line_by_id.get(assignment.line)
    site, product = (None, None) if line else _session(region, assignment)
    return Entry(
        target=assignment.target,
        part=1,
        revision=assignment.revision,
        when=assignment.when,
        holder=assignment.physician,
        name=holder_name(region, assignment.physician),
        line=line,
        site=site,
        product=product,
        state=assignment.state,
        contract=assignment.contract,
        pinned=assignment.pinned,
    )


def _session(region: Region, assignment: Assignment) -> tuple[str | None, Product | None]:
    """Site and product of a session, from its id; a hand-made one may only name its site."""
    site, product, *_ = (*assignment.target.split("."), "", "")
    known = site in region.site_by_id or site in region.group_of_practice
    return (
        site if known else assignment.site,
        Product(product) if known and product in set(Product) else None,
    )


def _holes(region: Region, roster: Roster, held: Iterable[Entry]) -> list[Entry]:
    """The parts of the period's duties that no entry on the same line holds.

    A hole that ends before the period is history's.
    """
    taken: dict[str, list[Interval]] = defaultdict(list)
    for entry in held:
        if entry.line:
            taken[entry.line.id].append(entry.when)
    reasons: dict[str, list[str]] = defaultdict(list)
    revisions: dict[str, int] = {}
    for gap in roster.gaps:
        reasons[gap.target].extend(gap.reasons)
        revisions[gap.target] = max(gap.revision, revisions.get(gap.target, 0))
    return [
        Entry(
            target=duty.id,
            part=1,
            revision=revisions.get(duty.id, roster.revision),
            when=hole,
            holder=None,
            name="",
            line=region.line_by_id[duty.line],
            site=None,
            product=None,
            state=State.PROPOSED,
            reasons=tuple(dict.fromkeys(reasons[duty.id])),
        )
        for duty in duties(region, roster.period)
        for hole in subtract(
            duty.when, [each for each in taken[duty.line] if each.overlaps(duty.when)]
        )
        if hole.overlaps(roster.period)
    ]


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.when.start, entry.when.end, entry.target, entry.holder or "")


def _numbered(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sorted, with the parts of each target counted and sharing their latest revision."""
    ordered = sorted(found, key=_order)
    latest: dict[str, int] = defaultdict(int)
    for entry in ordered:
        latest[entry.target] = max(latest[entry.target], entry.revision)
    counted: dict[str, int] = defaultdict(int)
    numbered = []
    for entry in ordered:
        counted[entry.target] += 1
        part, revision = counted[entry.target], latest[entry.target]
        numbered.append(replace(entry, part=part, revision=revision))
    return tuple(numbered)
