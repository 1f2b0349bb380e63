"""Which exit code an ending has, and what is said when the fault is ours."""

from datetime import UTC, datetime

import pytest

from so247.cli import main
from so247.cli.exits import Code, code_of_report, code_of_result
from so247.models.clock import Interval
from so247.models.norms import Severity
from so247.models.report import Coverage, Finding, Outcome, Report, SiteCoverage
from so247.models.result import Result, Status, StoppedBy

WEEK = Interval(start=datetime(2026, 10, 5, tzinfo=UTC), end=datetime(2026, 10, 12, tzinfo=UTC))


def report(verdict: Coverage, *findings: Finding) -> Report:
    site = SiteCoverage(
        site="hagro",
        name="Hagro",
        examined=WEEK,
        verdict=verdict,
        required_minutes=WEEK.minutes,
        uncovered_minutes=0,
        unknown_minutes=0,
    )
    return Report(
        region_id="klein",
        region_hash="",
        roster_revision=1,
        period=WEEK,
        sites=(site,),
        findings=findings,
    )


def finding(severity: Severity, outcome: Outcome) -> Finding:
    return Finding(rule="norm.rest", outcome=outcome, severity=severity, text="Rest.")


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (report(Coverage.COVERED), 0),
        (report(Coverage.UNCOVERED), 6),
        # Unknown is never covered, so a script may not take it for success.
        (report(Coverage.UNKNOWN), 6),
        (report(Coverage.COVERED, finding(Severity.HARD, Outcome.BREACH)), 6),
        (report(Coverage.COVERED, finding(Severity.SOFT, Outcome.BREACH)), 0),
    ],
)
def test_code_of_a_report(found: Report, code: int) -> None:
    assert code_of_report(found) == code


@pytest.mark.parametrize(
    ("status", "stopped_by", "found", "code"),
    [
        (Status.OPTIMAL, StoppedBy.PROOF, report(Coverage.COVERED), 0),
        (Status.FEASIBLE, StoppedBy.TIME, report(Coverage.UNCOVERED), 6),
        (Status.INFEASIBLE, StoppedBy.PROOF, None, 3),
        (Status.UNKNOWN, StoppedBy.TIME, None, 4),
        # Cancelled says so whatever was found: the roster might have become better.
        (Status.FEASIBLE, StoppedBy.CANCEL, report(Coverage.COVERED), 130),
        (Status.UNKNOWN, StoppedBy.CANCEL, None, 130),
    ],
)
def test_code_of_a_result(
    status: Status, stopped_by: StoppedBy, found: Report | None, code: int
) -> None:
    assert code_of_result(Result(status=status, stopped_by=stopped_by, report=found)) == code


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: str) -> None:
        raise RuntimeError(f"secret of {source}")

    monkeypatch.setattr("so247.cli.inputs.load_region", fails)
    monkeypatch.setattr("sys.argv", ["so247", "roster", "dr-jansen"])


@pytest.mark.usefixtures("broken")
def test_our_fault_is_one_sentence_without_the_data(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SO247_DEBUG", raising=False)
    assert main.run() == Code.OUR_FAULT
    err = capsys.readouterr().err
    assert "RuntimeError" in err
    assert "report" in err
    assert "Traceback" not in err
    assert "jansen" not in err


@pytest.mark.usefixtures("broken")
def test_debug_shows_the_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SO247_DEBUG", "1")
    assert main.run() == Code.OUR_FAULT
    assert "Traceback" in capsys.readouterr().err
