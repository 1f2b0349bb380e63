"""Physician duty rosters: rules and costs by hand, and two who judge from different readings."""

import csv
from itertools import product
from pathlib import Path
from random import Random

import pytest
from benchmarks.measure.published import DutyCase
from benchmarks.public import score_duties
from benchmarks.public.duties import SCALE, best_known, choice_of, problem_of, read, rows_of

from so247.models.errors import InputError, RosterError
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Tier

HEAD = "%V set < 0..9 >\n%A set < 0..9 >\n%J set < 1..2 >\n%W set < 1..2 >\n"
HEAD += "%I set < 1..2 >\n%D set < 1..7 >\n"
ZEROS = [(0, 0, 0, 0)]
EVERY = [(j, i, w, d) for j in (1, 2) for i in (1, 2) for w in (1, 2) for d in range(1, 8)]
UNMET = {1: [0, 5, 10.5, 17], 2: [0, 3, 6]}
LOAD = {who: [0.25 * count**2 for count in range(9)] for who in (1, 2)}


def table(name: str, rows: object) -> str:
    lines = "\n".join("\t" + "\t".join(str(cell) for cell in row) for row in rows)  # type: ignore[attr-defined]
    return f"%{name}[J] = 0 indices <\n{lines}\n>\n"


def costs(name: str, of: dict[int, list[float]]) -> str:
    return table(name, [(who, at, each) for who, row in of.items() for at, each in enumerate(row)])


@pytest.fixture
def month(tmp_path: Path):
    """Writes two weeks of two physicians; both may do both duties unless told otherwise."""

    def write(model: str = "equal", **tables: object) -> Path:
        folder = tmp_path / "set" / "month"
        folder.mkdir(parents=True, exist_ok=True)
        # Duty 1: Mondays, Tuesdays (two of them), weekends; duty 2: Mondays.
        need = [(1, 1, 1), (1, 2, 2), (1, 6, 1), (1, 7, 1), (2, 1, 1)]
        rows = {
            "g_req_on": [(1, 1, 1, 1), (1, 1, 2, 1), (2, 2, 1, 1)],
            "g_req_off": [(2, 2, 1)],
            "D_off": ZEROS,
            "d_bar_duty": need,
            "E_pos": [(*each, 1) for each in EVERY],
        }
        rows = {name: tables.get(name, each) for name, each in rows.items()}
        for name in ("g_req_on", "g_req_off", "D_off"):
            if rows[name] != ZEROS:
                rows[name] = [(*each, 1) for each in rows[name]]  # type: ignore[attr-defined]
        text = HEAD + "".join(table(name, each) for name, each in rows.items())
        text += costs("c", tables.get("c", UNMET))  # type: ignore[arg-type]
        text += costs("c_work", tables.get("c_work", LOAD))  # type: ignore[arg-type]
        path = folder / f"{model}.cdat"
        path.write_text(text)
        return path

    return write


def value(path: Path, rows: list[tuple[int, int, int]]) -> float:
    instance = read(path)
    evaluator = Evaluator(problem_of(instance))
    return evaluator.tiers(choice_of(instance, rows))[Tier.COVERAGE] / SCALE


def test_every_cost_by_hand(month) -> None:
    # A week lacks duty 1 on Mon, Sat, Sun, two on Tue, and duty 2 on Mon: 6 short, 12 in two weeks.
    # Requests unmet: two of physician 1 (10.5), one of physician 2 (3); nothing off is broken.
    assert value(month("unequal"), []) == 1200 + 10.5 + 3
    # Physician 1 has Monday's duty 1 in week 1: one less short, one unmet (5), load 0.25.
    assert value(month("equal"), [(1, 0, 1)]) == 1100 + 5 + 3 + 0.25
    # Physician 2 works the second Monday, which was to be free: two unmet (6).
    assert value(month("unequal"), [(2, 7, 2)]) == 1100 + 10.5 + 6
    # Three duties in all cost 0.25 * 9, not three times 0.25.
    assert value(month("equal"), [(1, 0, 1), (1, 5, 1), (1, 7, 1)]) == 900 + 0 + 3 + 2.25


