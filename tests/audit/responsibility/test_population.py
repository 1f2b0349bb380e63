"""Which rows hold for a site, and the warning that each uncertain cell gives."""

from __future__ import annotations

from typing import Any

import pytest

from so247.audit.assess import assess
from so247.audit.responsibility import (
    Cell,
    known_settings,
    population,
    readings,
    rows,
    treatment_of,
)
from so247.models.sites import Facility, Indication, ResidenceSetting, ResidentCount

S = ResidenceSetting
WLZ, NONE = Indication.WLZ, Indication.NONE
FWT, NOT_CONTRACTED, NOT_DELIVERED, PACKAGE, WITH = (
    S.FACILITY_WITHOUT_TREATMENT,
    S.ADMITTED_NOT_CONTRACTED,
    S.ADMITTED_NOT_DELIVERED,
    S.ADMITTED_PACKAGE_WITHOUT_TREATMENT,
    S.WLZ_INSTITUTION_WITH_TREATMENT,
)
INFERRED = [
    cell
    for setting in known_settings()
    for row in rows(setting)
    for cell in row.cells
    if cell.inferred
]
DISPUTED = sorted(
    {
        cell.value.code
        for setting in known_settings()
        for row in rows(setting)
        for cell in row.cells
        if len(row.of(cell.column)) > 1
    }
)


def people(*kinds: tuple[ResidenceSetting, Indication]) -> tuple[ResidentCount, ...]:
    return tuple(ResidentCount(setting=s, indication=i, count=3) for s, i in kinds)


def house(
    setting: ResidenceSetting, *kinds: tuple[ResidenceSetting, Indication], facts: Any = None
) -> Facility:
    admitted, contracted, delivered = facts or (None, None, None)
    return Facility(
        id="home",
        name="Home",
        setting=setting,
        residents=people(*kinds),
        pools=("pool",),
        admitted_for_treatment=admitted,
        treatment_contracted=contracted,
        treatment_delivered=delivered,
    )


def kinds(facility: Facility) -> list[tuple[ResidenceSetting, Indication]]:
    return [(each.setting, each.indication) for each in population(facility)]


def warned(toy: Any, facility: Facility) -> set[str]:
    found = assess(toy.region(facilities=(facility,)), "home", toy.WEEK, None)
    return {said.code for said in found.warnings}


def living(cell_or_code: Cell | str) -> Facility:
    """A facility with residents of exactly the row that a cell stands in."""
    code = cell_or_code if isinstance(cell_or_code, str) else cell_or_code.value.code
    setting, indication, _ = code.split(".")
    kind = WLZ if indication == "any" else Indication(indication)
    return house(S(setting), (S(setting), kind))


# Warnings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", INFERRED, ids=lambda cell: cell.value.code)
def test_every_dagger_cell_shows_its_warning(toy: Any, cell: Cell) -> None:
    facility = living(cell)
    found = assess(toy.region(facilities=(facility,)), "home", toy.WEEK, None)
    (said,) = (each for each in found.warnings if each.code == f"inferred.{cell.value.code}")
    assert cell.other is not None
    for text, value, other in (
        (said.nl, cell.value.nl, cell.other.nl),
        (said.en, cell.value.en, cell.other.en),
    ):
        assert "†" in text
        assert cell.source in text
        assert f"'{value}'" in text
        assert f"'{other}'" in text
    marked = {(each.setting, each.column) for each in found.readings if each.inferred}
    assert (cell.setting, cell.column.value) in marked


@pytest.mark.parametrize("code", DISPUTED)
def test_every_cell_on_which_documents_differ_shows_both(toy: Any, code: str) -> None:
    found = assess(toy.region(facilities=(living(code),)), "home", toy.WEEK, None)
    (said,) = (each for each in found.warnings if each.code == f"conflict.{code}")
    setting, _, column = code.split(".")
    shown = [e for e in found.readings if (e.setting, e.column) == (setting, column)]
    assert len(shown) > 1
    for reading in shown:
        assert reading.source in said.nl
        assert f"'{reading.value.nl}'" in said.nl


def test_a_row_without_daggers_warns_of_none(toy: Any) -> None:
    codes = warned(toy, house(WITH, (WITH, WLZ)))
    assert not any(code.startswith(("inferred.", "conflict.")) for code in codes)


def test_tasks_on_which_documents_differ_are_warned_of(toy: Any) -> None:
    assert "conflict.without_treatment.team_meeting" in warned(toy, house(FWT, (FWT, WLZ)))


def test_a_combination_that_the_table_does_not_know_is_said(toy: Any) -> None:
    facility = house(FWT, (FWT, WLZ), (S.SHORT_STAY_HIGH, WLZ), (S.HOME, WLZ))
    region = toy.region(facilities=(facility,))
    found = assess(region, "home", toy.WEEK, None)
    unknown = [said.en for said in found.warnings if said.code == "setting.unknown"]
    assert len(unknown) == 2
    assert "short_stay_high / wlz" in unknown[0]
    assert {each.setting for each in found.readings} == {FWT.value}


# Rows ----------------------------------------------------------------------------------------


def test_a_mixed_population_has_one_row_per_setting_and_indication() -> None:
    mixed = ((FWT, WLZ), (FWT, NONE), (S.RESPITE, NONE))
    assert kinds(house(FWT, *mixed)) == list(mixed)


