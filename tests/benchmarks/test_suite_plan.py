"""What a size asks for."""

import pytest
from benchmarks.measure.cases import case, registry
from benchmarks.measure.plan import SIZES, Choice, wanted
from benchmarks.measure.subjects import SUBJECTS

from so247.models.errors import InputError, NotFound

KNOWN = registry(None)


def test_every_subject_of_a_size_is_known_and_has_a_case() -> None:
    for size in SIZES.values():
        for subject, patterns in size.cases.items():
            assert subject in SUBJECTS
            public = all(pattern.startswith(("staffing/", "duty/")) for pattern in patterns)
            found = [each for each in _all(size) if each.subject == subject]
            assert found or public, subject


def _all(size):
    name = next(name for name, each in SIZES.items() if each is size)
    return wanted(Choice(name), KNOWN)


def test_competitors_run_in_turn_and_another_is_first_for_every_seed() -> None:
    found = wanted(
        Choice("full", ("search",), ("veenland",), ("a", "b", "c"), (1, 2, 3, 4), 9.0), KNOWN
    )
    assert {each.seconds for each in found} == {9.0}
    order = [[each.competitor for each in found if each.seed == seed] for seed in (1, 2, 3, 4)]
    assert order == [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["a", "b", "c"]]


def test_patterns_choose_cases() -> None:
    found = wanted(Choice("full", ("build",), ("curve/10x*", "veenland")), KNOWN)
    names = {each.case for each in found}
    assert "veenland" in names
    assert {name for name in names if name != "veenland"} == {
        name for name in KNOWN if name.startswith("curve/10x")
    }


def test_nothing_that_fits_says_what_there_is() -> None:
    with pytest.raises(InputError, match=r"nothing to measure fits \(found rosters\)"):
        wanted(Choice("smoke", ("rosters",)), KNOWN)


def test_public_instances_are_found_in_a_folder_wherever_they_lie(tmp_path) -> None:
    for name in ("deep/down/Instance3.txt", "deep/down/Instance21.txt", "x/set/month/equal.cdat"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    names = [name for name in registry(tmp_path) if name not in KNOWN]
    # Instance 3 before 21: by number.
    assert names == ["staffing/Instance3", "staffing/Instance21", "duty/set/month/equal"]


def test_without_a_list_of_best_known_costs_there_is_none(tmp_path) -> None:
    (tmp_path / "Instance3.txt").write_text("", encoding="utf-8")
    assert registry(tmp_path)["staffing/Instance3"].best is None
    (tmp_path / "bks.csv").write_text("instance,lb,ub\nInstance3,,1001\n", encoding="utf-8")
    assert registry(tmp_path)["staffing/Instance3"].best == 1001


def test_a_folder_that_is_none_is_refused(tmp_path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        registry(tmp_path / "none")


def test_an_unknown_case_is_refused() -> None:
    with pytest.raises(NotFound, match="staffing/Instance1: no such case"):
        case("staffing/Instance1", None)
