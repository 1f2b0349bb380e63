"""The reproducible profile: the same bytes from two runs, and what it costs in quality."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from benchmarks.measure.cases import Case, case, region_case
from benchmarks.measure.process import Say, used
from benchmarks.measure.setting import Setting

T = TypeVar("T")
HASHING = ("1", "2")
"""``PYTHONHASHSEED`` of the two runs: sets of words have another order in each."""

Solved = tuple[str, dict[str, int], float]
"""Digest of the roster as JSON, tier values by name, and CPU seconds."""


def reproducible(say: Say, found: Case, setting: Setting) -> None:
    """Solves twice in two processes, and once in the fast profile for as many CPU seconds.

    Who ended early, on a proof, shared out the time of the whole budget; so may the other.
    """
    say("begin")
    first, second = (
        apart(mixing, solved, found.name, setting.work, setting.seed, True) for mixing in HASHING
    )
    say("end")
    budget = max(setting.work, first[2])
    fast = apart(HASHING[0], solved, found.name, budget, setting.seed, False)
    say("times", {"cold": first[2], "fast": fast[2]})
    counts = {"runs_that_differ": int(first[0] != second[0])}
    counts |= {f"{name}_value": value for name, value in first[1].items()}
    counts |= {f"{name}_fast": value for name, value in fast[1].items()}
    say("counts", counts)


def apart(mixing: str, work: Callable[..., T], *asked: object) -> T:
    """In a process of its own, where nothing is remembered and sets are mixed in this way."""
    os.environ["PYTHONHASHSEED"] = mixing
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *asked).result()


def solved(name: str, seconds: float, seed: int, reproducible: bool) -> Solved:
    """One solve of a region, made before the clock starts."""
    from so247 import Limits, roster_to_json, solve

    found = region_case(case(name, None))
    limits = Limits(seconds=seconds, reproducible=reproducible, cpu=not reproducible)
    found.made  # noqa: B018
    began = used()
    result = solve(found.region, history=found.history, limits=limits, seed=seed)
    took = used() - began
    if result.roster is None:
        raise ValueError(f"{name}: no roster was found")
    values = {tier.name: tier.value for tier in result.tiers}
    return hashlib.sha256(roster_to_json(result.roster)).hexdigest(), values, round(took, 3)
