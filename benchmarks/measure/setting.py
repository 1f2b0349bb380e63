"""How one measurement is made, beside what it is made on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """``work``: what a search may spend, in deterministic work.

    ``data``: the folder of public instances; ``checker``: the script that judges their rosters.
    """

    work: float
    seed: int = 1
    data: Path | None = None
    checker: Path | None = None
