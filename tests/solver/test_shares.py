"""Fairness in numbers: never above the best roster, by every choice of small problems."""

from __future__ import annotations

from itertools import combinations, product
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from so247.solver import search_relaxed
from so247.solver.budget import Budget
from so247.solver.evaluate import Evaluator, Ints
from so247.solver.limits import Limits
from so247.solver.neighbourhoods import Neighbourhoods
from so247.solver.problem import Builder, Deviation, Option, Peak, Problem, Task, Tier, ones
from so247.solver.search import Search
from so247.solver.search_relaxed import Asked, Relaxer
from so247.solver.search_shares import DEALING, Shares, fairest

MANY = settings(max_examples=150, derandomize=True, deadline=None, database=None)
LINES = ("nights@", "weekends@", "office@")


@st.composite
def problems(draw: Any) -> Problem:
    """Up to five tasks of two burdens and the office, and up to three people with limits."""
    builder = Builder(people=["p0", "p1", "p2"][: draw(st.integers(1, 3))])
    everybody = range(len(builder.people))
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=5))
    for index, line in enumerate(lines):
        builder.tasks.append(Task(f"{line}{index}", 1, 60, Tier.COVERAGE))
        able = draw(st.lists(st.sampled_from(everybody), min_size=1, max_size=2, unique=True))
        pinned = draw(st.integers(0, 5)) == 0
        for at, person in enumerate(able):
            start = index // 2 * 1000
            builder.options.append(Option(index, person, 0, start, start + 60, pinned and at == 0))
    options = builder.options
    for index, line in enumerate(lines):
        mine = [v for v, option in enumerate(options) if option.task == index]
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
        for v in mine if line == "office@" else ():
            builder.cost("pair", Tier.PAIRS, 0, v, draw(st.integers(0, 3)))
    for person in everybody:
        mine = [v for v, option in enumerate(options) if option.person == person]
        at_once = [p for p in combinations(mine, 2) if options[p[0]].start == options[p[1]].start]
        terms = ones(mine)
        if at_once and draw(st.booleans()):
            # Two tasks at once: perhaps never held by one person, perhaps counted once.
            pair = draw(st.sampled_from(at_once))
            terms = [*ones(v for v in mine if v not in pair), (builder.any_of(pair), 1)]
            if draw(st.booleans()):
                builder.at_most_one("time", pair)
        if terms and draw(st.booleans()):
            terms = [(builder.total(terms), draw(st.integers(1, 2)))]
        builder.at_most("most", person, terms, draw(st.integers(0, 4)))
        for burden, line in (("weeknight", LINES[0]), ("weekend", LINES[1])):
            carried = [v for v in mine if lines[options[v].task] == line]
            target, weight = draw(st.integers(-1, 3)), draw(st.integers(1, 2))
            if carried:
                points = draw(st.integers(1, 2))
                builder.deviations.append(
                    Deviation(
                        "fair",
                        Tier.FAIRNESS,
                        person,
                        tuple((v, points) for v in carried),
                        target,
                        weight,
                        burden,
                    )
                )
    if draw(st.booleans()):
        builder.peaks.append(Peak("fair", Tier.FAIRNESS, 2))
    builder.constant(Tier.FAIRNESS, draw(st.integers(0, 1)))
    return builder.build()


def legal(problem: Problem) -> list[Ints]:
    evaluator = Evaluator(problem)
    ways = [(1,) if option.pinned else (0, 1) for option in problem.options]
    every = (np.array(each, dtype=np.int64) for each in product(*ways))
    return [choice for choice in every if not evaluator.broken(choice)]


def as_good_before(values: tuple[int, ...], others: list[tuple[int, ...]]) -> int:
    """The best fairness of those that cost no more in any tier before it."""
    return min(
        other[Tier.FAIRNESS]
        for other in others
        if all(a <= b for a, b in zip(other[: Tier.FAIRNESS], values, strict=False))
    )


