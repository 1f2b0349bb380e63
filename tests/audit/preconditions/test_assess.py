"""The verdict: which of the five, on what basis, until when, and in what words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from so247.models.clock import Interval
from so247.models.errors import InputError, NotFound, RosterError
from so247.models.evidence import EvidenceKind
from so247.models.lines import Window
from so247.models.people import Pool
from so247.models.proof import Answered, CoverageBasis, Status, Verdict
from so247.models.report import Coverage
from so247.models.roster import State
from so247.models.sites import TravelTime

K = EvidenceKind
MONDAY, WEDNESDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 5)
SUNDAY = date(2026, 11, 8)


def shape(found: Any) -> tuple[CoverageBasis, Verdict]:
    return found.basis, found.verdict


# Who promised it -----------------------------------------------------------------------------


def test_a_published_roster_that_everybody_accepted(sound: Any) -> None:
    found = sound.assess()
    assert shape(found) == (CoverageBasis.PUBLISHED, Verdict.MEETS)
    assert found.until == SUNDAY
    (sentence,) = found.summary
    assert sentence.nl == (
        "Home voldoet aan de randvoorwaarden voor huisartsenzorg, van 02-11-2026 tot en met "
        "08-11-2026."
    )
    assert sentence.en == (
        "Home meets the preconditions for GP care, from 2026-11-02 until 2026-11-08."
    )


def test_a_witness_is_never_a_promise(sound: Any) -> None:
    # Even one that says of itself that it was published and accepted.
    found = sound.assess(witness=True)
    assert shape(found) == (CoverageBasis.WITNESS, Verdict.COVERABLE)
    assert "nog door niemand toegezegd" in found.summary[0].nl
    assert "not yet promised by anyone" in found.summary[0].en


def test_a_roster_that_is_not_published(sound: Any) -> None:
    found = sound.assess(roster=sound.roster(published_at=None))
    assert shape(found) == (CoverageBasis.ROSTER, Verdict.COVERABLE)


def one_duty(sound: Any, state: State) -> Any:
    """Ann's Thursday evening stands apart, in this state; all else is accepted."""
    toy, week = sound.toy, sound.WEEK
    evening = toy.between("2026-11-05 17:00", "2026-11-06 08:00")
    accepted = {"state": State.ACCEPTED}
    return toy.roster(
        toy.held("anw@1", "ann", Interval(start=week.start, end=evening.start), **accepted),
        toy.held("anw@2", "ann", evening, state=state),
        toy.held("anw@3", "ann", Interval(start=evening.end, end=week.end), **accepted),
        toy.whole("day", "bob", **accepted),
        published_at=sound.PUBLISHED,
    )


@pytest.mark.parametrize(
    ("state", "basis", "verdict"),
    [
        (State.ACCEPTED, CoverageBasis.PUBLISHED, Verdict.MEETS),
        (State.PROPOSED, CoverageBasis.ROSTER, Verdict.COVERABLE),
        (State.DECLINED, CoverageBasis.PUBLISHED, Verdict.NOT_YET),  # it covers nothing
    ],
)
def test_one_duty_decides(sound: Any, state: State, basis: CoverageBasis, verdict: Verdict) -> None:
    assert shape(sound.assess(roster=one_duty(sound, state))) == (basis, verdict)


def test_a_duty_for_another_site_need_not_be_accepted(sound: Any) -> None:
    region = oak_region(sound)
    oak = sound.toy.whole("oak-line", "cas")
    roster = sound.roster()
    roster = roster.model_copy(update={"assignments": (*roster.assignments, oak)})
    assert oak.state is State.PROPOSED
    assert sound.assess(region, roster=roster).basis is CoverageBasis.PUBLISHED


# What time is asked about --------------------------------------------------------------------


def from_thursday(sound: Any) -> Interval:
    return sound.toy.between("2026-11-05 00:00", "2026-11-09 00:00")


def test_an_open_site_is_asked_about_from_today(sound: Any) -> None:
    # Ann declined Wednesday evening: from Monday a gap, from Thursday on none.
    toy, week = sound.toy, sound.WEEK
    evening = toy.between("2026-11-04 17:00", "2026-11-04 23:00")
    accepted = {"state": State.ACCEPTED}
    roster = toy.roster(
        toy.held("anw@1", "ann", Interval(start=week.start, end=evening.start), **accepted),
        toy.held("anw@2", "ann", evening, state=State.DECLINED),
        toy.held("anw@3", "ann", Interval(start=evening.end, end=week.end), **accepted),
        toy.whole("day", "bob", **accepted),
        published_at=sound.PUBLISHED,
    )
    assert sound.assess(roster=roster).verdict is Verdict.NOT_YET
    found = sound.assess(roster=roster, period=from_thursday(sound))
    assert shape(found) == (CoverageBasis.PUBLISHED, Verdict.MEETS)
    assert found.coverage is not None
    assert found.coverage.examined == from_thursday(sound)
    assert found.coverage.required_minutes == 4 * 24 * 60


