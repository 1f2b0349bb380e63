"""Revisions: what changed since the roster that this one replaces."""

from __future__ import annotations

from so247.models.clock import Interval
from so247.models.roster import Assignment, Roster


def revise(roster: Roster, previous: Roster) -> Roster:
    """The roster as the next revision of ``previous``; the same revision if nothing changed."""
    before = {_key(each): each.revision for each in previous.assignments}
    gaps_before = {each.target: each.revision for each in previous.gaps}
    same = set(before) == {_key(each) for each in roster.assignments} and set(gaps_before) == {
        each.target for each in roster.gaps
    }
    revision = previous.revision if same else previous.revision + 1
    return roster.model_copy(
        update={
            "revision": revision,
            "assignments": tuple(
                each.model_copy(update={"revision": before.get(_key(each), revision)})
                for each in roster.assignments
            ),
            "gaps": tuple(
                each.model_copy(update={"revision": gaps_before.get(each.target, revision)})
                for each in roster.gaps
            ),
        }
    )


def _key(each: Assignment) -> tuple[str, str, Interval]:
    return each.target, each.physician, each.when
