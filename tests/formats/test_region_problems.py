"""Everything wrong in a region folder is reported in one run, each with its place and advice."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from so247.formats.input_text import LARGEST_FILE, LARGEST_YAML
from so247.formats.new_region import template_files
from so247.formats.region_folder import read_region
from so247.models.errors import NotFound, Problem, RegionError

Broken = Callable[[Mapping[str, Mapping[str, str]]], tuple[Problem, ...]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example region, which reads without a problem (test_region_read.py)."""
    for name, data in template_files().items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def broken(folder: Path) -> Broken:
    """The problems after replacing, per file, one text by another that must be in it once."""

    def read(changes: Mapping[str, Mapping[str, str]]) -> tuple[Problem, ...]:
        for name, replacements in changes.items():
            text = (folder / name).read_text(encoding="utf-8")
            for old, new in replacements.items():
                assert text.count(old) == 1, f"{old!r} must be in {name} once"
                text = text.replace(old, new)
            (folder / name).write_text(text, encoding="utf-8")
        return problems_of(folder)

    return read


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(RegionError) as caught:
        read_region(folder)
    for problem in caught.value.problems:
        assert "pydantic" not in str(problem)
        assert "Input should" not in str(problem)
    return caught.value.problems


def line_of(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (number,) = (at for at, line in enumerate(lines, start=1) if text in line)
    return number


def test_ten_mistakes_in_three_files_are_reported_in_one_run(broken: Broken, folder: Path) -> None:
    found = broken(
        {
            "region.yaml": {
                'start: "08:00"': "start: 480",  # 1 a time as a number
                "planning_weeks: 4": "planing_weeks: 4",  # 2 an unknown key
                "    partner: pool\n    signed_on: 2026-06-01\n    valid_from: 2026-07-01\n"
                "    phone_minutes: 15\n    on_site_minutes: 60\n"
                "    functions: [co_treatment, consultation]": "    partner: pol\n"  # 3 dangling
                "    signed_on: 2026-06-31",  # 4 an impossible date
            },
            "physicians.csv": {
                "bilal;Bilal Amrani": "bilal;=Bilal",  # 5 a formula
                "elderly_care_physician;pool;de-linde;noordwoude;2031-03-31": (
                    "elderly_care_fysician;pool;de-linde;nordwoude;2031-03-31"  # 6 and 7
                ),
            },
            "contracts.csv": {
                "linde;0,8;2024-01-01;": "linde;0,8;2024-01-01;2023-01-01",  # 8 backwards
                "carla-linde;carla": "ans-linde;carla",  # 9 a double id
                "esra-linde;esra;linde": "esra-linde;esra;lind",  # 10 dangling
            },
        }
    )
    wilgenhuis = line_of(folder, "region.yaml", "id: wilgenhuis-pool")
    expected = [
        ("region.yaml", line_of(folder, "region.yaml", "planing_weeks"), "planing_weeks"),
        ("region.yaml", line_of(folder, "region.yaml", "start: 480"), "480"),
        ("region.yaml", wilgenhuis + 3, "pol"),
        ("region.yaml", wilgenhuis + 4, "2026-06-31"),
        ("physicians.csv", 3, "=Bilal"),
        ("physicians.csv", 4, "elderly_care_fysician"),
        ("physicians.csv", 4, "nordwoude"),
        ("contracts.csv", 2, "2023-01-01"),
        ("contracts.csv", 4, "ans-linde"),
        ("contracts.csv", 6, "lind"),
    ]
    # Exactly these ten: Bilal and Carla are still known, though their own rows are faulty.
    assert [(each.file, each.line, each.value) for each in found] == expected
    assert all(each.column > 0 and each.advice for each in found if "ends before" not in str(each))


def test_a_problem_names_value_place_and_advice(broken: Broken) -> None:
    (found,) = broken({"absences.csv": {"carla;": "karla;"}})
    assert str(found) == (
        "absences.csv:2:1: no such physician (found karla). Maybe you meant carla."
    )


SINGLE = {
    "unknown id": ("wishes.csv", "fri;wacht", "fri;wachd", "no such line", "Maybe you meant wacht"),
    "double id": (
        "region.yaml",
        "    name: Artsenpool",
        "    name: Artsenpool\n  - id: pool\n    name: Nog een",
        "used twice",
        "Give each its own id",
    ),
    "end before start": (
        "absences.csv",
        "2026-10-12;2026-10-16",
        "2026-10-16;2026-10-12",
        "ends before it starts",
        "swapped",
    ),
    "two contracts at once": (
        "contracts.csv",
        "carla-linde;carla;linde",
        "carla-linde;ans;linde",
        "ans has two contracts at once with the same employer",
        "End the first before the second starts",
    ),
    "time as a number": (
        "sessions.csv",
        "tue wed thu;09:00",
        "tue wed thu;540",
        "cannot be used",
        '"HH:MM"',
    ),
    "negative residents": ("facilities.csv", "wlz=12", "wlz=-12", "must be at least 0", ""),
    "impossible date": (
        "contracts.csv",
        "2022-09-01",
        "2022-02-29",
        "is not a date that exists",
        "2026-10-05",
    ),
    "far date": ("contracts.csv", "2022-09-01", "0022-09-01", "outside the years", ""),
    "formula": ("physicians.csv", "Dirk Postma", "=1+1", 'starts with "="', "Write the text"),
    "word": ("wishes.csv", "rather_not", "rathernot", "not a known word", "you meant rather_not"),
    "no number": ("contracts.csv", "linde;0,8;2024", "linde;80%;2024", "must be a number", "0.8"),
    "no whole number": ("travel_times.csv", "beukenhof;10", "beukenhof;9,5", "whole number", ""),
    "yes or no": ("commitments.csv", "esra-linde;yes", "esra-linde;x", "must be yes or no", ""),
    "invalid id": ("physicians.csv", "dirk;Dirk", "Dirk;Dirk", "is not a valid id", "lower-case"),
    "residents": ("facilities.csv", "wlz=12", "wlz:12", "no count of residents", "home/wlz=3"),
    "function holder": (
        "facilities.csv",
        "co_treatment=bilal",
        "co_treatment",
        "names no function holder",
        "consultation=ans",
    ),
    "empty cell": ("pairs.csv", "hagro-zuid;bilal", "hagro-zuid;", "physician is missing", "Add"),
    "too few cells": ("pairs.csv", "hagro-zuid;bilal;dirk;", "hagro-zuid;", "too few cells", ""),
    "too many cells": ("pairs.csv", "dirk;2026-01-01", "dirk;2026-01-01;x", "too many cells", ""),
    "unknown column": (
        "pairs.csv",
        "site;physician;deputy",
        "site;physician;deputee",
        "there is no such column",
        "Maybe you meant deputy",
    ),
    "column without name": (
        "pairs.csv",
        "site;physician;deputy;valid_from",
        "site;physician;;valid_from",
        "this column has no name",
        "",
    ),
    "unknown key": (
        "region.yaml",
        "anchor_date:",
        "anchordate:",
        "there is no such key",
        "Maybe you meant anchor_date",
    ),
    "unknown nested key": (
        "region.yaml",
        "    escalation:",
        "    escallation:",
        "there is no such key",
        "Maybe you meant escalation",
    ),
    "table in region.yaml": (
        "region.yaml",
        "gp_posts:\n",
        "pins: []\ngp_posts:\n",
        "there is no such key",
        "These stand in pins.csv",
    ),
    "holiday that is none": (
        "region.yaml",
        "  liberation_day: false",
        "  not: [2026-03-03]",
        "is no holiday anyway",
        "",
    ),
    "double key": ("region.yaml", "anchor_date:", "id: x\nanchor_date:", "here twice", "Keep one"),
    "no list": (
        "region.yaml",
        "pools:\n  - id: pool\n    name: Artsenpool",
        "pools: pool",
        "must be a list",
        "dash",
    ),
    "alias": (
        "region.yaml",
        "pools:\n  - id: pool\n    name: Artsenpool",
        "pools: [&p {id: pool, name: Artsenpool}, *p]",
        "repeats a part",
        "",
    ),
    "no YAML": ("region.yaml", "pools:\n", "pools: [\n", "this is no YAML", "bracket"),
    "a tag": ("region.yaml", "name: Example region", "name: !!binary aGk=", "YAML tag", "Remove"),
    "kind of evidence": (
        "evidence.csv",
        ";staffing_plan;",
        ";staffing;",
        "not a known word",
        "you meant staffing_plan",
    ),
    "clause that is no number": ("evidence.csv", "1 2 3 4", "1 2 3 vier", "whole number", "digits"),
    "clause that does not exist": ("evidence.csv", "1 2 3 4", "1 2 3 14", "must be at most 8", ""),
    "heading": ("evidence.csv", "funding", "fundings", "not a known word", "you meant funding"),
    "party": ("evidence.csv", "so_provider", "so", "not a known word", "so_provider"),
    "evidence for nothing": (
        "evidence.csv",
        "wilgenhuis-wtza;wtza_notification;wilgenhuis",
        "wilgenhuis-wtza;wtza_notification;wilgenhuus",
        "no such site",
        "Maybe you meant wilgenhuis",
    ),
    "evidence of another group's practice": (
        "evidence.csv",
        "gp_contract;wilgenhuis;zuiderpoort",
        "gp_contract;wilgenhuis;de-brug",
        "is a practice of hagro-noord",
        "one of hagro-zuid: zuiderpoort",
    ),
    "unknown partner": (
        "evidence.csv",
        "gp_post_consent;wilgenhuis;;hap",
        "gp_post_consent;wilgenhuis;;hab",
        "no such GP post, GP group, organisation",
        "Maybe you meant hap",
    ),
    "evidence that ends before it starts": (
        "evidence.csv",
        "7;;;2026-10-01;2027-09-30",
        "7;;;2026-10-01;2025-09-30",
        "ends before it starts",
        "swapped",
    ),
    "evidence twice": (
        "evidence.csv",
        "wilgenhuis-3b",
        "wilgenhuis-3a",
        "used twice",
        "its own id",
    ),
    "task": (
        "responsibilities.csv",
        "medical_record",
        "medical_files",
        "not a known word",
        "you meant medical_record",
    ),
    "unknown holder": (
        "responsibilities.csv",
        "quality_policy;linde",
        "quality_policy;linden",
        "no such physician, practice",
        "Maybe you meant linde",
    ),
    "another facility as holder": (
        "responsibilities.csv",
        "admission;wilgenhuis",
        "admission;beukenhof",
        "another facility holds no task at wilgenhuis",
        "Maybe wilgenhuis itself",
    ),
    "admission to no facility": (
        "admissions.csv",
        "wilgenhuis;r-001",
        "hagro-zuid;r-001",
        "no such facility",
        "Maybe",
    ),
    "resident twice": ("admissions.csv", "r-002", "r-001", "used twice", ""),
    "consent": ("admissions.csv", "28;yes\nwilgenhuis", "28;?\nwilgenhuis", "yes or no", "yes or"),
    "practice away": (
        "practice_absences.csv",
        "zuiderpoort;2026",
        "zuidpoort;2026",
        "no such practice",
        "Maybe you meant zuiderpoort",
    ),
    "practice back before it left": (
        "practice_absences.csv",
        "2026-10-23",
        "2026-10-13",
        "ends before it starts",
        "swapped",
    ),
    "facility with a practice of another group": (
        "facilities.csv",
        "hagro-noord;dorpsstraat",
        "hagro-noord;zuiderpoort",
        "is a practice of hagro-zuid",
        "one of hagro-noord: dorpsstraat, de-brug",
    ),
    "rule set": (
        "region.yaml",
        "# settings:\n#   rule_set: model_agreement",
        "settings:\n  rule_set: model_agrement",
        "not a known word",
        "you meant model_agreement",
    ),
    "number of GPs": ("region.yaml", "gps: 3", "gps: drie", "must be a whole number", "digits"),
    "unfinished quote": ("wishes.csv", "ans;rather", '"ans;rather', "cannot be read as CSV", ""),
}


@pytest.mark.parametrize("case", SINGLE)
def test_one_mistake_is_one_located_problem(case: str, broken: Broken) -> None:
    name, old, new, message, advice = SINGLE[case]
    (found,) = broken({name: {old: new}})
    assert found.file == name
    assert found.line > 0
    assert found.column > 0
    assert message in found.message
    assert advice in found.advice


def test_a_name_where_a_number_of_a_resident_belongs_is_not_repeated(broken: Broken) -> None:
    (found,) = broken({"admissions.csv": {"r-001": "Jan Jansen"}})
    assert (found.file, found.line, found.column) == ("admissions.csv", 2, 12)
    assert found.message == "is not a resident's number"
    assert "r-017" in found.advice
    assert "Jansen" not in str(found)


def test_a_damaged_table_does_not_make_evidence_faulty(broken: Broken) -> None:
    # Practices, holders and partners stand in gp_groups, gp_posts and physicians, which are not
    # read here: that, and nothing that follows from it, is said.
    found = broken(
        {
            "region.yaml": {
                "gp_groups:\n": "gp_groups: none\ngroups:\n",
                "gp_posts:\n": "gp_posts: none\nposts:\n",
            },
            "physicians.csv": {"id;name": "nr;name"},
        }
    )
    assert {each.file for each in found} == {"region.yaml", "physicians.csv"}


def test_a_pattern_that_leaves_a_minute_out(broken: Broken, folder: Path) -> None:
    # Office hours begin at 08:00; a cut at 08:01 leaves a minute out, first on 2 January, a Friday.
    (found,) = broken(
        {"region.yaml": {'workday: ["08:00"': 'workday: ["08:01"', "always #": "office_hours #"}}
    )
    assert found.message.startswith("pattern day-and-night leaves out Fri 02 Jan 2026 08:00")
    assert found.line == line_of(folder, "region.yaml", "    pattern: day-and-night")


def test_a_faulty_row_does_not_make_others_faulty(broken: Broken) -> None:
    # Ans is named in contracts, absences, pairs, facilities and wishes; only her own row is wrong,
    # and so much of it that nothing but the id can be read.
    (found,) = broken({"physicians.csv": {"ans;Ans de Boer;elderly_care_physician": "ans"}})
    assert (found.file, found.line, found.message) == (
        "physicians.csv",
        2,
        "this row has too few cells",
    )


def test_a_table_that_cannot_be_read_does_not_make_others_faulty(folder: Path) -> None:
    (folder / "physicians.csv").unlink()
    (folder / "physicians.csv").mkdir()
    (found,) = problems_of(folder)
    assert (found.file, found.message) == ("physicians.csv", "is a folder, not a file")


def test_a_missing_column_is_one_problem(folder: Path) -> None:
    (folder / "pairs.csv").write_text("site;deputy\nhagro-noord;carla\nhagro-zuid;dirk\n")
    (found,) = problems_of(folder)
    assert found.message == "the column physician is missing"
    assert found.line == 1


def test_wrong_office_hours_do_not_make_patterns_faulty(broken: Broken) -> None:
    # Office hours from 07:30 with a cut at 07:30 fit; from 08:00, the default, they would not.
    (found,) = broken(
        {
            "region.yaml": {
                'start: "08:00"': 'start: "07:30"',
                'end: "17:00"': "end: 1020",
                'workday: ["08:00", "17:00"]': 'workday: ["07:30", "17:00"]',
                "window: always": "window: office_hours",
            }
        }
    )
    assert found.value == "1020"


def test_broken_encoding_names_line_and_byte_and_the_rest_is_still_read(folder: Path) -> None:
    data = (folder / "physicians.csv").read_bytes()
    data = data.replace(b"Bilal Amrani", "Bilâl".encode("cp1252")).replace(b"zuiderdorp", b"zuid")
    (folder / "physicians.csv").write_bytes(data)
    encoding, *others = problems_of(folder)
    # "bilal;Bil" is nine bytes, so the letter â stands in the tenth.
    assert (encoding.line, encoding.column, encoding.value) == (3, 10, "byte 0xe2")
    assert "UTF-8" in encoding.advice
    assert [(each.line, each.message) for each in others] == [
        (3, "no such place"),
        (5, "no such place"),
    ]


def test_broken_encoding_in_yaml(folder: Path) -> None:
    data = (folder / "region.yaml").read_bytes()
    (folder / "region.yaml").write_bytes(data.replace(b"Example region", b"Caf\xe9"))
    (found,) = problems_of(folder)
    assert found.value == "byte 0xe9"
    assert found.line == line_in(data, b"Example region")


def line_in(data: bytes, text: bytes) -> int:
    return data[: data.index(text)].count(b"\n") + 1


def test_utf_16_is_named(folder: Path) -> None:
    text = (folder / "pairs.csv").read_text(encoding="utf-8")
    (folder / "pairs.csv").write_bytes(text.encode("utf-16"))
    (found,) = problems_of(folder)
    assert found.message == "is UTF-16, not UTF-8"


@pytest.mark.parametrize(
    ("name", "largest"), [("absences.csv", LARGEST_FILE), ("region.yaml", LARGEST_YAML)]
)
def test_a_huge_file_is_refused_unread(folder: Path, name: str, largest: int) -> None:
    with (folder / name).open("r+b") as file:
        file.truncate(100 * 1024 * 1024)  # sparse: takes no room on the disk
    (found,) = problems_of(folder)
    assert (found.file, found.value) == (name, "100 MB")
    assert f"at most {largest // 1024**2} MB" in found.message


def test_an_unknown_table_is_not_overlooked(folder: Path) -> None:
    (folder / "absence.csv").write_text("physician;first_day;last_day\n")
    (folder / "wishes.xlsx").write_bytes(b"")
    (folder / "notes.txt").write_text("mine")
    assert [str(each) for each in problems_of(folder)] == [
        "absence.csv: is not a table of a region. Maybe rename it to absences.csv.",
        "wishes.xlsx: is not read. Save it as wishes.csv.",
    ]


@pytest.mark.parametrize("content", [b"", b"# nothing yet\n", b"\xef\xbb\xbf"])
def test_an_empty_region_file(folder: Path, content: bytes) -> None:
    (folder / "region.yaml").write_bytes(content)
    found = problems_of(folder)
    # What the tables refer to in region.yaml is not called missing on top of it.
    assert [(each.file, each.message) for each in found] == [("region.yaml", "is empty")]


def test_no_region_file(folder: Path) -> None:
    (folder / "region.yaml").unlink()
    (found,) = problems_of(folder)
    assert (found.file, found.message) == ("region.yaml", "does not exist")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such region folder"):
        read_region(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotFound, match="it is a file"):
        read_region(tmp_path / "file")


@pytest.mark.parametrize(
    "text", ["[" * 1500, "{" * 1500, "a: " * 1500, "\x00", "a: \x01", "- a\n- b", "12", '"\\ud800"']
)
def test_hostile_yaml_is_a_sentence(folder: Path, text: str) -> None:
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    assert all(each.file == "region.yaml" for each in problems_of(folder))


@pytest.mark.parametrize("text", ["\x00", '"', "a,b\n" * 10, ";;;\n;;;", "\n\n\n", "id\r\rx"])
def test_hostile_csv_is_a_sentence_or_nothing(folder: Path, text: str) -> None:
    (folder / "wishes.csv").write_text(text, encoding="utf-8")
    if text.strip(";\n"):
        assert {each.file for each in problems_of(folder)} == {"wishes.csv"}
    else:
        assert read_region(folder).wishes == ()
