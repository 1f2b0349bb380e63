"""`so247 responsibility`: the table on a screen and for programs. It reads no region."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from so247.audit.responsibility import Row, known_settings, rows, sources, tasks_of
from so247.cli.exits import Guarded
from so247.cli.responsibility import EXAMPLES, responsibility

ROWS = [row for setting in known_settings() for row in rows(setting)]
WIDE = {"COLUMNS": "600"}


def run(*arguments: str) -> Result:
    """The command among others, as ``so247`` has it."""
    app = typer.Typer(cls=Guarded)
    app.command(epilog=EXAMPLES)(responsibility)
    app.command("other")(lambda: None)
    return CliRunner().invoke(app, ["responsibility", *arguments], env=WIDE)


def words(result: Result) -> str:
    """What a reader reads, without the lines of the table."""
    return " ".join(result.stdout.replace("│", " ").split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.code)
def test_a_setting_is_shown_whole_in_both_languages(row: Row) -> None:
    result = run(row.setting)
    assert result.exit_code == 0
    text = words(result)
    for cell in row.cells:
        for said in (cell.value, *([cell.other] if cell.other else [])):
            assert said.nl in text
            assert said.en in text
        assert cell.source in text
    assert row.name.nl in text


def test_an_inferred_cell_is_marked_and_explained() -> None:
    text = words(run("respite"))
    # Two † cells, and the dagger's own explanation.
    assert text.count("†") == 3
    assert "† afgeleid" in text


def test_without_a_setting_all_are_shown() -> None:
    text = words(run())
    assert all(row.name.nl in text for row in ROWS)
    assert all(source.title in text for source in sources())


def test_the_tasks_that_go_with_it_are_shown_with_both_documents() -> None:
    text = words(run("facility_without_treatment"))
    for held in tasks_of("without_treatment"):
        assert held.value.nl in text
    assert "multidisciplinair overleg (MDO)" in text
    assert "multidisciplinair overleg" not in words(run("respite"))


def test_an_unknown_setting_is_bad_input_and_names_the_known() -> None:
    result = run("facility_without_treatmnt")
    assert result.exit_code == 5
    assert result.stdout == ""
    assert "Maybe you meant facility_without_treatment." in result.stderr
    assert all(setting in result.stderr for setting in known_settings())
    assert run("castle").exit_code == 5


def test_json_holds_every_cell() -> None:
    found = json.loads(run("--json").stdout)
    assert found["exit_code"] == 0
    assert [(each["setting"], each["indication"]) for each in found["rows"]] == [
        (row.setting, row.indication) for row in ROWS
    ]
    cells = [cell for each in found["rows"] for cell in each["cells"]]
    assert sum(cell["inferred"] for cell in cells) == 26
    assert all((cell["other"] is not None) == cell["inferred"] for cell in cells)
    assert {cell.get("binds") for cell in cells if cell["column"] == "so_24_7"} == {
        "yes",
        "no",
        "not_stated",
        "by_location",
    }
    assert set(found["tasks"]) == {"without_treatment", "with_treatment"}
    assert set(found["sources"]) == {"S0", "S1", "S2"}


def test_json_of_one_setting() -> None:
    found = json.loads(run("facility_without_treatment", "--json").stdout)
    assert [each["indication"] for each in found["rows"]] == ["wlz", "none"]
    assert list(found["tasks"]) == ["without_treatment"]
