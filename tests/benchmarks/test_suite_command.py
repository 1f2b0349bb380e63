"""``python -m benchmarks`` as somebody uses it."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from benchmarks import counts
from benchmarks.command import main
from benchmarks.measure import environment
from benchmarks.measure.results import read
from benchmarks.measure.subjects import SUBJECTS

ROOT = Path(__file__).parents[2]
FAKE = """
from benchmarks.peers.answer import Answer

NAME = "still"

def available():
    return None

def run(problem, seconds, seed, seen):
    return Answer((0,) * len(problem.options), None, "did nothing")
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command that measures a competitor of our own, with further arguments."""
    package = tmp_path / "suite_command_fakes"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "still.py").write_text(textwrap.dedent(FAKE), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    # Whoever works on the code while the tests run does not make it another revision.
    monkeypatch.setattr(environment, "revision", lambda: ("r1", False))
    file = tmp_path / "results.jsonl"
    asked = ["run", "--subjects", "search", "--peers", "suite_command_fakes.still"]
    return lambda *more: (main([*asked, "--results", str(file), *more]), file)


def test_what_is_measured_is_written_down_and_not_measured_again(run, capsys) -> None:
    code, file = run("--seeds", "1")
    assert code == 0
    records, problems = read([file])
    assert ([each.seed for each in records], problems) == ([1], [])
    only = records[0]
    assert (only.outcome, only.note) == ("finished", "did nothing")
    assert only.values is not None
    assert only.machine["cores"] >= 1
    run("--seeds", "1,2")
    assert [each.seed for each in read([file])[0]] == [1, 2]
    assert "already there" in capsys.readouterr().err


def test_listing_measures_nothing(run, capsys) -> None:
    code, file = run("--list")
    assert code == 0
    assert not file.exists()
    assert "search veenland suite_command_fakes.still 2s seed 1" in capsys.readouterr().out


def test_counts_are_accepted_and_then_judged(run, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(counts, "COMMITTED", tmp_path / "smoke.json")
    _, file = run()
    assert main(["compare", str(file), "--accept"]) == 0
    assert main(["compare", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    row = json.loads(text)
    row["counts"]["hard_breaches"] += 1
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["compare", str(file)]) == 1
    assert "hard_breaches is 1, was 0" in capsys.readouterr().err


def test_a_crash_is_not_accepted(run, tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(counts, "COMMITTED", tmp_path / "smoke.json")
    _, file = run("--peers", "suite_command_fakes.missing")
    assert main(["compare", str(file), "--accept"]) == 1
    assert "crashed: ModuleNotFoundError" in capsys.readouterr().err
    assert not (tmp_path / "smoke.json").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["run", "--subjects", "rooster"], "nothing to measure fits"),
        (["compare", "{file}", "--revisions", "a,b"], "no results of this revision (found a)"),
        (["compare", "{file}", "--revisions", "a"], "two revisions are compared (found a)"),
        (["report", "{file}"], "there are no results"),
    ],
)
def test_what_cannot_be_done_is_said_and_how_it_could(asked, said, tmp_path, capsys) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text("", encoding="utf-8")
    assert main([each.format(file=file) for each in asked]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Maybe" in error


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["measure"],
        ["run", "--seconds", "0"],
        ["run", "--seconds", "soon"],
        ["run", "--seeds", "1,b"],
        ["run", "--data", "nowhere"],
        ["run", "--size", "huge"],
    ],
)
def test_a_command_that_is_none_shows_how_it_is_used(asked, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert "usage: python -m benchmarks" in capsys.readouterr().err


def test_nobody_needs_to_read_to_the_end() -> None:
    asked = [sys.executable, "-m", "benchmarks", "run", "--list"]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run_:
        run_.stdout.close()
        assert run_.stderr.read() == b""
    assert run_.returncode == 141


def test_the_help_sets_names_apart_from_what_they_are(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    lines = capsys.readouterr().out.splitlines()
    for name, each in SUBJECTS.items():
        assert any(line.split() == [name, *each.about.split()] for line in lines), name