def test_what_was_over_before_the_first_day_need_not_be_accepted(sound: Any) -> None:
    toy, week, thursday = sound.toy, sound.WEEK, from_thursday(sound)
    accepted = {"state": State.ACCEPTED}
    roster = toy.roster(
        toy.held("anw@1", "ann", Interval(start=week.start, end=thursday.start)),
        toy.held("anw@2", "ann", thursday, **accepted),
        toy.whole("day", "bob", **accepted),
        published_at=sound.PUBLISHED,
    )
    assert sound.assess(roster=roster).verdict is Verdict.COVERABLE
    assert sound.assess(roster=roster, period=thursday).verdict is Verdict.MEETS


def test_a_duty_that_runs_into_the_first_day_must_be_accepted(sound: Any) -> None:
    toy, week = sound.toy, sound.WEEK
    morning = toy.between("2026-11-05 08:00", "2026-11-09 00:00").start
    accepted = {"state": State.ACCEPTED}
    roster = toy.roster(
        toy.held("anw@1", "ann", Interval(start=week.start, end=morning)),
        toy.held("anw@2", "ann", Interval(start=morning, end=week.end), **accepted),
        toy.whole("day", "bob", **accepted),
        published_at=sound.PUBLISHED,
    )
    found = sound.assess(roster=roster, period=from_thursday(sound))
    assert shape(found) == (CoverageBasis.ROSTER, Verdict.COVERABLE)


@pytest.mark.parametrize(("state", "verdict"), [("accepted", "meets"), ("proposed", "coverable")])
def test_a_duty_of_an_earlier_roster_that_runs_on_must_be_accepted_too(
    sound: Any, state: str, verdict: str
) -> None:
    # The earlier roster holds Ann's duty from Sunday evening to Monday 08:00.
    toy = sound.toy
    night = toy.between("2026-11-01 20:00", "2026-11-02 08:00")
    earlier = toy.roster(
        toy.held("anw@0", "ann", night, state=State(state)),
        period=toy.between("2026-10-26 00:00", "2026-11-02 00:00"),
        published_at=sound.PUBLISHED,
    )
    rest = Interval(start=night.end, end=sound.WEEK.end)
    roster = sound.roster(toy.held("anw@1", "ann", rest), toy.whole("day", "bob"))
    found = sound.assess(roster=roster, history=[earlier])
    assert found.verdict.value == verdict


def test_a_new_site_is_asked_about_from_its_opening(sound: Any) -> None:
    found = sound.assess(sound.region(facility={"opening_date": THURSDAY}))
    assert found.coverage is not None
    assert found.coverage.examined == from_thursday(sound)
    assert "van 05-11-2026" in found.summary[0].nl


REACH: list[tuple[str, tuple[str, str], date]] = [
    ("ends early", ("2026-11-02 00:00", "2026-11-06 00:00"), date(2026, 11, 5)),
    ("begins late", ("2026-11-04 00:00", "2026-11-09 00:00"), SUNDAY),
    ("not at all", ("2026-12-07 00:00", "2026-12-14 00:00"), SUNDAY),
]


@pytest.mark.parametrize(("reach", "until"), [e[1:] for e in REACH], ids=[e[0] for e in REACH])
def test_what_the_roster_does_not_reach_is_unknown(
    sound: Any, reach: tuple[str, str], until: date
) -> None:
    period = sound.toy.between(*reach)
    found = sound.assess(roster=sound.roster(period=period))
    assert found.verdict is Verdict.UNKNOWN
    assert found.until == until
    assert found.coverage is not None
    assert (found.coverage.verdict, found.coverage.uncovered_minutes) == (Coverage.UNKNOWN, 0)
    inside = period.intersect(sound.WEEK)
    outside = sound.WEEK.minutes - (inside.minutes if inside else 0)
    assert found.coverage.unknown_minutes == outside
    assert found.coverage.required_minutes == sound.WEEK.minutes
    assert "roster.outside" in sound.codes(found.summary)


