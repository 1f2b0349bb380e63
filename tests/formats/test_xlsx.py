"""The workbook, read back with calamine and as the zip file that it is."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from so247.formats.roster_table import read_roster
from so247.formats.wall import wall
from so247.formats.xlsx import LONGEST_TEXT, to_xlsx
from so247.models.clock import Interval, to_local
from so247.models.errors import RosterError
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Assignment, Roster


@pytest.fixture(scope="module")
def book(region: Region, roster: Roster, report: Report, result: Result) -> bytes:
    return to_xlsx(region, roster, report, result)


def _sheet(book: bytes, name: str) -> list[list[Any]]:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return opened.get_sheet_by_name(name).to_python()


def _table(book: bytes, name: str) -> list[dict[str, Any]]:
    """Rows by the English key: the last line of each title."""
    titles, *rows = _sheet(book, name)
    keys = [title.split("\n")[-1] for title in titles]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def test_sheets(book: bytes, region: Region, roster: Roster, report: Report) -> None:
    names = CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    assert names == [
        "Rooster",
        "Toewijzingen",
        "Dekking",
        "Dekkingsgaten",
        "Bevindingen",
        "Verdeling",
        "Lagen",
        "Ontbrekende dagdelen",
    ]
    # Only a result knows the shares.
    without = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(region, roster, report)))
    assert without.sheet_names == [name for name in names if name != "Verdeling"]


def test_no_formulas_and_no_links_whatever_a_name_starts_with(book: bytes, region: Region) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content
            assert b"<f " not in content
            assert b"<hyperlink" not in content
    names = {row["name"] for row in _table(book, "Toewijzingen")}
    assert {person.name for person in region.physicians} <= names


def test_the_same_input_gives_the_same_bytes(
    book: bytes, region: Region, roster: Roster, report: Report, result: Result
) -> None:
    again = Roster.model_validate_json(roster.model_dump_json())
    assert to_xlsx(region, again, report, result) == book


def test_it_is_dated_when_it_was_published(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        core = archive.read("docProps/core.xml")
    assert core.count(b"2026-09-01T10:00:00Z") == 2  # created and modified


def test_assignments_are_in_local_time_and_in_utc(book: bytes, roster: Roster) -> None:
    rows = _table(book, "Toewijzingen")
    assert len(rows) == len(roster.standing) + len(roster.gaps)
    by_target = {row["target"]: row for row in rows}
    # The night of the October change lasts an hour longer than its local times say.
    change = by_target["anw@2026-10-24T22:00Z"]
    times = {key: str(change[key]) for key in ("start", "end", "start_utc", "end_utc")}
    assert times == {
        "start": "2026-10-25",  # midnight: calamine gives a date for a whole day
        "end": "2026-10-25 09:00:00",
        "start_utc": "2026-10-24 22:00:00",
        "end_utc": "2026-10-25 08:00:00",
    }
    assert change["minutes"] == 600


@pytest.fixture(scope="module")
def tame(region: Region) -> Region:
    """Without the name that starts with "=": reading refuses it, so no region from files has it."""
    people = (
        each.model_copy(update={"name": each.name.removeprefix("=")}) for each in region.physicians
    )
    # Made anew: a copy would keep what the region has looked up before.
    parts = {name: getattr(region, name) for name in Region.model_fields}
    return Region(**{**parts, "physicians": tuple(people)})


def test_assignments_edited_in_a_spreadsheet_can_be_read_again(
    tame: Region, roster: Roster, report: Report, tmp_path: Path
) -> None:
    held = roster.standing
    # Line anw is cut at midnight, for which calamine gives a date and no moment.
    assert any(to_local(each.when.start).time() == time(0, 0) for each in held)
    assert any(to_local(each.when.end).time() == time(0, 0) for each in held)
    kept = Roster(region_id="streek", period=roster.period, assignments=held)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(to_xlsx(tame, kept, report))
    read = read_roster(path, tame).assignments
    assert {_key(each) for each in read} == {_key(each) for each in held}


def test_local_times_that_exist_twice_are_read_back_to_the_minute(
    tame: Region, report: Report, tmp_path: Path
) -> None:
    # Two parts that touch at 02:30 summer time and at 02:30 winter time.
    starts = [datetime(2026, 10, 25, 0, 30, tzinfo=UTC) + timedelta(hours=n) for n in (0, 1, 2)]
    parts = tuple(
        Assignment(
            target="anw@2026-10-24T22:00Z",
            physician=physician,
            contract=f"c-{physician}",
            when=Interval(start=start, end=end),
        )
        for physician, (start, end) in zip(("p1", "p2"), pairwise(starts), strict=True)
    )
    roster = Roster(region_id="streek", period=report.period, assignments=parts)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(to_xlsx(tame, roster, report))
    assert {_key(each) for each in read_roster(path, tame).assignments} == set(map(_key, parts))


def _key(each: Assignment) -> tuple[object, ...]:
    return (each.target, each.physician, each.contract, each.when, each.state, each.pinned)


def test_codes_are_dutch_words(book: bytes) -> None:
    stretches = _table(book, "Dekkingsgaten")
    assert {row["position"] for row in stretches} == {"voorwacht", "achterwacht"}
    verdicts = {row["name"]: row["verdict"] for row in _table(book, "Dekking")}
    assert verdicts["De Linde"] == "niet voldaan"


def test_coverage_shows_gaps_with_their_reasons(book: bytes, region: Region) -> None:
    linde = next(row for row in _table(book, "Dekking") if row["site"] == "de-linde")
    assert linde["uncovered_minutes"] == 120
    assert linde["first_uncovered"] == "2026-10-25T02:30+02:00"  # it exists twice
    (hole,) = [row for row in _table(book, "Dekkingsgaten") if row["site"] == "de-linde"]
    # 02:30 summer time to 03:30 winter time: two hours.
    assert (str(hole["start"]), str(hole["end"])) == (
        "2026-10-25T02:30+02:00",
        "2026-10-25 03:30:00",
    )
    assert hole["minutes"] == 120
    assert hole["holders"] == region.physicians[1].name
    assert hole["reasons"] == "-afwezig; zie verlof"


def test_findings_fairness_and_tiers(book: bytes, region: Region) -> None:
    findings = _table(book, "Bevindingen")
    assert len(findings) == 6
    hard = next(row for row in findings if row["pinned"] == "ja")
    assert (hard["kind"], hard["figure"], hard["limit"]) == ("overtreding", 9.5, 11)
    assert hard["name"] == region.physicians[1].name
    weekend = next(row for row in _table(book, "Verdeling") if row["physician"] == "p2")
    assert (weekend["carried"], weekend["fair"], weekend["closing"]) == (2, 2.5, -1.25)
    fairness = next(row for row in _table(book, "Lagen") if row["tier"] == "eerlijke verdeling")
    assert (fairness["value"], fairness["bound"], fairness["proven"]) == (5, 3, "nee")
    (missing,) = _table(book, "Ontbrekende dagdelen")
    assert missing["missing"] == 2


def test_the_wall_has_a_row_per_day_and_a_column_per_line(book: bytes, region: Region) -> None:
    titles, *rows = _sheet(book, "Rooster")
    assert len(titles) == 2 + len(region.lines) + 1
    # The Sunday on which running duties began, then 26 weeks.
    assert [row[0] for row in rows] == [
        date.fromordinal(date(2026, 10, 4).toordinal() + day) for day in range(1 + 26 * 7)
    ]
    kinds = {row[0]: row[1] for row in rows}
    assert kinds[date(2026, 10, 10)] == "weekend"
    assert kinds[date(2027, 3, 28)] == "Eerste paasdag"
    assert kinds[date(2026, 10, 6)] == ""


def test_the_wall_names_holders_holes_and_hours(region: Region, roster: Roster) -> None:
    shown = wall(region, roster)
    assert any(title.startswith("Dagdienst") for title in shown.titles)
    lines = {row.day: row.cells for row in shown.rows}
    first_line, backup, day_line, sessions = lines[date(2026, 10, 6)]
    assert first_line.lines[0].startswith("17:00–08:00 ")
    assert backup.lines[0].startswith("08:00–08:00 ")
    assert day_line.lines[0].startswith("08:00–17:00 ")
    assert sessions.lines[0].endswith("(huisbezoeken, Praktijk De Brug)")
    holes = [
        line
        for row in shown.rows
        for cell in row.cells
        if cell.has_hole
        for line in cell.lines
        if line.endswith(" ONBEZET / unfilled")
    ]
    assert len(holes) == len(roster.gaps)
    # A name with a line break stays on one line.
    assert not any("\n" in line for row in shown.rows for cell in row.cells for line in cell.lines)


def test_text_longer_than_a_cell_may_hold_is_cut_not_lost(
    region: Region, roster: Roster, report: Report
) -> None:
    long = report.findings[-1].model_copy(update={"text": "x" * 40_000})
    book = to_xlsx(region, roster, report.model_copy(update={"findings": (long,)}))
    text = _table(book, "Bevindingen")[0]["text"]
    assert len(text) == LONGEST_TEXT
    assert text.endswith("x…")


def test_the_sheets_are_ready_to_print_and_filter(book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        wall_sheet = archive.read("xl/worksheets/sheet1.xml")
        assignments = archive.read("xl/worksheets/sheet2.xml")
    for sheet in (wall_sheet, assignments):
        assert b'orientation="landscape"' in sheet
        assert b'state="frozen"' in sheet
    assert b"<autoFilter" in assignments


def test_an_empty_roster_of_an_empty_region_is_a_workbook(roster: Roster, report: Report) -> None:
    bare = Region(id="streek", name="Leeg & stil", anchor_date=date(2026, 10, 5))
    empty = Roster(region_id="streek", period=roster.period)
    nothing = report.model_copy(update={"sites": (), "findings": ()})
    book = to_xlsx(bare, empty, nothing)
    assert _table(book, "Toewijzingen") == []
    assert len(_sheet(book, "Rooster")) == 1 + 26 * 7


def test_a_roster_of_another_region_is_refused(
    region: Region, roster: Roster, report: Report
) -> None:
    with pytest.raises(RosterError, match="another region"):
        to_xlsx(region, roster.model_copy(update={"region_id": "elders"}), report)
