"""Precondition 5: computed from the roster, with what no roster can make good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from so247.models.evidence import EvidenceKind, Task
from so247.models.lines import Care, Position, Window
from so247.models.proof import Answered, Status, Verdict
from so247.models.report import Coverage
from so247.models.roster import State
from so247.models.sites import (
    AgreementKind,
    CareFunction,
    Indication,
    ResidenceSetting,
    ResidentCount,
)

K = EvidenceKind
MET, NOT_MET, UNKNOWN, EXPIRED = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.EXPIRED
WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)
S = ResidenceSetting


def fifth(found: Any) -> Any:
    return next(each for each in found.preconditions if each.key == "5")


def gap_on_thursday(sound: Any) -> Any:
    """Bob's day line has a hole on Thursday from 10:00 to 11:00."""
    hole, week = sound.toy.between("2026-11-05 10:00", "2026-11-05 11:00"), sound.WEEK
    return sound.roster(
        sound.toy.whole("anw", "ann"),
        sound.toy.held("day@1", "bob", week.model_copy(update={"end": hole.start})),
        sound.toy.held("day@2", "bob", week.model_copy(update={"start": hole.end})),
    )


# Met, not met, unknown -----------------------------------------------------------------------


def test_met_by_a_roster_without_a_gap(sound: Any) -> None:
    found = sound.assess()
    assert (fifth(found).status, fifth(found).until) == (MET, date(2026, 11, 8))
    assert found.verdict is Verdict.MEETS


def test_not_met_by_one_uncovered_hour(sound: Any) -> None:
    found = sound.assess(roster=gap_on_thursday(sound))
    assert (fifth(found).status, fifth(found).until) == (NOT_MET, WEDNESDAY)
    (reason,) = fifth(found).reasons
    assert reason.nl == "onbezette dienst: 1:00 uur, voor het eerst op 05-11-2026"
    assert (found.verdict, found.until) == (Verdict.NOT_YET, WEDNESDAY)


UNCERTAIN: list[tuple[str, dict[str, Any]]] = [
    ("minutes from defaults", {"phone_minutes": None, "on_site_minutes": None}),
    ("agreement not signed", {"signed_on": None}),
]


@pytest.mark.parametrize("fields", [each[1] for each in UNCERTAIN], ids=[e[0] for e in UNCERTAIN])
def test_unknown_where_the_agreement_leaves_it_open(sound: Any, fields: dict[str, Any]) -> None:
    # A line must promise no more than the default asks (15 by phone, 60 on site), so it does.
    agreements = (sound.agreement(**fields), sound.toy.agreement("group"))
    found = sound.assess(sound.region(agreements=agreements))
    assert fifth(found).status is UNKNOWN
    assert found.verdict is Verdict.UNKNOWN
    assert found.coverage is not None
    assert found.coverage.uncovered_minutes == 0  # the computed result is shown with it


def test_not_met_where_nothing_is_rostered(sound: Any) -> None:
    found = sound.assess(roster=None)
    assert fifth(found).status is NOT_MET
    assert found.verdict is Verdict.NOT_YET
    assert found.coverage is None


@pytest.mark.parametrize("answer", [Answered.UNKNOWN, Answered.FEASIBLE])
def test_without_a_roster_to_look_at_an_answer_proves_nothing(sound: Any, answer: Any) -> None:
    found = sound.assess(roster=None, cover=answer)
    assert (fifth(found).status, found.verdict) == (UNKNOWN, Verdict.UNKNOWN)


# Expired -------------------------------------------------------------------------------------


def ended_agreement(sound: Any) -> dict[str, Any]:
    over = sound.agreement(valid_until=WEDNESDAY)
    return {"agreements": (over, sound.toy.agreement("group"))}


def ended_contract(sound: Any) -> dict[str, Any]:
    over = sound.toy.contract("ann", valid_until=WEDNESDAY)
    return {"contracts": (over, sound.toy.contract("bob"))}


