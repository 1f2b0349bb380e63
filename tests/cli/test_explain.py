"""`so247 explain`: from a region and a roster to reasons that a coordinator can use."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from so247.cli.exits import Guarded
from so247.cli.explain import explain


@pytest.fixture
def call():
    """The command by itself, under the guard that all commands run in."""
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)
    app.command("explain")(explain)

    @app.callback()
    def so247() -> None:
        """One command among others."""

    def run(*arguments: str | Path):
        return CliRunner().invoke(app, ["explain", *map(str, arguments)], prog_name="so247")

    return run


@pytest.fixture
def roster(run, short, tmp_path) -> Path:
    """What one SO can hold of a line around the clock, with gaps."""
    out = tmp_path / "out"
    run("roster", short, "--seconds", "3", "--out", out)
    return out / "roster.json"


def test_the_gaps_of_a_roster_and_whom_each_rule_keeps_away(call, short, roster) -> None:
    result = call(short, roster)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Unfilled duties" in result.stdout
    # Anna is the only one there is.
    assert "Anna" in result.stdout


def test_without_a_roster_one_is_sought(call, short) -> None:
    result = call(short, "--seconds", "3", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["exit_code"] == 0
    assert document["explained"]


def test_one_duty_and_one_person(call, short, roster) -> None:
    gaps = json.loads(roster.read_text("utf-8"))["gaps"]
    result = call(short, roster, "--duty", gaps[0]["target"], "--person", "Anna", "--json")
    (explained,) = json.loads(result.stdout)["explained"]
    (anna,) = explained["candidates"]
    assert anna["physician"] == "anna"
    # Nobody else is there, so she holds what touches it: rest or length is in the way.
    assert {each["rule"] for each in anna["broken"]} <= {
        "norm.rest",
        "norm.continuous",
        "norm.rolling_count",
    }
    assert anna["broken"]
    assert anna["rearranged"]["possible"] == "yes"
    shown = call(short, roster, "--duty", gaps[0]["target"], "--person", "Anna")
    assert "verschil" in shown.stdout
    assert "change" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--duty", "voorwach@2026-10-05T06:00Z"], 5, "Maybe voorwacht@2026-10-05T06:00Z"),
        (["--duty", "voorwacht@2027-10-05T06:00Z"], 5, "outside the roster's period"),
        (["--person", "ana"], 5, "Maybe anna"),
        (["--from", "2026-10-05"], 2, "--from"),
    ],
)
def test_what_cannot_be_meant(call, short, roster, arguments, code, said) -> None:
    result = call(short, roster, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.split())


def test_a_roster_of_another_region(call, covered, roster) -> None:
    text = roster.read_text("utf-8").replace('"region_id": "klein"', '"region_id": "groot"')
    roster.write_text(text, "utf-8")
    result = call(covered, roster)
    assert result.exit_code == 5
    assert "groot" in result.stderr
