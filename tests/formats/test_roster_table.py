"""Rosters made by hand, in CSV and in spreadsheets."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from so247.audit.check import check
from so247.formats.new_region import template_files
from so247.formats.region_folder import read_history
from so247.formats.region_parse import parse_region
from so247.formats.roster_json import report_to_json, roster_to_json
from so247.formats.roster_table import read_roster
from so247.formats.xlsx import to_xlsx
from so247.models.clock import Interval, period
from so247.models.errors import NotFound, Problem, RosterError
from so247.models.people import Contract
from so247.models.region import Region
from so247.models.roster import Roster, State

REGION = parse_region(template_files())
HEADER = "line,start,end,physician"


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def read(tmp_path: Path, text: str, region: Region = REGION) -> Roster:
    (tmp_path / "hand.csv").write_text(text, encoding="utf-8")
    return read_roster(tmp_path / "hand.csv", region)


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(RosterError) as caught:
        read(tmp_path, text)
    return caught.value.problems


def test_a_duty_a_part_of_one_and_one_of_no_pattern(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        f"{HEADER}\n"
        "wacht,2026-10-05 17:00,2026-10-06 08:00,ans\n"  # the whole night duty
        "wacht,06-10-2026 22:00,07-10-2026 08:00,bilal\n"  # the later part of the next
        "wacht,2026-10-07T10:00,2026-10-07T20:00,carla\n",  # over a cut: no piece holds it
    )
    # In October Amsterdam is two hours ahead of UTC: 17:00 is 15:00Z.
    assert [(each.target, each.when.start) for each in roster.assignments] == [
        ("wacht@2026-10-05T15:00Z", utc(10, 5, 15)),
        ("wacht@2026-10-06T15:00Z", utc(10, 6, 20)),
        ("wacht@2026-10-07T08:00Z", utc(10, 7, 8)),
    ]
    assert [each.contract for each in roster.assignments] == [
        "ans-linde",
        "bilal-linde",
        "carla-linde",
    ]
    assert all(each.line == "wacht" and each.site is None for each in roster.assignments)
    assert (roster.region_id, roster.period) == ("example", period(REGION.planning_start, 4))


def test_sessions_are_numbered_within_their_week(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "site,product,start,end,physician\n"
        "hagro-noord,consultation,2026-10-08 09:00,2026-10-08 12:30,ans\n"
        "hagro-noord,consultation,2026-10-06 09:00,2026-10-06 12:30,carla\n"
        "beukenhof,team_meeting,2026-10-07 13:30,2026-10-07 16:30,ans\n"
        "hagro-noord,co_treatment,2026-10-07 13:30,2026-10-07 16:30,ans\n",  # nobody asks for it
    )
    # By start: Tuesday's is the first of ISO week 41, whatever the order of the rows.
    assert [(each.target, each.physician) for each in roster.assignments] == [
        ("hagro-noord.consultation.2026w41.1", "carla"),
        ("beukenhof.team_meeting.b0.1", "ans"),
        ("hagro-noord.co_treatment.2026-10-07.1", "ans"),
        ("hagro-noord.consultation.2026w41.2", "ans"),
    ]


def test_a_target_that_is_given_stays(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        "target,start,end,physician,state,pinned\n"
        "wacht@2026-10-05T15:00Z,2026-10-05T15:00Z,2026-10-06T08:00+02:00,ans,accepted,yes\n",
    )
    (found,) = roster.assignments
    assert (found.target, found.line) == ("wacht@2026-10-05T15:00Z", "wacht")
    assert (found.state, found.pinned) == (State.ACCEPTED, True)
    assert found.when == Interval(start=utc(10, 5, 15), end=utc(10, 6, 6))


def test_the_hour_that_exists_twice_needs_its_offset(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, f"{HEADER}\nwacht,2026-10-25 02:30,2026-10-25 08:00,ans\n")
    assert (found.line, found.column) == (2, 7)
    assert "exists twice" in found.message
    assert "2026-10-25T02:30+02:00" in found.advice
    assert "2026-10-25T02:30+01:00" in found.advice
    roster = read(tmp_path, f"{HEADER}\nwacht,2026-10-25T02:30+01:00,2026-10-25 08:00,ans\n")
    assert roster.assignments[0].when.start == utc(10, 25, 1, 30)


def test_the_hour_that_does_not_exist(tmp_path: Path) -> None:
    text = (
        "line,start,end,physician,period_start,period_end\n"
        "wacht,2027-03-28 02:30,2027-03-28 08:00,ans,2027-03-01,2027-03-31\n"
    )
    (found,) = problems(tmp_path, text)
    assert "does not exist" in found.message


def test_duties_over_the_clock_change_keep_their_instants(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADER}\nwacht,2026-10-24 10:00,2026-10-25 09:00,ans\n")
    (found,) = roster.assignments
    # 10:00 is 08:00Z in summer, 09:00 is 08:00Z in winter: 24 hours on the 25-hour night.
    assert (found.target, found.when.minutes) == ("wacht@2026-10-24T08:00Z", 24 * 60)


def test_a_contract_is_filled_in_only_when_there_is_one(tmp_path: Path) -> None:
    second = Contract(id="ans-two", physician="ans", employer="other", fte=0.2)
    employer = REGION.employers[0].model_copy(update={"id": "other"})
    region = Region(
        **{
            **{name: getattr(REGION, name) for name in Region.model_fields},
            "contracts": (*REGION.contracts, second),
            "employers": (*REGION.employers, employer),
        }
    )
    rows = "wacht,2026-10-05 17:00,2026-10-06 08:00,ans"
    assert read(tmp_path, f"{HEADER}\n{rows}\n", region).assignments[0].contract is None
    text = f"{HEADER},contract\n{rows},ans-two\n"
    assert read(tmp_path, text, region).assignments[0].contract == "ans-two"


def test_organisations_hold_duties_without_contract(tmp_path: Path) -> None:
    roster = read(tmp_path, f"{HEADER}\nwacht,2026-10-05 17:00,2026-10-06 08:00,hap\n")
    assert (roster.assignments[0].physician, roster.assignments[0].contract) == ("hap", None)


@pytest.mark.parametrize("text", ["", "\n", HEADER, f"{HEADER}\nwacht,2026-10-05 17:00,x,\n"])
def test_an_empty_roster_is_a_roster(tmp_path: Path, text: str) -> None:
    # The last has a row that nobody holds.
    roster = read(tmp_path, text)
    assert roster.assignments == ()
    assert roster.period == period(REGION.planning_start, 4)


def test_the_period_from_the_table_or_the_caller(tmp_path: Path) -> None:
    text = (
        f"{HEADER};period_start;period_end\n".replace(",", ";")
        + "wacht;01-02-2027 10:00;02-02-2027 08:00;ans;01-02-2027;28-02-2027\n"
        + "wacht;03-02-2027 10:00;03-02-2027 12:00;ans;;\n"
    )
    assert read(tmp_path, text).period == period(datetime(2027, 2, 1, tzinfo=UTC).date(), 4)
    asked = period(datetime(2027, 1, 4, tzinfo=UTC).date(), 8)
    assert read_roster(tmp_path / "hand.csv", REGION, planned=asked).period == asked


FAULTS = {
    "person": ("wacht,2026-10-05 17:00,2026-10-06 08:00,anss", 41, "no such physician", "ans"),
    "line": ("wachd,2026-10-05 17:00,2026-10-06 08:00,ans", 1, "no such line", "wacht"),
    "backwards": ("wacht,2026-10-05 17:00,2026-10-05 08:00,ans", 24, "ends before", ""),
    "too long": ("wacht,2026-10-05 17:00,2027-10-06 08:00,ans", 24, "longer than 31 days", ""),
    "outside": ("wacht,2027-10-05 17:00,2027-10-06 08:00,ans", 7, "outside the roster's", ""),
    "no time": ("wacht,2026-10-05,2026-10-06 08:00,ans", 7, "not a date with a time", ""),
    "no date": ("wacht,2026-02-30 17:00,2026-10-06 08:00,ans", 7, "not a date that", ""),
    "no hour": ("wacht,2026-10-05 24:00,2026-10-06 08:00,ans", 7, "not a time that exists", ""),
    "far": ("wacht,0026-10-05 17:00,2026-10-06 08:00,ans", 7, "outside the years", ""),
    "offset": ("wacht,2026-10-05T17:00+99:00,2026-10-06 08:00,ans", 7, "offset", ""),
    "no start": ("wacht,,2026-10-06 08:00,ans", 7, "start is empty", ""),
    "nothing": (",2026-10-05 17:00,2026-10-06 08:00,ans", 1, "does not say what", ""),
    "formula": ("wacht,=A1,2026-10-06 08:00,ans", 7, 'starts with "="', ""),
    "few cells": ("wacht,2026-10-05 17:00", 1, "too few cells", ""),
}


@pytest.mark.parametrize("case", FAULTS)
def test_faults_of_a_row_are_located(case: str, tmp_path: Path) -> None:
    row, column, message, advice = FAULTS[case]
    (found,) = problems(tmp_path, f"{HEADER}\nwacht,2026-10-05 08:00,2026-10-05 17:00,ans\n{row}\n")
    assert (found.file, found.line, found.column) == ("hand.csv", 3, column)
    assert message in found.message
    assert advice in found.advice


def test_all_faults_come_together(tmp_path: Path) -> None:
    rows = "\n".join(row for row, *_ in FAULTS.values())
    found = problems(tmp_path, f"{HEADER},period_start\n" + rows.replace("\n", ",\n") + ",\n")
    assert len({each.line for each in found}) == len(FAULTS)


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "lin,start,end,physician\n")
    assert (found.message, found.advice) == ("there is no such column", "Maybe you meant line.")


def xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, column, cell, moment)
                    else:
                        sheet.write(at, column, cell)
    path.write_bytes(data.getvalue())
    return path


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A spreadsheet's moment, which has no zone."""
    return datetime(2026, 10, day, hour, minute)  # noqa: DTZ001


