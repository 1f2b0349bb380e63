"""Proofs made without any search, for what is small enough to follow.

Small regions that can be covered give ``meets`` (a published roster) and ``coverable`` (a witness);
the scenario ``tekort`` gives ``impossible``, with a count that a pencil can follow.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from so247.audit.absent import lost
from so247.audit.assess import assess
from so247.audit.check import check
from so247.audit.claims import assumptions, attested
from so247.audit.slice import Slice, slice_of
from so247.audit.verify import verify
from so247.models.calendar import duties
from so247.models.clock import Interval, days, local_day, period
from so247.models.proof import (
    Answered,
    Barred,
    Case,
    Change,
    Conflict,
    Counting,
    Part,
    Proof,
    Requirement,
    RequirementKind,
    Robustness,
    Said,
    Share,
    Solve,
    Survival,
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


def labelled(proof: Proof) -> Proof:
    """With the labels of what rests on the solver's word."""
    found = attested(proof.cover, proof.why_not, proof.robustness, headroom=bool(proof.headroom))
    return changed(proof, attested=found)


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
    labels = attested(cover, more.get("why_not"), (), headroom=False)
    return Proof(
        region_id=part.region.id,
        region_hash="0" * 64,
        site=site,
        rule_set=part.region.settings.rule_set,
        period=span,
        cover=cover,
        assumptions=assumptions(part.region, (), (), ()),
        attested=labels,
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

    who = by_name["so-01"]

    def bound(chosen: tuple[str, ...], rule: str, norm: str | None = None) -> Part:
        text = Said(
            code=rule,
            nl=f"{who} hoogstens 1 van {len(chosen)}: x",
            en=f"{who} at most 1 of {len(chosen)}: x",
        )
        return Part(duties=chosen, most=1, rule=rule, norm=norm, text=text)

    counting = Counting(
        duties=names,
        shares=(
            Share(
                physician=who,
                parts=(
                    bound(names[0:2], "norm.rest", "rest_11h_between_duties"),
                    bound(names[2:4], "norm.rest", "rest_11h_between_duties"),
                    bound(names[4:5], "cover.one_holder"),
                    bound(names[5:7], "norm.continuous", "continuous_24h"),
                ),
            ),
        ),
        barred=tuple(
            Barred(physician=by_name[other], rules=(rule,) * 7)
            for other, rule in (
                ("so-02", "eligible.absence"),
                ("so-03", "eligible.absence"),
                ("so-04", "eligible.travel"),
            )
        ),
        # One by rest of two, twice; one alone; one of two on end: four of seven.
        text=Said(
            code="counting",
            nl=f"x heeft 7 diensten te bezetten; {who}: 4 = 4, minder dan 7",
            en=f"x needs 7 duties held; {who}: 4 = 4, fewer than 7",
        ),
    )
    held = Requirement(key=f"duty:{names[0]}", kind=RequirementKind.DUTY, text=SAID)
    leave = Requirement(
        key="leave", kind=RequirementKind.LEAVE, physician=by_name["so-02"], text=SAID
    )
    conflict = Conflict(members=(held, leave), minimal=True, text=SAID, solves=TWICE)
    return proof_of(
        part,
        site,
        period(date(2026, 11, 2), 4),
        None,
        cover=Answered.INFEASIBLE,
        solves=TWICE,
        why_not=WhyNot(conflict=conflict, counting=counting),
    )


def whats(proof: Proof) -> set[str]:
    return {each.what for each in verify(proof)}


def fields(proof: Proof) -> set[str]:
    return {each.partition(".")[0] for each in whats(proof)}


def changed(proof: Proof, **fields: Any) -> Proof:
    return proof.model_copy(update=fields)


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
    return labelled(changed(meets, robustness=(found,)))


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


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """How proofs are made and changed (tests share it as a fixture, not as an import)."""
    return SimpleNamespace(
        proof_of=proof_of,
        accepted=accepted,
        changed=changed,
        labelled=labelled,
        whats=whats,
        fields=fields,
        SAID=SAID,
        TWICE=TWICE,
    )
