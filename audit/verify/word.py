"""What a proof takes on the solver's word: the word must have been given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from so247.audit.verify.faults import Fault, fault
from so247.models.norms import Basis, Severity
from so247.models.proof import Answered, CoverageBasis, Proof, Solve, Verdict

MADE_FOR_IT = (CoverageBasis.WITNESS, CoverageBasis.NONE)
"""Only where no roster was given was the solver asked for one."""


def word_faults(proof: Proof) -> Iterator[Fault]:
    """Answers that were not given, or contradict each other, and norms that are none."""
    yield from _answered(proof)
    yield from _norms(proof)


def _answered(proof: Proof) -> Iterator[Fault]:
    if proof.cover is not None and proof.basis not in MADE_FOR_IT:
        yield fault(
            "cover",
            proof.cover.value,
            None,
            "bij een gegeven rooster wordt niet naar een ander gezocht",
            "with a given roster no other is sought",
        )
    if proof.cover is Answered.FEASIBLE and proof.roster is None:
        yield fault(
            "cover",
            proof.cover.value,
            None,
            "er zou een rooster zijn, maar het staat er niet bij",
            "there is said to be a roster, and it is not there",
        )
    if proof.cover is Answered.INFEASIBLE and not twice(proof.solves):
        yield _once("solves", proof.solves)
    conflict = proof.why_not.conflict if proof.why_not is not None else None
    if conflict is not None and not twice(conflict.solves):
        yield _once("why_not.conflict.solves", conflict.solves)
    if proof.verdict is Verdict.IMPOSSIBLE and conflict is None:
        yield fault(
            "why_not.conflict",
            None,
            None,
            "niet haalbaar, zonder te zeggen welke eisen botsen",
            "impossible, without saying which requirements conflict",
        )


def twice(solves: Iterable[Solve]) -> bool:
    """Whether some question got a no under two configurations, and none a no and a yes."""
    noes: dict[str, set[str]] = {}
    yeses: set[str] = set()
    for solve in solves:
        if solve.answer is Answered.INFEASIBLE:
            noes.setdefault(solve.question, set()).add(solve.configuration)
        elif solve.answer is Answered.FEASIBLE:
            yeses.add(solve.question)
    return not yeses & noes.keys() and any(len(each) > 1 for each in noes.values())


def answered_yes(solves: Iterable[Solve]) -> bool:
    return any(each.answer is Answered.FEASIBLE for each in solves)


def _once(what: str, solves: Iterable[Solve]) -> Fault:
    answers = [f"{each.configuration}: {each.answer.value}" for each in solves]
    return fault(
        what,
        answers,
        None,
        "'niet haalbaar' vraagt twee verschillend ingestelde berekeningen die het eens zijn",
        "'impossible' needs two differently configured solves that agree",
    )


def _norms(proof: Proof) -> Iterator[Fault]:
    voluntary = {
        norm.id
        for pack in proof.slice.pack_by_id.values()
        for norm in pack.norms
        if norm.basis is Basis.VOLUNTARY and norm.severity is Severity.HARD
    }
    strange = sorted(set(proof.voluntary_norms) - voluntary)
    if strange:
        yield fault(
            "voluntary_norms",
            strange,
            sorted(voluntary),
            "geen harde vrijwillige norm van deze regio",
            "no hard voluntary norm of this region",
        )
