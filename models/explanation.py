"""Why a duty is empty, why somebody does not hold it, and what it would cost if he did.

Plain models: searched for in ``solver``, shown by ``formats``.
"""

from __future__ import annotations

from enum import StrEnum

from so247.models.base import Count, Id, Model
from so247.models.clock import Interval
from so247.models.lines import Product
from so247.models.norms import Basis
from so247.models.proof import Change, Said, Solve

EXPLANATION_SCHEMA_VERSION = 1


class Obstacle(Model):
    """One thing that keeps one person from one duty or session.

    ``rule`` is the rule's id (docs/RULES.md), ``norm`` that of the norm within the person's pack.
    ``figure`` and ``limit`` are in ``unit``; a figure that counts work counts this duty as well.
    ``targets``: the person's (or the backup's) other duties and sessions that it clashes with.
    """

    rule: str
    text: Said
    norm: Id | None = None
    basis: Basis | None = None
    source: str = ""
    contract: Id | None = None
    site: Id | None = None
    figure: float | None = None
    limit: float | None = None
    unit: str = ""
    when: Interval | None = None
    targets: tuple[str, ...] = ()


class TierChange(Model):
    """An objective tier, named as in ``models.result.TIERS``: the less the better."""

    name: str
    before: Count
    after: Count


class Move(Change):
    """A target that passes from one person to another; ``when``: the new day of a session."""

    when: Interval | None = None


class Possible(StrEnum):
    YES = "yes"
    NO = "no"
    """Proven on the whole problem: in no roster, even with gaps, does the person hold it."""
    NOT_FOUND = "not_found"
    """Nothing was found in the time. That proves nothing."""


class Rearranged(Model):
    """Whether the person could hold it if others' duties were moved as well, and what that costs.

    ``tiers`` are those of the roster that ``moves`` make of the present one: not proven to be the
    cheapest. ``solves``: the questions behind a ``no``.
    """

    possible: Possible
    tiers: tuple[TierChange, ...] = ()
    moves: tuple[Move, ...] = ()
    solves: tuple[Solve, ...] = ()


class Candidate(Model):
    """One person and one duty (or the sessions of one demand and period).

    ``forbidden``: whatever else is rostered. ``broken``: because of what the roster holds as it is.
    ``replaced``: what it costs if the present holder is simply replaced; only where nothing is
    forbidden or broken. ``contract`` (and for a session ``when``): how it would then be booked.
    ``declined``: the person was asked, and said no.
    """

    physician: Id
    holds: bool = False
    declined: bool = False
    contract: Id | None = None
    when: Interval | None = None
    forbidden: tuple[Obstacle, ...] = ()
    broken: tuple[Obstacle, ...] = ()
    replaced: tuple[TierChange, ...] = ()
    rearranged: Rearranged | None = None

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        return (*self.forbidden, *self.broken)

    @property
    def free(self) -> bool:
        """Nothing stands in the way: the person could hold it in the roster as it is."""
        return not self.holds and not self.obstacles


class KeptAway(Model):
    """A rule, and everybody whom it keeps away (each may be kept away by other rules too)."""

    rule: str
    words: Said
    people: tuple[Id, ...]


class Explained(Model):
    """One duty, one held session, or the missing sessions of one demand and period.

    ``minutes`` are lost while nobody holds it: site-minutes of a duty, minutes of missing sessions.
    ``kept_away`` has most people first. ``organisation``: who holds it by agreement, if not people.
    """

    targets: tuple[str, ...]
    line: Id | None = None
    site: Id | None = None
    product: Product | None = None
    when: Interval | None = None
    minutes: Count = 0
    holders: tuple[Id, ...] = ()
    organisation: Id | None = None
    candidates: tuple[Candidate, ...] = ()
    kept_away: tuple[KeptAway, ...] = ()


class Explanation(Model):
    """What was asked about one roster: of every empty duty and missing session, or of one target.

    ``notes`` say what the answers leave aside.
    """

    schema_version: Count = EXPLANATION_SCHEMA_VERSION
    region_id: Id
    region_hash: str
    roster_revision: Count
    period: Interval
    target: str | None = None
    person: Id | None = None
    explained: tuple[Explained, ...] = ()
    notes: tuple[Said, ...] = ()
