"""A conflict is impossible by itself and needs each member, whatever the problem looks like."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from so247.models.proof import Answered
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Builder, Option, Task, Tier
from so247.solver.whynot.conflict import find_conflict, without
from so247.solver.whynot.question import Key, Questions

SOME = settings(max_examples=40, derandomize=True, deadline=None, database=None)


@st.composite
def shortages(draw: st.DrawFn) -> Questions:
    """Few people for some duties, with leave, norms and contracts that may or may not matter."""
    tasks, people = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    builder = Builder(people=[f"p{n}" for n in range(people)], contracts=["c"])
    builder.tasks = [Task(f"t{n}", 1, 1, Tier.COVERAGE) for n in range(tasks)]
    bars: list[frozenset[Key]] = []
    for task, person in product(range(tasks), range(people)):
        builder.options.append(Option(task, person, 0, 1440 * task, 1440 * task + 900))
        away = draw(st.integers(0, 2)) == 0
        bars.append(frozenset({Key("eligible.absence", person)}) if away else frozenset())
    for person in range(people):
        mine = [v for v, option in enumerate(builder.options) if option.person == person]
        if draw(st.booleans()):
            with builder.naming("norm"):
                builder.at_most("norm.rolling_count", person, [(v, 1) for v in mine], 1)
        if draw(st.booleans()):
            with builder.naming("rest"):
                for one, other in pairwise(mine):
                    builder.at_most_one("norm.rest", (one, other))
    return Questions(builder.build(), bars, {})


def possible(questions: Questions, duties: tuple[int, ...], force: frozenset[Key]) -> bool:
    """By trying every choice, without the solver."""
    part = questions.part(duties, force)
    evaluator = Evaluator(part.problem)
    for choice in product((0, 1), repeat=len(part.options)):
        held = {part.problem.options[v].task for v, taken in enumerate(choice) if taken}
        if held >= set(duties) and not evaluator.broken(choice):
            return True
    return False


@SOME
@given(shortages())
def test_a_conflict_is_impossible_and_each_member_is_needed(questions: Questions) -> None:
    duties = tuple(range(len(questions.problem.tasks)))
    everything = questions.everything
    assume(not possible(questions, duties, everything))
    found = find_conflict(questions, duties, duties, (), 60)
    assert found is not None
    force = frozenset(found.keys)
    assert found.minimal
    assert {each.answer for each in found.solves} == {Answered.INFEASIBLE}
    assert not possible(questions, found.duties, force)
    for duty in found.duties:
        assert possible(questions, tuple(d for d in found.duties if d != duty), force)
    for key in found.keys:
        assert possible(questions, found.duties, force - {key})


@SOME
@given(st.sets(st.integers(0, 12), min_size=1), st.integers(0, 12))
def test_leaving_out_keeps_exactly_what_is_needed(needed: set[int], more: int) -> None:
    # Impossible is everything that holds the needed ones: so those remain, and nothing else.
    items = tuple(range(max(needed) + more + 1))
    assert set(without(items, lambda some: needed <= set(some))) == needed


def test_no_time_is_no_conflict() -> None:
    builder = Builder(people=["p"], contracts=["c"])
    builder.tasks = [Task("a", 1, 1, Tier.COVERAGE), Task("b", 1, 1, Tier.COVERAGE)]
    builder.options = [Option(0, 0, 0, 0, 1), Option(1, 0, 0, 0, 1)]
    builder.at_most_one("time.one_at_a_time", (0, 1))
    questions = Questions(builder.build(), [frozenset(), frozenset()], {})
    assert find_conflict(questions, (0, 1), (0, 1), (), -1) is None
