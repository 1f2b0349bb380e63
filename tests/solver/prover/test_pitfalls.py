"""The pitfalls: where it is easy to say yes, or no, too soon. A test each, and its counterpart."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from so247.models.base import Weekday
from so247.models.lines import Care, Per, Position, Product, SessionDemand, Window
from so247.models.norms import Basis, Severity
from so247.models.people import Commitment
from so247.models.proof import CoverageBasis, Status, Verdict
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.models.sites import AgreementKind, TravelTime
from so247.scenarios.broken import broken
from so247.scenarios.causes import Cause
from so247.scenarios.generator import changed
from so247.solver.limits import Limits
from so247.solver.prover.prove import prove

TUESDAY, THURSDAY = date(2026, 11, 3), date(2026, 11, 5)


def passed_to(roster: Roster, who: str, line: str, day: date | None = None) -> Roster:
    """The roster with a line's duties (those that start on that day) held by one person."""

    def given(each: Assignment) -> Assignment:
        mine = each.target.startswith(f"{line}@") and day in (None, each.when.start.date())
        return each.model_copy(update={"physician": who, "contract": f"{who}-c"}) if mine else each

    return roster.model_copy(update={"assignments": tuple(map(given, roster.assignments))})


# A witness ------------------------------------------------------------------------------------


def test_a_witness_only_does_not_meet(home: Any) -> None:
    proof = home.prove()
    assert (proof.verdict, proof.basis) == (Verdict.COVERABLE, CoverageBasis.WITNESS)
    # Not even handed over as a roster: nobody has published or accepted it.
    assert home.prove(roster=home.witness()).verdict is Verdict.COVERABLE


# Minutes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["phone_minutes", "on_site_minutes"])
def test_default_minutes_are_unknown(home: Any, field: str) -> None:
    agreements = (home.agreement("home", **{field: None}), home.agreement("group", functions=()))
    region = home.region(agreements=agreements)
    proof = home.prove(region)
    assert proof.verdict is Verdict.UNKNOWN
    assert home.judged(proof, "5").status is Status.UNKNOWN
    # No roster mends that, published or not.
    roster = home.published(home.witness(region))
    assert home.prove(region, roster=roster).verdict is Verdict.UNKNOWN
    # Minutes that the facility itself requires are no default.
    own = changed(region, {"facilities": (home.facility(**{field: 30}),)})
    assert home.prove(own, roster=roster).verdict is Verdict.MEETS


# Travelling from elsewhere --------------------------------------------------------------------


def elsewhere(who: str, place: str, *, on_call: bool = True) -> Commitment:
    """Work in another place on Tuesday, from which one may be called away."""
    return Commitment(
        physician=who,
        place=place,
        day=TUESDAY,
        start_time=time(9),
        end_time=time(16),
        on_call_allowed=on_call,
    )


def test_who_travels_from_a_commitment_too_far_away_is_not_deployable(home: Any) -> None:
    # Far is 70 minutes from the facility, that asks for 30. Everywhere else Ann is 20 away.
    region = home.region(commitments=(elsewhere("ann", "far"),))
    witness = home.witness(region)
    (tuesday,) = (
        each.physician
        for each in witness.assignments
        if each.target.startswith("day@") and each.when.start.date() == TUESDAY
    )
    assert tuesday == "bob"
    published = home.published(witness)
    assert home.prove(region, roster=published).verdict is Verdict.MEETS
    # A published roster in which Ann has that day does not meet, whatever she accepted.
    proof = home.prove(region, roster=passed_to(published, "ann", "day", TUESDAY))
    assert (proof.verdict, proof.basis) == (Verdict.NOT_YET, CoverageBasis.PUBLISHED)
    assert "coverage.eligible.travel" in home.codes(home.judged(proof, "5").reasons)
    # Another day of hers does.
    other = home.prove(region, roster=passed_to(published, "ann", "day", THURSDAY))
    assert other.verdict is Verdict.MEETS


def test_who_travels_from_a_commitment_nearby_is_deployable(home: Any) -> None:
    region = home.region(commitments=(elsewhere("ann", "base"), elsewhere("bob", "base")))
    assert home.prove(region).verdict is Verdict.COVERABLE


def test_nobody_can_travel_in_time(home: Any) -> None:
    region = home.region(commitments=(elsewhere("ann", "far"), elsewhere("bob", "far")))
    proof = home.prove(region)
    assert proof.verdict is Verdict.IMPOSSIBLE
    assert proof.why_not.conflict is not None
    assert {each.rule for each in proof.why_not.conflict.members} >= {"eligible.travel"}


def in_session(home: Any, minutes: int) -> Region:
    """Home visits in the area of practice ``north`` on Tuesdays, so far away from the facility.

    Whoever is on a visit may be called away from it.
    """
    visits = SessionDemand(
        site="north",
        product=Product.HOME_VISITS,
        count=1,
        per=Per.ISO_WEEK,
        weekdays=(Weekday.TUESDAY,),
        start_time=time(9),
        end_time=time(12),
        on_call_allowed=True,
    )
    rows = home.region().travel_times
    ways = (
        TravelTime(origin="base", destination="north", minutes=10),
        *(TravelTime(origin="north", destination=site, minutes=minutes) for site in home.SITES),
    )
    region: Region = home.region(sessions=(visits,), travel_times=(*rows, *ways))
    return region


def on_tuesday(roster: Roster) -> dict[str, str]:
    """Who has the visits, and who the duty in office hours."""
    return {
        "visit" if each.target.startswith("north.") else "duty": each.physician
        for each in roster.assignments
        if each.when.start.date() == TUESDAY and not each.target.startswith("anw@")
    }


