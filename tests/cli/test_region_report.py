"""`so247 region-report`: what it says, what it writes, and what its exit code means."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from so247.cli.exits import Code, Guarded
from so247.cli.region_report import code_of_region, region_report
from so247.formats.roster_json import roster_from_json, roster_to_json
from so247.models.proof import Verdict
from so247.models.region_report import RegionReport, SiteRow
from so247.models.roster import State


@pytest.fixture
def call(monkeypatch):
    """The command by itself, under the guard that all commands run in, wide enough for names."""
    monkeypatch.setenv("COLUMNS", "160")
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)
    app.command("region-report")(region_report)

    @app.callback()
    def so247() -> None:
        """One command among others."""

    def run(*arguments: str | Path):
        words = ["region-report", *map(str, arguments)]
        return CliRunner().invoke(app, words, prog_name="so247")

    return run


@pytest.fixture
def roster(run, covered, tmp_path) -> Path:
    out = tmp_path / "out"
    run("roster", covered, "--seconds", "5", "--out", out)
    return out / "roster.json"


def test_a_region_without_roster_is_coverable_by_a_witness(call, covered) -> None:
    result = call(covered, "--weeks", "1", "--seconds", "10")
    assert result.exit_code == 0
    # Never a plain yes: nobody promised it.
    assert "Nog door niemand toegezegd" in result.stdout
    assert "Hagro Dorp" in result.stdout
    assert "rooster mogelijk" in result.stdout


def test_a_roster_that_everybody_accepted_meets(call, covered, roster) -> None:
    found = roster_from_json(roster.read_bytes(), "roster.json")
    accepted = tuple(e.model_copy(update={"state": State.ACCEPTED}) for e in found.assignments)
    published = datetime(2026, 10, 1, tzinfo=UTC)
    update = {"assignments": accepted, "published_at": published}
    roster.write_bytes(roster_to_json(found.model_copy(update=update)))
    result = call(covered, roster, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["exit_code"]) == (0, 0)
    assert [each["verdict"] for each in document["sites"]] == ["meets"]


def test_one_person_is_too_few(call, short) -> None:
    result = call(short, "--weeks", "1", "--seconds", "10", "--json")
    document = json.loads(result.stdout)
    # Voluntary norms are in the way of one SO around the clock, so it is no "impossible".
    assert (result.exit_code, document["sites"][0]["verdict"]) == (6, "not_yet")
    assert document["capacity"]["fewest"] > 0
    assert {each["line"] for each in document["capacity"]["short"]} == {"voorwacht"}


def test_out_holds_a_page_and_its_data(call, covered, roster, tmp_path) -> None:
    out = tmp_path / "report"
    result = call(covered, roster, "--out", out)
    assert result.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "region-report.html",
        "region-report.json",
    ]
    report = RegionReport.model_validate_json((out / "region-report.json").read_bytes())
    assert report.roster_revision == 1
    assert "names of physicians" in result.stderr
    assert b"Hagro Dorp" in (out / "region-report.html").read_bytes()


def test_without_out_nothing_is_written(call, covered, roster, tmp_path, monkeypatch) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert call(covered, roster).exit_code == 0
    assert list(empty.iterdir()) == []


def test_a_changed_region_is_shown(call, covered, roster) -> None:
    (covered / "pins.csv").write_text("target,physician\n")
    region = (covered / "region.yaml").read_text("utf-8")
    (covered / "region.yaml").write_text(region.replace("Hagro Dorp", "Hagro Stad"), "utf-8")
    result = call(covered, roster)
    assert "gewijzigd sinds dit rooster" in result.stdout
    assert "gp_groups" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--today", "2026-10-12"], 5, "the roster ended on 2026-10-11"),
        (["--today", "gisteren"], 2, "no date"),
        (["--weeks", "0"], 2, "--weeks"),
    ],
)
def test_what_cannot_be_meant(call, covered, roster, arguments, code, said) -> None:
    result = call(covered, roster, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.split())


def test_a_roster_of_another_region_is_refused(call, covered, roster) -> None:
    text = roster.read_text("utf-8").replace('"region_id": "klein"', '"region_id": "groot"')
    roster.write_text(text, "utf-8")
    result = call(covered, roster)
    assert result.exit_code == 5
    assert "groot" in result.stderr


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.MEETS, Verdict.COVERABLE], Code.COVERED),
        ([Verdict.MEETS, None], Code.COVERED),
        ([Verdict.MEETS, Verdict.UNKNOWN], Code.NOTHING_FOUND),
        ([Verdict.UNKNOWN, Verdict.NOT_YET], Code.NOT_COVERED),
        ([Verdict.NOT_YET, Verdict.IMPOSSIBLE], Code.NO_ROSTER_EXISTS),
        ([None], Code.NOTHING_FOUND),
        ([], Code.NOTHING_FOUND),
    ],
)
def test_the_worst_site_decides(verdicts, code) -> None:
    sites = tuple(SiteRow(site="a", name="A", verdict=each) for each in verdicts)
    report = RegionReport.model_construct(sites=sites)
    assert code_of_region(report) is code