def test_a_request_for_what_cannot_be_had_is_unmet_whatever_happens(month) -> None:
    # Physician 1 is away on the first Monday: one of the two wishes cannot be met.
    path = month("unequal", D_off=[(1, 1, 1)])
    assert value(path, [(1, 7, 1)]) == 1100 + 5 + 3


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([(1, 0, 1), (1, 0, 2)], "free day after a duty"),  # two on one day are no better
        ([(1, 0, 1), (1, 1, 1)], "free day after a duty"),
        ([(1, 5, 1), (1, 13, 1)], "free weekend after a weekend"),
        ([(1, 0, 1), (2, 0, 1)], "one physician"),
    ],
)
def test_each_rule_is_broken_alone(month, rows, rule) -> None:
    instance = read(month())
    evaluator = Evaluator(problem_of(instance))
    assert evaluator.broken(choice_of(instance, rows)) == [rule]


def test_what_no_rule_forbids(month) -> None:
    instance = read(month())
    evaluator = Evaluator(problem_of(instance))
    # A day between, another physician on the next day, two on a duty that needs two, one weekend.
    for rows in ([(1, 5, 1), (1, 7, 1)], [(1, 0, 1), (2, 1, 1)], [(1, 1, 1), (2, 1, 1)]):
        assert evaluator.broken(choice_of(instance, rows)) == []


def test_nobody_has_an_option_who_is_away_unable_or_not_needed(month) -> None:
    instance = read(
        month(D_off=[(1, 1, 1)], E_pos=[(1, 1, 1, 1, 1), (1, 1, 1, 2, 1), (1, 2, 1, 2, 1)])
    )
    # Monday: away. Tuesday: duty 1; of duty 2 there is none on Tuesdays.
    assert instance.slots == ((1, 1, 1),)
    with pytest.raises(RosterError, match=r"1: no such option|no such option \(found 1, 0, 1\)"):
        choice_of(instance, [(1, 0, 1)])


def test_the_plain_scorer_agrees_on_rosters_by_chance(month) -> None:
    chance = Random(5)
    legal = 0
    for model in ("equal", "unequal"):
        path = month(model)
        instance, plain = read(path), score_duties.Month(path)
        evaluator = Evaluator(problem_of(instance))
        for _ in range(150):
            rows = sorted(chance.sample(instance.slots, chance.randint(0, 5)))
            choice = choice_of(instance, rows)
            assert rows_of(instance, choice) == rows
            assert bool(evaluator.broken(choice)) == bool(list(score_duties.broken(plain, rows)))
            if not evaluator.broken(choice):
                legal += 1
                # Costs in the file are whole millionths here: nothing is lost by rounding.
                cost = evaluator.tiers(choice)[Tier.COVERAGE] / SCALE
                assert cost == pytest.approx(score_duties.cost(plain, rows), abs=1e-9)
    assert 50 < legal < 250  # both verdicts were asked for often


def test_slopes_that_are_no_whole_millionths_stay_convex_and_close(month) -> None:
    third = [count / 3 for count in range(4)]
    path = month("unequal", c={1: third, 2: third[:3]})
    problem = problem_of(read(path))
    # One slope all along: one penalty for each physician, though thirds are rounded.
    assert [each.weight for each in problem.excesses if each.rule == "unmet requests"] == [
        333333
    ] * 2
    assert value(path, []) == pytest.approx(1200 + 2 / 3 + 1 / 3, abs=2e-6)


def test_what_a_search_finds_is_scored_from_the_rules_alone(month) -> None:
    path = month("equal")
    case = DutyCase("duty/set/month/equal", path)
    choice = tuple(choice_of(read(path), [(1, 0, 1)]))
    # 1108.25 as by hand above.
    assert case.judge(choice, None) == {"rules_broken": 0, "checked_cost": 1_108_250_000}
    twice = tuple(choice_of(read(path), [(1, 0, 1), (1, 1, 1)]))
    assert case.judge(twice, None)["rules_broken"] == 1