def test_a_spreadsheet_with_real_moments(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADER.split(",")]
    # Every ten minutes of a night: a spreadsheet stores fractions of days, none of which is exact.
    for minute in range(0, 600, 10):
        start = local(5, 20) + timedelta(minutes=minute)
        rows.append(["wacht", start, start + timedelta(minutes=10), "ans"])
    sheets = {"Uitleg": [["Lees mij"]], "Rooster": rows}
    roster = read_roster(xlsx(tmp_path / "hand.xlsx", sheets), REGION)
    assert len(roster.assignments) == 60
    assert all(each.when.minutes == 10 for each in roster.assignments)
    assert roster.assignments[0].when.start == utc(10, 5, 18)
    assert roster.assignments[59].when.end == utc(10, 6, 4)


def test_faults_in_a_spreadsheet_name_sheet_row_and_column(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADER.split(","), [], ["wacht", local(5, 17), "straks", "anss"]]
    with pytest.raises(RosterError) as caught:
        read_roster(xlsx(tmp_path / "hand.xlsx", {"Blad1": rows}), REGION)
    assert [(each.file, each.line, each.column, each.value) for each in caught.value.problems] == [
        ("hand.xlsx [Blad1]", 3, 3, "straks"),
        ("hand.xlsx [Blad1]", 3, 4, "anss"),
    ]


