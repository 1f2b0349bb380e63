"""Runs tasks on any executor, and does again what a dead worker left undone.

A future fails only when its worker did: bad input is an answer (``job.work``). So whatever comes
out of a future as an error is a loss, and the task is given out again; the third time alone, so
that a task which kills its workers is found out, and takes no other with it.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import replace
from typing import Any

from so247.models.errors import InputError
from so247.models.result import Result
from so247.solver.limits import Cancel
from so247.solver.many.job import Job, prepare, work

ALONE = 2
"""After so many losses a task is given out when nothing else runs."""
ATTEMPTS = 4
"""After so many it is given up."""
TICK = 0.1
"""Seconds between two looks at ``cancel``."""

Answer = Result | InputError
Done = Callable[[str, Answer | None], None]


class Crew:
    """An executor, ours or the caller's. Ours is made anew when it breaks, and closed at the end.

    A caller's executor that breaks is replaced by a pool of our own. ``lost``: region to tasks
    that were given out again; ``failures``: region to why it was given up.
    """

    def __init__(self, executor: Executor | None, cancel: Cancel | None) -> None:
        self.given = executor
        self.cancel = cancel
        self.lost: dict[str, int] = {}
        self.failures: dict[str, str] = {}
        self.notes: list[str] = []
        self._own: ProcessPoolExecutor | None = None
        self._thrown: Any = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if problem is not None:
            self.stop()  # nobody waits for what still runs
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)

    @property
    def cancelled(self) -> bool:
        return self.cancel is not None and self.cancel.cancelled

    def run(self, jobs: Sequence[Job], done: Done) -> dict[str, Answer]:
        """Region to answer; regions that were cancelled or given up are missing.

        ``done`` hears of each, in the order in which they are ready.
        """
        return _Round(self, jobs, done).run()

    def submit(self, job: Job) -> Future[Answer]:
        """Raises ``BrokenExecutor`` or ``RuntimeError`` when the executor takes no more."""
        pool = self.given if self.given is not None else self._pool()
        # Threads share our memory, so they can look at the switch itself.
        if self.cancel is not None and isinstance(pool, ThreadPoolExecutor):
            return pool.submit(work, job, self.cancel)
        return pool.submit(work, job)

    @property
    def width(self) -> int | None:
        """How many tasks to give out at once; ``None``: whatever a caller's executor can queue."""
        return None if self.given is not None else os.cpu_count() or 1

    def renew(self, why: str) -> None:
        """Another pool for one that takes no more tasks."""
        if self.given is not None:
            self.notes.append(f"the executor broke ({why}); went on in a process pool of our own")
            self.given = None
        elif self._own is not None:
            self._own.shutdown(wait=False, cancel_futures=True)
            self._own = None

    def stop(self) -> None:
        """Tell our own workers that nobody waits for them any more."""
        if self._thrown is not None:
            self._thrown.value = 1

    def _pool(self) -> ProcessPoolExecutor:
        if self._own is None:
            # Fork would copy the host's threads and locks; spawn starts clean everywhere.
            context = multiprocessing.get_context("spawn")
            # Without a lock: a worker that is killed while it looks would hold it for ever.
            self._thrown = context.Value("b", 0, lock=False)
            self._own = ProcessPoolExecutor(
                self.width, mp_context=context, initializer=prepare, initargs=(self._thrown,)
            )
        return self._own


class _Round:
    """One call of ``Crew.run``."""

    def __init__(self, crew: Crew, jobs: Sequence[Job], done: Done) -> None:
        self.crew = crew
        self.done = done
        self.waiting = deque(jobs)
        self.flying: dict[Future[Answer], Job] = {}
        self.losses: dict[str, int] = {}
        self.answers: dict[str, Answer] = {}

    def run(self) -> dict[str, Answer]:
        while (self.waiting or self.flying) and not self.crew.cancelled:
            self._give_out()
            if self.flying:
                ready, _ = wait(self.flying, timeout=TICK, return_when=FIRST_COMPLETED)
                self._take(ready)
        if self.flying:
            self._abandon()
        return self.answers

    def _give_out(self) -> None:
        width = self.crew.width
        while self.waiting and (width is None or len(self.flying) < width):
            job = self.waiting[0]
            alone = self.losses.get(job.region.id, 0) >= ALONE
            if self.flying and (alone or self._alone_now()):
                return
            try:
                future = self.crew.submit(job)
            except (BrokenExecutor, RuntimeError) as broken:
                if self.flying:
                    return  # its futures tell what is lost
                self.crew.renew(_name(broken))
                continue
            self.flying[future] = job
            self.waiting.popleft()

    def _alone_now(self) -> bool:
        return any(self.losses.get(job.region.id, 0) >= ALONE for job in self.flying.values())

    def _take(self, ready: set[Future[Answer]]) -> None:
        broken: BaseException | None = None
        # In the order given out, so that what is lost together is queued again in that order.
        for future in [each for each in self.flying if each in ready]:
            job = self.flying.pop(future)
            problem = CancelledError() if future.cancelled() else future.exception()
            if problem is None:
                self.answers[job.region.id] = future.result()
                self.done(job.region.id, future.result())
            else:
                self._lose(job, problem)
                broken = problem if isinstance(problem, BrokenExecutor) else broken
        if broken is not None and not self.flying:
            self.crew.renew(_name(broken))

    def _lose(self, job: Job, problem: BaseException) -> None:
        region = job.region.id
        self.losses[region] = self.losses.get(region, 0) + 1
        self.crew.lost[region] = self.crew.lost.get(region, 0) + 1
        if self.losses[region] < ATTEMPTS:
            self.waiting.append(job)
            return
        self.crew.failures[region] = (
            f"given up after {ATTEMPTS} attempts; the last ended with {_name(problem)}: {problem}. "
            "Maybe its worker ran out of memory, or cannot import so247, "
            'or the calling script has no line if __name__ == "__main__".'
        )
        self.done(region, None)

    def _abandon(self) -> None:
        """Cancelled: keep what is ready, wait for our own workers, and for nobody else's."""
        for future in self.flying:
            future.cancel()
        self.crew.stop()
        if self.crew.given is None or isinstance(self.crew.given, ThreadPoolExecutor):
            wait([each for each in self.flying if not each.cancelled()])
        ready = {each for each in self.flying if each.done() and not each.cancelled()}
        for future in ready:
            if future.exception() is None:
                self.answers[self.flying[future].region.id] = future.result()


def _name(problem: BaseException) -> str:
    return type(problem).__name__


def results(answers: Mapping[str, Answer]) -> dict[str, Result]:
    """The results. Raises ``InputError`` with every problem of every region."""
    problems = [
        replace(problem, message=f"region {region}: {problem.message}")
        for region, each in sorted(answers.items())
        if isinstance(each, InputError)
        for problem in each.problems
    ]
    if problems:
        raise InputError(problems)
    return {region: each for region, each in answers.items() if isinstance(each, Result)}