@MANY
@given(problems(), st.data())
def test_no_roster_is_fairer_than_the_numbers(problem: Problem, data: st.DataObject) -> None:
    evaluator = Evaluator(problem)
    choices = legal(problem)
    if not choices:
        return
    everything = [evaluator.tiers(choice) for choice in choices]
    at = data.draw(st.integers(0, len(choices) - 1))
    shares = Shares(problem)
    relaxer = Relaxer(problem, 1, Budget(Limits(seconds=60, reproducible=True)), None)
    best = as_good_before(everything[at], everything)
    dealt = shares.least(everything[at], 1)
    # Piles are empty where no numbers keep the limits, yet there is a roster that does.
    assert dealt.bound <= best
    assert dealt.piles or not shares.classes.piles
    # The same once other work takes its part of every limit.
    asked = Asked(Tier.FAIRNESS, choices[at], everything[at])
    for limit, each in enumerate(shares.limits):
        shares.take(limit, relaxer.load(each.elsewhere, asked, 5.0))
    # And once it is known of every share what can be had of it beside that work.
    for share in shares.classes.deviations:
        mine = problem.deviations[share]
        shares.cap(share, relaxer.most(mine.person, mine.terms, asked, 5.0))
    dealt = shares.least(everything[at], 1)
    assert dealt.bound <= best
    assert dealt.piles or not shares.classes.piles


def taken_by_the_office(costs: tuple[int, int]) -> Problem:
    """Two office tasks and two nights, ann and bob able to do all; each does two tasks at most.

    The office costs as told with ann and with bob; of nights, one each is fair.
    """
    builder = Builder(people=["ann", "bob"])
    for index, line in enumerate(("office@0", "office@1", "night@0", "night@1")):
        builder.tasks.append(Task(line, 1, 60, Tier.COVERAGE))
        for person in (0, 1):
            start = index * 1000
            builder.options.append(Option(index, person, 0, start, start + 60))
        mine = [2 * index, 2 * index + 1]
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
        for person in (0, 1) if index < 2 else ():
            builder.cost("pair", Tier.PAIRS, person, mine[person], costs[person])
    for person in (0, 1):
        builder.at_most("most", person, ones(range(person, 8, 2)), 2)
        terms = tuple(ones((4 + person, 6 + person)))
        builder.deviations.append(Deviation("fair", Tier.FAIRNESS, person, terms, 1, 1, "night"))
    return builder.build()


def test_what_pairs_ask_of_somebody_is_not_left_for_nights() -> None:
    # Ann is the pair: both office tasks are hers, so both nights are bob's: one off target each.
    problem = taken_by_the_office((0, 1))
    search = Search(problem, Limits(seconds=5, reproducible=True), 1, None, None)
    search.choice = np.array([1, 0, 1, 0, 0, 1, 0, 1], dtype=np.int64)
    search.values = search.evaluator.tiers(search.choice)
    assert search.values[Tier.PAIRS :] == (0, 2, 0, 0)
    search._share(5.0)
    assert search.bounds[Tier.FAIRNESS] == 2


def test_where_pairs_are_alike_nothing_is_taken() -> None:
    # One of each for both is as good a pair, and fair.
    problem = taken_by_the_office((0, 0))
    search = Search(problem, Limits(seconds=5, reproducible=True), 1, None, None)
    search.choice = np.array([1, 0, 1, 0, 0, 1, 0, 1], dtype=np.int64)
    search.values = search.evaluator.tiers(search.choice)
    search._share(5.0)
    assert search.bounds[Tier.FAIRNESS] == 0


def two_nights_for_three() -> Problem:
    """Ann, bob and eve can hold two nights; one each would be fair, so that somebody has none."""
    builder = Builder(people=["ann", "bob", "eve"])
    for index in (0, 1):
        builder.tasks.append(Task(f"night@{index}", 1, 60, Tier.COVERAGE))
        start = index * 1000
        builder.options += [Option(index, person, 0, start, start + 60) for person in range(3)]
        mine = range(3 * index, 3 * index + 3)
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
    for person in range(3):
        terms = tuple(ones((person, 3 + person)))
        builder.deviations.append(Deviation("fair", Tier.FAIRNESS, person, terms, 1, 1, "night"))
    return builder.build()