def test_an_empty_spreadsheet_is_an_empty_roster(tmp_path: Path) -> None:
    assert read_roster(xlsx(tmp_path / "hand.xlsx", {"Blad1": []}), REGION).assignments == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no spreadsheet"])
def test_what_is_no_spreadsheet_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "hand.xlsx").write_bytes(data)
    with pytest.raises(RosterError, match="cannot be read as a spreadsheet"):
        read_roster(tmp_path / "hand.xlsx", REGION)


def test_json_of_this_region_only(tmp_path: Path) -> None:
    roster = Roster(region_id="example", period=period(REGION.planning_start, 4))
    (tmp_path / "roster.json").write_bytes(roster_to_json(roster))
    assert read_roster(tmp_path / "roster.json", REGION) == roster
    other = REGION.model_copy(update={"id": "elsewhere"})
    with pytest.raises(RosterError, match="is a roster of another region, not of elsewhere"):
        read_roster(tmp_path / "roster.json", other)


def test_what_cannot_be_a_roster(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such roster"):
        read_roster(tmp_path / "roster.json", REGION)
    (tmp_path / "roster.txt").write_text("")
    with pytest.raises(RosterError, match=r"A roster is \.json, \.csv or \.xlsx"):
        read_roster(tmp_path / "roster.txt", REGION)
    (tmp_path / "roster.csv").mkdir()
    with pytest.raises(RosterError, match="is a folder"):
        read_roster(tmp_path / "roster.csv", REGION)


def test_history_is_read_by_period_and_needs_one(tmp_path: Path) -> None:
    history = tmp_path / "history"
    history.mkdir()
    dates = "period_start,period_end\n"
    row = "wacht,2026-09-0{0} 17:00,2026-09-0{0} 20:00,ans,2026-09-0{0},2026-09-0{0}\n"
    (history / "a.csv").write_text(f"{HEADER},{dates}" + row.format(9))
    (history / "b.csv").write_text(f"{HEADER},{dates}" + row.format(7))
    (history / ".hidden.csv").write_text("x")
    (history / "notes.md").write_text("x")
    found = read_history(tmp_path, REGION)
    assert [each.period.start for each in found] == [utc(9, 6, 22), utc(9, 8, 22)]
    # Without a period it would claim to know weeks that it says nothing about.
    (history / "c.csv").write_text(HEADER)
    (history / "d.csv").write_text("physicain")
    with pytest.raises(RosterError) as caught:
        read_history(tmp_path, REGION)
    assert {each.file for each in caught.value.problems} == {"c.csv", "d.csv"}


def test_the_files_of_an_output_folder_are_one_earlier_roster(tmp_path: Path) -> None:
    week = period(date(2026, 9, 28), 1)
    roster = Roster(region_id=REGION.id, period=week)
    history = tmp_path / "history"
    history.mkdir()
    (history / "roster.json").write_bytes(roster_to_json(roster))
    (history / "check.json").write_bytes(report_to_json(check(REGION, roster)))
    # The workbook shows the same roster to people, and names no period.
    (history / "roster.xlsx").write_bytes(to_xlsx(REGION, roster, check(REGION, roster)))
    (history / "calendars").mkdir()
    assert read_history(tmp_path, REGION) == (roster,)


def test_other_json_in_history_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "notes.json").write_text('{"sites": []}')
    (tmp_path / "history" / "cut.json").write_text('{"sites": [')
    with pytest.raises(RosterError) as caught:
        read_history(tmp_path, REGION)
    found = caught.value.problems
    assert {each.file for each in found} == {"notes.json", "cut.json"}
    assert all(each.line == 1 and each.advice for each in found)
    assert any("region_id" in str(each) for each in found)
