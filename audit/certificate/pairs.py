"""Two duties that one person cannot both hold, and the rule that says so."""

from __future__ import annotations

from collections.abc import Iterator

from so247.audit.certificate.ground import Ground, day_of
from so247.audit.conflicts import is_own_backup
from so247.audit.holdings import lines_combine
from so247.audit.instants import is_night, minute
from so247.models.calendar import duties as planned
from so247.models.calendar import open_interval
from so247.models.duty import Duty
from so247.models.norms import Norm, NormKind, Work

Exclusion = tuple[str, str | None]
"""Rule id, and the norm where it is one."""
Span = tuple[int, int, frozenset[Work]]
"""Start and end of work that somebody might do, and what kind it may be."""


class Pairs:
    """Exclusions, worked out once per person and pair."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._possible: list[tuple[Duty | None, Span]] = [
            (each, (*_span(each), ground.kinds(each)))
            for each in planned(ground.region, ground.period)
        ]
        session = frozenset({Work.SESSION})
        for when, _ in ground.sessions:
            self._possible.append((None, (minute(when.start), minute(when.end), session)))

    def exclusions(self, person: str, one: Duty, other: Duty) -> frozenset[Exclusion]:
        """Every rule under which the person cannot hold both, whatever else he holds."""
        first, second = sorted((one, other), key=_span)
        return frozenset(self._exclusions(person, first, second))

    def _exclusions(self, person: str, first: Duty, second: Duty) -> Iterator[Exclusion]:
        if first.when.overlaps(second.when):
            yield from self._at_once(first, second)
        if not self.ground.starts_inside(second):
            return  # norms are tested on what starts in the period
        for norm in self.ground.binding(person, day_of(first), day_of(second)):
            if not (self._counted(norm, first) and self._counted(norm, second)):
                continue
            if norm.kind is NormKind.CONTINUOUS and self._too_long(person, norm, first, second):
                yield "norm.continuous", norm.id
            if norm.kind is NormKind.REST and self._too_close(person, norm, first, second):
                yield "norm.rest", norm.id

    def _at_once(self, first: Duty, second: Duty) -> Iterator[Exclusion]:
        ground = self.ground
        one, other = ground.line(first), ground.line(second)
        if "time.one_at_a_time" not in ground.off and not lines_combine(one, other):
            yield "time.one_at_a_time", None
        if "cover.backup_differs" in ground.off:
            return
        shared = first.when.intersect(second.when)
        if shared is None or not (is_own_backup(one, other) or is_own_backup(other, one)):
            return
        both = ground.sites & set(one.sites) & set(other.sites)
        if any(open_interval(ground.region, site, shared) is not None for site in both):
            yield "cover.backup_differs", None

    def _counted(self, norm: Norm, duty: Duty) -> bool:
        nights = norm.night_only and norm.kind is not NormKind.REST
        return self.ground.kinds(duty) <= set(norm.counts) and (not nights or is_night(duty.when))

    def _too_long(self, person: str, norm: Norm, first: Duty, second: Duty) -> bool:
        """Touching, and longer together than the norm allows, certain work before included.

        Without the second it must not be too long already, or the second is not what breaks it.
        """
        (start, end), (begins, ends) = _span(first), _span(second)
        if begins > end or Work.COMMITMENT in norm.counts:
            return False  # of others' work alone nothing is judged
        limit = round(norm.limit * 60)
        if self.ground.starts_inside(first):
            start = self._since(person, norm, start, limit)
        elif end - start > limit:
            return False
        return max(end, ends) - start > limit

    def _since(self, person: str, norm: Norm, start: int, limit: int) -> int:
        """Where the certain work that touches begins; a stretch already too long is left out."""
        before = [
            each
            for each in self.ground.certain(person)
            if each.kind in norm.counts and each.start < start and not each.now
        ]
        since = until = start
        for each in sorted(before, key=lambda each: each.end, reverse=True):
            if each.end >= since:
                since, until = min(since, each.start), max(until, each.end)
        return start if until - since > limit else since

    def _too_close(self, person: str, norm: Norm, first: Duty, second: Duty) -> bool:
        """A rest between them that is too short, and that no other work can fill up."""
        if norm.around is not None and self._kinds(first, second) != {norm.around}:
            return False
        if norm.night_only and not is_night(first.when):
            return False
        rest = minute(second.when.start) - minute(first.when.end)
        limit = norm.limit if norm.reduced_limit is None else norm.reduced_limit
        if not norm.break_hours * 60 < rest < limit * 60 or rest <= 0:
            return False
        if not self.ground.starts_inside(first):
            # What begins before the period may come between, and is not tested.
            gap = minute(first.when.end), minute(second.when.start)
            fillings = self._fillings(person, norm, first, second)
            return not any(start < gap[1] and end > gap[0] for start, end in fillings)
        return not self._bridged(person, norm, first, second) or self._chain_too_long(
            person, norm, first, second
        )

    def _kinds(self, first: Duty, second: Duty) -> frozenset[Work]:
        return self.ground.kinds(first) | self.ground.kinds(second)

    def _bridged(self, person: str, norm: Norm, first: Duty, second: Duty) -> bool:
        """Whether counted work that the person might also do leaves no rest between the two."""
        at, goal = minute(first.when.end), minute(second.when.start)
        pause = norm.break_hours * 60
        for start, end in sorted(self._fillings(person, norm, first, second)):
            if start <= at + pause:
                at = max(at, end)
        return at + pause >= goal

    def _fillings(
        self, person: str, norm: Norm, first: Duty, second: Duty
    ) -> Iterator[tuple[int, int]]:
        """Counted work, certain or possible, that does not forbid itself beside the two."""
        for duty, (start, end, kinds) in self._possible:
            if kinds.isdisjoint(norm.counts):
                continue
            if duty is None or not (self._apart(duty, first) or self._apart(duty, second)):
                yield start, end
        for each in self.ground.certain(person):
            if each.kind in norm.counts:
                yield each.start, each.end

    def _apart(self, one: Duty, other: Duty) -> bool:
        if "time.one_at_a_time" in self.ground.off or not one.when.overlaps(other.when):
            return False
        return one.id != other.id and not lines_combine(
            self.ground.line(one), self.ground.line(other)
        )

    def _chain_too_long(self, person: str, norm: Norm, first: Duty, second: Duty) -> bool:
        """Whether filling up the rest makes one stretch that is forbidden for its length."""
        return norm.break_hours == 0 and any(
            other.kind is NormKind.CONTINUOUS
            and set(norm.counts) <= set(other.counts)
            and not other.night_only
            and Work.COMMITMENT not in other.counts
            and _span(second)[1] - _span(first)[0] > round(other.limit * 60)
            for other in self.ground.binding(person, day_of(first), day_of(second))
        )


def _span(duty: Duty) -> tuple[int, int]:
    return minute(duty.when.start), minute(duty.when.end)
