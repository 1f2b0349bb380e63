"""Bad input: exit code 5, every problem on a line of its own, and nothing written."""

from pathlib import Path

import pytest


def test_every_problem_is_reported_with_its_file_and_line(run, covered, tmp_path) -> None:
    # The header is line 1. Bram stands on line 3 of both tables, Cas on line 4.
    people, contracts = covered / "physicians.csv", covered / "contracts.csv"
    people.write_text(
        people.read_text("utf-8").replace(
            "bram,Bram,elderly_care_physician,pool", "bram,Bram,dokter,pool"
        ),
        "utf-8",
    )
    contracts.write_text(
        contracts.read_text("utf-8")
        .replace("c-bram,bram,zorggroep,0.8", "c-bram,bram,zorggroep,veel")
        .replace("c-cas,cas,zorggroep", "c-cas,kas,zorggroep"),
        "utf-8",
    )
    result = run("roster", covered, "--out", tmp_path / "out")
    assert result.exit_code == 5
    assert (result.stdout, (tmp_path / "out").exists()) == ("", False)
    *problems, count = result.stderr.splitlines()
    assert count == "3 problems found; nothing was written."
    assert len(problems) == 3
    for place, value in (
        ("physicians.csv:3:", "dokter"),
        ("contracts.csv:3:", "veel"),
        ("contracts.csv:4:", "kas"),
    ):
        assert [line for line in problems if line.startswith(place) and value in line], place


def test_a_region_that_is_nowhere(run) -> None:
    result = run("roster", "atlantis")
    assert result.exit_code == 5
    assert "atlantis" in result.stderr
    assert result.stdout == ""


def test_a_roster_that_is_nowhere(run, covered) -> None:
    result = run("check", covered, covered / "geen.json")
    assert result.exit_code == 5
    assert "geen.json" in result.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.json", b"{"),
        ("r.json", b"[]"),
        ("r.json", b"\xff\xfe\x00"),
        ("r.json", b""),
        ("r.csv", b"\xff\xfe\x00\xd8"),
        ("r.xlsx", b"this is no workbook"),
        ("r.txt", b"target,physician"),
    ],
)
def test_a_file_that_is_no_roster(run, covered, tmp_path, name, content) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = run("check", covered, file)
    assert result.exit_code == 5
    assert name in result.stderr


def test_out_is_a_file(run, covered, tmp_path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    for folder in (out, out / "below"):
        result = run("roster", covered, "--out", folder)
        assert result.exit_code == 5
        assert str(out) in result.stderr
    assert out.read_text() == "mine"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no folder that refuses everybody")
def test_out_that_refuses_is_known_before_the_search(run, covered, monkeypatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("searched, although the result could not be written")

    monkeypatch.setattr("so247.solver.solve.solve", never)
    result = run("roster", covered, "--out", "/proc/out")
    assert result.exit_code == 5
    assert "/proc" in result.stderr


def test_a_roster_in_out_that_cannot_be_read_is_not_overwritten(run, covered, tmp_path) -> None:
    file = tmp_path / "out" / "roster.json"
    file.parent.mkdir()
    file.write_text("{ half")
    result = run("roster", covered, "--out", file.parent)
    assert result.exit_code == 5
    assert str(file) in result.stderr
    assert file.read_text() == "{ half"


def test_control_characters_do_not_reach_the_terminal(run) -> None:
    # ESC ] 0 ; would set the title of the window.
    result = run("roster", "\x1b]0;gotcha\x07")
    assert result.exit_code == 5
    assert "\x1b" not in result.stderr
