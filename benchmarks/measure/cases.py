"""What is measured on: regions that ship, regions of the curve, and public instances of a folder.

A case is known by its name, so that a process of its own can make it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from benchmarks.measure import curve

if TYPE_CHECKING:
    from so247.scenarios.national import Country
from so247.models.errors import NotFound
from so247.models.region import Region
from so247.models.roster import Roster
from so247.scenarios import shipped
from so247.scenarios.generator import Generated, build
from so247.solver.problem import Problem

Judged = dict[str, int]
COUNTRIES = ((4, 4), (31, 26))
"""Regions and weeks: one to try things on, and the whole country."""


class Case(Protocol):
    """What every case says of itself."""

    @property
    def name(self) -> str:
        """By which a process of its own finds it."""

    @property
    def kind(self) -> str:
        """Region, staffing, duty or other."""

    @property
    def seconds(self) -> float:
        """The CPU budget of a search, unless told otherwise."""

    @property
    def best(self) -> float | None:
        """The best cost that anybody has published, where somebody has."""

    @property
    def scale(self) -> int:
        """So many of our points are one of the published cost."""

    def problem(self) -> Problem:
        """What every competitor is given."""

    def judge(self, choice: tuple[int, ...], checker: Path | None, /) -> Judged:
        """What the independent check counts in a choice."""


@dataclass(frozen=True)
class Nothing:
    """A subject that needs no input, such as ``import``."""

    name: str
    kind: str = "other"
    seconds: float = 0.0
    best: float | None = None
    scale: int = 1

    def problem(self) -> Problem:
        raise NotFound(f"{self.name} has no problem to solve")

    def judge(self, _choice: tuple[int, ...], _checker: Path | None, /) -> Judged:
        raise NotFound(f"{self.name} has no roster to judge")


@dataclass(frozen=True)
class RegionCase:
    """A region with its history, and a legal roster without gaps that it was made around."""

    name: str
    make: Callable[[], Generated]
    folder: str = ""
    """The shipped scenario that is read from files; empty: generated only."""
    kind: str = "region"
    seconds: float = 120.0
    best: float | None = None
    scale: int = 1

    @cached_property
    def made(self) -> Generated:
        return self.make()

    @property
    def region(self) -> Region:
        return self.made.region

    @property
    def history(self) -> tuple[Roster, ...]:
        return self.made.history

    @property
    def witness(self) -> Roster:
        if self.made.witness is None:
            raise NotFound(f"{self.name} was not made around a roster")
        return self.made.witness

    def built(self) -> Any:
        """The context and the problem."""
        from so247.solver.solve import build as state

        start = self.region.planning_start
        if start is None:
            raise NotFound(f"{self.name} has no planning_start")
        return state(self.region, start, self.region.planning_weeks, self.history)

    def problem(self) -> Problem:
        problem: Problem = self.built()[1]
        return problem

    def judge(self, choice: tuple[int, ...], _checker: Path | None, /) -> Judged:
        """Gaps, and what ``check`` finds: it shares nothing with the search."""
        import numpy as np

        from so247.audit.check import check
        from so247.solver.evaluate import Evaluator
        from so247.solver.extract import roster_of

        context, problem = self.built()
        held = np.asarray(choice, dtype=np.int64)
        roster = roster_of(context, Evaluator(problem), held, 0, None, None)
        report = check(self.region, roster, self.history)
        return {
            "gaps": len(roster.gaps),
            "uncovered_site_minutes": report.uncovered_site_minutes,
            "hard_breaches": len(report.hard_breaches),
        }


@dataclass(frozen=True)
class CountryCase(Nothing):
    """Many regions with people who serve two of them."""

    regions: int = 2
    weeks: int = 4
    kind: str = "country"

    @cached_property
    def made(self) -> Country:
        from so247.scenarios.national import national

        return national(curve.SEED, self.regions, self.weeks)


def _year() -> Generated:
    return build(replace(shipped.HANZELAND, weeks=52), shipped.SEED)


def _shipped() -> list[RegionCase]:
    return [RegionCase(name, make, name) for name, make in shipped.MAKERS.items()]


def _curve() -> list[RegionCase]:
    def maker(people: int, weeks: int) -> Callable[[], Generated]:
        return lambda: curve.region(people, weeks)

    return [
        RegionCase(f"curve/{p}x{w}", maker(p, w), seconds=curve.SECONDS) for p, w in curve.SIZES
    ]


def registry(data: Path | None) -> Mapping[str, Case]:
    """Every case by name; public instances are those found in the folder ``data``."""
    from benchmarks.measure import published

    ours: list[Case] = [
        Nothing("so247"),
        *_shipped(),
        RegionCase("hanzeland-52w", _year),
        *_curve(),
        *(CountryCase(f"country/{r}x{w}", regions=r, weeks=w) for r, w in COUNTRIES),
    ]
    public = published.found(data) if data is not None else []
    return {case.name: case for case in [*ours, *public]}


def case(name: str, data: Path | None) -> Case:
    """The case of a name. Raises ``NotFound``."""
    known = registry(data)
    if name not in known:
        raise NotFound(f"{name}: no such case. Maybe --data names another folder.")
    return known[name]


def region_case(found: Case) -> RegionCase:
    """The case as a region. Raises ``NotFound`` where it is none."""
    if not isinstance(found, RegionCase):
        raise NotFound(f"{found.name} is no region. Maybe another --cases.")
    return found
