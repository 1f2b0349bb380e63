"""One person's counted work as one norm sees it, and the findings made from it.

``RULES`` ("Norms", "History") is the source; every norm kind reads its work from here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from so247.audit.breach import Breach
from so247.audit.holdings import Block, Case
from so247.audit.instants import day_of, instant, span
from so247.models.clock import Interval, to_local
from so247.models.norms import Norm, NormKind, RulePack, Work
from so247.models.report import Outcome

DUTY_KINDS = frozenset({Work.OFFICE_DUTY, Work.REACHABILITY_DUTY, Work.PRESENCE_DUTY})


@dataclass(frozen=True, slots=True)
class Stint:
    """A block with the local day on which it starts. ``now``: it starts in the period."""

    start: int
    end: int
    day: date
    kind: Work
    night: bool
    ours: bool
    now: bool
    targets: tuple[str, ...]


def timeline(case: Case, physician: str) -> tuple[Stint, ...]:
    """Everything the person does that starts before the period's end, by start."""
    return tuple(_stint(case, block) for block in case.blocks(physician) if block.start < case.end)


def _stint(case: Case, block: Block) -> Stint:
    return Stint(
        start=block.start,
        end=block.end,
        day=day_of(block.start),
        kind=block.kind,
        night=block.night,
        ours=block.ours,
        now=block.start >= case.start,
        targets=tuple(holding.target for holding in block.holdings),
    )


class Subject:
    """A person under one norm of a rule pack.

    ``stints`` are what the norm counts. ``tested`` are those that start in the period on a day on
    which the pack binds: a window is judged when its last stint of the period is tested, and when
    it holds something that is ours to roster.
    """

    def __init__(
        self, case: Case, physician: str, pack: RulePack, norm: Norm, work: Sequence[Stint]
    ) -> None:
        self.case = case
        self.physician = physician
        self.pack = pack
        self.norm = norm
        nights = norm.night_only and norm.kind is not NormKind.REST
        self.stints = tuple(
            each for each in work if each.kind in norm.counts and (each.night or not nights)
        )
        # Who holds nothing here cannot make a site's answer unknown.
        self.holds = any(each.ours and each.end > case.start for each in work)

    @cached_property
    def limit_minutes(self) -> int:
        """The limit of a norm that is given in hours."""
        return round(self.norm.limit * 60)

    def tested(self, stint: Stint) -> bool:
        return stint.now and self.case.pack_on(self.physician, stint.day) is self.pack

    def judged(self, stints: Sequence[Stint]) -> bool:
        """Whether a window with these stints counts here, and is not only others' work."""
        latest: Stint | None = None
        ours = False
        for each in stints:
            ours = ours or each.ours
            if each.now and (latest is None or each.start > latest.start):
                latest = each
        return ours and latest is not None and self.tested(latest)

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self.stints]

    @cached_property
    def _longest(self) -> int:
        return max((each.end - each.start for each in self.stints), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[Stint]:
        """The counted stints with at least one minute between ``start`` and ``end``, by start."""
        first = bisect_left(self._starts, start - self._longest)
        for at in range(first, bisect_left(self._starts, end)):
            if self.stints[at].end > start:
                yield self.stints[at]

    def reaches_unknown(self, since: int) -> bool:
        """Whether a window from ``since`` on holds time before the period that nobody recorded."""
        return since < self.case.start and not self.case.known(self.physician, instant(since))

    def breach(
        self,
        figure: float,
        unit: str,
        when: tuple[int, int],
        stints: Iterable[Stint],
        text: str,
        cost: int,
        limit: float | None = None,
    ) -> Breach:
        """``text`` says what is wrong; who it is and which norm it breaks are added."""
        finding = self.case.finding(
            f"norm.{self.norm.kind.value}",
            self.norm.severity,
            f"{self.physician}: {text} ({self.norm.text})",
            physician=self.physician,
            norm=self.norm,
            figure=round(figure, 2),
            limit=self.norm.limit if limit is None else limit,
            unit=unit,
            when=span(*when),
            targets=dict.fromkeys(target for each in stints for target in each.targets),
        )
        return Breach(finding, cost)

    def unknown(self, since: int, unit: str) -> list[Breach]:
        """The one finding that says the norm cannot be judged; none for who holds nothing here."""
        if not self.holds:
            return []
        when = Interval(start=instant(since), end=self.case.period.start)
        finding = self.case.finding(
            f"norm.{self.norm.kind.value}",
            self.norm.severity,
            f"{self.physician}: cannot be judged, because the work from {clock(since)} to "
            f"{clock(self.case.start)} is not all in the history ({self.norm.text}). "
            "Maybe add the earlier rosters, or first_roster_on.",
            outcome=Outcome.UNKNOWN,
            physician=self.physician,
            norm=self.norm,
            limit=self.norm.limit,
            unit=unit,
            when=when,
        )
        return [Breach(finding)]


def clock(at: int) -> str:
    """A moment as a coordinator reads it."""
    local = to_local(instant(at))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def hours(minutes: float) -> str:
    return number(minutes / 60)


def number(value: float) -> str:
    """At most two decimals, none where there is nothing to show."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