def test_a_gap_within_its_reach_is_certain_all_the_same(sound: Any) -> None:
    period = sound.toy.between("2026-11-02 00:00", "2026-11-06 00:00")
    roster = sound.roster(sound.toy.whole("anw", "ann"), period=period)
    assert sound.assess(roster=roster).verdict is Verdict.NOT_YET


def test_a_roster_that_reaches_further_is_cut(sound: Any) -> None:
    # Nobody holds anything in the second week, which is not asked about.
    longer = sound.toy.between("2026-11-02 00:00", "2026-11-16 00:00")
    found = sound.assess(roster=sound.roster(period=longer))
    assert (found.verdict, found.until) == (Verdict.MEETS, SUNDAY)


# Precedence ----------------------------------------------------------------------------------


def without_plan(sound: Any) -> Any:
    return sound.region(evidence=sound.replaced(K.STAFFING_PLAN))


def test_impossible_goes_before_all_else(sound: Any) -> None:
    found = sound.assess(without_plan(sound), roster=None, cover=Answered.INFEASIBLE)
    assert shape(found) == (CoverageBasis.NONE, Verdict.IMPOSSIBLE)
    assert "niet haalbaar met de ingevoerde artsen en afspraken" in found.summary[0].nl
    assert "failing.6" in sound.codes(found.summary)  # what is missing besides is told


def test_voluntary_norms_in_the_way_make_it_not_yet(sound: Any) -> None:
    found = sound.assess(roster=None, cover=Answered.INFEASIBLE, voluntary_norms=("rest",))
    assert found.verdict is Verdict.NOT_YET
    (sentence,) = (each for each in found.summary if each.code == "voluntary_norms")
    assert "vrijwillige norm rest" in sentence.nl


def test_something_missing_goes_before_something_unknown(sound: Any) -> None:
    undated = sound.document(K.SCOPE_ANNEX, signed_on=None)
    papers = tuple(
        each for each in sound.replaced(K.SCOPE_ANNEX, undated) if each.kind is not K.STAFFING_PLAN
    )
    found = sound.assess(sound.region(evidence=papers))
    assert found.verdict is Verdict.NOT_YET
    told = [each.code for each in found.summary]
    assert told == ["verdict.not_yet", "failing.6", "failing.2", "refer"]


def test_a_search_that_ended_without_answer_is_unknown(sound: Any) -> None:
    found = sound.assess(roster=None, cover=Answered.UNKNOWN)
    assert found.verdict is Verdict.UNKNOWN
    assert "search.unknown" in sound.codes(found.summary)
    missing = sound.assess(without_plan(sound), roster=None, cover=Answered.UNKNOWN)
    assert missing.verdict is Verdict.NOT_YET


def no_phone(sound: Any) -> dict[str, Any]:
    lines = tuple(each.model_copy(update={"phone": None}) for each in sound.toy.region().lines)
    return {"lines": lines}


def no_agreement(sound: Any) -> dict[str, Any]:
    return {"agreements": (sound.toy.agreement("group"),)}


@pytest.mark.parametrize(
    ("change", "code"), [(no_phone, "coverage.no_phone"), (no_agreement, "coverage.no_agreement")]
)
def test_what_no_roster_can_mend_is_named_and_not_yet(
    sound: Any, change: Callable[[Any], dict[str, Any]], code: str
) -> None:
    found = sound.assess(sound.region(**change(sound)), roster=None, cover=Answered.UNKNOWN)
    assert found.verdict is Verdict.NOT_YET
    assert code in sound.codes(sound.judged(found, "5").reasons)


# The other sites -----------------------------------------------------------------------------


def oak_region(sound: Any, *, line: bool = True, **fields: Any) -> Any:
    """A second facility ``oak``: with a line that nobody holds, or without any."""
    toy, region = sound.toy, sound.region()
    extra = (toy.line("oak-line", Window.ALWAYS, sites=("oak",)),) if line else ()
    return sound.region(
        facilities=(*region.facilities, toy.facility("oak", **fields)),
        agreements=(*region.agreements, toy.agreement("oak")),
        lines=(*region.lines, *extra),
        travel_times=(
            *region.travel_times,
            TravelTime(origin="base", destination="oak", minutes=20),
        ),
    )


def test_a_published_roster_is_judged_for_the_site_alone(sound: Any) -> None:
    found = sound.assess(oak_region(sound))
    assert found.verdict is Verdict.MEETS
    assert found.uncovered_elsewhere == (("oak", sound.WEEK.minutes),)


