"""Shipped scenarios, solved: what can be covered is, and what cannot is the true minimum."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from so247.models.result import Result
from so247.scenarios.catalogue import load_history, load_region, locate
from so247.solver.limits import Limits
from so247.solver.solve import solve

LIMITS = Limits(seconds=4, reproducible=True)


def solved(name: str) -> Result:
    region = load_region(name)
    return solve(region, history=load_history(name, region), limits=LIMITS)


@pytest.fixture(scope="module")
def veenland() -> Result:
    return solved("veenland")


@pytest.fixture(scope="module")
def tekort() -> Result:
    return solved("tekort")


def test_veenland_is_covered_without_a_hard_breach(veenland: Result) -> None:
    assert veenland.report is not None
    assert veenland.roster is not None
    assert veenland.report.covered
    assert veenland.report.uncovered_site_minutes == 0
    assert veenland.report.hard_breaches == ()
    assert veenland.roster.gaps == ()


def test_veenland_is_priced_as_the_check_prices_it(veenland: Result) -> None:
    assert veenland.report is not None
    said = {tier.name: tier.value for tier in veenland.tiers}
    assert {tier.name: tier.value for tier in veenland.report.tiers} == said
    assert all(0 <= tier.bound <= tier.value for tier in veenland.tiers)
    # Built around a witness without gaps, so nothing and no session is missing, and that is known.
    assert [(tier.value, tier.bound) for tier in veenland.tiers[:2]] == [(0, 0), (0, 0)]


def test_veenland_names_a_contract_for_everybody(veenland: Result) -> None:
    assert veenland.roster is not None
    assert all(each.contract for each in veenland.roster.assignments)


def counted_by_hand() -> int:
    """The figure that the top of tekort's region.yaml explains."""
    text = Path(locate("tekort") / "region.yaml").read_text(encoding="utf-8")
    (found,) = re.findall(r"2 x 53 x 60 = (\d+) uncovered site-minutes", text)
    return int(found)


def test_the_gaps_of_tekort_are_the_true_minimum(tekort: Result) -> None:
    assert tekort.report is not None
    coverage = tekort.tiers[0]
    # Found, proven, checked and counted by hand: one and the same number.
    assert counted_by_hand() == 2 * 53 * 60
    assert coverage.value == coverage.bound == counted_by_hand()
    assert tekort.report.uncovered_site_minutes == counted_by_hand()
    assert not coverage.conditional


def test_the_gaps_of_tekort_are_named_with_reasons(tekort: Result) -> None:
    assert tekort.roster is not None
    assert tekort.report is not None
    assert tekort.report.hard_breaches == ()
    assert not tekort.report.covered
    gaps = [gap for gap in tekort.roster.gaps if gap.when is not None]
    assert sum(gap.site_minutes for gap in gaps) == counted_by_hand()
    # Two of the three who could are on leave, and so each gap says; the fourth lives too far away.
    for gap in gaps:
        reasons = "\n".join(gap.reasons)
        assert re.search(r"eligible\.absence.*so-02, so-03", reasons), gap
        assert re.search(r"eligible\.travel.*so-04", reasons), gap
