"""The ``Problem`` of a public instance says of a roster what an independent checker says of it."""

from pathlib import Path
from random import Random

import pytest
from benchmarks.public.checker import by_checker, instances, main, same_as_checker

from so247.models.errors import InputError

CHECKER = Path(__file__).with_name("plain_checker.py")


def instance(folder: Path, seed: int) -> Path:
    """A small instance by chance: three weeks, four people, three shifts."""
    chance = Random(seed)
    shifts = {"E": "", "D": "E", "N": "E|D"}
    lines = ["SECTION_HORIZON", "21", "SECTION_SHIFTS"]
    lines += [f"{name},{480 + 60 * at},{after}" for at, (name, after) in enumerate(shifts.items())]
    lines.append("SECTION_STAFF")
    for name in "PQRS":
        most = "|".join(f"{each}={chance.choice((0, 4, 9, 21))}" for each in shifts)
        runs = f"{chance.randint(3, 6)},{chance.randint(1, 3)},{chance.randint(1, 3)}"
        lines.append(f"{name},{most},{chance.randint(3000, 7000)},1200,{runs},2")
    lines += ["SECTION_DAYS_OFF", f"P,{chance.randrange(21)}", "SECTION_SHIFT_ON_REQUESTS"]
    lines += requests(chance)
    lines.append("SECTION_SHIFT_OFF_REQUESTS")
    lines += requests(chance)
    lines.append("SECTION_COVER")
    lines += [f"{day},{each},{chance.randint(0, 2)},100,1" for day in range(21) for each in shifts]
    path = folder / f"Instance{seed}.txt"
    path.write_text("\n".join(lines))
    return path


def requests(chance: Random) -> list[str]:
    picks = ("PQRS", range(21), "EDN", range(1, 4))
    return [",".join(str(chance.choice(each)) for each in picks) for _ in range(8)]


@pytest.mark.parametrize("seed", range(3))
def test_both_say_the_same_of_legal_and_illegal_rosters(tmp_path: Path, seed: int) -> None:
    compared = same_as_checker(instance(tmp_path, seed), CHECKER, (0, 2, 10, 60))
    assert [each for each in compared if not each.same] == []
    # 60 changes at random in 84 person-days leave hardly any run of days legal.
    assert len(compared[-1].theirs.broken) > 1


def test_legal_rosters_and_many_rules_are_among_what_is_compared(tmp_path: Path) -> None:
    # Otherwise "the same" might say that all is broken and nothing is compared.
    found = [
        each.theirs.broken
        for seed in range(3)
        for each in same_as_checker(instance(tmp_path, seed), CHECKER, (0, 0, 1, 10))
    ]
    assert frozenset() in found
    assert {"H2", "H5", "H6", "H7", "H8"} & frozenset().union(*found) >= {"H2", "H6", "H7"}


def script(folder: Path, old: str, new: str) -> Path:
    path = folder / "other.py"
    path.write_text(CHECKER.read_text().replace(old, new))
    return path


def test_a_checker_with_another_cost_or_verdict_is_noticed(tmp_path: Path) -> None:
    path = instance(tmp_path, 0)
    dearer = script(tmp_path, "objective={total}", "objective={total + 1}")
    assert not any(each.same for each in same_as_checker(path, dearer, (0, 5)))
    blind = script(tmp_path, "broken.append", "len")
    assert not all(each.same for each in same_as_checker(path, blind, (60,)))


def test_a_script_that_gives_no_verdict_is_an_error_in_words(tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("print('hello')")
    with pytest.raises(InputError, match=r"the checker gave no verdict \(found hello\)"):
        by_checker(other, instance(tmp_path, 0), [])


def test_a_row_that_nobody_may_work_is_broken_for_both(tmp_path: Path) -> None:
    from benchmarks.public.checker import Compared, Judge
    from benchmarks.public.staffing import read

    path = instance(tmp_path, 0)
    found = read(path)
    off = min(found.staff[0].days_off)
    rows = [("P", off, "E")]
    both = Compared("", Judge(found).verdict(rows), by_checker(CHECKER, path, rows))
    assert both.ours.cost is None
    assert "H9" in both.theirs.broken
    assert both.same


def test_a_folder_is_compared_in_order_and_ends_with_one_when_they_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in (10, 9):
        instance(tmp_path, seed)
    assert [each.stem for each in instances(tmp_path)] == ["Instance9", "Instance10"]
    assert main(str(tmp_path), str(CHECKER)) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in told] == ["Instance9", "Instance10"]
    assert "7 of 7 the same" in told[0]
    blind = script(tmp_path, "broken.append", "len")
    assert main(str(tmp_path), str(blind)) == 1
    assert "differs" in capsys.readouterr().err


def test_an_empty_folder_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no instance"):
        instances(tmp_path)
