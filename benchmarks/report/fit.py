"""Cost over size: a power law fitted to medians, one size changing at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.report.chosen import Chosen

CURVE = re.compile(r"curve/(\d+)x(\d+)")
WEEKS, PEOPLE = 26, 50
"""What stays the same while the other changes."""


@dataclass(frozen=True)
class Line:
    """CPU seconds over one size. ``points``: (size, seconds); ``seeds``: the fewest of a point."""

    what: str
    over: str
    points: tuple[tuple[int, float], ...]
    seeds: int

    @property
    def title(self) -> str:
        return f"{self.what} over {self.over}"

    @property
    def exponent(self) -> float | None:
        return exponent(self.points)

    @property
    def said(self) -> str:
        if self.exponent is None:
            return f"too few sizes measured to fit ({len(self.points)})"
        ends = ", ".join(f"{seconds:.2f} s at {size}" for size, seconds in self.points)
        return f"size^{self.exponent:.2f} ({ends})"


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope through the logarithms, by least squares; ``None`` for fewer than three points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 3:
        return None
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    spread = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / spread if spread else None


def lines(chosen: Chosen) -> list[Line]:
    """Every figure over people and over weeks, as far as it was measured."""
    return [line for line in _all(chosen) if line.points]


def _all(chosen: Chosen) -> Iterator[Line]:
    from benchmarks.report.targets_ours import complete

    def first(case: str) -> tuple[float | None, int]:
        group = chosen.find("search", case)
        return (group.middle(complete), group.seeds) if group is not None else (None, 0)

    def cold(subject: str) -> Callable[[str], tuple[float | None, int]]:
        def of(case: str) -> tuple[float | None, int]:
            group = chosen.find(subject, case)
            return (group.cold, group.seeds) if group is not None else (None, 0)

        return of

    figures = (
        ("stating the problem", "build", cold("build")),
        ("check", "check", cold("check")),
        ("first complete roster", "search", first),
    )
    for what, subject, figure in figures:
        for over in ("people", "weeks"):
            found = []
            for case in chosen.cases(subject, "curve/"):
                people, weeks = _size(case)
                if (weeks == WEEKS) if over == "people" else (people == PEOPLE):
                    seconds, seeds = figure(case)
                    if seconds is not None:
                        found.append((people if over == "people" else weeks, seconds, seeds))
            found.sort()
            seeds = min((each[2] for each in found), default=0)
            yield Line(what, over, tuple((x, y) for x, y, _ in found), seeds)


def _size(case: str) -> tuple[int, int]:
    match = CURVE.fullmatch(case)
    return (int(match[1]), int(match[2])) if match else (0, 0)
