"""Laws of rostering side by side, on pairs of regions that are feasible by construction."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from so247.audit.check import check
from so247.models.national import Sharing, SharingPart

LAW = settings(
    derandomize=True,
    deadline=None,
    max_examples=8,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ROUNDS = 8

shares = st.sampled_from([0.2, 0.5, 0.8])
turns = st.lists(st.sampled_from(["", "a", "b"]), min_size=7, max_size=7)
"""On day 0, 2, ... of two weeks: in which region the only other doctor is away."""


def sharing(share: float) -> Sharing:
    parts = (
        SharingPart(region="a", share=share),
        SharingPart(region="b", share=round(1 - share, 2)),
    )
    return Sharing(person_key="big-1", parts=parts)


def regions(pair: Any, turns: list[str], **more: Any) -> list[Any]:
    days = {name: [2 * at for at, where in enumerate(turns) if where == name] for name in "ab"}
    return [
        pair.region("a", "ann", absences=pair.away("ann", *days["a"]), **more),
        pair.region("b", "bob", absences=pair.away("bob", *days["b"]), **more),
    ]


@given(turns=turns, share=shares)
@LAW
def test_where_one_person_can_be_everywhere_in_time_he_is(
    pair: Any, turns: list[str], share: float
) -> None:
    # No norm binds anybody, duties touch, and two days apart no duty is asked of Pat in both
    # regions: whatever is agreed, he can hold all that the others cannot.
    found = pair.solve(*regions(pair, turns), sharings=(sharing(share),), rounds=ROUNDS)
    assert found.uncovered_site_minutes == 0
    assert found.report.findings == ()


@given(turns=turns, share=shares, seed=st.integers(1, 99))
@LAW
def test_norms_hold_over_all_regions_and_talking_never_costs_cover(
    pair: Any, turns: list[str], share: float, seed: int
) -> None:
    # With the shipped norms two people cannot hold a line: there are gaps whatever is done.
    both = regions(pair, turns, rule_packs=())
    alone = pair.solve(*both, sharings=(sharing(share),), rounds=0, seed=seed)
    found = pair.solve(*both, sharings=(sharing(share),), rounds=3, seed=seed)
    assert found.report.double_bookings == 0
    assert found.report.hard_breaches == ()
    assert found.uncovered_site_minutes <= alone.uncovered_site_minutes
    for each in found.regions:
        assert each.roster is not None
        assert not check(each.region, each.roster).hard_breaches
