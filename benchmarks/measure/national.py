"""All regions of a country over a cluster on this machine, checked together."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from benchmarks.measure.cases import Case, CountryCase
from benchmarks.measure.process import Say, used_by_all
from benchmarks.measure.setting import Setting
from so247.models.errors import NotFound

if TYPE_CHECKING:
    from so247.models.many import Many, ManyProgress

WORKERS = 2
KILL_AFTER = 0.25
"""The share of the regions that is solved when a worker dies."""


def whole(say: Say, case: Case, setting: Setting) -> None:
    """``solve_many`` in the reproducible profile, ``work`` for each region."""
    _solve(say, case, setting, kill=False)


def killed(say: Say, case: Case, setting: Setting) -> None:
    """The same, and a worker is killed on the way."""
    _solve(say, case, setting, kill=True)


@dataclass
class _Killer:
    """Kills one process, once, when enough is done."""

    pid: int
    deaths: int = 0

    def told(self, progress: ManyProgress) -> None:
        if not self.deaths and progress.done >= KILL_AFTER * progress.total:
            self.deaths += 1
            os.kill(self.pid, signal.SIGKILL)


def _solve(say: Say, case: Case, setting: Setting, *, kill: bool) -> None:
    if not isinstance(case, CountryCase):
        raise NotFound(f"{case.name} is no country. Maybe another --cases.")
    if find_spec("distributed") is None:
        say("unavailable", "Dask is not installed. Maybe pip install 'so247[cluster]'.")
        return
    import distributed

    from so247 import Limits, solve_many

    made = case.made
    limits = Limits(seconds=setting.work, workers=1, reproducible=True)
    dask: Any = distributed  # it has no types
    cluster = dask.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster, dask.Client(cluster) as client:
        killer = _Killer(next(iter(client.run(os.getpid).values())))
        told: Callable[[ManyProgress], None] | None = killer.told if kill else None

        say("begin")
        began = used_by_all()
        result = solve_many(
            made.regions,
            executor=client.get_executor(),
            sharings=made.sharings,
            limits=limits,
            seed=setting.seed,
            on_progress=told,
        )
        say("times", {"cold": round(used_by_all() - began, 3)})
        say("end")
    say("counts", _counts(result, killer.deaths))


def _counts(result: Many, deaths: int) -> dict[str, int]:
    reports = [each.result.report for each in result.regions]
    return {
        "regions": len(result.regions),
        "without_roster": sum(each.roster is None for each in result.regions),
        "shared_people": result.report.shared,
        "double_bookings": result.report.double_bookings,
        "hard_breaches": len(result.report.hard_breaches)
        + sum(len(each.hard_breaches) for each in reports if each is not None),
        "uncovered_site_minutes": result.uncovered_site_minutes,
        "handed_over": sum(each.accepted for each in result.handovers),
        "workers_killed": deaths,
        "solves_lost": result.lost,
    }
