"""CSV files, read back with the csv module."""

import csv
import io
from pathlib import Path

import pytest

from so247.formats.csv_export import to_csv
from so247.formats.roster_table import read_roster
from so247.models.errors import RosterError
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Roster


@pytest.fixture(scope="module")
def files(region: Region, roster: Roster, report: Report, result: Result) -> dict[str, bytes]:
    return to_csv(region, roster, report, result)


def _rows(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_files(files: dict[str, bytes], region: Region, roster: Roster, report: Report) -> None:
    assert set(files) == {
        "assignments.csv",
        "coverage.csv",
        "coverage_gaps.csv",
        "findings.csv",
        "fairness.csv",
        "missing_sessions.csv",
        "tiers.csv",
    }
    assert set(files) - set(to_csv(region, roster, report)) == {"fairness.csv"}


def test_dutch_excel_opens_them(files: dict[str, bytes]) -> None:
    for content in files.values():
        assert content.startswith(b"\xef\xbb\xbf")
        header = content.split(b"\r\n")[0]
        assert b";" in header
        assert b"," not in header


def test_no_cell_of_text_is_taken_for_a_formula(files: dict[str, bytes], region: Region) -> None:
    for content in files.values():
        for row in _rows(content):
            for key, cell in row.items():
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                    # What is left are numbers below zero.
                    assert key in ("opening", "closing")
                    assert float(cell.replace(",", ".")) < 0
    names = {row["name"] for row in _rows(files["assignments.csv"])}
    for person in region.physicians:
        escaped = f"'{person.name}" if person.name[0] in "=+-@" else person.name
        assert escaped in names
    reasons = {row["reasons"] for row in _rows(files["coverage_gaps.csv"])}
    assert "'-afwezig; zie verlof" in reasons


def test_instants_stand_in_local_time_with_offset_and_in_utc(files: dict[str, bytes]) -> None:
    by_target = {row["target"]: row for row in _rows(files["assignments.csv"])}
    night = by_target["anw@2026-10-24T22:00Z"]
    assert (night["start"], night["start_utc"]) == ("2026-10-25T00:00+02:00", "2026-10-24T22:00Z")
    assert (night["end"], night["end_utc"]) == ("2026-10-25T09:00+01:00", "2026-10-25T08:00Z")
    assert night["minutes"] == "600"


def test_all_standing_assignments_and_gaps_are_there(
    files: dict[str, bytes], roster: Roster
) -> None:
    rows = _rows(files["assignments.csv"])
    assert len([row for row in rows if row["physician"]]) == len(roster.standing)
    unfilled = [row for row in rows if not row["physician"]]
    assert {row["target"] for row in unfilled} == {gap.target for gap in roster.gaps}
    assert {row["reasons"] for row in unfilled} == {"p1: verlof; rust"}


def test_assignments_edited_in_a_spreadsheet_can_be_read_again(
    files: dict[str, bytes], region: Region, roster: Roster, tmp_path: Path
) -> None:
    path = tmp_path / "assignments.csv"
    path.write_bytes(files["assignments.csv"])
    read = read_roster(path, region).assignments
    assert {(each.target, each.physician, each.when, each.state) for each in read} == {
        (each.target, each.physician, each.when, each.state) for each in roster.standing
    }


def test_figures_have_a_decimal_comma(files: dict[str, bytes]) -> None:
    weekend = next(row for row in _rows(files["fairness.csv"]) if row["physician"] == "p2")
    assert (weekend["carried"], weekend["fair"], weekend["closing"]) == ("2", "2,5", "-1,25")
    hard = next(row for row in _rows(files["findings.csv"]) if row["pinned"] == "true")
    assert (hard["figure"], hard["limit"], hard["kind"]) == ("9,5", "11", "hard breach")


def test_the_same_input_gives_the_same_bytes(
    files: dict[str, bytes], region: Region, roster: Roster, report: Report, result: Result
) -> None:
    again = Roster.model_validate_json(roster.model_dump_json())
    assert to_csv(region, again, report, result) == files


def test_a_roster_of_another_region_is_refused(
    region: Region, roster: Roster, report: Report
) -> None:
    with pytest.raises(RosterError, match="another region"):
        to_csv(region, roster.model_copy(update={"region_id": "elders"}), report)
