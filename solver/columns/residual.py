"""What is left of a rule after the days gone by: the states of a person's automaton.

A rule is a sum of groups with an upper limit. Once some layers are decided, only the groups that
reach into later layers matter, and how much room is left. Said relative to the next layer, the
same residual comes back day after day and for person after person, so each is kept once, by number.
"""

from __future__ import annotations

from collections.abc import Iterable

NONE = -1
"""The choice of taking nothing in a layer."""

Member = tuple[int, int]
"""(layers from now, choice within that layer)"""
Term = tuple[int, tuple[Member, ...]]
"""(coefficient, members): counts once if any member is taken."""

DONE, FAILED = -1, -2


class Residuals:
    """Numbers for residuals, and where each choice leads.

    Two kinds: a rule (terms, room left), and a count still to come (one group, the counter that it
    adds to).
    """

    def __init__(self) -> None:
        self._number: dict[tuple[tuple[Term, ...], int, int], int] = {}
        self._content: list[tuple[tuple[Term, ...], int, int]] = []
        self._after: dict[tuple[int, int], tuple[int, bool]] = {}

    def rule(self, terms: Iterable[Term], room: int) -> int:
        """Number of a rule's residual; ``DONE`` when it can no longer break, ``FAILED`` if it is.

        ``room``: how much the terms' sum may still be.
        """
        kept = tuple(sorted((c, members) for c, members in terms if c and members))
        if sum(c for c, _ in kept if c > 0) <= room:
            return DONE
        if sum(c for c, _ in kept if c < 0) > room:
            return FAILED
        return self._intern((kept, room, NONE))

    def count(self, counter: int, coefficient: int, members: tuple[Member, ...]) -> int:
        """Number of a group that will add to a counter when any member is taken."""
        return self._intern((((coefficient, members),), 0, counter))

    def counted(self, number: int) -> tuple[int, int] | None:
        """(counter, coefficient) of a count, ``None`` for a rule."""
        terms, _, counter = self._content[number]
        return None if counter == NONE else (counter, terms[0][0])

    def after(self, number: int, choice: int) -> tuple[int, bool]:
        """(residual after a choice in the next layer, whether a count was made)."""
        key = number, choice
        found = self._after.get(key)
        if found is None:
            found = self._after[key] = self._step(number, choice)
        return found

    def _intern(self, content: tuple[tuple[Term, ...], int, int]) -> int:
        number = self._number.get(content)
        if number is None:
            number = self._number[content] = len(self._content)
            self._content.append(content)
        return number

    def _step(self, number: int, choice: int) -> tuple[int, bool]:
        terms, room, counter = self._content[number]
        left: list[Term] = []
        for coefficient, members in terms:
            if (0, choice) in members:
                if counter != NONE:
                    return DONE, True
                room -= coefficient
                continue
            later = tuple((offset - 1, c) for offset, c in members if offset)
            if later:
                left.append((coefficient, later))
        if counter != NONE:
            return (self.count(counter, *left[0]), False) if left else (DONE, False)
        return self.rule(left, room), False