def ended_registration(sound: Any) -> dict[str, Any]:
    over = sound.toy.physician("bob", registered_until=WEDNESDAY)
    return {"physicians": (sound.toy.physician("ann"), over)}


def ended_function(sound: Any) -> dict[str, Any]:
    """Cas holds no duty, but a promised function, until his registration ends."""
    cas = sound.toy.physician("cas", registered_until=WEDNESDAY)
    facility = sound.facility()
    holders = tuple(
        each.model_copy(update={"physician": "cas"})
        if each.function is CareFunction.CONSULTATION
        else each
        for each in facility.function_holders
    )
    people = (sound.toy.physician("ann"), sound.toy.physician("bob"), cas)
    return {"facility": {"function_holders": holders}, "physicians": people}


ENDS = [ended_agreement, ended_contract, ended_registration, ended_function]


@pytest.mark.parametrize("change", ENDS)
def test_expired_where_all_was_covered_until_something_ended(
    sound: Any, change: Callable[[Any], dict[str, Any]]
) -> None:
    found = sound.assess(sound.region(**change(sound)))
    assert (fifth(found).status, fifth(found).until) == (EXPIRED, WEDNESDAY)
    assert (found.verdict, found.until) == (Verdict.NOT_YET, WEDNESDAY)


@pytest.mark.parametrize("change", ENDS[:3])
def test_not_met_where_there_was_a_gap_before_it_ended(
    sound: Any, change: Callable[[Any], dict[str, Any]]
) -> None:
    week, hole = sound.WEEK, sound.toy.between("2026-11-03 10:00", "2026-11-03 11:00")
    roster = sound.roster(
        sound.toy.whole("anw", "ann"),
        sound.toy.held("day@1", "bob", week.model_copy(update={"end": hole.start})),
        sound.toy.held("day@2", "bob", week.model_copy(update={"start": hole.end})),
    )
    found = fifth(sound.assess(sound.region(**change(sound)), roster=roster))
    assert (found.status, found.until) == (NOT_MET, date(2026, 11, 2))


def test_not_met_where_a_holder_also_breaks_a_hard_rule(sound: Any) -> None:
    # Bob's contract allows no duty at all; that his registration ends comes on top.
    changed = ended_registration(sound)
    none = sound.toy.contract("bob", max_duties=0)
    region = sound.region(**changed, contracts=(sound.toy.contract("ann"), none))
    assert fifth(sound.assess(region)).status is NOT_MET


def test_what_had_ended_before_the_first_day_is_not_met(sound: Any) -> None:
    over = sound.toy.physician("bob", registered_until=date(2026, 11, 1))
    region = sound.region(physicians=(sound.toy.physician("ann"), over))
    # Bob's first duty is on Monday at 08:00, the first day: nothing ever held.
    assert fifth(sound.assess(region)).status is NOT_MET


def test_an_agreement_that_follows_at_once_ends_nothing(sound: Any) -> None:
    first = sound.agreement(valid_until=WEDNESDAY)
    then = sound.agreement(id="so-home-2", valid_from=THURSDAY)
    region = sound.region(agreements=(first, then, sound.toy.agreement("group")))
    found = sound.assess(region)
    assert (found.verdict, found.until) == (Verdict.MEETS, date(2026, 11, 8))


# General and specific care apart -------------------------------------------------------------


def test_lines_for_general_care_never_fulfil_it(sound: Any) -> None:
    general = tuple(
        line.model_copy(update={"care": Care.GENERAL}) for line in sound.toy.region().lines
    )
    found = fifth(sound.assess(sound.region(lines=general)))
    assert found.status is NOT_MET
    assert sound.codes(found.reasons) == {"coverage.no_line"}


def test_a_facility_without_a_line(sound: Any) -> None:
    elsewhere = tuple(
        line.model_copy(update={"sites": ("group",)}) for line in sound.toy.region().lines
    )
    region = sound.region(lines=elsewhere)
    for roster in (sound.roster(), None):
        found = sound.assess(region, roster=roster, cover=None)
        assert fifth(found).status is NOT_MET
        assert sound.codes(fifth(found).reasons) == {"coverage.no_line"}
        assert found.verdict is Verdict.NOT_YET


