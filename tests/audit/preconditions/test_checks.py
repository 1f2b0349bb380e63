"""Consent under each rule set, and the checks that are labelled apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.models.evidence import EvidenceKind, Heading, Party, RuleSet, Task
from so247.models.proof import Judgement, Status, Verdict
from so247.models.sites import Indication, ResidenceSetting, ResidentCount

K, R = EvidenceKind, RuleSet
MET, NOT_MET, UNKNOWN, EXPIRED = Status.MET, Status.NOT_MET, Status.UNKNOWN, Status.EXPIRED
WEDNESDAY, THURSDAY = date(2026, 11, 4), date(2026, 11, 5)


def check(found: Any, key: str, practice: str | None = None) -> Judgement:
    (one,) = (
        each for each in found.checks if each.key == key and practice in (None, each.practice)
    )
    return one


def under(sound: Any, rule_set: RuleSet, *missing: EvidenceKind, **overrides: Any) -> Any:
    """The facility under a rule set, without these documents."""
    papers = tuple(each for each in sound.documents() if each.kind not in missing)
    base = {"evidence": papers, "settings": {"rule_set": rule_set}}
    return sound.assess(sound.region(**(base | overrides)))


# Consent -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule_set", RuleSet)
def test_with_all_consents_every_rule_set_is_content(sound: Any, rule_set: RuleSet) -> None:
    assert under(sound, rule_set).verdict is Verdict.MEETS


@pytest.mark.parametrize(
    ("rule_set", "verdict"),
    [
        (R.HANDREIKING_2016, Verdict.NOT_YET),
        (R.LEIDRAAD_2018, Verdict.MEETS),
        (R.MODEL_AGREEMENT, Verdict.MEETS),
    ],
)
def test_missing_consent_of_a_gp_blocks_under_the_handreiking_only(
    sound: Any, rule_set: RuleSet, verdict: Verdict
) -> None:
    papers = sound.replaced(K.GP_CONSENT, sound.document(K.GP_CONSENT, "south"))
    found = under(sound, rule_set, evidence=papers)
    north = check(found, "consent.gp", "north")
    assert (north.status, north.blocks) == (NOT_MET, verdict is Verdict.NOT_YET)
    assert check(found, "consent.gp", "south").status is MET
    assert found.verdict is verdict


def test_all_gps_of_the_group_must_consent_also_those_without_residents(sound: Any) -> None:
    papers = sound.replaced(K.GP_CONSENT, sound.document(K.GP_CONSENT, "north"))
    found = under(sound, R.HANDREIKING_2016, evidence=papers, facility={"practices": ("north",)})
    assert check(found, "consent.gp", "south").status is NOT_MET
    assert found.verdict is Verdict.NOT_YET


# The GP post is partner of the agreement on out of hours, so it provides that care.
POST = [
    (R.HANDREIKING_2016, NOT_MET, Verdict.NOT_YET),
    (R.LEIDRAAD_2018, MET, Verdict.MEETS),  # being partner is consent enough
    (R.MODEL_AGREEMENT, NOT_MET, Verdict.NOT_YET),  # nobody signed "seen"
]


@pytest.mark.parametrize(("rule_set", "status", "verdict"), POST)
def test_missing_consent_of_the_gp_post(
    sound: Any, rule_set: RuleSet, status: Status, verdict: Verdict
) -> None:
    found = under(sound, rule_set, K.GP_POST_CONSENT)
    post = check(found, "consent.gp_post")
    assert (post.status, post.applies, post.blocks) == (status, True, True)
    assert found.verdict is verdict


@pytest.mark.parametrize(
    ("rule_set", "status"), [(R.MODEL_AGREEMENT, MET), (R.HANDREIKING_2016, NOT_MET)]
)
def test_seen_suffices_under_the_model_agreement_only(
    sound: Any, rule_set: RuleSet, status: Status
) -> None:
    papers = sound.replaced(K.GP_POST_CONSENT, sound.document(K.GP_POST_SEEN, partner="post"))
    assert check(under(sound, rule_set, evidence=papers), "consent.gp_post").status is status


@pytest.mark.parametrize(
    ("rule_set", "applies"),
    [(R.HANDREIKING_2016, True), (R.LEIDRAAD_2018, False), (R.MODEL_AGREEMENT, False)],
)
def test_a_gp_post_that_gives_no_care_here_is_asked_under_the_handreiking_only(
    sound: Any, rule_set: RuleSet, applies: bool
) -> None:
    others = [
        each
        for each in sound.documents()
        if each.kind not in (K.OUT_OF_HOURS_AGREEMENT, K.GP_POST_CONSENT)
    ]
    by_another = sound.document(K.OUT_OF_HOURS_AGREEMENT, partner="care")
    found = under(sound, rule_set, evidence=(*others, by_another))
    post = check(found, "consent.gp_post")
    assert (post.applies, post.blocks) == (applies, applies)
    assert found.verdict is (Verdict.NOT_YET if applies else Verdict.MEETS)


def test_an_agreement_with_the_gp_post_of_long_ago_makes_it_provide_nothing(sound: Any) -> None:
    others = [
        each
        for each in sound.documents()
        if each.kind not in (K.OUT_OF_HOURS_AGREEMENT, K.GP_POST_CONSENT)
    ]
    old = sound.document(K.OUT_OF_HOURS_AGREEMENT, id="old", valid_until=date(2026, 2, 1))
    new = sound.document(K.OUT_OF_HOURS_AGREEMENT, id="new", partner="care")
    found = under(sound, R.LEIDRAAD_2018, evidence=(*others, old, new))
    assert not check(found, "consent.gp_post").applies
    assert found.verdict is Verdict.MEETS


def test_a_gp_post_that_withdraws_takes_the_agreement_along(sound: Any) -> None:
    no = sound.document(
        K.GP_POST_CONSENT, id="no", agrees=False, signed_on=date(2026, 10, 1), valid_from=THURSDAY
    )
    found = under(sound, R.LEIDRAAD_2018, evidence=(*sound.documents(), no))
    post = check(found, "consent.gp_post")
    assert (post.status, post.until) == (EXPIRED, WEDNESDAY)
    assert found.verdict is Verdict.NOT_YET


# The others ----------------------------------------------------------------------------------


def test_what_does_not_count_does_not_change_the_verdict(sound: Any) -> None:
    tasks = tuple(each for each in sound.holders() if each.task is not Task.MEDICATION)
    papers = tuple(
        each
        for each in sound.documents()
        if each.kind not in (K.AVAILABILITY_AGREEMENT, K.WTZA_NOTIFICATION)
    )
    found = sound.assess(sound.region(task_holders=tasks, evidence=papers))
    for key in ("tasks", "availability_agreement", "wtza"):
        assert (check(found, key).status, check(found, key).blocks) == (NOT_MET, False)
    assert found.verdict is Verdict.MEETS


@pytest.mark.parametrize(
    ("instead", "status"),
    [
        ((), NOT_MET),
        (("north", "south"), NOT_MET),
        (("ann",), MET),
    ],
)
def test_each_task_has_one_holder(sound: Any, instead: tuple[str, ...], status: Status) -> None:
    rows = [sound.holder(Task.MEDICATION, who) for who in instead]
    found = sound.assess(sound.region(task_holders=sound.holders_but(Task.MEDICATION, *rows)))
    assert check(found, "tasks").status is status


def test_a_task_whose_holder_leaves(sound: Any) -> None:
    row = sound.holder(Task.MEDICATION, "north", valid_until=WEDNESDAY)
    found = sound.assess(sound.region(task_holders=sound.holders_but(Task.MEDICATION, row)))
    assert (check(found, "tasks").status, check(found, "tasks").until) == (EXPIRED, WEDNESDAY)
    assert found.until == date(2026, 11, 8)  # it does not count, so nothing ends with it


@pytest.mark.parametrize("heading", Heading)
def test_the_availability_agreement_has_all_nine_headings(sound: Any, heading: Heading) -> None:
    rest = tuple(each for each in Heading if each is not heading)
    partial = sound.document(K.AVAILABILITY_AGREEMENT, headings=rest)
    region = sound.region(evidence=sound.replaced(K.AVAILABILITY_AGREEMENT, partial))
    found = check(sound.assess(region), "availability_agreement")
    assert (found.status, sound.codes(found.reasons)) == (NOT_MET, {"evidence.incomplete"})


@pytest.mark.parametrize("party", Party)
def test_the_availability_agreement_is_signed_by_all_three(sound: Any, party: Party) -> None:
    rest = tuple(each for each in Party if each is not party)
    partial = sound.document(K.AVAILABILITY_AGREEMENT, parties=rest)
    region = sound.region(evidence=sound.replaced(K.AVAILABILITY_AGREEMENT, partial))
    assert check(sound.assess(region), "availability_agreement").status is NOT_MET


def test_the_notification_comes_before_the_opening(sound: Any) -> None:
    late = sound.document(K.WTZA_NOTIFICATION, signed_on=THURSDAY)
    papers = sound.replaced(K.WTZA_NOTIFICATION, late)
    assert check(sound.assess(sound.region(evidence=papers)), "wtza").status is NOT_MET
    opens = sound.region(evidence=papers, facility={"opening_date": THURSDAY})
    assert check(sound.assess(opens), "wtza").status is MET


def test_short_stay_is_asked_where_there_is_any(sound: Any) -> None:
    assert not check(sound.assess(), "short_stay").applies
    low = ResidentCount(
        setting=ResidenceSetting.SHORT_STAY_LOW, indication=Indication.NONE, count=1
    )
    facility = {"residents": (*sound.toy.residents(10), low)}
    found = check(sound.assess(sound.region(facility=facility)), "short_stay")
    assert (found.applies, found.blocks, found.status) == (True, False, NOT_MET)
    papers = (*sound.documents(), sound.document(K.SHORT_STAY_AGREEMENT))
    agreed = sound.assess(sound.region(facility=facility, evidence=papers))
    assert check(agreed, "short_stay").status is MET


FACTS = [
    ((False, False, False), MET),
    ((None, None, None), UNKNOWN),
    ((False, False, None), UNKNOWN),
    ((True, True, True), NOT_MET),
    ((False, True, False), NOT_MET),
]


@pytest.mark.parametrize(("facts", "status"), FACTS)
def test_the_setting_fits_the_facts_about_treatment(
    sound: Any, facts: tuple[bool | None, ...], status: Status
) -> None:
    names = ("admitted_for_treatment", "treatment_contracted", "treatment_delivered")
    found = sound.assess(sound.region(facility=dict(zip(names, facts, strict=True))))
    assert (check(found, "treatment").status, check(found, "treatment").blocks) == (status, False)
