"""`so247 roster`: what it prints, what it writes, and when it says 0 or 6."""

import json
from pathlib import Path

import pytest

from so247.formats.region_folder import read_region, write_region
from so247.formats.roster_json import roster_from_json
from so247.models.result import Result, Status, StoppedBy


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_covered_region_is_written_and_explained(run, covered, tmp_path) -> None:
    out = tmp_path / "out"
    result = run("roster", covered, "--seconds", "10", "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    files = files_in(out)
    assert {"roster.json", "check.json", "roster.xlsx"} < set(files)
    calendars = {name for name in files if name.startswith("calendars/")}
    assert calendars == set(files) - {"roster.json", "check.json", "roster.xlsx"}
    # One for each of three people, one for the GP group, one for the region.
    assert len(calendars) == 5
    assert all(name.endswith(".ics") for name in calendars)
    for word in ("Hagro Dorp", "covered", "Anna", "Bram", "Cas"):
        assert word in result.stdout


def test_without_out_nothing_is_written(run, covered, tmp_path, monkeypatch) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    before = files_in(covered)
    assert run("roster", covered, "--seconds", "5").exit_code == 0
    assert files_in(empty) == {}
    assert files_in(covered) == before


def test_one_person_cannot_do_it_and_the_gaps_are_named(run, short, tmp_path) -> None:
    out = tmp_path / "out"
    result = run("roster", short, "--seconds", "10", "--out", out)
    assert result.exit_code == 6
    assert "uncovered" in result.stdout
    roster = roster_from_json((out / "roster.json").read_bytes(), "roster.json")
    assert roster.gaps
    assert all(gap.reasons for gap in roster.gaps)


def test_unknown_travel_is_not_success(run, covered) -> None:
    # Without travel times nobody can be shown to be there within the hour.
    region = read_region(covered).model_copy(update={"travel_times": ()})
    for file in covered.glob("travel*.csv"):
        file.unlink()
    write_region(region, covered)
    result = run("roster", covered, "--seconds", "5")
    assert result.exit_code == 6
    assert "unknown" in result.stdout


def test_json_is_one_object_and_nothing_else(run, covered, tmp_path) -> None:
    out = tmp_path / "out"
    result = run("roster", covered, "--seconds", "5", "--json", "--out", out)
    document = json.loads(result.stdout)
    assert result.stderr == ""
    assert document["exit_code"] == result.exit_code == 0
    assert document["roster"] == json.loads((out / "roster.json").read_text("utf-8"))
    assert document["report"] == json.loads((out / "check.json").read_text("utf-8"))
    assert all(Path(name).is_file() for name in document["written"])
    assert document["tiers"][0]["name"] == "coverage"


def test_json_of_a_region_that_cannot_be_covered(run, short) -> None:
    result = run("roster", short, "--seconds", "5", "--json")
    assert result.exit_code == 6
    assert json.loads(result.stdout)["exit_code"] == 6


def test_the_roster_in_out_is_the_previous_revision(run, covered, tmp_path) -> None:
    out = tmp_path / "out"
    run("roster", covered, "--seconds", "5", "--out", out)
    (out / "calendars" / "left.ics").write_text("of somebody who left")
    first = roster_from_json((out / "roster.json").read_bytes(), "roster.json").assignments[0]
    other = "anna" if first.physician != "anna" else "bram"
    # Something must change, or the revision stays what it was.
    (covered / "pins.csv").write_text(f"target,physician\n{first.target},{other}\n")
    run("roster", covered, "--seconds", "5", "--out", out)
    again = roster_from_json((out / "roster.json").read_bytes(), "roster.json")
    assert again.revision == 2
    assert not (out / "calendars" / "left.ics").exists()


def test_a_roster_of_another_period_is_no_previous_revision(run, covered, tmp_path) -> None:
    out = tmp_path / "out"
    run("roster", covered, "--seconds", "5", "--out", out)
    run("roster", covered, "--from", "2026-10-12", "--seconds", "5", "--out", out)
    again = roster_from_json((out / "roster.json").read_bytes(), "roster.json")
    assert again.revision == 1
    assert again.period.start.isoformat() == "2026-10-11T22:00:00+00:00"


def test_reproducible_gives_the_same_bytes(run, covered, tmp_path) -> None:
    for name in ("first", "second"):
        run("roster", covered, "--reproducible", "--seconds", "5", "--out", tmp_path / name)
    assert files_in(tmp_path / "first") == files_in(tmp_path / "second")


def test_weeks_and_history_reach_the_roster(run, covered, tmp_path) -> None:
    # The folder that the first week was written to is what the second week looks back into.
    run("roster", covered, "--seconds", "5", "--out", tmp_path / "first")
    result = run(
        *("roster", covered, "--from", "2026-10-12", "--weeks", "2", "--seconds", "10"),
        *("--history", tmp_path / "first", "--json"),
    )
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["roster"]["opening_ledger"]
    assert document["roster"]["period"] == {
        "start": "2026-10-11T22:00:00Z",
        # Summer time ends on 25 October 2026: the second Monday begins an hour later in UTC.
        "end": "2026-10-25T23:00:00Z",
    }


@pytest.mark.parametrize("folder", ["nowhere", "people.csv"])
def test_history_that_is_no_folder(run, covered, folder) -> None:
    result = run("roster", covered, "--history", covered / folder)
    assert result.exit_code == 5
    assert folder in result.stderr


def test_the_gaps_of_tekort_are_as_few_as_can_be(run) -> None:
    result = run("roster", "tekort", "--seconds", "20", "--json")
    assert result.exit_code == 6
    document = json.loads(result.stdout)
    uncovered = sum(
        site["uncovered_minutes"] + site["uncovered_general_minutes"]
        for site in document["report"]["sites"]
    )
    coverage = document["tiers"][0]
    assert uncovered == coverage["value"] == coverage["bound"] > 0


@pytest.mark.parametrize(
    ("status", "stopped_by", "code", "said"),
    [
        (Status.INFEASIBLE, StoppedBy.PROOF, 3, "No roster exists"),
        (Status.UNKNOWN, StoppedBy.TIME, 4, "--seconds"),
        (Status.UNKNOWN, StoppedBy.CANCEL, 130, "Stopped before"),
    ],
)
def test_without_a_roster_nothing_is_written_and_a_sentence_says_why(
    run, covered, tmp_path, monkeypatch, status, stopped_by, code, said
) -> None:
    nothing = Result(status=status, stopped_by=stopped_by)
    monkeypatch.setattr("so247.solver.solve.solve", lambda *_, **__: nothing)
    result = run("roster", covered, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert not (tmp_path / "out").exists()
    document = json.loads(run("roster", covered, "--json").stdout)
    assert (document["exit_code"], document["roster"]) == (code, None)
