"""A search that was cancelled, or ran out of time, says so; it is never a no, and no yes either.

That time runs out is played: a question comes back unanswered. What is asked is a region with one
voluntary norm in the way, or two duties too many, so that every answer is of weight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from so247.audit.verify import verify
from so247.models.proof import Answered, Proof, Status, Survival, Verdict
from so247.scenarios.broken import broken
from so247.scenarios.causes import Broken, Cause
from so247.solver import search_feasible
from so247.solver.limits import Cancel, Limits
from so247.solver.prover.prove import prove
from so247.solver.prover.witness import find_roster
from so247.solver.search_feasible import Answer, Configuration
from so247.solver.whynot.why import Answer as Covered
from so247.solver.whynot.why import can_be_covered

UNANSWERED = Answer(Answered.UNKNOWN)


def proven(made: Broken, **options: Any) -> Proof:
    return prove(
        made.region,
        made.before.site,
        weeks=made.before.weeks,
        limits=Limits(seconds=20, reproducible=True),
        absences=(),
        headroom=False,
        **options,
    )


@pytest.fixture(scope="module")
def impossible() -> Broken:
    """More duties on call in seven days than its people may hold."""
    made = broken(1, Cause.COUNT)
    assert proven(made).verdict is Verdict.IMPOSSIBLE
    return made


def is_unfinished(proof: Proof) -> None:
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.UNKNOWN)
    (said,) = (each for each in proof.summary if each.code == "search.unknown")
    assert said.en == "The search for a roster ended without an answer."
    (five,) = (each for each in proof.preconditions if each.key == "5")
    assert five.status is Status.UNKNOWN
    assert proof.why_not is None
    assert proof.voluntary_norms == ()
    # It stands up to the re-check as what it is.
    assert verify(proof) == ()


def test_a_search_that_was_cancelled(impossible: Broken) -> None:
    cancel = Cancel()
    cancel.cancel()
    is_unfinished(proven(impossible, cancel=cancel))


def test_a_search_that_is_cancelled_once_something_was_found(impossible: Broken) -> None:
    cancel = Cancel()
    proof = proven(impossible, cancel=cancel, on_progress=lambda _: cancel.cancel())
    is_unfinished(proof)
    assert proof.roster is not None


def test_a_witness_that_was_found_before_the_cancel_is_one(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Cancel()

    def found(*arguments: Any) -> Any:
        answer = find_roster(*arguments)
        cancel.cancel()
        return answer

    monkeypatch.setattr("so247.solver.prover.prove.find_roster", found)
    proof = home.prove(cancel=cancel, absences=(7,), headroom=True)
    assert (proof.verdict, proof.cover) == (Verdict.COVERABLE, Answered.FEASIBLE)
    assert verify(proof) == ()
    # What came after is what is missing: whoever loses something is not said to be missed, or not.
    (tried,) = proof.robustness
    assert tried.cases
    assert {each.survival for each in tried.cases} == {Survival.UNKNOWN}


def test_time_that_ran_out_before_any_answer(
    impossible: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_feasible, "_answer", lambda *_: UNANSWERED)
    is_unfinished(proven(impossible))


def only(name: str) -> Callable[..., Answer]:
    """Answers under one configuration, and no other."""
    asked = search_feasible._answer

    def answer(*arguments: Any) -> Answer:
        (configuration,) = (each for each in arguments if isinstance(each, Configuration))
        return asked(*arguments) if configuration.name == name else UNANSWERED

    return answer


@pytest.mark.parametrize(
    "name", [each.name for each in (search_feasible.ALONE, search_feasible.LIGHT)]
)
def test_one_no_alone_is_no_no(
    impossible: Broken, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(search_feasible, "_answer", only(name))
    proof = proven(impossible)
    is_unfinished(proof)
    # And the proof shows which question was answered, and which was not.
    answers = {each.configuration: each.answer for each in proof.solves}
    assert answers[name] is Answered.INFEASIBLE
    assert list(answers.values()).count(Answered.UNKNOWN) == len(answers) - 1


def test_noes_without_a_conflict_set_are_no_no(
    impossible: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("so247.solver.whynot.why.find_conflict", lambda *_: None)
    is_unfinished(proven(impossible))


def test_not_knowing_about_voluntary_norms_is_not_knowing(
    impossible: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(*arguments: Any, explained: bool = True, **options: Any) -> Covered:
        found = can_be_covered(*arguments, explained=explained, **options)
        return found if explained else Covered(Answered.UNKNOWN, ())

    monkeypatch.setattr("so247.solver.prover.witness.can_be_covered", answered)
    proof = proven(impossible)
    assert (proof.verdict, proof.cover) == (Verdict.UNKNOWN, Answered.UNKNOWN)
    assert proof.solves[-1].question == "every duty held, without voluntary norms"
    assert proof.solves[-1].answer is Answered.UNKNOWN


def test_a_yes_without_its_roster_is_no_witness(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # The search found nothing, although the question whether there is a roster was answered: yes.
    monkeypatch.setattr("so247.solver.prover.prove.find_roster", lambda *_: (None, False))
    proof = home.prove()
    assert (proof.verdict, proof.cover, proof.roster) == (Verdict.UNKNOWN, Answered.UNKNOWN, None)
    assert {each.answer for each in proof.solves} == {Answered.FEASIBLE}
