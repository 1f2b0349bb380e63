"""A proof is computed again: what is right comes out, and whatever was changed is noticed.

Small regions that can be covered give proofs of ``meets`` (a published roster) and ``coverable``
(a witness); the scenario ``tekort`` one of ``impossible``, with a count that a pencil can follow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import so247
from so247.audit.absent import lost
from so247.audit.assess import assess
from so247.audit.check import check
from so247.audit.slice import Slice, slice_of
from so247.audit.verify import Fault, verify
from so247.audit.verify.faults import differences
from so247.models.calendar import duties
from so247.models.canonical import region_hash
from so247.models.clock import Interval, days, local_day, period
from so247.models.proof import (
    Answered,
    Barred,
    Case,
    Change,
    Conflict,
    Counting,
    CoverageBasis,
    Extra,
    LineRoom,
    Part,
    Proof,
    Relaxation,
    Requirement,
    RequirementKind,
    Robustness,
    Said,
    Share,
    Solve,
    Status,
    Survival,
    Verdict,
    WhyNot,
)
from so247.models.roster import Roster, State
from so247.scenarios.catalogue import load_region
from so247.scenarios.small import Shape, Small, small

SAID = Said(code="x", nl="x", en="x")
TWICE = tuple(
    Solve(question="every duty held", configuration=each, answer=Answered.INFEASIBLE)
    for each in ("one", "other")
)


def label(code: str) -> Said:
    return Said(code=code, nl=code, en=code)


def proof_of(
    part: Slice,
    site: str,
    span: Interval,
    roster: Roster | None,
    *,
    witness: bool = False,
    cover: Answered | None = None,
    **more: Any,
) -> Proof:
    """What a prover says of the slice, without any search."""
    found = assess(part.region, site, span, roster, (), witness=witness, cover=cover)
    return Proof(
        region_id=part.region.id,
        region_hash="0" * 64,
        site=site,
        rule_set=part.region.settings.rule_set,
        period=span,
        cover=cover,
        slice=part.region,
        roster=roster,
        **{name: getattr(found, name) for name in vars(found)},
        **more,
    )


def accepted(roster: Roster) -> Roster:
    """Published, and promised by everybody."""
    held = (each.model_copy(update={"state": State.ACCEPTED}) for each in roster.assignments)
    published = datetime(2026, 1, 1, tzinfo=UTC)
    return roster.model_copy(update={"assignments": tuple(held), "published_at": published})


@pytest.fixture(scope="module")
def world() -> Small:
    return small(3, Shape.SPLIT)


@pytest.fixture(scope="module")
def part(world: Small) -> Slice:
    return slice_of(world.region, world.site)


@pytest.fixture(scope="module")
def meets(world: Small, part: Slice) -> Proof:
    return proof_of(part, world.site, world.span, part.roster(accepted(world.witness)))


@pytest.fixture(scope="module")
def coverable(world: Small, part: Slice) -> Proof:
    roster = part.roster(world.witness)
    cover = Answered.FEASIBLE
    return proof_of(part, world.site, world.span, roster, witness=True, cover=cover)


@pytest.fixture(scope="module")
def impossible() -> Proof:
    """The week in which one person is left for seven duties (tests of the certificate tell it)."""
    region = load_region("tekort")
    site = region.facilities[0].id
    part = slice_of(region, site)
    week = period(date(2026, 11, 9), 1)
    names = tuple(e.id for e in duties(region, week) if e.burden and e.when.start >= week.start)
    by_name = {part.real(each.id): each.id for each in part.region.physicians}

    def bound(chosen: tuple[str, ...], rule: str, norm: str | None = None) -> Part:
        return Part(duties=chosen, most=1, rule=rule, norm=norm, text=SAID)

    counting = Counting(
        duties=names,
        shares=(
            Share(
                physician=by_name["so-01"],
                parts=(
                    bound(names[0:2], "norm.rest", "rest_11h_between_duties"),
                    bound(names[2:4], "norm.rest", "rest_11h_between_duties"),
                    bound(names[4:5], "cover.one_holder"),
                    bound(names[5:7], "norm.continuous", "continuous_24h"),
                ),
            ),
        ),
        barred=tuple(
            Barred(physician=by_name[who], rules=(rule,) * 7)
            for who, rule in (
                ("so-02", "eligible.absence"),
                ("so-03", "eligible.absence"),
                ("so-04", "eligible.travel"),
            )
        ),
        text=SAID,
    )
    conflict = Conflict(members=(), minimal=True, text=SAID, solves=TWICE)
    return proof_of(
        part,
        site,
        period(date(2026, 11, 2), 4),
        None,
        cover=Answered.INFEASIBLE,
        solves=TWICE,
        why_not=WhyNot(conflict=conflict, counting=counting),
        attested=(label("no_roster"), label("conflict")),
    )


def whats(proof: Proof) -> set[str]:
    return {each.what for each in verify(proof)}


def fields(proof: Proof) -> set[str]:
    return {each.partition(".")[0] for each in whats(proof)}


def changed(proof: Proof, **fields: Any) -> Proof:
    return proof.model_copy(update=fields)


def test_what_is_right_comes_out(meets, coverable, impossible) -> None:
    verdicts = [each.verdict for each in (meets, coverable, impossible)]
    assert verdicts == [Verdict.MEETS, Verdict.COVERABLE, Verdict.IMPOSSIBLE]
    for proof in (meets, coverable, impossible):
        assert verify(proof) == ()


def test_with_names_it_comes_out_as_well(world) -> None:
    part = slice_of(world.region, world.site, names=True)
    roster = part.roster(accepted(world.witness))
    named = proof_of(part, world.site, world.span, roster, named=True)
    assert verify(named) == ()
    # Said to be without names, it is not.
    assert whats(changed(named, named=False)) == {"named"}


def test_another_verdict_is_noticed(meets, coverable, impossible) -> None:
    for proof in (meets, coverable, impossible):
        for verdict in Verdict:
            if verdict is not proof.verdict:
                assert "verdict" in whats(changed(proof, verdict=verdict))


def test_every_field_that_is_judged_is_compared(meets) -> None:
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
        ("warnings", (*meets.warnings, SAID), "warnings"),
        ("summary", (), "summary"),
        ("site", "nowhere", "assessment"),
        ("region_id", "elsewhere", "region_id"),
        ("period", period(date(2026, 1, 5), 1), "assessment"),
    ):
        assert what in whats(changed(meets, **{field: value})), field


def test_another_rule_set_is_noticed(meets) -> None:
    others = [each for each in type(meets.rule_set) if each is not meets.rule_set]
    assert "rule_set" in whats(changed(meets, rule_set=others[0]))


def test_a_witness_is_no_promise(coverable) -> None:
    """Said to be a roster, it is one that nobody published: what is proven stays the same, but the
    dossier would not say that nobody promised it. The search is not asked for given rosters."""
    assert "cover" in whats(changed(coverable, basis=CoverageBasis.ROSTER))
    published = changed(coverable, basis=CoverageBasis.PUBLISHED, verdict=Verdict.MEETS)
    assert {"basis", "verdict"} <= whats(published)


def test_another_holder_is_noticed(meets) -> None:
    """A duty goes to nobody, or to somebody on another's contract."""
    roster = meets.roster
    held = roster.assignments
    gone = changed(meets, roster=roster.model_copy(update={"assignments": held[1:]}))
    assert "coverage" in fields(gone)
    other = next(e.id for e in meets.slice.physicians if e.id != held[1].physician)
    moved = held[1].model_copy(update={"physician": other})
    forged = roster.model_copy(update={"assignments": (held[0], moved, *held[2:])})
    # A holder who breaks a hard rule counts nowhere.
    assert "coverage" in fields(changed(meets, roster=forged))


