"""No wrong no, and no wrong yes: what is not surely so is unknown.

Each test stands between two that are certain: with one thing less in doubt the answer is plain.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from so247.audit.verify import verify
from so247.models.lines import Care, Window
from so247.models.norms import Basis, Norm, NormKind, RulePack, Severity, Work
from so247.models.people import Absence, Commitment, PackBinding, Pin, Role
from so247.models.proof import Answered, CoverageBasis, RequirementKind, Status, Verdict
from so247.models.region import Region
from so247.models.settings import Settings, UnknownTravel
from so247.models.sites import Place, ResidenceSetting, TravelTime

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
SUNDAY = date(2026, 11, 8)
TUESDAY_EVENING = "anw@2026-11-03T16:00Z"
"""From 17:00 to 08:00 local time."""


def away(who: str, first: date = MONDAY, last: date = SUNDAY) -> Absence:
    return Absence(physician=who, first_day=first, last_day=last)


# Ways that nobody knows -----------------------------------------------------------------------


def by_unknown_way(home: Any, rule: UnknownTravel) -> Region:
    """On Tuesday both are in a place from which nobody knows how long it takes."""
    work = tuple(
        Commitment(
            physician=who,
            place="nowhere",
            day=TUESDAY,
            start_time=time(9),
            end_time=time(16),
            on_call_allowed=True,
        )
        for who in ("ann", "bob")
    )
    places = (*home.region().places, Place(id="nowhere", name="Nowhere"))
    region: Region = home.region(
        commitments=work, places=places, settings=Settings(unknown_travel=rule)
    )
    return region


def test_a_way_that_nobody_knows_is_no_ground_for_a_no(home: Any) -> None:
    # Forbidden to roster such people, the search finds nobody; that is not to say nobody can.
    proof = home.prove(by_unknown_way(home, UnknownTravel.FORBID))
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.UNKNOWN)
    assert verify(proof) == ()


def test_nor_for_a_yes(home: Any) -> None:
    # Allowed, there is a roster; whether they come in time is as unknown as it was.
    proof = home.prove(by_unknown_way(home, UnknownTravel.ALLOW))
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.FEASIBLE)
    assert home.judged(proof, "5").status is Status.UNKNOWN


def test_a_way_that_is_known_to_be_too_long_is_ground_for_a_no(home: Any) -> None:
    region = by_unknown_way(home, UnknownTravel.FORBID)
    far = tuple(TravelTime(origin="nowhere", destination=site, minutes=70) for site in home.SITES)
    known = home.region(
        commitments=region.commitments,
        places=region.places,
        settings=region.settings,
        travel_times=(*region.travel_times, *far),
    )
    assert home.prove(known).verdict is Verdict.IMPOSSIBLE


# What another site lacks ----------------------------------------------------------------------


def test_a_witness_that_leaves_another_site_unknown_shows_nothing(home: Any) -> None:
    # The GP group is open too, and its minutes are defaults that prove nothing.
    group = home.agreement("group", functions=(), phone_minutes=None)
    region = home.region(agreements=(home.agreement("home"), group))
    proof = home.prove(region)
    assert (proof.verdict, proof.basis) == (Verdict.UNKNOWN, CoverageBasis.WITNESS)
    assert home.judged(proof, "5").status is Status.MET
    # A roster that was published is judged for this site alone.
    roster = home.published(home.witness(region))
    assert home.prove(region, roster=roster).verdict is Verdict.MEETS


def test_no_yes_from_a_region_that_cannot_be_covered(home: Any) -> None:
    # At home the table asks for no SO 24/7, so that the lack of one is no ground for a no. Neither
    # is it a yes: the other sites that are open cannot be covered by any roster.
    unsaid = ("admitted_for_treatment", "treatment_contracted", "treatment_delivered")
    lodging = home.facility(setting=ResidenceSetting.HOME, residents=())
    at_home = (lodging.model_copy(update=dict.fromkeys(unsaid)),)
    proof = home.prove(home.region(facilities=at_home, absences=(away("ann"), away("bob"))))
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.INFEASIBLE)
    assert not home.judged(proof, "5").applies
    assert home.prove(home.region(facilities=at_home)).verdict is Verdict.COVERABLE


# General care ---------------------------------------------------------------------------------


def test_a_line_for_general_care_that_nobody_can_hold(home: Any) -> None:
    # The agreement with the GP post provides general care; an own line for it is extra. There is
    # no ID physician in the region who could hold it.
    extra = home.toy.line(
        "general",
        Window.OUT_OF_HOURS,
        sites=("home",),
        care=Care.GENERAL,
        roles=(Role.ID_PHYSICIAN,),
    )
    proof = home.prove(home.region(lines=(*home.lines(), extra)))
    assert (proof.verdict, proof.cover) == (Verdict.COVERABLE, Answered.FEASIBLE)
    assert home.judged(proof, "4").status is Status.MET


# Pins -----------------------------------------------------------------------------------------


def test_a_pin_of_somebody_who_is_away(home: Any) -> None:
    # Ann was put down for Tuesday evening and then took leave: nobody else may have it.
    pin = Pin(target=TUESDAY_EVENING, physician="ann")
    region = home.region(pins=(pin,), absences=(away("ann", TUESDAY, WEDNESDAY),))
    proof = home.prove(region)
    assert (proof.verdict, proof.cover) == (Verdict.IMPOSSIBLE, Answered.INFEASIBLE)
    assert proof.why_not is not None
    assert proof.why_not.conflict is not None
    kinds = {each.kind for each in proof.why_not.conflict.members}
    assert kinds == {RequirementKind.DUTY, RequirementKind.PIN, RequirementKind.LEAVE}
    # Either of the two alone is no trouble.
    assert home.prove(home.region(pins=(pin,))).verdict is Verdict.COVERABLE
    alone = home.region(absences=region.absences)
    assert home.prove(alone).verdict is Verdict.COVERABLE


# Norms that begin or end ----------------------------------------------------------------------

ONCE = RulePack(
    id="once",
    name="Once a week",
    norms=(
        Norm(
            id="one_per_week",
            kind=NormKind.ROLLING_COUNT,
            text="At most one duty in seven days",
            counts=(Work.REACHABILITY_DUTY, Work.OFFICE_DUTY),
            limit=1,
            severity=Severity.HARD,
            basis=Basis.COLLECTIVE_AGREEMENT,
            source="toy",
            window_days=7,
        ),
    ),
)


def bound(home: Any, until: date | None) -> Region:
    """Both are bound by that norm until a day: a week has thirteen duties."""
    binding = PackBinding(pack="once", valid_until=until)
    people = tuple(home.toy.physician(who, rule_packs=(binding,)) for who in ("ann", "bob"))
    packs = (*home.toy.region().rule_packs, ONCE)
    region: Region = home.region(physicians=people, rule_packs=packs)
    return region


def test_a_norm_that_ends_on_the_way_is_stated_too_strictly_to_say_no(home: Any) -> None:
    # The search limits more than the rulebook then, so that its no is none.
    assert home.prove(bound(home, WEDNESDAY)).verdict is Verdict.UNKNOWN
    proof = home.prove(bound(home, None))
    assert proof.verdict is Verdict.IMPOSSIBLE
    assert proof.why_not is not None
    assert proof.why_not.counting is not None
    # At most one each: three duties are one too many.
    assert (proof.why_not.counting.need, proof.why_not.counting.most) == (3, 2)
    assert verify(proof) == ()
