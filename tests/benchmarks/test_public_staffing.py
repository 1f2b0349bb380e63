"""The public staff scheduling rules as a ``Problem``: each kept and broken, each cost by hand."""

from itertools import product
from pathlib import Path
from random import Random

import pytest
from benchmarks.public.staffing import RULES, choice_of, problem_of, read, rows_of
from benchmarks.public.staffing_file import Cover, Employee, Instance, Request, Shift

from so247.models.errors import RosterError
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Tier

EARLY = Shift("E", 480, frozenset())
NIGHT = Shift("N", 600, frozenset({"E"}))
LOOSE = {
    "most": {"E": 14, "N": 14},
    "max_minutes": 99999,
    "min_minutes": 0,
    "max_run": 14,
    "min_run": 1,
    "min_off": 1,
    "max_weekends": 9,
}


def one(horizon: int = 14, **limits: object) -> Instance:
    """One employee, without limits but those given; day 0 is a Monday."""
    ann = Employee("Ann", **{**LOOSE, **limits})  # type: ignore[arg-type]
    return Instance("tiny", horizon, (EARLY, NIGHT), (ann,), (), ())


def broken(instance: Instance, days: str) -> list[str]:
    """Numbers of the rules that Ann breaks with such days: E, N, or - for off."""
    rows = [("Ann", day, shift) for day, shift in enumerate(days) if shift != "-"]
    found = Evaluator(problem_of(instance)).broken(choice_of(instance, rows))
    return sorted({RULES[each] for each in found})


@pytest.mark.parametrize(
    ("limits", "kept", "against", "rule"),
    [
        # No E the day after N; a day off between clears it, and N after E is fine.
        ({}, "EN-E", "-NE-", "H2"),
        ({"most": {"E": 2, "N": 9}}, "EE-N", "EE-E", "H3"),
        # 480 + 600 = 1080 minutes; two N are 1200.
        ({"max_minutes": 1199}, "E-N-", "N-N-", "H4"),
        ({"min_minutes": 1080}, "E-N-", "E-E-", "H4"),
        ({"min_minutes": 1}, "E---", "----", "H4"),
        ({"max_run": 3}, "EEE-EEE-------", "-EEEE---------", "H5"),
        # A run inside must be long enough; one at either end may be shorter.
        ({"min_run": 3}, "E--EEE-------E", "---EE---------", "H6"),
        ({"min_run": 2}, "E----------EE-", "-------E------", "H6"),
        # The same for days off: one day off at the beginning or the end is free.
        ({"min_off": 3}, "-EE---EEEEEEE-", "-EE--EEEEEEEEE", "H7"),
        ({"min_off": 2}, "-EE--EEEEEEEE-", "EEE-EEEEEEEEEE", "H7"),
        # Days 5, 6 and 12, 13 are weekends; one with both days counts once.
        ({"max_weekends": 1}, "-----EE-------", "-----E-------E", "H8"),
        ({"max_weekends": 0}, "EEEEE--EEEEE--", "------E-------", "H8"),
    ],
)
def test_each_rule_is_kept_and_broken(limits, kept, against, rule) -> None:
    instance = one(len(kept), **limits)
    assert broken(instance, kept) == []
    assert broken(instance, against) == [rule]


def test_two_shifts_on_a_day_break_the_first_rule() -> None:
    instance = one(1)
    found = Evaluator(problem_of(instance)).broken([1, 1])
    assert [RULES[each] for each in found] == ["H1"]


def test_days_off_and_shifts_not_allowed_have_no_option() -> None:
    instance = one(3, days_off=frozenset({1}), most={"E": 3, "N": 0})
    assert len(problem_of(instance).options) == 2
    with pytest.raises(RosterError) as caught:
        choice_of(instance, [("Ann", 0, "E"), ("Ann", 1, "E"), ("Ann", 2, "N"), ("Eve", 2, "E")])
    # All three that nobody may ever work: the day off, the shift with most 0, the unknown name.
    assert [each.line for each in caught.value.problems] == [2, 3, 4]


def test_minutes_that_nobody_can_reach_stay_demanded() -> None:
    # No option is left at all, but the least is: the roster cannot be legal.
    instance = one(2, days_off=frozenset({0, 1}), min_minutes=480)
    assert broken(instance, "--") == ["H4"]


