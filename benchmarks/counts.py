"""Counts of a run against the committed ones: what is worse, and never in seconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.measure.results import Record

COMMITTED = Path(__file__).resolve().parent / "smoke.json"

NEVER_MORE = (
    "gaps",
    "uncovered_site_minutes",
    "uncovered_minutes",
    "hard_breaches",
    "double_bookings",
    "without_roster",
    "rules_broken",
    "bounds_violated",
    "tiers_not_proven",
    "runs_that_differ",
    "judged_otherwise",
    "heavy_modules",
    "failed",
    "unknown",
)
NEVER_LESS = ("met", "preconditions", "tried", "survived", "candidates", "rosters", "sites")
ROOM = {"options": 0.02, "variables": 0.02, "rows": 0.02, "modules": 0.1, "work_milliseconds": 0.25}
"""By how much a count may grow before somebody has to say that it is meant.

Work is the same on every machine, but one changed row may send the solver another way.
"""

Counts = Mapping[str, int]
Committed = dict[str, dict[str, dict[str, int]]]
"""Case -> subject (of a search: with its competitor) -> counts."""


def counted(records: Iterable[Record]) -> Committed:
    """The counts of a run that may be judged, in the form in which they are committed."""
    found: Committed = {}
    everything = list(records)
    for record in everything:
        if record.outcome != "finished":
            continue
        search = record.subject == "search"
        subject = f"search {record.competitor}" if search else record.subject
        counts = _of_search(record, everything) if search else dict(record.counts)
        found.setdefault(record.case, {}).setdefault(subject, counts)
    return found


def _of_search(record: Record, everything: list[Record]) -> dict[str, int]:
    """A search within CPU seconds finds another roster every time; what it breaks is a count."""
    peers = [each for each in everything if each.subject == "search" and each.case == record.case]
    counts = {
        "rules_broken": len(record.broken),
        "bounds_violated": sum(violated(record, each) for each in peers),
    }
    if "hard_breaches" in record.counts:
        counts["hard_breaches"] = record.counts["hard_breaches"]
    return counts


def violated(record: Record, other: Record) -> int:
    """How many of a record's bounds somebody's values lie below.

    A bound holds for rosters that are no worse in the tiers before it.
    """
    if record.bounds is None or record.values is None or other.values is None:
        return 0
    found = 0
    for mine, theirs, bound in zip(record.values, other.values, record.bounds, strict=True):
        found += theirs < bound
        if theirs > mine:
            break
    return found


def failures(records: Iterable[Record]) -> list[str]:
    """Measurements that came to nothing. A competitor that is not installed is none of them."""
    return [
        f"{each.case}, {each.subject} {each.competitor}: {each.outcome}: {each.note}"
        for each in records
        if each.outcome not in ("finished", "unavailable")
    ]


def worse(committed: Counts | None, found: Counts) -> list[str]:
    """One sentence for everything that is worse; none when all is as well or better."""
    sentences = [
        f"{name} is {found[name]}, below its bound {found[bound]}"
        for name, bound in ((each, each.replace("_value", "_bound")) for each in found)
        if name.endswith("_value") and bound in found and found[name] < found[bound]
    ]
    if committed is None:
        return [*sentences, "nothing is committed to compare with"]
    for name, before in committed.items():
        if name not in (*NEVER_MORE, *NEVER_LESS, *ROOM):
            continue
        if name not in found:
            sentences.append(f"{name} is not measured any more")
        elif (found[name] > before * (1 + ROOM.get(name, 0)) and name not in NEVER_LESS) or (
            found[name] < before and name in NEVER_LESS
        ):
            sentences.append(f"{name} is {found[name]}, was {before}")
    return sentences


def judged(committed: Committed, found: Committed) -> list[str]:
    """Everything that is worse, with where; what is committed and was not measured is, too.

    A search by a competitor that was not there is left out.
    """
    sentences = []
    for case in {**committed, **found}:
        before, after = committed.get(case, {}), found.get(case, {})
        for subject in {**before, **after}:
            search = subject.startswith("search ")
            if subject in after:
                # Nobody may break a rule, so a new competitor needs no earlier counts.
                nothing = dict.fromkeys(after[subject], 0) if search else None
                said = worse(before.get(subject, nothing), after[subject])
            else:
                said = [] if search else ["is not measured any more"]
            sentences += [f"{case}, {subject}: {sentence}" for sentence in said]
    return sentences
