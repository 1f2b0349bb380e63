"""A real Dask cluster of two workers, one of which dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from so247.models.many import ManyProgress, Stage
from so247.scenarios.generator import generate
from so247.scenarios.spec import Spec

distributed = pytest.importorskip(
    "distributed", reason='no Dask here: pip install "so247[cluster]" runs these tests'
)
pytestmark = [
    # What Dask and its event loop leave to the collector is not ours to mend.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def regions(pair: Any) -> list[Any]:
    spec = Spec(physicians=6, gp_groups=2, facilities=2, weeks=2, start=pair.MONDAY)
    return [
        pair.region("a", "ann"),
        pair.region("b", "bob", absences=pair.away("bob", 2)),
        *(generate(Spec(**{**vars(spec), "id": name}), 1) for name in ("c", "d")),
    ]


def test_a_cluster_gives_what_threads_give(pair: Any, client: Any, regions: list[Any]) -> None:
    with client.get_executor() as executor:
        found = pair.solve(*regions, executor=executor)
    assert found.rosters == pair.solve(*regions).rosters
    assert found.report.double_bookings == 0


def test_a_killed_worker_loses_nothing(pair: Any, client: Any, regions: list[Any]) -> None:
    pids = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill(told: ManyProgress) -> None:
        if told.stage is Stage.FIRST and told.done == 1 and not killed:
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    with client.get_executor() as executor:
        found = pair.solve(*regions, executor=executor, on_progress=kill)
    assert len(killed) == 2
    assert [each.failure for each in found.regions] == [""] * 4
    assert found.rosters == pair.solve(*regions).rosters
