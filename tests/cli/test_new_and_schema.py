"""`so247 new` and `so247 schema`: what somebody begins with."""

import json
import re

from so247.formats.region_folder import read_region
from so247.models.region import Region


def test_a_new_region_solves_as_it_stands(run, tmp_path) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder).exit_code == 0
    # A few seconds prove the best roster; what matters here is that everything is covered.
    result = run("roster", folder, "--seconds", "10", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)["report"]
    assert len(report["sites"]) == 2


def test_a_new_region_shows_every_table_and_explains_it(run, tmp_path) -> None:
    folder = tmp_path / "mine"
    run("new", folder)
    explained = (folder / "README.md").read_text("utf-8")
    tables = {file.name for file in folder.glob("*.csv")}
    assert set(re.findall(r"^\| `(\S+\.csv)`", explained, flags=re.MULTILINE)) == tables
    region = read_region(folder)
    # Pins are the exception: one would hold a place that somebody wants to fill differently.
    sections = ("absences", "commitments", "wishes", "facilities", "pairings", "sessions")
    assert isinstance(region, Region)
    assert all(getattr(region, section) for section in sections)
    assert (folder / "region.yaml").read_text("utf-8").count("#") > 20


def test_the_lines_in_comments_are_right_as_well(run, tmp_path) -> None:
    # Somebody who takes the comment signs away before the backup line must get a region.
    folder = tmp_path / "mine"
    run("new", folder)
    file = folder / "region.yaml"
    head, backup = file.read_text("utf-8").split("  # - id: backup", 1)
    file.write_text(head + "  - id: backup" + backup.replace("\n  # ", "\n  "), "utf-8")
    assert "backup" in read_region(folder).line_by_id


def test_new_does_not_touch_a_folder_that_holds_something(run, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("new", tmp_path)
    assert result.exit_code == 5
    assert "not empty" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_new_where_a_file_stands(run, tmp_path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    assert run("new", file).exit_code == 5
    assert file.read_text() == "mine"


def test_the_schema_is_the_same_on_screen_in_a_file_and_in_a_new_region(run, tmp_path) -> None:
    run("new", tmp_path / "mine")
    run("schema", "--out", tmp_path / "schema.json")
    shown = json.loads(run("schema").stdout)
    assert shown["properties"].keys() >= {"id", "lines", "patterns"}
    for file in (tmp_path / "schema.json", tmp_path / "mine" / "region.schema.json"):
        assert json.loads(file.read_text("utf-8")) == shown
