"""The benchmarks' judgement: what counts as worse."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BEFORE = {"gaps": 2, "hard_breaches": 0, "rows": 100, "fairness_value": 50, "fairness_bound": 40}


@pytest.fixture
def worse(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.compare import worse

    return worse


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"gaps": 3}, "gaps is 3, was 2"),
        ({"hard_breaches": 1}, "hard_breaches is 1, was 0"),
        # Two in a hundred is allowed, three is more than 2 %.
        ({"rows": 103}, "rows is 103, was 100"),
        # A value below its bound: one of the two is wrong, even when nothing else changed.
        ({"fairness_value": 39}, "fairness_value is 39, below its bound 40"),
    ],
)
def test_what_is_worse_is_named(worse, change, named) -> None:
    assert worse(BEFORE, BEFORE | change) == [named]


@pytest.mark.parametrize("change", [{}, {"gaps": 0}, {"rows": 102}, {"fairness_value": 60}])
def test_the_same_and_better_are_fine(worse, change) -> None:
    assert worse(BEFORE, BEFORE | change) == []


def test_what_is_no_longer_measured_is_worse(worse) -> None:
    after = {name: count for name, count in BEFORE.items() if name != "gaps"}
    assert worse(BEFORE, after) == ["gaps is not measured any more"]


def test_without_committed_counts_nothing_passes(worse) -> None:
    assert worse(None, {"gaps": 0}) == ["nothing is committed to compare with"]
