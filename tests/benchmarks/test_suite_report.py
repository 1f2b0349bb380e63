"""The report: medians over seeds, targets, and pictures, from results alone."""

import ast
import math
import subprocess
from dataclasses import replace
from pathlib import Path

import benchmarks.peers
import pytest
from benchmarks.measure.results import Record
from benchmarks.peers import PEERS
from benchmarks.ratios import first_at, ratios
from benchmarks.report import fit, page, targets, targets_ours
from benchmarks.report.chosen import choose
from benchmarks.report.drawn import complete, duties, peers, steps
from benchmarks.report.plots import heights, in_full
from benchmarks.report.same import unchanged
from benchmarks.tables import number, percent, table

from so247.models.errors import InputError

RECORD = Record(
    revision="r1",
    dirty=False,
    at="2026-01-01T00:00:00+00:00",
    subject="search",
    case="staffing/Instance1",
    competitor="ours",
    seconds=120.0,
    seed=1,
    outcome="finished",
    megabytes=100.0,
    machine={
        "cpu": "x",
        "cores": 2,
        "memory_gb": 8,
        "system": "y",
        "python": "3.11",
        "packages": {},
    },
)

ONE = ("staffing/Instance1", 120.0)


def staffed(seed: int, cost: int | None, *, checked: int | None = None, **more) -> Record:
    """A search on a public instance that found this cost at its third CPU second."""
    found = {} if cost is None else {"values": (cost,), "curve": ((3.0, (cost,)),)}
    judged = {"checked_cost": cost if checked is None else checked, "rules_broken": 0}
    counts = {} if cost is None else judged
    return replace(RECORD, seed=seed, best=1000, counts=counts, **found, **more)


def rows(section: targets.Section) -> dict[str, targets.Row]:
    return {each.what: each for each in section.rows}


def test_the_median_counts_a_seed_without_a_roster_as_the_worst() -> None:
    two = choose([staffed(1, 1010), staffed(2, None), staffed(3, 1002)])
    # 1002, 1010, none: the middle one is 1010.
    assert two.search("staffing/Instance1", 120.0).cost == 1010
    one = choose([staffed(1, 1010), staffed(2, None), staffed(3, None)])
    assert one.search("staffing/Instance1", 120.0).cost is None


def test_the_typical_roster_is_the_middle_one_tier_by_tier() -> None:
    values = [(0, 9), (1, 0), (0, 5)]
    found = choose([replace(RECORD, seed=at, values=each) for at, each in enumerate(values)])
    # In order: (0, 5), (0, 9), (1, 0).
    assert found.search("staffing/Instance1", 120.0).typical.values == (0, 9)


def test_the_newest_unchanged_code_is_reported_unless_asked() -> None:
    old, new = staffed(1, 5), staffed(1, 6, revision="r2")
    changed = staffed(1, 7, revision="r2+ab", dirty=True)
    assert choose([old, new, changed]).revision == "r2"
    assert choose([old, new, changed], "r1").others == ("r2", "r2+ab")
    with pytest.raises(InputError, match=r"no results of this revision.*r1, r2"):
        choose([old, new], "r9")
    with pytest.raises(InputError, match="there are no results"):
        choose([])


def test_of_a_repeated_measurement_the_last_counts() -> None:
    found = choose([staffed(1, 1010), staffed(1, 1001)])
    assert found.search("staffing/Instance1", 120.0).cost == 1001


@pytest.mark.parametrize(
    ("costs", "verdict"),
    [
        ((1005, 1005, 1005), "yes"),  # 0.5 % is allowed
        ((1001, 1006, 1006), "**no**"),  # the median is 0.6 % above
        ((1001, 1002), "yes (too few seeds)"),
        ((None, None, 1000), "**no**"),
    ],
)
def test_a_target_is_judged_by_the_median_of_three(costs, verdict) -> None:
    found = choose([staffed(seed, cost) for seed, cost in enumerate(costs)])
    row = rows(targets.staffing(found, 120.0, targets.WITHIN_120))["Instance1"]
    assert targets.verdict(row) == verdict


