"""The results of one revision, grouped by seed: everything in a report is a median of these."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from benchmarks.measure.results import Record, gap
from benchmarks.measure.subjects import OURS
from benchmarks.ratios import SEEDS, first_at
from benchmarks.report.same import unchanged
from so247.models.errors import InputError
from so247.models.errors import Problem as Wrong

Id = tuple[str, str, str, float]
"""Subject, case, competitor, budget."""

FAILED = ("crashed", "killed", "unjudged")

Same = Callable[[str, str, str], bool]
"""Whether two revisions ran the same code of a competitor."""


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
        """The seed whose roster is the middle one, tier by tier, of two the worse.

        ``None``: half of them have none.
        """
        ranked = self.ranked
        return ranked[self.seeds // 2] if 2 * len(ranked) > self.seeds else None

    @property
    def ranked(self) -> list[Record]:
        """The seeds that have a roster, the best first."""
        found = [each for each in self.records if each.values is not None]
        return sorted(found, key=lambda each: each.values or ())

    @property
    def failed(self) -> str | None:
        """How a measurement ended that did not come to its end; ``None``: they all did."""
        ended = [f"{each.outcome}: {each.note}" for each in self.records if each.outcome in FAILED]
        return ended[0] if ended else None

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
    """One revision, and what earlier ones measured with the same code.

    ``earlier`` are those, ``others`` the revisions of which nothing is taken, oldest first;
    ``unavailable`` says why who could not run.
    """

    revision: str
    groups: Mapping[Id, Group]
    earlier: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    unavailable: Mapping[Id, str] = field(default_factory=dict)

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
        """The largest of the budgets that most competitors had, with seeds enough if any is so."""

        def crowd(seconds: float) -> tuple[int, int]:
            names = self.competitors(case, seconds)
            found = [self.groups["search", case, name, seconds] for name in names]
            return sum(each.enough for each in found), len(found)

        return max(self.budgets(case), key=lambda each: (crowd(each), each), default=None)


def choose(
    records: Iterable[Record], revision: str | None = None, same: Same = unchanged
) -> Chosen:
    """The results at a revision: by default that of the newest result of unchanged code.

    With them what other revisions measured with the same code. Where something was measured again,
    the last one counts. Raises ``InputError`` when there is nothing of that revision.
    """
    everything = sorted(records, key=lambda each: each.at)
    known = list(dict.fromkeys(each.revision for each in everything))
    clean = [each.revision for each in everything if not each.dirty]
    if not everything:
        raise InputError([Wrong("there are no results", "Maybe python -m benchmarks run first.")])
    wanted = revision or (clean or known)[-1]
    if wanted not in known:
        advice = f"Maybe one of {', '.join(known)}."
        raise InputError([Wrong("no results of this revision", advice, wanted)])
    taken = [
        each
        for each in everything
        if each.revision == wanted
        or (not each.dirty and same(each.revision, wanted, each.competitor))
    ]
    last = {each.key[1:]: each for each in taken}
    found: dict[Id, list[Record]] = {}
    unavailable: dict[Id, str] = {}
    for each in sorted(last.values(), key=lambda each: each.seed):
        id_ = (each.subject, each.case, each.competitor, each.seconds)
        if each.outcome == "unavailable":
            unavailable[id_] = each.note
        else:
            found.setdefault(id_, []).append(each)
    order = {(e.subject, e.case): at for at, e in reversed(list(enumerate(last.values())))}
    ids = sorted(found, key=lambda id_: (order[id_[0], id_[1]], id_[2], id_[3]))
    groups = {id_: Group(tuple(found[id_])) for id_ in ids}
    used = {each.revision for each in last.values()}
    earlier = tuple(each for each in known if each != wanted and each in used)
    others = tuple(each for each in known if each not in used)
    return Chosen(wanted, groups, earlier, others, unavailable)
