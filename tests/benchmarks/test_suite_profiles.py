"""The reproducible profile is tried in every scenario, with sets mixed in two ways."""

from dataclasses import replace

import pytest
from benchmarks.measure import profiles
from benchmarks.measure.cases import case, registry
from benchmarks.measure.plan import Choice, wanted
from benchmarks.measure.results import Record
from benchmarks.measure.setting import Setting
from benchmarks.report import targets_ours
from benchmarks.report.chosen import Chosen, choose

from so247.models.result import TIERS
from so247.scenarios import shipped

KNOWN = registry(None)


def test_two_processes_mix_sets_differently_whatever_the_shell_says(monkeypatch) -> None:
    # With one hash seed for all, words lie in sets in one order, and nothing would be shown.
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    found = {profiles.apart(mixing, hash, "a word") for mixing in profiles.HASHING}
    assert len(found) == 2


def test_every_scenario_is_tried_and_reported() -> None:
    tried = {each.case for each in wanted(Choice("full", ("reproducible",)), KNOWN)}
    assert tried >= set(shipped.MAKERS)
    rows = targets_ours.profiles(Chosen("r1", {})).rows
    assert {each.what for each in rows} >= set(shipped.MAKERS)


@pytest.mark.parametrize(("took", "budget"), [(2.0, 30.0), (45.0, 45.0)])
def test_the_fast_profile_has_no_less_than_the_budget(monkeypatch, took, budget) -> None:
    # On a proof after two seconds the budget was still thirty, and time was shared out by that.
    given = []

    def apart(_mixing, _work, _name, seconds, _seed, reproducible):
        given.append((seconds, reproducible))
        return "digest", {}, took

    monkeypatch.setattr(profiles, "apart", apart)
    profiles.reproducible(lambda *_: None, case("tekort", None), Setting(30.0))
    assert given == [(30.0, True), (30.0, True), (budget, False)]


def tried(seed: int, fairness: int, outcome: str = "finished") -> Record:
    values = {f"{tier}_{kind}": 0 for tier in TIERS for kind in ("value", "fast")}
    return Record(
        revision="r1",
        dirty=False,
        at="2026-01-01T00:00:00+00:00",
        subject="reproducible",
        case="tekort",
        competitor="ours",
        seconds=30.0,
        seed=seed,
        outcome=outcome,
        note="out of memory",
        counts={**values, "fairness_value": fairness, "runs_that_differ": 0},
        times={"cold": 3.0, "fast": 4.0},
    )


def test_the_middle_roster_of_the_seeds_is_shown() -> None:
    found = choose([tried(1, 9), tried(2, 5), tried(3, 7)])
    row = {each.what: each for each in targets_ours.profiles(found).rows}["tekort"]
    assert row.holds
    assert row.measured.startswith("identical; tiers 0/0/0/0/7/0/0, fast profile 0/0/0/0/0/0/0")


def test_a_run_that_failed_is_not_identical() -> None:
    found = choose([tried(1, 9), tried(2, 5, "crashed")])
    row = {each.what: each for each in targets_ours.profiles(found).rows}["tekort"]
    assert (row.holds, row.measured) == (False, "crashed: out of memory")
    country = choose([replace(tried(1, 9, "killed"), subject="national", case="country/31x26")])
    all_regions = targets_ours.country(country).rows[0]
    assert (all_regions.holds, all_regions.measured) == (False, "killed: out of memory")
