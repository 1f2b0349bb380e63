"""`so247 new` and `so247 schema`: what somebody begins with."""

import json
import re

from so247.formats.region_folder import read_region
from so247.models.region import Region
from so247.models.settings import UnknownTravel


def test_a_new_region_solves_as_it_stands(run, tmp_path) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder).exit_code == 0
    # A few seconds prove the best roster; what matters here is that everything is covered.
    result = run("roster", folder, "--seconds", "10", "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)["report"]
    assert len(report["sites"]) == 4


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


def test_the_keys_in_comments_are_right_as_well(run, tmp_path) -> None:
    # Somebody who takes the comment signs away before the backup line and the settings must get a
    # region.
    folder = tmp_path / "mine"
    run("new", folder)
    file = folder / "region.yaml"
    lines = file.read_text("utf-8").splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith("  # - id: "))
    for at in range(begin, len(lines)):
        if lines[at].startswith("  # "):
            lines[at] = "  " + lines[at].removeprefix("  # ")
        elif lines[at].startswith(("# settings:", "#   ")):
            lines[at] = lines[at].removeprefix("# ")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    region = read_region(folder)
    assert "achterwacht" in region.line_by_id
    assert region.settings.unknown_travel is UnknownTravel.FORBID


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
