"""The reproducible profile is tried in every scenario, with sets mixed in two ways."""

from benchmarks.measure import profiles
from benchmarks.measure.cases import registry
from benchmarks.measure.plan import Choice, wanted
from benchmarks.report import targets_ours
from benchmarks.report.chosen import Chosen

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
    rows = targets_ours.profiles(Chosen("r1", {}, ())).rows
    assert {each.what for each in rows} >= set(shipped.MAKERS)