def test_every_cost_by_hand() -> None:
    people = (Employee("Ann", **LOOSE), Employee("Bob", **LOOSE))  # type: ignore[arg-type]
    requests = (
        Request(0, 0, 0, 7, on=True),  # met: nothing
        Request(0, 1, 0, 5, on=True),  # Ann has N then: 5
        Request(1, 0, 0, 3, on=False),  # Bob has it: 3
        Request(1, 1, 0, 2, on=False),  # he does not: nothing
    )
    cover = (
        Cover(0, 0, 1, 100, 1),  # two for one: 1
        Cover(1, 1, 3, 100, 1),  # one for three: 200
        Cover(1, 0, 0, 100, 4),  # none for none: nothing
    )
    instance = Instance("tiny", 2, (EARLY, NIGHT), people, requests, cover)
    problem = problem_of(instance)
    choice = choice_of(instance, [("Ann", 0, "E"), ("Ann", 1, "N"), ("Bob", 0, "E")])
    assert Evaluator(problem).tiers(choice)[Tier.COVERAGE] == 5 + 3 + 1 + 200
    # Nothing else is charged anywhere.
    assert sum(Evaluator(problem).tiers(choice)) == 209


def test_a_shift_that_nobody_may_work_costs_its_need_and_the_wish_for_it() -> None:
    people = (Employee("Ann", **{**LOOSE, "most": {"E": 1}}),)  # type: ignore[arg-type]
    requests = (Request(0, 0, 1, 6, on=True), Request(0, 0, 1, 8, on=False))
    instance = Instance("tiny", 1, (EARLY, NIGHT), people, requests, (Cover(0, 1, 2, 50, 1),))
    # Two short at 50, and the wish that cannot be met; the wish against it is always met.
    assert Evaluator(problem_of(instance)).tiers([0])[Tier.COVERAGE] == 106


def test_rotation_forbids_exactly_the_pairs_of_the_file() -> None:
    chance = Random(3)
    names = [f"s{at}" for at in range(5)]
    for _ in range(10):
        shifts = tuple(
            Shift(name, 60, frozenset(each for each in names if chance.random() < 0.4))
            for name in names
        )
        ann = Employee("Ann", **{**LOOSE, "most": dict.fromkeys(names, 2)})  # type: ignore[arg-type]
        instance = Instance("tiny", 2, shifts, (ann,), (), ())
        evaluator = Evaluator(problem_of(instance))
        for today, tomorrow in product(shifts, shifts):
            choice = choice_of(instance, [("Ann", 0, today.id), ("Ann", 1, tomorrow.id)])
            expected = ["rotation"] if tomorrow.id in today.forbidden else []
            assert evaluator.broken(choice) == expected


def test_a_choice_and_its_rows_are_the_same_thing() -> None:
    instance = one(4)
    choice = [1, 0, 0, 1, 0, 0, 1, 0]
    rows = rows_of(instance, choice)
    assert rows == [("Ann", 0, "E"), ("Ann", 1, "N"), ("Ann", 3, "E")]
    assert choice_of(instance, rows) == choice


def test_options_are_in_order_of_person_day_and_shift_and_within_their_day(tmp_path: Path) -> None:
    text = (
        "SECTION_HORIZON\n3\nSECTION_SHIFTS\nE,480,\nN,1440,E\nSECTION_STAFF\n"
        "Ann,E=3|N=3,9999,0,3,1,1,1\nBob,N=3,9999,0,3,1,1,1\nSECTION_DAYS_OFF\n"
        "SECTION_SHIFT_ON_REQUESTS\nSECTION_SHIFT_OFF_REQUESTS\nSECTION_COVER\n"
    )
    (tmp_path / "tiny.txt").write_text(text)
    problem = problem_of(read(tmp_path / "tiny.txt"))
    keys = [(each.person, each.start) for each in problem.options]
    assert keys == sorted(set(keys))
    for option in problem.options:
        assert option.start // 1440 == (option.end - 1) // 1440
        # Tasks are numbered by day, then by shift: two shifts a day.
        assert option.start // 1440 == option.task // 2
