"""N-1 in a proof: what is lost is looked up, and repairs are tried."""

from __future__ import annotations

from typing import Any

from so247.audit.verify import verify
from so247.models.clock import local_day
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