def test_a_cost_that_the_checker_does_not_confirm_holds_nothing() -> None:
    found = choose([staffed(1, 1000), staffed(2, 1000, checked=1100), staffed(3, 1000)])
    row = rows(targets.staffing(found, 120.0, targets.WITHIN_120))["Instance1"]
    assert not row.holds
    assert "the checker counts otherwise" in row.measured


def test_what_was_not_measured_is_neither_yes_nor_no() -> None:
    row = rows(targets.staffing(choose([staffed(1, 1000)]), 600.0, targets.WITHIN_600))["Instance3"]
    assert targets.verdict(row) == "not measured"


def test_bounds_are_counted_within_one_percent() -> None:
    found = choose([staffed(1, 1000, seconds=600.0, bounds=(990,))])
    section = rows(targets.bounds(found, 600.0))
    assert section["within 1 % of best known"].measured == "1"
    below = choose([staffed(1, 1000, seconds=600.0, bounds=(989,))])
    assert rows(targets.bounds(below, 600.0))["within 1 % of best known"].measured == "0"


def duty(seed: int, cost: float, at: float, **more) -> Record:
    values = (round(cost * 10**6),)
    return replace(
        RECORD,
        seed=seed,
        case="duty/set/month/equal",
        counts={"checked_cost": more.pop("checked", values[0]), "rules_broken": 0},
        **more,
        values=values,
        curve=((at, values),),
        best=5000.0,
        scale=10**6,
    )


@pytest.mark.parametrize(
    ("cost", "at", "holds"),
    [
        (5000.0, 2.0, True),
        (4999.0, 2.0, True),  # better than what was published
        (5000.004, 2.0, True),  # 0.8 millionths above
        (5000.1, 2.0, False),
        (5000.0, 3.5, False),  # too late
    ],
)
def test_duty_rosters_must_be_optimal_in_time(cost, at, holds) -> None:
    found = choose([duty(seed, cost, at) for seed in (1, 2, 3)])
    assert [each.holds for each in targets.duties(found).rows] == [holds]


def test_duty_rosters_are_confirmed_by_the_second_reading_of_the_rules() -> None:
    rounded = choose([duty(1, 5000.0, 2.0, checked=5_000_000_001)])
    assert targets.duties(rounded).rows[0].holds
    # One duty more or less costs a hundred: no rounding.
    wrong = choose([duty(1, 5000.0, 2.0, checked=5_100_000_000)])
    assert not targets.duties(wrong).rows[0].holds


def test_duty_rosters_that_are_proven_are_counted() -> None:
    sure = [duty(seed, 5000.0, 2.0, bounds=(5_000_000_000,)) for seed in (1, 2)]
    open_ = duty(3, 5000.0, 2.0, bounds=(4_999_999_999,))
    assert "1 proven" in targets.duties(choose([*sure, open_])).rows[0].measured
    assert "0 proven" in targets.duties(choose([open_])).rows[0].measured


def raced(competitor: str, seed: int, curve, bounds=None) -> Record:
    return replace(
        RECORD,
        case="rijnstreek",
        competitor=competitor,
        seed=seed,
        values=curve[-1][1],
        curve=curve,
        bounds=bounds,
    )


SLOW, FAST = (0, 0, 5, 0, 9, 0, 0), (0, 0, 4, 0, 12, 0, 0)


def race(quality: tuple[int, ...], second: float) -> dict[str, targets.Row]:
    """Ours with this quality at this second, beside a peer that has its own after 40."""
    found = [
        record
        for seed in (1, 2, 3)
        for record in (
            raced("ours", seed, ((second, quality),), (0, 0, 4, 0, 11_000, 0, 0)),
            raced("straightforward", seed, ((1.0, (9,) * 7), (40.0, SLOW))),
        )
    ]
    return rows(targets_ours.race(choose(found), "rijnstreek"))


def test_peers_are_compared_tier_by_tier() -> None:
    # Fewer soft norms decides, although more fairness points follow.
    better = race(FAST, 4.0)["against straightforward"]
    assert better.holds
    assert better.measured == "soft_norms 4 to its 5, fairness 12 to its 9"
    assert not race((1, 0, 0, 0, 0, 0, 0), 4.0)["against straightforward"].holds