def hap_as_first_line(sound: Any, *, backed: bool) -> Any:
    """The GP post holds both lines by agreement; an SO stands behind them, or nobody does."""
    toy = sound.toy
    behind = ("back",) if backed else ()
    first = tuple(
        toy.line(each.id, each.window, organisation="post", escalation=(each.id, *behind))
        for each in toy.region().lines
    )
    covers = tuple(
        toy.agreement(
            site, id=f"post-{site}", kind=AgreementKind.ORGANISATION_COVER, partner="post"
        )
        for site in ("home", "group")
    )
    lines = (*first, toy.backup_line()) if backed else first
    agreements = (sound.agreement(), toy.agreement("group"), *covers)
    return sound.region(lines=lines, agreements=agreements)


def hap_roster(sound: Any, *, backed: bool) -> Any:
    toy = sound.toy
    post = [toy.held(f"{name}@x", "post", sound.WEEK, contract=None) for name in ("anw", "day")]
    return toy.roster(
        *post,
        *([toy.whole("back", "bob", state=State.ACCEPTED)] if backed else []),
        published_at=sound.PUBLISHED,
    )


def test_a_gp_post_as_first_line_counts_with_an_so_behind_it(sound: Any) -> None:
    region, roster = hap_as_first_line(sound, backed=True), hap_roster(sound, backed=True)
    found = sound.assess(region, roster=roster)
    assert fifth(found).status is MET
    # What the GP post holds is promised by its signed agreement: nobody there accepts a duty.
    assert found.verdict is Verdict.MEETS


def test_a_gp_post_as_first_line_alone_does_not_count(sound: Any) -> None:
    region, roster = hap_as_first_line(sound, backed=False), hap_roster(sound, backed=False)
    found = fifth(sound.assess(region, roster=roster))
    assert found.status is NOT_MET
    assert "coverage.cover.backup_so" in sound.codes(found.reasons)


def test_an_organisation_whose_agreement_ends(sound: Any) -> None:
    region = hap_as_first_line(sound, backed=True)
    agreements = tuple(
        each.model_copy(update={"valid_until": WEDNESDAY}) if each.id == "post-home" else each
        for each in region.agreements
    )
    region = region.model_copy(update={"agreements": agreements})
    found = sound.assess(region, roster=hap_roster(sound, backed=True))
    assert (fifth(found).status, fifth(found).until) == (EXPIRED, WEDNESDAY)


def test_a_special_offer_of_the_gp_never_fulfils_it(sound: Any) -> None:
    papers = (*sound.documents(), sound.document(K.SPECIAL_OFFER, "north"))
    region = sound.region(evidence=papers)
    alone = sound.assess(region, roster=sound.roster(sound.toy.whole("anw", "ann")))
    assert fifth(alone).status is NOT_MET
    assert "special_offer" in sound.codes(fifth(alone).reasons)
    assert fifth(sound.assess(region)).status is MET  # nor does it stand in the way


# Functions -----------------------------------------------------------------------------------


def promised(sound: Any, *functions: CareFunction, **overrides: Any) -> Any:
    agreements = (sound.agreement(functions=functions), sound.toy.agreement("group"))
    return sound.assess(sound.region(agreements=agreements, **overrides))


def test_consultation_alone_does_not_carry_the_tasks_of_annex_1(sound: Any) -> None:
    found = fifth(promised(sound, CareFunction.CONSULTATION))
    assert found.status is NOT_MET
    assert "function.only_consultation" in sound.codes(found.reasons)
    both = promised(sound, CareFunction.CONSULTATION, CareFunction.CO_TREATMENT)
    assert fifth(both).status is MET


def test_an_agreement_that_names_no_function_leaves_it_unknown(sound: Any) -> None:
    assert fifth(promised(sound)).status is UNKNOWN


