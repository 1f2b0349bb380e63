"""Workers that die, executors that break, hosts that lose patience."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import Any

import pytest

from so247.models.many import Ended, Many, ManyProgress, Stage
from so247.models.region import Region
from so247.scenarios.generator import generate
from so247.scenarios.spec import Spec
from so247.solver.limits import Cancel
from so247.solver.many.crew import ATTEMPTS


@pytest.fixture(scope="module")
def regions(pair: Any) -> list[Region]:
    """Two that take a moment, after two that take none; somebody serves the first two."""
    small = [
        pair.region("a", "ann"),
        pair.region("b", "bob", absences=pair.away("bob", 2)),
    ]
    spec = Spec(physicians=6, gp_groups=2, facilities=2, weeks=2, start=pair.MONDAY)
    return [*small, *(generate(Spec(**{**vars(spec), "id": name}), 1) for name in ("c", "d"))]


@pytest.fixture(scope="module")
def undisturbed(pair: Any, regions: list[Region]) -> Many:
    found: Many = pair.solve(*regions)
    assert found.lost == 0
    return found


class Killer:
    """Kills the processes of the pool as soon as the first region is done, and so another runs."""

    def __init__(self) -> None:
        self.killed = 0

    def __call__(self, told: ManyProgress) -> None:
        if told.stage is Stage.FIRST and told.done == 1 and not self.killed:
            for child in multiprocessing.active_children():
                os.kill(child.pid or 0, signal.SIGKILL)
                self.killed += 1


def test_a_killed_worker_loses_nothing(
    pair: Any, regions: list[Region], undisturbed: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)  # so that one runs while another is ready
    killer = Killer()
    found = pair.solve(*regions, executor=None, on_progress=killer)
    assert killer.killed == 2
    assert found.lost >= 1
    assert [each.failure for each in found.regions] == [""] * 4
    assert found.rosters == undisturbed.rosters
    assert found.uncovered_site_minutes == undisturbed.uncovered_site_minutes


def test_a_callers_pool_that_breaks_is_replaced(
    pair: Any, regions: list[Region], undisturbed: Many
) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = pair.solve(*regions, executor=pool, on_progress=Killer())
    assert found.rosters == undisturbed.rosters
    assert found.lost >= 1
    (note,) = found.notes
    assert "went on in a process pool of our own" in note


class Failing(Executor):
    """Loses one region, every time."""

    def __init__(self, inner: Executor, region: str) -> None:
        self.inner = inner
        self.region = region
        self.asked: list[str] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        name = args[0].region.id
        self.asked.append(name)
        if name != self.region:
            return self.inner.submit(fn, *args, **kwargs)
        lost: Future[Any] = Future()
        lost.set_exception(RuntimeError("the worker is gone"))
        return lost


def test_a_region_that_kills_every_worker_is_given_up_alone(pair: Any) -> None:
    pool = Failing(pair.executor, "b")
    found = pair.solve(pair.region("a", "ann"), pair.region("b", "bob"), executor=pool)
    assert pool.asked.count("b") == ATTEMPTS
    assert found.of("a").failure == ""
    assert found.of("a").roster is not None
    assert "given up after 4 attempts; the last ended with RuntimeError" in found.of("b").failure
    assert (found.of("b").roster, found.of("b").lost) == (None, ATTEMPTS)
    assert found.ended is not Ended.COVERED


class Refusing(Executor):
    """Takes no tasks at all, as one that is shut down."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        raise BrokenExecutor(f"no place for {fn} {len(args)} {len(kwargs)}")


def test_an_executor_that_takes_nothing_is_replaced(pair: Any) -> None:
    region = pair.region("a", "ann")
    found = pair.solve(region, executor=Refusing())
    assert found.rosters == pair.solve(region).rosters
    assert len(found.notes) == 1


@pytest.mark.parametrize("own_pool", [True, False])
def test_cancel_keeps_what_is_done(
    pair: Any, regions: list[Region], own_pool: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    cancel = Cancel()

    def done(told: ManyProgress) -> None:
        if told.done == 1:
            cancel.cancel()

    executor = None if own_pool else pair.executor
    found = pair.solve(*regions, executor=executor, on_progress=done, cancel=cancel)
    assert found.ended is Ended.CANCEL
    assert len(found.rosters) >= 1
    assert len(found.regions) == 4
    assert found.report.double_bookings == 0


def test_cancelled_before_it_began(pair: Any) -> None:
    cancel = Cancel()
    cancel.cancel()
    found = pair.solve(pair.region("a", "ann"), cancel=cancel)
    assert (found.ended, found.rosters, found.seconds) == (Ended.CANCEL, (), 0.0)


def test_a_host_that_raises_gets_its_own_error(pair: Any) -> None:
    def angry(told: ManyProgress) -> None:
        raise KeyError(f"mine at {told.done}")

    with pytest.raises(KeyError, match="mine"):
        pair.solve(pair.region("a", "ann"), on_progress=angry)


def test_a_result_travels(undisturbed: Many) -> None:
    assert pickle.loads(pickle.dumps(undisturbed)) == undisturbed
