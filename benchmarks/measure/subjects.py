"""The registry of subjects: what may be measured, and on which kind of case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.measure import agreement, national, ours, profiles
from benchmarks.measure.cases import Case
from benchmarks.measure.process import Say
from benchmarks.measure.setting import Setting

Run = Callable[[Say, Case, Setting], None]
OURS = "ours"
"""The competitor of every subject in which nobody competes."""


@dataclass(frozen=True)
class Subject:
    """``run`` is called in a process of its own. None: competitors are handed the problem.

    ``work``: what a search within may spend, unless told otherwise (deterministic work, which is
    about a CPU second); ``allowed``: CPU seconds after which the process is killed.
    """

    name: str
    about: str
    run: Run | None
    work: float = 0.0
    allowed: float = 300.0


ALL = (
    Subject("import", "import so247", ours.importing),
    Subject("load", "read a region and its history from files", ours.load),
    Subject("build", "state the problem of a region", ours.build),
    Subject("check", "check a legal roster of a whole period", ours.check),
    Subject("explain", "why one duty is held as it is", ours.explain),
    Subject("roster", "solve in the reproducible profile", ours.roster, 60.0, 3600.0),
    Subject("prove", "prove one facility, a roster sought for it", ours.prove, 60.0, 900.0),
    Subject("robust", "every absence of a week", ours.robust, 30.0, 900.0),
    Subject("reproducible", "two runs, byte for byte", profiles.reproducible, 30.0, 3600.0),
    Subject("agreement", "hand-made rosters, ours and the checker", agreement.agreement),
    Subject("national", "all regions at once on a cluster", national.whole, 8.0, 36000.0),
    Subject("national-killed", "the same, one worker killed", national.killed, 8.0, 36000.0),
    Subject("search", "competitors on one problem and CPU budget", None),
)
SUBJECTS: Mapping[str, Subject] = {each.name: each for each in ALL}
