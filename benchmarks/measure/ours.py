"""The subjects that are so247's own: what is called, and what is counted in what comes back.

Each is called in a process of its own as ``subject(say, case, setting)``, says its times, and says
its ``counts``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from benchmarks.measure.cases import Case, RegionCase, region_case
from benchmarks.measure.process import Say
from benchmarks.measure.setting import Setting
from benchmarks.measure.timing import timed
from so247.models.report import Report
from so247.models.result import Result
from so247.models.roster import Roster

IMPORT = """
import json, resource, sys
def used():
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
began = used()
import so247
took = used() - began
heavy = [name for name in ("ortools", "pandas", "numpy", "pydantic") if name in sys.modules]
print(json.dumps({"took": took, "modules": len(sys.modules), "heavy": len(heavy)}))
"""


def importing(say: Say, _: Case, __: Setting) -> None:
    """``import so247``, in a Python that has loaded nothing."""
    command = [sys.executable, "-c", IMPORT]
    runs = [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(4)
    ]
    later = sorted(each["took"] for each in runs[1:])
    say("times", {"cold": round(runs[0]["took"], 4), "warm": round(later[len(later) // 2], 4)})
    say("counts", {"modules": runs[0]["modules"], "heavy_modules": runs[0]["heavy"]})


def load(say: Say, case: Case, _: Setting) -> None:
    """Reading the files of a region and its history."""
    from so247 import load_history, load_region

    name = region_case(case).folder

    def both() -> Any:
        region = load_region(name)
        return region, load_history(name, region)

    region, history = timed(say, both)
    sizes = {"people": len(region.physicians), "sites": len(region.site_by_id)}
    say("counts", {**sizes, "lines": len(region.lines), "rosters": len(history)})


def build(say: Say, case: Case, _: Setting) -> None:
    """Stating the problem, before any search: how large it is."""
    from so247.solver import solve as _loaded  # noqa: F401 - loading it is `import`, not building

    found = region_case(case)
    found.made  # noqa: B018 - made before the clock starts
    _, problem = timed(say, found.built, again=False)
    counts = {"options": len(problem.options), "variables": problem.size}
    say("counts", {**counts, "rows": len(problem.rows) + len(problem.cliques)})


def check(say: Say, case: Case, _: Setting) -> None:
    """The check of a legal roster without gaps, and of one in which nobody holds anything."""
    from so247.audit.check import check as judge

    found = region_case(case)
    witness = found.witness
    report = timed(say, lambda: judge(found.region, witness, found.history))
    empty = Roster(region_id=found.region.id, period=witness.period)
    nothing = judge(found.region, empty, found.history)
    say(
        "counts",
        {
            **_missing(report),
            "required_minutes": sum(site.required_minutes for site in nothing.sites),
            "empty_uncovered_minutes": nothing.uncovered_site_minutes,
        },
    )


def _missing(report: Report) -> dict[str, int]:
    return {
        "uncovered_site_minutes": report.uncovered_site_minutes,
        "hard_breaches": len(report.hard_breaches),
    }


def roster(say: Say, case: Case, setting: Setting) -> None:
    """The whole solve in the reproducible profile: what is missing or broken, and each tier."""
    from so247 import Limits, solve

    found = region_case(case)
    limits = Limits(seconds=setting.work, reproducible=True)
    found.made  # noqa: B018 - made before the clock starts

    def search() -> Result:
        return solve(found.region, history=found.history, limits=limits, seed=setting.seed)

    result = timed(say, search, again=False)
    if result.roster is None or result.report is None:
        raise ValueError(f"{case.name}: no roster was found")
    counts = {"gaps": len(result.roster.gaps), **_missing(result.report)}
    for tier in result.tiers:
        counts |= {f"{tier.name}_value": tier.value, f"{tier.name}_bound": tier.bound}
    counts["tiers_not_proven"] = sum(not tier.proven for tier in result.tiers)
    counts["work_milliseconds"] = round(1000 * result.seconds)
    say("counts", counts)


def solved(found: RegionCase, setting: Setting) -> Roster:
    """The roster that the reproducible profile finds."""
    from so247 import Limits, solve

    limits = Limits(seconds=setting.work, reproducible=True)
    result = solve(found.region, history=found.history, limits=limits, seed=setting.seed)
    if result.roster is None:
        raise ValueError(f"{found.name}: no roster was found")
    return result.roster


def explain(say: Say, case: Case, _: Setting) -> None:
    """Why one duty in the middle of the period is held as it is: everybody is looked at."""
    from so247 import explain as ask

    found = region_case(case)
    held = [each.target for each in found.witness.assignments if "@" in each.target]
    duty = held[len(held) // 2]
    said = timed(say, lambda: ask(found.region, found.witness, found.history, duty=duty))
    people = sum(len(each.candidates) for each in said.explained)
    say("counts", {"explained": len(said.explained), "candidates": people})


def robust(say: Say, case: Case, setting: Setting) -> None:
    """Every absence of a week, in the roster that the search finds."""
    from so247 import Limits
    from so247 import robust as ask
    from so247.models.proof import Survival

    found = region_case(case)
    made = solved(found, setting)
    limits = Limits(seconds=600, cpu=True)
    result = timed(say, lambda: ask(found.region, made, found.history, limits=limits), again=False)
    counts = {str(each.value): result.count(each) for each in Survival}
    say("counts", {"tried": result.tried, "unaffected": result.unaffected, **counts})


def prove(say: Say, case: Case, setting: Setting) -> None:
    """A proof for one facility, four weeks, a roster sought for it."""
    from so247 import Limits
    from so247 import prove as ask
    from so247.models.proof import Status

    found = region_case(case)
    region = found.region
    site = region.facilities[-1].id
    limits = Limits(seconds=setting.work)
    proof = timed(
        say,
        lambda: ask(
            region, site, weeks=4, today=region.planning_start, limits=limits, history=found.history
        ),
        again=False,
    )
    judged = [each for each in proof.preconditions if each.applies]
    met = sum(each.status is Status.MET for each in judged)
    missing = proof.coverage.uncovered_minutes if proof.coverage is not None else 0
    say("counts", {"preconditions": len(judged), "met": met, "uncovered_minutes": missing})
