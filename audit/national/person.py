"""A person in several regions, and all that he does there on one line of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from so247.audit.holdings import Block, Case
from so247.models.national import Held, NationalFinding
from so247.models.norms import Severity
from so247.models.region import Region


@dataclass(frozen=True, eq=False)
class Place:
    """One region, who the person is there, and the roster, if there is one."""

    region: Region
    case: Case | None
    physicians: tuple[str, ...]

    def rostered(self) -> Iterator[tuple[Case, str]]:
        """The case and each id that the person has in it; nothing without a roster."""
        if self.case is not None:
            for physician in self.physicians:
                yield self.case, physician

    def work(self) -> Iterator[Work]:
        for case, physician in self.rostered():
            for block in case.blocks(physician):
                yield Work(self, case, block)


@dataclass(frozen=True, eq=False)
class Work:
    """A block of work, and where it is done."""

    place: Place
    case: Case
    block: Block

    @property
    def held(self) -> tuple[Held, ...]:
        region = self.place.region.id
        if not self.block.holdings:
            return (Held(region=region, target="commitment", when=self.block.when),)
        return tuple(
            Held(region=region, target=each.target, when=each.when) for each in self.block.holdings
        )

    @property
    def ours_now(self) -> bool:
        """Rostered, and not history's."""
        return self.block.ours and not self.block.past


@dataclass(frozen=True, eq=False)
class Person:
    key: str
    places: tuple[Place, ...]

    @cached_property
    def work(self) -> tuple[Work, ...]:
        """Everything he does in all regions, by start; a commitment that two regions list, once."""
        found: list[Work] = []
        listed: set[tuple[int, int]] = set()
        for place in self.places:
            mine = list(place.work())
            spans = {(each.block.start, each.block.end) for each in mine if not each.block.ours}
            found += [
                each
                for each in mine
                if each.block.ours or (each.block.start, each.block.end) not in listed
            ]
            listed |= spans
        return tuple(sorted(found, key=lambda each: (each.block.start, each.block.end)))

    def breach(self, rule: str, held: Sequence[Held], text: str, **more: float) -> NationalFinding:
        """A hard breach of a rule of ours. ``text`` says what is wrong; who it is, is added."""
        return NationalFinding(
            rule=rule,
            severity=Severity.HARD,
            person_key=self.key,
            held=tuple(held),
            text=f"{self.key}: {text}",
            **more,
        )


def listed(held: Sequence[Held]) -> str:
    return ", ".join(f"{each.target} in {each.region}" for each in held)
