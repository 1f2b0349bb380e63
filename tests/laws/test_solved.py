"""Laws of one solve: what is returned is legal, priced as said, covered where it can be."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from so247.audit.check import check
from so247.audit.holdings import Case
from so247.audit.tiers.fairness import closing_ledger, fair_shares
from so247.formats.roster_json import roster_to_json
from so247.models.report import Report
from so247.models.result import Result, Share, Status, StoppedBy

LAWS = settings(settings.get_profile("laws"), max_examples=14)
SHORT = settings(settings.get_profile("laws"), max_examples=10)
TWICE = settings(settings.get_profile("laws"), max_examples=3)


def values(found: Result | Report) -> dict[str, int]:
    return {tier.name: tier.value for tier in found.tiers}


def said_and_checked(result: Result) -> Report:
    """The report of a result, after the laws that hold for every result."""
    report = result.report
    assert result.roster is not None
    assert report is not None
    # What the solver did by its own choice breaks nothing hard; what a pin breaks is named so.
    assert [each.text for each in report.hard_breaches if not each.pinned] == []
    assert values(result)["coverage"] == report.uncovered_site_minutes
    for tier in result.tiers:
        assert 0 <= tier.bound <= tier.value, tier
    proven = all(tier.proven for tier in result.tiers)
    assert (result.status is Status.OPTIMAL) == proven
    assert (result.stopped_by is StoppedBy.PROOF) == proven
    return report


@LAWS
@given(st.data())
def test_a_feasible_region_is_covered_and_its_roster_priced_as_the_check_prices_it(
    laws: Any, data: st.DataObject
) -> None:
    case = data.draw(laws.cases)
    made = laws.make(case)
    result = laws.solve(made.region, made.history)
    report = said_and_checked(result)

    # The witness covers everything, so the least that stays uncovered is nothing.
    assert values(result)["coverage"] == 0
    assert [gap.target for gap in result.roster.gaps if gap.site_minutes] == []
    assert values(report) == values(result)
    held = Case(made.region, result.roster, made.history)
    assert _table(fair_shares(held)) == _table(result.shares)
    _bounded_by_the_witness(result, check(made.region, made.witness, made.history))
    balances = {(e.physician, e.burden): e.balance for e in result.roster.closing_ledger}
    checked = {(e.physician, e.burden): e.balance for e in closing_ledger(held)}
    assert balances == checked


def _bounded_by_the_witness(result: Result, witness: Report) -> None:
    """A bound holds for rosters no worse in the tiers before: the witness, while it is as good."""
    assert witness.hard_breaches == ()
    reached = values(witness)
    for tier in result.tiers:
        assert tier.bound <= reached[tier.name], tier
        if reached[tier.name] != tier.value:
            break


def _table(shares: tuple[Share, ...]) -> set[tuple[str, str, int, int, int]]:
    return {(s.physician, s.burden, s.carried, s.fair, s.opening) for s in shares}


@SHORT
@given(st.data())
def test_where_people_are_short_the_gaps_are_counted_as_the_check_counts_them(
    laws: Any, data: st.DataObject
) -> None:
    case = data.draw(laws.short)
    made = laws.make(case)
    result = laws.solve(made.region)
    report = said_and_checked(result)
    assert report.hard_breaches == ()
    # Every gap is named with a reason; those of duties add up to what is uncovered beyond what no
    # roster could cover (the witness region has nothing of that kind: every site is agreed on).
    assert all(gap.reasons for gap in result.roster.gaps)
    assert sum(gap.site_minutes for gap in result.roster.gaps) == values(result)["coverage"]
    assert values(report) == values(result)


@TWICE
@given(st.data())
def test_the_same_call_gives_the_same_roster(laws: Any, data: st.DataObject) -> None:
    case = data.draw(laws.cases)
    made = laws.make(case)
    first = laws.solve(made.region, made.history, seed=7)
    second = laws.solve(made.region, made.history, seed=7)
    assert roster_to_json(first.roster) == roster_to_json(second.roster)
    assert first.tiers == second.tiers
