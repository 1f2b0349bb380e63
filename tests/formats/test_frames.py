"""DataFrames: the same types full or empty, instants aware, nothing turned into something else."""

import subprocess
import sys

import pandas as pd
import pytest

from so247.formats.frames import (
    assignments_frame,
    coverage_frame,
    fairness_frame,
    findings_frame,
    stretches_frame,
)
from so247.models.region import Region
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Assignment, Roster


def test_assignments_are_the_roster_s(region: Region, roster: Roster) -> None:
    frame = assignments_frame(region, roster)
    assert len(frame) == len(roster.standing) + len(roster.gaps)
    assert frame["physician"].isna().sum() == len(roster.gaps)
    held = frame.dropna(subset=["physician"])
    expected = {
        (each.target, each.physician, each.when.start, each.when.end) for each in roster.standing
    }
    columns = ("target", "physician", "start", "end")
    assert set(zip(*(held[each] for each in columns), strict=True)) == expected
    # Minutes are elapsed, also over both clock changes.
    assert (frame["minutes"] * 60 == (frame["end"] - frame["start"]).dt.total_seconds()).all()
    assert frame["start"].is_monotonic_increasing


def test_types_are_the_same_full_or_empty(
    region: Region, roster: Roster, report: Report, result: Result
) -> None:
    nothing = Roster(region_id="streek", period=roster.period)
    bare = Region(id="streek", name="Zonder lijnen", anchor_date=region.anchor_date)
    empty = report.model_copy(update={"sites": (), "findings": ()})
    pairs = (
        (assignments_frame(region, roster), assignments_frame(bare, nothing)),
        (coverage_frame(report), coverage_frame(empty)),
        (stretches_frame(report), stretches_frame(empty)),
        (findings_frame(report), findings_frame(empty)),
        (fairness_frame(result), fairness_frame(result.model_copy(update={"shares": ()}))),
    )
    for full, none in pairs:
        assert len(full)
        assert len(none) == 0
        pd.testing.assert_series_equal(full.dtypes, none.dtypes)


def test_instants_are_aware(region: Region, roster: Roster, report: Report) -> None:
    assert str(assignments_frame(region, roster)["start"].dtype) == "datetime64[us, UTC]"
    first = coverage_frame(report).set_index("site")["first_uncovered"]
    assert first["de-linde"] == pd.Timestamp("2026-10-25T00:30Z")
    assert first["hagro-oost"] is pd.NaT


@pytest.mark.parametrize("code", ["na", "none", "null", "nan"])
def test_codes_that_look_like_nothing_stay_codes(region: Region, roster: Roster, code: str) -> None:
    # pandas readers take them for missing values; so may nobody here.
    when = roster.standing[0].when
    odd = Roster(
        region_id="streek",
        period=roster.period,
        assignments=(Assignment(target="eigen", physician=code, when=when, site="de-linde"),),
    )
    frame = assignments_frame(region, odd).dropna(subset=["physician"])
    assert list(frame["physician"]) == [code]


def test_codes_are_plain_text(report: Report) -> None:
    verdicts = coverage_frame(report).set_index("site")["verdict"]
    assert dict(verdicts) == {
        "hagro-oost": "covered",
        "hagro-west": "unknown",
        "de-linde": "uncovered",
        "het-anker": "covered",
    }
    assert {type(each) for each in verdicts} == {str}


def test_findings_and_fairness(region: Region, report: Report, result: Result) -> None:
    findings = findings_frame(report)
    assert list(findings["kind"]) == [
        "unknown",
        "voluntary breach",
        "soft breach",
        "signal",
        "hard breach",
        "hard breach",
    ]
    assert findings["figure"].isna().sum() == 2
    fairness = fairness_frame(result, {"p2": region.physicians[1].name})
    assert list(fairness["closing"]) == [-1.25, 0.004, 0.5]
    # A person whose name is not given stands under the id.
    assert list(fairness["name"]) == [region.physicians[1].name, "p1", "p1"]


def test_pandas_is_loaded_on_first_use_only() -> None:
    code = "import sys, so247.formats.frames; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
