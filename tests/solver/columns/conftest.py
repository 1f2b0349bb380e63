"""Small rosters under strict contracts, and their best answers found by trying everything."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import pairwise, product

import numpy as np
import pytest

from so247.solver.columns import counters, layers, person
from so247.solver.columns.blocks import part
from so247.solver.columns.pool import Pool
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Builder, Option, Problem, Task, Tier, ones, scaled

DAY = 24 * 60
HOURS = (480, 600, 360)
"""Minutes of each shift."""

LEAST = (0, 700, 1_300, 1_900)
"""Minutes that a contract may ask at least."""

Make = Callable[..., Problem]
Columns = Callable[[Problem, int], list[tuple[int, ...]]]
Best = Callable[[Problem], int | None]


def _rules(
    builder: Builder, who: int, mine: list[list[int]], draw: random.Random, least: Sequence[int]
) -> None:
    """What a contract may ask of one person; ``mine``: the options of each day, shift by shift.

    ``least``: how few minutes it may ask at least.
    """
    days, shifts = len(mine), len(mine[0])
    works = []
    for today in mine:
        builder.at_most_one("day", today)
        works.append(builder.any_of(today))
    for today, tomorrow in pairwise(mine):
        if shifts > 1 and draw.random() < 0.7:
            builder.at_most_one("rotation", (today[-1], tomorrow[0]))
    run = draw.choice((2, 3))
    for begin in range(days - run):
        builder.at_most("run", who, ones(works[begin : begin + run + 1]), run)
    if draw.random() < 0.5:
        for at in range(1, days - 1):
            alone = ((works[at], 1), (works[at - 1], -1), (works[at + 1], -1))
            builder.at_most("alone", who, alone, 0)
    weekends = [builder.any_of(v for day in mine[at : at + 2] for v in day) for at in (0, days - 2)]
    builder.at_most("weekends", who, ones(weekends), draw.choice((1, 2)))
    minutes = [(v, HOURS[at]) for today in mine for at, v in enumerate(today)]
    builder.at_most("most", who, minutes, draw.choice((1_500, 2_000, 2_600)))
    if asked := draw.choice(least):
        builder.at_most("least", who, [(v, -length) for v, length in minutes], -asked)
    for shift in range(shifts):
        builder.at_most("kind", who, ones(today[shift] for today in mine), draw.choice((1, 2, 4)))


def _made(
    seed: int,
    people: int = 1,
    days: int = 6,
    shifts: int = 2,
    *,
    pins: int = 0,
    share: bool = True,
    least: Sequence[int] = LEAST,
) -> Problem:
    """Shifts each day; soft: how many are to hold each (``share``), and what people ask for."""
    draw = random.Random(seed)
    builder = Builder(people=[f"p{who}" for who in range(people)], contracts=["c"])
    for day, shift in product(range(days), range(shifts)):
        builder.tasks.append(Task(f"{day}-{shift}", people, HOURS[shift], Tier.COVERAGE))
    pinned = set(draw.sample(range(days), pins))
    for _, day, shift in product(range(people), range(days), range(shifts)):
        start = day * DAY + 300 * shift
        held = day in pinned and shift == 0
        option = Option(day * shifts + shift, len(builder.options) // (days * shifts), 0, start,
                        start + HOURS[shift], held)  # fmt: skip
        builder.options.append(option)
    each = days * shifts
    for who in range(people):
        first = who * each
        mine = [list(range(at, at + shifts)) for at in range(first, first + each, shifts)]
        _rules(builder, who, mine, draw, least)
    for task in range(each if share else 0):
        holders = [who * each + task for who in range(people)]
        need = draw.randint(0, people)
        under, over = draw.choice((30, 100)), draw.choice((1, 10))
        builder.penalise("under", Tier.COVERAGE, 0, scaled(holders, -1), -need, under)
        builder.penalise("over", Tier.COVERAGE, 0, ones(holders), need, over)
    for v in range(len(builder.options)):
        if draw.random() < 0.3:
            builder.cost("ask", Tier.COVERAGE, v // each, v, draw.choice((-5, 3, 20)))
    return builder.build()


def _ways(problem: Problem, who: int) -> list[tuple[int, ...]]:
    """Everything that a person may do, as far as that person's own rules say: tried one by one."""
    mine = [v for v, option in enumerate(problem.options) if option.person == who]
    own = Problem(**{
        **{name: getattr(problem, name) for name in Problem.__dataclass_fields__},
        "rows": tuple(row for row in problem.rows if row.person == who),
        "cliques": tuple(q for q in problem.cliques if set(q.members) <= set(mine)),
    })  # fmt: skip
    evaluator = Evaluator(own)
    pinned = {v for v in mine if problem.options[v].pinned}
    days: dict[int, list[int]] = {}
    for v in mine:
        days.setdefault(problem.options[v].start // DAY, []).append(v)
    found = []
    for chosen in product(*([None, *today] for today in days.values())):
        column = tuple(v for v in chosen if v is not None)
        if pinned <= set(column):
            choice = np.zeros(len(problem.options), dtype=np.int64)
            choice[list(column)] = 1
            if not evaluator.broken(choice):
                found.append(column)
    return found


def _best(problem: Problem) -> int | None:
    """The least that any roster costs: everybody's ways, combined in every possible manner."""
    ways = [_ways(problem, who) for who in range(len(problem.people))]
    if not all(ways):
        return None
    size = len(problem.options)
    weights = np.zeros((len(problem.excesses), size), dtype=np.int64)
    for at, excess in enumerate(problem.excesses):
        for v, coefficient in excess.terms:
            weights[at, v] += coefficient
    costs = np.zeros(size, dtype=np.int64)
    for cost in problem.costs:
        costs[cost.variable] += cost.weight
    taken = [
        np.array([[int(v in way) for v in range(size)] for way in w]).reshape(len(w), size)
        for w in ways
    ]
    sums, own = np.zeros((1, len(weights)), dtype=np.int64), np.zeros(1, dtype=np.int64)
    for each in taken:
        sums = (sums[:, None, :] + (each @ weights.T)[None]).reshape(
            len(sums) * len(each), len(weights)
        )
        own = (own[:, None] + (each @ costs)[None]).ravel()
    upper = np.array([each.upper for each in problem.excesses], dtype=np.int64)
    price = np.array([each.weight for each in problem.excesses], dtype=np.int64)
    total = own + (np.maximum(0, sums - upper) * price).sum(axis=1)
    return int(total.min()) + problem.constants[Tier.COVERAGE]


@pytest.fixture(scope="session")
def made() -> Make:
    return _made


@pytest.fixture(scope="session")
def ways() -> Columns:
    return _ways


@pytest.fixture(scope="session")
def best() -> Best:
    return _best


@pytest.fixture(scope="session")
def pooled() -> Callable[[Problem], Pool]:
    """A pool whose work is told to nobody."""
    return lambda problem: Pool(problem, part(problem, Tier.COVERAGE), lambda _: None)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six days are few: rules over four of them already count as long."""
    monkeypatch.setattr(layers, "REACH", 4)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters may span next to nothing, so that upper limits are only priced in."""
    monkeypatch.setattr(layers, "REACH", 4)
    monkeypatch.setattr(person, "FEWEST", 1)
    monkeypatch.setattr(person, "MOST", 1)
    monkeypatch.setattr(counters, "GROUPED", 1)
