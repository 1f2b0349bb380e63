"""Papers are complete: with a roster for it a fictional facility is coverable, or lacks what it
should lack."""

from __future__ import annotations

import pytest

from so247.audit.assess import Assessment, assess
from so247.models.clock import period
from so247.models.evidence import RuleSet
from so247.models.proof import Status, Verdict
from so247.scenarios import opening
from so247.scenarios.broken import feasible
from so247.scenarios.generator import Generated, changed
from so247.scenarios.shipped import MAKERS, RIJNSTREEK


@pytest.fixture(scope="module")
def rijnstreek() -> Generated:
    return MAKERS["rijnstreek"]()


def assessed(made: Generated, site: str, rule_set: RuleSet = RuleSet.LEIDRAAD_2018) -> Assessment:
    """By the roster that the region was built around."""
    settings = made.region.settings.model_copy(update={"rule_set": rule_set})
    region = changed(made.region, {"settings": settings})
    assert made.witness is not None
    roster = made.witness.model_copy(update={"region_hash": ""})
    span = period(RIJNSTREEK.start, RIJNSTREEK.weeks)
    return assess(region, site, span, roster, made.history, witness=True)


def failing(found: Assessment) -> set[tuple[str, Status]]:
    judged = (*found.preconditions, *found.checks)
    return {(each.key, each.status) for each in judged if each.status is not Status.MET}


@pytest.mark.parametrize("rule_set", RuleSet)
def test_the_facility_about_to_open_is_coverable_under_every_rule_set(
    rijnstreek: Generated, rule_set: RuleSet
) -> None:
    found = assessed(rijnstreek, opening.SITE, rule_set)
    assert (found.verdict, failing(found)) == (Verdict.COVERABLE, set())
    # The roster's last day; every document holds longer.
    assert found.until is not None
    assert found.until.isoformat() == "2027-02-28"


@pytest.mark.parametrize(
    ("site", "verdict", "lacking"),
    [
        (opening.COMPLETE, Verdict.COVERABLE, set()),
        (opening.EXPIRING, Verdict.NOT_YET, {("4", Status.EXPIRED)}),
        (opening.UNSIGNED, Verdict.UNKNOWN, {("1", Status.UNKNOWN)}),
        (opening.LACKING, Verdict.NOT_YET, {("8", Status.NOT_MET)}),
    ],
)
def test_the_others_lack_what_the_readme_says(
    rijnstreek: Generated, site: str, verdict: Verdict, lacking: set[tuple[str, Status]]
) -> None:
    found = assessed(rijnstreek, site)
    assert (found.verdict, failing(found)) == (verdict, lacking)


@pytest.mark.parametrize("seed", range(6))
def test_small_regions_are_coverable(seed: int) -> None:
    made = feasible(seed)
    span = period(made.start, made.weeks)
    found = assess(made.region, made.site, span, made.witness, witness=True)
    assert (found.verdict, failing(found)) == (Verdict.COVERABLE, set())