def test_a_witness_must_cover_every_open_site(sound: Any) -> None:
    found = sound.assess(oak_region(sound), witness=True)
    assert shape(found) == (CoverageBasis.WITNESS, Verdict.UNKNOWN)
    assert "witness.elsewhere" in sound.codes(found.summary)


def test_a_site_that_opens_later_is_left_out(sound: Any) -> None:
    found = sound.assess(oak_region(sound, opening_date=THURSDAY), witness=True)
    assert (found.verdict, found.uncovered_elsewhere) == (Verdict.COVERABLE, ())


def test_something_missing_at_another_open_site_is_named(sound: Any) -> None:
    found = sound.assess(oak_region(sound, line=False), witness=True)
    assert found.verdict is Verdict.NOT_YET
    (sentence,) = (each for each in found.summary if each.code == "elsewhere.lacking")
    assert "Oak" in sentence.nl


def test_a_witness_that_breaks_a_hard_rule_anywhere_shows_nothing(sound: Any) -> None:
    # Cas has a contract for no duty at all, and holds the GP group's line in office hours.
    toy = sound.toy
    toys = toy.region()
    lines = (
        toys.lines[0],
        toys.lines[1].model_copy(update={"sites": ("home",)}),
        toy.line("group-day", toys.lines[1].window, sites=("group",)),
    )
    region = sound.region(
        lines=lines,
        physicians=(toy.physician("ann"), toy.physician("bob"), toy.physician("cas")),
        contracts=(toy.contract("ann"), toy.contract("bob"), toy.contract("cas", max_duties=0)),
    )
    roster = sound.roster(
        toy.whole("anw", "ann"), toy.whole("day", "bob"), toy.whole("group-day", "cas")
    )
    witness = sound.assess(region, roster=roster, witness=True)
    assert witness.verdict is Verdict.UNKNOWN
    assert "witness.breach" in sound.codes(witness.summary)
    # A roster that is there already is judged for the site alone.
    assert sound.assess(region, roster=roster).verdict is Verdict.MEETS


# Until when ----------------------------------------------------------------------------------


def test_evidence_that_outlives_the_period_ends_nothing_sooner(sound: Any) -> None:
    plan = sound.document(K.STAFFING_PLAN, valid_until=date(2027, 1, 1))
    found = sound.assess(sound.region(evidence=sound.replaced(K.STAFFING_PLAN, plan)))
    assert (found.verdict, found.until) == (Verdict.MEETS, SUNDAY)


def test_the_first_thing_to_end_counts(sound: Any) -> None:
    plan = sound.document(K.STAFFING_PLAN, valid_until=THURSDAY)
    annex = sound.document(K.SCOPE_ANNEX, valid_until=WEDNESDAY)
    papers = [e for e in sound.replaced(K.STAFFING_PLAN, plan) if e.kind is not K.SCOPE_ANNEX]
    found = sound.assess(sound.region(evidence=(*papers, annex)))
    assert (found.verdict, found.until) == (Verdict.NOT_YET, WEDNESDAY)


def test_an_agreement_with_a_second_pool_that_ends_is_told(sound: Any) -> None:
    # The first pool's agreement goes on, so nothing becomes uncovered.
    second = sound.toy.agreement("home", id="second", partner="other", valid_until=THURSDAY)
    region = sound.region(
        agreements=(sound.agreement(), second, sound.toy.agreement("group")),
        facility={"pools": ("pool", "other")},
        physicians=tuple(
            sound.toy.physician(who, pools=("pool", "other")) for who in ("ann", "bob")
        ),
        pools=(Pool(id="pool", name="Pool"), Pool(id="other", name="Other")),
    )
    found = sound.assess(region)
    assert (found.verdict, found.until) == (Verdict.MEETS, THURSDAY)


# Bad input -----------------------------------------------------------------------------------


def test_a_site_that_the_region_does_not_have(sound: Any) -> None:
    with pytest.raises(NotFound, match=r"hom.*Maybe you meant home"):
        sound.assess(site="hom")


def test_a_site_that_opens_after_the_period(sound: Any) -> None:
    region = sound.region(facility={"opening_date": date(2027, 1, 1)})
    with pytest.raises(InputError, match="opens after the period"):
        sound.assess(region)


