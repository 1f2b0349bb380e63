"""Yes-or-no questions to the solver, and parts of a problem, against every choice there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from so247.models.proof import Answered
from so247.solver.evaluate import Evaluator
from so247.solver.limits import Cancel
from so247.solver.part import part_of
from so247.solver.problem import Builder, Clique, Option, Problem, Row, Task, Tier
from so247.solver.search_feasible import BARE, DEEP, LIGHT, QUICK, fewest_empty, holdable

SOME = settings(max_examples=60, derandomize=True, deadline=None, database=None)
RULES = ("red", "green")


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to four tasks and three people; rows and cliques over options and blocks of them."""
    tasks, people = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    builder = Builder(people=[f"p{n}" for n in range(people)], contracts=["c"])
    builder.tasks = [Task(f"t{n}", 1, 1, Tier.COVERAGE) for n in range(tasks)]
    for task, person in product(range(tasks), range(people)):
        if draw(st.booleans()):
            builder.options.append(Option(task, person, 0, 10 * task, 10 * task + 9))
    count = len(builder.options)
    if count:
        subsets = st.lists(st.integers(0, count - 1), min_size=1, max_size=count, unique=True)
        for _ in range(draw(st.integers(0, 4))):
            rule = draw(st.sampled_from(RULES))
            if draw(st.booleans()):
                builder.at_most_one(rule, draw(subsets))
            else:
                blocks = [builder.any_of(draw(subsets)) for _ in range(draw(st.integers(1, 2)))]
                terms = [(v, 1) for v in (*draw(subsets), *blocks)]
                builder.at_most(rule, 0, terms, draw(st.integers(0, 2)))
        for task in range(tasks):
            here = [v for v, option in enumerate(builder.options) if option.task == task]
            builder.at_most_one("cover.one_holder", here)
    return builder.build()


def legal(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every choice that breaks nothing."""
    evaluator = Evaluator(problem)
    for choice in product((0, 1), repeat=len(problem.options)):
        if not evaluator.broken(choice):
            yield choice


def empty_in(problem: Problem, choice: tuple[int, ...]) -> int:
    held = {option.task for v, option in enumerate(problem.options) if choice[v]}
    return len(problem.tasks) - len(held)


@SOME
@given(problems())
def test_the_answers_are_those_of_trying_every_choice(problem: Problem) -> None:
    fewest = min(empty_in(problem, choice) for choice in legal(problem))
    tasks = range(len(problem.tasks))
    for configuration in (QUICK, LIGHT, DEEP, BARE):
        answer = holdable(problem, tasks, 10, configuration)
        assert (answer.answered is Answered.FEASIBLE) is (fewest == 0)
    best = fewest_empty(problem, tasks, 10)
    assert (best.value, best.bound) == (fewest, fewest)
    if fewest:
        fewer = fewest_empty(problem, tasks, 10, at_most=fewest - 1)
        assert fewer.answered is Answered.INFEASIBLE


@SOME
@given(problems(), st.sampled_from(RULES))
def test_a_part_allows_what_the_kept_rules_allow(problem: Problem, dropped: str) -> None:
    """Dropping a rule in the part is the same as never having stated it."""

    def keeps(entry: Row | Clique) -> bool:
        return entry.rule != dropped

    part = part_of(problem, range(len(problem.options)), keeps)
    evaluator, whole = Evaluator(part.problem), Evaluator(problem)
    for choice in product((0, 1), repeat=len(problem.options)):
        assert (not evaluator.broken(choice)) is (set(whole.broken(choice)) <= {dropped})


@SOME
@given(problems(), st.data())
def test_options_left_out_of_a_part_are_never_chosen(problem: Problem, data: st.DataObject) -> None:
    count = len(problem.options)
    kept = data.draw(st.sets(st.integers(0, max(0, count - 1)), max_size=count)) if count else set()
    part = part_of(problem, kept, lambda _: True)
    assert part.options == tuple(sorted(kept))
    inside = Evaluator(part.problem)
    for choice in product((0, 1), repeat=len(kept)):
        whole = [0] * count
        for new, old in enumerate(part.options):
            whole[old] = choice[new]
        assert inside.broken(choice) == Evaluator(problem).broken(whole)


def test_a_cancelled_no_is_no_answer() -> None:
    problem = Builder(people=["p"], contracts=["c"])
    problem.tasks = [Task("a", 1, 1, Tier.COVERAGE), Task("b", 1, 1, Tier.COVERAGE)]
    problem.options = [Option(0, 0, 0, 0, 1), Option(1, 0, 0, 0, 1)]
    problem.at_most_one("red", (0, 1))
    built = problem.build()
    assert holdable(built, (0, 1), 5).answered is Answered.INFEASIBLE
    cancel = Cancel()
    cancel.cancel()
    assert holdable(built, (0, 1), 5, QUICK, cancel).answered is Answered.UNKNOWN


def test_a_task_without_options_cannot_be_held() -> None:
    problem = Builder(people=["p"], contracts=["c"])
    problem.tasks = [Task("a", 1, 1, Tier.COVERAGE)]
    assert holdable(problem.build(), (0,), 5).answered is Answered.INFEASIBLE


@pytest.mark.parametrize("most", [0, 1])
def test_at_most_so_many_of_some_options(most: int) -> None:
    # Two tasks, one person for each: with at most one of the two options only one task is held.
    problem = Builder(people=["p", "q"], contracts=["c"])
    problem.tasks = [Task("a", 1, 1, Tier.COVERAGE), Task("b", 1, 1, Tier.COVERAGE)]
    problem.options = [Option(0, 0, 0, 0, 1), Option(1, 1, 0, 0, 1)]
    answer = holdable(problem.build(), (0, 1), 5, most=((0, 1), most))
    assert answer.answered is Answered.INFEASIBLE
    assert holdable(problem.build(), (0, 1), 5, most=((0, 1), 2)).chosen == (0, 1)
