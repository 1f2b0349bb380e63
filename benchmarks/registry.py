"""What is measured, and on what. Counts are judged; seconds are printed and never judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from so247 import Limits, Region, Roster, check, load_history, load_region, solve
from so247.models.clock import period
from so247.solver.solve import build

Counts = dict[str, int]


@dataclass(frozen=True)
class Case:
    """A region with its history, and how much the search may do: work, not time."""

    name: str
    region: Region
    history: tuple[Roster, ...]
    limits: Limits

    @classmethod
    def shipped(cls, name: str, work: float) -> Case:
        region = load_region(name)
        history = load_history(name, region)
        return cls(name, region, history, Limits(seconds=work, reproducible=True))


def load(case: Case) -> Counts:
    """Reading the region's files."""
    region = load_region(case.name)
    return {
        "people": len(region.physicians),
        "sites": len(region.site_by_id),
        "lines": len(region.lines),
    }


def make(case: Case) -> Counts:
    """Stating the problem, before any search: how large it is."""
    region = case.region
    if region.planning_start is None:
        raise ValueError(f"{case.name} has no planning_start")
    _, problem = build(region, region.planning_start, region.planning_weeks, case.history)
    return {
        "options": len(problem.options),
        "variables": problem.size,
        "rows": len(problem.rows) + len(problem.cliques),
    }


def roster(case: Case) -> Counts:
    """The whole solve: what is missing, what is broken, and each tier with its bound."""
    result = solve(case.region, history=case.history, limits=case.limits)
    if result.roster is None or result.report is None:
        raise ValueError(f"{case.name}: no roster was found")
    counts = {
        "gaps": len(result.roster.gaps),
        "uncovered_site_minutes": result.report.uncovered_site_minutes,
        "hard_breaches": len(result.report.hard_breaches),
    }
    for tier in result.tiers:
        counts |= {f"{tier.name}_value": tier.value, f"{tier.name}_bound": tier.bound}
    return counts


def judge_nothing(case: Case) -> Counts:
    """The check of a roster in which nobody holds anything: every required minute is uncovered."""
    region = case.region
    if region.planning_start is None:
        raise ValueError(f"{case.name} has no planning_start")
    when = period(region.planning_start, region.planning_weeks)
    report = check(region, Roster(region_id=region.id, period=when), case.history)
    return {
        "required_minutes": sum(site.required_minutes for site in report.sites),
        "empty_uncovered_minutes": report.uncovered_site_minutes,
    }


SUBJECTS: dict[str, Callable[[Case], Counts]] = {
    "load": load,
    "build": make,
    "check": judge_nothing,
    "roster": roster,
}

SIZES: dict[str, tuple[tuple[str, float], ...]] = {"smoke": (("veenland", 60.0),)}
"""Size -> (shipped scenario, work that the search may do)."""
