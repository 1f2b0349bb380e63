"""A part of the roster's period: only that is examined, by what matters there."""

from __future__ import annotations

from typing import Any

from so247.audit.check import check
from so247.models.clock import Interval
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import PackBinding
from so247.models.report import Coverage

THURSDAY = ("2026-11-05 00:00", "2026-11-09 00:00")
WEDNESDAY_GAP = ("2026-11-04 10:00", "2026-11-04 11:00")


def home(report: Any) -> Any:
    return next(each for each in report.sites if each.site == "home")


def without(toy: Any, hole: Interval) -> Any:
    """Bob's day line is held but for the hole."""
    before = Interval(start=toy.WEEK.start, end=hole.start)
    after = Interval(start=hole.end, end=toy.WEEK.end)
    parts = (toy.held("day@1", "bob", before), toy.held("day@2", "bob", after))
    return toy.roster(toy.whole("anw", "ann"), *parts)


def test_a_gap_before_the_part_does_not_count(toy: Any) -> None:
    roster = without(toy, toy.between(*WEDNESDAY_GAP))
    assert home(check(toy.region(), roster)).uncovered_minutes == 60
    part = home(check(toy.region(), roster, within=toy.between(*THURSDAY)))
    assert part.verdict is Coverage.COVERED
    # Thursday to Sunday: four days of 24 hours, one first line.
    assert part.required_minutes == 4 * 24 * 60
    assert part.examined == toy.between(*THURSDAY)


def test_a_gap_across_its_beginning_counts_from_there(toy: Any) -> None:
    # The day line ends at 17:00, so of a hole from Wednesday 16:00 to Thursday 09:00 only
    # Wednesday 16:00-17:00 and Thursday 08:00-09:00 are minutes of that line.
    roster = without(toy, toy.between("2026-11-04 16:00", "2026-11-05 09:00"))
    assert home(check(toy.region(), roster)).uncovered_minutes == 120
    part = home(check(toy.region(), roster, within=toy.between(*THURSDAY)))
    assert part.uncovered_minutes == 60


def test_a_gap_after_its_end_does_not_count(toy: Any) -> None:
    roster = without(toy, toy.between(*WEDNESDAY_GAP))
    until = toy.between("2026-11-02 00:00", "2026-11-04 00:00")
    assert home(check(toy.region(), roster, within=until)).verdict is Coverage.COVERED


REST = Norm(
    id="rest",
    kind=NormKind.REST,
    text="at least 11 hours of rest",
    counts=(Work.OFFICE_DUTY, Work.REACHABILITY_DUTY),
    limit=11,
    severity=Severity.HARD,
    basis=Basis.VOLUNTARY,
    source="a test",
)


def test_what_somebody_broke_before_it_is_not_held_against_the_site(toy: Any) -> None:
    pack = RulePack(id="so_rest", name="Rest", norms=(REST,))
    bound = toy.physician("ann", rule_packs=(PackBinding(pack=pack.id),))
    region = toy.region(
        physicians=(bound, toy.physician("bob")),
        rule_packs=(*toy.region().rule_packs, pack),
    )
    # Ann is on call until Tuesday 08:00 and again from 12:00: four hours of rest instead of eleven.
    roster = toy.roster(
        toy.held("anw@1", "ann", toy.between("2026-11-02 17:00", "2026-11-03 08:00")),
        toy.held("day@1", "ann", toy.between("2026-11-03 12:00", "2026-11-03 17:00")),
        toy.held("anw@2", "ann", toy.between("2026-11-06 17:00", "2026-11-07 08:00")),
    )
    assert "holder_breach" in {note.code for note in home(check(region, roster)).notes}
    part = home(check(region, roster, within=toy.between(*THURSDAY)))
    assert "holder_breach" not in {note.code for note in part.notes}


def test_a_part_that_the_roster_does_not_reach_is_not_examined(toy: Any) -> None:
    later = toy.between("2026-12-01 00:00", "2026-12-08 00:00")
    part = home(check(toy.region(), toy.roster(toy.whole("anw", "ann")), within=later))
    assert (part.examined, part.verdict) == (None, Coverage.UNKNOWN)
