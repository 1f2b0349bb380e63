"""The same question gets the same proof, and the same proof has the same bytes."""

from __future__ import annotations

from typing import Any

from so247.formats.dossier.folder import dossier_files
from so247.formats.dossier.json import proof_from_json, proof_to_json
from so247.models.proof import Proof, Verdict
from so247.models.region import Region
from so247.scenarios.broken import broken, feasible
from so247.scenarios.causes import Cause
from so247.solver.limits import Limits
from so247.solver.prover.prove import prove

LIMITS = Limits(seconds=20, reproducible=True)


def proven(region: Region, site: str, weeks: int, **options: Any) -> Proof:
    return prove(region, site, weeks=weeks, limits=LIMITS, **options)


def test_the_same_proof_has_the_same_bytes(home: Any) -> None:
    proof = home.prove(absences=(7,), headroom=True)
    data = proof_to_json(proof)
    assert proof_to_json(proof) == data
    again = proof_from_json(data, "proof.json")
    assert again == proof
    assert proof_to_json(again) == data
    assert dossier_files(again) == dossier_files(proof)


def test_a_yes_comes_out_the_same_twice() -> None:
    made = feasible(2)
    first, second = (
        proof_to_json(proven(made.region, made.site, made.weeks, absences=(7, 1))) for _ in range(2)
    )
    assert first == second


def test_a_no_comes_out_the_same_twice() -> None:
    # The duty that extra people would hold can be one of many: two workers find one, or another.
    made = broken(0, Cause.LEAVE)
    proofs = [proven(made.region, made.before.site, made.before.weeks) for _ in range(2)]
    assert proofs[0].verdict is Verdict.IMPOSSIBLE
    assert proof_to_json(proofs[0]) == proof_to_json(proofs[1])


def test_names_are_all_that_the_copy_for_the_coordinator_adds() -> None:
    made = feasible(1)
    with_names, without = (
        proven(made.region, made.site, made.weeks, names=names) for names in (True, False)
    )
    for field in ("verdict", "until", "summary", "readings", "warnings", "period"):
        assert getattr(with_names, field) == getattr(without, field), field
    for field in ("preconditions", "checks"):
        # But for the numbers of documents.
        judged = [
            [(each.key, each.status, each.until, each.reasons) for each in getattr(proof, field)]
            for proof in (with_names, without)
        ]
        assert judged[0] == judged[1]
    assert (with_names.named, without.named) == (True, False)
    people = {each.name for each in made.region.physicians}
    assert people == {each.name for each in with_names.slice.physicians}
    assert not people & {each.name for each in without.slice.physicians}
