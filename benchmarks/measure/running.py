"""Makes the measurements that are wanted and not yet written down, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import cases, environment, process, race, results
from benchmarks.measure.cases import Case
from benchmarks.measure.plan import Wanted
from benchmarks.measure.process import Allowance, Say
from benchmarks.measure.results import Key, Record
from benchmarks.measure.setting import Setting
from benchmarks.measure.subjects import SUBJECTS

UNAVAILABLE = "unavailable"
"""The outcome of a competitor that cannot run here; it is asked again in every run."""


@dataclass(frozen=True)
class Bench:
    """Where public instances, their checker and the results are, and how much memory one may have.

    Raises ``InputError`` for a folder of instances that is none.
    """

    results: Path
    data: Path | None = None
    checker: Path | None = None
    megabytes: float = 12_000.0

    def known(self) -> Mapping[str, Case]:
        return cases.registry(self.data)

    def done(self) -> set[Key]:
        """What need not be measured again."""
        if not self.results.is_file():
            return set()
        found, _ = results.read([self.results])
        return {each.key for each in found if each.outcome != UNAVAILABLE}


Told = Callable[[Wanted, Record | None], None]
"""Told each measurement, with its record, or None where it was already written down."""


def measure(bench: Bench, wanted: Iterable[Wanted], told: Told) -> list[Record]:
    """Measure what is not done yet; every record is written before the next begins."""
    known, done, machine = bench.known(), bench.done(), environment.machine()
    made = []
    for each in wanted:
        revision, dirty = environment.revision()
        if each.key(revision) in done:
            told(each, None)
            continue
        row = _measured(bench, each)
        after, _ = environment.revision()
        if after != revision:  # somebody worked on the code meanwhile: it is neither
            revision, dirty = f"{revision}..{after}", True
        case = known[each.case]
        record = Record(
            revision=revision,
            dirty=dirty,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            subject=each.subject,
            case=each.case,
            competitor=each.competitor,
            seconds=each.seconds,
            seed=each.seed,
            best=case.best,
            scale=case.scale,
            machine=machine,
            **row,
        )
        results.append(bench.results, record)
        made.append(record)
        told(each, record)
    return made


def _measured(bench: Bench, each: Wanted) -> dict[str, Any]:
    subject = SUBJECTS[each.subject]
    if subject.run is None:
        entry = race.Entry(
            module_of(each.competitor), each.case, bench.data, each.seconds, each.seed
        )
        return race.run(entry, bench.checker, bench.megabytes)
    setting = Setting(each.seconds, each.seed, bench.data, bench.checker)
    allowance = Allowance(subject.allowed, around=subject.allowed, megabytes=bench.megabytes)
    ended = process.run(perform, (each.subject, each.case, setting), allowance)
    counts, times, unavailable = (ended.last(kind) for kind in ("counts", "times", UNAVAILABLE))
    return {
        "outcome": UNAVAILABLE if unavailable else ended.outcome,
        "note": unavailable.payload if unavailable else ended.note,
        # A cluster's workers are children that have not ended by then; their subject counts them.
        "cpu": round(max(ended.timed, (times.payload if times else {}).get("cold", 0.0)), 3),
        "wall": round(ended.wall, 2),
        "megabytes": round(ended.megabytes),
        "counts": counts.payload if counts else {},
        "times": times.payload if times else {},
    }


def perform(say: Say, subject: str, case: str, setting: Setting) -> None:
    """In its own process: one of our subjects."""
    run = SUBJECTS[subject].run
    if run is not None:
        run(say, cases.case(case, setting.data), setting)


def module_of(competitor: str) -> str:
    """The module of a peer; a name with dots is a module already."""
    return competitor if "." in competitor else f"benchmarks.peers.{competitor}"
