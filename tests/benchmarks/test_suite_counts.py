"""The benchmarks' judgement: what counts as worse."""

from dataclasses import replace

import pytest
from benchmarks.counts import counted, failures, judged, violated, worse
from benchmarks.measure.results import Record

BEFORE = {
    "gaps": 2,
    "hard_breaches": 0,
    "rows": 100,
    "met": 3,
    "pairs_value": 50,
    "pairs_bound": 40,
}


def record(**more) -> Record:
    return Record(
        revision="r1",
        dirty=False,
        at="2026-01-01T00:00:00+00:00",
        case="veenland",
        seconds=2.0,
        seed=1,
        **{"subject": "search", "competitor": "ours", "outcome": "finished", **more},
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"gaps": 3}, "gaps is 3, was 2"),
        ({"hard_breaches": 1}, "hard_breaches is 1, was 0"),
        # Two in a hundred is allowed, three is more than 2 %.
        ({"rows": 103}, "rows is 103, was 100"),
        # One precondition fewer is met: that count may not go down.
        ({"met": 2}, "met is 2, was 3"),
        # A value below its bound: one of the two is wrong, even when nothing else changed.
        ({"pairs_value": 39}, "pairs_value is 39, below its bound 40"),
    ],
)
def test_what_is_worse_is_named(change, named) -> None:
    assert worse(BEFORE, BEFORE | change) == [named]


@pytest.mark.parametrize(
    "change", [{}, {"gaps": 0}, {"rows": 102}, {"met": 4}, {"pairs_value": 60}]
)
def test_the_same_and_better_are_fine(change) -> None:
    assert worse(BEFORE, BEFORE | change) == []


def test_what_is_no_longer_measured_is_worse() -> None:
    after = {name: count for name, count in BEFORE.items() if name != "gaps"}
    assert worse(BEFORE, after) == ["gaps is not measured any more"]
    assert judged({"veenland": {"roster": BEFORE}}, {}) == [
        "veenland, roster: is not measured any more"
    ]


def test_a_competitor_that_is_not_installed_is_not_missed() -> None:
    committed = {"veenland": {"search timefold": {"rules_broken": 0}}}
    assert judged(committed, {"veenland": {}}) == []


def test_a_new_competitor_needs_no_earlier_counts_but_may_break_nothing() -> None:
    assert judged({}, {"veenland": {"search new": {"rules_broken": 0}}}) == []
    assert judged({}, {"veenland": {"search new": {"rules_broken": 2}}}) == [
        "veenland, search new: rules_broken is 2, was 0"
    ]


def test_without_committed_counts_nothing_passes() -> None:
    assert worse(None, {"gaps": 0}) == ["nothing is committed to compare with"]


def test_a_bound_is_violated_by_whoever_is_below_it_with_equal_tiers_before() -> None:
    mine = record(values=(5, 20), bounds=(5, 15))
    # 14 is below 15, and the first tier is as good as mine.
    assert violated(mine, record(competitor="other", values=(5, 14))) == 1
    # The bound 15 was proven for rosters with a first tier of at most 5; 6 says nothing about it.
    assert violated(mine, record(competitor="other", values=(6, 14))) == 0
    # Below the bound of the first tier itself.
    assert violated(mine, record(competitor="other", values=(4, 20))) == 1
    assert violated(replace(mine, bounds=None), mine) == 0


def test_a_search_is_judged_by_what_it_breaks_and_never_by_its_cost() -> None:
    mine = record(values=(5,), bounds=(5,), counts={"gaps": 7, "hard_breaches": 0})
    other = record(competitor="greedy", values=(4,), broken=("rest",))
    assert counted([mine, other]) == {
        "veenland": {
            "search ours": {"rules_broken": 0, "bounds_violated": 1, "hard_breaches": 0},
            "search greedy": {"rules_broken": 1, "bounds_violated": 0},
        }
    }


def test_what_crashed_is_a_failure_and_what_is_not_installed_is_none() -> None:
    crashed = record(outcome="crashed", note="MemoryError")
    absent = record(outcome="unavailable", note="no Java", competitor="timefold")
    assert failures([record(), crashed, absent]) == ["veenland, search ours: crashed: MemoryError"]
