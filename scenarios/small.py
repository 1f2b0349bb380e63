"""Small regions that can be covered, for laws that are tried on many: region, roster, site.

Four to eight people, one to four weeks, one or two lines; documents and holders are complete. The
roster is legal and leaves no gap: so the site, which opens on the first day, is coverable.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import Random
from typing import Any

from so247.models.canonical import region_hash
from so247.models.clock import Interval, period
from so247.models.region import Region
from so247.models.roster import Assignment, Roster
from so247.scenarios.generator import build, changed
from so247.scenarios.spec import Backups, Spec

STARTS = (date(2026, 10, 19), date(2026, 12, 21), date(2027, 1, 11), date(2027, 3, 22))
"""The night of 25 hours, Christmas, an ordinary week, and the night of 23 hours with Easter."""


class Shape(StrEnum):
    ALWAYS = "always"
    """One line round the clock, held by SOs."""
    SPLIT = "split"
    """A line in office hours and one outside them, held by SOs."""
    BACKED = "backed"
    """A first line round the clock that trainees hold too, and a backup held by SOs."""


@dataclass(frozen=True)
class Small:
    """A region, a legal roster of its ``weeks`` weeks from ``start`` without gaps, and a facility
    that opens on that day."""

    region: Region
    witness: Roster
    site: str
    start: date
    weeks: int

    @property
    def duties(self) -> tuple[Assignment, ...]:
        """The held duties that start in the period, by start."""
        return tuple(
            each
            for each in self.witness.assignments
            if "@" in each.target and each.when.start >= self.span.start
        )

    @property
    def span(self) -> Interval:
        return period(self.start, self.weeks)

    def changed(self, **update: Any) -> Small:
        """With parts of the region replaced, in such a way that the roster stays legal."""
        region = changed(self.region, update)
        witness = self.witness.model_copy(update={"region_hash": region_hash(region)})
        return replace(self, region=region, witness=witness)


def small(seed: int, shape: Shape | None = None, most: int = 8) -> Small:
    """A small region with at most ``most`` people. The same arguments give the same region."""
    rng = Random(f"{seed}/small")
    drawn = rng.choice(list(Shape))
    shape = shape or drawn
    backed = shape is Shape.BACKED
    spec = Spec(
        id=f"klein-{seed}",
        name=f"Klein {seed}",
        physicians=rng.randint(7, 8) if backed else rng.randint(4, most),
        gp_groups=rng.randint(1, 2),
        facilities=rng.randint(1, 2),
        start=rng.choice(STARTS),
        weeks=rng.randint(1, 4),
        employers=rng.randint(1, 2),
        backups=Backups.OWN if backed else Backups.NONE,
        split_office=shape is Shape.SPLIT,
        trainees=0.25 if backed else 0.0,
        two_contracts=rng.choice((0.0, 0.3)),
        sessions_per_group=rng.choice((0, 4)),
        leave=rng.choice((0.0, 0.4)),
        evidence=True,
    )
    made = build(spec, seed)
    assert made.witness is not None
    first, *others = made.region.facilities
    opens = first.model_copy(update={"opening_date": spec.start})
    found = Small(made.region, made.witness, first.id, spec.start, spec.weeks)
    return found.changed(facilities=(opens, *others))
