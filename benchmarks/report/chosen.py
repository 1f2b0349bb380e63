"""The results of one revision, grouped by seed: everything in a report is a median of these."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.measure.results import Record, gap
from benchmarks.measure.subjects import OURS
from benchmarks.ratios import SEEDS, first_at
from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong

Id = tuple[str, str, str, float]
"""Subject, case, competitor, budget."""


@dataclass(frozen=True)
class Group:
    """One measurement over its seeds, in order of the seeds."""

    records: tuple[Record, ...]

    @property
    def one(self) -> Record:
        return self.records[0]

    @property
    def seeds(self) -> int:
        return len(self.records)

    @property
    def enough(self) -> bool:
        return self.seeds >= SEEDS

    def middle(self, figure: Callable[[Record], float | None]) -> float | None:
        """The median; a seed that has no figure counts as the worst. ``None``: half have none."""
        found = [math.inf if (value := figure(each)) is None else value for each in self.records]
        value = median(found)
        return value if math.isfinite(value) else None

    @property
    def cost(self) -> float | None:
        return self.middle(lambda each: each.cost)

    @property
    def gap(self) -> float | None:
        return gap(self.cost, self.one.best)

    @property
    def bound(self) -> float | None:
        """The median bound; a seed without one counts as the worst, which is none."""
        found = sorted((each.bound is not None, each.bound or 0.0) for each in self.records)
        known, value = found[(len(found) - 1) // 2]
        return value if known else None

    @property
    def cold(self) -> float | None:
        """CPU seconds of a first call."""
        return self.middle(lambda each: each.times.get("cold"))

    @property
    def typical(self) -> Record | None:
        """The seed whose roster is the middle one, tier by tier; ``None``: half have none."""
        with_roster = [each for each in self.records if each.values is not None]
        if 2 * len(with_roster) <= self.seeds:
            return None
        missing = self.seeds - len(with_roster)
        ranked = sorted(with_roster, key=lambda each: each.values or ())
        return ranked[min(len(ranked) - 1, (len(ranked) + missing - 1) // 2)]

    def reached(self, values: tuple[int, ...]) -> float | None:
        """The median CPU second from which the rosters are as good as ``values``."""
        return self.middle(lambda each: first_at(each, values))

    def at(self, second: float, figure: Callable[[tuple[int, ...]], float]) -> list[float]:
        """The figure of every seed's roster of that moment, the infinite where there is none."""
        return [
            next(
                (figure(values) for cpu, values in reversed(each.curve) if cpu <= second), math.inf
            )
            for each in self.records
        ]

    def worst(self, count: str) -> int | None:
        """The largest of a count; ``None`` where a seed does not have it."""
        found = [each.counts.get(count) for each in self.records]
        known = [each for each in found if each is not None]
        return max(known) if len(known) == len(found) else None


@dataclass(frozen=True)
class Chosen:
    """One revision. ``others``: revisions that have results too, oldest first."""

    revision: str
    groups: Mapping[Id, Group]
    others: tuple[str, ...]

    def find(self, subject: str, case: str, competitor: str = OURS) -> Group | None:
        """The group with the largest budget."""
        found = [
            (id_[3], group)
            for id_, group in self.groups.items()
            if id_[:3] == (subject, case, competitor)
        ]
        return max(found, key=lambda each: each[0])[1] if found else None

    def search(self, case: str, seconds: float, competitor: str = OURS) -> Group | None:
        return self.groups.get(("search", case, competitor, seconds))

    def cases(self, subject: str, prefix: str = "") -> list[str]:
        """Cases of a subject, in the order in which they were measured first."""
        names = (id_[1] for id_ in self.groups if id_[0] == subject and id_[1].startswith(prefix))
        return list(dict.fromkeys(names))

    def competitors(self, case: str, seconds: float) -> list[str]:
        """Ours first, then the others by name."""
        names = {id_[2] for id_ in self.groups if (*id_[:2], id_[3]) == ("search", case, seconds)}
        return sorted(names, key=lambda name: (name != OURS, name))

    def budgets(self, case: str) -> list[float]:
        return sorted({id_[3] for id_ in self.groups if id_[:2] == ("search", case)})

    def raced(self, case: str) -> float | None:
        """The largest of the budgets that most competitors had; ``None``: nobody had any."""
        ranked = [(len(self.competitors(case, each)), each) for each in self.budgets(case)]
        return max(ranked)[1] if ranked else None


def choose(records: Iterable[Record], revision: str | None = None) -> Chosen:
    """The results at a revision: by default that of the newest result of unchanged code.

    Where something was measured again, the last one counts. Raises ``InputError`` when there is
    nothing of that revision.
    """
    everything = list(records)
    known = list(dict.fromkeys(each.revision for each in everything))
    clean = [each.revision for each in everything if not each.dirty]
    if not everything:
        raise InputError([Wrong("there are no results", "Maybe python -m benchmarks run first.")])
    wanted = revision or (clean or known)[-1]
    if wanted not in known:
        advice = f"Maybe one of {', '.join(known)}."
        raise InputError([Wrong("no results of this revision", advice, wanted)])
    last = {each.key: each for each in everything if each.revision == wanted}
    found: dict[Id, list[Record]] = {}
    for each in sorted(last.values(), key=lambda each: each.seed):
        if each.outcome != "unavailable":
            id_ = (each.subject, each.case, each.competitor, each.seconds)
            found.setdefault(id_, []).append(each)
    order = {(e.subject, e.case): at for at, e in reversed(list(enumerate(last.values())))}
    ids = sorted(found, key=lambda id_: (order[id_[0], id_[1]], id_[2], id_[3]))
    groups = {id_: Group(tuple(found[id_])) for id_ in ids}
    return Chosen(wanted, groups, tuple(each for each in known if each != wanted))
