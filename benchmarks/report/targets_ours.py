"""Targets on our own regions: against peers, over size, over the country, and of every command."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure.plan import SCENARIOS
from benchmarks.measure.results import Record
from benchmarks.measure.subjects import OURS
from benchmarks.report import fit
from benchmarks.report.chosen import Chosen, Group
from benchmarks.report.targets import Row, Section
from benchmarks.tables import number
from so247.models.result import TIERS

RACED = ("rijnstreek", "hanzeland")
STRAIGHTFORWARD = "straightforward"
FASTER = 5.0
NEAR = 0.01
POINT = {"fairness": 1000}
"""One point, where a tier counts in smaller units."""
LARGE, FIRST_SECONDS = "curve/200x26", 30.0
COUNTRY = "country/31x26"
MEMORY_MB = 4000.0
YEARS = ("curve/100x52", "hanzeland-52w")
COMMANDS = (
    ("check", "hanzeland-52w", 2.0, "check of a region-year"),
    ("robust", "rijnstreek", 60.0, "robust, every absence of a week"),
    ("load", "hanzeland", 1.0, "loading hanzeland with its history"),
    ("import", "so247", 0.3, "import so247"),
)


def ours(chosen: Chosen) -> Iterator[Section]:
    for case in RACED:
        yield race(chosen, case)
    yield size(chosen)
    yield country(chosen)
    yield commands(chosen)
    yield profiles(chosen)


def race(chosen: Chosen, case: str) -> Section:
    """Each peer at the largest budget that most of them had, and our distance to the bounds."""
    seconds = chosen.raced(case)
    mine = None if seconds is None else chosen.search(case, seconds)
    about = (
        "Rosters are compared tier by tier: the first tier that differs decides, and a later one "
        "may then cost more. The median roster of each. Other budgets are under *Every search*."
    )
    if seconds is None or mine is None or mine.typical is None:
        rows = (Row("every peer", "same or better", "–", None),)
        return Section(f"{case}: peers and bounds", about, rows)
    found = [
        Row(f"against {name}", "same or better", *_against(mine, other), other.seeds)
        for name in chosen.competitors(case, seconds)
        if name != OURS and (other := chosen.search(case, seconds, name)) is not None
    ]
    other = chosen.search(case, seconds, STRAIGHTFORWARD)
    if other is not None:
        found.append(_times(mine, other))
    found += _near(mine)
    return Section(f"{case}: peers and bounds, {seconds:g} CPU seconds", about, tuple(found))


def _against(mine: Group, other: Group) -> tuple[str, bool]:
    ours_, theirs = mine.typical, other.typical
    if theirs is None or theirs.values is None:
        return "it found no roster", True
    if ours_ is None or ours_.values is None:
        return "we found no roster", False
    pairs = list(zip(TIERS, ours_.values, theirs.values, strict=True))
    said = [f"{name} {a} to its {b}" for name, a, b in pairs if a != b]
    return ", ".join(said) or "equal in every tier", ours_.values <= theirs.values


def _times(mine: Group, other: Group) -> Row:
    """How much less CPU time until the straightforward model's own last roster."""
    what, target = f"CPU time to the quality of {STRAIGHTFORWARD}", f"{FASTER:g} times less"
    theirs = other.typical
    if theirs is None or theirs.values is None:
        return Row(what, target, "it found no roster", True, other.seeds)
    needed, took = other.reached(theirs.values), mine.reached(theirs.values)
    if took is None or needed is None:
        return Row(what, target, "not reached", False, mine.seeds)
    ratio = needed / max(took, 1e-3)
    text = f"{took:.2f} s to its {needed:.2f} s: {ratio:.1f} times"
    return Row(what, target, text, ratio >= FASTER, mine.seeds)


def _near(mine: Group) -> list[Row]:
    """Every tier with its bound, of the median roster."""
    record = mine.typical
    if record is None or record.values is None or record.bounds is None:
        return [Row("every tier", "within 1 % or one point of its bound", "no bounds", False)]
    rows = []
    for name, value, bound in zip(TIERS, record.values, record.bounds, strict=True):
        room = max(NEAR * bound, POINT.get(name, 1))
        text = f"{value}, bound {bound}"
        rows.append(Row(name, "within 1 % or one point", text, value - bound <= room, mine.seeds))
    return rows


def complete(record: Record) -> float | None:
    """The CPU second of the first roster without a gap and without a missing session."""
    return next((cpu for cpu, values in record.curve if values[:2] == (0, 0)), None)


