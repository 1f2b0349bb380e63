"""N-1 in a proof: what is lost is looked up, and repairs are tried."""

from __future__ import annotations

from random import Random, SystemRandom
from typing import Any

from so247.audit.verify import verify
from so247.audit.verify.repairs import Repairs
from so247.models.clock import local_day
from so247.models.people import Absence
from so247.models.proof import (
    Change,
    Proof,
    Survival,
)


def with_case(proof: Proof, number: int, **fields: Any) -> Proof:
    (found,) = proof.robustness
    case = found.cases[number].model_copy(update=fields)
    cases = (*found.cases[:number], case, *found.cases[number + 1 :])
    changed = found.model_copy(update={"cases": cases})
    return proof.model_copy(update={"robustness": (changed,)})


def beyond_repair(proof: Proof) -> Proof:
    """A case that fails said to be repaired by the first colleague: the check finds a breach."""
    number = first(proof, Survival.FAILED)
    case = proof.robustness[0].cases[number]
    other = next(e for e in proof.slice.contracts if e.physician not in case.physicians)
    (who,) = case.physicians
    changes = tuple(
        Change(target=each, before=who, after=other.physician, contract=other.id)
        for each in case.lost
    )
    return with_case(proof, number, survival=Survival.SURVIVED, changes=changes)


def first(proof: Proof, survival: Survival) -> int:
    cases = proof.robustness[0].cases
    return next(i for i, each in enumerate(cases) if each.survival is survival)


def test_repairs_repair(robust) -> None:
    assert verify(robust) == ()


def test_a_case_that_is_beyond_repair_is_not_survived(robust) -> None:
    number = first(robust, Survival.FAILED)
    (fault,) = verify(with_case(robust, number, survival=Survival.SURVIVED))
    assert fault.what == f"robustness.0.cases.{number}"


def test_of_every_repair_the_form_is_looked_at(robust, monkeypatch) -> None:
    """Nothing is drawn for the check, and still each of these is found."""
    monkeypatch.setattr("so247.audit.verify.absences.SAMPLE", 0)
    number = first(robust, Survival.SURVIVED)
    case = robust.robustness[0].cases[number]
    change, who = case.changes[0], case.physicians[0]
    early = min(robust.roster.assignments, key=lambda each: each.when.start)
    late = next(
        i for i, e in enumerate(robust.robustness[0].cases) if e.days[0] > local_day(early.when.end)
    )
    before = Change(target=early.target, before=early.physician, after=None)
    own = next(e.id for e in robust.slice.contracts if e.physician == who)
    for at, changes, why in (
        (number, (), "nobody takes over"),
        (number, (edited(change, before="nobody"),), "nobody takes over"),
        (number, (edited(change, after="nobody"),), "knows nobody called nobody"),
        (number, (edited(change, contract=own),), "has no contract"),
        (number, (edited(change, contract=None),), "has no contract"),
        (number, (edited(change, after=who, contract=own),), "is away"),
        (number, (change, change), "changes hands twice"),
        (number, (change, Change(target="x", before=None, after=None)), "neither held nor a gap"),
        (number, (change, edited(change, before="nobody")), "nobody does not hold"),
        (late, (*robust.robustness[0].cases[late].changes, before), "begins before the absence"),
        # What is left empty is always tried, drawn or not: this duty covers a site.
        (number, (edited(change, after=None, contract=None),), "uncovered"),
    ):
        forged = with_case(robust, at, survival=Survival.SURVIVED, changes=changes)
        assert [(e.what, why in e.recomputed) for e in verify(forged)] == [
            (f"robustness.0.cases.{at}", True)
        ], why


def edited(change: Change, **fields: Any) -> Change:
    return change.model_copy(update=fields)


def test_who_takes_over_is_not_on_leave(robust) -> None:
    number = first(robust, Survival.SURVIVED)
    case = robust.robustness[0].cases[number]
    leave = Absence(physician=case.changes[0].after, first_day=case.days[0], last_day=case.days[-1])
    region = robust.slice.model_copy(update={"absences": (leave,)})
    form = Repairs(region, robust.roster, 1)
    assert "is absent during" in (form.fault(case) or "")
    assert Repairs(robust.slice, robust.roster, 1).fault(case) is None


def test_what_is_lost_is_looked_up(make, robust) -> None:
    number = first(robust, Survival.SURVIVED)
    (found,) = robust.robustness
    assert make.whats(with_case(robust, number, lost=("nothing",))) == {"robustness.0"}
    assert make.whats(with_case(robust, number, days=())) == {"robustness.0"}
    assert make.whats(with_case(robust, number, physicians=("nobody",))) == {"robustness.0"}
    fewer = found.model_copy(update={"cases": found.cases[1:]})
    assert make.whats(make.changed(robust, robustness=(fewer,))) == {"robustness.0"}
    for field in ("tried", "unaffected"):
        more = found.model_copy(update={field: getattr(found, field) + 1})
        assert make.whats(make.changed(robust, robustness=(more,))) == {"robustness.0"}


def test_absences_without_a_roster(make, robust, impossible) -> None:
    forged = make.changed(impossible, robustness=robust.robustness)
    assert "robustness" in make.whats(forged)


def test_of_many_repairs_some_are_checked_and_nobody_knows_which(robust, monkeypatch) -> None:
    """A repair in good form that the check refuses is found by the draws that hold it only."""
    monkeypatch.setattr("so247.audit.verify.absences.SAMPLE", 1)
    assert verify(robust) == ()
    survived = robust.robustness[0].count(Survival.SURVIVED)
    forged = beyond_repair(robust)
    found = [bool(verify(forged, Random(seed))) for seed in range(4 * survived)]
    assert any(found)
    assert not all(found)
    again = [bool(verify(forged, Random(seed))) for seed in range(3)]
    assert again == found[:3]


def test_without_a_random_of_ours_the_system_draws(robust, monkeypatch) -> None:
    used: list[type] = []
    monkeypatch.setattr(
        "so247.audit.verify.absence_faults", lambda _, random: iter(used.append(type(random)) or ())
    )
    verify(robust)
    assert used == [SystemRandom]