def test_a_slice_that_was_changed_is_not_that_of_the_roster(meets) -> None:
    line = meets.slice.lines[0].model_copy(update={"name": "Another"})
    region = meets.slice.model_copy(update={"lines": (line, *meets.slice.lines[1:])})
    assert "roster.region_hash" in whats(changed(meets, slice=region))


def test_history_is_that_of_the_slice_too(meets) -> None:
    before = Roster(
        region_id=meets.slice.id,
        period=Interval(start=meets.period.start - timedelta(days=7), end=meets.period.start),
    )
    assert "history.0.region_hash" in whats(changed(meets, history=(before,)))


def test_a_witness_breaks_no_hard_rule(coverable) -> None:
    """Everything is held by one person, who is said to make it possible."""
    roster = coverable.roster
    who, contract = roster.assignments[0].physician, roster.assignments[0].contract
    one = tuple(
        each.model_copy(update={"physician": who, "contract": contract})
        for each in roster.assignments
    )
    forged = changed(coverable, roster=roster.model_copy(update={"assignments": one}))
    assert any(each.what == "roster" for each in verify(forged))


def counted(proof: Proof, counting: Counting) -> Proof:
    assert proof.why_not is not None
    why = proof.why_not.model_copy(update={"counting": counting})
    return changed(proof, why_not=why)


