"""Those who roster the same ``Problem`` on the same budget: ours, and peers written to win.

``PEERS`` names the modules; each is as ``answer.Peer`` says. Nothing heavy is imported before one
of them is asked to run.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from benchmarks.peers.answer import Peer

PEERS = ("ours", "straightforward", "highs", "greedy", "timefold")


def peer(name: str) -> Peer:
    """The peer of a name in ``PEERS``."""
    return cast(Peer, import_module(f"benchmarks.peers.{name}"))
