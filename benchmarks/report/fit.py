"""Cost over size: a power law fitted to medians, one size changing at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


Figure = Callable[[str], tuple[float | None, int]]
"""Case -> median CPU seconds and how many seeds they are of."""


def families(chosen: Chosen) -> dict[str, list[Line]]:
    """Figure -> a line over people for each number of weeks: every size that was measured."""
    found: dict[str, list[Line]] = {}
    for what, subject, figure in _figures(chosen):
        cases = chosen.cases(subject, "curve/")
        for weeks in sorted({_size(case)[1] for case in cases}):
            rows = [(_size(case)[0], case) for case in cases if _size(case)[1] == weeks]
            line = _line(f"{weeks} weeks", "people", rows, figure)
            if line.points:
                found.setdefault(what, []).append(line)
    return found


def _all(chosen: Chosen) -> Iterator[Line]:
    for what, subject, figure in _figures(chosen):
        sizes = {case: _size(case) for case in chosen.cases(subject, "curve/")}
        over_people = [(people, case) for case, (people, weeks) in sizes.items() if weeks == WEEKS]
        over_weeks = [(weeks, case) for case, (people, weeks) in sizes.items() if people == PEOPLE]
        yield _line(what, "people", over_people, figure)
        yield _line(what, "weeks", over_weeks, figure)


def _figures(chosen: Chosen) -> Iterator[tuple[str, str, Figure]]:
    """What it is, which subject measures it, and where to read it."""
    from benchmarks.report.targets_ours import complete

    def first(case: str) -> tuple[float | None, int]:
        group = chosen.find("search", case)
        return (group.middle(complete), group.seeds) if group is not None else (None, 0)

    def cold(subject: str) -> Figure:
        def of(case: str) -> tuple[float | None, int]:
            group = chosen.find(subject, case)
            return (group.cold, group.seeds) if group is not None else (None, 0)

        return of

    yield "stating the problem", "build", cold("build")
    yield "check", "check", cold("check")
    yield "search until the first complete roster", "search", first


def _line(what: str, over: str, rows: Iterable[tuple[int, str]], figure: Figure) -> Line:
    """The line through those cases of which there is a figure."""
    found = [(size, *figure(case)) for size, case in sorted(rows)]
    known = [(size, seconds, seeds) for size, seconds, seeds in found if seconds is not None]
    seeds = min((each[2] for each in known), default=0)
    return Line(what, over, tuple((size, seconds) for size, seconds, _ in known), seeds)


def _size(case: str) -> tuple[int, int]:
    match = CURVE.fullmatch(case)
    return (int(match[1]), int(match[2])) if match else (0, 0)
