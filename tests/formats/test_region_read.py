"""A region folder in the dialects that spreadsheets and people write."""

from datetime import date, time
from pathlib import Path

import pytest

from so247.formats.new_region import template_files
from so247.formats.region_file import RegionFile
from so247.formats.region_folder import read_history, read_region
from so247.formats.region_tables import SHEETS
from so247.models.base import Weekday
from so247.models.errors import RegionError
from so247.models.evidence import Evidence, EvidenceKind, Heading, Party, Task
from so247.models.lines import Per, Product
from so247.models.people import PackBinding
from so247.models.region import Region
from so247.models.sites import CareFunction, FunctionHolder, Indication, ResidenceSetting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in template_files().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_the_example_region_is_read_as_written(folder: Path) -> None:
    region = read_region(folder)
    assert (region.id, region.planning_weeks) == ("example", 4)
    assert region.office_hours.start == time(8, 0)
    beukenhof = region.site_by_id["beukenhof"]
    assert [(row.setting, row.indication, row.count) for row in beukenhof.residents] == [
        (ResidenceSetting.FACILITY_WITHOUT_TREATMENT, Indication.WLZ, 14),
        (ResidenceSetting.FACILITY_WITHOUT_TREATMENT, Indication.NONE, 2),
    ]
    assert FunctionHolder(function=CareFunction.CONSULTATION, physician="carla") in (
        region.facilities[0].function_holders
    )
    assert region.contract_by_id["carla-linde"].fte == 0.6  # written 0,6
    assert region.contract_by_id["carla-linde"].free_weekdays == (Weekday.WEDNESDAY,)
    assert region.sessions[0].weekdays == (Weekday.MONDAY, Weekday.TUESDAY, Weekday.THURSDAY)
    assert (region.sessions[0].per, region.sessions[0].product) == (
        Per.ISO_WEEK,
        Product.CONSULTATION,
    )
    assert region.absences[1].until_time == time(17, 0)
    assert [row.on_call_allowed for row in region.commitments] == [True, False]


def test_the_evidence_of_the_example_is_read_as_written(folder: Path) -> None:
    region = read_region(folder)
    by_id = {each.id: each for each in region.evidence}
    contract = by_id["wilgenhuis-8"]
    assert (contract.kind, contract.practice) == (EvidenceKind.GP_CONTRACT, "zuiderpoort")
    assert contract.clauses == (1, 2, 3, 4, 5, 6, 7)
    assert (contract.signed_on, contract.valid_until) == (date(2026, 8, 24), date(2027, 9, 30))
    assert by_id["wilgenhuis-24x7"].headings == tuple(Heading)
    assert by_id["wilgenhuis-24x7"].parties == tuple(Party)
    # Each task has one holder (R20), and what is no GP task is the SO's and the employer's.
    assert {row.task: row.holder for row in region.task_holders}.keys() == set(Task)
    assert len(region.task_holders) == len(Task)
    assert region.admissions[0].handover_consent is True
    assert region.practice_absences[0].locum == "Praktijk De Brug"
    assert [each.id for each in region.practices_of("beukenhof")] == ["dorpsstraat"]
    assert [each.gps for each in region.practices_of("hagro-noord")] == [3, None]
    assert region.facilities[0].treatment_delivered is False
    assert [row.unforeseen for row in region.absences] == [False, False]


def test_dialects_of_evidence(folder: Path) -> None:
    (folder / "evidence.csv").write_bytes(
        b"\xef\xbb\xbfKind;id;site;document;signed_on;agrees;clauses;headings\r\n"
        b"gp_contract;e;wilgenhuis;Map 3;1-9-2026;nee;1|2 | 3;purpose|forms\r\n"
    )
    (found,) = read_region(folder).evidence
    assert found == Evidence(
        id="e",
        kind=EvidenceKind.GP_CONTRACT,
        site="wilgenhuis",
        document="Map 3",
        signed_on=date(2026, 9, 1),
        agrees=False,
        clauses=(1, 2, 3),
        headings=(Heading.PURPOSE, Heading.FORMS),
    )


def test_a_folder_without_evidence_is_read_as_before(folder: Path) -> None:
    for name in ("evidence", "responsibilities", "admissions", "practice_absences"):
        (folder / f"{name}.csv").unlink()
    region = read_region(folder)
    assert (region.evidence, region.task_holders, region.admissions) == ((), (), ())


def test_every_part_of_a_region_has_one_place() -> None:
    in_yaml = set(RegionFile.model_fields)
    in_tables = {sheet.section for sheet in SHEETS}
    assert not in_yaml & in_tables
    # holiday_years are the years of the holidays.
    assert in_yaml | in_tables | {"holiday_years"} == set(Region.model_fields)


