"""Public instances in a folder: the 24-instance staff scheduling set, and physician duty rosters.

Files are found wherever they lie in the folder, by what they are called: ``Instance*.txt`` and
``*.cdat``. Nothing of them is kept in this repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong
from so247.solver.problem import Problem

if TYPE_CHECKING:
    from benchmarks.measure.cases import Case

DUTY_SCALE = 10**6
"""Costs of the duty rosters are fractions; importer and list count in millionths."""


@dataclass(frozen=True)
class StaffingCase:
    """One of the 24. Its checker is a script called as ``SCRIPT INSTANCE ROSTER.csv``."""

    name: str
    path: Path
    kind: str = "staffing"
    seconds: float = 120.0
    scale: int = 1

    @cached_property
    def instance(self) -> Any:
        from benchmarks.public import staffing

        return staffing.read(self.path)

    @cached_property
    def best(self) -> float | None:
        from benchmarks.public import staffing

        if not (self.path.parent / "bks.csv").is_file():
            return None
        return staffing.best_known(self.path.parent).get(self.path.stem)

    def problem(self) -> Problem:
        from benchmarks.public import staffing

        return staffing.problem_of(self.instance)

    def judge(self, choice: tuple[int, ...], checker: Path | None, /) -> dict[str, int]:
        """Rules broken and cost by the independent checker; nothing without one."""
        from benchmarks.public import checker as other
        from benchmarks.public import staffing

        if checker is None:
            return {}
        said = other.by_checker(checker, self.path, staffing.rows_of(self.instance, choice))
        return {"rules_broken": len(said.broken), "checked_cost": said.cost or 0}


@dataclass(frozen=True)
class DutyCase:
    """One month and model, checked by ``benchmarks/public/score_duties.py``."""

    name: str
    path: Path
    kind: str = "duty"
    seconds: float = 10.0
    scale: int = DUTY_SCALE

    @cached_property
    def best(self) -> float | None:
        from benchmarks.public import duties

        folder = self.path.parents[2]
        if not (folder / "published.csv").is_file():
            return None
        found = duties.best_known(folder).get(self.name.removeprefix("duty/"))
        return None if found is None else found / self.scale

    def problem(self) -> Problem:
        from benchmarks.public import duties

        return duties.problem_of(duties.read(self.path))

    def judge(self, choice: tuple[int, ...], _checker: Path | None, /) -> dict[str, int]:
        """Rules broken and cost by the second reading of the rules, which knows no ``Problem``."""
        from benchmarks.public import duties, score_duties

        month = score_duties.Month(self.path)
        rows = duties.rows_of(duties.read(self.path), choice)
        return {
            "rules_broken": len(list(score_duties.broken(month, rows))),
            "checked_cost": round(score_duties.cost(month, rows) * self.scale),
        }


def found(data: Path) -> list[Case]:
    """The public cases of a folder, small instances first. Raises ``InputError`` if it is none."""
    if not data.is_dir():
        text = "no such folder of public instances"
        raise InputError([Wrong(text, "Maybe --data names another folder.", str(data))])
    files = sorted(data.rglob("Instance*.txt"), key=lambda path: (_number(path), path))
    staffing: list[Case] = [StaffingCase(f"staffing/{path.stem}", path) for path in files]
    duty: list[Case] = [
        DutyCase("/".join(("duty", *path.parent.parts[-2:], path.stem)), path)
        for path in sorted(data.rglob("*.cdat"))
    ]
    return [*staffing, *duty]


def _number(path: Path) -> int:
    digits = re.search(r"\d+", path.stem)
    return int(digits.group()) if digits else 0
