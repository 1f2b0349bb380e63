"""Targets on our own regions: against peers, over size, over the country, and of every command."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure.plan import SCENARIOS
from benchmarks.measure.results import Record
from benchmarks.measure.subjects import OURS
from benchmarks.peers import PEERS
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
MAKING = ("search", "roster", "reproducible")
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
        "may then cost more. The median roster of each, of two the worse. Other budgets are under "
        "*Every search*, and what the tiers count above it."
    )
    if seconds is None or mine is None:
        rows = (Row("every peer", "same or better", "–", None),)
        return Section(f"{case}: peers and bounds", about, rows)
    peers = [name for name in PEERS if name != OURS]
    found = [_against(chosen, case, seconds, name) for name in peers]
    other = chosen.search(case, seconds, STRAIGHTFORWARD)
    if other is not None:
        found.append(_times(mine, other))
    found += [*_near(mine), _checked(mine)]
    return Section(f"{case}: peers and bounds, {seconds:g} CPU seconds", about, tuple(found))


def _against(chosen: Chosen, case: str, seconds: float, name: str) -> Row:
    what, target = f"against {name}", "same or better"
    mine, other = (chosen.search(case, seconds, each) for each in (OURS, name))
    if mine is None or other is None:
        why = chosen.unavailable.get(("search", case, name, seconds), "–")
        return Row(what, target, why, None)
    seeds = min(mine.seeds, other.seeds)
    ours_, theirs = mine.typical, other.typical
    if ours_ is None or ours_.values is None:
        return Row(what, target, "we found no roster", False, seeds)
    if theirs is None or theirs.values is None:
        return Row(what, target, "it found no roster", True, seeds)
    pairs = list(zip(TIERS, ours_.values, theirs.values, strict=True))
    said = ", ".join(f"{name} {a} to its {b}" for name, a, b in pairs if a != b)
    return Row(what, target, said or "equal in every tier", ours_.values <= theirs.values, seeds)


def _times(mine: Group, other: Group) -> Row:
    """How much less CPU time until the straightforward model's own last roster."""
    what, target = f"CPU time to the quality of {STRAIGHTFORWARD}", f"{FASTER:g} times less"
    seeds = min(mine.seeds, other.seeds)
    theirs = other.typical
    if theirs is None or theirs.values is None:
        return Row(what, target, "it found no roster", True, seeds)
    needed, took = other.reached(theirs.values), mine.reached(theirs.values)
    if took is None:
        return Row(what, target, "not reached by us", False, seeds)
    if needed is None:
        return Row(what, target, "not reached again by itself", None, seeds)
    ratio = needed / max(took, 1e-3)
    text = f"{took:.2f} s to its {needed:.2f} s: {ratio:.1f} times"
    return Row(what, target, text, ratio >= FASTER, seeds)


def _near(mine: Group) -> list[Row]:
    """Every tier with its bound, of the median roster."""
    record = mine.typical
    if record is None or record.values is None or record.bounds is None:
        said = "no roster" if record is None else "no bounds"
        return [Row("every tier", "within 1 % or one point", said, False, mine.seeds)]
    rows = []
    for name, value, bound in zip(TIERS, record.values, record.bounds, strict=True):
        room = max(NEAR * bound, POINT.get(name, 1))
        text = f"{value}, bound {bound}"
        rows.append(Row(name, "within 1 % or one point", text, value - bound <= room, mine.seeds))
    worst = mine.ranked[-1]
    said = "/".join(map(str, worst.values or ()))
    return [*rows, Row("the worst of our seeds", "–", said, None, mine.seeds)]


def _checked(mine: Group) -> Row:
    """What the independent check says of our rosters, whichever seed."""
    made = mine.ranked
    breaches = sum(each.counts.get("hard_breaches", 1) for each in made)
    counted = all(each.counts.get("uncovered_site_minutes") == _coverage(each) for each in made)
    said = f"{breaches} hard breaches, coverage {'as' if counted else 'not as'} we count it"
    return Row(
        "our rosters by the independent check",
        "no breach, coverage alike",
        said if made else "no roster",
        bool(made) and counted and not breaches,
        mine.seeds,
    )


def _coverage(record: Record) -> int | None:
    return None if record.values is None else record.values[0]


def complete(record: Record) -> float | None:
    """The CPU second of the first roster without a gap and without a missing session."""
    return next((cpu for cpu, values in record.curve if values[:2] == (0, 0)), None)