def size(chosen: Chosen) -> Section:
    """The first complete roster of a large region, memory over a year, and the exponents."""
    group, building = chosen.find("search", LARGE), chosen.find("build", LARGE)
    what, target = f"{LARGE}: first complete roster", f"within {FIRST_SECONDS:g} CPU s"
    first = group.middle(complete) if group is not None else None
    build = building.cold if building is not None else None
    if group is None or build is None:
        rows = [Row(what, target, "–", None)]
    elif first is None:
        rows = [Row(what, target, f"none in {group.one.seconds:g} s", False, group.seeds)]
    else:
        text = f"{first + build:.1f} s, of which {build:.1f} s stating the problem"
        rows = [Row(what, target, text, first + build <= FIRST_SECONDS, group.seeds)]
    rows += [_memory(chosen, case) for case in YEARS]
    for line in fit.lines(chosen):
        rows.append(Row(line.title, "–", line.said, None, line.seeds))
    about = (
        "Regions alike in everything but size; the exponent is that of a power law fitted to it."
    )
    return Section("Size", about, tuple(rows))


def _memory(chosen: Chosen, case: str) -> Row:
    group = chosen.find("search", case)
    what, target = f"{case}: memory of a search", f"below {MEMORY_MB:g} MB"
    if group is None:
        return Row(what, target, "–", None)
    most = max(each.megabytes for each in group.records)
    return Row(what, target, f"{number(most)} MB at most", most < MEMORY_MB, group.seeds)


def country(chosen: Chosen) -> Section:
    """All regions at once, checked nationally, and again with a worker that dies."""
    about = (
        "All regions over a cluster on one machine, checked together: nobody in two places. The "
        "worst of the seeds."
    )
    whole, killed = (chosen.find(name, COUNTRY) for name in ("national", "national-killed"))
    rows = [_all_regions("all regions", whole), _all_regions("a worker killed on the way", killed)]
    if whole is not None and killed is not None:
        before, after = (each.worst("uncovered_site_minutes") for each in (whole, killed))
        text = f"{after} uncovered site-minutes, {before} without"
        died = all(each.counts.get("workers_killed") for each in killed.records)
        same = died and before is not None and before == after
        rows.append(Row("coverage with a worker killed", "the same", text, same, killed.seeds))
    return Section("The whole country", about, tuple(rows))


def _all_regions(what: str, group: Group | None) -> Row:
    target = "a roster each, no double bookings, no breaches"
    if group is None:
        return Row(what, target, "–", None)
    if (why := _failed(group)) is not None:
        return Row(what, target, why, False, group.seeds)
    wrong = ("without_roster", "double_bookings", "hard_breaches")
    without, double, breaches = (group.worst(name) for name in wrong)
    text = (
        f"{group.worst('regions')} regions, {without} without a roster, {double} double bookings, "
        f"{breaches} hard breaches, {group.worst('uncovered_site_minutes')} uncovered "
        f"site-minutes, {number(group.cold)} CPU s"
    )
    return Row(what, target, text, (without, double, breaches) == (0, 0, 0), group.seeds)


def _failed(group: Group) -> str | None:
    """How a measurement ended that did not come to its end."""
    ended = (f"{each.outcome}: {each.note}" for each in group.records if each.outcome != "finished")
    return next(ended, None)


def commands(chosen: Chosen) -> Section:
    """The first call in a fresh process, in CPU seconds."""
    rows = []
    for subject, case, limit, what in COMMANDS:
        group = chosen.find(subject, case)
        took = group.cold if group is not None else None
        text, holds = ("–", None) if took is None else (f"{took:.3f} s", took < limit)
        rows.append(Row(what, f"under {limit:g} s", text, holds, group.seeds if group else 0))
    about = "CPU seconds of the first call in a fresh process, what it loads on the way included."
    return Section("Commands", about, tuple(rows))


def profiles(chosen: Chosen) -> Section:
    """Two reproducible runs, and what the fast profile finds in as much CPU time."""
    rows = []
    for case in dict.fromkeys((*SCENARIOS, *chosen.cases("reproducible"))):
        group = chosen.find("reproducible", case)
        if group is None:
            rows.append(Row(case, "byte-identical", "–", None))
            continue
        if (why := _failed(group)) is not None:
            rows.append(Row(case, "byte-identical", why, False, group.seeds))
            continue
        differ = max(each.counts["runs_that_differ"] for each in group.records)
        slow, fast = (_middle(group, kind) for kind in ("value", "fast"))
        fast_cpu = group.middle(lambda each: each.times.get("fast"))
        seconds = f"{number(group.cold)} CPU s, fast profile {number(fast_cpu)} CPU s"
        said = "two rosters" if differ else "identical"
        text = f"{said}; tiers {slow}, fast profile {fast}; {seconds}"
        rows.append(Row(case, "byte-identical", text, not differ, group.seeds))
    about = (
        "Two runs in two processes, byte by byte; the fast profile may use as many CPU seconds, or "
        "the budget where the reproducible one ended before that."
    )
    return Section("The reproducible profile", about, tuple(rows))


def _middle(group: Group, kind: str) -> str:
    """The middle roster of the seeds, tier by tier."""
    found = [tuple(each.counts[f"{tier}_{kind}"] for tier in TIERS) for each in group.records]
    return "/".join(map(str, sorted(found)[len(found) // 2]))
