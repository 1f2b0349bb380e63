"""Two revisions side by side: ratios over the seeds that both have, never one lucky number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.measure.results import Record
from benchmarks.tables import table

SEEDS = 3
"""With fewer, a ratio is marked."""


@dataclass(frozen=True)
class Ratio:
    """New divided by old, seed by seed."""

    subject: str
    case: str
    competitor: str
    what: str
    ratios: tuple[float, ...]

    @property
    def enough(self) -> bool:
        return len(self.ratios) >= SEEDS


def first_at(record: Record, target: Sequence[int]) -> float | None:
    """The CPU second from which a curve is as good as the target; ``None`` if it never is."""
    wanted = tuple(target)
    return next((cpu for cpu, values in record.curve if values <= wanted), None)


def ratios(records: Iterable[Record], old: str, new: str) -> list[Ratio]:
    """Every figure that both revisions have, for equal subject, case, competitor and budget."""
    sides: dict[str, dict[tuple[str, str, str, float], dict[int, Record]]] = {old: {}, new: {}}
    for each in records:
        if each.revision in sides and each.outcome == "finished":
            key = (each.subject, each.case, each.competitor, each.seconds)
            sides[each.revision].setdefault(key, {})[each.seed] = each
    found = []
    for key, before in sides[old].items():
        after = sides[new].get(key, {})
        pairs = [(before[seed], after[seed]) for seed in sorted(before) if seed in after]
        found += [Ratio(*key[:3], what, values) for what, values in _figures(pairs)]
    return found


def _figures(pairs: list[tuple[Record, Record]]) -> Iterator[tuple[str, tuple[float, ...]]]:
    named = {
        "CPU seconds": [(a.times.get("cold", 0.0), b.times.get("cold", 0.0)) for a, b in pairs],
        "megabytes": [(a.megabytes, b.megabytes) for a, b in pairs],
        "cost": [(a.cost or 0, b.cost or 0) for a, b in pairs if None not in (a.best, b.best)],
        "CPU seconds to equal quality": [_to_quality(a, b) for a, b in pairs],
    }
    for what, both in named.items():
        values = tuple(b / a for a, b in both if a > 0 and b > 0)
        if values:
            yield what, values


def _to_quality(old: Record, new: Record) -> tuple[float, float]:
    """When each was as good as the worse of their two last words; zeros where one has no roster."""
    if old.values is None or new.values is None:
        return 0.0, 0.0
    target = max(old.values, new.values)
    return first_at(old, target) or 0.0, first_at(new, target) or 0.0


def page(records: Iterable[Record], old: str, new: str) -> str:
    """The table, with a sentence where there are too few seeds."""
    found = ratios(records, old, new)
    rows = [
        (
            each.subject,
            each.case,
            each.competitor,
            each.what,
            f"{median(each.ratios):.3f}",
            f"{min(each.ratios):.3f}–{max(each.ratios):.3f}",
            str(len(each.ratios)) + ("" if each.enough else " (too few)"),
        )
        for each in found
    ]
    head = ("subject", "case", "competitor", f"{new} / {old}", "median", "range", "seeds")
    return table(head, rows) if rows else "The two have no measurement in common."
