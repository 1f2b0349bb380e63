"""so247's own search."""

from __future__ import annotations

from benchmarks.peers.answer import Answer, Seen
from benchmarks.peers.best import Best
from so247.models.result import Progress
from so247.solver.limits import Limits
from so247.solver.problem import Problem
from so247.solver.search import Search

NAME = "ours"


def available() -> str | None:
    """Always."""
    return None


def run(problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
    """Search as ``so247.solve`` does, for processor seconds."""
    best = Best(problem, seen)

    def tell(_: Progress) -> None:
        best.offer(search.choice)

    search = Search(problem, Limits(seconds=seconds, cpu=True), seed, tell, None)
    outcome = search.run()
    best.offer(outcome.choice)
    note = f"ended by {outcome.stopped_by.value} after {search.steps} solves"
    return Answer(best.choice, tuple(outcome.bounds), note)
