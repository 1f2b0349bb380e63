"""A budget in processor seconds, and a thread that stops a solver once it is spent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

POLL = 0.05
"""Seconds between two looks at the clock."""


class Cpu:
    """Processor seconds of this process, counted from when it was made."""

    def __init__(self, seconds: float) -> None:
        self._end = time.process_time() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - time.process_time())


class Watch:
    """While it is open: calls ``stop`` once nothing is left.

    It goes on calling: a solver that has not begun yet does not hear the first call.
    """

    def __init__(self, cpu: Cpu, stop: Callable[[], object]) -> None:
        self._cpu = cpu
        self._stop = stop
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(POLL):
            if self._cpu.left <= 0:
                self._stop()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        self._thread.join()
