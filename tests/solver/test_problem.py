"""The builder: what rules say becomes arrays, without double, empty or needless entries."""

from __future__ import annotations

import pickle

import pytest

from so247.solver.problem import AnyOf, Builder, Option, Task, Tier, Total, ones


def builder(pinned: tuple[int, ...] = ()) -> Builder:
    """Four options, of one person each, on four tasks; those in ``pinned`` stand."""
    made = Builder(people=["ann", "bob", "cas", "dee"], contracts=["c"])
    for index in range(4):
        made.tasks.append(Task(f"t{index}", 1, 60, Tier.COVERAGE))
        made.options.append(Option(index, index, 0, 0, 60, pinned=index in pinned))
    return made


def test_any_of_one_is_that_one_and_equal_sets_are_one_variable() -> None:
    made = builder()
    assert made.any_of([2, 2]) == 2
    first = made.any_of([0, 1])
    # Four options come first, so the first derived variable has index 4.
    assert first == 4
    assert made.any_of([1, 0, 1]) == first
    assert made.any_of([1, 2]) == 5
    assert made.build().derived == (AnyOf((0, 1)), AnyOf((1, 2)))


def test_most_counts_any_of_once_and_looks_into_totals() -> None:
    made = builder()
    either = made.any_of([0, 1])
    total = made.total([(2, 10), (3, 5), (either, 1)])
    # Either of two is at most 1; the total at most 10 + 5 + 1; negative terms at most 0.
    assert made.most([(either, 7)]) == 7
    assert made.most([(total, 2), (0, -100)]) == 2 * 16
    assert made.build().derived[-1] == Total(((2, 10), (3, 5), (either, 1)))


def test_cliques_of_one_say_nothing_and_equal_ones_are_said_once() -> None:
    made = builder()
    made.at_most_one("rule", [1])
    made.at_most_one("rule", [1, 1])
    made.at_most_one("rule", [2, 0])
    made.at_most_one("rule", [0, 2, 2])
    assert [each.members for each in made.build().cliques] == [(0, 2)]


def test_a_row_that_cannot_be_broken_is_left_out() -> None:
    made = builder()
    made.at_most("rule", 0, ones([0, 1, 2]), 3)
    assert made.build().rows == ()
    made.at_most("rule", 0, ones([0, 1, 2]), 2)
    assert [(row.terms, row.upper) for row in made.build().rows] == [(((0, 1), (1, 1), (2, 1)), 2)]


def test_a_limit_below_nothing_forbids_everything_and_stays_solvable() -> None:
    made = builder()
    made.at_most("rule", 0, ones([0, 1]), -3)
    # What history holds is beyond the limit: no more, but an empty choice breaks nothing.
    assert [row.upper for row in made.build().rows] == [0]


@pytest.mark.parametrize(("pinned", "upper"), [((0, 1), 5 + 4), ((0,), 6), ((3,), 6)])
def test_pins_beyond_a_limit_stand_and_allow_no_more(pinned: tuple[int, ...], upper: int) -> None:
    made = builder(pinned)
    made.at_most("rule", 0, [(0, 5), (1, 4), (2, 3)], 6)
    # 5 + 4 are pinned: the limit rises to that; 5 alone is within the limit, 3 is another matter.
    assert [row.upper for row in made.build().rows] == [upper]


def test_what_costs_nothing_is_left_out_and_what_always_costs_is_a_constant() -> None:
    made = builder()
    made.cost("rule", Tier.PAIRS, 0, 1, 0)
    made.penalise("rule", Tier.PAIRS, 0, ones([0, 1]), 2, 9)
    made.penalise("rule", Tier.PAIRS, 0, ones([0, 1]), 1, 0)
    # Nothing to choose: two above the limit, at 9 each.
    made.penalise("rule", Tier.WISHES, 0, (), -2, 9)
    made.penalise("rule", Tier.WISHES, 0, (), 2, 9)
    problem = made.build()
    assert (problem.costs, problem.excesses) == ((), ())
    assert problem.constants[Tier.WISHES] == 18
    assert sum(problem.constants) == 18


def test_a_problem_travels_to_another_process_unchanged() -> None:
    made = builder((1,))
    made.at_most("rule", 0, [(made.any_of([0, 1]), 1), (2, 1)], 1)
    problem = made.build()
    assert problem.size == 5
    assert pickle.loads(pickle.dumps(problem)) == problem