@pytest.mark.parametrize(("second", "holds"), [(8.0, True), (8.1, False)])
def test_time_to_the_others_quality(second, holds) -> None:
    # The peer needs 40 seconds for its last roster; 8 is five times less, 8.1 is not.
    assert race(FAST, second)["CPU time to the quality of straightforward"].holds is holds


def test_a_tier_is_near_its_bound_within_a_point() -> None:
    near = race((0, 0, 5, 0, 12_000, 0, 2), 4.0)
    assert near["soft_norms"].holds  # one above its bound
    assert near["fairness"].holds  # a thousand thousandths of a point above
    assert not near["travel"].holds  # two above a bound of nothing


def test_of_two_seeds_the_worse_is_the_typical_one() -> None:
    # And so both reach it, and the time that it took is known.
    two = [raced("ours", 1, ((1.0, FAST),)), raced("ours", 2, ((3.0, SLOW),))]
    group = choose(two).search("rijnstreek", 120.0)
    assert group.typical.values == SLOW
    assert group.reached(SLOW) == 2.0


def test_a_comparison_has_the_seeds_of_the_side_that_has_fewer() -> None:
    theirs = [raced("greedy", seed, ((1.0, SLOW),)) for seed in (1, 2, 3)]
    row = rows(targets_ours.race(choose([raced("ours", 1, ((1.0, FAST),)), *theirs]), "rijnstreek"))
    assert row["against greedy"].seeds == 1


def test_a_peer_that_did_not_run_is_named() -> None:
    mine = raced("ours", 1, ((1.0, FAST),))
    without = replace(
        mine, competitor="timefold", outcome="unavailable", note="no Java", values=None
    )
    found = rows(targets_ours.race(choose([mine, without]), "rijnstreek"))
    assert (found["against timefold"].measured, found["against timefold"].holds) == (
        "no Java",
        None,
    )
    assert found["against highs"].holds is None


def test_our_crash_is_a_no_and_not_a_blank() -> None:
    crashed = replace(RECORD, case="rijnstreek", outcome="crashed", note="signal 9")
    theirs = raced("greedy", 1, ((1.0, SLOW),))
    found = rows(targets_ours.race(choose([crashed, theirs]), "rijnstreek"))
    assert found["against greedy"].holds is False
    assert found["every tier"].holds is False
    called = replace(RECORD, subject="check", case="hanzeland-52w", outcome="killed", note="memory")
    (row,) = (r for r in targets_ours.commands(choose([called])).rows if r.holds is not None)
    assert (row.measured, row.holds) == ("killed: memory", False)


@pytest.mark.parametrize(
    ("counts", "holds"),
    [
        ({"hard_breaches": 0, "uncovered_site_minutes": 0}, True),
        ({"hard_breaches": 1, "uncovered_site_minutes": 0}, False),
        ({"hard_breaches": 0, "uncovered_site_minutes": 60}, False),
        ({}, False),
    ],
)
def test_the_independent_check_has_a_say_in_a_race(counts, holds) -> None:
    seeds = [replace(raced("ours", 1, ((1.0, FAST),)), counts=counts)]
    found = rows(targets_ours.race(choose(seeds), "rijnstreek"))
    assert found["our rosters by the independent check"].holds is holds


def test_a_broken_rule_is_no_roster_whatever_it_costs() -> None:
    broken = replace(staffed(1, 1000), counts={"checked_cost": 1000, "rules_broken": 1})
    row = rows(targets.staffing(choose([broken]), 120.0, {1: 0.005}))["Instance1"]
    assert row.holds is False
    month = replace(duty(1, 5000.0, 2.0), counts={"checked_cost": 5_000_000_000, "rules_broken": 2})
    assert not targets.duties(choose([month])).rows[0].holds


def test_the_worst_seed_is_told_beside_the_median() -> None:
    seeds = [staffed(seed, cost) for seed, cost in ((1, 1000), (2, 1010), (3, 1200))]
    row = rows(targets.staffing(choose(seeds), 120.0, {1: 0.05}))["Instance1"]
    assert row.measured == "1010, best known 1000: 1.00 %, worst seed 20.00 %"


