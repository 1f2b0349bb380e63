"""Proofs of regions of which is known what must be said: coverable, or impossible and why.

A region that is feasible by construction has a legal roster without gaps, so its facility, of which
all papers are in order, is coverable. A broken one had exactly one cause planted in it
(``scenarios.causes`` argues why nothing covers it then), so whatever cannot hold together contains
what was planted: without it the region is the feasible one.
"""

from __future__ import annotations

import pytest

from so247.audit.certificate import counting_faults
from so247.audit.check import check
from so247.models.people import SO
from so247.models.proof import Answered, Verdict
from so247.scenarios.broken import broken, feasible
from so247.scenarios.causes import Cause
from so247.solver.limits import Limits
from so247.solver.prover.prove import prove

COUNTED = (
    Cause.LEAVE,
    Cause.COMMITMENT,
    Cause.CONTRACT_PERIOD,
    Cause.REGISTRATION,
    Cause.FREE_WEEKDAY,
    Cause.CONTRACTS,
)
"""Causes that a pencil can count: nobody may, or the maxima add up to too little."""

EACH = 10
"""Regions of each cause; as many feasible ones as broken ones."""
LIMITS = Limits(seconds=60)


@pytest.mark.parametrize("seed", range(EACH * len(Cause)))
def test_a_region_that_can_be_covered_is_coverable(seed: int) -> None:
    made = feasible(seed)
    proof = prove(
        made.region,
        made.site,
        weeks=made.weeks,
        limits=LIMITS,
        absences=(),
        headroom=False,
        names=True,
    )
    assert proof.verdict is Verdict.COVERABLE, proof.summary
    assert proof.why_not is None
    assert proof.roster is not None
    report = check(made.region, proof.roster)
    assert report.uncovered_site_minutes == 0
    assert not report.hard_breaches


@pytest.mark.parametrize("seed", range(EACH))
@pytest.mark.parametrize("cause", Cause)
def test_a_planted_cause_is_found_and_named(cause: Cause, seed: int) -> None:
    made = broken(seed, cause)
    proof = prove(
        made.region,
        made.before.site,
        weeks=made.before.weeks,
        limits=LIMITS,
        absences=(),
        headroom=False,
        names=True,
    )
    assert proof.verdict is made.verdict, proof.summary
    assert proof.why_not is not None
    conflict = proof.why_not.conflict
    assert conflict is not None
    assert any(made.planted.matches(member) for member in conflict.members), conflict.text.en
    assert Answered.FEASIBLE not in {each.answer for each in conflict.solves}
    noes = [each for each in proof.solves if each.answer is Answered.INFEASIBLE]
    assert len({each.configuration for each in noes}) >= 2
    counting = proof.why_not.counting
    assert counting is not None or cause not in COUNTED
    if counting is not None:
        assert counting.most < counting.need
        assert counting_faults(proof.slice, counting, proof.period, ()) == ()
    if proof.why_not.extra is not None:
        assert proof.why_not.extra.role == SO.value
        assert proof.why_not.extra.duties > 0
