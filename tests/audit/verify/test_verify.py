"""A proof is computed again: what is right comes out, and whatever was changed is noticed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from so247.audit.slice import slice_of
from so247.audit.verify import verify
from so247.models.canonical import region_hash
from so247.models.clock import Interval, period
from so247.models.proof import (
    Answered,
    Counting,
    CoverageBasis,
    LineRoom,
    Proof,
    Status,
    Verdict,
)
from so247.models.roster import Roster


def test_what_is_right_comes_out(meets, coverable, impossible) -> None:
    verdicts = [each.verdict for each in (meets, coverable, impossible)]
    assert verdicts == [Verdict.MEETS, Verdict.COVERABLE, Verdict.IMPOSSIBLE]
    for proof in (meets, coverable, impossible):
        assert verify(proof) == ()


def test_with_names_it_comes_out_as_well(make, world) -> None:
    part = slice_of(world.region, world.site, names=True)
    roster = part.roster(make.accepted(world.witness))
    named = make.proof_of(part, world.site, world.span, roster, named=True)
    assert verify(named) == ()
    # Said to be without names, it is not.
    assert make.whats(make.changed(named, named=False)) == {"named"}


def test_another_verdict_is_noticed(make, meets, coverable, impossible) -> None:
    for proof in (meets, coverable, impossible):
        for verdict in Verdict:
            if verdict is not proof.verdict:
                assert "verdict" in make.whats(make.changed(proof, verdict=verdict))


def test_every_field_that_is_judged_is_compared(make, meets) -> None:
    judged = meets.preconditions[3].model_copy(update={"status": Status.UNKNOWN})
    apart = meets.checks[0].model_copy(update={"blocks": not meets.checks[0].blocks})
    coverage = meets.coverage.model_copy(update={"uncovered_minutes": 1})
    for field, value, what in (
        ("until", meets.until - timedelta(days=1), "until"),
        ("basis", CoverageBasis.ROSTER, "basis"),
        ("coverage", coverage, "coverage.uncovered_minutes"),
        ("coverage", None, "coverage"),
        ("uncovered_elsewhere", (("home", 5),), "uncovered_elsewhere"),
        (
            "preconditions",
            (*meets.preconditions[:3], judged, *meets.preconditions[4:]),
            "preconditions.3.status",
        ),
        ("preconditions", meets.preconditions[1:], "preconditions"),
        ("checks", (apart, *meets.checks[1:]), "checks.0.blocks"),
        ("readings", (), "readings"),
        ("warnings", (*meets.warnings, make.SAID), "warnings"),
        ("summary", (), "summary"),
        ("site", "nowhere", "assessment"),
        ("region_id", "elsewhere", "region_id"),
        ("period", period(date(2026, 1, 5), 1), "assessment"),
    ):
        assert what in make.whats(make.changed(meets, **{field: value})), field


def test_another_rule_set_is_noticed(make, meets) -> None:
    others = [each for each in type(meets.rule_set) if each is not meets.rule_set]
    assert "rule_set" in make.whats(make.changed(meets, rule_set=others[0]))


def test_a_witness_is_no_promise(make, coverable) -> None:
    """Said to be a roster, it is one that nobody published: what is proven stays the same, but the
    dossier would not say that nobody promised it. The search is not asked for given rosters."""
    assert "cover" in make.whats(make.changed(coverable, basis=CoverageBasis.ROSTER))
    published = make.changed(coverable, basis=CoverageBasis.PUBLISHED, verdict=Verdict.MEETS)
    assert {"basis", "verdict"} <= make.whats(published)


def test_another_holder_is_noticed(make, meets) -> None:
    """A duty goes to nobody, or to somebody on another's contract."""
    roster = meets.roster
    held = roster.assignments
    gone = make.changed(meets, roster=roster.model_copy(update={"assignments": held[1:]}))
    assert "coverage" in make.fields(gone)
    other = next(e.id for e in meets.slice.physicians if e.id != held[1].physician)
    moved = held[1].model_copy(update={"physician": other})
    forged = roster.model_copy(update={"assignments": (held[0], moved, *held[2:])})
    # A holder who breaks a hard rule counts nowhere.
    assert "coverage" in make.fields(make.changed(meets, roster=forged))


def test_a_slice_that_was_changed_is_not_that_of_the_roster(make, meets) -> None:
    line = meets.slice.lines[0].model_copy(update={"name": "Another"})
    region = meets.slice.model_copy(update={"lines": (line, *meets.slice.lines[1:])})
    assert "roster.region_hash" in make.whats(make.changed(meets, slice=region))


def test_history_is_that_of_the_slice_too(make, meets) -> None:
    before = Roster(
        region_id=meets.slice.id,
        period=Interval(start=meets.period.start - timedelta(days=7), end=meets.period.start),
    )
    assert "history.0.region_hash" in make.whats(make.changed(meets, history=(before,)))