def test_the_newest_is_told_by_its_time_and_not_by_its_place() -> None:
    new = replace(staffed(1, 1001), revision="r2", at="2026-02-01T00:00:00+00:00")
    again = replace(staffed(1, 1003), revision="r2", at="2026-03-01T00:00:00+00:00")
    chosen = choose([again, new, staffed(1, 1002)])
    assert chosen.revision == "r2"
    assert chosen.others == ("r1",)
    assert chosen.search(*ONE).cost == 1003


def test_results_of_the_same_code_stand_beside_a_newer_revision() -> None:
    theirs = replace(staffed(1, 1100), competitor="highs")
    later = {"revision": "r2", "at": "2026-02-01T00:00:00+00:00"}
    chosen = choose(
        [staffed(1, 1002), theirs, replace(theirs, values=(1050,), **later)],
        same=lambda *code: code[2] != "highs",
    )
    assert (chosen.revision, chosen.earlier, chosen.others) == ("r2", ("r1",), ())
    assert chosen.search(*ONE).cost == 1002
    assert chosen.search(*ONE, "highs").one.values == (1050,)
    # What had changes that nobody committed stands for nothing but itself.
    unsure = replace(staffed(1, 1002), dirty=True)
    assert choose([unsure, replace(theirs, **later)], same=lambda *_: True).search(*ONE) is None


def test_a_change_to_one_peer_leaves_the_code_of_the_others_the_same(tmp_path) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        command = ["git", "-C", str(tmp_path), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def commit(name: str) -> str:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.read_text() + "x" if file.exists() else "x")
        git("add", ".")
        git("commit", "-qm", name)
        return git("rev-parse", "--short=10", "HEAD")

    git("init", "-q")
    first = commit("benchmarks/peers/highs.py")
    peer = commit("benchmarks/peers/highs.py")
    page_ = commit("benchmarks/report/page.py")
    shared = commit("benchmarks/peers/weights.py")

    def same(old: str, new: str, competitor: str) -> bool:
        return unchanged(old, new, competitor, tmp_path)

    assert same(first, peer, "ours")
    assert not same(first, peer, "highs")
    assert same(peer, page_, "highs")
    assert not same(page_, shared, "ours")
    assert not same(first, "abcdef0123", "ours")  # a commit that is not here
    assert not same(f"{first}..{peer}", page_, "ours")  # the code changed while it was measured


def test_nobody_imports_what_another_competitor_is_made_of() -> None:
    # Else a change to one would be a change to the other, and results would stand that must not.
    folder = Path(benchmarks.peers.__file__).parent
    for file in folder.glob("*.py"):
        owner = next((name for name in PEERS if file.stem.startswith(name)), None)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            module = getattr(node, "module", None) or ""
            used = module.removeprefix("benchmarks.peers.") if "peers." in module else ""
            assert not any(used.startswith(name) for name in PEERS if name != owner), (file, used)


def test_a_race_is_shown_at_the_budget_that_most_had() -> None:
    # At 600 and at 60 ours ran alone, so nothing is compared there.
    race_ = [raced(name, 1, ((1.0, SLOW),)) for name in ("ours", "greedy")]
    alone = [replace(race_[0], seconds=each) for each in (60.0, 600.0)]
    assert choose([*race_, *alone]).raced("rijnstreek") == 120.0
    assert choose(alone).raced("rijnstreek") == 600.0
    assert choose(alone).raced("hanzeland") is None
    # Three seeds of two are worth more than one of three.
    whole = [replace(each, seed=seed, seconds=600.0) for each in race_ for seed in (1, 2, 3)]
    one = [*race_, replace(race_[0], competitor="highs")]
    assert choose([*whole, *one]).raced("rijnstreek") == 600.0