@pytest.mark.parametrize("week", ["2026-11-02", "2026-12-07"])
def test_a_roster_of_another_region_is_refused(sound: Any, week: str) -> None:
    start = sound.toy.local(f"{week} 00:00")
    period = Interval(start=start, end=start + (sound.WEEK.end - sound.WEEK.start))
    with pytest.raises(RosterError, match="another region"):
        sound.assess(roster=sound.roster(region_id="elsewhere", period=period))


def test_a_region_that_changed_since_is_judged_as_it_is_and_said(sound: Any) -> None:
    found = sound.assess(roster=sound.roster(region_hash="0" * 64))
    assert found.verdict is Verdict.MEETS
    (said,) = (each for each in found.warnings if each.code == "region.changed")
    assert "changed since this roster was made" in said.en


# Words ---------------------------------------------------------------------------------------


def test_no_sentence_says_that_a_facility_may_open(sound: Any) -> None:
    situations = [
        sound.assess(),
        sound.assess(witness=True),
        sound.assess(roster=None),
        sound.assess(roster=None, cover=Answered.UNKNOWN),
        sound.assess(roster=None, cover=Answered.INFEASIBLE),
    ]
    assert {found.verdict for found in situations} == set(Verdict)
    for found in situations:
        for said in found.summary:
            assert "mag open" not in said.nl.lower()
            assert "may open" not in said.en.lower()
        end = f"{found.until:%d-%m-%Y}"
        assert end in found.summary[0].nl
        assert str(found.until) in found.summary[0].en
        # The day of a no is no day on which it turns into a yes, and a yes needs no such warning.
        no = found.verdict not in (Verdict.MEETS, Verdict.COVERABLE)
        assert ("daarna wordt het oordeel niet vanzelf beter" in found.summary[0].nl) == no
        assert ("does not become better by itself" in found.summary[0].en) == no


def test_every_failing_judgement_is_told(sound: Any) -> None:
    found = sound.assess(sound.region(evidence=(), task_holders=()), roster=None)
    failing = {
        f"failing.{each.key}"
        for each in (*found.preconditions, *found.checks)
        if each.applies and each.blocks and each.status is not Status.MET
    }
    assert failing == sound.codes(found.summary) & failing
    assert {f"failing.{number}" for number in range(1, 9)} <= failing
    assert found.summary[-1].code == "refer"


def test_practices_of_which_the_same_is_said_stand_together(sound: Any) -> None:
    found = sound.assess(sound.region(evidence=sound.replaced(K.GP_STATEMENT)))
    (sentence,) = (each for each in found.summary if each.code == "failing.1")
    assert sentence.nl == (
        "Randvoorwaarde 1 (North, South) niet voldaan: verklaring van de huisarts: ontbreekt."
    )


def test_the_order_in_which_things_stand_changes_nothing(sound: Any) -> None:
    # A dossier's slice sorts them anew, and must come to the same judgements.
    region = sound.region()
    names = ("evidence", "task_holders", "agreements", "lines", "physicians", "contracts")
    turned = region.model_copy(update={name: getattr(region, name)[::-1] for name in names})
    there, back = sound.assess(region), sound.assess(turned)
    assert (there.verdict, there.until, there.summary) == (back.verdict, back.until, back.summary)
    assert [(e.key, e.status, e.until) for e in there.preconditions] == [
        (e.key, e.status, e.until) for e in back.preconditions
    ]


def lessened(sound: Any) -> list[tuple[str, dict[str, Any]]]:
    """The facility with one thing taken away, for everything that it has on record."""
    region = sound.region()
    return [
        (f"{name}[{at}]", {name: (*rows[:at], *rows[at + 1 :])})
        for name in ("evidence", "task_holders", "agreements", "lines", "contracts")
        for rows in [getattr(region, name)]
        for at in range(len(rows))
    ]


def test_taking_anything_away_never_helps(sound: Any) -> None:
    # Whatever the facility lacks, each thing more that it lacks leaves it no better off.
    order = [Verdict.NOT_YET, Verdict.UNKNOWN, Verdict.COVERABLE, Verdict.MEETS]
    undated = sound.document(K.SCOPE_ANNEX, signed_on=None)
    begun = [sound.region(), sound.region(evidence=sound.replaced(K.SCOPE_ANNEX, undated))]
    for region in begun:
        before = order.index(sound.assess(region).verdict)
        for what, change in lessened(sound):
            if "evidence" in change and region is not begun[0]:
                continue  # the undated annex is not among them
            after = order.index(sound.assess(region.model_copy(update=change)).verdict)
            assert after <= before, what
