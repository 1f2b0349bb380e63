"""What a caller may bound: time, workers, gap; and how to cancel."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long to search, and how.

    ``seconds`` is wall time. With ``cpu`` it is processor time of the whole process instead, so
    that a busy machine changes no verdict; with ``reproducible`` it is a deterministic measure of
    work, one worker is used, and the same input gives the same roster. ``gap``: stop improving a
    tier once (value - bound) / value is at most this.
    """

    seconds: float = 60.0
    workers: int = 2
    gap: float = 0.0
    reproducible: bool = False
    cpu: bool = False

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            raise ValueError(f"seconds must be more than 0, not {self.seconds}")
        if self.workers < 1:
            raise ValueError(f"workers must be at least 1, not {self.workers}")
        if not 0 <= self.gap < 1:
            raise ValueError(f"gap must be at least 0 and below 1, not {self.gap}")
        if self.cpu and self.reproducible:
            raise ValueError("seconds measure either cpu or reproducible work, not both")


class Cancel:
    """A switch that any thread may throw, also before the search starts."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()