ABSENCES = {
    "commas": b"physician,first_day,last_day\nans,2026-10-05,2026-10-06\n",
    "semicolons, BOM, CRLF, Dutch dates": (
        b"\xef\xbb\xbfphysician;first_day;last_day\r\nans;05-10-2026;6-10-2026\r\n"
    ),
    "tabs": b"physician\tfirst_day\tlast_day\nans\t2026-10-05\t2026-10-06\n",
    "other order, quotes, blank lines, spaces": (
        b'\nlast_day,physician,"first_day"\n\n2026-10-06," ans ",2026-10-05\n,,\n\n'
    ),
    "empty columns to the right": (
        b"physician;first_day;last_day;;\nans;2026-10-05;2026-10-06;;\n;;;;\n"
    ),
    "old Mac line ends": b"physician,first_day,last_day\rans,2026-10-05,2026-10-06",
    "capitals in the header": b"Physician,First_Day,LAST_DAY\nans,2026-10-05,2026-10-06\n",
}


@pytest.mark.parametrize("dialect", ABSENCES)
def test_dialects_of_csv(folder: Path, dialect: str) -> None:
    (folder / "absences.csv").write_bytes(ABSENCES[dialect])
    (absence,) = read_region(folder).absences
    assert (absence.physician, absence.first_day, absence.last_day) == (
        "ans",
        date(2026, 10, 5),
        date(2026, 10, 6),
    )


def test_a_decimal_comma_needs_a_file_with_semicolons(folder: Path) -> None:
    text = 'id,physician,employer,fte\nx,ans,linde,"0,8"\n'
    (folder / "contracts.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        read_region(folder)
    problem = next(each for each in caught.value.problems if each.file == "contracts.csv")
    assert (problem.line, problem.column, problem.value) == (2, 13, "0,8")


def test_places_within_a_quoted_cell_of_several_lines(folder: Path) -> None:
    text = 'physician;kind;first_day;last_day\n"\nans\n";"wants";2026-13-01;2026-10-01\n'
    (folder / "wishes.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        read_region(folder)
    (problem,) = caught.value.problems
    # The record begins on line 2; its third cell stands on line 4 after `";"wants";`.
    assert (problem.line, problem.column, problem.value) == (4, 11, "2026-13-01")


def test_signs_that_only_look_like_formulas_are_kept(folder: Path) -> None:
    text = (folder / "physicians.csv").read_text(encoding="utf-8")
    (folder / "physicians.csv").write_text(
        text.replace("Dirk Postma", "-Dirk +31 @home"), encoding="utf-8"
    )
    assert read_region(folder).physician_by_id["dirk"].name == "-Dirk +31 @home"


def test_codes_that_pandas_would_lose_are_kept(folder: Path) -> None:
    text = (folder / "physicians.csv").read_text(encoding="utf-8")
    (folder / "physicians.csv").write_text(text.replace("Dirk Postma", "NA"), encoding="utf-8")
    assert read_region(folder).physician_by_id["dirk"].name == "NA"


def test_rule_packs_with_dates(folder: Path) -> None:
    (folder / "physicians.csv").write_text(
        "id;name;role;rule_packs\n"
        "a;A;trainee;atw_general=..31-12-2026 | atb_5_20_physician=2027-01-01..\n"
        "b;B;trainee;atw_general\n",
        encoding="utf-8",
    )
    for name in ("contracts", "absences", "commitments", "wishes", "pairs", "facilities"):
        (folder / f"{name}.csv").unlink()
    text = (folder / "region.yaml").read_text(encoding="utf-8")
    text = text[: text.index("agreements:")]
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    for name in (
        *("travel_times", "sessions"),
        *("evidence", "responsibilities", "admissions", "practice_absences"),
    ):
        (folder / f"{name}.csv").unlink()
    first, second = read_region(folder).physicians
    assert first.rule_packs == (
        PackBinding(pack="atw_general", valid_until=date(2026, 12, 31)),
        PackBinding(pack="atb_5_20_physician", valid_from=date(2027, 1, 1)),
    )
    assert second.rule_packs == (PackBinding(pack="atw_general"),)


@pytest.mark.parametrize("written", ["17:00", '"17:00"', "'17:00'"])
def test_times_with_and_without_quotes(folder: Path, written: str) -> None:
    text = (folder / "region.yaml").read_text(encoding="utf-8")
    text = text.replace('end: "17:00"', f"end: {written}")
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    assert read_region(folder).office_hours.end == time(17, 0)


def test_no_history_is_no_roster(folder: Path) -> None:
    assert read_history(folder, read_region(folder)) == ()
