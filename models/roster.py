"""The roster: who holds what, what nobody holds, and what it was made from."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from so247.models.base import Count, Id, Instant, Model
from so247.models.clock import Interval
from so247.models.settings import Burden

ROSTER_SCHEMA_VERSION = 1


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """Declined assignments cover nothing."""


class Assignment(Model):
    """A person holds a duty or session, or a part of it, booked on one contract.

    ``target`` is a duty or session id. A target that no line or demand knows is allowed in a
    roster made by hand; then ``line`` or ``site`` say what it is for. An organisation's assignment
    names the organisation in ``physician`` and no contract. ``revision`` is the roster revision in
    which this assignment last changed.
    """

    target: str
    physician: Id
    contract: Id | None = None
    when: Interval
    state: State = State.PROPOSED
    pinned: bool = False
    line: Id | None = None
    site: Id | None = None
    revision: Count = 1


class Gap(Model):
    """A duty (or session) that nobody holds, and why. For a session ``when`` is ``None``."""

    target: str
    when: Interval | None = None
    site_minutes: Count = 0
    reasons: tuple[str, ...] = ()
    revision: Count = 1


class LedgerEntry(Model):
    """Fairness points carried, in thousandths of a point: what was held less what was fair."""

    physician: Id
    burden: Burden
    balance: int


class Roster(Model):
    """Assignments over one planning period, with what they were made from.

    Covers the duties that overlap ``period`` and are not held by history, and the sessions in it.
    ``region_hash`` is the hash of the canonical region; ``published_at`` is an input, never the
    clock. Opening ledger + what was carried − what was fair = closing ledger.
    """

    schema_version: Count = ROSTER_SCHEMA_VERSION
    region_id: Id
    region_hash: str = ""
    region_sections: tuple[tuple[str, str], ...] = ()
    """(part of the region, its short hash): which parts have changed since can then be said."""
    period: Interval
    revision: Count = 1
    published_at: Instant | None = None
    seed: int = 0
    version: str = ""
    assignments: tuple[Assignment, ...] = ()
    gaps: tuple[Gap, ...] = ()
    opening_ledger: tuple[LedgerEntry, ...] = ()
    closing_ledger: tuple[LedgerEntry, ...] = ()

    @cached_property
    def standing(self) -> tuple[Assignment, ...]:
        """The assignments that count: all but the declined."""
        return tuple(each for each in self.assignments if each.state is not State.DECLINED)
