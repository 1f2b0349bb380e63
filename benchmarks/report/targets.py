"""What is to be reached, and whether it is: tables of target, figure and verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from benchmarks.measure.results import Record
from benchmarks.ratios import SEEDS
from benchmarks.report.chosen import Chosen, Group
from benchmarks.tables import number, percent, table

YES, NO, OPEN = "yes", "**no**", "not measured"


@dataclass(frozen=True)
class Row:
    """``holds`` None: there is no target, or nothing to judge by."""

    what: str
    target: str
    measured: str
    holds: bool | None
    seeds: int = 0


@dataclass(frozen=True)
class Section:
    title: str
    about: str
    rows: tuple[Row, ...]

    def text(self) -> str:
        head = ("what", "target", "measured", "seeds", "holds")
        rows = [
            (each.what, each.target, each.measured, str(each.seeds or "–"), verdict(each))
            for each in self.rows
        ]
        return f"## {self.title}\n\n{self.about}\n\n{table(head, rows)}"


def verdict(row: Row) -> str:
    if row.holds is None:
        return OPEN if row.target != "–" else "–"
    few = " (too few seeds)" if row.seeds < SEEDS else ""
    return (YES if row.holds else NO) + few


WITHIN_120 = {
    **dict.fromkeys((1, 3, 5, 7, 11), 0.005),
    **dict.fromkeys((9, 17), 0.03),
    **dict.fromkeys((13, 15, 19), 0.30),
}
WITHIN_600 = {
    **dict.fromkeys((*range(1, 12), 17), 0.005),
    15: 0.05,
    **dict.fromkeys((13, 19), 0.10),
    **dict.fromkeys((21, 23), 0.30),
}
BOUNDED, BOUNDED_OF, BOUND_WITHIN = 8, tuple(range(1, 20, 2)), 0.01
SAME = 1e-6
DUTY_SECONDS = 3.0


def staffing(chosen: Chosen, seconds: float, within: dict[int, float]) -> Section:
    """The 24 set: the gap to the best known cost."""
    rows = []
    measured = {int(name.rpartition("Instance")[2]) for name in _instances(chosen)}
    for at in sorted(measured | set(within)):
        group = chosen.search(f"staffing/Instance{at}", seconds)
        target = f"within {percent(within[at])}" if at in within else "–"
        if group is None:
            if at % 2:
                rows.append(Row(f"Instance{at}", target, "–", None))
            continue
        text, good = _gap(group, within.get(at, 0.0))
        holds = good if at in within else None
        rows.append(Row(f"Instance{at}", target, text, holds, group.seeds))
    about = (
        "The cost of our roster against the best known, both by the independent checker. Instances "
        "without a target are shown for what they are."
    )
    return Section(f"24 staff scheduling instances, {seconds:g} CPU seconds", about, tuple(rows))


def _gap(group: Group, most: float) -> tuple[str, bool]:
    """The gap in words, and whether it is small enough; the independent checker must agree."""
    if group.gap is None:
        return "no roster" if group.one.best is not None else "no best known cost", False
    text = f"{number(group.cost)}, best known {number(group.one.best)}: {percent(group.gap)}"
    worst = group.ranked[-1].gap
    if worst is not None and percent(worst) != percent(group.gap):
        text += f", worst seed {percent(worst)}"
    made = [each for each in group.records if each.values]
    if any(each.counts.get("checked_cost") is None for each in made):
        return f"{text}, not checked", False
    if any(each.counts["checked_cost"] != each.cost for each in made):
        return f"{text}, the checker counts otherwise", False
    if any(each.counts.get("rules_broken") != 0 for each in made):
        return f"{text}, the checker sees a rule broken", False
    return text, group.gap <= most


def bounds(chosen: Chosen, seconds: float) -> Section:
    """The 24 set: our own lower bounds."""
    rows, close = [], 0
    for at in BOUNDED_OF:
        group = chosen.search(f"staffing/Instance{at}", seconds)
        if group is None or group.one.best is None:
            continue
        bound, best = group.bound, group.one.best
        near = bound is not None and bound >= best * (1 - BOUND_WITHIN)
        close += near
        below = None if bound is None else (best - bound) / best
        text = f"{number(bound)} of {number(best)}, {percent(below)} below"
        rows.append(Row(f"Instance{at}", "–", text, None, group.seeds))
    seeds = min((each.seeds for each in rows), default=0)
    holds = close >= BOUNDED if len(rows) == len(BOUNDED_OF) or close >= BOUNDED else None
    total = Row("within 1 % of best known", f"{BOUNDED} of 10", str(close), holds, seeds)
    title = f"Lower bounds of our own, {seconds:g} CPU seconds"
    about = "What we prove that no roster of an instance can be below."
    return Section(title, about, (*rows, total))


def _instances(chosen: Chosen) -> list[str]:
    return chosen.cases("search", "staffing/Instance")


def duties(chosen: Chosen) -> Section:
    """Physician duty: the published optimum, and how soon."""
    kinds: dict[str, list[Group]] = {}
    for case in chosen.cases("search", "duty/"):
        group = chosen.find("search", case)
        if group is not None and group.one.best is not None:
            _, set_, _, model = case.split("/")
            kinds.setdefault(f"{set_}, {model}", []).append(group)
    about = (
        "Months in which the published optimum, or a better roster, was found, the slowest month's "
        "CPU seconds until then, and in how many nothing better was proven to exist. Equal "
        f"means within {SAME:g} of the value; a second reading of the rules must agree."
    )
    rows = [_months(kind, groups) for kind, groups in sorted(kinds.items())]
    target = f"every month, under {DUTY_SECONDS:g} s"
    rows = rows or [Row("all sets and models", target, "–", None)]
    return Section("Physician duty rosters", about, tuple(rows))


def _months(kind: str, groups: list[Group]) -> Row:
    times = [when for each in groups if (when := optimal_at(each)) is not None]
    slowest = f", slowest {max(times):.2f} s" if times else ""
    proven = sum(_proven(each) for each in groups)
    text = f"{len(times)} of {len(groups)} months{slowest}, {proven} proven"
    doubtful = sum(not _confirmed(record) for each in groups for record in each.records)
    if doubtful:
        text += f", {doubtful} rosters not confirmed by the second reading"
    holds = len(times) == len(groups) and max(times) < DUTY_SECONDS
    target = f"every month, under {DUTY_SECONDS:g} s"
    return Row(kind, target, text, holds, min(each.seeds for each in groups))


def optimal_at(group: Group) -> float | None:
    """The median CPU second at which the published optimum was reached, or a better roster."""
    best, scale = group.one.best, group.one.scale
    if best is None or not all(_confirmed(each) for each in group.records):
        return None
    most = int(best * (1 + SAME) * scale)
    others = len(group.one.values or (0,)) - 1
    return group.reached((most, *(2**62,) * others))


def _confirmed(record: Record) -> bool:
    """Whether the second reading of the rules finds them kept, and the cost, but for rounding."""
    if record.values is None:
        return True
    checked = record.counts.get("checked_cost")
    if checked is None or record.counts.get("rules_broken") != 0:
        return False
    return abs(checked - record.values[0]) <= SAME * record.values[0]


def _proven(group: Group) -> bool:
    """Whether most seeds have a bound as high as their cost."""
    bound, cost = group.bound, group.cost
    return bound is not None and cost is not None and bound >= cost


def agreement(chosen: Chosen) -> Section:
    """Hand-made rosters of the 24 set, judged by us and by the independent checker."""
    groups = [chosen.find("agreement", case) for case in chosen.cases("agreement")]
    found = [each for each in groups if each is not None]
    about = (
        "Rosters made by rules of thumb, legal ones and ones that break a rule: whether legal, and "
        "what they cost, by our own reading of the instance and by the independent checker."
    )
    target = "judged alike"
    row = Row("our reading and the checker", target, "–", None)
    if found:
        counts = ("rosters", "legal", "judged_otherwise")
        rosters, legal, otherwise = (sum(_most(each, name) for each in found) for name in counts)
        ended = all(record.outcome == "finished" for each in found for record in each.records)
        text = (
            f"{len(found)} instances, {rosters} rosters, {legal} of them legal; "
            f"{otherwise} judged otherwise"
        )
        if not ended:
            text += ", not all of them finished"
        seeds = min(each.seeds for each in found)
        priced = all(_most(each, "legal") for each in found)  # else no cost was compared
        row = Row(row.what, target, text, ended and priced and not otherwise, seeds)
    return Section("Judged twice", about, (row,))


def _most(group: Group, count: str) -> int:
    return max(each.counts.get(count, 0) for each in group.records)


def public(chosen: Chosen) -> Iterator[Section]:
    """The targets on instances that others have published."""
    yield staffing(chosen, 120.0, WITHIN_120)
    yield staffing(chosen, 600.0, WITHIN_600)
    yield bounds(chosen, 600.0)
    yield agreement(chosen)
    yield duties(chosen)


def sections(chosen: Chosen) -> list[Section]:
    """All of them, in the order of the protocol."""
    from benchmarks.report import targets_ours

    makers: Iterable[Callable[[Chosen], Iterable[Section]]] = (public, targets_ours.ours)
    return [section for maker in makers for section in maker(chosen)]