def size(chosen: Chosen) -> Section:
    """The first complete roster of a large region, memory over a year, and the exponents."""
    rows = [_first(chosen), *(_memory(chosen, case) for case in YEARS)]
    rows += [Row(line.title, "–", line.said, None, line.seeds) for line in fit.lines(chosen)]
    about = (
        "Regions alike in everything but size; the exponent is that of a power law fitted to it. "
        "A search begins when the problem is stated."
    )
    return Section("Size", about, tuple(rows))


def _first(chosen: Chosen) -> Row:
    what, target = f"{LARGE}: first complete roster", f"within {FIRST_SECONDS:g} CPU s"
    group, building = chosen.find("search", LARGE), chosen.find("build", LARGE)
    if group is None or building is None:
        return Row(what, target, "–", None)
    seeds = min(group.seeds, building.seeds)
    first, build = group.middle(complete), building.cold
    if first is None or build is None:
        why = group.failed or building.failed or f"none in {group.one.seconds:g} s"
        return Row(what, target, why, False, seeds)
    text = f"{first + build:.1f} s, of which {build:.1f} s stating the problem"
    return Row(what, target, text, first + build <= FIRST_SECONDS, seeds)


def _memory(chosen: Chosen, case: str) -> Row:
    """The most that anything took that makes a roster, in whatever budget it had."""
    what, target = f"{case}: memory", f"below {MEMORY_MB:g} MB"
    found = [
        (max(each.megabytes for each in group.records), subject, seconds, group)
        for (subject, name, competitor, seconds), group in chosen.groups.items()
        if (name, competitor) == (case, OURS) and subject in MAKING
    ]
    if not found:
        return Row(what, target, "–", None)
    most, subject, seconds, group = max(found, key=lambda each: each[0])
    if (why := group.failed) is not None:
        return Row(what, target, why, False, group.seeds)
    of = f"{subject}, {seconds:g} CPU s" if seconds else subject
    return Row(what, target, f"{number(most)} MB at most ({of})", most < MEMORY_MB, group.seeds)


def country(chosen: Chosen) -> Section:
    """All regions at once, checked nationally, and again with a worker that dies."""
    about = (
        "All regions over a cluster on one machine, checked together: nobody in two places. The "
        "worst of the seeds."
    )
    whole, killed = (chosen.find(name, COUNTRY) for name in ("national", "national-killed"))
    rows = [_all_regions("all regions", whole), _all_regions("a worker killed on the way", killed)]
    if whole is not None and killed is not None and not whole.failed and not killed.failed:
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
    if (why := group.failed) is not None:
        return Row(what, target, why, False, group.seeds)
    wrong = ("without_roster", "double_bookings", "hard_breaches")
    without, double, breaches = (group.worst(name) for name in wrong)
    text = (
        f"{group.worst('regions')} regions, {without} without a roster, {double} double bookings, "
        f"{breaches} hard breaches, {group.worst('uncovered_site_minutes')} uncovered "
        f"site-minutes, {number(group.cold)} CPU s"
    )
    return Row(what, target, text, (without, double, breaches) == (0, 0, 0), group.seeds)


def commands(chosen: Chosen) -> Section:
    """The first call in a fresh process, in CPU seconds."""
    rows = []
    for subject, case, limit, what in COMMANDS:
        group = chosen.find(subject, case)
        target = f"under {limit:g} s"
        if group is None:
            rows.append(Row(what, target, "–", None))
            continue
        took = group.cold
        if took is None or group.failed is not None:
            rows.append(Row(what, target, group.failed or "no time", False, group.seeds))
            continue
        rows.append(Row(what, target, f"{took:.3f} s", took < limit, group.seeds))
    about = (
        "CPU seconds of the first call in a fresh process. What it loads on the way is in it; the "
        "models, which whoever makes its arguments has loaded before, are not."
    )
    return Section("Commands", about, tuple(rows))


def profiles(chosen: Chosen) -> Section:
    """Two reproducible runs, and what the fast profile finds in as much CPU time."""
    rows = []
    for case in dict.fromkeys((*SCENARIOS, *chosen.cases("reproducible"))):
        group = chosen.find("reproducible", case)
        if group is None:
            rows.append(Row(case, "byte-identical", "–", None))
            continue
        if (why := group.failed) is not None:
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
