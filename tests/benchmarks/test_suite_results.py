"""Results as lines, and what makes one a repetition."""

import subprocess
from dataclasses import replace

import pytest
from benchmarks.measure import environment
from benchmarks.measure.results import Record, append, gap, read

RECORD = Record(
    revision="r1",
    dirty=False,
    at="2026-01-01T00:00:00+00:00",
    subject="search",
    case="staffing/Instance1",
    competitor="ours",
    seconds=120.0,
    seed=1,
    outcome="finished",
    values=(612, 0),
    bounds=(600, 0),
    curve=((0.5, (700, 0)), (3.0, (612, 0))),
    best=600,
)


def test_a_record_comes_back_as_it_was(tmp_path) -> None:
    file = tmp_path / "new" / "results.jsonl"
    second = replace(RECORD, seed=2, broken=("rest",), counts={"gaps": 1})
    append(file, RECORD)
    append(file, second)
    assert read([file]) == ([RECORD, second], [])


def test_a_torn_line_is_left_out_named_and_not_written_on(tmp_path) -> None:
    file = tmp_path / "results.jsonl"
    append(file, RECORD)
    with file.open("a", encoding="utf-8") as handle:
        handle.write('{"revision":"r1","sub')  # the machine went down here
    append(file, replace(RECORD, seed=2))
    found, problems = read([file])
    assert [each.seed for each in found] == [1, 2]
    assert len(problems) == 1
    assert "results.jsonl, line 2" in problems[0]


@pytest.mark.parametrize("change", [{"note": "x"}, {"cpu": 9.0}, {"at": "later"}])
def test_what_was_found_does_not_make_another_measurement(change) -> None:
    assert replace(RECORD, **change).key == RECORD.key


@pytest.mark.parametrize(
    "change",
    [{"revision": "r2"}, {"case": "x"}, {"seconds": 1.0}, {"seed": 2}, {"competitor": "x"}],
)
def test_code_case_budget_seed_and_competitor_do(change) -> None:
    assert replace(RECORD, **change).key != RECORD.key


def test_a_gap_is_a_share_of_the_best_known() -> None:
    assert RECORD.gap == pytest.approx(0.02)  # 612 is 12 above 600
    assert gap(3.0, 0.0) == 3.0  # there is no share of nothing
    assert gap(None, 600) is None
    assert gap(612, None) is None


def test_costs_are_told_in_the_published_unit() -> None:
    duty = replace(RECORD, values=(5_002_651_000,), best=5002.651, scale=10**6)
    assert duty.cost == 5002.651
    assert duty.gap == 0


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A repository with one measured file and one that is not."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)

    def git(*arguments: str) -> None:
        named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *named, *arguments], cwd=tmp_path, check=True, capture_output=True)

    (tmp_path / "solver").mkdir()
    (tmp_path / "solver" / "a.py").write_text("1", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    return tmp_path, git


def test_only_commits_of_what_is_measured_are_another_revision(clone) -> None:
    folder, git = clone
    first, dirty = environment.revision()
    assert not dirty
    (folder / "results.jsonl").write_text("{}", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "results")
    assert environment.revision() == (first, False)
    (folder / "solver" / "a.py").write_text("2", encoding="utf-8")
    git("commit", "-qam", "code")
    assert environment.revision()[0] != first


def test_changed_code_never_passes_for_the_commit_nor_for_another_change(clone) -> None:
    folder, _ = clone
    clean, _ = environment.revision()
    seen = {clean}
    for name, text in (("a.py", "2"), ("a.py", "3"), ("new.py", "1"), ("new.py", "2")):
        (folder / "solver" / name).write_text(text, encoding="utf-8")
        revision, dirty = environment.revision()
        assert dirty
        assert revision.startswith(f"{clean}+")
        assert revision not in seen
        seen.add(revision)


def test_without_a_clone_the_revision_is_unknown(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    assert environment.revision() == ("unknown", True)
