"""What is to be judged for a site: each distinct state of its lines once, with when it is so.

Sites with the same lines are asked the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from so247.audit.timeline import Held, State, Timelines
from so247.models.lines import Position


@dataclass
class Question:
    """A place of a state, and the stretches of time in which its verdict is the same."""

    place: int
    state: State
    minutes: int = 0
    when: list[tuple[int, int]] = field(default_factory=list)


class Questions:
    """The questions that the timelines of a case put."""

    def __init__(self, timelines: Timelines) -> None:
        self.timelines = timelines
        self._found: dict[tuple[tuple[str, ...], int, int], list[Question]] = {}

    def about(self, lines: tuple[str, ...], begin: int, until: int) -> list[Question]:
        """Everything about these lines from one minute to the other."""
        key = (lines, begin, until)
        if key not in self._found:
            self._found[key] = self._ask(lines, begin, until)
        return self._found[key]

    def _ask(self, lines: tuple[str, ...], begin: int, until: int) -> list[Question]:
        found: dict[tuple[int, Held | State | None], Question] = {}
        for since, upto, state in self.timelines.states(lines):
            start, end = max(since, begin), min(upto, until)
            if start >= end:
                continue
            for place in _required(state):
                held = state[place]
                alone = held is None or _stands_alone(held, state)
                question = found.setdefault(
                    (place, held if alone else state), Question(place, state)
                )
                question.minutes += end - start
                question.when.append((start, end))
        return list(found.values())


def _required(state: State) -> list[int]:
    """A first line for specific care is required always, the others where a line serves."""
    return [place for place in range(4) if place == 0 or state[place] is not None]


def _stands_alone(held: Held, state: State) -> bool:
    """Whether the verdict depends on no other line: they neither share nor need people."""
    if held.line.position is Position.FIRST_LINE:
        return all(holder.so for holder in held.holders)
    others = [each for each in state if each is not None and each is not held]
    names = {holder.id for each in others for holder in each.holders}
    return not any(holder.id in names for holder in held.holders)