def test_a_count_that_does_not_hold(impossible) -> None:
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
        assert "why_not.counting" in whats(counted(impossible, forged))
    fewer = counting.model_copy(update={"barred": counting.barred[1:]})
    assert whats(counted(impossible, fewer)) == {"why_not.counting"}


def test_a_count_is_about_the_period_that_was_searched(impossible) -> None:
    """A search may begin before the opening; the duties counted are those after it."""
    nothing = Roster(
        region_id=impossible.slice.id,
        region_hash=region_hash(impossible.slice),
        period=Interval(
            start=impossible.period.start - timedelta(days=14), end=impossible.period.end
        ),
    )
    searched = changed(impossible, roster=nothing)
    assert "why_not.counting" not in whats(searched)
    later = Interval(start=impossible.period.start + timedelta(days=14), end=impossible.period.end)
    assert "why_not.counting" in whats(changed(searched, period=later))


def test_what_rests_on_the_solver_is_labelled(meets, impossible) -> None:
    assert whats(changed(impossible, attested=())) == {"attested"}
    extra = Extra(
        duties=1,
        people=1,
        role="elderly_care_physician",
        weeks=(),
        targets=(),
        sites=(),
        on_site_minutes=None,
        suffices=True,
        least=True,
        text=SAID,
    )
    requirement = Requirement(key="x", kind=RequirementKind.LEAVE, text=SAID)
    relaxation = Relaxation(requirement=requirement, suffices=True, text=SAID)
    room = LineRoom(line=meets.slice.lines[0].id, residents=1, facilities=None)
    why = impossible.why_not.model_copy(update={"extra": extra, "relaxations": (relaxation,)})
    for proof, codes in (
        (changed(impossible, why_not=why), ("extra", "relaxations")),
        (changed(meets, headroom=(room,)), ("headroom",)),
    ):
        found = {each.recomputed for each in verify(proof) if each.what == "attested"}
        assert found == set(codes)
        labels = (*proof.attested, *map(label, codes))
        assert verify(changed(proof, attested=labels)) == ()


def test_a_no_needs_two_solves_that_agree(impossible) -> None:
    for solves in ((), TWICE[:1], (TWICE[0], TWICE[0])):
        assert whats(changed(impossible, solves=solves)) == {"solves"}
        conflict = impossible.why_not.conflict.model_copy(update={"solves": solves})
        why = impossible.why_not.model_copy(update={"conflict": conflict})
        assert whats(changed(impossible, why_not=why)) == {"why_not.conflict.solves"}
    feasible = TWICE[1].model_copy(update={"answer": Answered.FEASIBLE})
    assert whats(changed(impossible, solves=(TWICE[0], feasible))) == {"solves"}
    assert whats(changed(impossible, why_not=None)) == {"why_not.conflict"}


def test_a_yes_needs_a_roster(coverable) -> None:
    assert "cover" in whats(changed(coverable, roster=None, coverage=None))


def test_voluntary_norms_are_those_of_the_region(impossible) -> None:
    forged = changed(impossible, voluntary_norms=("hours_60_per_week",))
    assert "voluntary_norms" in whats(forged)


def test_wishes_do_not_belong_in_it(world) -> None:
    part = slice_of(world.region, world.site)
    wishing = part.region.model_copy(update={"wishes": world.region.wishes})
    if not wishing.wishes:
        pytest.fail("the region has no wishes to leak")
    proof = proof_of(part, world.site, world.span, None)
    assert "slice.wishes" in whats(changed(proof, slice=wishing))