def test_where_no_task_rests_on_an_so_consultation_suffices(sound: Any) -> None:
    # Then 2 is not met, for another reason.
    elsewhere = tuple(
        sound.holder(task, "care") if task in (Task.COMPLEX_CARE, Task.COERCION_POLICY) else each
        for task, each in zip(Task, sound.holders(), strict=True)
        if task is not Task.TEAM_DIRECTION
    )
    found = promised(sound, CareFunction.CONSULTATION, task_holders=elsewhere)
    assert fifth(found).status is MET
    assert sound.statuses(found, "2") == {NOT_MET}


def test_a_promised_function_without_holder(sound: Any) -> None:
    found = sound.assess(sound.region(facility={"function_holders": ()}))
    assert fifth(found).status is NOT_MET
    assert sound.judged(found, "functions").status is NOT_MET
    assert sound.judged(found, "functions").blocks


# What the table asks -------------------------------------------------------------------------


def lived_in(setting: ResidenceSetting, indication: Indication, **facts: Any) -> Any:
    residents = (ResidentCount(setting=setting, indication=indication, count=10),)
    base = {"admitted_for_treatment": None, "treatment_contracted": None}
    base |= {"treatment_delivered": None, "setting": setting, "residents": residents}
    return base | facts


def judged(sound: Any, facility: dict[str, Any], *, gap: bool, papers: Any = None) -> Any:
    evidence = sound.documents() if papers is None else papers
    roster = gap_on_thursday(sound) if gap else sound.roster()
    return sound.assess(sound.region(facility=facility, evidence=evidence), roster=roster)


WLZ, NONE = Indication.WLZ, Indication.NONE
ASKED = [
    (S.FACILITY_WITHOUT_TREATMENT, WLZ),
    (S.ADMITTED_NOT_CONTRACTED, WLZ),
    (S.WLZ_INSTITUTION_WITH_TREATMENT, WLZ),
]
INFERRED = [
    (S.HOME_WLZ, WLZ),
    (S.FACILITY_WITHOUT_TREATMENT, NONE),
    (S.ADMITTED_NOT_DELIVERED, WLZ),
    (S.ADMITTED_PACKAGE_WITHOUT_TREATMENT, WLZ),
    (S.SHORT_STAY_HIGH, NONE),
    (S.GUEST_STAY_CONVERTED, WLZ),
    (S.GERIATRIC_REHAB, WLZ),
    (S.GERIATRIC_REHAB, NONE),
]
NOT_ASKED = [(S.HOME, NONE), (S.RESPITE, NONE), (S.RESPITE, WLZ)]


@pytest.mark.parametrize(("setting", "indication"), [*ASKED, *INFERRED])
def test_covered_is_met_whatever_the_table_says(
    sound: Any, setting: ResidenceSetting, indication: Indication
) -> None:
    assert fifth(judged(sound, lived_in(setting, indication), gap=False)).status is MET


@pytest.mark.parametrize(("setting", "indication"), ASKED)
def test_a_gap_is_a_failure_where_a_document_asks_for_it(
    sound: Any, setting: ResidenceSetting, indication: Indication
) -> None:
    found = judged(sound, lived_in(setting, indication), gap=True)
    assert (fifth(found).status, found.verdict) == (NOT_MET, Verdict.NOT_YET)


@pytest.mark.parametrize(("setting", "indication"), INFERRED)
def test_a_gap_is_unknown_where_another_reading_would_not_ask(
    sound: Any, setting: ResidenceSetting, indication: Indication
) -> None:
    found = judged(sound, lived_in(setting, indication), gap=True)
    assert fifth(found).status is UNKNOWN
    assert "inferred.so_24_7" in sound.codes(fifth(found).reasons)
    assert found.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("setting", "indication"), NOT_ASKED)
def test_it_does_not_apply_where_no_row_asks_for_it(
    sound: Any, setting: ResidenceSetting, indication: Indication
) -> None:
    found = judged(sound, lived_in(setting, indication), gap=True)
    assert not fifth(found).applies
    assert not sound.judged(found, "functions").blocks


