"""Which measurements a size asks for, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from benchmarks.measure.cases import Case
from benchmarks.measure.results import Key
from benchmarks.measure.subjects import OURS, SUBJECTS
from benchmarks.peers import PEERS
from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong

Patterns = tuple[str, ...]


@dataclass(frozen=True)
class Size:
    """``cases``: subject -> patterns of cases. ``seconds``: most CPU seconds of a search.

    ``work``: of a subject with a search within, instead of its own.
    """

    about: str
    seeds: tuple[int, ...]
    cases: Mapping[str, Patterns]
    seconds: float | None = None
    work: Mapping[str, float] = field(default_factory=dict)


SHIPPED = ("veenland", "rijnstreek", "hanzeland")
SCENARIOS = (*SHIPPED, "tekort")
"""Everything that ships. ``tekort`` cannot be covered, so it has no legal roster to begin with."""
SIZES: Mapping[str, Size] = {
    "smoke": Size(
        "counts that CI judges, in about a minute",
        (1,),
        {
            "import": ("so247",),
            **dict.fromkeys(("load", "build", "check", "explain", "roster"), ("veenland",)),
            **dict.fromkeys(("robust", "prove", "reproducible", "search"), ("veenland",)),
        },
        seconds=2.0,
        work={"reproducible": 3.0},
    ),
    "small": Size(
        "every subject on regions of up to 25 people, and public instances with small files",
        (1, 2, 3),
        {
            "import": ("so247",),
            "load": SCENARIOS,
            "build": (*SHIPPED, "curve/10x*", "curve/25x*"),
            "check": (*SHIPPED, "curve/10x*", "curve/25x*"),
            "explain": SHIPPED,
            "roster": ("veenland", "rijnstreek"),
            "robust": ("veenland", "rijnstreek"),
            "prove": ("veenland", "rijnstreek"),
            "reproducible": ("veenland", "tekort"),
            "agreement": ("staffing/Instance?",),
            "national": ("country/4x4",),
            "national-killed": ("country/4x4",),
            "search": ("veenland", "rijnstreek", "curve/10x*", "staffing/Instance?", "duty/*"),
        },
        seconds=30.0,
    ),
    "full": Size(
        "everything; takes days, so collect it over many runs",
        (1, 2, 3),
        {
            "import": ("so247",),
            "load": SCENARIOS,
            "build": (*SHIPPED, "hanzeland-52w", "curve/*"),
            "check": (*SHIPPED, "hanzeland-52w", "curve/*"),
            "explain": (*SHIPPED, "hanzeland-52w"),
            "roster": (*SHIPPED, "hanzeland-52w"),
            "robust": SHIPPED,
            "prove": SHIPPED,
            "reproducible": SCENARIOS,
            "agreement": ("staffing/*",),
            "national": ("country/31x26",),
            "national-killed": ("country/31x26",),
            "search": (*SHIPPED, "hanzeland-52w", "curve/*", "staffing/*", "duty/*"),
        },
    ),
}


@dataclass(frozen=True)
class Wanted:
    """One measurement to be made."""

    subject: str
    case: str
    competitor: str
    seconds: float
    seed: int

    def key(self, revision: str) -> Key:
        return (revision, self.subject, self.case, self.competitor, self.seconds, self.seed)


@dataclass(frozen=True)
class Choice:
    """What of a size is wanted. Empty: all of it."""

    size: str
    subjects: Patterns = ()
    cases: Patterns = ()
    peers: Patterns = ()
    seeds: tuple[int, ...] = field(default=())
    seconds: float | None = None


def wanted(choice: Choice, known: Mapping[str, Case]) -> list[Wanted]:
    """Case by case, so that competitors run in turn, another one first for every seed.

    Raises ``InputError`` when nothing fits what was asked for.
    """
    size = SIZES[choice.size]
    found = [
        each
        for name, patterns in size.cases.items()
        if _fits(name, choice.subjects)
        for case in known.values()
        if _fits(case.name, patterns) and _fits(case.name, choice.cases)
        for each in _of(name, case, choice, size)
    ]
    if not found:
        asked = " ".join((*choice.subjects, *choice.cases)) or choice.size
        advice = (
            f"Maybe another size; subjects are {', '.join(SUBJECTS)}; public instances need --data."
        )
        raise InputError([Wrong("nothing to measure fits", advice, asked)])
    return found


def _fits(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def _of(name: str, case: Case, choice: Choice, size: Size) -> Iterator[Wanted]:
    subject = SUBJECTS[name]
    work = size.work.get(name, subject.work)
    for at, seed in enumerate(choice.seeds or size.seeds):
        if subject.run is not None:
            yield Wanted(name, case.name, OURS, choice.seconds or work, seed)
            continue
        seconds = choice.seconds or min(case.seconds, size.seconds or case.seconds)
        for competitor in _turned(choice.peers or PEERS, at):
            yield Wanted(name, case.name, competitor, seconds, seed)


def _turned(names: Iterable[str], by: int) -> tuple[str, ...]:
    everyone = tuple(names)
    at = by % len(everyone)
    return (*everyone[at:], *everyone[:at])