def test_the_scorer_as_a_script(month, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = tmp_path / "roster.csv"
    with roster.open("w", newline="") as handle:
        csv.writer(handle).writerows([(1, 0, 1), (1, 1, 1)])
    assert score_duties.main(str(month()), str(roster)) == 1
    # Two duties: 1000 short, one wish unmet for each (5 and 3), load 1.
    assert capsys.readouterr().out.splitlines() == [
        "adjacent: physician 1 on days 0 and 1",
        "hard=1 objective=1009.000000",
    ]
    assert score_duties.main(str(month()), str(tmp_path / "none.csv")) == 2


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        # 5 and then only 4 more: the second would be taken before the first.
        ({"c": {1: [0, 5, 9, 14], 2: [0, 3, 6]}}, "unmet requests does not rise ever faster"),
        ({"c_work": {1: [0, 2, 3] + [9] * 6, 2: LOAD[2]}}, "duties does not rise ever faster"),
        # Two requests can be unmet, but the table ends at one: what is not named costs nothing.
        ({"c": {1: [0, 5], 2: [0, 3, 6]}}, "unmet requests does not rise ever faster"),
        ({"E_pos": [(3, 1, 1, 1, 1)]}, "outside its set (found J 3)"),
        ({"E_pos": [(1, 1, 1, "x", 1)]}, "is not all numbers (found 1 1 1 x 1)"),
        ({"d_bar_duty": [(1, 1)]}, "has 2 of 3 fields"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(month, tables, told) -> None:
    path = month(**tables)
    with pytest.raises(InputError) as caught:
        read(path)
    assert any(told in str(each) and each.line for each in caught.value.problems)


def test_a_file_that_is_cut_off_or_named_otherwise_is_no_traceback(month) -> None:
    path = month()
    text = path.read_text()
    path.write_text(text[: text.index("%E_pos")])
    with pytest.raises(InputError, match=r"table is missing \(found E_pos\)"):
        read(path)
    path.write_text(text[: text.rindex(">")])
    with pytest.raises(InputError, match="table has no end"):
        read(path)
    other = path.rename(path.with_name("fair.cdat"))
    other.write_text(text)
    with pytest.raises(InputError, match=r"model is not known \(found fair\)"):
        read(other)
    path.write_text("")
    with pytest.raises(InputError, match=r"set is missing \(found J\)"):
        read(path)


def test_the_name_finds_what_was_published(month, tmp_path: Path) -> None:
    text = "set,month,model,objective\nset,month,equal,12.345678\nset,month,unequal,12\n"
    (tmp_path / "published.csv").write_text(text)
    known = best_known(tmp_path)
    assert known[read(month("equal")).name] == 12345678
    assert known[read(month("unequal")).name] == 12000000
    (tmp_path / "published.csv").write_text(text.replace("12.345678", "?"))
    with pytest.raises(InputError, match=r"published\.csv:2: objective is not a number"):
        best_known(tmp_path)


def test_the_engine_finds_the_best_of_all_rosters(month) -> None:
    from so247 import Limits
    from so247.solver.search import Search

    # Few enough to try all: only these three may work, on one Monday, Tuesday and Saturday.
    able = [(1, 1, 1, 1, 1), (2, 1, 1, 1, 1), (2, 2, 1, 1, 1), (1, 1, 1, 2, 1), (2, 1, 1, 6, 1)]
    path = month(E_pos=able)
    instance, plain = read(path), score_duties.Month(path)
    best = min(
        score_duties.cost(plain, rows)
        for chosen in product((0, 1), repeat=len(instance.slots))
        for rows in [rows_of(instance, chosen)]
        if not list(score_duties.broken(plain, rows))
    )
    problem = problem_of(instance)
    found = Search(problem, Limits(seconds=5, cpu=True), 1, None, None).run()
    assert found.values[Tier.COVERAGE] == round(best * SCALE)
    assert found.bounds[Tier.COVERAGE] == found.values[Tier.COVERAGE]