def test_who_travels_from_a_session_too_far_away_is_not_deployable(home: Any) -> None:
    region = in_session(home, 40)
    witness = home.witness(region)
    tuesday = on_tuesday(witness)
    assert set(tuesday) == {"visit", "duty"}
    assert tuesday["visit"] != tuesday["duty"]
    published = home.published(witness)
    assert home.prove(region, roster=published).verdict is Verdict.MEETS
    proof = home.prove(region, roster=passed_to(published, tuesday["visit"], "day", TUESDAY))
    assert (proof.verdict, proof.basis) == (Verdict.NOT_YET, CoverageBasis.PUBLISHED)
    assert "coverage.eligible.travel" in home.codes(home.judged(proof, "5").reasons)
    assert proof.coverage is not None
    # Three hours of visits, and 40 minutes away: only those are uncovered.
    assert proof.coverage.uncovered_minutes == 3 * 60
    # The same where the visits are near.
    near = in_session(home, 10)
    roster = passed_to(published, tuesday["visit"], "day", TUESDAY)
    assert home.prove(near, roster=roster).verdict is Verdict.MEETS


# Voluntary norms ------------------------------------------------------------------------------


def test_a_voluntary_norm_in_the_way_is_not_yet_and_never_impossible() -> None:
    made = broken(1, Cause.VOLUNTARY)
    proof = prove(
        made.region,
        made.before.site,
        weeks=made.before.weeks,
        limits=Limits(seconds=30),
        absences=(),
        headroom=False,
        names=True,
    )
    assert proof.verdict is Verdict.NOT_YET
    assert proof.voluntary_norms == made.planted.names
    (said,) = (each for each in proof.summary if each.code == "voluntary_norms")
    assert f"strijdig met vrijwillige norm {made.planted.names[0]}" in said.nl
    # With the same norm agreed collectively there is no such way out.
    packs = tuple(
        pack.model_copy(
            update={
                "norms": tuple(
                    norm.model_copy(update={"basis": Basis.COLLECTIVE_AGREEMENT})
                    if norm.id in made.planted.names and norm.severity is Severity.HARD
                    else norm
                    for norm in pack.norms
                )
            }
        )
        for pack in made.region.pack_by_id.values()
    )
    agreed = changed(made.region, {"rule_packs": packs})
    proof = prove(
        agreed,
        made.before.site,
        weeks=made.before.weeks,
        limits=Limits(seconds=30),
        absences=(),
        headroom=False,
    )
    assert (proof.verdict, proof.voluntary_norms) == (Verdict.IMPOSSIBLE, ())


# The GP post as first line --------------------------------------------------------------------


def by_gp_post(home: Any, *, backup: bool = True, signed: bool = True) -> Region:
    """The GP post takes the calls out of hours, under an agreement with both sites."""
    hap = home.toy.line(
        "hap",
        Window.OUT_OF_HOURS,
        sites=home.SITES,
        organisation="post",
        roles=(),
        care=Care.BOTH,
        escalation=("hap", "back") if backup else ("hap",),
    )
    back = home.toy.line("back", Window.OUT_OF_HOURS, sites=home.SITES, position=Position.BACKUP)
    cover = tuple(
        home.agreement(
            site,
            id=f"hap-{site}",
            kind=AgreementKind.ORGANISATION_COVER,
            partner="post",
            functions=(),
            signed_on=date(2026, 1, 1) if signed else None,
        )
        for site in home.SITES
    )
    (_, day) = home.lines()
    region: Region = home.region(
        lines=(hap, day, *((back,) if backup else ())),
        agreements=(home.agreement("home"), home.agreement("group", functions=()), *cover),
    )
    return region


def test_a_gp_post_as_first_line_with_an_so_behind_it(home: Any) -> None:
    region = by_gp_post(home)
    proof = home.prove(region)
    assert proof.verdict is Verdict.COVERABLE
    assert {home.judged(proof, key).status for key in "45"} == {Status.MET}
    witness = home.witness(region)
    out_of_hours = [each.when for each in witness.assignments if each.physician == "post"]
    backed = [each.when for each in witness.assignments if each.target.startswith("back@")]
    assert sorted(when.start for when in out_of_hours) == sorted(when.start for when in backed)
    # What the GP post holds is promised by its agreement: people alone must accept.
    accepted = home.published(witness)
    theirs = tuple(
        next(old for old in witness.assignments if old.target == each.target)
        if each.physician == "post"
        else each
        for each in accepted.assignments
    )
    roster = accepted.model_copy(update={"assignments": theirs})
    assert home.prove(region, roster=roster).verdict is Verdict.MEETS


def test_a_gp_post_as_first_line_without_an_so_behind_it(home: Any) -> None:
    proof = home.prove(by_gp_post(home, backup=False))
    assert proof.verdict is Verdict.NOT_YET
    judgement = home.judged(proof, "5")
    assert judgement.status is Status.NOT_MET
    assert "coverage.cover.backup_so" in home.codes(judgement.reasons)


def test_a_gp_post_as_first_line_with_a_backup_that_nobody_holds(home: Any) -> None:
    region = by_gp_post(home)
    roster = home.published(home.witness(region))
    monday = next(each for each in roster.assignments if each.target.startswith("back@"))
    less = tuple(each for each in roster.assignments if each is not monday)
    proof = home.prove(region, roster=roster.model_copy(update={"assignments": less}))
    assert proof.verdict is Verdict.NOT_YET


def test_a_gp_post_whose_agreement_is_not_signed_is_unknown(home: Any) -> None:
    assert home.prove(by_gp_post(home, signed=False)).verdict is Verdict.UNKNOWN
