"""Results as JSON lines: one measurement a line, only ever added to."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "results"

Point = tuple[float, tuple[int, ...]]
"""A CPU second, and the value of every tier from then on."""
Key = tuple[str, str, str, str, float, int]


@dataclass(frozen=True)
class Record:
    """One measurement. See docs/BENCHMARKS.md, Results, for every field."""

    revision: str
    dirty: bool
    at: str
    subject: str
    case: str
    competitor: str
    seconds: float
    seed: int
    outcome: str
    note: str = ""
    cpu: float = 0.0
    wall: float = 0.0
    megabytes: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    values: tuple[int, ...] | None = None
    bounds: tuple[int, ...] | None = None
    broken: tuple[str, ...] = ()
    curve: tuple[Point, ...] = ()
    best: float | None = None
    scale: int = 1
    machine: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What makes a second measurement a repetition."""
        return (
            self.revision,
            self.subject,
            self.case,
            self.competitor,
            self.seconds,
            self.seed,
        )

    @property
    def cost(self) -> float | None:
        """What is compared with the best known value: the first tier in its own unit."""
        return None if self.values is None else self.values[0] / self.scale

    @property
    def bound(self) -> float | None:
        return None if self.bounds is None else self.bounds[0] / self.scale

    @property
    def gap(self) -> float | None:
        """(cost - best known) / best known; ``None`` without either."""
        return gap(self.cost, self.best)


def gap(cost: float | None, best: float | None) -> float | None:
    """By how much of the best known value a cost lies above it; the cost itself where that is 0."""
    if cost is None or best is None:
        return None
    return (cost - best) / best if best else cost


def append(file: Path, record: Record) -> None:
    """Add a line, whole or not at all, also while others add to the same file."""
    line = json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, b"\n" + line if torn else line)
        os.fsync(handle)
    finally:
        os.close(handle)


def read(files: Iterable[Path]) -> tuple[list[Record], list[str]]:
    """All records, and a sentence for every line that is none (a machine that went down, say)."""
    found: list[Record] = []
    problems: list[str] = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(_record(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                problems.append(f"{file.name}, line {number}: not a result, left out ({error})")
    return found, problems


def _record(row: dict[str, Any]) -> Record:
    known = {each.name for each in fields(Record)}
    kept = {name: value for name, value in row.items() if name in known}
    for name in ("values", "bounds"):
        kept[name] = None if kept.get(name) is None else tuple(kept[name])
    kept["broken"] = tuple(kept.get("broken", ()))
    kept["curve"] = tuple((cpu, tuple(values)) for cpu, values in kept.get("curve", ()))
    return Record(**kept)
