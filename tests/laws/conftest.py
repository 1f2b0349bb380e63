"""Small regions for the laws: drawn by hypothesis, made by the generator, solved reproducibly.

The profile is fixed, so that a law fails for everybody or for nobody; to look further, raise
``EXAMPLES`` and drop ``derandomize``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from so247.models.errors import InputError
from so247.models.region import Region
from so247.models.result import TIERS, Result
from so247.models.roster import Roster
from so247.scenarios.generator import Generated, build, changed
from so247.scenarios.spec import Backups, Spec
from so247.solver.limits import Limits
from so247.solver.solve import solve

EXAMPLES = 6
LIMITS = Limits(seconds=3, reproducible=True)

settings.register_profile(
    "laws",
    derandomize=True,
    deadline=None,
    max_examples=EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

PLAIN = st.builds(
    Spec,
    physicians=st.integers(4, 7),
    gp_groups=st.integers(1, 2),
    facilities=st.integers(0, 2),
    start=st.sampled_from([date(2026, 10, 5), date(2026, 10, 19), date(2026, 12, 21)]),
    weeks=st.sampled_from([1, 1, 2, 2, 4]),
    employers=st.integers(1, 2),
    split_office=st.booleans(),
    sessions_per_group=st.sampled_from([0, 2, 4]),
    two_contracts=st.sampled_from([0.0, 0.5]),
    leave=st.sampled_from([0.0, 0.5]),
    remote=st.integers(0, 1),
    openings=st.integers(0, 1),
    history_weeks=st.sampled_from([0, 0, 4]),
)
"""One line (or two: office hours apart) that SOs hold."""

BACKED = st.builds(
    replace,
    PLAIN,
    physicians=st.integers(7, 9),
    weeks=st.integers(1, 2),
    backups=st.just(Backups.OWN),
    trainees=st.sampled_from([0.0, 0.2]),
    nurse_practitioners=st.sampled_from([0.0, 0.2]),
    joiners=st.integers(0, 1),
    pins=st.sampled_from([0, 2]),
)
"""First line and backup; trainees, nurse practitioners, somebody who joins halfway, pins."""

SHORT = st.builds(
    lambda spec, **more: replace(spec, feasible=False, **more),
    PLAIN | BACKED.map(lambda spec: replace(spec, physicians=6, trainees=0, pins=0)),
    history_weeks=st.just(0),
    remote=st.just(1),
).map(lambda spec: spec if spec.backed else replace(spec, physicians=3))
"""One person too few, and another too far away at night."""


@dataclass(frozen=True)
class Laws:
    """What the law tests use from this file (they share it as a fixture, not as an import)."""

    cases: st.SearchStrategy[tuple[Spec, int]]
    """(spec, seed) of regions that are feasible by construction."""
    short: st.SearchStrategy[tuple[Spec, int]]
    """Three or four people for a line, a third of them away at once: some gaps are certain."""
    make: Callable[[tuple[Spec, int]], Generated]
    solve: Callable[..., Result]
    changed: Callable[[Region, dict[str, Any]], Region]
    proven: Callable[[Result], int]


def _make(case: tuple[Spec, int]) -> Generated:
    """The region; one that cannot be built around a legal roster is no example."""
    try:
        return _built(case)
    except InputError:
        assume(False)
        raise


@lru_cache(maxsize=64)
def _built(case: tuple[Spec, int]) -> Generated:
    return build(*case)


def _solve(region: Region, history: tuple[Roster, ...] = (), **more: Any) -> Result:
    return solve(region, history=history, **{"limits": LIMITS, **more})


def _proven(result: Result) -> int:
    """How many tiers, from the first on, are at their bound."""
    for at, tier in enumerate(result.tiers):
        if not tier.proven:
            return at
    return len(TIERS)


@pytest.fixture(scope="session")
def laws() -> Laws:
    specs = PLAIN | BACKED
    seeds = st.integers(0, 999)
    return Laws(
        cases=st.tuples(specs, seeds),
        short=st.tuples(SHORT, seeds),
        make=_make,
        solve=_solve,
        changed=changed,
        proven=_proven,
    )
