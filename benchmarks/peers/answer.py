"""What every peer is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from so247.solver.problem import Problem

Seen = Callable[[Sequence[int]], None]
"""Told each choice (one 0/1 per option) that is better than all before."""


@dataclass(frozen=True)
class Answer:
    """The best choice found, or none. ``bounds``: per tier, what no choice can be below.

    The bound of a tier holds for choices that are no worse in the tiers before it. Without any
    proof ``bounds`` is None. ``note``: in a sentence, how the search ended.
    """

    choice: tuple[int, ...] | None
    bounds: tuple[int, ...] | None
    note: str


class Peer(Protocol):
    """A module of this package."""

    NAME: str

    def available(self) -> str | None:
        """None where it can run here; else a sentence that says what is missing."""

    def run(self, problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
        """Search for ``seconds`` of processor time of this process, all threads together.

        Reading the problem and starting up count. The search ends at the first moment at which it
        can end; whoever calls keeps a hard kill at hand.
        """
