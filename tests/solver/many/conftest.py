"""Two small regions that share a person, and executors that behave in odd ways."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from so247.models.many import Many
from so247.models.people import Absence
from so247.models.region import Region
from so247.solver.limits import Limits
from so247.solver.many.run import solve_many

MONDAY = date(2026, 11, 2)
LIMITS = Limits(seconds=3, reproducible=True)
KEY = "big-1"


def away(who: str, *days: int, **times: Any) -> tuple[Absence, ...]:
    """Absent on these days of the period, counted from 0."""
    dates = [MONDAY + timedelta(days=day) for day in days]
    return tuple(Absence(physician=who, first_day=d, last_day=d, **times) for d in dates)


class Backwards(Executor):
    """Runs what it is given in the opposite order, once nothing more has come for a while."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []
        self._timer: threading.Timer | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: fn(*args, **kwargs)))
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(0.2, self._run)
        self._timer.start()
        return future

    def _run(self) -> None:
        while self._waiting:
            future, call = self._waiting.pop()
            future.set_result(call())


class Pair:
    """What the tests use from this file (tests share it as a fixture, not as an import)."""

    MONDAY = MONDAY
    LIMITS = LIMITS
    KEY = KEY
    Backwards = Backwards
    away = staticmethod(away)

    def __init__(self, toy: Any, executor: Executor) -> None:
        self.toy = toy
        self.executor = executor

    def region(self, name: str, own: str, **more: Any) -> Region:
        """``own`` and the shared Pat, each of whom may hold everything; two weeks."""
        toy = self.toy
        parts: dict[str, Any] = {
            "id": name,
            "planning_weeks": 2,
            "physicians": (toy.physician(own), toy.physician("pat", person_key=KEY)),
            "contracts": (toy.contract(own), toy.contract("pat", id=f"pat-{name}")),
        }
        made: Region = toy.region(**(parts | more))
        return made

    def solve(self, *regions: Region, **more: Any) -> Many:
        return solve_many(regions, **{"executor": self.executor, "limits": LIMITS, **more})


@pytest.fixture(scope="session")
def threads() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture(scope="session")
def pair(toy: Any, threads: Executor) -> Pair:
    return Pair(toy, threads)