def test_a_combination_that_the_table_does_not_know_is_unknown(sound: Any) -> None:
    # Short stay is for people without Wlz (R16): there is no row for it with one.
    found = judged(sound, lived_in(S.SHORT_STAY_LOW, WLZ), gap=True)
    assert fifth(found).status is UNKNOWN
    assert "setting.unknown" in sound.codes(found.warnings)


@pytest.mark.parametrize("setting", [S.SHORT_STAY_LOW, S.SHORT_STAY_PALLIATIVE])
def test_short_stay_is_unknown_without_a_regional_agreement(
    sound: Any, setting: ResidenceSetting
) -> None:
    facility = lived_in(setting, NONE)
    without = judged(sound, facility, gap=True)
    assert (fifth(without).status, fifth(without).applies) == (UNKNOWN, True)
    assert sound.judged(without, "short_stay").status is NOT_MET
    papers = (*sound.documents(), sound.document(K.SHORT_STAY_AGREEMENT))
    agreed = judged(sound, facility, gap=True, papers=papers)
    # "Not stated" does not ask for it; "by location" cannot be read off the table.
    assert fifth(agreed).applies is (setting is S.SHORT_STAY_PALLIATIVE)


def test_one_row_that_asks_for_it_suffices(sound: Any) -> None:
    mixed = lived_in(S.FACILITY_WITHOUT_TREATMENT, WLZ)
    guest = ResidentCount(setting=S.RESPITE, indication=NONE, count=2)
    mixed["residents"] = (guest, *mixed["residents"])
    found = judged(sound, mixed, gap=True)
    assert fifth(found).status is NOT_MET


def test_admitted_and_contracted_but_not_delivered_has_its_own_row(sound: Any) -> None:
    facts = {"admitted_for_treatment": True, "treatment_contracted": True}
    facility = lived_in(S.WLZ_INSTITUTION_WITH_TREATMENT, WLZ, **facts, treatment_delivered=False)
    found = judged(sound, facility, gap=True)
    assert {each.setting for each in found.readings} == {"admitted_not_delivered"}
    assert fifth(found).status is UNKNOWN  # its "24/7?" is a † cell
    treatment = sound.judged(found, "treatment")
    assert (treatment.status, treatment.blocks) == (NOT_MET, False)
    assert "treatment.setting" in sound.codes(found.warnings)


def test_where_another_reading_decides_impossible_is_not_said(sound: Any) -> None:
    facility = lived_in(S.GERIATRIC_REHAB, NONE)
    region = sound.region(facility=facility)
    found = sound.assess(region, roster=None, cover=Answered.INFEASIBLE)
    assert (fifth(found).status, found.verdict) == (UNKNOWN, Verdict.UNKNOWN)


# GP groups -----------------------------------------------------------------------------------


def test_for_a_gp_group_only_the_fifth_applies(sound: Any) -> None:
    found = sound.assess(site="group")
    assert [each.key for each in found.preconditions if each.applies] == ["5"]
    assert (fifth(found).status, found.verdict) == (MET, Verdict.MEETS)
    short = sound.assess(site="group", roster=gap_on_thursday(sound))
    assert (fifth(short).status, short.verdict) == (NOT_MET, Verdict.NOT_YET)


def test_a_function_promised_to_a_gp_group_has_no_named_holder(sound: Any) -> None:
    promise = sound.toy.agreement("group", functions=(CareFunction.CONSULTATION,))
    found = sound.assess(sound.region(agreements=(sound.agreement(), promise)), site="group")
    assert fifth(found).status is UNKNOWN
    assert sound.judged(found, "functions").status is UNKNOWN


def test_the_backup_of_a_site_counts_as_well(sound: Any) -> None:
    lines = (*sound.toy.region().lines, sound.toy.backup_line())
    found = sound.assess(sound.region(lines=lines))
    assert fifth(found).status is NOT_MET
    assert found.coverage is not None
    assert found.coverage.verdict is Coverage.UNCOVERED
    assert {each.position for each in found.coverage.stretches} == {Position.BACKUP}
    assert Window.ALWAYS in {line.window for line in lines}
