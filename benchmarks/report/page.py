"""The page: which results, on which machine, the targets, the plots, and every median."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure.results import Record
from benchmarks.measure.subjects import OURS
from benchmarks.report import drawn, plots
from benchmarks.report.chosen import Chosen, Group, Id
from benchmarks.report.targets import sections
from benchmarks.tables import number, percent, quality, table
from so247.models.result import TIERS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PAGE = "README.md"
RACED = (
    "case",
    "CPU s given",
    "competitor",
    "roster",
    "bound",
    "CPU s used",
    "MB",
    "seeds",
    "ended",
)
GAPS = "A line begins when more than half of the seeds have a roster. Lower is better."
PEERS = "The median of the seeds; further left is better, and *none* is no roster at all."
DUTIES = "In which part of the months tried the published optimum was reached. Higher is better."
RANKED = (
    "A tier counts only where those before it are equal: who is below a bound, or below us, has "
    "paid for it in an earlier tier. From the third tier on, a line begins with the first roster "
    "that lacks no more than the last one."
)
SIZES = "Both axes are logarithmic, so a power law is a straight line and its exponent the slope."
TIERED = (
    f"A region's roster has {len(TIERS)} costs, in this order: {'/'.join(TIERS)}. Coverage, "
    "sessions and travel count minutes, fairness thousandths of a point, the others what "
    "[RULES.md](../RULES.md) says. A public instance has one cost, beside it its gap to the best "
    "known. The roster and its bounds are the median seed's, of two the worse."
)
SAID = "In its own words, seed by seed where they differ. Who was hindered says so here."
NOTED = ("case", "CPU s given", "competitor", "said")
CALLED = ("subject", "case", "first call", "later calls", "MB", "counts", "seeds", "ended")


def write(chosen: Chosen, folder: Path) -> list[Path]:
    """The page and its plots; the files written. Raises ``NotFound`` without matplotlib."""
    written = []
    shown = []
    for name, title, about, figure in _figures(chosen):
        if figure is not None:
            file = folder / f"{name}.svg"
            plots.save(figure, file)
            written.append(file)
            shown.append(f"## {title}\n\n{about}\n\n![{title}]({file.name})")
    parts = [_head(chosen), *(each.text() for each in sections(chosen)), *shown, *_tables(chosen)]
    page = folder / PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return [page, *written]


def _figures(chosen: Chosen) -> Iterator[tuple[str, str, str, Figure | None]]:
    """File name, title, how to read it, and the picture, if there is anything to draw."""
    for seconds in sorted({s for case in _staffing(chosen) for s in chosen.budgets(case)}):
        title = f"Gap over time, 24 set, {seconds:g} CPU seconds"
        yield f"gap-{seconds:g}", title, GAPS, drawn.gaps(chosen, "staffing/", seconds)
        title = f"Peers side by side, 24 set, {seconds:g} CPU seconds"
        yield f"peers-{seconds:g}", title, PEERS, drawn.peers(chosen, "staffing/", seconds)
    yield "duties", "Physician duty rosters over time", DUTIES, drawn.duties(chosen)
    for case in chosen.cases("search"):
        if "/" not in case:
            yield f"tiers-{case}", f"Tiers over time, {case}", RANKED, drawn.tiers(chosen, case)
    yield "size", "Cost over size", SIZES, drawn.sizes(chosen)
    yield "curves", "Cost of every size", SIZES, drawn.curves(chosen)


def _staffing(chosen: Chosen) -> list[str]:
    return chosen.cases("search", "staffing/")


def _head(chosen: Chosen) -> str:
    records = [record for group in chosen.groups.values() for record in group.records]
    machines = dict.fromkeys(_machine(record) for record in records if record.machine)
    days = sorted({record.at[:10] for record in records})
    dirty = any(record.dirty for record in records)
    changed = " (with changes that are not committed)" if dirty else ""
    earlier = (
        [f"- {_earlier(chosen)}, by `git diff`: a change to one peer leaves the others' standing"]
        if chosen.earlier
        else []
    )
    return "\n".join(
        [
            "# Measured",
            "",
            "Written by `python -m benchmarks report` from the committed results; how they are "
            "measured is in [BENCHMARKS.md](../BENCHMARKS.md). Every figure is a median over "
            "seeds where it does not say otherwise, every second a CPU second.",
            "",
            f"- revision {chosen.revision}{changed}",
            *earlier,
            f"- {len(records)} measurements, {days[0]} to {days[-1]}",
            *(f"- {each}" for each in machines),
        ]
    )


def _earlier(chosen: Chosen) -> str:
    return f"of {' and '.join(chosen.earlier)}, what ran the same code"


def _machine(record: Record) -> str:
    known = record.machine
    packages = "".join(f", {name} {said}" for name, said in known.get("packages", {}).items())
    cpu, cores, memory, system, python = (
        known.get(name, "?") for name in ("cpu", "cores", "memory_gb", "system", "python")
    )
    return f"{cpu}, {cores} cores, {memory} GB, {system}, Python {python}{packages}"


def _tables(chosen: Chosen) -> Iterator[str]:
    """Everything that was measured, so that nothing shown rests on a picture alone."""
    raced, others = [], []
    for (subject, case, competitor, seconds), group in chosen.groups.items():
        if subject == "search":
            raced.append((case, f"{seconds:g}", competitor, *_raced(group)))
        else:
            others.append((subject, case, *_called(group)))
    if raced:
        yield f"## Every search\n\n{TIERED}\n\n{table(RACED, raced)}"
    if others:
        yield f"## Every other subject\n\n{table(CALLED, others)}"
    said = [(id_[1], f"{id_[3]:g}", id_[2], note) for id_, note in _notes(chosen)]
    if said:
        yield f"## What peers said\n\n{SAID}\n\n{table(NOTED, said)}"


def _notes(chosen: Chosen) -> Iterator[tuple[Id, str]]:
    """Every peer's words, and why who could not run; ours end as they say in the results."""
    for id_, group in chosen.groups.items():
        notes = dict.fromkeys(each.note for each in group.records if each.note)
        if id_[0] == "search" and id_[2] != OURS and notes:
            yield id_, " · ".join(notes)
    for id_, note in chosen.unavailable.items():
        yield id_, f"unavailable: {note}"


def _raced(group: Group) -> tuple[str, ...]:
    typical = group.typical
    if group.one.best is not None:
        cost = group.cost
        roster = "no roster" if cost is None else f"{number(cost)} ({percent(group.gap)})"
        bound = number(group.bound)
    else:
        roster = "no roster" if typical is None else quality(typical)
        bounds = None if typical is None else typical.bounds
        bound = "–" if bounds is None else "/".join(map(str, bounds))
    used = group.middle(lambda each: each.cpu)
    return (roster, bound, f"{used:.1f}" if used is not None else "–", *_common(group))


def _called(group: Group) -> tuple[str, ...]:
    cold = group.cold
    warm = group.middle(lambda each: each.times.get("warm"))
    names = dict.fromkeys(name for record in group.records for name in record.counts)
    middle = {name: group.middle(lambda each, name=name: each.counts.get(name)) for name in names}
    counts = ", ".join(f"{name} {number(value)}" for name, value in middle.items())
    memory, seeds, ended = _common(group)
    shown = tuple("–" if each is None else f"{each:.3f} s" for each in (cold, warm))
    return (*shown, memory, counts or "–", seeds, ended)


def _common(group: Group) -> tuple[str, str, str]:
    memory = group.middle(lambda each: each.megabytes)
    ended = ", ".join(dict.fromkeys(each.outcome for each in group.records))
    return number(memory), str(group.seeds), ended
