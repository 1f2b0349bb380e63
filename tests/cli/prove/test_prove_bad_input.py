"""Bad input: exit code 5 and sentences; an older dossier stays as it was, whatever goes wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from so247.formats.dossier.digests import digests_of
from so247.formats.dossier.folder import DOSSIER_FILES, read_dossier

# Bad input ------------------------------------------------------------------------------------


@pytest.fixture
def dossier(world: Any) -> Iterator[Any]:
    """A dossier is there already; whatever goes wrong, it stays as it was."""
    world.out.mkdir()
    before = {name: f"an older {name}".encode() for name in DOSSIER_FILES}
    for name, data in before.items():
        (world.out / name).write_bytes(data)
    yield world
    assert world.content(world.out) == before


def refused(result: Any, *words: str) -> None:
    assert (result.exit_code, result.stdout) == (5, "")
    assert "Traceback" not in result.stderr
    for each in words:
        assert each in result.stderr


def test_an_unknown_site(dossier: Any) -> None:
    wrong = dossier.site[:-1]
    refused(dossier.prove(site=wrong), wrong, f"Maybe {dossier.site}.")


def test_an_unknown_region(dossier: Any) -> None:
    refused(dossier.prove(dossier.folder / "nowhere"), "nowhere")


def test_a_setting_that_the_table_does_not_know(dossier: Any) -> None:
    source = dossier.write()
    table = source / "facilities.csv"
    text = table.read_text("utf-8")
    assert text.count(",facility_without_treatment,") >= 1
    table.write_text(text.replace(",facility_without_treatment,", ",holiday_camp,", 1), "utf-8")
    refused(dossier.prove(source), "facilities.csv:2", "holiday_camp")


def test_a_roster_that_is_not_there(dossier: Any) -> None:
    refused(dossier.prove(None, "--roster", "nowhere.json"), "nowhere.json: there is no such")


def test_a_roster_that_is_none(dossier: Any) -> None:
    file = dossier.folder / "roster.json"
    file.write_bytes(b"{")
    refused(dossier.prove(None, "--roster", file), "roster.json")


def test_a_roster_of_another_region(dossier: Any) -> None:
    strange = dossier.roster(region_id="elsewhere")
    refused(dossier.prove(None, "--roster", strange), "another region", "elsewhere")


def test_a_roster_that_is_over_by_then(dossier: Any) -> None:
    opening = dossier.made.start + timedelta(weeks=dossier.made.weeks + 1)
    result = dossier.prove(None, "--roster", dossier.roster(), "--opening", opening)
    refused(result, "the roster ends on", str(opening))


def test_an_opening_of_a_gp_group(dossier: Any) -> None:
    group = dossier.region.gp_groups[0].id
    result = dossier.prove(None, "--opening", "2026-12-01", site=group)
    refused(result, "is a GP group", "leave --opening out")


@pytest.mark.parametrize(
    "options", [("--weeks", "0"), ("--opening", "soon"), ("--seconds", "0"), ("--absence-days", 0)]
)
def test_options_that_make_no_sense(dossier: Any, options: tuple[object, ...]) -> None:
    result = dossier.prove(None, *options)
    assert (result.exit_code, result.stdout) == (2, "")


def test_an_out_that_is_a_file(world: Any) -> None:
    world.out.write_text("mine", "utf-8")
    refused(world.prove(), "is a file, not a folder")
    assert world.out.read_text("utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_an_out_that_may_not_be_written_to(world: Any) -> None:
    world.out.mkdir(mode=0o500)
    refused(world.prove(), "cannot be written to")
    world.out.chmod(0o700)
    assert world.content(world.out) == {}


def test_a_write_that_fails_leaves_the_older_dossier(
    dossier: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = dossier.write()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("so247.formats.files._write_durably", full)
    refused(dossier.prove(source), "No space left on device", "nothing was changed")


def test_a_region_that_changed_since_is_judged_as_it_is_and_says_where(world: Any) -> None:
    now = world.write(name="Renamed")
    sections = (("name", "0" * 12),)
    file = world.roster(region_hash="0" * 64, region_sections=sections)
    result = world.prove(now, "--roster", file)
    assert result.exit_code == 0
    assert "The region changed in" in world.plain(result)
    assert "name" in world.plain(result).split("The region changed in")[1].split("since")[0]
    assert "region_changed" in {each.code for each in read_dossier(world.out).assumptions}


def test_a_proof_file_from_a_newer_version(world: Any) -> None:
    assert world.prove().exit_code == 0
    files = world.content(world.out)
    proof = json.loads(files["proof.json"])
    files["proof.json"] = json.dumps({**proof, "schema_version": 99}).encode()
    del files["digests.txt"]
    for name, data in {**files, "digests.txt": digests_of(files)}.items():
        (world.out / name).write_bytes(data)
    refused(world.run("verify", world.out), "newer version of so247", "Maybe update so247")


# What is there already ------------------------------------------------------------------------


def test_of_an_older_dossier_nothing_survives(world: Any) -> None:
    world.out.mkdir()
    for name in DOSSIER_FILES:
        (world.out / name).write_bytes(b"old")
    assert world.prove().exit_code == 0
    # The older PDF would be a page of another proof.
    assert "proof.pdf" not in world.content(world.out)
    assert read_dossier(world.out).site == world.site


def test_reproducible_gives_the_same_bytes(world: Any) -> None:
    source = world.write()
    found = []
    for _ in range(2):
        assert world.prove(source).exit_code == 0
        found.append(world.content(world.out))
    assert found[0] == found[1]
