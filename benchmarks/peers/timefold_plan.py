"""A problem as a Timefold plan: who decides what, and the numbers its score is counted from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from benchmarks.peers.ledger import Ledger
from benchmarks.peers.reading import Reading
from benchmarks.peers.timefold_package import domain, score
from benchmarks.peers.weights import Weights, weigh
from so247.solver.problem import Tier

LEVELS = (
    (Tier.COVERAGE, Tier.SESSIONS, Tier.SOFT_NORMS),
    (Tier.PAIRS, Tier.FAIRNESS, Tier.WISHES, Tier.TRAVEL),
)
"""Tiers of the medium and of the soft level."""

MOST = 2**61
"""Greatest cost of a level: scores are 64-bit numbers."""


@domain.planning_entity
@dataclass
class Place:
    """Holds one of its options, or none."""

    id: Annotated[int, domain.PlanningId]
    options: Annotated[list[int], domain.ValueRangeProvider(id="options")]
    option: Annotated[
        int | None,
        domain.PlanningVariable(value_range_provider_refs=["options"], allows_unassigned=True),
    ] = field(default=None)


@domain.planning_solution
@dataclass
class Plan:
    """The places, and plain numbers: sums of level after level (hard, medium, soft)."""

    places: Annotated[list[Place], domain.PlanningEntityCollectionProperty]
    options: int
    sums: list[int]
    limits: list[int]
    above: list[int]
    below: list[int]
    ends: list[int]
    """Where the sums of each level end."""
    begin: list[int]
    """The largest deviation is over the sums from here on; what a unit of it costs; its start."""
    in_sums: list[list[int]]
    """For each variable: sum, coefficient, sum, coefficient, and so on."""
    in_derived: list[list[int]]
    any: list[int]
    count: list[int]
    medium: list[int]
    soft: list[int]
    cost: list[int]
    score: Annotated[
        score.HardMediumSoftScore | None,  # type: ignore[name-defined]
        domain.PlanningScore,
    ] = field(default=None)


def places_of(reading: Reading) -> list[Place]:
    """Every option in one place: with others of its task, else of its person, else alone.

    Options share a place where a clique lets at most one of them be true; of a person's cliques,
    those short in time come first (a day rather than a stretch of work and rest).
    """
    options = reading.problem.options
    free = {v for v, each in enumerate(options) if not each.pinned and v not in reading.out}

    def rank(group: tuple[int, ...]) -> tuple[int, int, int]:
        mine = [options[v] for v in group if v in free]
        if len({each.task for each in mine}) == 1:
            return 0, 0, -len(mine)
        starts = [each.start for each in mine]
        same = len({each.person for each in mine}) == 1
        return (1 if same else 2), max(starts, default=0) - min(starts, default=0), -len(mine)

    found: list[list[int]] = []
    for group in sorted(reading.groups, key=rank):
        mine = [v for v in group if v in free]
        if len(mine) > 1:
            found.append(mine)
            free.difference_update(mine)
    found += [[v] for v in free]
    return [Place(at, mine) for at, mine in enumerate(sorted(found))]


def plan_of(reading: Reading, places: list[Place]) -> Plan:
    """The plan with nothing held but the pins."""
    nothing = Weights({}, {}, exact=True, least=0, most=0)
    medium, soft = (weigh(reading, MOST, tiers) for tiers in LEVELS)
    ledgers = [
        Ledger(reading, nothing, 1),
        Ledger(reading, medium, 0),
        Ledger(reading, soft, 0),
    ]
    plan: dict[str, Any] = {"sums": [], "limits": [], "above": [], "below": [], "ends": []}
    in_sums: list[list[int]] = [[] for _ in range(reading.problem.size)]
    for ledger in ledgers:
        offset = len(plan["sums"])
        plan["sums"] += ledger.sums
        for at, name in enumerate(("limits", "above", "below")):
            plan[name] += [bend[at] for bend in ledger.bends]
        plan["ends"].append(len(plan["sums"]))
        for v, entries in enumerate(ledger.in_sums):
            for index, coefficient in entries:
                in_sums[v] += [offset + index, coefficient]
    last = ledgers[-1]
    begin = len(plan["sums"]) - len(last.fair)
    return Plan(
        places,
        len(reading.problem.options),
        **plan,
        begin=[begin, last.peak, last.farthest],
        in_sums=in_sums,
        in_derived=[[n for pair in each for n in pair] for each in last.in_derived],
        any=[int(each) for each in last.any],
        count=list(last.count),
        medium=ledgers[1].linear,
        soft=last.linear,
        cost=[each.cost for each in ledgers],
    )
