"""The Timefold package that is here; the editions differ in name only."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.timefold import installed


def _part(name: str) -> Any:
    return import_module(f"{installed()}.solver{name}")


SolverFactory = _part("").SolverFactory
config = _part(".config")
domain = _part(".domain")
score = _part(".score")
