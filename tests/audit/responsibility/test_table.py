"""The table as data: complete, and with its daggers where the documents are silent."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from so247.audit.responsibility import (
    COLUMNS,
    Binds,
    Cell,
    Column,
    Row,
    known_settings,
    rows,
    sources,
    tasks_of,
)
from so247.models.evidence import Task
from so247.models.sites import ResidenceSetting

ROWS = [row for setting in known_settings() for row in rows(setting)]
CELLS = [cell for row in ROWS for cell in row.cells]
C = Column
ANW, SPECIFIC_ANW, BINDS = C.GENERAL_OUT_OF_HOURS, C.SPECIFIC_OUT_OF_HOURS, C.SO_24_7

DAGGERS: dict[tuple[str, str], set[Column]] = {
    ("home", "none"): set(),
    ("home_wlz", "wlz"): {BINDS},
    ("facility_without_treatment", "wlz"): set(),
    ("facility_without_treatment", "none"): {ANW, SPECIFIC_ANW, BINDS},
    ("admitted_not_contracted", "wlz"): {ANW},
    ("admitted_package_without_treatment", "wlz"): {ANW, SPECIFIC_ANW, BINDS},
    ("wlz_institution_with_treatment", "wlz"): set(),
    ("short_stay_low", "none"): {ANW, SPECIFIC_ANW},
    ("short_stay_high", "none"): {ANW, SPECIFIC_ANW, BINDS},
    ("short_stay_palliative", "none"): {ANW, SPECIFIC_ANW},
    ("respite", "any"): {ANW, SPECIFIC_ANW},
    ("admitted_not_delivered", "wlz"): {C.GENERAL_DAY, ANW, BINDS},
    ("guest_stay_converted", "wlz"): {ANW, SPECIFIC_ANW, BINDS},
    ("geriatric_rehab", "any"): {ANW, SPECIFIC_ANW, BINDS},
}
"""Read off the decision table by hand, row by row: 0+1+0+3+1+3+0+2+3+2+2+3+3+3 = 26 cells."""

BINDING: dict[tuple[str, str], set[Binds]] = {
    ("home", "none"): {Binds.NO, Binds.NOT_STATED},  # S1 counts a sheltered flat as a facility
    ("home_wlz", "wlz"): {Binds.NO},
    ("facility_without_treatment", "wlz"): {Binds.YES, Binds.NOT_STATED},  # S1 names no hours
    ("facility_without_treatment", "none"): {Binds.YES},
    ("admitted_not_contracted", "wlz"): {Binds.YES},
    ("admitted_package_without_treatment", "wlz"): {Binds.YES},
    ("wlz_institution_with_treatment", "wlz"): {Binds.YES},
    ("short_stay_low", "none"): {Binds.NOT_STATED},
    ("short_stay_high", "none"): {Binds.YES},
    ("short_stay_palliative", "none"): {Binds.BY_LOCATION},
    ("respite", "any"): {Binds.NO},
    ("admitted_not_delivered", "wlz"): {Binds.YES},
    ("guest_stay_converted", "wlz"): {Binds.YES},
    ("geriatric_rehab", "any"): {Binds.YES},
}


def key(row: Row) -> tuple[str, str]:
    return row.setting, row.indication


def test_every_setting_has_a_row() -> None:
    assert set(known_settings()) == {setting.value for setting in ResidenceSetting}
    assert len(ROWS) == 14
    assert rows("castle") == ()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name.code)
def test_every_row_has_every_column(row: Row) -> None:
    assert [column for column in COLUMNS if row.of(column)] == list(Column)


def test_the_daggers_stand_where_the_decision_table_has_them() -> None:
    found = {key(row): {cell.column for cell in row.cells if cell.inferred} for row in ROWS}
    assert found == DAGGERS
    assert sum(cell.inferred for cell in CELLS) == 26


def test_whether_the_precondition_binds() -> None:
    found = {key(row): {cell.binds for cell in row.of(BINDS)} for row in ROWS}
    assert found == BINDING


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.value.code)
def test_a_cell_is_whole(cell: Cell) -> None:
    assert cell.value.nl
    assert cell.value.en
    assert cell.source.split()[0].rstrip(",") in {source.id for source in sources()}
    # An inferred cell has another reading, which is another one; a stated cell has none.
    assert (cell.other is not None) == cell.inferred
    if cell.other is not None:
        assert cell.other.nl != cell.value.nl
        assert cell.other.en != cell.value.en
    assert (cell.binds is not None) == (cell.column is BINDS)


def test_documents_that_differ_stand_side_by_side() -> None:
    (row,) = (row for row in ROWS if key(row) == ("facility_without_treatment", "wlz"))
    assert [cell.source for cell in row.of(ANW)] == ["S0 2.1", "S2 #3, S2 #4"]
    differ = {key(each) for each in ROWS for column in Column if len(each.of(column)) > 1}
    assert differ == {("home", "none"), ("facility_without_treatment", "wlz")}


def test_no_cell_is_both_inferred_and_disputed() -> None:
    for row in ROWS:
        for column in Column:
            cells = row.of(column)
            assert len(cells) == 1 or not any(cell.inferred for cell in cells)


@pytest.mark.parametrize("care", ["without_treatment", "with_treatment"])
def test_every_task_has_a_holder(care: str) -> None:
    assert {each.task for each in tasks_of(care)} == set(Task)


def test_the_documents_differ_on_the_team_meeting() -> None:
    found = [each for each in tasks_of("without_treatment") if each.task is Task.TEAM_MEETING]
    assert [(each.holder, each.source) for each in found] == [
        ("gp", "S0 2.1"),
        ("not_gp", "S2 Bijlage 1"),
    ]


def test_every_list_of_tasks_that_a_row_names_exists() -> None:
    assert {row.tasks for row in ROWS} == {"", "without_treatment", "with_treatment"}


@pytest.mark.parametrize("name", ["table.csv", "settings.csv", "tasks.csv", "sources.csv"])
def test_every_line_of_the_data_is_read(name: str) -> None:
    text = (files("so247.audit.responsibility") / name).read_text(encoding="utf-8")
    assert ";" not in text
    header, *lines = csv.reader(text.splitlines())
    assert all(len(line) == len(header) for line in lines)
    read = {
        "table.csv": len(CELLS),
        "settings.csv": len(ROWS),
        "tasks.csv": sum(len(tasks_of(care)) for care in ("without_treatment", "with_treatment")),
        "sources.csv": len(sources()),
    }
    assert len(lines) == read[name]