def test_the_readings_tell_the_rows_of_one_setting_apart(toy: Any) -> None:
    region = toy.region(facilities=(house(FWT, (FWT, WLZ), (FWT, NONE)),))
    found = readings(region, "home")
    assert {each.indication for each in found} == {"wlz", "none"}
    # Five columns each; with Wlz, two documents differ on ANW and three on 24/7: 5 + 1 + 2 more.
    assert len(found) == 8 + 5


def test_without_residents_a_facility_has_every_row_of_its_setting() -> None:
    assert kinds(house(FWT)) == [(FWT, WLZ), (FWT, NONE)]
    assert kinds(house(S.GERIATRIC_REHAB)) == [(S.GERIATRIC_REHAB, WLZ)]


def test_residents_that_are_none_count_for_nothing() -> None:
    nobody = ResidentCount(setting=S.RESPITE, indication=NONE, count=0)
    facility = house(FWT, (FWT, WLZ))
    facility = facility.model_copy(update={"residents": (*facility.residents, nobody)})
    assert kinds(facility) == [(FWT, WLZ)]


def test_the_facility_s_own_setting_always_has_a_row() -> None:
    # Guests only, but it is a facility without treatment all the same.
    assert kinds(house(FWT, (S.RESPITE, NONE))) == [(FWT, WLZ), (FWT, NONE), (S.RESPITE, NONE)]


def test_a_gp_group_has_the_rows_of_its_patients(toy: Any) -> None:
    group = toy.region().gp_groups[0]
    at_home = people((S.HOME, NONE), (S.HOME_WLZ, WLZ))
    found = population(group.model_copy(update={"residents": at_home}))
    assert [each.setting for each in found] == [S.HOME, S.HOME_WLZ]
    assert all(each.row is not None for each in found)


# Facts about treatment -----------------------------------------------------------------------

T, F = True, False
FACTS = [
    # The setting that was given, the three facts, and the setting that they make it.
    (FWT, (F, F, F), FWT),
    (FWT, (None, None, None), FWT),
    (FWT, (T, T, T), WITH),
    (FWT, (T, T, F), NOT_DELIVERED),
    (FWT, (T, F, None), NOT_CONTRACTED),
    (WITH, (T, T, T), WITH),
    (WITH, (T, T, F), NOT_DELIVERED),
    (WITH, (None, None, F), NOT_DELIVERED),
    (WITH, (T, F, F), NOT_CONTRACTED),
    (WITH, (T, F, T), NOT_CONTRACTED),
    (WITH, (F, F, F), FWT),
    (NOT_CONTRACTED, (None, None, None), NOT_CONTRACTED),
    (NOT_CONTRACTED, (T, T, F), NOT_DELIVERED),
    (NOT_DELIVERED, (T, T, T), WITH),
    (PACKAGE, (T, T, T), PACKAGE),
    (PACKAGE, (T, F, F), NOT_CONTRACTED),
    (S.HOME, (None, None, None), S.HOME),
    (S.HOME, (T, T, F), NOT_DELIVERED),
]


@pytest.mark.parametrize(("given", "facts", "made"), FACTS)
def test_the_facts_decide_which_row_is_used(given: Any, facts: Any, made: Any) -> None:
    found = treatment_of(house(given, facts=facts))
    assert found is not None
    assert found.setting is made
    assert made in {setting for setting, _ in kinds(house(given, facts=facts))}
    # A setting that the facts change is contradicted by them; but a package without treatment says
    # nothing about what is contracted.
    assert bool(found.contradictions) == (made is not given and given is not PACKAGE)
    assert found.known == (None not in facts)


def test_residents_follow_the_facts() -> None:
    assert kinds(house(WITH, (WITH, WLZ), facts=(T, T, F))) == [(NOT_DELIVERED, WLZ)]


def test_a_package_without_treatment_is_the_resident_s_own() -> None:
    facility = house(WITH, (WITH, WLZ), (PACKAGE, WLZ), facts=(T, T, T))
    assert kinds(facility) == [(WITH, WLZ), (PACKAGE, WLZ)]


def test_who_lives_at_home_or_stays_for_a_while_stays_what_he_is() -> None:
    facility = house(WITH, (S.HOME, NONE), (S.SHORT_STAY_LOW, NONE), (WITH, WLZ), facts=(T, T, F))
    assert kinds(facility) == [(S.HOME, NONE), (S.SHORT_STAY_LOW, NONE), (NOT_DELIVERED, WLZ)]


def test_without_facts_a_mixed_population_is_left_as_it_is() -> None:
    facility = house(FWT, (FWT, WLZ), (WITH, WLZ))
    assert kinds(facility) == [(FWT, WLZ), (WITH, WLZ)]


@pytest.mark.parametrize("facts", [(F, T, F), (F, F, T), (F, T, T)])
def test_facts_that_cannot_be_are_said(facts: Any) -> None:
    found = treatment_of(house(FWT, facts=facts))
    assert found is not None
    assert "treatment.facts" in {said.code for said in found.contradictions}


def test_for_a_temporary_stay_treatment_plays_no_part() -> None:
    assert treatment_of(house(S.GERIATRIC_REHAB, facts=(T, T, F))) is None