# Absences: cases made here by hand, with the first substitute that the check accepts.


@pytest.fixture(scope="module")
def robust(meets: Proof) -> Proof:
    cases, tried = [], 0
    roster = meets.roster
    last = local_day(roster.period.end - timedelta(minutes=1))
    for person in meets.slice.physicians:
        runs: list[tuple[tuple[str, ...], list[date]]] = []
        for day in days(local_day(roster.period.start), last):
            tried += 1
            gone = lost(roster, person.id, day, 1)
            if gone and runs and runs[-1][0] == gone and runs[-1][1][-1] == day - timedelta(1):
                runs[-1][1].append(day)
            elif gone:
                runs.append((gone, [day]))
        cases += [_case(meets, person.id, gone, tuple(found)) for gone, found in runs]
    found = Robustness(
        absence_days=1,
        tried=tried,
        unaffected=tried - sum(len(each.days) for each in cases),
        cases=tuple(cases),
    )
    assert found.count(Survival.SURVIVED) >= 5
    return changed(meets, robustness=(found,), attested=(label("robustness"),))


def _case(proof: Proof, who: str, gone: tuple[str, ...], found: tuple[date, ...]) -> Case:
    """Survived by the first person who can take it all over without a breach; else failed."""
    base = {"physicians": (who,), "days": found, "lost": gone}
    for contract in proof.slice.contracts:
        if contract.physician == who:
            continue
        taken = tuple(
            each.model_copy(update={"physician": contract.physician, "contract": contract.id})
            if each.target in gone
            else each
            for each in proof.roster.assignments
        )
        if not check(
            proof.slice, proof.roster.model_copy(update={"assignments": taken})
        ).hard_breaches:
            changes = tuple(
                Change(target=each, before=who, after=contract.physician, contract=contract.id)
                for each in gone
            )
            return Case(survival=Survival.SURVIVED, changes=changes, **base)
    return Case(survival=Survival.FAILED, **base)


def with_case(proof: Proof, number: int, **fields: Any) -> Proof:
    (found,) = proof.robustness
    case = found.cases[number].model_copy(update=fields)
    cases = (*found.cases[:number], case, *found.cases[number + 1 :])
    return changed(proof, robustness=(found.model_copy(update={"cases": cases}),))


def first(proof: Proof, survival: Survival) -> int:
    cases = proof.robustness[0].cases
    return next(i for i, each in enumerate(cases) if each.survival is survival)


def test_repairs_repair(robust) -> None:
    assert verify(robust) == ()


def test_a_repair_that_leaves_something_open(robust) -> None:
    number = first(robust, Survival.SURVIVED)
    forged = with_case(robust, number, changes=())
    (fault,) = verify(forged)
    assert fault.what == f"robustness.0.cases.{number}"
    # Nothing was given to anybody else, so who is away still holds it: a breach more.
    assert "hard breaches more" in fault.recomputed or "uncovered" in fault.recomputed


def test_a_case_that_is_beyond_repair_is_not_survived(robust) -> None:
    number = first(robust, Survival.FAILED)
    (fault,) = verify(with_case(robust, number, survival=Survival.SURVIVED))
    assert fault.what == f"robustness.0.cases.{number}"


def test_a_repair_changes_only_what_begins_later(robust) -> None:
    number = first(robust, Survival.SURVIVED)
    case = robust.robustness[0].cases[number]
    early = min(robust.roster.assignments, key=lambda each: each.when.start)
    late = next(
        i for i, e in enumerate(robust.robustness[0].cases) if e.days[0] > local_day(early.when.end)
    )
    change = Change(target=early.target, before=early.physician, after=None)
    assert case.changes
    forged = with_case(robust, late, survival=Survival.SURVIVED, changes=(change,))
    assert any("begins before the absence" in each.recomputed for each in verify(forged))


def test_a_change_of_what_nobody_holds(robust) -> None:
    number = first(robust, Survival.SURVIVED)
    change = Change(target="nothing", before=None, after=None)
    (fault,) = verify(with_case(robust, number, changes=(change,)))
    assert "nothing" in fault.recomputed