@pytest.mark.parametrize(
    ("counts", "outcome", "holds"),
    [
        ({"rosters": 7, "legal": 2, "judged_otherwise": 0}, "finished", True),
        ({"rosters": 7, "legal": 2, "judged_otherwise": 1}, "finished", False),
        ({"rosters": 5, "legal": 0, "judged_otherwise": 0}, "finished", False),  # no cost compared
        ({}, "crashed", False),
    ],
)
def test_we_and_the_checker_agree_on_every_roster(counts, outcome, holds) -> None:
    same = {"rosters": 7, "legal": 3, "judged_otherwise": 0}
    found = [
        replace(RECORD, subject="agreement", case=case, seconds=0.0, counts=each, outcome=how)
        for case, each, how in (
            ("staffing/Instance1", counts, outcome),
            ("staffing/Instance3", same, "finished"),
        )
    ]
    (row,) = targets.agreement(choose(found)).rows
    assert row.holds is holds
    assert targets.agreement(choose([RECORD])).rows[0].holds is None


@pytest.mark.parametrize("wrong", [None, "without_roster", "double_bookings", "hard_breaches"])
def test_a_country_holds_when_nothing_is_wrong_in_any_seed(wrong) -> None:
    good = dict.fromkeys(("without_roster", "double_bookings", "hard_breaches"), 0)
    seeds = [replace(RECORD, subject="national", case="country/31x26", counts=good)]
    seeds += [replace(seeds[0], seed=2, counts={**good, wrong: 1} if wrong else good)]
    row = targets_ours.country(choose(seeds)).rows[0]
    assert row.holds is (wrong is None)


@pytest.mark.parametrize(
    ("deaths", "missing", "same"),
    [
        (1, 60, True),
        (1, 61, False),  # a minute more than without
        (0, 60, False),  # nobody died, so nothing is shown
    ],
)
def test_coverage_is_the_same_although_a_worker_died(deaths, missing, same) -> None:
    counts = {"regions": 31, "without_roster": 0, "double_bookings": 0}
    whole = replace(
        RECORD,
        subject="national",
        case="country/31x26",
        counts={**counts, "uncovered_site_minutes": 60},
    )
    killed = replace(
        whole,
        subject="national-killed",
        counts={**counts, "uncovered_site_minutes": missing, "workers_killed": deaths},
    )
    found = rows(targets_ours.country(choose([whole, killed])))
    assert found["coverage with a worker killed"].holds is same


def test_a_power_law_is_recognised() -> None:
    points = [(size, 3 * size**1.5) for size in (10, 25, 50, 100, 200)]
    assert fit.exponent(points) == pytest.approx(1.5)
    assert fit.exponent(points[:2]) is None


def test_every_size_stands_in_the_line_of_its_weeks() -> None:
    sizes = [(25, 4, 2.0), (10, 4, 1.0), (10, 26, 3.0)]
    records = [
        replace(RECORD, subject="check", case=f"curve/{p}x{w}", times={"cold": seconds})
        for p, w, seconds in sizes
    ]
    found = fit.families(choose(records))["check"]
    assert [(line.what, line.points) for line in found] == [
        ("4 weeks", ((10, 1.0), (25, 2.0))),
        ("26 weeks", ((10, 3.0),)),
    ]


def test_time_to_a_quality_is_read_from_the_curve() -> None:
    record = replace(RECORD, curve=((1.0, (9, 0)), (2.0, (5, 7)), (6.0, (5, 3))))
    assert first_at(record, (5, 8)) == 2.0
    assert first_at(record, (5, 3)) == 6.0
    assert first_at(record, (4, 0)) is None


def test_a_median_curve_begins_when_most_seeds_have_a_roster() -> None:
    curves = [((1.0, (8,)), (4.0, (2,))), ((2.0, (6,)),), ()]
    found = choose([replace(RECORD, seed=at, curve=each) for at, each in enumerate(curves)])
    group = found.search("staffing/Instance1", 120.0)
    # At 1 only one of three has a roster. At 2: 8, 6, none. At 4: 2, 6, none.
    assert steps(group, lambda values: float(values[0])) == ([2.0, 4.0, 120.0], [8.0, 6.0, 6.0])
    assert group.at(0.5, lambda values: values[0]) == [math.inf] * 3


def test_later_tiers_are_drawn_from_the_first_roster_that_lacks_no_more() -> None:
    # With a gap (7 in the first tier) nobody is unfairly treated, but that is no better roster.
    curve = ((1.0, (7, 0, 0)), (2.0, (0, 0, 9)), (3.0, (0, 0, 4)))
    found = complete(choose([replace(RECORD, curve=curve, values=(0, 0, 4))]).search(*ONE))
    assert [cpu for cpu, _ in found.one.curve] == [2.0, 3.0]


