"""`so247 robust`: what it tells, and the exit code that says who can be missed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from so247.cli.exits import Guarded
from so247.cli.robust import robust

Command = Callable[..., Result]


@pytest.fixture
def command() -> Command:
    """The command alone, with the guard that turns errors into sentences."""
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)
    app.command()(robust)

    @app.callback()
    def so247() -> None:
        """With one command more it would be a group, so this is one."""

    def call(*arguments: str | Path) -> Result:
        runner = CliRunner(env={"COLUMNS": "600"})
        return runner.invoke(app, ["robust", *(str(each) for each in arguments)])

    return call


@pytest.fixture
def rostered(run: Command, covered: Path, tmp_path: Path) -> Path:
    """Three people, who do it in turns."""
    made = run("roster", covered, "--out", tmp_path / "out", "--reproducible", "--seconds", "2")
    assert made.exit_code == 0
    return tmp_path / "out" / "roster.json"


def test_a_day_away_leaves_two_who_can_take_turns(
    command: Command, covered: Path, rostered: Path
) -> None:
    found = command(covered, rostered, "--absence-days", "1", "--json")
    told = json.loads(found.stdout)
    # Three people and seven days. Who cannot be missed follows from the cases alone.
    assert told["tried"] == 3 * 7
    failed = {
        each
        for case in told["cases"]
        if case["survival"] == "failed"
        for each in case["physicians"]
    }
    assert set(told["indispensable"]) == failed
    assert told["exit_code"] == found.exit_code == (6 if failed else 0)


def test_who_is_left_alone_cannot_go_on(command: Command, covered: Path, rostered: Path) -> None:
    found = command(covered, rostered, "--pairs")
    # Nobody may be on call for more than 24 hours on end, so one person cannot do a week.
    assert found.exit_code == 6
    assert "Onmisbaar" in found.stdout
    for name in ("Anna", "Bram", "Cas"):
        assert name in found.stdout
    for words in ("zonder Anna en Bram", "without Anna and Bram"):
        assert words in found.stdout
    told = json.loads(command(covered, rostered, "--pairs", "--json").stdout)
    assert (told["absent"], told["tried"], told["exit_code"]) == (2, 3 * 7, 6)


def test_a_search_that_is_cut_short_settles_nothing(
    command: Command, covered: Path, rostered: Path
) -> None:
    found = command(covered, rostered, "--seconds", "0.000001")
    assert found.exit_code == 4
    assert "niet uitgezocht binnen de tijd / not settled within the time" in found.stdout


def test_whoever_drops_out_of_an_empty_roster_is_not_missed(
    command: Command, covered: Path, rostered: Path
) -> None:
    roster = json.loads(rostered.read_text())
    rostered.write_text(json.dumps({**roster, "assignments": []}))
    found = command(covered, rostered)
    assert found.exit_code == 0
    assert "100 %" in found.stdout
    assert "Onmisbaar" not in found.stdout


def test_a_roster_in_parts_is_refused_with_what_is_wrong(
    command: Command, covered: Path, rostered: Path
) -> None:
    roster = json.loads(rostered.read_text())
    first = next(e for e in roster["assignments"] if e["when"]["start"] > "2026-10-05T05")
    end = first["when"]["start"].replace(":00:00Z", ":30:00Z")
    first["when"]["end"] = end
    rostered.write_text(json.dumps(roster))
    found = command(covered, rostered)
    assert found.exit_code == 5
    assert "in part" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_length_of_no_days_is_no_absence(command: Command, covered: Path, rostered: Path) -> None:
    assert command(covered, rostered, "--absence-days", "0").exit_code == 2
