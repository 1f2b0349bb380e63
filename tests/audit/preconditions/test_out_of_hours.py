"""Precondition 4 by own lines, by a GP post, and where the table is inferred."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from so247.models.evidence import EvidenceKind, RuleSet
from so247.models.lines import Care, Window
from so247.models.people import Absence
from so247.models.proof import Status, Verdict
from so247.models.sites import AgreementKind, Indication, ResidenceSetting

K = EvidenceKind
MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN
THURSDAY_GAP = ("2026-11-05 20:00", "2026-11-05 21:00")


def without_agreement(sound: Any) -> tuple[Any, ...]:
    return tuple(sound.replaced(K.OUT_OF_HOURS_AGREEMENT))


def with_general_line(sound: Any, **fields: Any) -> Any:
    """A line for general care beside the two for specific care; Cas may hold it."""
    toy = sound.toy
    fields = {"window": Window.OUT_OF_HOURS, "care": Care.GENERAL} | fields
    window = fields.pop("window")
    contracts = fields.pop("contracts", (toy.contract("cas"),))
    lines = (*toy.region().lines, toy.line("gen", window, **fields))
    return sound.region(
        lines=lines,
        evidence=without_agreement(sound),
        physicians=(toy.physician("ann"), toy.physician("bob"), toy.physician("cas")),
        contracts=(toy.contract("ann"), toy.contract("bob"), *contracts),
    )


def rostered(sound: Any, *general: Any, **fields: Any) -> Any:
    toy = sound.toy
    return sound.roster(toy.whole("anw", "ann"), toy.whole("day", "bob"), *general, **fields)


def fourth(sound: Any, region: Any, roster: Any) -> Any:
    return sound.judged(sound.assess(region, roster=roster), "4")


def test_a_covered_line_for_general_care_fulfils_it(sound: Any) -> None:
    roster = rostered(sound, sound.toy.whole("gen", "cas"))
    found = sound.assess(with_general_line(sound), roster=roster)
    assert sound.judged(found, "4").status is MET
    assert found.verdict is Verdict.MEETS


def test_a_line_for_specific_care_alone_never_does(sound: Any) -> None:
    region = sound.region(evidence=without_agreement(sound))
    found = sound.assess(region)
    assert sound.judged(found, "5").status is MET  # every minute of specific care is covered
    assert sound.judged(found, "4").status is NOT_MET


def test_one_uncovered_hour_of_general_care_is_too_much(sound: Any) -> None:
    gap, week = sound.toy.between(*THURSDAY_GAP), sound.WEEK
    parts = (
        sound.toy.held("gen@1", "cas", week.model_copy(update={"end": gap.start})),
        sound.toy.held("gen@2", "cas", week.model_copy(update={"start": gap.end})),
    )
    found = fourth(sound, with_general_line(sound), rostered(sound, *parts))
    assert found.status is NOT_MET
    assert found.until == date(2026, 11, 4)  # Wednesday is the last day without a gap


def test_nobody_on_the_line_fulfils_nothing(sound: Any) -> None:
    assert fourth(sound, with_general_line(sound), rostered(sound)).status is NOT_MET
    assert fourth(sound, with_general_line(sound), None).status is NOT_MET


def test_a_line_in_office_hours_says_nothing_about_out_of_hours(sound: Any) -> None:
    region = with_general_line(sound, window=Window.OFFICE_HOURS)
    found = fourth(sound, region, rostered(sound, sound.toy.whole("gen", "cas")))
    assert sound.codes(found.reasons) == {"evidence.missing"}


def test_where_the_line_ends_nothing_is_left(sound: Any) -> None:
    region = with_general_line(sound, valid_until=date(2026, 11, 4))
    found = fourth(sound, region, rostered(sound, sound.toy.whole("gen", "cas")))
    assert (found.status, found.until) == (NOT_MET, date(2026, 11, 4))
    assert "coverage.no_line" in sound.codes(found.reasons)


def test_a_holder_who_breaks_a_hard_rule_fulfils_nothing(sound: Any) -> None:
    # Cas has a contract for no duty at all, and holds one.
    region = with_general_line(sound, contracts=(sound.toy.contract("cas", max_duties=0),))
    found = fourth(sound, region, rostered(sound, sound.toy.whole("gen", "cas")))
    assert found.status is NOT_MET
    assert "coverage.holder_breach" in sound.codes(found.reasons)


def test_what_a_holder_broke_before_the_first_day_is_over(sound: Any) -> None:
    # Cas was absent on Tuesday and held the line all the same; asked is from Thursday on.
    tuesday = date(2026, 11, 3)
    base = with_general_line(sound)
    region = base.model_copy(
        update={"absences": (Absence(physician="cas", first_day=tuesday, last_day=tuesday),)}
    )
    roster = rostered(sound, sound.toy.whole("gen", "cas"))
    assert fourth(sound, region, roster).status is NOT_MET
    thursday = sound.toy.between("2026-11-05 00:00", "2026-11-09 00:00")
    later = sound.assess(region, roster=roster, period=thursday)
    assert sound.judged(later, "4").status is MET
    assert later.verdict is Verdict.MEETS


def test_where_the_roster_does_not_reach_it_is_unknown(sound: Any) -> None:
    until_friday = sound.toy.between("2026-11-02 00:00", "2026-11-06 00:00")
    roster = rostered(sound, sound.toy.whole("gen", "cas"), period=until_friday)
    found = fourth(sound, with_general_line(sound), roster)
    assert (found.status, found.until) == (UNKNOWN, date(2026, 11, 5))


def for_both(sound: Any) -> Any:
    night, day = sound.toy.region().lines
    lines = (night.model_copy(update={"care": Care.BOTH}), day)
    return sound.region(lines=lines, evidence=without_agreement(sound))


def test_a_line_for_both_kinds_of_care_fulfils_it(sound: Any) -> None:
    assert fourth(sound, for_both(sound), sound.roster()).status is MET


def test_a_gap_in_a_line_for_both_kinds_is_a_gap_in_general_care(sound: Any) -> None:
    gap, week = sound.toy.between(*THURSDAY_GAP), sound.WEEK
    parts = (
        sound.toy.held("anw@1", "ann", week.model_copy(update={"end": gap.start})),
        sound.toy.held("anw@2", "ann", week.model_copy(update={"start": gap.end})),
    )
    roster = sound.roster(*parts, sound.toy.whole("day", "bob"))
    assert fourth(sound, for_both(sound), roster).status is NOT_MET


def test_a_gap_in_office_hours_is_none_of_its_business(sound: Any) -> None:
    roster = sound.roster(sound.toy.whole("anw", "ann"))
    assert fourth(sound, for_both(sound), roster).status is MET


CONSENTS = [
    # The agreement with the GP post is there; what else does the rule set want of the post?
    (RuleSet.HANDREIKING_2016, K.GP_POST_CONSENT, NOT_MET),
    (RuleSet.LEIDRAAD_2018, K.GP_POST_CONSENT, MET),
    (RuleSet.MODEL_AGREEMENT, K.GP_POST_CONSENT, NOT_MET),
]


@pytest.mark.parametrize(("rule_set", "missing", "status"), CONSENTS)
def test_a_gp_post_as_partner_must_consent_as_the_rule_set_says(
    sound: Any, rule_set: RuleSet, missing: EvidenceKind, status: Status
) -> None:
    papers = sound.replaced(missing)
    region = sound.region(evidence=papers, settings={"rule_set": rule_set})
    assert sound.judged(sound.assess(region), "4").status is status
    whole = sound.region(settings={"rule_set": rule_set})
    assert sound.judged(sound.assess(whole), "4").status is MET


@pytest.mark.parametrize("agreed", [True, False])
def test_a_gp_post_that_holds_the_line_must_consent_too(sound: Any, agreed: bool) -> None:
    papers = [each for each in without_agreement(sound) if each.kind is not K.GP_POST_CONSENT]
    if agreed:
        papers.append(sound.document(K.GP_POST_CONSENT))
    base = with_general_line(sound, organisation="post")
    contract = sound.toy.agreement(
        "home", id="post-home", kind=AgreementKind.ORGANISATION_COVER, partner="post"
    )
    group = sound.toy.agreement(
        "group", id="post-group", kind=AgreementKind.ORGANISATION_COVER, partner="post"
    )
    # Who is no SO needs a backup behind him, also for general care (RULES, cover.backup_so).
    region = base.model_copy(
        update={
            "agreements": (*base.agreements, contract, group),
            "evidence": tuple(papers),
            "lines": (
                *base.lines[:2],
                base.lines[2].model_copy(update={"escalation": ("gen", "gen-back")}),
                sound.toy.backup_line("gen-back", care=Care.GENERAL),
            ),
        }
    )
    roster = rostered(
        sound,
        sound.toy.whole("gen", "post", contract=None),
        sound.toy.whole("gen-back", "cas"),
    )
    found = fourth(sound, region, roster)
    assert found.status is (MET if agreed else NOT_MET)


def test_where_every_row_is_inferred_a_failure_is_unknown(sound: Any) -> None:
    # "Admitted, treatment not contracted": general care out of hours is a † cell.
    setting = ResidenceSetting.ADMITTED_NOT_CONTRACTED
    facts = {"admitted_for_treatment": True, "treatment_delivered": None}
    residents = sound.toy.residents(10)[0].model_copy(update={"setting": setting})
    facility = {"setting": setting, "residents": (residents,), **facts}
    good = sound.assess(sound.region(facility=facility))
    assert sound.judged(good, "4").status is MET
    bad = sound.assess(sound.region(facility=facility, evidence=without_agreement(sound)))
    assert sound.judged(bad, "4").status is UNKNOWN
    assert "inferred.general_out_of_hours" in sound.codes(sound.judged(bad, "4").reasons)
    assert bad.verdict is Verdict.UNKNOWN


def test_where_one_row_is_not_inferred_it_is_a_failure(sound: Any) -> None:
    wlz = sound.toy.residents(10)[0]
    none = wlz.model_copy(update={"indication": Indication.NONE})
    papers = without_agreement(sound)
    mixed = sound.assess(sound.region(facility={"residents": (none, wlz)}, evidence=papers))
    assert sound.judged(mixed, "4").status is NOT_MET
    inferred = sound.assess(sound.region(facility={"residents": (none,)}, evidence=papers))
    assert sound.judged(inferred, "4").status is UNKNOWN
