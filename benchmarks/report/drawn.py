"""The plots: gap over time, tiers over time, peers side by side, cost over size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.measure.results import gap
from benchmarks.report import fit
from benchmarks.report.chosen import Chosen, Group
from benchmarks.report.plots import Draw, heights, in_full, look, mark, over_time, panels
from benchmarks.report.targets import optimal_at
from so247.models.result import TIERS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_GAP = 0.0001
"""Where a gap of zero stands on a logarithmic axis."""
LEAST_SECOND = 0.05
MOST_GAP = 100.0
"""Gaps beyond are drawn at the top: rosters that are hardly one."""

LACKING = 2
"""So many tiers, the first ones, say what a roster lacks."""

Values = tuple[int, ...]


def steps(group: Group, figure: Callable[[Values], float]) -> tuple[list[float], list[float]]:
    """The median over the seeds, from the moment at which more than half have a roster."""
    times = sorted({cpu for each in group.records for cpu, _ in each.curve})
    xs, ys = [], []
    for second in times:
        value = median(group.at(second, figure))
        if math.isfinite(value):
            xs.append(max(second, LEAST_SECOND))
            ys.append(value)
    if xs:
        xs.append(group.one.seconds)
        ys.append(ys[-1])
    return xs, ys


def gaps(chosen: Chosen, prefix: str, seconds: float) -> Figure | None:
    """Gap to the best known cost over CPU seconds, an instance a panel."""
    cases = [c for c in chosen.cases("search", prefix) if _known(chosen, c, seconds)]
    cases.sort(key=lambda case: (len(case), case))
    draws = [_gap_panel(chosen, case, seconds) for case in cases]
    if not draws:
        return None
    return panels(draws, 4, (2.7, 2.1), _everybody(chosen, cases, seconds))


def _known(chosen: Chosen, case: str, seconds: float) -> bool:
    found = [chosen.search(case, seconds, name) for name in chosen.competitors(case, seconds)]
    return any(each is not None and each.one.best is not None for each in found)


def _everybody(chosen: Chosen, cases: Sequence[str], seconds: float) -> list[str]:
    return list(dict.fromkeys(name for case in cases for name in chosen.competitors(case, seconds)))


def _gap_panel(chosen: Chosen, case: str, seconds: float) -> Draw:
    def draw(axes: Axes) -> None:
        for name in reversed(chosen.competitors(case, seconds)):
            group = chosen.search(case, seconds, name)
            if group is None or group.one.best is None:
                continue
            best, scale = group.one.best, group.one.scale

            def figure(values: Values, best: float = best, scale: int = scale) -> float:
                return min(MOST_GAP, max(LEAST_GAP, gap(values[0] / scale, best) or 0.0))

            xs, ys = steps(group, figure)
            axes.step(xs, ys, where="post", **look(name))
        over_time(axes, LEAST_SECOND, seconds)
        axes.set(title=case.partition("/")[2], yscale="log")
        axes.set_ylim(LEAST_GAP / 2, MOST_GAP * 2)
        axes.set_yticks([LEAST_GAP, 0.01, 1, 100], ["≤ 0.01 %", "1 %", "100 %", "≥ 100×"])

    return draw


def tiers(chosen: Chosen, case: str) -> Figure | None:
    """Every tier in which the competitors differ, over CPU seconds."""
    seconds = chosen.raced(case)
    if seconds is None:
        return None
    names = chosen.competitors(case, seconds)
    groups = {
        name: group for name in names if (group := chosen.search(case, seconds, name)) is not None
    }
    moving = [at for at in range(len(TIERS)) if _moves(groups.values(), at)]
    if not moving:
        return None
    return panels([_tier_panel(groups, at, seconds) for at in moving], 3, (3.4, 2.2), names)


def _moves(groups: Iterable[Group], at: int) -> bool:
    """Whether a tier has more than one value in what is drawn."""
    drawn = [group if at < LACKING else complete(group) for group in groups]
    records = [record for group in drawn for record in group.records]
    return len({values[at] for record in records for _, values in record.curve}) > 1


def complete(group: Group) -> Group:
    """From when its rosters miss no more than the last: the others cost little, since they lack.

    A duty without a holder breaks up no pair, is nobody's burden, and makes nobody travel.
    """
    kept = [
        replace(
            each,
            curve=tuple(
                (cpu, values)
                for cpu, values in each.curve
                if each.values and values[:LACKING] <= each.values[:LACKING]
            ),
        )
        for each in group.records
    ]
    return Group(tuple(kept))


def _tier_panel(groups: dict[str, Group], at: int, seconds: float) -> Draw:
    def draw(axes: Axes) -> None:
        lines = {
            name: steps(
                group if at < LACKING else complete(group), lambda values: float(values[at])
            )
            for name, group in reversed(groups.items())
        }
        for name, (xs, ys) in lines.items():
            axes.step(xs, ys, where="post", **look(name))
        shown = [each for _, ys in lines.values() for each in ys] or [0.0]
        mine = groups.get("ours")
        if mine is not None and mine.typical is not None and mine.typical.bounds is not None:
            _bound(axes, mine.typical.bounds[at])
            shown.append(mine.typical.bounds[at])
        first = min((each for xs, _ in lines.values() for each in xs), default=LEAST_SECOND)
        over_time(axes, first, seconds)
        axes.set_title(TIERS[at].replace("_", " "))
        heights(axes, min(shown), max(shown))

    return draw


def _bound(axes: Axes, value: float) -> None:
    axes.axhline(value, color="#999999", linewidth=1)
    axes.annotate(
        "bound",
        (1, value),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="bottom",
        color="#777777",
        fontsize=8,
    )


def peers(chosen: Chosen, prefix: str, seconds: float) -> Figure | None:
    """The median gap of everybody on every instance; without a roster, a mark at the right.

    Nothing where nobody stands beside us.
    """
    cases = [c for c in chosen.cases("search", prefix) if _known(chosen, c, seconds)]
    cases.sort(key=lambda case: (len(case), case))
    names = _everybody(chosen, cases, seconds)
    if len(names) < 2:
        return None

    def draw(axes: Axes) -> None:
        for at, name in enumerate(names):
            for row, case in enumerate(cases):
                group = chosen.search(case, seconds, name)
                if group is None:
                    continue
                value = group.gap
                shown = MOST_GAP * 4 if value is None else max(LEAST_GAP, min(value, MOST_GAP))
                y = row + (at - (len(names) - 1) / 2) * 0.13
                axes.plot([shown], [y], linestyle="", markersize=5, **mark(name))
        axes.set_yticks(range(len(cases)), [case.partition("/")[2] for case in cases])
        axes.set_ylim(len(cases) - 0.5, -0.5)
        axes.set_xscale("log")
        axes.set_xlim(LEAST_GAP * 0.7, MOST_GAP * 8)
        ticks = {LEAST_GAP: "≤ 0.01 %", 0.001: "0.1 %", 0.01: "1 %", 0.1: "10 %", 1.0: "100 %"}
        ticks |= {10.0: "10×", MOST_GAP: "≥ 100×", MOST_GAP * 4: "none"}
        axes.set_xticks(list(ticks), list(ticks.values()))
        axes.minorticks_off()
        axes.set_xlabel("gap to the best known cost")

    return panels([draw], 1, (7.5, 0.42 * len(cases) + 0.7), names)


def duties(chosen: Chosen) -> Figure | None:
    """The share of the months tried in which the published optimum was reached, over time."""
    cases = [case for case in chosen.cases("search", "duty/") if chosen.budgets(case)]
    seconds = max((chosen.budgets(case)[-1] for case in cases), default=0.0)
    if not cases:
        return None
    names = _everybody(chosen, cases, seconds)

    def draw(axes: Axes) -> None:
        for name in reversed(names):
            tried = [each for case in cases if (each := chosen.search(case, seconds, name))]
            reached = [when for each in tried if (when := optimal_at(each)) is not None]
            times = sorted(max(each, LEAST_SECOND) for each in reached)
            shares = [100 * count / len(tried) for count in range(1, len(times) + 1)]
            last = shares[-1] if shares else 0
            axes.step([*times, seconds], [*shares, last], where="post", **look(name))
        over_time(axes, LEAST_SECOND, seconds)
        axes.set_ylim(-3, 106)
        axes.set_yticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.set_ylabel("months")

    return panels([draw], 1, (6.4, 2.6), names)


def sizes(chosen: Chosen) -> Figure | None:
    """CPU seconds over people and over weeks, each with its fitted exponent."""
    lines = [line for line in fit.lines(chosen) if len(line.points) > 1]
    draws = []
    for over, fixed in (("people", f"{fit.WEEKS} weeks"), ("weeks", f"{fit.PEOPLE} people")):
        shown = [line for line in lines if line.over == over]
        if shown:
            draws.append(_size_panel(shown, over, fixed))
    return panels(draws, 2, (4.2, 3.2)) if draws else None


def curves(chosen: Chosen) -> Figure | None:
    """Every size: CPU seconds over people, a line for each number of weeks."""
    families = {
        what: shown
        for what, lines in fit.families(chosen).items()
        if (shown := [line for line in lines if len(line.points) > 1])
    }
    draws = [_size_panel(lines, "people", what) for what, lines in families.items()]
    return panels(draws, 3, (3.6, 3.2)) if draws else None


def _size_panel(lines: Sequence[fit.Line], over: str, title: str) -> Draw:
    marks = ("o", "s", "^", "D")

    def draw(axes: Axes) -> None:
        for line, marker in zip(lines, marks, strict=False):
            xs, ys = zip(*line.points, strict=True)
            power = line.exponent
            label = line.what if power is None else f"{line.what}, exponent {power:.2f}"
            axes.plot(xs, ys, marker=marker, markersize=4, linewidth=1.4, label=label)
        axes.set(xscale="log", yscale="log", xlabel=over, ylabel="CPU seconds", title=title)
        ticks = sorted({x for line in lines for x, _ in line.points})
        axes.set_xticks(ticks, list(map(str, ticks)))
        seconds = [y for line in lines for _, y in line.points]
        in_full(axes, min(seconds), max(seconds))
        axes.minorticks_off()
        axes.set_ylim(top=axes.get_ylim()[1] * 2)  # room for the legend
        axes.legend(fontsize=8, loc="upper left")  # cost rises to the right

    return draw