def test_months_that_reached_the_optimum_are_counted_over_time() -> None:
    pytest.importorskip("matplotlib")
    other = replace(duty(1, 5001.0, 1.0), case="duty/set/other/equal")
    (axes,) = duties(choose([duty(1, 5000.0, 2.0), other])).axes
    # One of two months, from its second CPU second to the end of the budget.
    assert axes.get_lines()[0].get_xydata().tolist() == [[2.0, 50.0], [120.0, 50.0]]


@pytest.mark.parametrize(("least", "most"), [(0.2, 0.2), (0.39, 10.14), (1.0, 3.0)])
def test_a_logarithmic_axis_has_numbers_below_and_above_all_that_is_drawn(least, most) -> None:
    figure = pytest.importorskip("matplotlib.figure").Figure()
    axes = figure.subplots()
    axes.set_yscale("log")
    in_full(axes, least, most)
    ticks = [float(label.get_text()) for label in axes.get_yticklabels()]
    assert min(ticks) <= least
    assert max(ticks) >= most


def test_equal_counts_have_whole_numbers_on_their_axis() -> None:
    axes = pytest.importorskip("matplotlib.figure").Figure().subplots()
    heights(axes, 5, 5)
    assert {tick % 1 for tick in axes.get_yticks()} == {0}


def test_the_page_says_who_has_no_roster(tmp_path) -> None:
    pytest.importorskip("matplotlib")
    page.write(choose([staffed(seed, None) for seed in (1, 2, 3)]), tmp_path)
    (row,) = [
        line
        for line in (tmp_path / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| staffing/Instance1")
    ]
    assert "| no roster |" in row


def test_nobody_is_shown_side_by_side_with_himself() -> None:
    pytest.importorskip("matplotlib")
    assert peers(choose([staffed(1, 1010)]), "staffing/", 120.0) is None


def test_revisions_are_compared_seed_by_seed() -> None:
    def built(revision: str, seed: int, seconds: float) -> Record:
        times = {"cold": seconds}
        return replace(RECORD, revision=revision, subject="build", seed=seed, times=times)

    records = [built("a", seed, 2.0 * seed) for seed in (1, 2, 3)]
    records += [built("b", seed, 1.0 * seed) for seed in (1, 2)]
    found = {each.what: each for each in ratios(records, "a", "b")}
    assert found["CPU seconds"].ratios == (0.5, 0.5)
    assert not found["CPU seconds"].enough  # seed 3 has no counterpart, and two are too few


def test_numbers_and_tables() -> None:
    assert [number(5.0), number(5002.651), number(None)] == ["5", "5002.651", "–"]
    assert [percent(0.005), percent(-1e-9), percent(None)] == ["0.50 %", "0.00 %", "–"]
    assert table(("a", "bb"), [("1", "2")]) == "| a   | bb  |\n| --- | --- |\n| 1   | 2   |"


def test_the_same_results_give_the_same_page_and_pictures(tmp_path) -> None:
    pytest.importorskip("matplotlib")
    sized = [
        replace(RECORD, subject="build", case=f"curve/{people}x26", times={"cold": people / 10})
        for people in (10, 25, 50)
    ]
    month = duty(1, 5000.0, 2.0)
    both = [staffed(1, 1010), staffed(1, 1200, competitor="greedy")]
    chosen = choose([*both, month, *sized, raced("ours", 1, ((1.0, SLOW), (2.0, FAST)))])
    first, second = (page.write(chosen, tmp_path / name) for name in ("a", "b"))
    names = [file.name for file in first]
    assert names == [
        "README.md",
        "gap-120.svg",
        "peers-120.svg",
        "duties.svg",
        "tiers-rijnstreek.svg",
        "size.svg",
        "curves.svg",
    ]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
    text = first[0].read_text(encoding="utf-8")
    assert all(f"({name})" in text for name in names[1:])
    assert "exponent 1.00" in first[-2].read_text(encoding="utf-8")