def test_the_best_numbers_are_the_nearest_ones_and_say_who_changes() -> None:
    problem = two_nights_for_three()
    # Ann holds both. Any two with one each are fairest; nearest are those of whom ann is one.
    choice = np.array([1, 0, 0, 1, 0, 0], dtype=np.int64)
    asked = Asked(Tier.FAIRNESS, choice, Evaluator(problem).tiers(choice))
    relaxer = Relaxer(problem, 1, Budget(Limits(seconds=60, reproducible=True)), None)
    fair = fairest(relaxer, asked, 5.0, lambda: False)
    held = {goal.person: goal.count for goal in fair.goals}
    assert (fair.bound, held[0], held[1] + held[2]) == (1, 1, 1)
    # The one of bob and eve who shall hold none is no part of the change.
    near = Neighbourhoods(problem, Evaluator(problem), 1)
    near.goals, near.values = fair.goals, choice
    near.sizes = {(near.tier, near.kind): 4}
    assert {problem.options[v].person for v in near._goals()} == {0, 1 if held[1] else 2}


def test_numbers_are_given_up_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A solver that only ends when told: without a look at the clock this would never end.
    told = Event()
    monkeypatch.setattr(cp_model.CpSolver, "stop_search", lambda _: told.set())
    monkeypatch.setattr(
        cp_model.CpSolver,
        "solve",
        lambda *_: cp_model.UNKNOWN if told.wait(60) else pytest.fail("not told"),
    )
    shares = Shares(two_nights_for_three())
    assert shares.least((0,) * len(Tier), 1, lambda: True).bound == 0


def test_what_cannot_end_in_the_time_left_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = taken_by_the_office((0, 1))
    choice = np.array([1, 0, 1, 0, 0, 1, 0, 1], dtype=np.int64)
    asked = Asked(Tier.FAIRNESS, choice, Evaluator(problem).tiers(choice))
    monkeypatch.setattr(search_relaxed, "run", lambda *_, **__: pytest.fail("a part was solved"))
    # Numbers are dealt once; no time is left to deal again, so that nothing asked would help.
    budget = Budget(Limits(seconds=1.5 * DEALING, reproducible=True))
    relaxer = Relaxer(problem, 1, budget, None)
    assert fairest(relaxer, asked, 5.0, lambda: False).bound == 0
    # Writing a part took longer before than there is time now: it needs nothing, as far as known.
    relaxer.longest = DEALING
    assert relaxer.load(((0, 1), (2, 1)), asked, 1.0) == 0


def test_two_at_once_that_count_once_are_not_counted_twice() -> None:
    # Ann may hold both nights of an evening, which count as one duty: both are hers, as is fair.
    builder = Builder(people=["ann"])
    for index in (0, 1):
        builder.tasks.append(Task(f"night@{index}", 1, 60, Tier.COVERAGE))
        builder.options.append(Option(index, 0, 0, 0, 60))
        builder.options.append(Option(index, 0, 0, 60, 120))
    for index in (0, 1):
        mine = [2 * index, 2 * index + 1]
        builder.at_most_one("one", mine)
        builder.penalise("held", Tier.COVERAGE, 0, [(v, -1) for v in mine], -1, 60, linear=True)
    evening = builder.any_of(range(4))
    builder.at_most("most", 0, [(evening, 2)], 2)
    builder.at_most("most", 0, [(evening, 1), (0, 1)], 1)
    terms = tuple(ones(range(4)))
    builder.deviations.append(Deviation("fair", Tier.FAIRNESS, 0, terms, 2, 1, "night"))
    problem = builder.build()
    values = Evaluator(problem).tiers([0, 1, 1, 0])
    assert values == (0, 0, 0, 0, 0, 0, 0)
    assert Shares(problem).least(values, 1).piles == (2,)
