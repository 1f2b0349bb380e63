"""`so247 prove` writes a dossier and a roster, and over nothing else. All is refused unsearched."""

from pathlib import Path

import pytest

from so247.formats.dossier.digests import DIGESTS
from so247.formats.roster_json import roster_to_json
from so247.models.clock import Interval
from so247.models.roster import Roster
from so247.solver.prover import prove as prover

HOUR = Interval.model_validate_json('{"start": "2026-10-05T06:00Z", "end": "2026-10-05T07:00Z"}')


class Searched(Exception):
    """The command came as far as the search, which these tests do not need."""


@pytest.fixture
def prove(run, covered, monkeypatch):
    """The command up to the search. ``.exception`` is ``Searched`` where nothing was refused."""

    def search(*_, **__):
        raise Searched

    monkeypatch.setattr(prover, "prove", search)
    return lambda *arguments: run("prove", covered, "hagro", *arguments)


def everything(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def refused(result, tmp_path: Path, before: dict[Path, bytes]) -> None:
    assert result.exit_code == 5
    assert "Maybe another name for --" in result.stderr
    assert everything(tmp_path) == before


def searched(result) -> bool:
    """One of our faults, exit code 1, and not bad input: the search was asked."""
    return result.exit_code == 1 and "Searched" in result.stderr + repr(result.exception)


@pytest.mark.parametrize("name", ["klein/region.yaml", "note.json", "klein", "d/roster.json", "d"])
def test_a_roster_goes_over_rosters_only(prove, tmp_path, name) -> None:
    """The region's own file, JSON of something else, a folder, and what a dossier may not hold."""
    (tmp_path / "note.json").write_text('{"to do": []}', encoding="utf-8")
    before = everything(tmp_path)
    assert tmp_path / "klein" / "region.yaml" in before
    refused(prove("--out", tmp_path / "d", "--roster-out", tmp_path / name), tmp_path, before)


def test_a_dossier_within_the_roster_makes_no_sense(prove, tmp_path) -> None:
    before = everything(tmp_path)
    result = prove("--out", tmp_path / "a" / "b", "--roster-out", tmp_path / "a")
    refused(result, tmp_path, before)


def test_a_roster_that_is_there_may_be_replaced(prove, tmp_path) -> None:
    file = tmp_path / "roster.json"
    file.write_bytes(roster_to_json(Roster(region_id="klein", period=HOUR)))
    assert searched(prove("--out", tmp_path / "d", "--roster-out", file))
    assert searched(prove("--out", tmp_path / "d", "--roster-out", tmp_path / "new.json"))


@pytest.mark.parametrize("names", [("note.txt",), ("proof.pdf",), ("proof.html", "x", DIGESTS)])
def test_a_dossier_goes_in_no_folder_of_something_else(prove, tmp_path, names) -> None:
    """A PDF without digests.txt is somebody's own: a dossier without one would take it away."""
    folder = tmp_path / "d"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("mine", encoding="utf-8")
    refused(prove("--out", folder), tmp_path, everything(tmp_path))


def test_a_folder_that_is_called_like_a_file_of_a_dossier_stays(prove, tmp_path) -> None:
    (tmp_path / "d" / "proof.pdf").mkdir(parents=True)
    refused(prove("--out", tmp_path / "d"), tmp_path, everything(tmp_path))


def test_an_older_dossier_or_an_empty_folder_will_do(prove, tmp_path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    assert searched(prove("--out", folder))
    for name in ("proof.json", "proof.html", "proof.pdf", DIGESTS):
        (folder / name).write_text("older", encoding="utf-8")
    assert searched(prove("--out", folder))


@pytest.mark.parametrize("name", ["", " "])
def test_a_folder_has_a_name(prove, name) -> None:
    """An empty one would be the folder that we are in: a mistake, as with an empty variable."""
    result = prove("--out", name)
    assert result.exit_code == 2
    assert "a folder has a name" in " ".join(result.stderr.replace("│", " ").split())
