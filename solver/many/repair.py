"""Gives up work that only breaks a rule together with another region's.

A person who must give something up may, in that region, do what he does otherwise and no more. So
his work only shrinks from one repair to the next, and repairs come to an end.
"""

from __future__ import annotations

from collections.abc import Iterable

from so247.models.national import Held, NationalFinding
from so247.solver.many.calendar import Calendar
from so247.solver.many.state import State

Given = set[tuple[str, str, str]]
"""(person key, region, target) that is given up."""


def give_up(state: State, findings: Iterable[NationalFinding]) -> tuple[Calendar, set[str]]:
    """The calendar in which that is not done any more, and the regions to solve again.

    Pins and commitments stand, whatever they breach.
    """
    given: Given = set()
    for finding in findings:
        _choose(state, finding, given)
    calendar = state.calendar
    for key, region in sorted({(key, region) for key, region, _ in given}):
        ids = calendar.people[key].ids(region)
        held = [
            each.when
            for each in state.rosters[region].standing
            if each.physician in ids and (key, region, each.target) not in given
        ]
        calendar = calendar.kept(key, region, held)
    return calendar, {region for _, region, _ in given}


def _choose(state: State, finding: NationalFinding, given: Given) -> None:
    """As much as is too much, where fewest minutes are uncovered, and there the latest."""
    many = 1
    if finding.rule == "national.maximum" and finding.figure is not None:
        many = round(finding.figure - (finding.limit or 0))
    rows = [each for each in finding.held if _may_go(state, finding.person_key, each)]
    rows.sort(key=lambda each: each.when.start, reverse=True)
    rows.sort(key=lambda each: state.uncovered([each.region]))
    chosen = [(finding.person_key, each.region, each.target) for each in rows]
    already = sum(each in given for each in chosen)
    given.update([each for each in chosen if each not in given][: max(0, many - already)])


def _may_go(state: State, key: str, held: Held) -> bool:
    """Whether it is in the roster, and nobody pinned it."""
    roster = state.rosters.get(held.region)
    ids = state.calendar.people[key].ids(held.region) if key in state.calendar.people else ()
    return roster is not None and any(
        each.target == held.target and each.physician in ids and not each.pinned
        for each in roster.standing
    )
