"""One region to be solved, as a task for any worker: plain data in, plain data out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from so247.models.errors import InputError
from so247.models.region import Region
from so247.models.result import Result
from so247.models.roster import Roster
from so247.solver.limits import Cancel, Limits


@dataclass(frozen=True)
class Job:
    """What ``solve`` asks for. ``begin``: a roster to start from."""

    region: Region
    start: date | None
    weeks: int | None
    history: tuple[Roster, ...]
    begin: Roster | None
    limits: Limits
    seed: int


class Switch(Cancel):
    """A cancel that lies in memory shared with the process that threw it."""

    def __init__(self, thrown: Any) -> None:
        super().__init__()
        self._thrown = thrown

    @property
    def cancelled(self) -> bool:
        return bool(self._thrown.value)


_switch: list[Cancel] = []
"""In a process of our own pool: the switch of whoever started it."""


def prepare(thrown: Synchronized[int]) -> None:
    """Start of a process of our own pool."""
    _switch[:] = [Switch(thrown)]


def work(job: Job, cancel: Cancel | None = None) -> Result | InputError:
    """Solve it. Bad input is an answer, and never tried again."""
    from so247.solver.solve import solve

    if cancel is None and _switch:
        cancel = _switch[0]
    try:
        return solve(
            job.region,
            job.start,
            job.weeks,
            history=job.history,
            begin=job.begin,
            limits=job.limits,
            seed=job.seed,
            cancel=cancel,
        )
    except InputError as problem:
        return problem
