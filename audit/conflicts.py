"""``time.*`` and the ``cover.*`` rules about who holds what at the same moment.

Organisations are no persons: they may hold several lines at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from so247.audit.eligibility import Fault
from so247.audit.holdings import Case, Holding, lines_combine
from so247.audit.instants import Spans, between, span
from so247.audit.sites import Sites
from so247.models.lines import Care, Form, Line, Position
from so247.models.norms import Severity
from so247.models.report import Finding

HARD = Severity.HARD


@dataclass(frozen=True)
class Overload:
    """A stretch in which one person carries too much; ``limit`` is in ``unit``."""

    start: int
    end: int
    figure: int
    limit: int
    unit: str
    holdings: tuple[Holding, ...]


class Conflicts:
    """What each person holds at the same moment, as far as it touches the period."""

    def __init__(self, case: Case, sites: Sites) -> None:
        self.case = case
        self.sites = sites
        self._load: dict[tuple[frozenset[str], int], tuple[int, int]] = {}

    @cached_property
    def held(self) -> dict[str, list[Holding]]:
        """Per person what overlaps the period, by start."""
        return {
            who: [each for each in self.case.of_person[who] if each.end > self.case.start]
            for who in self.case.people
        }

    @cached_property
    def clashes(self) -> dict[str, list[tuple[Holding, Holding]]]:
        """Per person the pairs that may not overlap, and do."""
        found = {}
        for who, items in self.held.items():
            pairs = [pair for pair in overlapping(items) if not _allowed(*pair)]
            if pairs:
                found[who] = pairs
        return found

    @cached_property
    def overloads(self) -> dict[str, list[Overload]]:
        found = {}
        for who, items in self.held.items():
            rows = list(self._overloads(who, [each for each in items if each.line is not None]))
            if rows:
                found[who] = rows
        return found

    @cached_property
    def faults(self) -> dict[str, Spans[tuple[Holding | None, Fault]]]:
        """Per person, when he does not count: for one assignment, or (``None``) for all of them."""
        rows: dict[str, list[tuple[int, int, tuple[Holding | None, Fault]]]] = {}
        for who, pairs in self.clashes.items():
            for one, other in pairs:
                start, end = max(one.start, other.start), min(one.end, other.end)
                for mine, theirs in ((one, other), (other, one)):
                    fault = Fault("time.one_at_a_time", f"{who} also holds {theirs.target}")
                    rows.setdefault(who, []).append((start, end, (mine, fault)))
        for who, overloads in self.overloads.items():
            for over in overloads:
                fault = Fault("time.capacity", _carries(who, over))
                rows.setdefault(who, []).append((over.start, over.end, (None, fault)))
        return {who: Spans(found) for who, found in rows.items()}

    def _overloads(self, who: str, duties: list[Holding]) -> Iterator[Overload]:
        person = self.case.region.physician_by_id[who]
        if person.max_residents is None and person.max_sites is None:
            return
        for start, end, active in self._together(duties):
            residents, number = self._carried(active, start)
            for figure, limit, unit in (
                (residents, person.max_residents, "residents"),
                (number, person.max_sites, "sites"),
            ):
                if limit is not None and figure > limit:
                    yield Overload(start, end, figure, limit, unit, active)

    def _together(self, duties: list[Holding]) -> Iterator[tuple[int, int, tuple[Holding, ...]]]:
        """Stretches with one and the same set of duties, cut where a site opens."""
        bounds = {bound for each in duties for bound in (each.start, each.end)}
        for each in duties:
            bounds.update(between(self.sites.cuts, each.start, each.end))
        spans = Spans((each.start, each.end, each) for each in duties)
        for start, end in pairwise(sorted(bounds)):
            active = tuple(row[2] for row in spans.during(start, end))
            if active:
                yield start, end, active

    def _carried(self, duties: tuple[Holding, ...], at: int) -> tuple[int, int]:
        """(residents, number) of the distinct sites that are open at the minute."""
        era = self.sites.era(at)
        key = (frozenset(each.line.id for each in duties if each.line), era)
        if key not in self._load:
            named = {site for each in duties for site in each.sites}
            opened = [site for site in named if self.sites.facts(site, era).open]
            residents = sum(self.case.region.residents_at(site) for site in opened)
            self._load[key] = residents, len(opened)
        return self._load[key]


def overlapping(items: Iterable[Holding]) -> Iterator[tuple[Holding, Holding]]:
    """Every pair with a minute in common, of items sorted by start."""
    active: list[Holding] = []
    for item in items:
        active = [each for each in active if each.end > item.start]
        for each in active:
            yield each, item
        active.append(item)


def _allowed(one: Holding, other: Holding) -> bool:
    """Whether one person may hold both at the same moment."""
    if one.line is not None and other.line is not None:
        return lines_combine(one.line, other.line)
    duty, session = (one, other) if one.line is not None else (other, one)
    if duty.line is None or session.demand is None:
        return False
    return duty.line.form is Form.REACHABILITY and session.demand.on_call_allowed


def _carries(who: str, over: Overload) -> str:
    return f"{who} carries {over.figure} {over.unit}, at most {over.limit}"


def check_conflicts(case: Case, conflicts: Conflicts) -> Iterator[Finding]:
    """``time.one_at_a_time``, ``time.capacity``, ``cover.one_holder``, ``cover.backup_differs``.

    What history alone causes is history's, and not found here.
    """
    for who, pairs in conflicts.clashes.items():
        for one, other in pairs:
            text = f"{who} holds {one.target} and {other.target} at the same time"
            yield from _pair(case, "time.one_at_a_time", text, one, other)
    for who, overloads in conflicts.overloads.items():
        for over in overloads:
            if all(each.past for each in over.holdings):
                continue
            yield case.finding(
                "time.capacity",
                HARD,
                f"{_carries(who, over)}",
                physician=who,
                figure=over.figure,
                limit=over.limit,
                unit=over.unit,
                when=span(over.start, over.end),
                targets=[each.target for each in over.holdings],
            )
    yield from _two_holders(case)
    for items in conflicts.held.values():
        for one, other in overlapping(items):
            yield from _own_backup(case, conflicts.sites, one, other)


def _two_holders(case: Case) -> Iterator[Finding]:
    by_line: dict[str, list[Holding]] = {}
    for holding in sorted((*case.past, *case.holdings), key=lambda each: each.start):
        if holding.line is not None and holding.end > case.start:
            by_line.setdefault(holding.line.id, []).append(holding)
    for line, items in by_line.items():
        for one, other in overlapping(items):
            if one.physician != other.physician:
                text = f"{one.physician} and {other.physician} both hold line {line}"
                yield from _pair(case, "cover.one_holder", text, one, other)


def _own_backup(case: Case, sites: Sites, one: Holding, other: Holding) -> Iterator[Finding]:
    first, backup = (one, other) if _is_first(one) else (other, one)
    if first.line is None or backup.line is None or not is_own_backup(first.line, backup.line):
        return
    shared = [site for site in first.line.sites if site in backup.line.sites]
    last = sites.era(min(one.end, other.end) - 1)  # a site that opens stays open
    opened = [site for site in shared if sites.facts(site, last).open]
    if opened:
        text = f"{one.physician} holds first line and backup of {', '.join(opened)}"
        yield from _pair(case, "cover.backup_differs", text, first, backup)


def _is_first(holding: Holding) -> bool:
    return holding.line is not None and holding.line.position is Position.FIRST_LINE


def is_own_backup(first: Line, backup: Line) -> bool:
    """Whether the second line is a backup for a kind of care of the first."""
    return (
        first.position is Position.FIRST_LINE
        and backup.position is Position.BACKUP
        and (first.care is backup.care or Care.BOTH in (first.care, backup.care))
    )


def _pair(case: Case, rule: str, text: str, one: Holding, other: Holding) -> Iterator[Finding]:
    """A finding about the minutes that two assignments share, unless both are history's."""
    if one.past and other.past:
        return
    start, end = max(one.start, other.start), min(one.end, other.end)
    yield case.finding(
        rule,
        HARD,
        text,
        physician=other.physician,
        when=span(start, end),
        targets=(one.target, other.target),
    )
