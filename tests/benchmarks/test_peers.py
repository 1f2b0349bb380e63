"""Every peer finds what is best in a problem small enough to try everything, and obeys it."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, cast

import pytest

from so247.solver.evaluate import Evaluator
from so247.solver.problem import (
    Builder,
    Deviation,
    Option,
    Peak,
    Problem,
    Task,
    Tier,
    ones,
    scaled,
)

if TYPE_CHECKING:
    from benchmarks.peers.answer import Answer, Peer
    from benchmarks.peers.cpu import Cpu

SECONDS = {"ours": 5.0, "straightforward": 20.0, "highs": 20.0, "greedy": 1.5, "timefold": 15.0}
PROVE = ("straightforward", "highs")
DAY = 24 * 60


@pytest.fixture(params=["ours", "straightforward", "highs", "greedy", "timefold"])
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def peer_of(name: str) -> Peer:
    from benchmarks.peers import peer

    found = peer(name)
    missing = found.available()
    if missing is not None:
        pytest.skip(missing)
    return found


def week() -> Problem:
    """Four duties on four days, three people; worked out by hand in the test that uses it."""
    builder = Builder(people=["ann", "bob", "cas"], contracts=["a", "b", "c"])
    builder.tasks += [Task(f"day{at}", 1, 60, Tier.COVERAGE) for at in range(4)]
    for task, person in product(range(4), range(3)):
        start = task * DAY
        pinned = (task, person) == (0, 0)
        builder.options.append(Option(task, person, person, start, start + 600, pinned))
    for task in range(4):
        mine = [3 * task + person for person in range(3)]
        builder.at_most_one("one holder", mine)
        builder.penalise("gap", Tier.COVERAGE, -1, scaled(mine, -1), -1, 60, linear=True)
    for person in range(3):
        mine = [3 * task + person for task in range(4)]
        for before, after in pairwise(mine):
            builder.at_most_one("rest", (before, after))
        builder.at_most("most duties", person, ones(mine), 2)
        both = builder.any_of(mine[2:])
        builder.cost("late in the week", Tier.PAIRS, person, both, [0, 3, 5][person])
        points = tuple(scaled(mine, 100))
        builder.deviations.append(
            Deviation("fair", Tier.FAIRNESS, person, points, 133, 1, "duties")
        )
    builder.peaks.append(Peak("fair", Tier.FAIRNESS, 2))
    builder.cost("asked for", Tier.WISHES, 1, 10, -1)
    builder.constant(Tier.WISHES, 4)
    return builder.build()


@cache
def on_week(name: str) -> tuple[Answer, list[tuple[int, ...]]]:
    """What a peer answers on ``week`` and what it had seen; once, for some use all their time."""
    seen: list[tuple[int, ...]] = []
    answer = peer_of(name).run(week(), SECONDS[name], 1, lambda choice: seen.append(tuple(choice)))
    return answer, seen


def test_the_best_of_a_week_worked_out_by_hand(name: str) -> None:
    # Ann is pinned to day 0 and takes one of days 2 and 3, never both: adjacent days exclude each
    # other. The other late day falls to Bob (3) rather than Cas (5). Day 1 is Bob's or Cas's. If
    # Ann has day 2, Bob has day 3, as he asked for; day 1 may be Bob's too, but then Cas has none:
    # 67 + 67 + 133 off target, the largest 133. With day 1 for Cas: 67 + 33 + 33, largest 67, which
    # is 133 + 2 * 67 = 267. Ann on day 3 and Bob on day 2 gives the same but not the wish.
    answer, _ = on_week(name)
    assert answer.choice is not None
    assert Evaluator(week()).tiers(answer.choice) == (0, 0, 0, 3, 267, 3, 0)
    assert answer.choice == (1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0)


def test_each_choice_seen_is_legal_better_and_the_last_is_the_answer(name: str) -> None:
    evaluator = Evaluator(week())
    answer, seen = on_week(name)
    assert seen
    assert seen[-1] == answer.choice
    values = [evaluator.tiers(choice) for choice in seen]
    assert values == sorted(set(values), reverse=True)
    assert not any(evaluator.broken(choice) for choice in seen)
    assert all(choice[0] == 1 for choice in seen)  # the pin


def anything(seed: int) -> Problem:
    """Eight options, some pinned, and a few of everything that a problem may state."""
    chance = random.Random(seed)
    builder = Builder(people=["ann", "bob", "cas"], contracts=["a", "b", "c"])
    builder.tasks += [Task(f"task{at}", 1, 60, Tier.COVERAGE) for at in range(4)]
    for at in range(8):
        start = at // 2 * DAY
        pinned = chance.random() < 0.1
        builder.options.append(Option(at // 2, chance.randrange(3), 0, start, start + 60, pinned))
    options = list(range(8))
    for task in range(4):
        mine = [2 * task, 2 * task + 1]
        builder.penalise("gap", Tier.COVERAGE, -1, scaled(mine, -1), -1, 60)
        builder.at_most_one("one holder", mine)
    any_of = [builder.any_of(chance.sample(options, 3)) for _ in range(2)]
    any_of.append(builder.any_of((*any_of, chance.choice(options))))
    true_or_false = [*options, *any_of]
    total = builder.total((v, chance.randint(-2, 3)) for v in chance.sample(true_or_false, 3))

    def terms(low: int) -> list[tuple[int, int]]:
        chosen = chance.sample([*true_or_false, total], 3)
        return [(v, chance.randint(low, 3)) for v in chosen]

    builder.at_most_one("clash", chance.sample(true_or_false, 2))
    builder.at_most("row", 0, [(v, 2) for v in chance.sample(options, 4)], 4)
    builder.at_most("at least", 0, scaled(chance.sample(options, 5), -1), -1)
    for tier in (Tier.SOFT_NORMS, Tier.PAIRS):
        builder.penalise("soft", tier, 0, terms(-2), chance.randint(-2, 3), 7)
        builder.cost("cost", tier, 1, chance.choice(true_or_false), chance.choice((-3, 2)))
    for person in range(2):
        builder.deviations.append(
            Deviation("fair", Tier.FAIRNESS, person, tuple(terms(1)), person + 1, person, "all")
        )
    builder.peaks.append(Peak("fair", Tier.FAIRNESS, 2))
    return builder.build()


def legal(problem: Problem) -> Iterator[Sequence[int]]:
    """Every choice that keeps the pins and breaks nothing."""
    evaluator = Evaluator(problem)
    for choice in product((0, 1), repeat=len(problem.options)):
        pins = all(choice[v] for v, each in enumerate(problem.options) if each.pinned)
        if pins and not evaluator.broken(choice):
            yield choice


def best_of(problem: Problem) -> tuple[int, ...] | None:
    evaluator = Evaluator(problem)
    return min((evaluator.tiers(choice) for choice in legal(problem)), default=None)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("prover", PROVE)
def test_provers_find_and_prove_what_trying_everything_finds(prover: str, seed: int) -> None:
    problem = anything(seed)
    expected = best_of(problem)
    answer = peer_of(prover).run(problem, SECONDS[prover], seed, lambda _: None)
    found = None if answer.choice is None else Evaluator(problem).tiers(answer.choice)
    assert found == expected
    if expected is not None:
        # So few options fit any weights, so both prove every tier.
        assert answer.bounds == expected


@pytest.mark.parametrize("seed", range(6))
def test_the_greedy_is_legal_and_keeps_pins(seed: int) -> None:
    problem = anything(seed)
    answer = peer_of("greedy").run(problem, 0.5, seed, lambda _: None)
    assert (answer.choice is None) == (best_of(problem) is None)
    if answer.choice is not None:
        assert answer.choice in set(legal(problem))


def test_among_the_problems_tried_some_have_pins_and_some_have_no_legal_choice_without_work() -> (
    None
):
    # Or the tests above would show less than they say.
    problems = [anything(seed) for seed in range(12)]
    assert any(option.pinned for each in problems for option in each.options)
    assert any(Evaluator(each).broken([0] * 8) for each in problems)
    assert sum(best_of(each) is not None for each in problems) > 6


@pytest.mark.parametrize("name", ["highs", "timefold"])
def test_what_is_missing_is_said_in_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.peers import peer

    found = peer(name)
    for package in ("highspy", "timefold", "solverforge_legacy"):
        monkeypatch.setitem(sys.modules, package, None)
    said = found.available()
    assert said is not None
    assert "install" in said


def crowd() -> Problem:
    """Sixty days, fifteen people with duties of random weight: too much to be proven at once."""
    chance = random.Random(1)
    people = [f"person{at}" for at in range(15)]
    builder = Builder(people=people, contracts=people)
    builder.tasks += [Task(f"day{at}", 1, 60, Tier.COVERAGE) for at in range(60)]
    for task, person in product(range(60), range(15)):
        builder.options.append(Option(task, person, person, task * DAY, task * DAY + 600, False))
    for task in range(60):
        mine = [15 * task + person for person in range(15)]
        builder.at_most_one("one holder", mine)
        builder.penalise("gap", Tier.COVERAGE, -1, scaled(mine, -1), -1, 60, linear=True)
    for person in range(15):
        mine = [15 * task + person for task in range(60)]
        for before, after in pairwise(mine):
            builder.at_most_one("rest", (before, after))
        points = tuple((v, chance.randrange(50, 150)) for v in mine)
        builder.deviations.append(Deviation("fair", Tier.FAIRNESS, person, points, 397, 1, "x"))
    return builder.build()


class Clock:
    """Time that passes with every look at it."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    @property
    def left(self) -> float:
        self.looks -= 1
        return max(0.0, self.looks)


def test_a_tier_that_is_stopped_leaves_the_next_one_its_time() -> None:
    # HiGHS keeps an interruption for the next run unless it is taken back. The first run is stopped
    # at its first look at the clock; the second has a hundred looks, and must have used them.
    peer_of("highs")
    from benchmarks.peers.best import Best
    from benchmarks.peers.highs import _Rows, _Solver
    from benchmarks.peers.reading import Reading

    problem = crowd()
    solver = _Solver(_Rows(Reading(problem)), Best(problem, [].append), 1)
    spent, more = Clock(0), Clock(100)
    assert "interrupt" in solver.minimise(Tier.FAIRNESS, cast("Cpu", spent), 0.0)[0]
    solver.minimise(Tier.FAIRNESS, cast("Cpu", more), 0.0)
    assert more.looks <= 0
