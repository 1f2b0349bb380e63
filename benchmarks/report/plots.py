"""How every plot looks, and how it is written: the same results give the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from so247.models.errors import NotFound

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LOOKS: dict[str, tuple[str, str, str]] = {
    "ours": ("#0b5fa5", "-", "o"),
    "straightforward": ("#c1440e", "--", "s"),
    "highs": ("#5b8c2a", "-.", "^"),
    "greedy": ("#7a5195", ":", "D"),
    "timefold": ("#8a6d00", (0, (5, 1, 1, 1, 1, 1)), "v"),  # type: ignore[dict-item]
}
"""Competitor -> colour, line and mark: no two are told apart by colour alone."""
OTHER = ("#555555", ":", "x")
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "so247",  # ids in the file are otherwise drawn at random
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.0,
    "axes.titleweight": "bold",
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "figure.facecolor": "white",
}

LEGEND = 1.3
"""Inches that a name takes in a legend."""
MUCH = 20
"""Values that differ by more than so many times are drawn on a logarithmic axis."""

Draw = Callable[["Axes"], None]


def look(competitor: str) -> dict[str, Any]:
    colour, line, _ = LOOKS.get(competitor, OTHER)
    return {"color": colour, "linestyle": line, "linewidth": 2.0 if competitor == "ours" else 1.3}


def mark(competitor: str) -> dict[str, Any]:
    colour, _, marker = LOOKS.get(competitor, OTHER)
    return {"color": colour, "marker": marker}


def panels(
    draws: Sequence[Draw], columns: int, size: tuple[float, float], names: Iterable[str] = ()
) -> Figure:
    """Small plots in rows, under one legend of competitors.

    Raises ``NotFound`` when matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise NotFound("plots need matplotlib. Maybe pip install 'so247[bench]'.") from None
    from matplotlib.figure import Figure as New
    from matplotlib.lines import Line2D

    columns = max(1, min(columns, len(draws)))
    rows = -(-len(draws) // columns)
    with mpl.rc_context(STYLE):
        figure = New(figsize=(size[0] * columns, size[1] * rows + 0.5), layout="constrained")
        axes = list(figure.subplots(rows, columns, squeeze=False).flat)
        for axis, draw in zip(axes, draws, strict=False):
            draw(axis)
        for axis in axes[len(draws) :]:
            axis.set_visible(False)
        known = list(names)
        if known:
            marks = [Line2D([], [], **look(each), marker=mark(each)["marker"]) for each in known]
            # In several rows where one would be wider than the figure.
            beside = max(1, min(len(known), int(size[0] * columns / LEGEND)))
            figure.legend(marks, known, loc="outside upper center", ncols=beside)
    return figure


def over_time(axes: Axes, first: float, last: float) -> None:
    """A logarithmic axis of CPU seconds, with seconds in full."""
    axes.set_xscale("log")
    axes.set_xlim(first, last)
    ticks = [second for second in (0.01, 0.1, 1, 10, 100, 1000) if first <= second <= last]
    axes.set_xticks(ticks, [f"{second:g}" for second in ticks])
    axes.set_xlabel("CPU seconds")


def heights(axes: Axes, least: float, most: float) -> None:
    """An axis of counts: in equal steps, or logarithmic from nothing on where they differ much."""
    from matplotlib.ticker import MaxNLocator

    if most > MUCH * max(1.0, least):
        axes.set_yscale("symlog", linthresh=1)
        axes.set_ylim(-0.3, most * 2)  # a line at nothing is seen above the axis
        return
    room = max(1.0, most - least) * 0.15
    axes.set_ylim(least - room, max(most + room, least + 1))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))


def in_full(axes: Axes, least: float, most: float) -> None:
    """A logarithmic axis whose numbers are written out: 0.3, 1, 3, 10."""
    powers = range(-4, 6)
    known = [digit * 10.0**power for power in powers for digit in (1, 3)]
    low = max(each for each in known if each <= max(least, known[0]))
    high = min(each for each in known if each >= min(most, known[-1]))
    ticks = [each for each in known if low <= each <= high]
    axes.set_ylim(low * 0.9, high * 1.1)
    axes.set_yticks(ticks, [f"{each:g}" for each in ticks])


def save(figure: Figure, file: Path) -> None:
    """As SVG, without a date."""
    import matplotlib as mpl

    file.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    # The writer leaves spaces at the ends of lines; nobody wants those in a diff.
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
