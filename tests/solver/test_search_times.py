"""How time is divided among tiers."""

from __future__ import annotations

from so247.solver.problem import Tier
from so247.solver.search_times import SHARE, part


def test_a_tier_that_alone_can_be_bettered_has_all_the_time() -> None:
    assert part(Tier.COVERAGE, {Tier.COVERAGE}) == 1
    # Wishes could be bettered too, and have to be left something.
    assert part(Tier.COVERAGE, {Tier.COVERAGE, Tier.WISHES}) == SHARE[Tier.COVERAGE] < 1
