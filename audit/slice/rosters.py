"""Rosters as the slice writes them, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from so247.models.roster import Assignment, Gap, LedgerEntry, Roster

Rename = Callable[[str], str]


@dataclass(frozen=True)
class Renames:
    """How each kind of id in a roster is written instead."""

    holder: Rename
    contract: Rename
    line: Rename
    place: Rename
    target: Rename

    def roster(self, roster: Roster) -> Roster:
        """The roster with every id renamed, and sorted anew.

        Reasons of gaps are left out: they may name people. Assignments are renamed by start, so
        that who is unknown gets a number that tells no more than the roster itself.
        """
        by_start = sorted(roster.assignments, key=lambda each: (each.when.start, each.target))
        assignments = sorted(map(self._assignment, by_start), key=_place_in_roster)
        gaps = sorted(map(self._gap, roster.gaps), key=lambda each: each.model_dump_json())
        return roster.model_copy(
            update={
                "assignments": tuple(assignments),
                "gaps": tuple(gaps),
                "opening_ledger": self._ledger(roster.opening_ledger),
                "closing_ledger": self._ledger(roster.closing_ledger),
            }
        )

    def _assignment(self, each: Assignment) -> Assignment:
        return each.model_copy(
            update={
                "target": self.target(each.target),
                "physician": self.holder(each.physician),
                "contract": None if each.contract is None else self.contract(each.contract),
                "line": None if each.line is None else self.line(each.line),
                "site": None if each.site is None else self.place(each.site),
            }
        )

    def _gap(self, each: Gap) -> Gap:
        return each.model_copy(update={"target": self.target(each.target), "reasons": ()})

    def _ledger(self, rows: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
        renamed = (
            each.model_copy(update={"physician": self.holder(each.physician)}) for each in rows
        )
        return tuple(sorted(renamed, key=lambda each: (each.burden, each.physician)))


def _place_in_roster(each: Assignment) -> tuple[object, ...]:
    return each.when.start, each.target, each.physician, each.model_dump_json()