def test_a_witness_breaks_no_hard_rule(make, coverable) -> None:
    """Everything is held by one person, who is said to make it possible."""
    roster = coverable.roster
    who, contract = roster.assignments[0].physician, roster.assignments[0].contract
    one = tuple(
        each.model_copy(update={"physician": who, "contract": contract})
        for each in roster.assignments
    )
    forged = make.changed(coverable, roster=roster.model_copy(update={"assignments": one}))
    assert any(each.what == "roster" for each in verify(forged))


def counted(proof: Proof, counting: Counting) -> Proof:
    assert proof.why_not is not None
    why = proof.why_not.model_copy(update={"counting": counting})
    return proof.model_copy(update={"why_not": why})


def test_a_count_that_does_not_hold(make, impossible) -> None:
    counting = impossible.why_not.counting
    (share,) = counting.shares
    friday, sunday = share.parts[2], share.parts[3]
    for parts in (
        (*share.parts[:2], sunday),
        (*share.parts[:2], friday.model_copy(update={"most": 0}), sunday),
        (*share.parts[:2], friday, sunday.model_copy(update={"norm": "duties_5_per_7_days"})),
    ):
        forged = counting.model_copy(
            update={"shares": (share.model_copy(update={"parts": parts}),)}
        )
        assert "why_not.counting" in make.whats(counted(impossible, forged))
    fewer = counting.model_copy(update={"barred": counting.barred[1:]})
    assert make.whats(counted(impossible, fewer)) == {"why_not.counting"}


def test_a_count_is_about_the_period_that_was_searched(make, impossible) -> None:
    """A search may begin before the opening; the duties counted are those after it."""
    nothing = Roster(
        region_id=impossible.slice.id,
        region_hash=region_hash(impossible.slice),
        period=Interval(
            start=impossible.period.start - timedelta(days=14), end=impossible.period.end
        ),
    )
    searched = make.changed(impossible, roster=nothing)
    assert "why_not.counting" not in make.whats(searched)
    later = Interval(start=impossible.period.start + timedelta(days=14), end=impossible.period.end)
    assert "why_not.counting" in make.whats(make.changed(searched, period=later))


def test_what_rests_on_the_solver_is_labelled(make, meets, impossible) -> None:
    assert make.whats(make.changed(impossible, attested=())) == {"attested"}
    labels = impossible.attested
    reworded = labels[0].model_copy(update={"nl": "Alles is nagerekend."})
    for forged in ((reworded, *labels[1:]), (*labels, make.SAID), labels[::-1]):
        assert make.fields(make.changed(impossible, attested=forged)) == {"attested"}
    room = LineRoom(line=meets.slice.lines[0].id, residents=1, facilities=None)
    roomy = make.changed(meets, headroom=(room,))
    assert make.whats(roomy) == {"attested"}
    assert verify(make.labelled(roomy)) == ()


def test_a_no_needs_two_solves_that_agree(make, impossible) -> None:
    for solves in ((), make.TWICE[:1], (make.TWICE[0], make.TWICE[0])):
        assert make.whats(make.changed(impossible, solves=solves)) == {"solves"}
        conflict = impossible.why_not.conflict.model_copy(update={"solves": solves})
        why = impossible.why_not.model_copy(update={"conflict": conflict})
        assert make.whats(make.changed(impossible, why_not=why)) == {"why_not.conflict.solves"}
    feasible = make.TWICE[1].model_copy(update={"answer": Answered.FEASIBLE})
    third = feasible.model_copy(update={"configuration": "third"})
    assert make.whats(make.changed(impossible, solves=(*make.TWICE, third))) == {"solves"}
    assert make.whats(make.changed(impossible, solves=(make.TWICE[0], feasible))) == {"solves"}
    silent = make.labelled(make.changed(impossible, why_not=None))
    assert make.whats(silent) == {"why_not.conflict"}


def test_a_yes_needs_a_roster(make, coverable) -> None:
    assert "cover" in make.whats(make.changed(coverable, roster=None, coverage=None))


def test_voluntary_norms_are_those_of_the_region(make, impossible) -> None:
    forged = make.changed(impossible, voluntary_norms=("hours_60_per_week",))
    assert "voluntary_norms" in make.whats(forged)


def test_wishes_do_not_belong_in_it(make, world) -> None:
    part = slice_of(world.region, world.site)
    wishing = part.region.model_copy(update={"wishes": world.region.wishes})
    if not wishing.wishes:
        pytest.fail("the region has no wishes to leak")
    proof = make.proof_of(part, world.site, world.span, None)
    assert "slice.wishes" in make.whats(make.changed(proof, slice=wishing))
