"""`so247 check` and `so247 export` on rosters made by so247 and by hand."""

import json

import pytest
from icalendar import Calendar

from so247.formats.roster_json import roster_from_json, roster_to_json

EMPTY = "target,physician,start,end\n"


@pytest.fixture
def made(run, covered, tmp_path):
    """A covered roster as the solver made it."""
    run("roster", covered, "--seconds", "10", "--out", tmp_path / "made")
    return tmp_path / "made" / "roster.json"


def test_what_the_solver_made_is_covered(run, covered, made) -> None:
    result = run("check", covered, made)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Hagro Dorp" in result.stdout


def test_json_is_the_report(run, covered, made) -> None:
    document = json.loads(run("check", covered, made, "--json").stdout)
    written = json.loads((made.parent / "check.json").read_text("utf-8"))
    assert document == {"exit_code": 0, **written}


def test_without_its_assignments_everything_is_uncovered(run, covered, made) -> None:
    roster = roster_from_json(made.read_bytes(), "roster.json")
    made.write_bytes(roster_to_json(roster.model_copy(update={"assignments": ()})))
    result = run("check", covered, made, "--json")
    assert result.exit_code == 6
    (site,) = json.loads(result.stdout)["sites"]
    # A week of minutes: the first line is required at every moment, and there is no backup line.
    assert (site["verdict"], site["uncovered_minutes"]) == ("uncovered", 7 * 24 * 60)


def test_export_writes_each_format_in_its_folder(run, covered, made, tmp_path) -> None:
    ics, xlsx, csv = tmp_path / "ics", tmp_path / "xlsx", tmp_path / "csv"
    result = run("export", covered, made, "--ics", ics, "--xlsx", xlsx, "--csv", csv)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(list(ics.rglob("*.ics"))) == 5
    assert (xlsx / "roster.xlsx").read_bytes()[:2] == b"PK"
    assert list(csv.glob("*.csv"))
    for file in ics.rglob("*.ics"):
        assert Calendar.from_ical(file.read_bytes())


def test_export_of_a_roster_with_gaps_is_written_and_says_so(run, covered, made, tmp_path) -> None:
    roster = roster_from_json(made.read_bytes(), "roster.json")
    made.write_bytes(roster_to_json(roster.model_copy(update={"assignments": ()})))
    result = run("export", covered, made, "--xlsx", tmp_path / "xlsx")
    assert result.exit_code == 6
    assert (tmp_path / "xlsx" / "roster.xlsx").exists()
    assert "so247 check" in result.stdout
