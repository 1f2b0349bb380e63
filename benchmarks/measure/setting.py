"""How one measurement is made, beside what it is made on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """``work``: what a search may spend. ``data``: public instances. ``checker``: their judge."""

    work: float
    data: Path | None = None
    checker: Path | None = None