def test_what_is_lost_is_looked_up(robust) -> None:
    number = first(robust, Survival.SURVIVED)
    (found,) = robust.robustness
    assert whats(with_case(robust, number, lost=("nothing",))) == {"robustness.0"}
    assert whats(with_case(robust, number, days=())) == {"robustness.0"}
    assert whats(with_case(robust, number, physicians=("nobody",))) == {"robustness.0"}
    fewer = found.model_copy(update={"cases": found.cases[1:]})
    assert whats(changed(robust, robustness=(fewer,))) == {"robustness.0"}
    for field in ("tried", "unaffected"):
        more = found.model_copy(update={field: getattr(found, field) + 1})
        assert whats(changed(robust, robustness=(more,))) == {"robustness.0"}


def test_absences_without_a_roster(robust, impossible) -> None:
    forged = changed(impossible, robustness=robust.robustness)
    assert "robustness" in whats(forged)


def test_of_many_repairs_some_are_checked_and_the_same_ones(robust, monkeypatch) -> None:
    """Of so many pairs three: one of three forged ones is found whenever it is drawn, and which are
    drawn follows from the proof, so that two readers find the same."""
    monkeypatch.setattr("so247.audit.verify.absences.SAMPLE", 3)
    assert verify(robust) == verify(robust) == ()
    forged = robust
    for number, case in enumerate(robust.robustness[0].cases):
        if case.survival is Survival.SURVIVED:
            forged = with_case(forged, number, changes=())
    assert 1 <= len(verify(forged)) <= 3
    assert verify(forged) == verify(forged)


def test_differences_name_the_place_and_both_values() -> None:
    (one,) = differences("x", {"a": [1, 2]}, {"a": [1, 3]})
    assert (one.what, one.found, one.recomputed) == ("x.a.1", "2", "3")
    assert one.said.en == "x.a.1: 2 in the proof, 3 when computed again"
    assert list(differences("x", (1,), (1,))) == []
    assert [each.what for each in differences("x", [1], [1, 2])] == ["x"]
    long = [str(each) for each in range(99)]
    assert len(list(differences("x", long, long[::-1]))) == 5
    (cut,) = differences("x", "a" * 500, "b")
    assert len(cut.found) == 121


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(data, dict):
        rows = data.items()
    elif isinstance(data, list):
        rows = enumerate(data)
    else:
        return [path]
    return [path, *(leaf for key, value in rows for leaf in leaves(value, (*path, key)))]


def forged_somehow(proof: Proof, random: Random) -> Proof | None:
    """One value anywhere replaced by another from anywhere; ``None`` where no proof is left."""
    data = json.loads(proof.model_dump_json())
    places = leaves(data)
    at, other = random.choice(places[1:]), random.choice(places[1:])
    value: Any = data
    for step in other:
        value = value[step]
    around: Any = data
    for step in at[:-1]:
        around = around[step]
    before, around[at[-1]] = around[at[-1]], random.choice([value, None, [], 0, "x", -1])
    if around[at[-1]] == before:
        return None
    try:
        return Proof.model_validate_json(json.dumps(data))
    except Exception:  # noqa: BLE001  whatever is no proof is another test's
        return None


def test_whatever_is_forged_never_ends_in_a_traceback(robust, impossible, monkeypatch) -> None:
    random = Random(11)
    tried = found = 0
    monkeypatch.setattr("so247.audit.verify.absences.SAMPLE", 2)
    while tried < 40:
        forged = forged_somehow(random.choice([robust, impossible]), random)
        if forged is None:
            continue
        tried += 1
        faults = verify(forged)
        assert all(isinstance(each, Fault) and each.said.nl and each.said.en for each in faults)
        found += bool(faults)
    assert found > tried / 2


def test_it_needs_neither_solver_nor_prover(meets, tmp_path) -> None:
    """In a process of its own, everything that it imports is counted."""
    file = tmp_path / "proof.json"
    file.write_text(meets.model_dump_json(), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from so247.audit.verify import verify; "
        "from so247.formats.dossier.json import proof_from_json; "
        "proof = proof_from_json(Path(sys.argv[1]).read_bytes(), 'proof.json'); "
        "assert verify(proof) == (); "
        "print([name for name in sys.modules if name.startswith(('so247.solver', 'ortools'))])"
    )
    source = str(Path(so247.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")
