"""The cheap test: give every lost duty as it is to somebody who can take it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from so247.solver.hard import State
from so247.solver.robust.loss import Away
from so247.solver.robust.standing import Standing

TRIES = 200
"""Times that somebody is tried for a duty, before the solver is asked instead."""


def swapped(standing: Standing, away: Away) -> frozenset[int] | None:
    """The options chosen after the absence began, if every lost duty finds a holder by itself.

    A lost session that nobody can take falls away.
    """
    state = standing.state
    with standing.lost(away) as needed:
        open_to = {v: standing.substitutes(v, away) for v in away.loss.options}
        rest = [v for v in away.loss.options if v not in needed]
        search = Placing(state, open_to)
        if not search.place(needed):
            return None
        search.place_what_fits(rest)
        found = None if state.broken else frozenset(search.placed)
        search.undo()
    return found


class Placing:
    """Places duties, the one with the fewest takers first, and takes back what leads nowhere."""

    def __init__(self, state: State, open_to: Mapping[int, Sequence[int]]) -> None:
        self.state = state
        self.open_to = open_to
        self.placed: list[int] = []
        self.tries = 0

    def place(self, duties: Sequence[int]) -> bool:
        if not duties:
            return True
        takers = {duty: self._takers(duty) for duty in duties}
        first = min(duties, key=lambda duty: (len(takers[duty]), duty))
        rest = [duty for duty in duties if duty != first]
        for option in takers[first]:
            if self.tries > TRIES:
                return False
            self.tries += 1
            self.state.flip(option)
            self.placed.append(option)
            if self.place(rest):
                return True
            self.state.flip(self.placed.pop())
        return False

    def place_what_fits(self, sessions: Sequence[int]) -> None:
        for session in sessions:
            for option in self._takers(session)[:1]:
                self.state.flip(option)
                self.placed.append(option)

    def undo(self) -> None:
        while self.placed:
            self.state.flip(self.placed.pop())

    def _takers(self, duty: int) -> list[int]:
        """Options that break nothing now."""
        found = []
        for option in self.open_to[duty]:
            if not self.state.flip(option):
                found.append(option)
            self.state.flip(option)
        return found
