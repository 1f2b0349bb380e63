"""CPU seconds of a call: the first one in a fresh process, and later ones."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import TypeVar

from benchmarks.measure.process import Say, used

AGAIN = 3
"""How often a call is repeated for ``warm``."""
SHORT = 5.0
"""Calls that take more CPU seconds than this are not repeated."""

T = TypeVar("T")


def timed(say: Say, call: Callable[[], T], *, again: bool = True) -> T:
    """Call it, and say what it took: ``cold``, and ``warm`` as the median of some more."""
    say("begin")
    began = used()
    result = call()
    times = {"cold": round(used() - began, 4)}
    say("end")
    if again and times["cold"] <= SHORT:
        later = []
        for _ in range(AGAIN):
            began = used()
            call()
            later.append(used() - began)
        times["warm"] = round(median(later), 4)
    say("times", times)
    return result
