"""Timefold on the same problem: places that hold an option or none, and a score kept up to date.

Breaches are hard; coverage, sessions and soft norms are medium, the other tiers soft, weighted
within each as far as 64-bit numbers reach. The score is counted incrementally, which Timefold says
is the fastest way; construction and local search are its defaults. Needs Java, and the package
``solverforge-legacy`` (the continued edition) or ``timefold``, which are the same but for the name.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from benchmarks.peers.answer import Answer, Seen
from benchmarks.peers.best import Best
from benchmarks.peers.cpu import Cpu, Watch
from benchmarks.peers.reading import Reading
from so247.solver.problem import Problem

NAME = "Timefold"

PACKAGES = ("solverforge_legacy", "timefold")


def available() -> str | None:
    """Whether a package and Java are here."""
    if installed() is None:
        return "Timefold is not here: install so247[timefold], or the package solverforge-legacy"
    if shutil.which("java") is None:
        return "Timefold needs Java: install Java 17 or later, and put java on the PATH"
    return None


def installed() -> str | None:
    """The first of the packages that is here."""
    return next((name for name in PACKAGES if find_spec(name)), None)


def run(problem: Problem, seconds: float, seed: int, seen: Seen) -> Answer:
    """One solve; starting Java counts, as it does for whoever waits for a roster."""
    cpu = Cpu(seconds)
    from benchmarks.peers.timefold_plan import places_of, plan_of
    from benchmarks.peers.timefold_rules import solver_of

    reading = Reading(problem)
    best = Best(problem, seen)
    places = places_of(reading)
    stands = [int(option.pinned) for option in problem.options]
    if not places:
        best.offer(stands)
        return Answer(best.choice, None, "nothing to decide")

    def offer(held: list[int]) -> None:
        choice = list(stands)
        for option in held:
            choice[option] = 1
        best.offer(choice)

    solver = solver_of(seed, offer)
    plan = plan_of(reading, places)
    with Watch(cpu, solver.terminate_early):
        solved = solver.solve(plan)
    offer([place.option for place in solved.places if place.option is not None])
    return Answer(best.choice, None, f"score {solved.score}")
