"""The pitfalls in documents, settings and kinds of care. A test each, and its counterpart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.models.evidence import Evidence, EvidenceKind, RuleSet
from so247.models.lines import Care
from so247.models.people import Absence
from so247.models.proof import Answered, Status, Verdict
from so247.models.region import Region
from so247.models.settings import Settings
from so247.models.sites import CareFunction, ResidenceSetting
from so247.scenarios.generator import changed

MONDAY, THURSDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 8)
K = EvidenceKind


# Consent --------------------------------------------------------------------------------------

H, L, M = RuleSet.HANDREIKING_2016, RuleSet.LEIDRAAD_2018, RuleSet.MODEL_AGREEMENT
GPS, POST, SEEN = (K.GP_CONSENT,), (K.GP_POST_CONSENT,), (K.GP_POST_SEEN,)
AGREED = (K.OUT_OF_HOURS_AGREEMENT,)


@pytest.mark.parametrize(
    ("rule_set", "missing", "verdict"),
    [
        # S0 2.1: all GPs of the group and the GP post must consent.
        (H, (), Verdict.COVERABLE),
        (H, GPS, Verdict.NOT_YET),
        (H, POST, Verdict.NOT_YET),
        (H, SEEN, Verdict.COVERABLE),
        # S2 #4: the facility organises it; the agreement with the GP post is enough.
        (L, GPS, Verdict.COVERABLE),
        (L, POST, Verdict.COVERABLE),
        (L, SEEN, Verdict.COVERABLE),
        (L, (*POST, *AGREED), Verdict.NOT_YET),
        # The model agreement: the GP post knows, by "seen" or by its consent.
        (M, GPS, Verdict.COVERABLE),
        (M, POST, Verdict.COVERABLE),
        (M, SEEN, Verdict.COVERABLE),
        (M, (*POST, *SEEN), Verdict.NOT_YET),
    ],
)
def test_consent_that_is_missing_blocks_by_rule_set(
    home: Any, rule_set: RuleSet, missing: tuple[EvidenceKind, ...], verdict: Verdict
) -> None:
    region = home.without(home.region(settings=Settings(rule_set=rule_set)), *missing)
    proof = home.prove(region)
    assert (proof.verdict, proof.rule_set) == (verdict, rule_set)
    # It is shown under every rule set, whether it blocks or not.
    consent = home.judged(proof, "consent.gp")
    assert consent.blocks is (rule_set is H)
    assert (consent.status is Status.MET) is (K.GP_CONSENT not in missing)


# Evidence that ends ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key"),
    [(K.GP_CONTRACT, "8"), (K.STAFFING_PLAN, "6"), (K.OUT_OF_HOURS_AGREEMENT, "4")],
)
def test_evidence_that_expires_in_the_period(home: Any, kind: EvidenceKind, key: str) -> None:
    region = home.without(home.region(), kind, valid_until=THURSDAY)
    roster = home.published(home.witness(region))
    proof = home.prove(region, roster=roster)
    assert (proof.verdict, proof.until) == (Verdict.NOT_YET, THURSDAY)
    judgement = home.judged(proof, key)
    assert (judgement.status, judgement.until) == (Status.EXPIRED, THURSDAY)
    # To the end of the period is long enough, and then that is how far it reaches.
    region = home.without(home.region(), kind, valid_until=SUNDAY)
    proof = home.prove(region, roster=roster)
    assert (proof.verdict, proof.until) == (Verdict.MEETS, SUNDAY)


def test_an_agreement_that_ends_in_the_period(home: Any) -> None:
    agreements = (
        home.agreement("home", valid_until=THURSDAY),
        home.agreement("group", functions=()),
    )
    proof = home.prove(home.region(agreements=agreements))
    assert (proof.verdict, proof.until) == (Verdict.NOT_YET, THURSDAY)
    assert home.judged(proof, "5").status is Status.EXPIRED


# Treatment ------------------------------------------------------------------------------------


def with_treatment(home: Any, *, delivered: bool, **overrides: Any) -> Region:
    """An institution that is admitted and contracted for treatment, and delivers it or not."""
    facility = home.facility(
        setting=ResidenceSetting.WLZ_INSTITUTION_WITH_TREATMENT, residents=()
    ).model_copy(
        update={
            "admitted_for_treatment": True,
            "treatment_contracted": True,
            "treatment_delivered": delivered,
        }
    )
    return changed(home.region(**overrides), {"facilities": (facility,)})


def test_treatment_admitted_and_contracted_but_not_delivered(home: Any) -> None:
    proof = home.prove(with_treatment(home, delivered=False))
    # The facts override the setting (R21): as where treatment is not contracted, the GP answers.
    assert {each.setting for each in proof.readings} == {"admitted_not_delivered"}
    assert proof.verdict is Verdict.COVERABLE
    assert home.judged(proof, "treatment").status is Status.NOT_MET
    assert "other reading" in " ".join(each.en for each in proof.warnings)
    delivers = home.prove(with_treatment(home, delivered=True))
    assert {each.setting for each in delivers.readings} == {"wlz_institution_with_treatment"}
    assert home.judged(delivers, "treatment").status is Status.MET


def test_where_treatment_is_not_delivered_nothing_surely_asks_for_the_so(home: Any) -> None:
    # The table's "yes" is inferred there; its other reading asks for no SO. So that nobody can be
    # rostered is no certain no, nor ever a yes. The institution itself surely owes the SO.
    away = tuple(
        Absence(physician=who, first_day=MONDAY, last_day=SUNDAY) for who in ("ann", "bob")
    )
    proof = home.prove(with_treatment(home, delivered=False, absences=away))
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.INFEASIBLE)
    proof = home.prove(with_treatment(home, delivered=True, absences=away))
    assert proof.verdict is Verdict.IMPOSSIBLE


# Bijzonder aanbod -----------------------------------------------------------------------------


def test_a_special_offer_alone_never_stands_for_the_so(home: Any) -> None:
    offer = Evidence(
        id="offer",
        kind=K.SPECIAL_OFFER,
        site="home",
        practice="north",
        document="Bijzonder aanbod ouderengeneeskunde",
        signer="North",
        signed_on=date(2026, 1, 1),
    )
    # Nobody is there for specific care but the GP with extra expertise: no line serves the home.
    region = home.region(lines=home.lines(sites=("group",)))
    region = changed(region, {"evidence": (*region.evidence, offer)})
    proof = home.prove(region)
    assert proof.verdict is Verdict.NOT_YET
    judgement = home.judged(proof, "5")
    assert judgement.status is Status.NOT_MET
    assert "special_offer" in home.codes(judgement.reasons)


def test_consultation_alone_does_not_do_where_tasks_rest_on_the_so(home: Any) -> None:
    agreements = (
        home.agreement("home", functions=(CareFunction.CONSULTATION,)),
        home.agreement("group", functions=()),
    )
    proof = home.prove(home.region(agreements=agreements))
    assert proof.verdict is Verdict.NOT_YET
    assert home.judged(proof, "5").status is Status.NOT_MET


# General and specific care --------------------------------------------------------------------


def test_an_so_line_never_stands_for_the_gp_out_of_hours(home: Any) -> None:
    # Ann and Bob cover every minute, for specific care: that is no agreement on acute GP care.
    region = home.without(home.region(), K.OUT_OF_HOURS_AGREEMENT)
    proof = home.prove(region)
    assert proof.verdict is Verdict.NOT_YET
    assert home.judged(proof, "4").status is Status.NOT_MET
    assert home.judged(proof, "5").status is Status.MET


def test_a_line_for_general_care_never_stands_for_the_so(home: Any) -> None:
    proof = home.prove(home.region(lines=home.lines(care=Care.GENERAL)))
    assert proof.verdict is Verdict.NOT_YET
    assert home.judged(proof, "5").status is Status.NOT_MET
    assert home.judged(proof, "4").status is Status.MET
