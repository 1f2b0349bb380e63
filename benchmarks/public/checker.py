"""python -m benchmarks.public.checker FOLDER CHECKER

Judges rosters of every instance in a folder twice: by the ``Problem`` with its ``Evaluator``, and
by an independent checker, a script called as ``CHECKER INSTANCE ROSTER.csv`` that names broken
rules (a line each, beginning with H1 to H9) and ends with ``hard=N objective=M``. Prints a line
for each instance and ends with 1 when any two verdicts differ.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.public.rosters import changed, plausible
from benchmarks.public.staffing import RULES, Instance, Row, choice_of, problem_of, read
from so247.models.errors import InputError, Problem, RosterError
from so247.solver.evaluate import Evaluator
from so247.solver.problem import Tier

CHANGES = (0, 0, 1, 3, 10, 40, 160)
"""How often each roster is changed at random: not at all, and then more and more."""


@dataclass(frozen=True)
class Verdict:
    """``broken``: numbers of the hard rules that are broken; ``cost``: the objective.

    ``cost`` is None where the roster has rows that nobody may ever work.
    """

    broken: frozenset[str]
    cost: int | None


@dataclass(frozen=True)
class Compared:
    """What two said about one roster of an instance."""

    instance: str
    ours: Verdict
    theirs: Verdict

    @property
    def same(self) -> bool:
        if self.ours.cost is None:
            return bool(self.theirs.broken)
        return self.ours == self.theirs


def natural(path: Path) -> list[int | str]:
    """Sorts Instance9 before Instance11."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def instances(folder: Path | str) -> list[Path]:
    """The instance files in a folder, in order of their numbers."""
    found = sorted(Path(folder).glob("*.txt"), key=natural)
    if not found:
        told = Problem("holds no instance", "Maybe the folder is another one", file=str(folder))
        raise InputError([told])
    return found


def by_checker(script: Path | str, instance: Path | str, rows: Iterable[Row]) -> Verdict:
    """What an independent checker says of a roster. Raises ``InputError`` when it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        with roster.open("w", newline="", encoding="utf-8") as handle:
            csv.writer(handle).writerows(rows)
        command = [sys.executable, str(script), str(instance), str(roster)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    last = re.search(r"hard=(\d+) objective=(-?\d+)\s*\Z", told.stdout)
    if last is None:
        advice = "Maybe another script is meant: it must end with a line hard=N objective=M"
        value = (told.stderr or told.stdout).strip()[-200:]
        raise InputError([Problem("the checker gave no verdict", advice, value, file=str(script))])
    broken = frozenset(re.findall(r"^(H\d)\b", told.stdout, re.MULTILINE))
    if bool(broken) != (last[1] != "0"):  # a line that begins otherwise, such as an unknown name
        broken |= {"other"}
    return Verdict(broken, int(last[2]))


class Judge:
    """Judges rosters of one instance by its ``Problem``."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.evaluator = Evaluator(problem_of(instance))

    def verdict(self, rows: Iterable[Row]) -> Verdict:
        try:
            choice = choice_of(self.instance, rows)
        except RosterError:
            return Verdict(frozenset({"no such option"}), None)
        broken = frozenset(RULES[rule] for rule in self.evaluator.broken(choice))
        return Verdict(broken, self.evaluator.tiers(choice)[Tier.COVERAGE])


def same_as_checker(
    path: Path | str, script: Path | str, changes: Sequence[int] = CHANGES
) -> list[Compared]:
    """Both verdicts on rosters of one instance, made without a solver: legal ones and others."""
    judge = Judge(read(path))
    return [
        Compared(judge.instance.name, judge.verdict(rows), by_checker(script, path, rows))
        for rows in _rosters(judge.instance, changes)
    ]


def _rosters(instance: Instance, changes: Sequence[int]) -> Iterator[list[Row]]:
    for seed, times in enumerate(changes):
        yield changed(instance, plausible(instance, seed), seed, times)


def main(folder: str, script: str) -> int:
    different = 0
    for path in instances(folder):
        compared = same_as_checker(path, script)
        wrong = [each for each in compared if not each.same]
        different += len(wrong)
        legal = [each.theirs.cost for each in compared if not each.theirs.broken]
        broken = sorted({rule for each in compared for rule in each.theirs.broken})
        print(
            f"{path.stem}: {len(compared) - len(wrong)} of {len(compared)} the same; legal, with "
            f"cost: {legal}; broken in others: {' '.join(broken)}",
            flush=True,
        )
        for each in wrong:
            print(f"  differs: ours {each.ours}, the checker's {each.theirs}", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except InputError as error:
        sys.exit(str(error))
